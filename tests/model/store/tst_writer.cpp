// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "storetest.h"

#include "store/database.h"

#include <QFileInfo>

#include <sqlite3.h>
#include <sys/stat.h>
#include <zlib.h>

using namespace Qt::StringLiterals;
using namespace storetest;

namespace {

QByteArray gzip(const QByteArray &bytes)
{
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))), '\0');
    QByteArray in = bytes;
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

mode_t permissions(const QString &path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 0777U : 0;
}

/// What counting all rows gives: the counters must never differ from it.
store::Counts countedBySql(const QString &path, event::SessionId session)
{
    auto database = require(store::Database::open(path, store::Database::Mode::ReadOnly));
    auto select = require(database.prepare(
        "SELECT sum(status < 4), sum(status = 0), sum(status = 1), sum(status = 2), sum(status = 3), "
        "sum(status < 4 AND flags & 1), sum(status = 4), sum(status < 4 AND (flags & 4) <> 0), "
        "sum(status < 4 AND (flags & 2) <> 0) FROM event WHERE ?1 = 0 OR session = ?1"));
    select.bind(1, std::int64_t{event::raw(session)});
    if (select.step() != store::Statement::Step::Row) {
        qFatal("no counts");
    }
    const auto at = [&](int column) { return select.as<std::uint64_t>(column); };
    return {at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8)};
}

bool isSame(const event::EventSummary &left, const event::EventSummary &right)
{
    const auto all = [](const event::EventSummary &summary) {
        return std::tie(summary.id, summary.receivedUs, summary.name, summary.source, summary.user,
                        summary.session, summary.bodyBytes, summary.type);
    };
    return all(left) == all(right);
}

bool operator==(const store::Counts &left, const store::Counts &right)
{
    const auto all = [](const store::Counts &counts) {
        return std::tie(counts.total, counts.valid, counts.violations, counts.unplanned, counts.unchecked,
                        counts.lint, counts.rejected, counts.protocol, counts.privacy);
    };
    return all(left) == all(right);
}

} // namespace

class TstWriter : public QObject
{
    Q_OBJECT

private slots:
    void keepsARequestByteForByte_data();
    void keepsARequestByteForByte();
    void cutsABatchIntoItsEvents();
    void keepsRejectedRequests();
    void givesIdsInTheOrderOfTheDrafts();
    void neverGivesAnIdTwice();
    void internsTexts();
    void beginsASessionByItself();
    void countsExactly();
    void countsExactlyAfterNewVerdicts();
    void setVerdictsKeepsWhatDecodingFound();
    void setVerdictsLeavesRejectedRequestsAlone();
    void setVerdictsMakesRoomForOthers();
    void remembersWhichCheckerCheckedAll();
    void namesSources();
    void notesConnectedSources();
    void queuesForwardsWithTheEvent();
    void replaysInTheOrderGiven();
    void worstDeliveryIsOfTheNewestDispatches();
    void makesPrivateFiles();
    void makesTheFolder();
    void createsInAnEmptyFile();
    void saysWhoHoldsTheStore();
    void takesOverTheLockOfADeadProcess();
    void refusesAReadOnlyFolder();
    void survivesItsFileBeingReopened();
};

