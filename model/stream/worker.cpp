// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "stream/worker.h"

#include <algorithm>

namespace stream {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

/// A slice of a scan: a few milliseconds, so that commits are not kept waiting.
constexpr std::uint64_t sliceRows = 65'536;
/// A recheck changes many rows in a row; their resets are gathered.
constexpr auto resetPause = 100ms;
constexpr auto statisticsPause = 250ms;
constexpr auto searchAgainPause = 500ms;
constexpr auto ratePeriod = 2s;

/// An event of a batch, with everything a term may ask for but its deliveries, which come later.
class LiveSubject final : public filter::Subject
{
public:
    explicit LiveSubject(const event::Event &event)
        : m_event(event)
    {
    }

    const event::EventSummary &summary() const override { return m_event.summary; }
    event::EventState state() const override { return m_event.state; }
    QString name() const override { return m_event.name; }
    QString source() const override { return m_event.source; }
    QString user() const override { return m_event.user; }
    QByteArray body() const override { return m_event.body; }
    std::vector<event::Finding> findings() const override { return m_event.findings; }
    QString delivery(const QString & /*destination*/) const override { return {}; }

private:
    const event::Event &m_event;
};

bool usesState(const filter::Node &node)
{
    using filter::Field;
    if (node.kind != filter::Node::Kind::Term) {
        return std::ranges::any_of(node.children,
                                   [](const filter::NodePtr &child) { return usesState(*child); });
    }
    const Field field = node.term.field;
    return field == Field::Status || field == Field::Has || field == Field::Rule || field == Field::Delivery;
}

} // namespace

Worker::Worker(std::shared_ptr<Inbox> inbox, Audience &audience, BodySearch search, std::size_t maxRows)
    : m_inbox(std::move(inbox))
    , m_audience(audience)
    , m_search(std::move(search))
    , m_log(maxRows)
    , m_matcher(std::make_unique<filter::Matcher>(filter::Query()))
    , m_predicate(std::make_unique<RowPredicate>(nullptr, m_names, m_sources, m_users))
{
}

void Worker::run(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        takeIn(m_inbox->take(stop, wakeTime()));
        if (m_isScanning) {
            scanSlice();
        }
        if (m_searchAgainAt && !m_isSearching && steady_clock::now() >= *m_searchAgainAt) {
            startSearch(SearchKind::Replacing);
        }
        post();
    }
}

std::optional<Inbox::Time> Worker::wakeTime() const
{
    if (m_isScanning) {
        return Time{};
    }
    std::optional<Time> wake;
    const auto atLatest = [&wake](Time time) { wake = wake ? std::min(*wake, time) : time; };
    if (m_isResetDue) {
        atLatest(m_lastReset + resetPause);
    }
    if (m_areCountsOld || m_areTotalsOld) {
        atLatest(m_lastStatistics + statisticsPause);
    }
    if (m_searchAgainAt && !m_isSearching) {
        atLatest(*m_searchAgainAt);
    }
    return wake;
}

void Worker::takeIn(Inbox::Contents contents)
{
    for (const Stream::Loaded &rows : contents.loads) {
        takeLoad(rows);
    }
    if (m_isLoading) {
        std::ranges::move(contents.notices, std::back_inserter(m_heldNotices));
    } else {
        for (const event::CommitNotice &notice : std::exchange(m_heldNotices, {})) {
            takeNotice(notice);
        }
        for (const event::CommitNotice &notice : contents.notices) {
            takeNotice(notice);
        }
    }
    for (const auto &[id, name] : contents.sourceNames) {
        takeText(m_sources, m_freshSources, event::raw(id), name);
    }
    if (contents.filter && contents.filter->generation >= m_filter.generation) {
        startFilter(std::move(*contents.filter));
    }
    for (const SearchAnswer &answer : contents.answers) {
        takeAnswer(answer);
    }
}

void Worker::takeText(Texts &texts, QHash<std::uint32_t, QString> &fresh, std::uint32_t id,
                      const QString &text)
{
    if (id == 0) {
        return;
    }
    const Texts::Put put = texts.put(id, text);
    if (put != Texts::Put::Known) {
        fresh.insert(id, text);
    }
    if (put == Texts::Put::Changed && m_predicate) {
        m_predicate->forget();
    }
}

