// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "storetest.h"

#include "store/database.h"
#include "store/findplan.h"
#include "store/searchindex.h"
#include "store/sqlfunctions.h"

#include <algorithm>
#include <map>
#include <random>
#include <ranges>

using namespace Qt::StringLiterals;
using namespace storetest;

namespace {

using Order = store::Reader::Order;

/// An event as the writer gave it back, for filter::matches().
class Returned final : public filter::Subject
{
public:
    explicit Returned(const event::Event &event, QString delivery)
        : m_event(event)
        , m_delivery(std::move(delivery))
    {
    }
    [[nodiscard]] const event::EventSummary &summary() const override { return m_event.summary; }
    [[nodiscard]] event::EventState state() const override { return m_event.state; }
    [[nodiscard]] QString name() const override { return m_event.name; }
    [[nodiscard]] QString source() const override { return m_event.source; }
    [[nodiscard]] QString user() const override { return m_event.user; }
    [[nodiscard]] QByteArray body() const override { return m_event.body; }
    [[nodiscard]] std::vector<event::Finding> findings() const override { return m_event.findings; }
    [[nodiscard]] QString delivery(const QString &destination) const override
    {
        return destination.compare(u"Production"_s, Qt::CaseInsensitive) == 0 ? m_delivery : QString();
    }

private:
    const event::Event &m_event;
    QString m_delivery;
};

filter::Query parse(const QString &text)
{
    auto query = filter::parse(text);
    if (!query) {
        qFatal("%s: %s", qUtf8Printable(text), qUtf8Printable(query.error().message));
    }
    return *std::move(query);
}

/// Brings the text index up to this many events before the newest.
void index(const Place &place, std::int64_t behind)
{
    auto database = require(store::Database::open(place.path(), store::Database::Mode::ReadWrite));
    store::RequestLoader loader;
    require(loader.prepare(database));
    auto index = require(store::SearchIndex::openToWrite(database));
    const std::int64_t newest = require(database.number("SELECT max(id) FROM event"));
    if (newest - behind > index.watermark()) {
        require(index.advance(database, loader, newest - behind - index.watermark()));
    }
}

/// All of a query's ids, oldest first.
std::vector<event::EventId> all(store::Reader &reader, const QString &text)
{
    const auto page = require(reader.find(parse(text), Order::OldestFirst, {}, 1'000'000, {}, {}));
    if (!page.isComplete) {
        qFatal("not complete: %s", qUtf8Printable(text));
    }
    return page.ids;
}

/// A filter made up of terms that find something now and then.
class RandomFilter
{
public:
    explicit RandomFilter(const std::vector<event::Event> &events)
        : m_events(events)
    {
    }

    QString text(int depth = 0)
    {
        switch (depth < 2 ? m_random() % 6 : 0) {
        case 1:
            return u"-("_s + text(depth + 1) + u')';
        case 2:
            return u'(' + text(depth + 1) + u" OR "_s + text(depth + 1) + u')';
        case 3:
        case 4:
            return text(depth + 1) + u' ' + text(depth + 1);
        default:
            return term();
        }
    }

private:
    /// The language knows no empty values.
    static QString value(const QString &text)
    {
        return text.isEmpty() ? u"nothing"_s : filter::literal(text);
    }
    const event::Event &any() { return m_events[m_random() % m_events.size()]; }
    QString pick(const QStringList &list)
    {
        return list.at(static_cast<qsizetype>(m_random() % static_cast<std::size_t>(list.size())));
    }

