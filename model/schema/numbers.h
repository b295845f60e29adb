// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace schema {

/// A JSON number read from its digits as sent, exactly: a double would take 9007199254740993 for
/// 9007199254740992 and 0.1 for something near it. A view: the text must outlive it. No allocation.
class Decimal
{
public:
    /// Nothing for what is no JSON number (NaN, Infinity).
    [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);

    [[nodiscard]] bool isZero() const { return m_digitCount == 0; }
    [[nodiscard]] bool isNegative() const { return m_isNegative; }
    /// 1.0 and 1e3 are integers (JSON Schema draft 6 and later).
    [[nodiscard]] bool isInteger() const { return m_digitCount <= m_magnitude || isZero(); }
    /// The value when it is an integer of at most 18 digits: what comparisons are quick with.
    [[nodiscard]] std::optional<std::int64_t> toSmallInteger() const;
    /// As a count ("minLength": 2.0); what exceeds 64 bits is their maximum. Nothing for negatives and
    /// fractions.
    [[nodiscard]] std::optional<std::uint64_t> toCount() const;

    [[nodiscard]] std::strong_ordering operator<=>(const Decimal &other) const;
    [[nodiscard]] bool operator==(const Decimal &other) const { return std::is_eq(*this <=> other); }

    /// `factor` has at most 18 significant digits and is not zero.
    [[nodiscard]] bool isMultipleOf(const Decimal &factor) const;
    /// The value is 0.d1d2d3... times ten to this power.
    [[nodiscard]] std::int64_t magnitude() const { return m_magnitude; }
    /// Significant digits: neither leading nor trailing zeros.
    [[nodiscard]] std::int64_t digitCount() const { return m_digitCount; }
    /// Equal numbers have equal hashes, however they are written.
    [[nodiscard]] std::uint64_t hash() const;

private:
    [[nodiscard]] unsigned digit(std::int64_t index) const;

    std::string_view m_whole;    ///< digits before the point, from the first significant one
    std::string_view m_fraction; ///< digits after it
    std::int64_t m_digitCount = 0;
    std::int64_t m_magnitude = 0; ///< value = 0.d1d2d3... * 10^magnitude
    bool m_isNegative = false;
};

/// Whether a number's text stands for an integer, without reading all of it where its shape says so.
[[nodiscard]] bool isIntegerText(std::string_view text);
/// False for NaN and the infinities, which some SDKs send as numbers.
[[nodiscard]] bool isFiniteText(std::string_view text);

/// A limit of a schema, compiled: most are small integers, and so are most numbers compared with them.
class Limit
{
public:
    /// `text` must outlive it.
    [[nodiscard]] static std::optional<Limit> parse(std::string_view text);
    /// Order of a number's text against the limit; nothing for what is no number.
    [[nodiscard]] std::optional<std::strong_ordering> compare(std::string_view text) const;
    /// Order of a number that was rounded to a double against the limit rounded likewise.
    [[nodiscard]] std::strong_ordering compareRounded(double number) const;
    [[nodiscard]] const Decimal &value() const { return m_value; }
    [[nodiscard]] std::string_view text() const { return m_text; }

private:
    Decimal m_value;
    std::optional<std::int64_t> m_small;
    std::string_view m_text;
};

} // namespace schema