void TstWriter::keepsARequestByteForByte_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("wireBody");
    QTest::addColumn<int>("coding");
    const auto coding = [](http::Coding of) { return static_cast<int>(of); };
    const QByteArray event =
        R"({"type":"track","event":"Order Loaded","messageId":"m-1","anonymousId":"a-1","properties":{"big":1208925819614629174706176,"nan":NaN,"b":1,"a":2}})";
    QTest::newRow("identity") << event << event << coding(http::Coding::Identity);
    QTest::newRow("gzip") << event << gzip(event) << coding(http::Coding::Gzip);
    QTest::newRow("tiny") << QByteArray("{}") << QByteArray("{}") << coding(http::Coding::Identity);
    QTest::newRow("empty") << QByteArray() << QByteArray() << coding(http::Coding::Identity);
    QTest::newRow("gzip of nothing") << QByteArray() << gzip({}) << coding(http::Coding::Gzip);
    QTest::newRow("zero bytes") << QByteArray(100, '\0') << QByteArray(100, '\0')
                                << coding(http::Coding::Identity);
    QByteArray large = R"({"type":"track","event":"Order Loaded","properties":{"list":[)";
    for (int i = 0; large.size() < 600 * 1024; ++i) {
        large += QByteArray::number(i * 7919) + ',';
    }
    large += "0]}}";
    QTest::newRow("600 KB") << large << large << coding(http::Coding::Identity);
    QTest::newRow("600 KB gzip") << large << gzip(large) << coding(http::Coding::Gzip);
    QTest::newRow("plain bytes under a gzip header") << event << event << coding(http::Coding::Gzip);
}

void TstWriter::keepsARequestByteForByte()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, wireBody);
    QFETCH(const int, coding);
    const Place place;
    auto writer = require(place.open());
    event::RequestDraft request = draft(body);
    request.wireBody = wireBody;
    request.coding = static_cast<http::Coding>(coding);
    const auto events = commit(writer, {request});
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events.front().body, body);

    auto reader = require(store::Reader::open(place.path()));
    const auto detail = require(reader.detail(events.front().summary.id));
    QCOMPARE(detail.event.body, body);
    QCOMPARE(detail.requestBody, body);
    QCOMPARE(detail.head, request.head);
    QCOMPARE(detail.method, request.method);
    QCOMPARE(detail.target, request.target);
    QCOMPARE(detail.peer, request.peer);
    QCOMPARE(static_cast<int>(detail.coding), coding);
    QCOMPARE(detail.wireBytes, static_cast<std::uint64_t>(wireBody.size()));
    QCOMPARE(detail.event.name, u"Order Loaded"_s);
    QCOMPARE(detail.event.source, u"Tracker UI"_s);
    QCOMPARE(detail.event.summary.receivedUs, request.receivedUs);
    const auto stored = require(reader.request(detail.request));
    QCOMPARE(stored.wireBody, wireBody);
    QCOMPARE(stored.body, body);
    QCOMPARE(stored.events, std::vector{events.front().summary.id});
}

void TstWriter::cutsABatchIntoItsEvents()
{
    const Place place;
    auto writer = require(place.open());
    support::SampleTraffic traffic(3);
    const event::RequestDraft batch = traffic.batch(40);
    const auto events = commit(writer, {batch});
    QCOMPARE(events.size(), 40U);
    auto reader = require(store::Reader::open(place.path()));
    for (std::size_t i = 0; i < events.size(); ++i) {
        const event::EventDraft &expected = batch.events.at(i);
        const auto detail = require(reader.detail(events.at(i).summary.id));
        QCOMPARE(detail.event.body, batch.body.mid(expected.begin, expected.end - expected.begin));
        QCOMPARE(detail.event.body, events.at(i).body);
        QCOMPARE(detail.requestBody, batch.body);
        QCOMPARE(detail.indexInBatch, i);
        QCOMPARE(detail.batchCount, 40U);
        QCOMPARE(detail.messageId, expected.messageId);
        QCOMPARE(detail.anonymousId, expected.anonymousId);
        QCOMPARE(detail.userId, expected.userId);
        QCOMPARE(detail.timestamp, expected.timestamp);
        QVERIFY(detail.event.findings == expected.findings);
        QCOMPARE(detail.event.user, expected.userId.isEmpty() ? expected.anonymousId : expected.userId);
    }
}