    QString term()
    {
        switch (m_random() % 18) {
        case 0:
            return u"type:"_s + pick({u"track"_s, u"page"_s, u"screen"_s, u"identify"_s});
        case 1:
            return u"event:"_s + value(any().name);
        case 2:
            return u"event:"_s +
                   pick({u"\"Order *\""_s, u"*ed"_s, u"*"_s, u"\"*o*r*\""_s, u"nothing"_s, u"not-json"_s});
        case 3:
            return u"source:"_s + value(any().source);
        case 4:
            return u"user:"_s + value(any().user);
        case 5:
            return u"status:"_s +
                   pick({u"valid"_s, u"violation"_s, u"unplanned"_s, u"unchecked"_s, u"rejected"_s});
        case 6:
            return u"has:"_s +
                   pick({u"violation"_s, u"lint"_s, u"pii"_s, u"bookmark"_s, u"delivery-error"_s});
        case 7:
            return u"rule:"_s + pick({u"plan/required"_s, u"plan/*"_s, u"name/*"_s, u"*"_s});
        case 8:
            return u"session:"_s + pick({u"1"_s, u"2"_s, u">1"_s});
        case 9:
            return u"time:"_s +
                   pick({u"<2026-11-24T01:37:30Z"_s, u">=2026-11-24T01:37:26Z"_s, u"2026-11-24"_s});
        case 10:
            return u"prop.price:"_s + pick({u">100"_s, u"<=50"_s, u"*"_s, u"10..90"_s});
        case 11:
            return u"prop.merchantName:"_s + pick({u"\"Burger House\""_s, u"pizza*"_s, u"null"_s, u"*"_s});
        case 12:
            return pick({u"pizza"_s, u"ord"_s, u"robot"_s, u"\"Order Loaded\""_s, u"1"_s, u"true"_s,
                         u"del_*"_s, u"chloë"_s, u"ÜNLOCK"_s, u"example"_s});
        case 13:
            return u"library:"_s +
                   pick({u"analytics.js"_s, u"analytics-*"_s, u"\"@segment/analytics-node\""_s});
        case 14:
            return u"platform:"_s + pick({u"web"_s, u"ios"_s, u"android"_s});
        case 15:
            return u"ctx.app.name:"_s + pick({u"Marketplace"_s, u"*"_s});
        case 16:
            return u"delivery.Production:"_s + pick({u"pending"_s, u"delivered"_s, u"failed"_s, u"none"_s});
        default:
            return u"trait.plan:"_s + pick({u"pro"_s, u"free"_s});
        }
    }

    const std::vector<event::Event> &m_events;
    std::mt19937 m_random{42};
};

} // namespace

class TstFind : public QObject
{
    Q_OBJECT

private:
    Place m_small, m_grown; ///< of ten and of forty thousand events

private slots:
    void initTestCase();
    void findsWhatTheFilterMatches_data();
    void findsWhatTheFilterMatches();
    void findsWords_data();
    void findsWords();
    void pagesInBothOrders();
    void stops();
    void tellsProgress();
    void seesNewVerdicts();
    void followsARenamedSource();
    void goesOnWithoutItsIndex();
    void usesAnIndex_data();
    void usesAnIndex();
    void indexAndScanFindTheSame();
    void sqlFunctions_data();
    void sqlFunctions();
};

void TstFind::initTestCase()
{
    auto small = require(m_small.open());
    fill(small, 10);
    auto grown = require(m_grown.open());
    support::SampleTraffic traffic(5, 40);
    for (std::size_t events = 0; events < 40'000;) {
        std::vector<event::RequestDraft> drafts;
        for (int i = 0; i < 10; ++i) {
            drafts.push_back(i == 9 ? traffic.rejected() : traffic.batch(100));
        }
        events += commit(grown, std::move(drafts)).size();
    }
}

void TstFind::findsWhatTheFilterMatches_data()
{
    QTest::addColumn<int>("behind");
    QTest::newRow("without a text index") << -1;
    QTest::newRow("index up to date") << 0;
    QTest::newRow("index behind") << 170;
}

