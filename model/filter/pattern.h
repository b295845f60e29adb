// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QString>

namespace filter {

/// A text with wildcards, made for comparing: `*` stands for any run of characters, `\*` and `\\` for
/// themselves. Compares whatever the case. Value; any thread.
class Pattern
{
public:
    Pattern() = default;
    explicit Pattern(const QString &escaped);

    [[nodiscard]] bool hasWildcard() const { return m_pieces.size() > 1; }
    /// Nothing but stars: any text at all.
    [[nodiscard]] bool isAnything() const;
    /// The value without wildcards, escapes undone; for patterns the first piece.
    [[nodiscard]] const QString &plain() const { return m_plain; }
    /// Case-folded runs between the stars; the first and last may be empty.
    [[nodiscard]] const std::vector<QString> &pieces() const { return m_pieces; }

    [[nodiscard]] bool matchesWhole(const QString &text) const;

    enum class WordEnd : std::uint8_t { Anywhere, AtWordEnd };
    /// The pattern stands in the text, beginning where a word does. A word is a run of letters, marks and
    /// digits, as in the store's full-text index. `folded` is text.toCaseFolded().
    [[nodiscard]] bool matchesWord(const QString &folded, WordEnd end) const;

    /// Tokens that the full-text index of any matching text holds: `"order" AND "comp" *`; empty when none is
    /// sure.
    [[nodiscard]] QString fullText(WordEnd end) const;

private:
    QString m_plain;
    std::vector<QString> m_pieces;
};

/// A character of a word; all others part words.
[[nodiscard]] bool isWordCharacter(const QString &text, qsizetype at);

} // namespace filter
