// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/numbers.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace schema {

namespace {

__extension__ using Wide = unsigned __int128;

// Beyond these no exponent changes an answer, and sums of them stay far from overflow.
constexpr std::int64_t exponentCap = std::int64_t{1} << 40;
constexpr std::int64_t smallDigits = 18;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string_view takeDigits(std::string_view &text)
{
    std::size_t length = 0;
    while (length < text.size() && isDigit(text[length])) {
        ++length;
    }
    const std::string_view digits = text.substr(0, length);
    text.remove_prefix(length);
    return digits;
}

std::optional<std::int64_t> takeExponent(std::string_view text)
{
    const bool isNegative = text.starts_with('-');
    if (isNegative || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    const std::string_view digits = takeDigits(text);
    if (digits.empty() || !text.empty()) {
        return std::nullopt;
    }
    std::int64_t exponent = 0;
    for (const char c : digits) {
        exponent = std::min(exponent * 10 + (c - '0'), exponentCap);
    }
    return isNegative ? -exponent : exponent;
}

std::int64_t trailingZeros(std::string_view digits)
{
    const std::size_t last = digits.find_last_not_of('0');
    return static_cast<std::int64_t>(digits.size() - (last == std::string_view::npos ? 0 : last + 1));
}

/// A number written without exponent in at most 18 digits before the point: what most numbers are.
struct PlainNumber
{
    std::int64_t whole = 0; ///< cut towards zero
    bool isNegative = false;
    bool hasFraction = false; ///< and one that is not zero
};

std::optional<PlainNumber> plainNumber(std::string_view text)
{
    PlainNumber number;
    number.isNegative = text.starts_with('-');
    std::size_t at = number.isNegative ? 1 : 0;
    const std::size_t first = at;
    for (; at < text.size() && isDigit(text[at]); ++at) {
        if (at - first == smallDigits) {
            return std::nullopt;
        }
        number.whole = number.whole * 10 + (text[at] - '0');
    }
    if (at == first) {
        return std::nullopt;
    }
    if (at < text.size() && text[at] == '.') {
        for (++at; at < text.size() && isDigit(text[at]); ++at) {
            number.hasFraction = number.hasFraction || text[at] != '0';
        }
    }
    number.whole = number.isNegative ? -number.whole : number.whole;
    return at == text.size() ? std::optional(number) : std::nullopt;
}

std::uint64_t powerOfTenModulo(std::int64_t exponent, std::uint64_t modulus)
{
    Wide result = 1 % modulus;
    Wide base = 10 % modulus;
    for (auto left = static_cast<std::uint64_t>(exponent); left > 0; left >>= 1U) {
        if ((left & 1U) != 0) {
            result = result * base % modulus;
        }
        base = base * base % modulus;
    }
    return static_cast<std::uint64_t>(result);
}

} // namespace

std::optional<Decimal> Decimal::parse(std::string_view text)
{
    Decimal number;
    number.m_isNegative = text.starts_with('-');
    if (number.m_isNegative) {
        text.remove_prefix(1);
    }
    number.m_whole = takeDigits(text);
    if (number.m_whole.empty()) {
        return std::nullopt;
    }
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        number.m_fraction = takeDigits(text);
        if (number.m_fraction.empty()) {
            return std::nullopt;
        }
    }
    std::int64_t exponent = 0;
    if (text.starts_with('e') || text.starts_with('E')) {
        const auto taken = takeExponent(text.substr(1));
        if (!taken) {
            return std::nullopt;
        }
        exponent = *taken;
        text = {};
    }
    if (!text.empty()) {
        return std::nullopt;
    }

    const std::size_t leading = std::min(number.m_whole.find_first_not_of('0'), number.m_whole.size());
    number.m_whole.remove_prefix(leading);
    number.m_fraction.remove_suffix(static_cast<std::size_t>(trailingZeros(number.m_fraction)));
    number.m_magnitude = static_cast<std::int64_t>(number.m_whole.size()) + exponent;
    if (number.m_whole.empty()) {
        const std::size_t skipped =
            std::min(number.m_fraction.find_first_not_of('0'), number.m_fraction.size());
        number.m_fraction.remove_prefix(skipped);
        number.m_magnitude -= static_cast<std::int64_t>(skipped);
    }
    number.m_digitCount = static_cast<std::int64_t>(number.m_whole.size() + number.m_fraction.size());
    if (number.m_fraction.empty()) {
        number.m_digitCount -= trailingZeros(number.m_whole);
    }
    if (number.isZero()) {
        number.m_isNegative = false;
        number.m_magnitude = 0;
    }
    return number;
}

unsigned Decimal::digit(std::int64_t index) const
{
    const auto at = static_cast<std::size_t>(index);
    const char c = at < m_whole.size() ? m_whole[at] : m_fraction[at - m_whole.size()];
    return static_cast<unsigned>(c - '0');
}