void TstFind::findsWhatTheFilterMatches()
{
    QFETCH(const int, behind);
    const Place place;
    auto writer = require(place.open());
    std::vector<event::Event> events = fill(writer, 250);
    require(writer.beginSession(u"second"_s, {}));
    std::map<event::EventId, QString> deliveries;
    support::SampleTraffic traffic(77, 40);
    for (int i = 0; i < 40; ++i) {
        event::RequestDraft request = traffic.next();
        request.destinations = {u"Production"_s, u"Other"_s};
        for (event::Event &event : commit(writer, {request})) {
            events.push_back(std::move(event));
        }
        const auto state = static_cast<event::DeliveryState>(1 + i % 3);
        const event::DispatchId dispatch{static_cast<std::uint64_t>(2 * i + 1)};
        if (state != event::DeliveryState::Pending) {
            require(writer.noteAttempt(dispatch, {}, state, 0, {}, {}));
        }
        const std::string_view word = event::word(state);
        for (const event::StateChange &change : require(writer.states(dispatch))) {
            deliveries[change.id] = QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
            const auto at = std::ranges::find_if(
                events, [&](const event::Event &event) { return event.summary.id == change.id; });
            at->state = change.state;
        }
    }
    if (behind >= 0) {
        index(place, behind);
    }
    auto reader = require(store::Reader::open(place.path()));
    RandomFilter filters(events);
    int found = 0;
    for (int round = 0; round < 250; ++round) {
        const QString text = filters.text();
        const filter::Query query = parse(text);
        std::vector<event::EventId> expected;
        for (const event::Event &event : events) {
            const auto delivery = deliveries.find(event.summary.id);
            if (filter::matches(
                    query, Returned(event, delivery == deliveries.end() ? QString() : delivery->second))) {
                expected.push_back(event.summary.id);
            }
        }
        found += expected.empty() ? 0 : 1;
        const auto ids = all(reader, text);
        if (ids != expected) {
            QFAIL(qPrintable(u"%1: %2 found, %3 expected"_s.arg(text).arg(ids.size()).arg(expected.size())));
        }
        std::ranges::reverse(expected);
        QVERIFY2(require(reader.find(query, Order::NewestFirst, {}, 1'000'000, {}, {})).ids == expected,
                 qPrintable(text));
    }
    QVERIFY(found > 80);
}

void TstFind::findsWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<std::vector<std::uint64_t>>("ids");
    using Ids = std::vector<std::uint64_t>;
    QTest::newRow("name") << u"unlocked"_s << Ids{2};
    QTest::newRow("beginning of a word") << u"unlo"_s << Ids{2};
    QTest::newRow("not inside a word") << u"locked"_s << Ids{};
    QTest::newRow("id with separators") << u"del_123"_s << Ids{1};
    QTest::newRow("messageId") << u"message:m-2"_s << Ids{2};
    QTest::newRow("part of an id is not the id") << u"message:m"_s << Ids{};
    QTest::newRow("anonymousId") << u"anonymous:anon-1"_s << Ids{1, 2};
    QTest::newRow("phrase") << u"\"tomato soup\""_s << Ids{1};
    QTest::newRow("words of a phrase apart") << u"\"soup tomato\""_s << Ids{};
    QTest::newRow("not ASCII, other case") << u"ŻUREK"_s << Ids{2};
    QTest::newRow("number") << u"4990"_s << Ids{1};
    QTest::newRow("boolean") << u"true"_s << Ids{2};
    QTest::newRow("keys are not text") << u"dish"_s << Ids{};
    QTest::newRow("context is not text") << u"newsletter"_s << Ids{};
    QTest::newRow("property beyond ASCII") << u"prop.dish:żurek"_s << Ids{2};
    QTest::newRow("deep") << u"cellar"_s << Ids{2};
    QTest::newRow("rejected request by its code") << u"json"_s << Ids{3};
}

void TstFind::findsWords()
{
    QFETCH(const QString, text);
    QFETCH(const std::vector<std::uint64_t>, ids);
    const Place place;
    auto writer = require(place.open());
    support::SampleTraffic traffic(1);
    commit(
        writer,
        {draft(
             R"({"type":"track","event":"Order Loaded","anonymousId":"anon-1","messageId":"m-1","properties":{"deliveryId":"del_123","dish":"Tomato soup","total":4990}})"),
         draft(
             R"({"type":"track","event":"Robot Unlocked","anonymousId":"anon-1","messageId":"m-2","context":{"campaign":{"name":"newsletter"}},"properties":{"dish":"\u017curek","hot":true,"where":[{"in":"Cellar"}]}})",
             u"Robot Unlocked"_s),
         traffic.rejected()});
    std::vector<event::EventId> expected;
    for (const std::uint64_t id : ids) {
        expected.push_back(event::EventId{id});
    }
    auto reader = require(store::Reader::open(place.path()));
    QCOMPARE(all(reader, text), expected);
    for (const int behind : {2, 1, 0}) {
        index(place, behind);
        QCOMPARE(all(reader, text), expected);
    }
}

