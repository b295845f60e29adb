// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "filter/query.h"

namespace filter {

/// A character of a term with how it was written: only a bare one can mean something.
struct Letter
{
    enum class Kind : std::uint8_t { Bare, Quoted, Escaped } kind = Kind::Bare;
    QChar character;
    qsizetype position = 0; ///< in the text

    [[nodiscard]] bool isBare(char16_t wanted) const { return kind == Kind::Bare && character == wanted; }
};
using Letters = std::vector<Letter>;

struct Token
{
    enum class Kind : std::uint8_t { Open, Close, Or, And, Minus, Term, End } kind = Kind::End;
    qsizetype position = 0;
    qsizetype length = 0;
    bool hasField = false;
    Letters field; ///< before the colon, path included
    Letters value;
    qsizetype valuePosition = 0;
    bool isQuoted = false; ///< the value begins with a quote
};

struct Tokens
{
    std::vector<Token> tokens; ///< ends with an End
    /// A quote that is not closed: its position. The term then goes to the end of the text.
    std::optional<qsizetype> openQuote;
};

/// Splits a filter into tokens. Never fails: what is wrong beyond quotes is the parser's to say.
[[nodiscard]] Tokens lex(const QString &text);

/// The characters alone.
[[nodiscard]] QString textOf(const Letters &letters);

} // namespace filter