void TstWriter::keepsRejectedRequests()
{
    const Place place;
    auto writer = require(place.open());
    support::SampleTraffic traffic(3);
    const event::RequestDraft rejected = traffic.rejected();
    const auto events = commit(writer, {rejected});
    auto reader = require(store::Reader::open(place.path()));
    const auto detail = require(reader.detail(events.front().summary.id));
    QCOMPARE(detail.event.summary.type, event::CallType::None);
    QCOMPARE(detail.event.state.status, event::Status::Rejected);
    QCOMPARE(detail.rejectCode, rejected.rejectCode);
    QCOMPARE(detail.rejectReason, rejected.rejectReason);
    QCOMPARE(detail.requestBody, rejected.body);
    QCOMPARE(detail.replyStatus, 400);
    QCOMPARE(detail.event.name, u"not-json"_s);

    // Damaged gzip: its bytes stay, the body is what could be read of them: nothing.
    event::RequestDraft damaged = rejected;
    damaged.wireBody = gzip(rejected.body).first(20);
    damaged.coding = http::Coding::Gzip;
    const auto cut = require(reader.detail(commit(writer, {damaged}).front().summary.id));
    QCOMPARE(cut.requestBody, QByteArray());
    QCOMPARE(require(reader.request(cut.request)).wireBody, damaged.wireBody);
}

void TstWriter::givesIdsInTheOrderOfTheDrafts()
{
    const Place place;
    auto writer = require(place.open());
    support::SampleTraffic traffic(5);
    std::vector<event::RequestDraft> drafts;
    for (int i = 0; i < 30; ++i) {
        drafts.push_back(traffic.next());
    }
    const auto events = commit(writer, drafts);
    std::size_t at = 0;
    std::uint64_t id = 0;
    for (const event::RequestDraft &request : drafts) {
        for (const event::EventDraft &event : request.events) {
            QCOMPARE(events.at(at).name, event.name);
            QCOMPARE(event::raw(events.at(at).summary.id), ++id);
            ++at;
        }
    }
    QCOMPARE(events.size(), at);
}

void TstWriter::neverGivesAnIdTwice()
{
    const Place place;
    event::EventId last{};
    {
        auto writer = require(place.open());
        last = fill(writer, 50).back().summary.id;
    }
    {
        auto database = require(store::Database::open(place.path(), store::Database::Mode::ReadWrite));
        require(database.execute("DELETE FROM event; DELETE FROM request"));
    }
    auto writer = require(place.open());
    const auto events = commit(writer, {draft("{}")});
    QCOMPARE(event::raw(events.front().summary.id), event::raw(last) + 1);
}

void TstWriter::internsTexts()
{
    const Place place;
    auto writer = require(place.open());
    event::RequestDraft known = draft("{}");
    known.events.front().userId = u"user_1"_s;
    known.events.front().anonymousId = u"anon"_s;
    event::RequestDraft unknown = draft("{}", u"Ünïcode \U0001F69A"_s);
    unknown.events.front().anonymousId = u"user_1"_s;
    event::RequestDraft nameless = draft("{}", {});
    const auto events = commit(writer, {known, unknown, nameless});
    QCOMPARE(events[0].summary.user, events[1].summary.user);
    QVERIFY(events[0].summary.name != events[1].summary.name);
    QCOMPARE(event::raw(events[2].summary.name), 0U);
    QCOMPARE(event::raw(events[2].summary.user), 0U);
    auto reader = require(store::Reader::open(place.path()));
    QCOMPARE(reader.nameText(events[1].summary.name), u"Ünïcode \U0001F69A"_s);
    QCOMPARE(reader.userText(events[0].summary.user), u"user_1"_s);
    QCOMPARE(reader.nameText({}), QString());
    QCOMPARE(reader.userText(event::UserKey{999}), QString());
}