void TstFind::pagesInBothOrders()
{
    const Place place;
    auto writer = require(place.open());
    fill(writer, 600);
    index(place, 100);
    auto reader = require(store::Reader::open(place.path()));
    for (const QString &text :
         {u""_s, u"type:track"_s, u"order"_s, u"prop.price:*"_s, u"-type:page status:valid"_s}) {
        const auto expected = all(reader, text);
        QVERIFY(expected.size() > 20);
        for (const Order order : {Order::OldestFirst, Order::NewestFirst}) {
            std::vector<event::EventId> paged;
            event::EventId from{};
            store::Reader::Page page;
            do {
                page = require(reader.find(parse(text), order, from, 7, {}, {}));
                QVERIFY(page.ids.size() == 7 || page.isComplete);
                QVERIFY(!page.ids.empty() || page.isComplete);
                paged.insert(paged.end(), page.ids.begin(), page.ids.end());
                from = page.ids.empty() ? from : page.ids.back();
            } while (!page.isComplete);
            if (order == Order::NewestFirst) {
                std::ranges::reverse(paged);
            }
            QVERIFY2(paged == expected, qPrintable(text));
        }
        const auto exact = require(reader.find(parse(text), Order::OldestFirst, {}, expected.size(), {}, {}));
        QVERIFY(exact.isComplete);
        QCOMPARE(
            require(reader.find(parse(text), Order::NewestFirst, expected.front(), 10, {}, {})).ids.size(),
            0U);
        QCOMPARE(require(reader.find(parse(text), Order::OldestFirst, event::EventId{~0ULL}, 10, {}, {}))
                     .ids.size(),
                 0U);
        QCOMPARE(require(reader.find(parse(text), Order::NewestFirst, event::EventId{~0ULL}, 3, {}, {}))
                     .ids.front(),
                 expected.back());
        QVERIFY(!require(reader.find(parse(text), Order::NewestFirst, {}, 0, {}, {})).isComplete);
    }
}