void Worker::takeLoad(const Stream::Loaded &rows)
{
    m_isLoading = !rows.isLast;
    const auto takeTexts = [this](Texts &texts, QHash<std::uint32_t, QString> &fresh, const auto &loaded) {
        for (auto entry = loaded.begin(); entry != loaded.end(); ++entry) {
            takeText(texts, fresh, entry.key(), entry.value());
        }
    };
    takeTexts(m_names, m_freshNames, rows.names);
    takeTexts(m_users, m_freshUsers, rows.users);
    takeTexts(m_sources, m_freshSources, rows.sources);
    const std::size_t count = std::min(rows.summaries.size(), rows.states.size());
    for (std::size_t i = 0; i < count; ++i) {
        appendRow(rows.summaries[i], rows.states[i], nullptr);
    }
    // Rows without bodies can't be put through a filter that needs them: the store is asked once all are
    // here.
    if (rows.isLast && !m_predicate) {
        m_searchAgainAt = steady_clock::now();
    }
}

void Worker::takeNotice(const event::CommitNotice &notice)
{
    if (notice.added) {
        std::uint64_t events = 0;
        for (const event::Event &event : *notice.added) {
            takeEvent(event);
            events += event.state.status != event::Status::Rejected ? 1 : 0;
        }
        m_arrivals.emplace_back(steady_clock::now(), events);
        m_areTotalsOld = true;
    }
    if (!notice.changed.empty()) {
        takeChanges(notice.changed);
    }
}

void Worker::takeEvent(const event::Event &event)
{
    takeText(m_names, m_freshNames, event::raw(event.summary.name), event.name);
    takeText(m_users, m_freshUsers, event::raw(event.summary.user), event.user);
    takeText(m_sources, m_freshSources, event::raw(event.summary.source), event.source);
    appendRow(event.summary, event.state, &event);
}

bool Worker::isShown(const event::EventSummary &summary) const
{
    return m_filter.session == event::SessionId{} || summary.session == m_filter.session;
}

void Worker::addTotals(const event::EventSummary &summary, event::EventState state, std::int64_t step)
{
    if (!isShown(summary)) {
        return;
    }
    const auto add = [step](std::uint64_t &total) { total += static_cast<std::uint64_t>(step); };
    add(m_totals.statuses.at(static_cast<std::size_t>(state.status)));
    if (state.status != event::Status::Rejected) {
        add(m_totals.events);
    }
    if (state.has(event::Flag::Lint)) {
        add(m_totals.lint);
    }
}

bool Worker::matchesNew(const event::EventSummary &summary, event::EventState state,
                        const event::Event *event)
{
    if (!isShown(summary)) {
        return false;
    }
    if (m_predicate) {
        return m_predicate->matches(summary, state);
    }
    return event != nullptr && m_matcher->matches(LiveSubject(*event));
}

void Worker::appendRow(const event::EventSummary &summary, event::EventState state, const event::Event *event)
{
    // The store's rows and the live ones may overlap where loading ends.
    if (summary.id <= m_lastId) {
        return;
    }
    m_lastId = summary.id;
    makeRoom();
    const Position position = m_log.last();
    m_log.append(summary, state);
    addTotals(summary, state, 1);
    m_areTotalsOld = true;
    if (!matchesNew(summary, state, event)) {
        return;
    }
    m_counters.add(summary, state);
    m_areCountsOld = true;
    if (m_isScanning) {
        m_tail.push_back(position);
    } else {
        m_rows.push_back(position);
        m_appended.push_back(position);
    }
}

/// A full log lets its oldest chunk go with the next row: what was counted of it goes first.
void Worker::makeRoom()
{
    if (m_log.last() - m_log.first() < m_log.capacity()) {
        return;
    }
    const event::EventLog::Snapshot log = m_log.snapshot();
    const Position first = log.first() + event::EventLog::chunkRows;
    const auto dropFrom = [&](Rows &rows) {
        while (!rows.empty() && rows.front() < first) {
            m_counters.remove(log.summary(rows.front()), log.state(rows.front()));
            rows.pop_front();
            m_areCountsOld = true;
        }
    };
    dropFrom(m_rows);
    dropFrom(m_tail);
    m_scanAt = std::max(m_scanAt, first);
    m_scanEnd = std::max(m_scanEnd, m_scanAt);
    std::erase_if(m_found, [first](Position position) { return position < first; });
    std::erase_if(m_appended, [first](Position position) { return position < first; });
}

