// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/formats.h"
#include "schema/utf8.h"

#include <algorithm>

namespace schema::formats {

namespace {

bool isPercentEncoded(std::string_view text, std::size_t at)
{
    return at + 2 < text.size() && isHexDigit(text[at + 1]) && isHexDigit(text[at + 2]);
}

/// RFC 3987 `ucschar`, and RFC 6570 literals.
bool isUnicodeCharacter(char32_t c)
{
    return (c >= 0xa0 && c <= 0xd7ff) || (c >= 0xf900 && c <= 0xfdcf) || (c >= 0xfdf0 && c <= 0xffef) ||
           (c >= 0x10000 && c < 0xe0000 && (c & 0xffffU) < 0xfffe) || (c >= 0xe1000 && c < 0xefffe);
}

/// RFC 3987 `iprivate`: only in queries.
bool isPrivateCharacter(char32_t c)
{
    return (c >= 0xe000 && c <= 0xf8ff) || (c >= 0xf0000 && c <= 0xffffd) || (c >= 0x100000 && c <= 0x10fffd);
}

enum class Privates : std::uint8_t { Refused, Allowed };

/// Unreserved characters, sub-delims, `also`, percent-encodings and, in IRIs, Unicode.
bool isMadeOf(std::string_view text, std::string_view also, Alphabet alphabet,
              Privates privates = Privates::Refused)
{
    constexpr std::string_view plain = "-._~!$&'()*+,;=";
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (!isAscii(c)) {
            const auto [codePoint, length] = decodeUtf8(text.substr(i));
            if (alphabet == Alphabet::Ascii ||
                (!isUnicodeCharacter(codePoint) &&
                 !(privates == Privates::Allowed && isPrivateCharacter(codePoint)))) {
                return false;
            }
            i += length;
        } else if (c == '%') {
            if (!isPercentEncoded(text, i)) {
                return false;
            }
            i += 3;
        } else if (isLetter(c) || isDigit(c) || plain.find(c) != std::string_view::npos ||
                   also.find(c) != std::string_view::npos) {
            ++i;
        } else {
            return false;
        }
    }
    return true;
}

bool isScheme(std::string_view text)
{
    return !text.empty() && isLetter(text.front()) && std::ranges::all_of(text, [](char c) {
        return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.';
    });
}

/// `text` without its brackets.
bool isIpLiteral(std::string_view text)
{
    if (!text.starts_with('v') && !text.starts_with('V')) {
        return isIpv6(text);
    }
    const std::size_t dot = text.find('.');
    return dot != std::string_view::npos && dot > 1 && dot + 1 < text.size() &&
           std::ranges::all_of(text.substr(1, dot - 1), isHexDigit) &&
           text.find('%') == std::string_view::npos && isMadeOf(text.substr(dot + 1), ":", Alphabet::Ascii);
}

bool isAuthority(std::string_view text, Alphabet alphabet)
{
    if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
        if (!isMadeOf(text.substr(0, at), ":", alphabet)) {
            return false;
        }
        text.remove_prefix(at + 1);
    }
    std::string_view port;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos || !isIpLiteral(text.substr(1, end - 1))) {
            return false;
        }
        port = text.substr(end + 1);
        if (!port.empty() && !port.starts_with(':')) {
            return false;
        }
    } else {
        const std::size_t colon = std::min(text.find(':'), text.size());
        if (!isMadeOf(text.substr(0, colon), "", alphabet)) {
            return false;
        }
        port = text.substr(colon);
    }
    return port.empty() || std::ranges::all_of(port.substr(1), isDigit);
}

bool isVariableName(std::string_view text)
{
    bool isAfterDot = true;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '.') {
            if (isAfterDot) {
                return false;
            }
            isAfterDot = true;
            ++i;
            continue;
        }
        isAfterDot = false;
        if (text[i] == '%' && isPercentEncoded(text, i)) {
            i += 3;
        } else if (isLetter(text[i]) || isDigit(text[i]) || text[i] == '_') {
            ++i;
        } else {
            return false;
        }
    }
    return !isAfterDot;
}

/// One variable of an expression: name, and perhaps `*` or `:1234`.
bool isVariable(std::string_view text)
{
    if (text.ends_with('*')) {
        return isVariableName(text.substr(0, text.size() - 1));
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) {
        return isVariableName(text);
    }
    const std::string_view length = text.substr(colon + 1);
    return !length.empty() && length.size() <= 4 && length.front() != '0' &&
           std::ranges::all_of(length, isDigit) && isVariableName(text.substr(0, colon));
}

/// `text` without its braces.
bool isExpression(std::string_view text)
{
    constexpr std::string_view operators = "+#./;?&=,!@|";
    if (!text.empty() && operators.find(text.front()) != std::string_view::npos) {
        text.remove_prefix(1);
    }
    while (true) {
        const std::size_t comma = text.find(',');
        if (!isVariable(text.substr(0, comma))) {
            return false;
        }
        if (comma == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(comma + 1);
    }
}

} // namespace

bool isUri(std::string_view text, Alphabet alphabet, Reference reference)
{
    if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
        if (!isMadeOf(text.substr(hash + 1), ":@/?", alphabet)) {
            return false;
        }
        text = text.substr(0, hash);
    }
    if (const std::size_t question = text.find('?'); question != std::string_view::npos) {
        if (!isMadeOf(text.substr(question + 1), ":@/?", alphabet, Privates::Allowed)) {
            return false;
        }
        text = text.substr(0, question);
    }
    const std::size_t colon = text.find(':');
    if (colon < text.find('/') && isScheme(text.substr(0, colon))) {
        text.remove_prefix(colon + 1);
    } else if (reference == Reference::Absolute || colon < text.find('/')) {
        return false; // a colon in the first segment would make a scheme of it
    }
    if (text.starts_with("//")) {
        text.remove_prefix(2);
        const std::size_t slash = std::min(text.find('/'), text.size());
        if (!isAuthority(text.substr(0, slash), alphabet)) {
            return false;
        }
        text.remove_prefix(slash);
    }
    return isMadeOf(text, ":@/", alphabet);
}

bool isUriTemplate(std::string_view text)
{
    constexpr std::string_view refused = "\"<>\\^`{|}";
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (c == '{') {
            const std::size_t end = text.find('}', i);
            if (end == std::string_view::npos || !isExpression(text.substr(i + 1, end - i - 1))) {
                return false;
            }
            i = end + 1;
        } else if (c == '%') {
            if (!isPercentEncoded(text, i)) {
                return false;
            }
            i += 3;
        } else if (!isAscii(c)) {
            const auto [codePoint, length] = decodeUtf8(text.substr(i));
            if (!isUnicodeCharacter(codePoint) && !isPrivateCharacter(codePoint)) {
                return false;
            }
            i += length;
        } else if (c <= ' ' || c == 0x7f || refused.find(c) != std::string_view::npos) {
            return false;
        } else {
            ++i;
        }
    }
    return true;
}

} // namespace schema::formats