void TstFind::stops()
{
    const Place place;
    auto writer = require(place.open());
    fill(writer, 5'000);
    auto reader = require(store::Reader::open(place.path()));
    for (const QString &text : {u"prop.price:*"_s, u"type:track"_s, u"-prop.nothing:1"_s}) {
        std::stop_source before;
        before.request_stop();
        const auto none =
            require(reader.find(parse(text), Order::NewestFirst, {}, 1'000'000, before.get_token(), {}));
        QVERIFY(!none.isComplete);
        QVERIFY(none.ids.empty());
    }
    // In the middle: what was found until then.
    const auto expected = all(reader, u"prop.price:*"_s);
    std::stop_source stop;
    const auto some = require(reader.find(parse(u"prop.price:*"_s), Order::OldestFirst, {}, 1'000'000,
                                          stop.get_token(), [&](double part) {
                                              if (part > 0.1) {
                                                  stop.request_stop();
                                              }
                                          }));
    QVERIFY(!some.isComplete);
    QVERIFY(!some.ids.empty() && some.ids.size() < expected.size());
    QVERIFY(std::equal(some.ids.begin(), some.ids.end(), expected.begin()));
    // The connection is fine afterwards.
    QCOMPARE(all(reader, u"prop.price:*"_s), expected);
    std::stop_source seenStop;
    seenStop.request_stop();
    const auto seen = reader.seenEvents(seenStop.get_token());
    QVERIFY(!seen);
    QCOMPARE(seen.error().code, base::ErrorCode::Cancelled);
}

void TstFind::tellsProgress()
{
    const Place place;
    auto writer = require(place.open());
    fill(writer, 4'000);
    index(place, 1'000);
    auto reader = require(store::Reader::open(place.path()));
    for (const QString &text : {u"prop.price:*"_s, u"order"_s, u"type:track"_s}) {
        std::vector<double> parts;
        require(reader.find(parse(text), Order::NewestFirst, {}, 1'000'000, {},
                            [&](double part) { parts.push_back(part); }));
        QVERIFY(!parts.empty());
        QVERIFY(std::ranges::is_sorted(parts));
        QVERIFY(parts.front() > 0);
        QCOMPARE(parts.back(), 1.0);
    }
}

void TstFind::seesNewVerdicts()
{
    const Place place;
    auto writer = require(place.open());
    const auto events = fill(writer, 50);
    auto reader = require(store::Reader::open(place.path()));
    QVERIFY(all(reader, u"rule:name/casing"_s).empty());
    const event::EventId id = events[all(reader, u"status:valid"_s).empty()
                                         ? 0
                                         : event::raw(all(reader, u"status:valid"_s).front()) - 1]
                                  .summary.id;
    const std::vector<store::Writer::NewVerdict> verdicts{
        {id,
         event::Status::Violation,
         {{event::RuleId::NameCasing, event::Severity::Warning, json::Pointer("/event"), {}}},
         {}}};
    QCOMPARE(require(writer.setVerdicts(verdicts)).done, verdicts.size());
    QCOMPARE(all(reader, u"rule:name/casing has:violation has:lint"_s), std::vector{id});
}

void TstFind::followsARenamedSource()
{
    const Place place;
    auto writer = require(place.open());
    const auto source = commit(writer, {draft("{}")}).front().summary.source;
    auto reader = require(store::Reader::open(place.path()));
    QCOMPARE(all(reader, u"source:\"tracker ui\""_s).size(), 1U);
    require(writer.renameSource(source, u"Tracker 2"_s));
    QCOMPARE(all(reader, u"source:\"tracker ui\""_s).size(), 0U);
    QCOMPARE(all(reader, u"source:\"tracker 2\" -prop.x:1"_s).size(), 1U);
}

void TstFind::goesOnWithoutItsIndex()
{
    const Place place;
    auto writer = require(place.open());
    fill(writer, 300);
    auto reader = require(store::Reader::open(place.path()));
    const auto expected = all(reader, u"pizza"_s);
    index(place, 0);
    QCOMPARE(all(reader, u"pizza"_s), expected);
    const QString path = store::SearchIndex::pathFor(place.path());
    {
        auto database = require(store::Database::open(path, store::Database::Mode::ReadWrite));
        require(database.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    constexpr qint64 firstTables = 3 * 4096;
    QVERIFY(file.seek(firstTables));
    file.write(QByteArray(static_cast<qsizetype>(file.size() - firstTables), '\xff'));
    file.flush();
    QCOMPARE(all(reader, u"pizza"_s), expected);
    QVERIFY(file.resize(0) && file.seek(0));
    file.write("no index");
    file.flush();
    QCOMPARE(all(reader, u"pizza"_s), expected);
}

void TstFind::usesAnIndex_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("index");
    QTest::newRow("name") << u"event:\"Order Loaded\""_s << u"event_name"_s;
    QTest::newRow("name with a star") << u"event:\"Order L*\""_s << u"event_name"_s;
    QTest::newRow("type") << u"type:identify"_s << u"event_type"_s;
    QTest::newRow("status") << u"status:violation"_s << u"event_status"_s;
    QTest::newRow("two statuses") << u"status:violation OR status:rejected"_s << u"event_"_s;
    QTest::newRow("violation") << u"has:violation"_s << u"event_status"_s;
    QTest::newRow("lint") << u"has:lint"_s << u"event_found"_s;
    QTest::newRow("rule") << u"rule:plan/required"_s << u"event_found"_s;
    QTest::newRow("time") << u"time:2026-11-24T01:37:26Z..2026-11-24T01:37:27Z"_s << u"event_received"_s;
    QTest::newRow("name, type and violations")
        << u"event:\"Order Loaded\" type:track has:violation"_s << u"event_"_s;
    QTest::newRow("type and lint") << u"type:track has:lint"_s << u"event_"_s;
    QTest::newRow("name without lint") << u"event:\"Order Loaded\" -has:lint"_s << u"event_name"_s;
}

void TstFind::usesAnIndex()
{
    QFETCH(const QString, text);
    QFETCH(const QString, index);
    // Small, with the statistics a store is born with; and grown, after its first ANALYZE.
    for (const Place *place : {&m_small, &m_grown}) {
        auto database = require(store::Database::open(place->path(), store::Database::Mode::ReadOnly));
        require(store::addFunctions(database));
        const filter::Sql sql = filter::toSql(parse(text));
        const QByteArray ids = require(store::idsByIndex(database, sql.where, Order::NewestFirst));
        QVERIFY(!ids.isEmpty());
        auto plan = require(database.prepare("EXPLAIN QUERY PLAN " + ids));
        QStringList steps;
        while (plan.step() == store::Statement::Step::Row) {
            steps.append(plan.text(3));
        }
        QVERIFY2(std::ranges::any_of(
                     steps, [&](const QString &step) { return step.contains(u" INDEX "_s + index); }),
                 qPrintable(steps.join(u"; "_s)));
        QVERIFY2(!steps.contains(u"SCAN e"_s), qPrintable(steps.join(u"; "_s)));
    }
}

void TstFind::indexAndScanFindTheSame()
{
    // Rare things, so that the search goes beyond the rows it looks at before it asks an index.
    auto reader = require(store::Reader::open(m_grown.path()));
    for (const QString &text : {u"event:\"Order Loaded\""_s, u"event:\"Order *\" status:violation"_s,
                                u"has:lint"_s, u"type:identify -trait.plan:free"_s, u"status:rejected"_s}) {
        const auto whole = all(reader, text);
        QVERIFY(whole.size() > 20);
        // In pieces small enough that no index is asked.
        std::vector<event::EventId> pieces;
        event::EventId from{};
        store::Reader::Page page;
        do {
            page = require(reader.find(parse(text), Order::OldestFirst, from, 5, {}, {}));
            pieces.insert(pieces.end(), page.ids.begin(), page.ids.end());
            from = page.ids.empty() ? from : page.ids.back();
        } while (!page.isComplete);
        QVERIFY2(pieces == whole, qPrintable(text));
        auto backwards = require(reader.find(parse(text), Order::NewestFirst, {}, 1'000'000, {}, {})).ids;
        std::ranges::reverse(backwards);
        QVERIFY2(backwards == whole, qPrintable(text));
    }
}

void TstFind::sqlFunctions_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("expected");
    QTest::newRow("matches, other case") << QByteArray("text_matches('Order Loaded', 'ORDER*')") << 1;
    QTest::newRow("matches the whole") << QByteArray("text_matches('Order Loaded', 'order')") << 0;
    QTest::newRow("nothing escapes a star") << QByteArray("text_matches('a\\b', 'a\\*')") << 1;
    QTest::newRow("equals, other case") << QByteArray("text_equals('ŻUREK', 'żurek')") << 1;
    QTest::newRow("equals knows no star") << QByteArray("text_equals('Order Loaded', 'Order*')") << 0;
    QTest::newRow("equals with a star in it") << QByteArray("text_equals('a*b\\', 'A*B\\')") << 1;
    QTest::newRow("null is empty") << QByteArray("text_equals(NULL, '')") << 1;
    QTest::newRow("no findings") << QByteArray("has_rule(NULL, '*')") << 0;
    QTest::newRow("damaged findings") << QByteArray("has_rule(x'ff0102', '*')") << 0;
}

void TstFind::sqlFunctions()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const int, expected);
    const Place place;
    auto database = require(store::Database::open(place.path(), store::Database::Mode::Create));
    require(store::addFunctions(database));
    QCOMPARE(require(database.number("SELECT " + sql)), std::int64_t{expected});
}

QTEST_GUILESS_MAIN(TstFind)
#include "tst_find.moc"
