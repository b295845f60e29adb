// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "stream/counters.h"

#include <algorithm>

namespace stream {

namespace {

/// Each divides the next, so that buckets are merged without counting again.
constexpr std::array<std::int64_t, 18> widthsSeconds{
    1,     2,      10,     30,     60,      120,     600,       1'800,      3'600,
    7'200, 21'600, 43'200, 86'400, 172'800, 864'000, 2'592'000, 10'368'000, 103'680'000};
constexpr bool widthsDivideEachOther()
{
    for (std::size_t i = 1; i < widthsSeconds.size(); ++i) {
        if (widthsSeconds.at(i) % widthsSeconds.at(i - 1) != 0) {
            return false;
        }
    }
    return true;
}
static_assert(widthsDivideEachOther());

std::int64_t floorDivide(std::int64_t value, std::int64_t divisor)
{
    return value / divisor - (value % divisor < 0 ? 1 : 0);
}

constexpr std::size_t maxNames = 200;

} // namespace

void IdCounts::add(std::uint32_t id, std::int64_t count)
{
    if (id < denseIds) {
        if (id >= m_dense.size()) {
            m_dense.resize(std::max<std::size_t>(id + 1, m_dense.size() * 2));
        }
        m_dense[id] = static_cast<std::uint32_t>(m_dense[id] + count);
        return;
    }
    const auto entry = m_sparse.try_emplace(id, 0).first;
    entry->second = static_cast<std::uint32_t>(entry->second + count);
    if (entry->second == 0) {
        m_sparse.erase(entry);
    }
}

std::vector<std::pair<std::uint32_t, std::uint64_t>> IdCounts::top(std::size_t maxEntries) const
{
    std::vector<std::pair<std::uint32_t, std::uint64_t>> entries(m_sparse.begin(), m_sparse.end());
    for (std::size_t id = 0; id < m_dense.size(); ++id) {
        if (m_dense[id] != 0) {
            entries.emplace_back(static_cast<std::uint32_t>(id), m_dense[id]);
        }
    }
    const auto isBefore = [](const auto &left, const auto &right) {
        return left.second != right.second ? left.second > right.second : left.first < right.first;
    };
    const std::size_t kept = std::min(maxEntries, entries.size());
    std::ranges::partial_sort(entries, entries.begin() + static_cast<std::ptrdiff_t>(kept), isBefore);
    entries.resize(kept);
    return entries;
}

std::int64_t TimelineCounts::bucketOf(std::int64_t receivedUs) const
{
    return floorDivide(receivedUs, widthsSeconds.at(m_width) * 1'000'000);
}

void TimelineCounts::widen()
{
    const std::int64_t factor = widthsSeconds.at(m_width + 1) / widthsSeconds.at(m_width);
    const std::int64_t first = floorDivide(m_first, factor);
    std::deque<Bucket> wider;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        const auto at =
            static_cast<std::size_t>(floorDivide(m_first + static_cast<std::int64_t>(i), factor) - first);
        if (at >= wider.size()) {
            wider.resize(at + 1);
        }
        for (std::size_t status = 0; status < wider[at].size(); ++status) {
            wider[at][status] += m_buckets[i][status];
        }
    }
    m_first = first;
    m_buckets = std::move(wider);
    ++m_width;
}

void TimelineCounts::widenFor(std::int64_t receivedUs)
{
    const auto spread = [&] {
        const std::int64_t bucket = bucketOf(receivedUs);
        const std::int64_t last = m_first + static_cast<std::int64_t>(m_buckets.size()) - 1;
        return std::max(last, bucket) - std::min(m_first, bucket) + 1;
    };
    while (spread() > static_cast<std::int64_t>(maxBuckets) && m_width + 1 < widthsSeconds.size()) {
        widen();
    }
}

