// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/server.h"
#include "fixture.h"

#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;

namespace {

event::FindingText words(const event::Finding &finding)
{
    return {u"`%1` is missing."_s.arg(finding.args.value(0)), u"Send it."_s, {}, {}};
}

store::EventDetail trackEvent(const QByteArray &body)
{
    store::EventDetail detail;
    detail.event.summary.id = static_cast<event::EventId>(7);
    detail.event.summary.receivedUs = 1'700'000'000'123'456;
    detail.event.summary.session = static_cast<event::SessionId>(3);
    detail.event.summary.type = event::CallType::Track;
    detail.event.state.status = event::Status::Valid;
    detail.event.name = u"Order Placed"_s;
    detail.event.source = u"Tracker UI"_s;
    detail.event.body = body;
    detail.requestBody = body;
    detail.end = static_cast<std::uint32_t>(body.size());
    return detail;
}

nlohmann::json parsed(const QByteArray &line)
{
    return nlohmann::json::parse(line.toStdString(), nullptr, false);
}

} // namespace

class TstEventLine : public QObject
{
    Q_OBJECT

private slots:
    void whole();
    void absentValuesAreLeftOut();
    void bodyStandsVerbatim();
    void otherBodies_data();
    void otherBodies();
    void findings();
    void deliveries();
    void rejected();
    void envelope();
    void envelopeOnSeveralLines();
    void envelopeThatIsNoStrictJson();
    void namesAreQuoted();
    void timesBeforeTheEpoch();
};

void TstEventLine::whole()
{
    store::EventDetail detail = trackEvent(R"({"event":"Order Placed"})");
    detail.userId = u"u1"_s;
    detail.anonymousId = u"a1"_s;
    detail.messageId = u"m1"_s;
    detail.timestamp = "2026-11-24T01:02:03.000Z";
    QCOMPARE(api::eventLine(detail, words),
             QByteArray(
                 R"({"id":7,"receivedAt":"2023-11-14T22:13:20.123456Z","session":3,"source":"Tracker UI",)"
                 R"("type":"track","event":"Order Placed","userId":"u1","anonymousId":"a1","messageId":"m1",)"
                 R"("timestamp":"2026-11-24T01:02:03.000Z","status":"valid","findings":[],"deliveries":[],)"
                 R"("body":{"event":"Order Placed"}})"));
}

void TstEventLine::absentValuesAreLeftOut()
{
    store::EventDetail detail = trackEvent("{}");
    detail.event.name.clear();
    detail.event.source.clear();
    const nlohmann::json line = parsed(api::eventLine(detail, words));
    for (const char *name : {"source", "event", "userId", "anonymousId", "messageId", "timestamp", "envelope",
                             "rejected", "bodyText", "bodyBase64"}) {
        QVERIFY2(!line.contains(name), name);
    }
}

void TstEventLine::bodyStandsVerbatim()
{
    // What a document class would rewrite: order, numbers, escapes, spaces, duplicates.
    const QByteArray body = R"({ "z":1.0,"a":18446744073709551616, "e":1E2,"t":"\u00e9\/","z":2})";
    const QByteArray line = api::eventLine(trackEvent(body), words);
    QVERIFY2(line.contains("\"body\":" + body + '}'), line.constData());
    QVERIFY(!line.contains('\n'));
}

void TstEventLine::otherBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("several lines") << QByteArray("{\n  \"a\": 1\n}") << QByteArray("bodyText");
    QTest::newRow("carriage return") << QByteArray("{\"a\":1}\r") << QByteArray("bodyText");
    QTest::newRow("not a number") << QByteArray("{\"a\":NaN}") << QByteArray("bodyText");
    QTest::newRow("no JSON") << QByteArray("hello \"there\"\x01") << QByteArray("bodyText");
    QTest::newRow("no UTF-8") << QByteArray("{\"a\":\"\xff\"}") << QByteArray("bodyBase64");
}

void TstEventLine::otherBodies()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, name);
    const QByteArray line = api::eventLine(trackEvent(body), words);
    QVERIFY(!line.contains('\n'));
    const nlohmann::json read = parsed(line);
    QVERIFY2(read.is_object(), line.constData());
    QVERIFY(!read.contains("body"));
    const QByteArray value = QByteArray::fromStdString(read.at(name.toStdString()).get<std::string>());
    QCOMPARE(name == "bodyText" ? value : QByteArray::fromBase64(value), body);
}

void TstEventLine::findings()
{
    store::EventDetail detail = trackEvent("{}");
    detail.event.state.status = event::Status::Violation;
    detail.event.findings = {{event::RuleId::PlanRequired,
                              event::Severity::Error,
                              json::Pointer("/properties/order~1id"),
                              {u"order/id"_s}}};
    const nlohmann::json line = parsed(api::eventLine(detail, words));
    const nlohmann::json expected = nlohmann::json::parse(
        R"([{"rule":"plan/required","kind":"violation","severity":"error","at":"/properties/order~1id",)"
        R"("message":"`order/id` is missing.","fix":"Send it."}])");
    COMPARE_JSON(line.at("findings"), expected);
    COMPARE_JSON(line.at("status"), "violation");
    QVERIFY(
        parsed(api::eventLine(detail, {})).at("findings").at(0).contains("rule")); // without words as well
}

