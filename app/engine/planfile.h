// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace engine {

/// What tells that a plan's file, or the files of its folder, were written again, without reading them: sizes
/// and times. Empty when it is not there. Any thread.
[[nodiscard]] QByteArray planStamp(const QString &path);
/// The stamp to remember: empty while the files are so young that one more write may leave it as it is,
/// because the clock of a file system ticks in milliseconds. Then the next look compares what is in them.
[[nodiscard]] QByteArray settledPlanStamp(const QString &path, const QByteArray &stamp);
/// SHA-256 of what is in them; empty when they can't be read. Any thread; blocks.
[[nodiscard]] QByteArray planDigest(const QString &path);
/// The digest of a plan's one file with these bytes.
[[nodiscard]] QByteArray planDigestOf(const QByteArray &bytes);
/// The same place for two ways to write it.
[[nodiscard]] QString planPlace(const QString &path);

} // namespace engine
