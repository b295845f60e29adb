// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "event/eventlog.h"

#include <algorithm>

namespace event {

const EventSummary &EventLog::Snapshot::summary(Position position) const
{
    Q_ASSERT(position >= m_first && position < m_last);
    const auto row = static_cast<std::size_t>(position - m_first);
    return (*m_chunks)[row / chunkRows]->summaries[row % chunkRows];
}

EventState EventLog::Snapshot::state(Position position) const
{
    Q_ASSERT(position >= m_first && position < m_last);
    const auto row = static_cast<std::size_t>(position - m_first);
    return (*m_chunks)[row / chunkRows]->states[row % chunkRows].load(std::memory_order_relaxed);
}

EventLog::Position EventLog::Snapshot::find(EventId id) const
{
    Position low = m_first;
    Position high = m_last;
    while (low < high) {
        const Position middle = low + (high - low) / 2;
        if (summary(middle).id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < m_last && summary(low).id == id ? low : m_last;
}

EventLog::EventLog(std::size_t maxRows)
    : m_maxChunks(std::max<std::size_t>(1, (maxRows + chunkRows - 1) / chunkRows))
    , m_chunks(std::make_shared<const Chunks>())
{
}

void EventLog::append(const EventSummary &summary, EventState state)
{
    const auto row = static_cast<std::size_t>(m_last - m_first);
    if (row == m_chunks->size() * chunkRows) {
        // Readers hold the old list: it is replaced, never changed.
        auto chunks = std::make_shared<Chunks>();
        const bool isFull = m_chunks->size() == m_maxChunks;
        chunks->reserve(m_chunks->size() + 1);
        chunks->assign(m_chunks->begin() + (isFull ? 1 : 0), m_chunks->end());
        chunks->push_back(std::make_shared<Chunk>());
        m_chunks = std::move(chunks);
        m_first += isFull ? chunkRows : 0;
    }
    const auto at = static_cast<std::size_t>(m_last - m_first);
    Chunk &chunk = *(*m_chunks)[at / chunkRows];
    chunk.summaries[at % chunkRows] = summary;
    chunk.states[at % chunkRows].store(state, std::memory_order_relaxed);
    ++m_last;
}

bool EventLog::setState(EventId id, EventState state)
{
    const Position position = snapshot().find(id);
    if (position == m_last) {
        return false;
    }
    const auto row = static_cast<std::size_t>(position - m_first);
    (*m_chunks)[row / chunkRows]->states[row % chunkRows].store(state, std::memory_order_relaxed);
    return true;
}

EventLog::Snapshot EventLog::snapshot() const
{
    Snapshot snapshot;
    snapshot.m_chunks = m_chunks;
    snapshot.m_first = m_first;
    snapshot.m_last = m_last;
    return snapshot;
}

} // namespace event
