// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QByteArray>
#include <QList>
#include <QString>

namespace segment {

/// One command of a shell's text, its quoting undone. Of several in a pipe the last gets a here-document.
struct ShellCommand
{
    int line = 1; ///< where it begins
    QList<QByteArray> words;
    std::optional<QByteArray> input; ///< of a here-document or here-string
    QString problem;                 ///< a sentence: why it can't be understood; empty: it can
};

/// Splits text into commands and words, and runs nothing. POSIX shells with bash's $'..', here-documents and
/// comments (a variable's name stands for its value, which is not known); or Windows' cmd when the text has
/// its carets, as browsers write it (they also double every backslash there). Linear; never fails.
[[nodiscard]] std::vector<ShellCommand> shellCommands(QByteArrayView text);

} // namespace segment
