// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/builder.h"
#include "json/parser.h"

namespace json {

/// Reads what the fast reader would not: either it is JSON with flaws, or it is none and the reader
/// says where it went wrong and why, in words for people. Byte by byte, without recursion.
class TolerantReader
{
public:
    TolerantReader(const QByteArray &source, Leniency leniency, Builder &builder);

    /// Nothing: the builder holds the document.
    [[nodiscard]] std::optional<ParseError> read();

private:
    bool readDocument();
    bool value();
    bool open(Type container);
    bool key();
    bool string(Builder::StringRole role);
    bool numberOrWord();
    bool nonFinite(std::string_view word);
    bool closeAndSeparate(bool &isDone);
    void skipSpace();

    [[nodiscard]] bool isAtEnd() const { return m_at == m_text.size(); }
    [[nodiscard]] char peek() const { return isAtEnd() ? '\0' : m_text[m_at]; }
    [[nodiscard]] std::string_view wordHere() const;
    /// What stands at the position, for the middle of a sentence: "','", "the end of the text".
    [[nodiscard]] QString found() const;
    /// Records the error; always false.
    bool fail(std::size_t offset, const QString &reason);
    bool failExpecting(const QString &expected);
    bool failWord(std::string_view word);

    std::string_view m_text;
    QByteArray m_source;
    Leniency m_leniency;
    Builder &m_builder;
    std::size_t m_at = 0;
    std::size_t m_textStart = 0; ///< behind the byte order mark
    ParseError m_error;
};

} // namespace json
