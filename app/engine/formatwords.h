// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace engine {

/// A JSON Schema format for people: "a date".
[[nodiscard]] QString formatName(const QString &format);
/// With an example: "a date, as 2026-11-24".

[[nodiscard]] QString formatWords(const QString &format);

/// What keeps a text from a format, where it can be told.
struct FormatFault
{
    QString what; ///< "which has no time"; empty: can't be told
    QString fix;  ///< "Add the time, ..", without the end of the sentence; empty: send the format
};
[[nodiscard]] FormatFault formatFault(const QString &format, const QString &text);

} // namespace engine
