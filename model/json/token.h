// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.h"

namespace json {

/// JSON's four white-space characters (RFC 8259, 2).
[[nodiscard]] constexpr bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// Where the number that begins at `at` ends; `at` itself when there is none (RFC 8259, 6).
[[nodiscard]] const char *scanNumber(const char *at, const char *end);

/// What can't be kept in a double or in 64 bits of a well-formed number.
[[nodiscard]] Flaws numberFlaws(std::string_view number);

enum class EscapeResult : std::uint8_t { Fine, LoneSurrogate, Bad };

/// Appends the text between a string's quotes, escapes decoded; lone surrogates become U+FFFD.
/// Of a bad escape `stop` tells where its backslash stands.
[[nodiscard]] EscapeResult decodeEscapes(std::string_view quoted, std::string &text, std::size_t &stop);

} // namespace json