void TstWriter::beginsASessionByItself()
{
    const Place place;
    auto writer = require(place.open());
    QCOMPARE(event::raw(writer.session()), 0U);
    std::vector drafts{draft("{}")};
    QVERIFY(require(writer.commit(drafts)).newSession == event::SessionId{1});
    QCOMPARE(event::raw(require(writer.commit(drafts)).newSession), 0U);
    const auto named = require(writer.beginSession(u"Checkout"_s, u"T-7"_s));
    const auto events = commit(writer, drafts);
    QCOMPARE(events.front().summary.session, named);
    auto reader = require(store::Reader::open(place.path()));
    const auto sessions = require(reader.sessions());
    QCOMPARE(sessions.size(), 2U);
    QCOMPARE(sessions[1].name, u"Checkout"_s);
    QCOMPARE(sessions[1].testId, u"T-7"_s);
    QCOMPARE(sessions[1].startedUs, place.clock.nowUs());
    QCOMPARE(require(reader.detail(events.front().summary.id)).sessionName, u"Checkout"_s);
}

void TstWriter::countsExactly()
{
    const Place place;
    auto writer = require(place.open());
    fill(writer, 300, 1);
    const auto second = require(writer.beginSession(u"second"_s, {}));
    fill(writer, 200, 2);
    auto reader = require(store::Reader::open(place.path()));
    for (const event::SessionId session : {event::SessionId{}, event::SessionId{1}, second}) {
        const auto counts = require(reader.counts(session));
        QVERIFY(counts == countedBySql(place.path(), session));
        QVERIFY(counts.rejected > 0);
        QCOMPARE(counts.valid + counts.violations + counts.unplanned + counts.unchecked, counts.total);
    }
}

void TstWriter::countsExactlyAfterNewVerdicts()
{
    const Place place;
    auto writer = require(place.open());
    auto events = fill(writer, 300);
    require(writer.beginSession(u"second"_s, {}));
    for (const event::Event &event : fill(writer, 100, 2)) {
        events.push_back(event);
    }
    std::vector<store::Writer::NewVerdict> verdicts;
    for (std::size_t i = 0; i < events.size(); i += 2) {
        store::Writer::NewVerdict verdict{
            events[i].summary.id, static_cast<event::Status>(i / 2 % 4), {}, {}};
        if (i % 3 == 0) {
            verdict.findings = {{event::RuleId::NameCasing,
                                 event::Severity::Warning,
                                 json::Pointer("/event"),
                                 {u"a"_s, u"b"_s, u"c"_s}}};
        }
        verdicts.push_back(verdict);
    }
    QVERIFY(!require(writer.setVerdicts(verdicts)).changed.empty());
    auto reader = require(store::Reader::open(place.path()));
    for (const event::SessionId session : {event::SessionId{}, event::SessionId{1}, event::SessionId{2}}) {
        QVERIFY(require(reader.counts(session)) == countedBySql(place.path(), session));
    }
    // The same again changes nothing.
    QVERIFY(require(writer.setVerdicts(verdicts)).changed.empty());
}

