// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/eventlog.h"
#include "filter/query.h"

#include <QHash>

namespace stream {

/// Live counts for the sidebar: value and how often, under the current filter.
struct FacetCounts
{
    std::vector<std::pair<event::SourceId, std::uint64_t>> sources;
    std::array<std::uint64_t, 7> types{};                       ///< by CallType
    std::array<std::uint64_t, 5> statuses{};                    ///< by Status
    std::vector<std::pair<event::NameId, std::uint64_t>> names; ///< the most frequent first, at most 200
};

/// Events a bucket of the timeline, stacked by status: all rows that match the filter, in at most 240 buckets
/// whose width (1 s and up) follows from how far the rows' times spread.
struct Timeline
{
    std::int64_t startUs = 0;
    std::int64_t bucketUs = 1'000'000;
    std::vector<std::array<std::uint32_t, 5>> buckets; ///< by Status
};

struct Totals
{
    std::uint64_t events = 0; ///< without rejected requests
    std::array<std::uint64_t, 5> statuses{};
    std::uint64_t lint = 0;
    double perSecond = 0; ///< over the last two seconds
};

/// Positions in the EventLog that match the filter, in arrival order; shared, immutable.
using Positions = std::shared_ptr<const std::vector<event::EventLog::Position>>;

/// What changed since the last update. Values: the subscriber may keep it on any thread.
struct StreamUpdate
{
    event::EventLog::Snapshot log;
    std::uint64_t filterGeneration = 0; ///< of the filter the positions belong to
    /// Set when the filter or the order changed: replaces all positions. Null: only `appended` came.
    Positions reset;
    std::vector<event::EventLog::Position> appended; ///< new matches at the end
    bool isFilterComplete = true;                    ///< false while older rows are still being searched
    std::vector<event::EventId> changed;             ///< rows whose state changed
    std::optional<FacetCounts> facets;               ///< at most four times a second
    std::optional<Timeline> timeline;                ///< likewise
    std::optional<Totals> totals;                    ///< likewise
    /// Texts of ids that are new in this update (names, sources, users).
    QHash<std::uint32_t, QString> names, users;
    QHash<std::uint32_t, QString> sources;
};

/// Window, API stream and `serve` output. post() never blocks: it puts the update in a mailbox.
class Subscriber
{
public:
    virtual ~Subscriber() = default;
    virtual void post(StreamUpdate update) = 0;
};

/// The search over stored rows for filters that need bodies: implemented over the read thread. The
/// callback may come several times (newest first, partial results) and from another thread.
using BodySearch =
    std::function<void(const filter::Query &query, std::uint64_t generation,
                       std::function<void(std::vector<event::EventId> ids, bool isComplete)> done)>;

/// Owns the EventLog, the live filter, facets and timeline, on a thread of its own.
class Stream final : public event::CommitSink
{
public:
    explicit Stream(BodySearch search, std::size_t maxRows = 4'000'000);
    ~Stream() override;

    /// Rows from the store at start-up, oldest first, with the texts of their ids. The first call, which may
    /// be empty, comes before live rows can: those wait from then on until the one with isLast.
    struct Loaded
    {
        std::vector<event::EventSummary> summaries;
        std::vector<event::EventState> states;
        QHash<std::uint32_t, QString> names, users, sources;
        bool isLast = false;
    };
    void load(Loaded rows);

    void post(event::CommitNotice notice) override;
    /// Any thread: a source was given another name; rows, filters and facets say it from then on.
    void setSourceName(event::SourceId id, const QString &name);
    /// Any thread. The first update brings everything there is.
    void subscribe(Subscriber *subscriber);
    /// None is posted to it once this returns. Not from inside its post().
    void unsubscribe(Subscriber *subscriber);
    /// Any thread; an older generation's results are dropped. Only the session given is shown; 0: all.
    void setFilter(const filter::Query &query, event::SessionId session, std::uint64_t generation);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace stream
