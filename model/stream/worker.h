// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream/audience.h"
#include "stream/counters.h"
#include "stream/inbox.h"
#include "stream/rowpredicate.h"

namespace stream {

/// What the stream thread does: takes in rows, keeps the matches of the current filter, and tells whoever
/// watches.
class Worker
{
public:
    Worker(std::shared_ptr<Inbox> inbox, Audience &audience, BodySearch search, std::size_t maxRows);

    void run(const std::stop_token &stop);

private:
    using Time = Inbox::Time;
    using Position = event::EventLog::Position;
    using Rows = std::deque<Position>;

    [[nodiscard]] std::optional<Time> wakeTime() const;
    void takeIn(Inbox::Contents contents);

    void takeLoad(const Stream::Loaded &rows);
    void takeNotice(const event::CommitNotice &notice);
    void takeEvent(const event::Event &event);
    void takeText(Texts &texts, QHash<std::uint32_t, QString> &fresh, std::uint32_t id, const QString &text);
    void appendRow(const event::EventSummary &summary, event::EventState state, const event::Event *event);
    void makeRoom();
    [[nodiscard]] bool matchesNew(const event::EventSummary &summary, event::EventState state,
                                  const event::Event *event);

    void takeChanges(const std::vector<event::StateChange> &changes);
    [[nodiscard]] bool matchesAgain(Position position, bool before);
    void applyMoves(Rows &rows, const std::vector<Position> &added, const std::vector<Position> &removed);

    void startFilter(FilterRequest request);
    void scanSlice();
    void finishScan();
    enum class SearchKind : std::uint8_t { Growing, Replacing };
    void startSearch(SearchKind kind);
    void takeAnswer(const SearchAnswer &answer);
    void mergeFound();
    void replaceByFound();
    void countAgain();
    void countTotals();

    [[nodiscard]] bool isShown(const event::EventSummary &summary) const;
    void addTotals(const event::EventSummary &summary, event::EventState state, std::int64_t step);

    void post();
    void fillFirst(StreamUpdate &update);
    void fillStatistics(StreamUpdate &update, Time now);
    [[nodiscard]] StreamUpdate baseUpdate() const;
    [[nodiscard]] Positions shareRows() const;
    [[nodiscard]] double perSecond(Time now);

    std::shared_ptr<Inbox> m_inbox;
    Audience &m_audience;
    BodySearch m_search;
    event::EventLog m_log;
    event::EventId m_lastId{};
    Texts m_names{100'000}, m_users{100'000}, m_sources{10'000};

    // Rows from the store come first: live ones wait until the last of those is in.
    std::vector<event::CommitNotice> m_heldNotices;

    FilterRequest m_filter;
    std::unique_ptr<filter::Matcher> m_matcher;
    std::unique_ptr<RowPredicate> m_predicate; ///< of summary-only filters

    Rows m_rows; ///< matches, ascending
    Counters m_counters;

    // A scan of the log: m_rows holds what it found below m_scanAt, m_tail what came since above m_scanEnd.
    Position m_scanAt = 0;
    Position m_scanEnd = 0;
    Rows m_tail;

    // A search in the store, which covers the rows below m_searchEnd.
    std::uint64_t m_ticket = 0;
    Position m_searchEnd = 0;
    std::vector<Position> m_found;
    std::optional<Time> m_searchAgainAt;

    // What the next update tells.
    std::vector<Position> m_appended;
    std::vector<event::EventId> m_changed;
    QHash<std::uint32_t, QString> m_freshNames, m_freshUsers, m_freshSources;
    Time m_lastReset{};

    Totals m_totals;
    std::deque<std::pair<Time, std::uint64_t>> m_arrivals; ///< of the last two seconds
    Time m_lastStatistics{};

    // Where it stands.
    bool m_isLoading = false;
    bool m_isScanning = false;
    bool m_isSearching = false;
    SearchKind m_searchKind = SearchKind::Growing;
    bool m_usesState = false; ///< a changed state may change the verdict of a filter that needs bodies
    bool m_isResetDue = false;
    bool m_isNews = false;
    bool m_areCountsOld = true;
    bool m_areTotalsOld = true;
};

} // namespace stream