void TstWriter::setVerdictsKeepsWhatDecodingFound()
{
    const Place place;
    auto writer = require(place.open());
    const event::Finding big{event::RuleId::ProtocolBigInteger,
                             event::Severity::Warning,
                             json::Pointer("/properties/n"),
                             {u"18446744073709551616"_s}};
    const event::Finding required{
        event::RuleId::PlanRequired, event::Severity::Error, json::Pointer("/properties/a"), {u"a"_s, {}}};
    const event::Finding lint{event::RuleId::NameCasing,
                              event::Severity::Warning,
                              json::Pointer("/event"),
                              {u"x"_s, u"y"_s, u"z"_s}};
    const event::Finding large{
        event::RuleId::ProtocolEventTooLarge, event::Severity::Error, {}, {u"40000"_s}};
    event::RequestDraft request = draft("{}");
    request.events.front().status = event::Status::Violation;
    request.events.front().findings = {required, large, big};
    request.events.front().flags = static_cast<std::uint8_t>(event::Flag::Duplicate);
    const auto id = commit(writer, {request}).front().summary.id;

    // The size is checked again (now less severe), the wire is not.
    event::Finding milder = large;
    milder.severity = event::Severity::Info;
    const std::vector<store::Writer::NewVerdict> verdicts{{id, event::Status::Valid, {lint, milder}, {}}};
    const auto changes = require(writer.setVerdicts(verdicts)).changed;
    QCOMPARE(changes.size(), 1U);
    QCOMPARE(changes.front().state.status, event::Status::Valid);
    QCOMPARE(changes.front().state.findings, 3U);
    QVERIFY(changes.front().state.has(event::Flag::Lint));
    QVERIFY(changes.front().state.has(event::Flag::Protocol));
    QVERIFY(changes.front().state.has(event::Flag::Duplicate));
    auto reader = require(store::Reader::open(place.path()));
    const auto stored = require(reader.event(id));
    QVERIFY(stored.event.findings == (std::vector<event::Finding>{lint, big, milder}));
    const auto rows = require(reader.rows({}, 10));
    QCOMPARE(rows.front().state.topRule, static_cast<std::uint16_t>(event::RuleId::NameCasing));
    QCOMPARE(rows.front().state.worst, event::Severity::Warning);
}

void TstWriter::setVerdictsLeavesRejectedRequestsAlone()
{
    const Place place;
    auto writer = require(place.open());
    support::SampleTraffic traffic(3);
    const auto id = commit(writer, {traffic.rejected()}).front().summary.id;
    const std::vector<store::Writer::NewVerdict> verdicts{
        {id, event::Status::Valid, {}, {}}, {event::EventId{4711}, event::Status::Valid, {}, {}}};
    QVERIFY(require(writer.setVerdicts(verdicts)).changed.empty());
}

void TstWriter::setVerdictsMakesRoomForOthers()
{
    const Place place;
    auto writer = require(place.open());
    std::vector<store::Writer::NewVerdict> verdicts;
    for (const event::Event &event : commit(writer, std::vector(500, draft("{}")))) {
        verdicts.push_back({event.summary.id, event::Status::Unplanned, {}, {}});
    }
    // Asked now and then; some are always done.
    int asked = 0;
    const auto some = require(writer.setVerdicts(verdicts, [&asked] { return ++asked == 2; }));
    QCOMPARE(asked, 2);
    QVERIFY(some.done > 0 && some.done < verdicts.size());
    QCOMPARE(some.changed.size(), some.done);
    auto reader = require(store::Reader::open(place.path()));
    QCOMPARE(require(reader.counts({})).unplanned, some.done);
    const auto rest = require(writer.setVerdicts(std::span(verdicts).subspan(some.done)));
    QCOMPARE(some.done + rest.done, verdicts.size());
    QCOMPARE(require(reader.counts({})).unplanned, verdicts.size());
    // Commits are durable at once again.
    commit(writer, {draft("{}")});
    QCOMPARE(require(reader.counts({})).total, 501U);
}

void TstWriter::remembersWhichCheckerCheckedAll()
{
    const Place place;
    std::optional<store::Writer> writer = require(place.open());
    const auto reopen = [&] {
        writer.reset();
        writer = require(place.open());
    };
    QCOMPARE(writer->checkedBy(), QByteArray());
    QCOMPARE(writer->unfinishedRecheck(), QByteArray());
    require(writer->noteCheckedBy("first"));
    require(writer->noteRecheckBegun("second"));
    reopen();
    QCOMPARE(writer->checkedBy(), QByteArray());
    QCOMPARE(writer->unfinishedRecheck(), "second"_ba);
    // Events of other checkers came: that ends no recheck.
    require(writer->noteCheckedBy({}));
    reopen();
    QCOMPARE(writer->unfinishedRecheck(), "second"_ba);
    require(writer->noteCheckedBy("second"));
    reopen();
    QCOMPARE(writer->checkedBy(), "second"_ba);
    QCOMPARE(writer->unfinishedRecheck(), QByteArray());
}

