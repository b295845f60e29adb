// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream/stream.h"

#include <algorithm>

namespace ui {

/// Positions in ascending order: a shared list that came whole, and what was appended since. Taking over a
/// shared list copies nothing, and dropping from the front moves nothing.
class PositionList
{
public:
    using Position = event::EventLog::Position;

    [[nodiscard]] std::size_t size() const { return baseSize() + m_tail.size() - m_tailBegin; }
    [[nodiscard]] bool isEmpty() const { return size() == 0; }
    [[nodiscard]] Position at(std::size_t index) const
    {
        const std::size_t base = baseSize();
        return index < base ? (*m_base)[m_baseBegin + index] : m_tail[m_tailBegin + index - base];
    }

    void assign(stream::Positions base)
    {
        m_base = std::move(base);
        m_baseBegin = 0;
        m_tail.clear();
        m_tailBegin = 0;
    }
    void append(const std::vector<Position> &positions)
    {
        m_tail.insert(m_tail.end(), positions.begin(), positions.end());
    }
    void dropFront(std::size_t count)
    {
        const std::size_t fromBase = std::min(count, baseSize());
        m_baseBegin += fromBase;
        m_tailBegin += count - fromBase;
        if (baseSize() == 0) {
            m_base.reset();
            m_baseBegin = 0;
        }
        if (m_tailBegin > m_tail.size() / 2) {
            m_tail.erase(m_tail.begin(), m_tail.begin() + static_cast<std::ptrdiff_t>(m_tailBegin));
            m_tailBegin = 0;
        }
    }
    void clear() { assign({}); }

    /// Takes the positions from this one on out of the end.
    [[nodiscard]] PositionList takeFrom(Position position)
    {
        PositionList taken;
        const std::size_t kept = lowerBound(position);
        for (std::size_t i = kept; i < size(); ++i) {
            taken.m_tail.push_back(at(i));
        }
        if (kept < baseSize()) {
            const auto begin = m_base->begin() + static_cast<std::ptrdiff_t>(m_baseBegin);
            assign(std::make_shared<const std::vector<Position>>(begin,
                                                                 begin + static_cast<std::ptrdiff_t>(kept)));
        } else {
            m_tail.resize(m_tailBegin + kept - baseSize());
        }
        return taken;
    }

    /// Index of the first position not below this one; size() when all are.
    [[nodiscard]] std::size_t lowerBound(Position position) const
    {
        std::size_t low = 0;
        std::size_t high = size();
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (at(middle) < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

private:
    [[nodiscard]] std::size_t baseSize() const { return m_base ? m_base->size() - m_baseBegin : 0; }

    stream::Positions m_base;
    std::size_t m_baseBegin = 0;
    std::vector<Position> m_tail;
    std::size_t m_tailBegin = 0;
};

} // namespace ui
