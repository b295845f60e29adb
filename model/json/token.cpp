// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "json/token.h"

#include "json/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace json {

namespace {

constexpr std::uint32_t replacement = 0xFFFD;
constexpr std::string_view int64Limit = "9223372036854775808";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

const char *skipDigits(const char *at, const char *end)
{
    while (at != end && isDigit(*at)) {
        ++at;
    }
    return at;
}

bool isExactInDouble(std::string_view digits)
{
    std::uint64_t whole = 0;
    const auto [stop, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
    if (failed != std::errc{} || stop != digits.data() + digits.size()) {
        return false;
    }
    const double near = static_cast<double>(whole);
    // 2^64 itself would not fit back.
    return near < 18446744073709551616.0 && static_cast<std::uint64_t>(near) == whole;
}

/// The four hex digits at `at`; nothing when they are none.
std::optional<std::uint32_t> hexFour(std::string_view text, std::size_t at)
{
    std::uint32_t unit = 0;
    if (at + 4 > text.size()) {
        return std::nullopt;
    }
    const char *end = text.data() + at + 4;
    const auto [stop, failed] = std::from_chars(text.data() + at, end, unit, 16);
    return failed == std::errc{} && stop == end ? std::optional(unit) : std::nullopt;
}

bool isHighSurrogate(std::uint32_t unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}
bool isLowSurrogate(std::uint32_t unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

/// 0 for a letter that may not follow a backslash.
char simpleEscape(char letter)
{
    switch (letter) {
    case '"':
    case '\\':
    case '/':
        return letter;
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return 0;
    }
}

} // namespace

const char *scanNumber(const char *at, const char *end)
{
    const char *digits = at != end && *at == '-' ? at + 1 : at;
    if (digits == end || !isDigit(*digits)) {
        return at;
    }
    const char *stop = *digits == '0' ? digits + 1 : skipDigits(digits, end);
    if (stop != end && *stop == '.') {
        const char *fraction = skipDigits(stop + 1, end);
        if (fraction == stop + 1) {
            return at;
        }
        stop = fraction;
    }
    if (stop != end && (*stop == 'e' || *stop == 'E')) {
        const char *exponent = stop + 1;
        if (exponent != end && (*exponent == '+' || *exponent == '-')) {
            ++exponent;
        }
        const char *last = skipDigits(exponent, end);
        if (last == exponent) {
            return at;
        }
        stop = last;
    }
    return stop;
}

Flaws numberFlaws(std::string_view number)
{
    // Fifteen digits always fit, and an exponent takes two more characters at least.
    constexpr std::size_t alwaysFine = 4;
    constexpr std::size_t exactDigits = 15;
    constexpr std::size_t largestExponent = 308;
    if (number.size() <= alwaysFine) {
        return 0;
    }
    Flaws flaws = 0;
    const bool hasExponent = number.find_first_of("eE") != std::string_view::npos;
    const bool isInteger = !hasExponent && number.find('.') == std::string_view::npos;
    const std::string_view digits = number.substr(number.front() == '-' ? 1 : 0);
    const bool isBelowInt64 =
        number.front() == '-' &&
        (digits.size() > int64Limit.size() || (digits.size() == int64Limit.size() && digits > int64Limit));
    if (isInteger && digits.size() > exactDigits && (isBelowInt64 || !isExactInDouble(digits))) {
        flaws |= static_cast<Flaws>(Flaw::BigInteger);
    }
    if (hasExponent || digits.size() > largestExponent) {
        double value = 0;
        const auto [stop, failed] = std::from_chars(number.data(), number.data() + number.size(), value);
        // Out of range is also a number too small, which is merely zero: no exponent below zero here.
        const bool isTiny =
            number.find("e-") != std::string_view::npos || number.find("E-") != std::string_view::npos;
        if (failed == std::errc::result_out_of_range && !isTiny) {
            flaws |= static_cast<Flaws>(Flaw::HugeNumber);
        }
    }
    return flaws;
}

EscapeResult decodeEscapes(std::string_view quoted, std::string &text, std::size_t &stop)
{
    EscapeResult result = EscapeResult::Fine;
    std::size_t at = 0;
    while (at < quoted.size()) {
        const std::size_t backslash = std::min(quoted.find('\\', at), quoted.size());
        text.append(quoted, at, backslash - at);
        at = backslash;
        if (at == quoted.size()) {
            break;
        }
        stop = at;
        const char letter = at + 1 < quoted.size() ? quoted[at + 1] : '\0';
        if (const char plain = simpleEscape(letter)) {
            text += plain;
            at += 2;
            continue;
        }
        const std::optional<std::uint32_t> unit = letter == 'u' ? hexFour(quoted, at + 2) : std::nullopt;
        if (!unit) {
            return EscapeResult::Bad;
        }
        at += 6;
        std::uint32_t codePoint = *unit;
        if (isHighSurrogate(*unit)) {
            const bool hasMore = quoted.substr(at, 2) == "\\u";
            const std::optional<std::uint32_t> low = hasMore ? hexFour(quoted, at + 2) : std::nullopt;
            if (low && isLowSurrogate(*low)) {
                codePoint = 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00);
                at += 6;
            }
        }
        if (isHighSurrogate(codePoint) || isLowSurrogate(codePoint)) {
            codePoint = replacement;
            result = EscapeResult::LoneSurrogate;
        }
        appendUtf8(text, codePoint);
    }
    return result;
}

} // namespace json
