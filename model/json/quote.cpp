// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "json/quote.h"

#include "json/utf8.h"

namespace json {

namespace {

/// The letter after the backslash, where JSON has a short form; else 0.
char shortEscape(char c)
{
    switch (c) {
    case '"':
    case '\\':
        return c;
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

} // namespace

QByteArray quoted(std::string_view text)
{
    constexpr std::string_view hexDigits = "0123456789abcdef";
    QByteArray json;
    json.reserve(static_cast<qsizetype>(text.size()) + 2);
    json += '"';
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        const auto byte = static_cast<unsigned char>(c);
        if (const char letter = shortEscape(c)) {
            json += '\\';
            json += letter;
            ++at;
        } else if (byte < 0x20) {
            json += "\\u00";
            json += hexDigits[byte >> 4U];
            json += hexDigits[byte & 15U];
            ++at;
        } else if (const std::size_t length = utf8SequenceLength(text.substr(at))) {
            json.append(text.data() + at, static_cast<qsizetype>(length));
            at += length;
        } else {
            json += "\xEF\xBF\xBD";
            ++at;
        }
    }
    json += '"';
    return json;
}

} // namespace json