void Worker::takeChanges(const std::vector<event::StateChange> &changes)
{
    struct Changed
    {
        Position position;
        event::EventState before;
    };
    const event::EventLog::Snapshot log = m_log.snapshot();
    std::vector<Changed> rows;
    for (const event::StateChange &change : changes) {
        const Position position = log.find(change.id);
        if (position == log.last()) {
            continue;
        }
        const event::EventState before = log.state(position);
        m_log.setState(change.id, change.state);
        m_changed.push_back(change.id);
        addTotals(log.summary(position), before, -1);
        addTotals(log.summary(position), change.state, 1);
        rows.push_back({position, before});
    }
    // Of a row that changed twice, the first state before counts.
    std::ranges::stable_sort(rows, {}, &Changed::position);
    const auto isSameRow = [](const Changed &left, const Changed &right) {
        return left.position == right.position;
    };
    rows.erase(std::unique(rows.begin(), rows.end(), isSameRow), rows.end());
    m_areTotalsOld = m_areTotalsOld || !rows.empty();

    std::vector<Position> added;
    std::vector<Position> removed;
    for (const Changed &row : rows) {
        const Position position = row.position;
        if (m_isScanning && position >= m_scanAt && position < m_scanEnd) {
            continue; // the scan will see the new state
        }
        const Rows &among = m_isScanning && position >= m_scanEnd ? m_tail : m_rows;
        const bool wasThere = std::ranges::binary_search(among, position);
        const bool isThere = matchesAgain(position, wasThere);
        const event::EventSummary &summary = log.summary(position);
        if (wasThere && isThere) {
            m_counters.change(summary, row.before, log.state(position));
        } else if (wasThere) {
            m_counters.remove(summary, row.before);
            removed.push_back(position);
        } else if (isThere) {
            m_counters.add(summary, log.state(position));
            added.push_back(position);
        }
        m_areCountsOld = m_areCountsOld || wasThere || isThere;
    }
    if (!m_predicate && m_usesState && !rows.empty() && !m_searchAgainAt) {
        m_searchAgainAt = steady_clock::now() + searchAgainPause;
    }
    if (added.empty() && removed.empty()) {
        return;
    }
    const auto split = [this](const std::vector<Position> &positions) {
        const auto middle = std::ranges::lower_bound(positions, m_isScanning ? m_scanEnd : m_log.last());
        return std::pair(std::vector(positions.begin(), middle), std::vector(middle, positions.end()));
    };
    const auto [addedRows, addedTail] = split(added);
    const auto [removedRows, removedTail] = split(removed);
    applyMoves(m_rows, addedRows, removedRows);
    applyMoves(m_tail, addedTail, removedTail);
    m_isResetDue = m_isResetDue || !m_isScanning;
}

/// Only the row is at hand: where its body or a text that has left the cache is needed, the verdict stays
/// until the store is searched again.
bool Worker::matchesAgain(Position position, bool before)
{
    if (!m_predicate) {
        return before;
    }
    const event::EventLog::Snapshot log = m_log.snapshot();
    const event::EventSummary &summary = log.summary(position);
    const bool isMatch = isShown(summary) && m_predicate->matches(summary, log.state(position));
    return m_predicate->takeTextMissing() ? before : isMatch;
}

void Worker::applyMoves(Rows &rows, const std::vector<Position> &added, const std::vector<Position> &removed)
{
    if (!removed.empty()) {
        std::erase_if(
            rows, [&removed](Position position) { return std::ranges::binary_search(removed, position); });
    }
    if (!added.empty()) {
        Rows merged;
        std::ranges::merge(rows, added, std::back_inserter(merged));
        rows = std::move(merged);
    }
}

