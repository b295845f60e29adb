// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/event.h"

#include <array>
#include <vector>

namespace event {

/// Rows of the stream in arrival order: append-only chunks with one writer (the stream thread).
/// Readers on other threads hold the chunks of a Snapshot and touch only rows below its count;
/// states are atomics and may change at any time.
class EventLog
{
public:
    static constexpr std::size_t chunkRows = 4096;

    struct Chunk
    {
        std::array<EventSummary, chunkRows> summaries;
        std::array<std::atomic<EventState>, chunkRows> states;
    };

    using Chunks = std::vector<std::shared_ptr<Chunk>>;

    /// A row's number since the log began; never renumbered, also not when the oldest chunks leave.
    using Position = std::uint64_t;

    /// What a reader may touch: rows first <= position < last. Values; any thread. Cheap to copy: the list
    /// of chunks is shared and replaced only when a chunk begins or leaves.
    class Snapshot
    {
    public:
        [[nodiscard]] Position first() const { return m_first; }
        [[nodiscard]] Position last() const { return m_last; }
        [[nodiscard]] const EventSummary &summary(Position position) const;
        [[nodiscard]] EventState state(Position position) const;
        /// Position of an event id, by binary search; last() when it is not (any more) in the log.
        [[nodiscard]] Position find(EventId id) const;

    private:
        friend class EventLog;
        std::shared_ptr<const Chunks> m_chunks;
        Position m_first = 0; ///< always a multiple of chunkRows
        Position m_last = 0;
    };

    /// `maxRows` is rounded up to whole chunks; 4 M rows are 192 MB.
    explicit EventLog(std::size_t maxRows = 4'000'000);

    void append(const EventSummary &summary, EventState state);
    /// False when the row has left the log.
    bool setState(EventId id, EventState state);
    [[nodiscard]] Snapshot snapshot() const;
    [[nodiscard]] Position first() const { return m_first; }
    [[nodiscard]] Position last() const { return m_last; }
    /// Rows it keeps at most.
    [[nodiscard]] std::size_t capacity() const { return m_maxChunks * chunkRows; }

private:
    std::size_t m_maxChunks;
    std::shared_ptr<const Chunks> m_chunks;
    Position m_first = 0;
    Position m_last = 0;
};

} // namespace event
