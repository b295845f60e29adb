// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "stream/stream.h"

#include <condition_variable>
#include <thread>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using event::CallType;
using event::EventId;
using event::EventLog;
using event::Status;

namespace {

/// What the updates so far add up to, as the window would show it.
struct View
{
    std::vector<EventLog::Position> positions;
    std::vector<EventId> changed;
    QHash<std::uint32_t, QString> names, users, sources;
    stream::FacetCounts facets;
    stream::Timeline timeline;
    stream::Totals totals;
    stream::StreamUpdate last;
    int updates = 0;
    int resets = 0;

    [[nodiscard]] std::vector<std::uint64_t> ids() const
    {
        std::vector<std::uint64_t> ids;
        for (const EventLog::Position position : positions) {
            ids.push_back(event::raw(last.log.summary(position).id));
        }
        return ids;
    }

    void take(stream::StreamUpdate update)
    {
        ++updates;
        if (update.reset) {
            positions.assign(update.reset->begin(), update.reset->end());
            ++resets;
        }
        positions.insert(positions.end(), update.appended.begin(), update.appended.end());
        std::erase_if(positions, [&](auto position) { return position < update.log.first(); });
        changed.insert(changed.end(), update.changed.begin(), update.changed.end());
        names.insert(update.names);
        users.insert(update.users);
        sources.insert(update.sources);
        facets = update.facets ? *update.facets : facets;
        timeline = update.timeline ? *update.timeline : timeline;
        totals = update.totals ? *update.totals : totals;
        last = std::move(update);
    }
};

/// Follows the updates and lets the test wait for what it expects.
class Watcher final : public stream::Subscriber
{
public:
    void post(stream::StreamUpdate update) override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_view.take(std::move(update));
        }
        m_wake.notify_all();
    }

    bool waitFor(const std::function<bool(const View &)> &condition)
    {
        std::unique_lock lock(m_mutex);
        return m_wake.wait_for(lock, 20s, [&] { return condition(m_view); });
    }
    bool waitForIds(const std::vector<std::uint64_t> &expected, std::uint64_t generation = 0)
    {
        return waitFor([&](const View &view) {
            return view.last.filterGeneration == generation && view.last.isFilterComplete &&
                   view.ids() == expected;
        });
    }
    View now()
    {
        const std::lock_guard lock(m_mutex);
        return m_view;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    View m_view;
};

constexpr std::int64_t baseUs = 1'790'000'000'000'000;

struct Made
{
    CallType type = CallType::Track;
    Status status = Status::Valid;
    QString name = u"Order Completed"_s;
    std::uint32_t nameId = 1, source = 1, user = 1, session = 1;
    QByteArray body = "{}";
    std::uint8_t flags = 0;
};

event::Event made(std::uint64_t id, const Made &made)
{
    event::Event event;
    event.summary.id = EventId(id);
    event.summary.receivedUs = baseUs + static_cast<std::int64_t>(id) * 1'000'000;
    event.summary.name = event::NameId(made.nameId);
    event.summary.source = event::SourceId(made.source);
    event.summary.user = event::UserKey(made.user);
    event.summary.session = event::SessionId(made.session);
    event.summary.type = made.type;
    event.state.status = made.status;
    event.state.flags = made.flags;
    event.name = made.name;
    event.source = u"Source %1"_s.arg(made.source);
    event.user = u"user-%1"_s.arg(made.user);
    event.body = made.body;
    return event;
}

event::CommitNotice notice(std::vector<event::Event> events)
{
    event::CommitNotice notice;
    notice.added = std::make_shared<const std::vector<event::Event>>(std::move(events));
    return notice;
}

event::CommitNotice changed(std::uint64_t id, Status status)
{
    event::CommitNotice notice;
    event::EventState state;
    state.status = status;
    notice.changed.push_back({EventId(id), state});
    return notice;
}

filter::Query query(const QString &text)
{
    const auto parsed = filter::parse(text);
    Q_ASSERT(parsed);
    return *parsed;
}