void Worker::startFilter(FilterRequest request)
{
    const bool isOtherSession = request.session != m_filter.session;
    m_filter = std::move(request);
    m_matcher = std::make_unique<filter::Matcher>(m_filter.query);
    const bool isSummaryOnly = filter::isSummaryOnly(m_filter.query);
    m_predicate = isSummaryOnly
                      ? std::make_unique<RowPredicate>(m_filter.query.root, m_names, m_sources, m_users)
                      : nullptr;
    m_usesState = m_filter.query.root && usesState(*m_filter.query.root);
    if (isOtherSession) {
        countTotals();
    }
    m_rows.clear();
    m_tail.clear();
    m_appended.clear();
    m_counters = Counters();
    m_areCountsOld = true;
    m_isScanning = false;
    m_isSearching = false;
    ++m_ticket; // answers to earlier searches are nobody's any more
    m_found.clear();
    m_searchAgainAt.reset();
    if (isSummaryOnly) {
        m_isScanning = true;
        m_scanAt = m_log.first();
        m_scanEnd = m_log.last();
    } else {
        startSearch(SearchKind::Growing);
    }
}

void Worker::scanSlice()
{
    const event::EventLog::Snapshot log = m_log.snapshot();
    const Position end = std::min(m_scanEnd, m_scanAt + sliceRows);
    for (; m_scanAt < end; ++m_scanAt) {
        const event::EventSummary &summary = log.summary(m_scanAt);
        const event::EventState state = log.state(m_scanAt);
        if (isShown(summary) && m_predicate->matches(summary, state)) {
            m_rows.push_back(m_scanAt);
            m_counters.add(summary, state);
        }
    }
    if (m_scanAt >= m_scanEnd) {
        finishScan();
    }
}

void Worker::finishScan()
{
    m_isScanning = false;
    m_rows.insert(m_rows.end(), m_tail.begin(), m_tail.end());
    m_tail.clear();
    m_isResetDue = true;
    m_lastReset = {};
    if (m_predicate->takeTextMissing() && m_search) {
        // Some texts have left the cache; the store has them all.
        startSearch(SearchKind::Replacing);
    }
}

void Worker::startSearch(SearchKind kind)
{
    m_searchAgainAt.reset();
    m_searchKind = kind;
    m_searchEnd = m_log.last();
    m_found.clear();
    if (kind == SearchKind::Growing) {
        m_isResetDue = true;
        m_lastReset = {};
    }
    if (!m_search) {
        return;
    }
    m_isSearching = true;
    const std::uint64_t ticket = ++m_ticket;
    m_search(m_filter.query, m_filter.generation,
             [inbox = std::weak_ptr(m_inbox), ticket](std::vector<event::EventId> ids, bool isComplete) {
                 if (const std::shared_ptr<Inbox> open = inbox.lock()) {
                     open->post([&](Inbox::Contents &contents) {
                         contents.answers.push_back({ticket, std::move(ids), isComplete});
                     });
                 }
             });
}

void Worker::takeAnswer(const SearchAnswer &answer)
{
    if (answer.ticket != m_ticket || !m_isSearching) {
        return;
    }
    const event::EventLog::Snapshot log = m_log.snapshot();
    for (const event::EventId id : answer.ids) {
        // What came after the search began was judged when it came; what is not in the log can't be shown.
        const Position position = log.find(id);
        if (position < m_searchEnd && isShown(log.summary(position))) {
            m_found.push_back(position);
        }
    }
    if (m_searchKind == SearchKind::Growing) {
        mergeFound();
    }
    if (answer.isComplete) {
        if (m_searchKind == SearchKind::Replacing) {
            replaceByFound();
        }
        m_isSearching = false;
        m_isNews = true;
    }
}

void Worker::mergeFound()
{
    std::ranges::sort(m_found);
    const event::EventLog::Snapshot log = m_log.snapshot();
    std::vector<Position> added;
    for (const Position position : std::exchange(m_found, {})) {
        const bool isRepeated = !added.empty() && added.back() == position;
        if (!isRepeated && !std::ranges::binary_search(m_rows, position)) {
            added.push_back(position);
            m_counters.add(log.summary(position), log.state(position));
        }
    }
    if (!added.empty()) {
        applyMoves(m_rows, added, {});
        m_isResetDue = true;
        m_areCountsOld = true;
    }
}

