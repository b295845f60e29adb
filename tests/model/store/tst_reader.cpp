// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "storetest.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

using namespace Qt::StringLiterals;
using namespace storetest;

class TstReader : public QObject
{
    Q_OBJECT

private slots:
    void loadsRowsInPages();
    void walksNewestFirst();
    void looksUpByMessageId();
    void countsWhatWasSeen();
    void saysWhatIsNotThere();
    void readsWhileTheWriterWrites();
    void seesTextsOfNewIds();
    void givesRequestsWholeToWhoChecks();
    void givesChosenRowsToWhoChecks();
    void givesBodiesAlone();
};

void TstReader::loadsRowsInPages()
{
    const Place place;
    auto writer = require(place.open());
    const auto events = fill(writer, 250);
    auto reader = require(store::Reader::open(place.path()));
    std::size_t at = 0;
    event::EventId after{};
    for (auto rows = require(reader.rows(after, 100)); !rows.empty();
         rows = require(reader.rows(after, 100))) {
        QVERIFY(rows.size() == 100 || at + rows.size() == events.size());
        for (const store::Reader::Row &row : rows) {
            const event::Event &event = events.at(at++);
            QVERIFY(row.summary.id == event.summary.id);
            QCOMPARE(row.summary.receivedUs, event.summary.receivedUs);
            QVERIFY(row.summary.name == event.summary.name && row.summary.user == event.summary.user);
            QVERIFY(row.summary.source == event.summary.source &&
                    row.summary.session == event.summary.session);
            QCOMPARE(row.summary.bodyBytes, event.summary.bodyBytes);
            QCOMPARE(row.summary.type, event.summary.type);
            QCOMPARE(row.state.status, event.state.status);
            QCOMPARE(row.state.findings, event.state.findings);
            QCOMPARE(row.state.flags, event.state.flags);
            QCOMPARE(row.state.worst, event.state.worst);
            QCOMPARE(row.state.topRule, event.state.topRule);
        }
        after = rows.back().summary.id;
    }
    QCOMPARE(at, events.size());
}

void TstReader::walksNewestFirst()
{
    const Place place;
    auto writer = require(place.open());
    const auto events = fill(writer, 30);
    auto reader = require(store::Reader::open(place.path()));
    std::vector<event::EventId> ids;
    event::EventId before{};
    for (auto page = require(reader.newestIds(before, 7)); !page.empty();
         page = require(reader.newestIds(before, 7))) {
        ids.insert(ids.end(), page.begin(), page.end());
        before = page.back();
    }
    std::ranges::reverse(ids);
    QCOMPARE(ids.size(), events.size());
    QVERIFY(
        std::ranges::equal(ids, events, {}, {}, [](const event::Event &event) { return event.summary.id; }));
    QCOMPARE(require(reader.newestIds(event::EventId{~0ULL}, 1)).front(), events.back().summary.id);
}

void TstReader::looksUpByMessageId()
{
    const Place place;
    auto writer = require(place.open());
    const QByteArray body = R"~({"type":"track","event":"Order Loaded","messageId":"m*1 (\"x\")"})~";
    commit(writer, {draft(body), draft(R"({"messageId":"m*12"})"), draft(body)});
    auto reader = require(store::Reader::open(place.path()));
    const auto newest = require(reader.detailByMessageId(u"m*1 (\"x\")"_s));
    QCOMPARE(event::raw(newest.event.summary.id), 3U);
    QCOMPARE(newest.messageId, u"m*1 (\"x\")"_s);
    QCOMPARE(reader.detailByMessageId(u"m*"_s).error().code, base::ErrorCode::NotFound);
    QCOMPARE(reader.detailByMessageId(u""_s).error().code, base::ErrorCode::NotFound);
}

void TstReader::countsWhatWasSeen()
{
    const Place place;
    auto writer = require(place.open());
    const auto events = fill(writer, 300);
    std::map<std::pair<event::CallType, QString>, store::Reader::Seen> expected;
    for (const event::Event &event : events) {
        if (event.summary.type == event::CallType::None) {
            continue;
        }
        auto &seen = expected[{event.summary.type, event.name}];
        ++seen.count;
        seen.violations += event.state.status == event::Status::Violation ? 1 : 0;
        seen.lastUs = std::max(seen.lastUs, event.summary.receivedUs);
    }
    auto reader = require(store::Reader::open(place.path()));
    const auto seen = require(reader.seenEvents({}));
    QCOMPARE(seen.size(), expected.size());
    for (const store::Reader::Seen &each : seen) {
        const auto found = expected.find({each.type, each.name});
        QVERIFY(found != expected.end());
        QCOMPARE(each.count, found->second.count);
        QCOMPARE(each.violations, found->second.violations);
        QCOMPARE(each.lastUs, found->second.lastUs);
    }
}

void TstReader::saysWhatIsNotThere()
{
    const Place place;
    auto writer = require(place.open());
    auto reader = require(store::Reader::open(place.path()));
    QCOMPARE(require(reader.counts({})).total, 0U);
    QVERIFY(require(reader.rows({}, 10)).empty());
    QVERIFY(require(reader.find({}, store::Reader::Order::NewestFirst, {}, 10, {}, {})).isComplete);
    for (const base::Error &error :
         {reader.detail(event::EventId{5}).error(), reader.event(event::EventId{5}).error(),
          reader.request(event::RequestId{5}).error(), reader.dispatch(event::DispatchId{5}).error()}) {
        QCOMPARE(error.code, base::ErrorCode::NotFound);
        QVERIFY(error.what.contains(u'5'));
    }
}

