// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace schema {

/// A pattern that one pass over the bytes decides: what most patterns of plans are. From the start on, or its
/// alternatives from the start to the end, each a row of ASCII characters and classes with counts, where no
/// count ever has to give back what it took: ^ord_[0-9a-f]+$, ^[A-Z]{3}$, ^(card|cash)$, ^https://
class SimplePattern
{
public:
    /// Nothing for any other pattern.
    [[nodiscard]] static std::optional<SimplePattern> parse(std::string_view pattern);
    [[nodiscard]] bool search(std::string_view text) const;

private:
    /// ASCII characters, as bits.
    struct Set
    {
        std::array<std::uint64_t, 2> bits{};

        void add(unsigned char c) { bits[c / 64] |= std::uint64_t{1} << (c % 64); }
        [[nodiscard]] bool has(unsigned char c) const
        {
            return c < 128 && (bits[c / 64] >> (c % 64) & 1U) != 0;
        }
        [[nodiscard]] bool meets(const Set &other) const
        {
            return ((bits[0] & other.bits[0]) | (bits[1] & other.bits[1])) != 0;
        }
    };
    struct Step
    {
        Set set;
        std::uint32_t least = 1;
        std::uint32_t most = 1;
    };
    using Row = std::vector<Step>;
    class Reader;

    [[nodiscard]] static bool isDecided(const Row &row);
    [[nodiscard]] bool holds(const Row &row, std::string_view text) const;

    std::vector<Row> m_rows;
    bool m_isToTheEnd = false;
};

} // namespace schema
