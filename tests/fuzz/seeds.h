// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QByteArray>
#include <QString>

namespace fuzz {

/// Inputs to begin with, made of the recordings, the samples of import and a few by hand; for each target.
[[nodiscard]] std::vector<QByteArray> seeds(const QByteArray &target);

/// Inputs that once broke something: tests/fuzz/regressions/<target>/.
[[nodiscard]] std::vector<QByteArray> regressions(const QByteArray &target);

} // namespace fuzz