void Worker::replaceByFound()
{
    std::ranges::sort(m_found);
    Rows rows(m_found.begin(), std::unique(m_found.begin(), m_found.end()));
    m_found.clear();
    std::ranges::copy_if(m_rows, std::back_inserter(rows),
                         [this](Position position) { return position >= m_searchEnd; });
    if (rows == m_rows) {
        return;
    }
    m_rows = std::move(rows);
    countAgain();
    m_isResetDue = true;
}

void Worker::countAgain()
{
    m_counters = Counters();
    const event::EventLog::Snapshot log = m_log.snapshot();
    for (const Position position : m_rows) {
        m_counters.add(log.summary(position), log.state(position));
    }
    m_areCountsOld = true;
}

void Worker::countTotals()
{
    m_totals = Totals();
    const event::EventLog::Snapshot log = m_log.snapshot();
    for (Position position = log.first(); position < log.last(); ++position) {
        addTotals(log.summary(position), log.state(position), 1);
    }
    m_areTotalsOld = true;
}

StreamUpdate Worker::baseUpdate() const
{
    StreamUpdate update;
    update.log = m_log.snapshot();
    update.filterGeneration = m_filter.generation;
    update.isFilterComplete = !m_isSearching;
    return update;
}

Positions Worker::shareRows() const
{
    return std::make_shared<const std::vector<Position>>(m_rows.begin(), m_rows.end());
}

double Worker::perSecond(Time now)
{
    while (!m_arrivals.empty() && m_arrivals.front().first + ratePeriod < now) {
        m_arrivals.pop_front();
    }
    std::uint64_t events = 0;
    for (const auto &[time, count] : m_arrivals) {
        events += count;
    }
    return static_cast<double>(events) / std::chrono::duration<double>(ratePeriod).count();
}

void Worker::fillStatistics(StreamUpdate &update, Time now)
{
    if (m_areCountsOld) {
        update.facets = m_counters.facets();
        update.timeline = m_counters.timeline();
    }
    m_totals.perSecond = perSecond(now);
    update.totals = m_totals;
    m_areCountsOld = false;
    m_areTotalsOld = !m_arrivals.empty(); // the rate falls by itself
    m_lastStatistics = now;
}

void Worker::fillFirst(StreamUpdate &update)
{
    update.facets = m_counters.facets();
    update.timeline = m_counters.timeline();
    m_totals.perSecond = perSecond(steady_clock::now());
    update.totals = m_totals;
    update.names = m_names.all();
    update.users = m_users.all();
    update.sources = m_sources.all();
}

void Worker::post()
{
    const Time now = steady_clock::now();
    // Until a scan ends (a few hundredths of a second) and a gathered reset is due, what is shown stays as it
    // is.
    if (m_isScanning || (m_isResetDue && now < m_lastReset + resetPause)) {
        return;
    }
    const bool hasNew = m_audience.hasNew();
    const bool areStatisticsDue =
        (m_areCountsOld || m_areTotalsOld) && now >= m_lastStatistics + statisticsPause;
    const bool hasRows = m_isResetDue || !m_appended.empty() || !m_changed.empty() || m_isNews;
    const bool hasTexts = !m_freshNames.isEmpty() || !m_freshUsers.isEmpty() || !m_freshSources.isEmpty();
    if (!hasNew && !areStatisticsDue && !hasRows && !hasTexts) {
        return;
    }
    const Positions rows = m_isResetDue || hasNew ? shareRows() : nullptr;
    StreamUpdate update = baseUpdate();
    if (m_isResetDue) {
        update.reset = rows;
        m_lastReset = now;
        m_appended.clear();
    } else {
        update.appended = std::exchange(m_appended, {});
    }
    update.changed = std::exchange(m_changed, {});
    update.names = std::exchange(m_freshNames, {});
    update.users = std::exchange(m_freshUsers, {});
    update.sources = std::exchange(m_freshSources, {});
    if (areStatisticsDue) {
        fillStatistics(update, now);
    }
    m_isResetDue = false;
    m_isNews = false;
    m_audience.post(Audience::Which::Old, update);
    if (hasNew) {
        StreamUpdate first = baseUpdate();
        first.reset = rows;
        fillFirst(first);
        m_audience.post(Audience::Which::New, first);
    }
}

} // namespace stream