void TstWriter::namesSources()
{
    const Place place;
    auto writer = require(place.open());
    event::RequestDraft unnamed = draft("{}");
    unnamed.events.front().source.suggestedName.clear();
    std::vector drafts{unnamed};
    auto notice = require(writer.commit(drafts));
    QVERIFY(notice.sourcesChanged);
    QCOMPARE(notice.added->front().source, u"\u2026a1b2"_s);
    notice = require(writer.commit(drafts));
    QVERIFY(!notice.sourcesChanged);

    drafts = {draft("{}")};
    notice = require(writer.commit(drafts));
    QVERIFY(notice.sourcesChanged);
    const event::SourceId id = notice.added->front().summary.source;
    QCOMPARE(notice.added->front().source, u"Tracker UI"_s);
    drafts.front().events.front().source.suggestedName = u"Another"_s;
    QCOMPARE(require(writer.commit(drafts)).added->front().source, u"Tracker UI"_s);

    require(writer.renameSource(id, u"My tracker"_s));
    QCOMPARE(require(writer.commit(drafts)).added->front().source, u"My tracker"_s);
    QCOMPARE(writer.renameSource(event::SourceId{99}, u"x"_s).error().code, base::ErrorCode::NotFound);
    auto reader = require(store::Reader::open(place.path()));
    const auto sources = require(reader.sources());
    QCOMPARE(sources.size(), 1U);
    QCOMPARE(sources.front().name, u"My tracker"_s);
    QCOMPARE(sources.front().events, 5U);
    QCOMPARE(sources.front().maskedKey, u"\u2026a1b2"_s);
    QCOMPARE(sources.front().keyHash, "00112233aabbccdd");
    QCOMPARE(sources.front().library, u"analytics.js 1.84.3"_s);
    QCOMPARE(sources.front().lastSeenUs, drafts.front().receivedUs);
    QVERIFY(!sources.front().isConnected);
}

void TstWriter::notesConnectedSources()
{
    const Place place;
    auto writer = require(place.open());
    require(writer.noteConnected({"ff", u"\u2026ffff"_s, u"Phone"_s, {}}));
    auto reader = require(store::Reader::open(place.path()));
    const auto sources = require(reader.sources());
    QCOMPARE(sources.size(), 1U);
    QVERIFY(sources.front().isConnected);
    QCOMPARE(sources.front().name, u"Phone"_s);
    QCOMPARE(sources.front().events, 0U);
}

