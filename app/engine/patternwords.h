// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace engine {

/// What a simple regular expression asks for, in words.
struct PatternWords
{
    QString expected;   ///< "three capital letters", `text that begins with "del_"`; empty: no words for it
    QString example;    ///< a text that matches, where `expected` alone is hard to picture; may be empty
    QStringList values; ///< of "a|b|c": these, and nothing else, are meant
};
[[nodiscard]] PatternWords patternWords(const QString &pattern);

/// A text that matches a pattern which has words, and differs from `text` in case, separators or outer white
/// space only; empty when none does.
[[nodiscard]] QString nearestMatch(const QString &pattern, const QString &text);

} // namespace engine
