// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace schema {

/// Which members or items of one value some schema has evaluated, by position. No allocation up to 128.
class Marks
{
public:
    void add(std::uint32_t position)
    {
        if (position < bitsInside) {
            m_first[position / 64] |= bit(position);
            return;
        }
        const std::size_t word = (position - bitsInside) / 64;
        if (word >= m_rest.size()) {
            m_rest.resize(word + 1);
        }
        m_rest[word] |= bit(position);
    }
    void addAll() { m_hasAll = true; }

    [[nodiscard]] bool has(std::uint32_t position) const
    {
        if (m_hasAll) {
            return true;
        }
        if (position < bitsInside) {
            return (m_first[position / 64] & bit(position)) != 0;
        }
        const std::size_t word = (position - bitsInside) / 64;
        return word < m_rest.size() && (m_rest[word] & bit(position)) != 0;
    }

    void merge(const Marks &other)
    {
        m_hasAll = m_hasAll || other.m_hasAll;
        for (std::size_t i = 0; i < m_first.size(); ++i) {
            m_first[i] |= other.m_first[i];
        }
        m_rest.resize(std::max(m_rest.size(), other.m_rest.size()));
        for (std::size_t i = 0; i < other.m_rest.size(); ++i) {
            m_rest[i] |= other.m_rest[i];
        }
    }

private:
    static constexpr std::uint32_t bitsInside = 128;
    static constexpr std::uint64_t bit(std::uint32_t position) { return std::uint64_t{1} << (position % 64); }

    std::array<std::uint64_t, bitsInside / 64> m_first{};
    std::vector<std::uint64_t> m_rest;
    bool m_hasAll = false;
};

/// In place of a pointer to Marks where no schema asks for them.
struct NoMarks
{
};

/// The identified schemas a check came through, innermost first: a list on the stack.
struct DynamicScope
{
    const DynamicScope *outer;
    std::uint32_t resource;
};

} // namespace schema