std::optional<std::int64_t> Decimal::toSmallInteger() const
{
    if (!isInteger() || m_magnitude > smallDigits) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    for (std::int64_t i = 0; i < m_magnitude; ++i) {
        value = value * 10 + (i < m_digitCount ? digit(i) : 0U);
    }
    return m_isNegative ? -value : value;
}

std::optional<std::uint64_t> Decimal::toCount() const
{
    if (m_isNegative || !isInteger()) {
        return std::nullopt;
    }
    const auto small = toSmallInteger();
    return small ? static_cast<std::uint64_t>(*small) : std::numeric_limits<std::uint64_t>::max();
}

std::strong_ordering Decimal::operator<=>(const Decimal &other) const
{
    const auto sign = [](const Decimal &number) {
        return number.isZero() ? 0 : number.m_isNegative ? -1 : 1;
    };
    if (const auto order = sign(*this) <=> sign(other); std::is_neq(order) || isZero()) {
        return order;
    }
    auto order = m_magnitude <=> other.m_magnitude;
    const std::int64_t common = std::min(m_digitCount, other.m_digitCount);
    for (std::int64_t i = 0; i < common && std::is_eq(order); ++i) {
        order = digit(i) <=> other.digit(i);
    }
    if (std::is_eq(order)) {
        order = m_digitCount <=> other.m_digitCount;
    }
    if (!m_isNegative || std::is_eq(order)) {
        return order;
    }
    return std::is_lt(order) ? std::strong_ordering::greater : std::strong_ordering::less;
}

bool Decimal::isMultipleOf(const Decimal &factor) const
{
    if (isZero()) {
        return true;
    }
    // With x = X * 10^a and f = F * 10^b, X and F without trailing zeros: when a < b, x / f would need
    // X to end in a zero.
    const std::int64_t shift = (m_magnitude - m_digitCount) - (factor.m_magnitude - factor.m_digitCount);
    if (shift < 0) {
        return false;
    }
    std::uint64_t divisor = 0;
    for (std::int64_t i = 0; i < factor.m_digitCount; ++i) {
        divisor = divisor * 10 + factor.digit(i);
    }
    if (divisor == 0) {
        return false; // nothing but zero is a multiple of zero
    }
    Wide remainder = 0;
    for (std::int64_t i = 0; i < m_digitCount; ++i) {
        remainder = (remainder * 10 + digit(i)) % divisor;
    }
    return remainder * powerOfTenModulo(shift, divisor) % divisor == 0;
}

std::uint64_t Decimal::hash() const
{
    std::uint64_t hash = m_isNegative ? 0x9ae16a3b2f90404fU : 0xc949d7c7509e6557U;
    hash ^= static_cast<std::uint64_t>(m_magnitude);
    for (std::int64_t i = 0; i < m_digitCount; ++i) {
        hash = (hash ^ digit(i)) * 0x100000001b3U;
    }
    return hash;
}

bool isIntegerText(std::string_view text)
{
    if (const auto plain = plainNumber(text)) {
        return !plain->hasFraction;
    }
    const auto number = Decimal::parse(text);
    return number && number->isInteger();
}

bool isFiniteText(std::string_view text)
{
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    return text.size() > first && isDigit(text[first]);
}

std::optional<Limit> Limit::parse(std::string_view text)
{
    const auto value = Decimal::parse(text);
    if (!value) {
        return std::nullopt;
    }
    Limit limit;
    limit.m_value = *value;
    limit.m_small = value->toSmallInteger();
    limit.m_text = text;
    return limit;
}

std::optional<std::strong_ordering> Limit::compare(std::string_view text) const
{
    if (m_small) {
        if (const auto plain = plainNumber(text)) {
            const auto order = plain->whole <=> *m_small;
            if (std::is_neq(order) || !plain->hasFraction) {
                return order;
            }
            return plain->isNegative ? std::strong_ordering::less : std::strong_ordering::greater;
        }
    }
    const auto number = Decimal::parse(text);
    if (!number) {
        return std::nullopt;
    }
    return *number <=> m_value;
}

std::strong_ordering Limit::compareRounded(double number) const
{
    double limit = 0;
    const auto [end, error] = std::from_chars(m_text.data(), m_text.data() + m_text.size(), limit);
    if (error == std::errc::result_out_of_range) {
        // Too large for a double, or so small that it is zero.
        limit = m_value.magnitude() <= 0 ? 0
                : m_value.isNegative()   ? -std::numeric_limits<double>::infinity()
                                         : std::numeric_limits<double>::infinity();
    }
    return number < limit   ? std::strong_ordering::less
           : number > limit ? std::strong_ordering::greater
                            : std::strong_ordering::equal;
}

} // namespace schema