void TimelineCounts::add(std::int64_t receivedUs, event::Status status)
{
    if (receivedUs >= m_recentBeginUs && receivedUs < m_recentEndUs) {
        ++m_buckets[m_recent][static_cast<std::size_t>(status)];
        return;
    }
    if (m_buckets.empty()) {
        m_width = 0;
        m_first = bucketOf(receivedUs);
        m_buckets.emplace_back();
    }
    widenFor(receivedUs);
    // Only times centuries apart still do not fit: they are counted at the edge.
    const std::int64_t most = static_cast<std::int64_t>(maxBuckets);
    const std::int64_t bucket =
        std::clamp(bucketOf(receivedUs), m_first + static_cast<std::int64_t>(m_buckets.size()) - most,
                   m_first + most - 1);
    for (; bucket < m_first; --m_first) {
        m_buckets.emplace_front();
    }
    const auto at = static_cast<std::size_t>(bucket - m_first);
    if (at >= m_buckets.size()) {
        m_buckets.resize(at + 1);
    }
    ++m_buckets[at][static_cast<std::size_t>(status)];
    const std::int64_t widthUs = widthsSeconds.at(m_width) * 1'000'000;
    m_recent = at;
    m_recentBeginUs = bucket * widthUs;
    m_recentEndUs = m_recentBeginUs + widthUs;
}

void TimelineCounts::remove(std::int64_t receivedUs, event::Status status)
{
    const std::int64_t bucket = bucketOf(receivedUs);
    if (bucket >= m_first && bucket < m_first + static_cast<std::int64_t>(m_buckets.size())) {
        std::uint32_t &count =
            m_buckets[static_cast<std::size_t>(bucket - m_first)][static_cast<std::size_t>(status)];
        count -= count > 0 ? 1 : 0;
    }
    while (!m_buckets.empty() && m_buckets.front() == Bucket{}) {
        m_buckets.pop_front();
        ++m_first;
        m_recentEndUs = m_recentBeginUs;
    }
}

Timeline TimelineCounts::timeline() const
{
    Timeline timeline;
    timeline.bucketUs = widthsSeconds.at(m_width) * 1'000'000;
    timeline.startUs = m_first * timeline.bucketUs;
    timeline.buckets.assign(m_buckets.begin(), m_buckets.end());
    return timeline;
}

void Counters::count(const event::EventSummary &summary, event::EventState state, std::int64_t step)
{
    m_sources.add(event::raw(summary.source), step);
    if (event::raw(summary.name) != 0) {
        m_names.add(event::raw(summary.name), step);
    }
    auto &type = m_types.at(static_cast<std::size_t>(summary.type));
    type += static_cast<std::uint64_t>(step);
    auto &status = m_statuses.at(static_cast<std::size_t>(state.status));
    status += static_cast<std::uint64_t>(step);
}

void Counters::add(const event::EventSummary &summary, event::EventState state)
{
    count(summary, state, 1);
    m_timeline.add(summary.receivedUs, state.status);
}

void Counters::remove(const event::EventSummary &summary, event::EventState state)
{
    count(summary, state, -1);
    m_timeline.remove(summary.receivedUs, state.status);
}

void Counters::change(const event::EventSummary &summary, event::EventState before, event::EventState after)
{
    if (before.status != after.status) {
        m_timeline.add(summary.receivedUs, after.status);
        m_timeline.remove(summary.receivedUs, before.status);
        --m_statuses.at(static_cast<std::size_t>(before.status));
        ++m_statuses.at(static_cast<std::size_t>(after.status));
    }
}

FacetCounts Counters::facets() const
{
    FacetCounts facets;
    facets.types = m_types;
    facets.statuses = m_statuses;
    for (const auto &[id, count] : m_sources.top(1000)) {
        facets.sources.emplace_back(event::SourceId(id), count);
    }
    for (const auto &[id, count] : m_names.top(maxNames)) {
        facets.names.emplace_back(event::NameId(id), count);
    }
    return facets;
}

} // namespace stream