void TstWriter::queuesForwardsWithTheEvent()
{
    const Place place;
    auto writer = require(place.open());
    support::SampleTraffic traffic(3);
    event::RequestDraft batch = traffic.batch(3);
    batch.destinations = {u"Production"_s, u"Staging"_s};
    const auto events = commit(writer, {batch, traffic.single()});
    QCOMPARE(events[0].state.delivery, event::DeliveryState::Pending);
    QCOMPARE(events[3].state.delivery, event::DeliveryState::None);

    auto reader = require(store::Reader::open(place.path()));
    QVERIFY(require(reader.dueDispatches(place.clock.nowUs() - 1, 10)).empty());
    const auto due = require(reader.dueDispatches(place.clock.nowUs(), 10));
    QCOMPARE(due.size(), 2U);
    QCOMPARE(due[0].destination, u"Production"_s);
    QVERIFY(!due[0].isReplay);
    QCOMPARE(due[0].events, (std::vector{events[0].summary.id, events[1].summary.id, events[2].summary.id}));
    QCOMPARE(require(reader.request(due[0].request)).wireBody, batch.wireBody);

    const store::Attempt busy{
        place.clock.nowUs(), 2'000, 503, "busy", "HTTP/1.1 503 Service Unavailable\r\n\r\n", {}};
    QVERIFY(require(writer.noteAttempt(due[0].id, busy, event::DeliveryState::Pending,
                                       place.clock.nowUs() + 5, "POST", "sent"))
                .empty());
    QCOMPARE(require(reader.dueDispatches(place.clock.nowUs(), 10)).size(), 1U);
    const store::Attempt cut{place.clock.nowUs(), 10, 0, {}, {}, u"connection refused"_s};
    const auto failed = require(writer.noteAttempt(due[1].id, cut, event::DeliveryState::Failed, 0, {}, {}));
    QCOMPARE(failed.size(), 3U);
    QCOMPARE(failed.front().state.delivery, event::DeliveryState::Failed);
    const store::Attempt fine{place.clock.nowUs(), 900, 200, QByteArray(100'000, 'x'), {}, {}};
    QVERIFY(require(writer.noteAttempt(due[0].id, fine, event::DeliveryState::Delivered, 0, "POST", "sent"))
                .empty());

    const auto detail = require(reader.detail(events[1].summary.id));
    QCOMPARE(detail.dispatches.size(), 2U);
    QCOMPARE(detail.dispatches[0].state, event::DeliveryState::Delivered);
    QCOMPARE(detail.dispatches[0].attempts.size(), 2U);
    QCOMPARE(detail.dispatches[0].attempts[0].status, 503);
    QCOMPARE(detail.dispatches[0].attempts[0].answer, "busy");
    QCOMPARE(detail.dispatches[0].attempts[0].answerHead, busy.answerHead);
    QCOMPARE(detail.dispatches[0].attempts[1].answer, QByteArray(64 * 1024, 'x'));
    QCOMPARE(detail.dispatches[0].sentHead, "POST");
    QCOMPARE(detail.dispatches[0].sentBody, "sent");
    QCOMPARE(detail.dispatches[1].attempts[0].error, u"connection refused"_s);
    QCOMPARE(writer.noteAttempt(event::DispatchId{99}, fine, event::DeliveryState::Delivered, 0, {}, {})
                 .error()
                 .code,
             base::ErrorCode::NotFound);
}

void TstWriter::replaysInTheOrderGiven()
{
    const Place place;
    auto writer = require(place.open());
    const auto events = fill(writer, 20);
    const std::vector order{events[5].summary.id, events[1].summary.id, event::EventId{4711},
                            events[3].summary.id};
    const auto id = require(writer.queueReplay(u"Production"_s, order));
    auto reader = require(store::Reader::open(place.path()));
    const auto dispatch = require(reader.dispatch(id));
    QVERIFY(dispatch.isReplay);
    QCOMPARE(dispatch.state, event::DeliveryState::Pending);
    QCOMPARE(dispatch.events, (std::vector{order[0], order[1], order[3]}));
    const auto states = require(writer.states(id));
    QCOMPARE(states.size(), 3U);
    QVERIFY(states[0].id == order[0]);
    QCOMPARE(states[0].state.delivery, event::DeliveryState::Pending);
    QCOMPARE(require(reader.event(order[0])).event.state.delivery, event::DeliveryState::Pending);
}

void TstWriter::worstDeliveryIsOfTheNewestDispatches()
{
    const Place place;
    auto writer = require(place.open());
    event::RequestDraft request = draft("{}");
    request.destinations = {u"A"_s, u"B"_s};
    const auto id = commit(writer, {request}).front().summary.id;
    const auto note = [&](std::uint64_t dispatch, event::DeliveryState state) {
        return require(writer.noteAttempt(event::DispatchId{dispatch}, {}, state, 0, {}, {}));
    };
    QCOMPARE(note(1, event::DeliveryState::Failed).front().state.delivery, event::DeliveryState::Failed);
    QVERIFY(note(2, event::DeliveryState::Delivered).empty());
    const std::vector again{id};
    const auto replay = require(writer.queueReplay(u"A"_s, again));
    QCOMPARE(require(writer.states(replay)).front().state.delivery, event::DeliveryState::Pending);
    QCOMPARE(note(event::raw(replay), event::DeliveryState::Delivered).front().state.delivery,
             event::DeliveryState::Delivered);
}

void TstWriter::makesPrivateFiles()
{
    const Place place;
    auto writer = require(place.open());
    fill(writer, 5);
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s, u".lock"_s}) {
        QCOMPARE(permissions(place.path() + suffix), mode_t{0600});
    }
}

void TstWriter::makesTheFolder()
{
    const Place place;
    const QString path = place.folder.filePath(u"a/b/store"_s);
    require(store::Writer::open(path, place.clock));
    QCOMPARE(permissions(place.folder.filePath(u"a/b"_s)), mode_t{0700});

    QFile inTheWay(place.folder.filePath(u"file"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    const auto failed = store::Writer::open(place.folder.filePath(u"file/store"_s), place.clock);
    QVERIFY(!failed);
    QVERIFY(!failed.error().fix.isEmpty());
}

void TstWriter::createsInAnEmptyFile()
{
    const Place place;
    QFile file(place.path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    auto writer = require(place.open());
    QCOMPARE(fill(writer, 5).empty(), false);
}

void TstWriter::saysWhoHoldsTheStore()
{
    const Place place;
    const auto writer = require(place.open());
    const auto second = place.open();
    QVERIFY(!second);
    QCOMPARE(second.error().code, base::ErrorCode::InUse);
    QVERIFY2(second.error().why.contains(u"(pid %1)"_s.arg(QCoreApplication::applicationPid())),
             qPrintable(second.error().why));
    QVERIFY(second.error().why.contains(QCoreApplication::applicationName()));
    // Readers may come at any time.
    require(store::Reader::open(place.path()));
}

void TstWriter::takesOverTheLockOfADeadProcess()
{
    const Place place;
    const pid_t child = ::fork();
    if (child == 0) {
        auto writer = place.open();
        // No destructor runs: as if it had been killed.
        ::_exit(writer ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    QCOMPARE(status, 0);
    QVERIFY(QFile::exists(place.path() + u".lock"_s));
    {
        auto writer = require(place.open());
        fill(writer, 5);
    }
    QVERIFY(!QFile::exists(place.path() + u".lock"_s));
}

void TstWriter::refusesAReadOnlyFolder()
{
    const Place place;
    QVERIFY(::chmod(QFile::encodeName(place.folder.path()).constData(), 0555) == 0);
    const int result = asOrdinaryUser([&] {
        const auto writer = place.open();
        return !writer && writer.error().code == base::ErrorCode::Permission && !writer.error().fix.isEmpty()
                   ? 7
                   : 1;
    });
    QVERIFY(::chmod(QFile::encodeName(place.folder.path()).constData(), 0700) == 0);
    QCOMPARE(result, 7);
}

void TstWriter::survivesItsFileBeingReopened()
{
    const Place place;
    std::vector<event::Event> events;
    for (std::uint64_t round = 0; round < 3; ++round) {
        auto writer = require(place.open());
        for (event::Event &event : fill(writer, 20, round)) {
            events.push_back(std::move(event));
        }
        QVERIFY(writer.sizeBytes() > 0);
        QCOMPARE(writer.path(), place.path());
    }
    auto reader = require(store::Reader::open(place.path()));
    for (const event::Event &event : events) {
        const auto stored = require(reader.event(event.summary.id));
        QCOMPARE(stored.event.body, event.body);
        QCOMPARE(stored.event.name, event.name);
        QCOMPARE(stored.event.user, event.user);
        QCOMPARE(stored.event.source, event.source);
        QVERIFY(isSame(stored.event.summary, event.summary));
        QCOMPARE(stored.event.state.topRule, event.state.topRule);
        QVERIFY(stored.event.findings == event.findings);
    }
}

QTEST_GUILESS_MAIN(TstWriter)
#include "tst_writer.moc"