void TstEventLine::deliveries()
{
    store::EventDetail detail = trackEvent("{}");
    store::Dispatch sent;
    sent.destination = u"Segment"_s;
    sent.state = event::DeliveryState::Delivered;
    sent.attempts.resize(2);
    sent.attempts.back().status = 200;
    store::Dispatch pending;
    pending.destination = u"Other"_s;
    detail.dispatches = {sent, pending};
    const nlohmann::json expected =
        nlohmann::json::parse(R"([{"destination":"Segment","state":"delivered","attempts":2,"status":200},)"
                              R"({"destination":"Other","state":"pending","attempts":0}])");
    COMPARE_JSON(parsed(api::eventLine(detail, words)).at("deliveries"), expected);
}

void TstEventLine::rejected()
{
    store::EventDetail detail = trackEvent("oops");
    detail.event.summary.type = event::CallType::None;
    detail.event.state.status = event::Status::Rejected;
    detail.event.name = u"not_json"_s;
    detail.rejectCode = "not_json";
    detail.rejectReason = "It is no JSON";
    detail.replyStatus = 400;
    const nlohmann::json line = parsed(api::eventLine(detail, words));
    COMPARE_JSON(line.at("status"), "rejected");
    QVERIFY(!line.contains("type"));
    QVERIFY(!line.contains("event"));
    COMPARE_JSON(line.at("rejected"),
                 nlohmann::json::parse(R"({"code":"not_json","reason":"It is no JSON","status":400})"));
    COMPARE_JSON(line.at("bodyText"), "oops");
}

void TstEventLine::envelope()
{
    const QByteArray event = R"({"event":"A"})";
    const QByteArray front = R"({"writeKey":"abcdefghijklmnop","batch":[)";
    store::EventDetail detail = trackEvent(event);
    detail.requestBody = front + event + R"(],"sentAt":"2026-11-24T00:00:00Z","context":{"n":1.0}})";
    detail.begin = static_cast<std::uint32_t>(front.size());
    detail.end = detail.begin + static_cast<std::uint32_t>(event.size());
    const QByteArray line = api::eventLine(detail, words);
    QVERIFY2(line.contains(R"("sentAt":"2026-11-24T00:00:00Z","context":{"n":1.0}})"), line.constData());
    QVERIFY(!line.contains("abcdefghijklmnop"));
    QVERIFY(parsed(line).at("envelope").contains("writeKey"));
    QVERIFY(!parsed(line).at("envelope").contains("batch"));
}

void TstEventLine::envelopeOnSeveralLines()
{
    const QByteArray event = R"({"event":"A"})";
    const QByteArray front = "{\"batch\":[";
    store::EventDetail detail = trackEvent(event);
    detail.requestBody = front + event + "],\n\"context\":{\n \"a\": \"b\\n\"\r\n}}";
    detail.begin = static_cast<std::uint32_t>(front.size());
    detail.end = detail.begin + static_cast<std::uint32_t>(event.size());
    const QByteArray line = api::eventLine(detail, words);
    QVERIFY(!line.contains('\n') && !line.contains('\r'));
    COMPARE_JSON(parsed(line).at("envelope").at("context").at("a"), "b\n");
}

void TstEventLine::envelopeThatIsNoStrictJson()
{
    const QByteArray event = R"({"event":"A"})";
    const QByteArray front = "{\"batch\":[";
    store::EventDetail detail = trackEvent(event);
    detail.requestBody = front + event + "],\"context\":{\"a\":NaN}}";
    detail.begin = static_cast<std::uint32_t>(front.size());
    detail.end = detail.begin + static_cast<std::uint32_t>(event.size());
    const nlohmann::json line = parsed(api::eventLine(detail, words));
    QVERIFY(line.is_object());
    QVERIFY(!line.contains("envelope"));
    COMPARE_JSON(line.at("envelopeText"), "{\"context\":{\"a\":NaN}}");
}

void TstEventLine::namesAreQuoted()
{
    store::EventDetail detail = trackEvent("{}");
    detail.event.name = u"Say \"hi\"\n\u00e9 \U0001F4E6"_s;
    detail.userId = u"\\"_s;
    const QByteArray line = api::eventLine(detail, words);
    QCOMPARE(QString::fromStdString(parsed(line).at("event").get<std::string>()), detail.event.name);
    COMPARE_JSON(parsed(line).at("userId"), "\\");
}

void TstEventLine::timesBeforeTheEpoch()
{
    store::EventDetail detail = trackEvent("{}");
    detail.event.summary.receivedUs = -1;
    COMPARE_JSON(parsed(api::eventLine(detail, words)).at("receivedAt"), "1969-12-31T23:59:59.999999Z");
    detail.event.summary.receivedUs = -1'000'000;
    COMPARE_JSON(parsed(api::eventLine(detail, words)).at("receivedAt"), "1969-12-31T23:59:59.000000Z");
}

QTEST_GUILESS_MAIN(TstEventLine)
#include "tst_eventline.moc"
