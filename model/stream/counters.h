// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream/stream.h"

#include <deque>
#include <unordered_map>

namespace stream {

/// How often each id occurs. Dictionary ids are small and dense, so most live in a plain vector.
class IdCounts
{
public:
    void add(std::uint32_t id, std::int64_t count);
    /// The most frequent first, at most this many; ids without occurrences left out.
    [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint64_t>> top(std::size_t maxEntries) const;

private:
    static constexpr std::uint32_t denseIds = 1U << 20U;

    std::vector<std::uint32_t> m_dense;
    std::unordered_map<std::uint32_t, std::uint32_t> m_sparse;
};

/// The timeline over the rows counted: at most maxBuckets, the bucket as narrow as that allows. Grows wider
/// as the rows' times spread; becomes narrow again only when counted anew.
class TimelineCounts
{
public:
    static constexpr std::size_t maxBuckets = 240;

    void add(std::int64_t receivedUs, event::Status status);
    void remove(std::int64_t receivedUs, event::Status status);
    [[nodiscard]] Timeline timeline() const;

private:
    using Bucket = std::array<std::uint32_t, 5>;

    [[nodiscard]] std::int64_t bucketOf(std::int64_t receivedUs) const;
    void widenFor(std::int64_t receivedUs);
    void widen();

    std::size_t m_width = 0;  ///< index into the ladder of widths
    std::int64_t m_first = 0; ///< number of the first bucket since the epoch
    std::deque<Bucket> m_buckets;
    /// The bucket counted last: rows come nearly in order, so most belong there. Empty when buckets moved.
    std::int64_t m_recentBeginUs = 0, m_recentEndUs = 0;
    std::size_t m_recent = 0;
};

/// Facets and timeline of the rows that match the filter, kept up to date row by row. Stream thread.
class Counters
{
public:
    void add(const event::EventSummary &summary, event::EventState state);
    void remove(const event::EventSummary &summary, event::EventState state);
    void change(const event::EventSummary &summary, event::EventState before, event::EventState after);

    [[nodiscard]] FacetCounts facets() const;
    [[nodiscard]] Timeline timeline() const { return m_timeline.timeline(); }

private:
    void count(const event::EventSummary &summary, event::EventState state, std::int64_t step);

    IdCounts m_sources, m_names;
    std::array<std::uint64_t, 7> m_types{};
    std::array<std::uint64_t, 5> m_statuses{};
    TimelineCounts m_timeline;
};

} // namespace stream