stream::Stream::Loaded loadedRows(std::uint64_t from, std::uint64_t to, bool isLast)
{
    stream::Stream::Loaded loaded;
    for (std::uint64_t id = from; id < to; ++id) {
        const bool isOdd = id % 2 == 1;
        const event::Event event = made(id, {.type = isOdd ? CallType::Page : CallType::Track,
                                             .status = isOdd ? Status::Violation : Status::Valid,
                                             .nameId = isOdd ? 2U : 1U});
        loaded.summaries.push_back(event.summary);
        loaded.states.push_back(event.state);
    }
    loaded.names = {{1, u"Order Completed"_s}, {2, u"Home"_s}};
    loaded.users = {{1, u"user-1"_s}};
    loaded.sources = {{1, u"Source 1"_s}};
    loaded.isLast = isLast;
    return loaded;
}

/// A store's search that answers when the test says so.
class FakeSearch
{
public:
    struct Call
    {
        QString text;
        std::uint64_t generation = 0;
        std::function<void(std::vector<EventId>, bool)> done;
    };

    stream::BodySearch callback()
    {
        return [this](const filter::Query &query, std::uint64_t generation,
                      std::function<void(std::vector<EventId>, bool)> done) {
            {
                const std::lock_guard lock(m_mutex);
                m_calls.push_back({query.text, generation, std::move(done)});
            }
            m_wake.notify_all();
        };
    }
    /// The call by number, once it was made.
    Call call(std::size_t number)
    {
        std::unique_lock lock(m_mutex);
        return m_wake.wait_for(lock, 20s, [&] { return m_calls.size() > number; }) ? m_calls[number] : Call{};
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<Call> m_calls;
};

} // namespace

class TstStream : public QObject
{
    Q_OBJECT

private slots:
    void liveRowsWithTheirTexts()
    {
        Watcher watcher;
        stream::Stream stream({});
        stream.subscribe(&watcher);
        stream.post(notice({made(1, {}), made(2, {.name = u"Home"_s, .nameId = 2, .source = 2, .user = 3})}));
        stream.post(notice({made(3, {})}));
        QVERIFY(watcher.waitForIds({1, 2, 3}));
        QCOMPARE(watcher.now().names,
                 (QHash<std::uint32_t, QString>{{1, u"Order Completed"_s}, {2, u"Home"_s}}));
        QCOMPARE(watcher.now().users.value(3), u"user-3"_s);
        QCOMPARE(watcher.now().sources.value(2), u"Source 2"_s);
        stream.unsubscribe(&watcher);
    }

    void laterSubscriberGetsEverything()
    {
        Watcher first;
        stream::Stream stream({});
        stream.subscribe(&first);
        stream.post(notice({made(1, {}), made(2, {.status = Status::Rejected})}));
        QVERIFY(first.waitForIds({1, 2}));
        Watcher second;
        stream.subscribe(&second);
        QVERIFY(second.waitForIds({1, 2}));
        QCOMPARE(second.now().updates, 1);
        QCOMPARE(second.now().names.value(1), u"Order Completed"_s);
        QCOMPARE(second.now().totals.events, 1U);
        QCOMPARE(second.now().totals.statuses, (std::array<std::uint64_t, 5>{1, 0, 0, 0, 1}));
        QCOMPARE(second.now().facets.types[1], 2U);
        stream.unsubscribe(&first);
        stream.unsubscribe(&second);
    }

    void unsubscribedHearsNothing()
    {
        Watcher watcher;
        Watcher other;
        stream::Stream stream({});
        stream.subscribe(&watcher);
        stream.subscribe(&other);
        QVERIFY(watcher.waitFor([](const View &view) { return view.updates > 0; }));
        stream.unsubscribe(&watcher);
        const int before = watcher.now().updates;
        stream.post(notice({made(1, {})}));
        QVERIFY(other.waitForIds({1}));
        QCOMPARE(watcher.now().updates, before);
        stream.unsubscribe(&other);
    }

