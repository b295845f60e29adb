// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QString>

namespace engine {

inline constexpr int noMaximum = -1;

/// What one character may be.
struct CharacterSet
{
    bool hasCapitals = false;
    bool hasSmall = false;
    bool hasDigits = false;
    bool hasHexadecimal = false; ///< a to f in either case, beside digits
    bool isAny = false;          ///< .
    bool isNoSpace = false;      ///< \S
    QString others;              ///< single characters, in the pattern's order
    QString range;               ///< "1 to 5", when it is the only content
};

/// One step of a pattern: a text, or so many characters of a set.
struct PatternAtom
{
    QString literal;
    std::optional<CharacterSet> set;
    int least = 1;
    int most = 1;
};

/// A pattern that is nothing but steps one after another.
struct PatternSequence
{
    bool isFromStart = false;
    bool isToEnd = false;
    std::vector<PatternAtom> atoms;
};

/// What of a regular expression has words; nothing at all else: groups, look-around, lazy repeats.
[[nodiscard]] std::optional<PatternSequence> readSequence(const QString &pattern);

} // namespace engine