void TstReader::readsWhileTheWriterWrites()
{
    const Place place;
    auto writer = require(place.open());
    fill(writer, 20);
    std::atomic<bool> isDone = false;
    std::atomic<int> passes = 0;
    std::atomic<bool> isWrong = false;
    std::jthread reading([&] {
        auto reader = require(store::Reader::open(place.path()));
        std::size_t last = 0;
        do {
            const auto rows = require(reader.rows({}, 1'000'000));
            // Whole commits only, and never fewer than before.
            isWrong = isWrong || rows.size() < last || event::raw(rows.back().summary.id) != rows.size();
            last = rows.size();
            const auto detail = reader.detail(rows.back().summary.id);
            isWrong = isWrong || !detail || detail->event.body.isEmpty();
            ++passes;
        } while (!isDone);
    });
    for (std::uint64_t seed = 2; seed < 12 || passes < 3; ++seed) {
        fill(writer, 20, seed);
    }
    isDone = true;
    reading.join();
    QVERIFY(!isWrong);
    QVERIFY(passes >= 3);
}

void TstReader::seesTextsOfNewIds()
{
    const Place place;
    auto writer = require(place.open());
    auto reader = require(store::Reader::open(place.path()));
    for (int i = 0; i < 3; ++i) {
        event::RequestDraft request = draft("{}", u"Name %1"_s.arg(i));
        request.events.front().userId = u"user %1"_s.arg(i);
        const auto event = commit(writer, {request}).front();
        QCOMPARE(reader.nameText(event.summary.name), u"Name %1"_s.arg(i));
        QCOMPARE(reader.userText(event.summary.user), u"user %1"_s.arg(i));
    }
}

void TstReader::givesRequestsWholeToWhoChecks()
{
    const Place place;
    auto writer = require(place.open());
    support::SampleTraffic traffic(9);
    // Events 1; 2 to 6; 7; 8 to 11.
    const auto events =
        commit(writer, {traffic.single(), traffic.batch(5), traffic.rejected(), traffic.batch(4)});
    auto reader = require(store::Reader::open(place.path()));
    QCOMPARE(event::raw(require(reader.newestId())), 11U);
    const auto ids = [&reader](quint64 from, quint64 to) {
        QList<quint64> found;
        for (const auto &row : require(reader.checkedRows(event::EventId{from}, event::EventId{to}))) {
            found.append(event::raw(row.summary.id));
        }
        return found;
    };
    QCOMPARE(ids(1, 1), QList<quint64>{1});
    QCOMPARE(ids(2, 3), (QList<quint64>{2, 3, 4, 5, 6}));
    QCOMPARE(ids(3, 6), QList<quint64>());
    QCOMPARE(ids(4, 7), QList<quint64>{7});
    QCOMPARE(ids(7, 8), (QList<quint64>{7, 8, 9, 10, 11}));
    QCOMPARE(ids(9, 2'000), QList<quint64>());
    QCOMPARE(ids(12, 2'000), QList<quint64>());
    for (const auto &row : require(reader.checkedRows(event::EventId{1}, event::EventId{11}))) {
        const event::Event &event = events.at(event::raw(row.summary.id) - 1);
        QCOMPARE(row.state.status, event.state.status);
        QCOMPARE(row.found, event::encodeFindings(event.findings));
        const QByteArray body = require(reader.requestBody(row.request));
        QCOMPARE(body.mid(row.begin, row.end - row.begin), event.body);
        QCOMPARE(reader.sourceText(row.summary.source), event.source);
    }
}

void TstReader::givesChosenRowsToWhoChecks()
{
    const Place place;
    auto writer = require(place.open());
    fill(writer, 30);
    auto reader = require(store::Reader::open(place.path()));
    const std::vector<event::EventId> chosen{event::EventId{9}, event::EventId{2}, event::EventId{4711},
                                             event::EventId{9}};
    QList<quint64> found;
    for (const auto &row : require(reader.checkedRows(chosen))) {
        found.append(event::raw(row.summary.id));
    }
    QCOMPARE(found, (QList<quint64>{2, 9}));
}

void TstReader::givesBodiesAlone()
{
    const Place place;
    auto writer = require(place.open());
    event::RequestDraft gzip = storetest::draft(QByteArray(5'000, 'x'));
    gzip.wireBody = QByteArray::fromHex("00"); // not what it says
    gzip.coding = http::Coding::Gzip;
    commit(writer, {storetest::draft("{}"), storetest::draft(QByteArray(5'000, 'x')), gzip});
    auto reader = require(store::Reader::open(place.path()));
    QCOMPARE(require(reader.requestBody(event::RequestId{1})), "{}"_ba);
    QCOMPARE(require(reader.requestBody(event::RequestId{2})), QByteArray(5'000, 'x'));
    const auto damaged = reader.requestBody(event::RequestId{3});
    QVERIFY(!damaged.has_value());
    QCOMPARE(damaged.error().code, base::ErrorCode::Corrupt);
    QCOMPARE(require(reader.requestBody(event::RequestId{4})), QByteArray());
}

QTEST_GUILESS_MAIN(TstReader)
#include "tst_reader.moc"