    void summaryFilters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<std::vector<std::uint64_t>>("expected");
        const auto row = [](const char *text, const std::vector<std::uint64_t> &ids) {
            QTest::newRow(text) << QString::fromUtf8(text) << ids;
        };
        row("type:page", {2});
        row("-type:page", {1, 3, 4, 5});
        row("status:violation", {2, 3});
        row("event:\"order *\"", {1, 3, 4});
        row("event:home OR event:nothing", {2});
        row("-event:*", {5});
        row("source:\"source 2\"", {3, 4});
        row("user:user-7", {4});
        row("session:2", {4});
        row("has:lint", {3});
        row("time:>2026-09-21T14:13:22Z", {3, 4, 5});
        row("status:rejected", {5});
        row("*", {1, 2, 3, 4, 5});
    }
    void summaryFilters()
    {
        QFETCH(QString, text);
        QFETCH(std::vector<std::uint64_t>, expected);
        QVERIFY(filter::isSummaryOnly(query(text)));
        const std::vector<event::Event> events{
            made(1, {}),
            made(2, {.type = CallType::Page, .status = Status::Violation, .name = u"Home"_s, .nameId = 2}),
            made(3, {.status = Status::Violation, .source = 2, .flags = 1}),
            made(4, {.source = 2, .user = 7, .session = 2}),
            made(5, {.type = CallType::None, .status = Status::Rejected, .name = QString(), .nameId = 0})};
        // Over rows that are there, and over rows that come.
        Watcher watcher;
        stream::Stream stream({});
        stream.post(notice(events));
        stream.setFilter(query(text), {}, 7);
        stream.subscribe(&watcher);
        QVERIFY(watcher.waitForIds(expected, 7));
        std::vector<event::Event> again = events;
        for (event::Event &event : again) {
            event.summary.id = EventId(event::raw(event.summary.id) + 10);
        }
        stream.post(notice(again));
        std::vector<std::uint64_t> twice = expected;
        for (const std::uint64_t id : expected) {
            twice.push_back(id + 10);
        }
        QVERIFY(watcher.waitForIds(twice, 7));
        stream.unsubscribe(&watcher);
    }

    void sessionNarrows()
    {
        Watcher watcher;
        stream::Stream stream({});
        stream.subscribe(&watcher);
        stream.post(notice(
            {made(1, {}), made(2, {.session = 2}), made(3, {.status = Status::Violation, .session = 2})}));
        stream.setFilter(query(u"status:violation"_s), event::SessionId(2), 1);
        QVERIFY(watcher.waitForIds({3}, 1));
        stream.setFilter({}, event::SessionId(2), 2);
        QVERIFY(watcher.waitForIds({2, 3}, 2));
        QVERIFY(watcher.waitFor(
            [](const View &view) { return view.totals.events == 2 && view.facets.statuses[1] == 1; }));
        stream.setFilter({}, {}, 3);
        QVERIFY(watcher.waitForIds({1, 2, 3}, 3));
        QVERIFY(watcher.waitFor([](const View &view) { return view.totals.events == 3; }));
        stream.unsubscribe(&watcher);
    }

    void newestFilterWins()
    {
        Watcher watcher;
        stream::Stream stream({});
        stream.subscribe(&watcher);
        stream.load(loadedRows(1, 200'001, true));
        for (std::uint64_t generation = 1; generation <= 20; ++generation) {
            stream.setFilter(query(generation % 2 == 0 ? u"type:page"_s : u"type:track"_s), {}, generation);
        }
        stream.setFilter(query(u"type:alias"_s), {}, 3); // late and old
        QVERIFY(watcher.waitFor([](const View &view) {
            return view.last.filterGeneration == 20 && view.positions.size() == 100'000;
        }));
        QCOMPARE(watcher.now().ids().front(), 1U);
        stream.unsubscribe(&watcher);
    }

    void rowsThatComeDuringAScan()
    {
        Watcher watcher;
        stream::Stream stream({});
        stream.subscribe(&watcher);
        stream.load(loadedRows(1, 400'001, true));
        stream.setFilter(query(u"event:home"_s), {}, 1);
        for (std::uint64_t id = 400'001; id <= 400'200; ++id) {
            stream.post(notice({made(id, id % 2 == 0 ? Made{.name = u"Home"_s, .nameId = 2} : Made{})}));
            if (id % 20 == 0) {
                stream.post(changed(id, Status::Violation));
            }
        }
        QVERIFY(watcher.waitFor([](const View &view) {
            return view.last.filterGeneration == 1 && view.positions.size() == 200'100;
        }));
        QVERIFY(std::ranges::is_sorted(watcher.now().positions));
        QVERIFY(watcher.waitFor([](const View &view) { return view.facets.statuses[1] == 200'010; }));
        stream.unsubscribe(&watcher);
    }

    void changedStatesMoveRows()
    {
        Watcher watcher;
        stream::Stream stream({});
        stream.subscribe(&watcher);
        stream.post(notice({made(1, {}), made(2, {.status = Status::Violation}), made(3, {})}));
        stream.setFilter(query(u"status:violation"_s), {}, 1);
        QVERIFY(watcher.waitForIds({2}, 1));
        stream.post(changed(1, Status::Violation));
        QVERIFY(watcher.waitForIds({1, 2}, 1));
        stream.post(changed(2, Status::Valid));
        QVERIFY(watcher.waitForIds({1}, 1));
        // Twice in one notice: the last state counts.
        event::CommitNotice twice = changed(3, Status::Violation);
        twice.changed.push_back(changed(3, Status::Unplanned).changed.front());
        stream.post(twice);
        stream.post(changed(1, Status::Valid));
        QVERIFY(watcher.waitForIds({}, 1));
        QVERIFY(watcher.waitFor([](const View &view) {
            return view.totals.statuses == std::array<std::uint64_t, 5>{2, 0, 1, 0, 0} &&
                   view.facets.statuses == std::array<std::uint64_t, 5>{};
        }));
        const View now = watcher.now();
        QVERIFY(std::ranges::find(now.changed, EventId(2)) != now.changed.end());
        stream.post(changed(99, Status::Valid)); // not in the log
        stream.post(notice({made(4, {.status = Status::Violation})}));
        QVERIFY(watcher.waitForIds({4}, 1));
        stream.unsubscribe(&watcher);
    }

    void statesChangeInPlace()
    {
        Watcher watcher;
        stream::Stream stream({});
        stream.subscribe(&watcher);
        stream.post(notice({made(1, {}), made(2, {})}));
        QVERIFY(watcher.waitForIds({1, 2}));
        const int resets = watcher.now().resets;
        stream.post(changed(1, Status::Violation));
        QVERIFY(watcher.waitFor([](const View &view) { return view.changed == std::vector{EventId(1)}; }));
        QCOMPARE(watcher.now().last.log.state(0).status, Status::Violation);
        QCOMPARE(watcher.now().resets, resets);
        QVERIFY(watcher.waitFor([](const View &view) {
            return view.facets.statuses[1] == 1 && view.timeline.buckets.size() == 2 &&
                   view.timeline.buckets[0][1] == 1 && view.timeline.buckets[0][0] == 0;
        }));
        stream.unsubscribe(&watcher);
    }

    void bodyFilterLiveAndStored()
    {
        FakeSearch search;
        Watcher watcher;
        stream::Stream stream(search.callback());
        stream.subscribe(&watcher);
        const QByteArray wanted = R"({"properties":{"x":"needle"}})";
        stream.post(notice({made(1, {.body = wanted}), made(2, {}), made(3, {.body = wanted}),
                            made(4, {.session = 2, .body = wanted})}));
        QVERIFY(watcher.waitForIds({1, 2, 3, 4}));
        stream.setFilter(query(u"prop.x:needle"_s), event::SessionId(1), 5);
        const FakeSearch::Call call = search.call(0);
        QCOMPARE(call.text, u"prop.x:needle"_s);
        QCOMPARE(call.generation, 5U);
        QVERIFY(watcher.waitFor([](const View &view) {
            return view.last.filterGeneration == 5 && !view.last.isFilterComplete && view.positions.empty();
        }));
        // A live one while the store is being searched; the search may have seen it, too.
        stream.post(notice({made(5, {}), made(6, {.body = wanted})}));
        QVERIFY(
            watcher.waitFor([](const View &view) { return view.ids() == std::vector<std::uint64_t>{6}; }));
        call.done({EventId(6), EventId(3)}, false);
        QVERIFY(watcher.waitFor([](const View &view) {
            return view.ids() == std::vector<std::uint64_t>{3, 6};
        }));
        QVERIFY(!watcher.now().last.isFilterComplete);
        call.done({EventId(4), EventId(1), EventId(3), EventId(77)}, true); // of another session, known, gone
        QVERIFY(watcher.waitForIds({1, 3, 6}, 5));
        QVERIFY(watcher.waitFor([](const View &view) { return view.facets.types[1] == 3; }));
        stream.unsubscribe(&watcher);
    }

    void answersToOldFiltersAreDropped()
    {
        FakeSearch search;
        Watcher watcher;
        stream::Stream stream(search.callback());
        stream.subscribe(&watcher);
        stream.post(notice({made(1, {}), made(2, {})}));
        stream.setFilter(query(u"first"_s), {}, 1);
        const FakeSearch::Call old = search.call(0);
        stream.setFilter(query(u"second"_s), {}, 2);
        const FakeSearch::Call current = search.call(1);
        old.done({EventId(1)}, true);
        current.done({EventId(2)}, true);
        QVERIFY(watcher.waitForIds({2}, 2));
        stream.unsubscribe(&watcher);
    }

    void answerAfterTheEnd()
    {
        FakeSearch search;
        FakeSearch::Call call;
        {
            stream::Stream stream(search.callback());
            stream.setFilter(query(u"word"_s), {}, 1);
            call = search.call(0);
        }
        call.done({EventId(1)}, true); // nobody there, nothing happens
        QCOMPARE(call.text, u"word"_s);
    }

    void changedStatesSearchAgain()
    {
        FakeSearch search;
        Watcher watcher;
        stream::Stream stream(search.callback());
        stream.subscribe(&watcher);
        stream.post(notice({made(1, {}), made(2, {})}));
        stream.setFilter(query(u"status:violation word"_s), {}, 1);
        search.call(0).done({EventId(1)}, true);
        QVERIFY(watcher.waitForIds({1}, 1));
        stream.post(changed(1, Status::Valid));
        stream.post(changed(2, Status::Violation));
        search.call(1).done({EventId(2)}, true);
        QVERIFY(watcher.waitForIds({2}, 1));
        QVERIFY(watcher.waitFor([](const View &view) {
            return view.facets.statuses == std::array<std::uint64_t, 5>{0, 1, 0, 0, 0};
        }));
        stream.unsubscribe(&watcher);
    }

    void loadedRowsComeBeforeLiveOnes()
    {
        Watcher watcher;
        stream::Stream stream({});
        stream.subscribe(&watcher);
        stream.load({}); // announces that rows will come
        stream.post(notice({made(5, {}), made(6, {})}));
        stream.load(loadedRows(1, 3, false));
        stream.load(loadedRows(3, 6, true)); // 5 was read as well
        QVERIFY(watcher.waitForIds({1, 2, 3, 4, 5, 6}));
        QCOMPARE(watcher.now().names.value(2), u"Home"_s);
        stream.unsubscribe(&watcher);
    }

    void loadedRowsUnderABodyFilter()
    {
        FakeSearch search;
        Watcher watcher;
        stream::Stream stream(search.callback());
        stream.subscribe(&watcher);
        stream.setFilter(query(u"word"_s), {}, 1);
        search.call(0).done({}, true);
        stream.load(loadedRows(1, 5, true));
        search.call(1).done({EventId(2)}, true);
        QVERIFY(watcher.waitForIds({2}, 1));
        stream.unsubscribe(&watcher);
    }

    void missingTextsAskTheStore()
    {
        FakeSearch search;
        Watcher watcher;
        stream::Stream stream(search.callback());
        stream.subscribe(&watcher);
        stream::Stream::Loaded rows = loadedRows(1, 5, true);
        rows.names.remove(2); // as when it has left the cache
        stream.load(std::move(rows));
        stream.setFilter(query(u"event:home OR event:nothing"_s), {}, 1);
        search.call(0).done({EventId(1), EventId(3)}, true);
        QVERIFY(watcher.waitForIds({1, 3}, 1));
        // A changed state tells nothing about the text.
        stream.post(changed(1, Status::Valid));
        stream.post(notice({made(5, {.name = u"Home"_s, .nameId = 2})}));
        QVERIFY(watcher.waitForIds({1, 3, 5}, 1));
        stream.unsubscribe(&watcher);
    }

    void oldRowsLeave()
    {
        constexpr std::uint64_t capacity = EventLog::chunkRows * 2;
        Watcher watcher;
        stream::Stream stream({}, capacity);
        stream.subscribe(&watcher);
        stream.setFilter(query(u"event:home"_s), {}, 1);
        constexpr std::uint64_t count = capacity * 3 + 100;
        stream.load(loadedRows(1, count + 1, true));
        QVERIFY(watcher.waitFor([](const View &view) {
            return view.last.log.last() == count && view.last.log.first() == EventLog::chunkRows * 5;
        }));
        constexpr std::uint64_t kept = count - EventLog::chunkRows * 5;
        QVERIFY(watcher.waitFor([](const View &view) { return view.positions.size() == kept / 2; }));
        QVERIFY(watcher.waitFor([](const View &view) { return view.facets.types[2] == kept / 2; }));
        std::uint64_t bucketed = 0;
        const View now = watcher.now();
        for (const auto &bucket : now.timeline.buckets) {
            bucketed += bucket[0] + bucket[1];
        }
        QCOMPARE(bucketed, kept / 2);
        QCOMPARE(watcher.now().totals.events, count); // what was seen stays seen
        stream.unsubscribe(&watcher);
    }

    void facetsCountWhatTheFilterShows()
    {
        Watcher watcher;
        stream::Stream stream({});
        stream.subscribe(&watcher);
        std::vector<event::Event> events;
        for (std::uint64_t id = 1; id <= 300; ++id) {
            const auto name = static_cast<std::uint32_t>(1 + id % 3);
            events.push_back(made(id, {.type = id % 2 == 0 ? CallType::Track : CallType::Page,
                                       .status = id % 3 == 0 ? Status::Violation : Status::Valid,
                                       .name = u"Name %1"_s.arg(name),
                                       .nameId = name,
                                       .source = static_cast<std::uint32_t>(1 + id % 2)}));
        }
        stream.post(notice(std::move(events)));
        stream.setFilter(query(u"type:track"_s), {}, 1);
        QVERIFY(watcher.waitFor([](const View &view) {
            return view.last.filterGeneration == 1 &&
                   view.facets.types == std::array<std::uint64_t, 7>{0, 150, 0, 0, 0, 0, 0};
        }));
        QCOMPARE(watcher.now().facets.sources,
                 (std::vector<std::pair<event::SourceId, std::uint64_t>>{{event::SourceId(1), 150}}));
        QCOMPARE(watcher.now().facets.statuses, (std::array<std::uint64_t, 5>{100, 50, 0, 0, 0}));
        QCOMPARE(watcher.now().facets.names.size(), 3U);
        QCOMPARE(watcher.now().facets.names.front().second, 50U);
        QCOMPARE(watcher.now().totals.statuses[1], 100U); // totals are those of everything
        stream.unsubscribe(&watcher);
    }

    void rateRisesAndFalls()
    {
        Watcher watcher;
        stream::Stream stream({});
        stream.subscribe(&watcher);
        stream.post(notice({made(1, {}), made(2, {})}));
        QVERIFY(watcher.waitFor([](const View &view) { return view.totals.perSecond > 0; }));
        QVERIFY(watcher.waitFor([](const View &view) { return view.totals.perSecond == 0; }));
        stream.unsubscribe(&watcher);
    }

    void manyThreadsAtOnce()
    {
        FakeSearch search;
        stream::Stream stream(search.callback());
        constexpr std::uint64_t count = 3'000;
        Watcher steady;
        stream.subscribe(&steady);
        {
            std::jthread store([&stream] {
                for (std::uint64_t id = 1; id <= count; ++id) {
                    stream.post(notice({made(id, {})}));
                    stream.post(changed(1 + id / 2, Status::Violation));
                }
            });
            std::jthread filters([&stream] {
                for (std::uint64_t generation = 1; generation <= 60; ++generation) {
                    stream.setFilter(generation % 3 == 0 ? query(u"word"_s) : query(u"status:violation"_s),
                                     {}, generation);
                }
                stream.setFilter({}, {}, 61);
            });
            std::jthread visitors([&stream] {
                for (int i = 0; i < 40; ++i) {
                    Watcher visitor;
                    stream.subscribe(&visitor);
                    stream.unsubscribe(&visitor);
                }
            });
        }
        QVERIFY(steady.waitFor([](const View &view) {
            return view.last.filterGeneration == 61 && view.positions.size() == count;
        }));
        QVERIFY(std::ranges::is_sorted(steady.now().positions));
        QVERIFY(steady.waitFor([](const View &view) { return view.totals.statuses[1] == count / 2 + 1; }));
        stream.unsubscribe(&steady);
    }
};

QTEST_GUILESS_MAIN(TstStream)
#include "tst_stream.moc"
