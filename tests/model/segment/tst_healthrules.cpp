// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/decode.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t receivedUs = 1'795'483'045'000'000; // 2026-11-24T01:17:25Z

event::CapturedRequest post(const QByteArray &target, const QByteArray &body,
                            std::vector<http::Header> headers = {})
{
    event::CapturedRequest captured;
    captured.receivedUs = receivedUs;
    captured.request.method = "POST";
    captured.request.target = target;
    captured.request.headers = std::move(headers);
    captured.request.body = body;
    return captured;
}

/// "word pointer arg|arg" of every finding, one a line.
QByteArray textOf(const std::vector<event::Finding> &findings)
{
    QByteArray text;
    for (const event::Finding &finding : findings) {
        const std::string_view word = event::word(finding.rule);
        text += QByteArray(word.data(), static_cast<qsizetype>(word.size())) + ' ' +
                finding.at.toString().toUtf8() + ' ' + finding.args.join(u'|').toUtf8() + '\n';
    }
    return text;
}

} // namespace

class TstHealthRules final : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void readsTheEnvelope();
    void countsAttempts();
    void pixelsNeedLess();
    void limitsAreTheUsers();
    void developmentKeys_data();
    void developmentKeys();

private:
    QByteArray findingsOf(const event::CapturedRequest &captured, std::size_t index = 0)
    {
        return textOf(segment::decode(captured, m_parser, m_options).events.at(index).draft.findings);
    }

    json::Parser m_parser;
    segment::DecodeOptions m_options;
};

void TstHealthRules::finds_data()
{
    QTest::addColumn<QByteArray>("members"); ///< beside an identity, a messageId and a write key
    QTest::addColumn<QByteArray>("findings");
    const auto row = [](const char *name, const QByteArray &members, const QByteArray &findings) {
        QTest::newRow(name) << members << findings;
    };
    row("fine track", R"("type":"track","event":"E","timestamp":"2026-11-24T01:17:20Z",
        "sentAt":"2026-11-24T01:17:24Z","properties":{"revenue":1.5,"currency":"EUR","products":[]})",
        "");
    row("fine identify", R"("type":"identify","traits":{"email":"a@example.test","age":33,"createdAt":
        "2026-01-01","birthday":"1990-05-06T00:00:00Z","address":{},"company":{"name":"x"},"plan":"free"})",
        "");
    row("fine page",
        R"("type":"page","name":"Home","category":"Docs","properties":{"url":"https://x.test/"})", "");
    row("fine group", R"("type":"group","groupId":"g","traits":{"name":"x","employees":12,"plan":"pro"})",
        "");
    row("createdAt in seconds", R"("type":"identify","traits":{"createdAt":1795483045})", "");
    row("nulls", R"("type":"identify","event":null,"traits":{"email":null,"age":null})", "");
    row("unused fields sent empty", R"("type":"identify","properties":{},"event":"","traits":{})", "");

    row("identify with properties", R"("type":"identify","properties":{"email":"x"})",
        "protocol/wrong-field /properties properties|identify|traits\n");
    row("track with traits", R"("type":"track","event":"E","traits":{"a":1})",
        "protocol/wrong-field /traits traits|track|context.traits\n");
    row("track with a name", R"("type":"track","event":"E","name":"N","category":"C")",
        "protocol/wrong-field /name name|track|event\n"
        "protocol/wrong-field /category category|track|properties.category\n");
    row("page with an event", R"("type":"page","event":"E")",
        "protocol/wrong-field /event event|page|name\n");
    row("screen with a groupId", R"("type":"screen","groupId":"g")",
        "protocol/wrong-field /groupId groupId|screen|context.groupId\n");
    row("group with properties", R"("type":"group","groupId":"g","properties":{"a":1})",
        "protocol/wrong-field /properties properties|group|traits\n");
    row("track with a previousId", R"("type":"track","event":"E","previousId":"p")",
        "protocol/wrong-field /previousId previousId|track|\n");

    row("email no text", R"("type":"identify","traits":{"email":5})",
        "protocol/reserved-type /traits/email string|integer|5\n");
    row("age a text", R"("type":"identify","traits":{"age":"33"})",
        "protocol/reserved-type /traits/age number|string|33\n");
    row("address a text", R"("type":"identify","traits":{"address":"Lane 1"})",
        "protocol/reserved-type /traits/address object|string|Lane 1\n");
    row("address PHP's empty object", R"("type":"identify","traits":{"address":[]})", "");
    row("createdAt no date", R"("type":"identify","traits":{"createdAt":"last week"})",
        "protocol/reserved-type /traits/createdAt date|string|last week\n");
    row("revenue a text", R"("type":"track","event":"E","properties":{"revenue":"9.99","value":true})",
        "protocol/reserved-type /properties/revenue number|string|9.99\n"
        "protocol/reserved-type /properties/value number|boolean|true\n");
    row("currency a sign", R"("type":"track","event":"E","properties":{"currency":"€"})",
        "protocol/reserved-type /properties/currency currency|string|\xE2\x82\xAC\n");
    row("products an object", R"("type":"track","event":"E","properties":{"products":{"a":1}})",
        "protocol/reserved-type /properties/products array|object|{\"a\":1}\n");
    row("revenue of a page is its own", R"("type":"page","properties":{"revenue":"x"})", "");
    row("context", R"("type":"page","context":{"ip":7,"page":"x","campaign":"c","locale":["de"]})",
        "protocol/reserved-type /context/ip string|integer|7\n"
        "protocol/reserved-type /context/page object|string|x\n"
        "protocol/reserved-type /context/campaign object|string|c\n"
        "protocol/reserved-type /context/locale string|array|[\"de\"]\n");

    row("timestamp without sentAt", R"("type":"page","timestamp":"2026-11-24T01:17:20Z")",
        "protocol/no-sent-at /sentAt \n");
    row("sent before it happened", R"("type":"page","timestamp":"2026-11-24T01:17:29Z",
        "sentAt":"2026-11-24T01:17:24Z")",
        "protocol/sent-before-timestamp /sentAt 5\n");
    row("sent a rounding before it happened", R"("type":"page","timestamp":"2026-11-24T01:17:24.999Z",
        "sentAt":"2026-11-24T01:17:24Z")",
        "");
    row("skewed clock, corrected", R"("type":"page","timestamp":"2026-11-24T02:17:15Z",
        "sentAt":"2026-11-24T02:17:25Z")",
        "protocol/clock-skew /sentAt 3600|2026-11-24T01:17:15.000Z\n");
    row("late by a skewed clock, corrected", R"("type":"page","timestamp":"2026-11-24T02:07:25Z",
        "sentAt":"2026-11-24T02:17:25Z")",
        "protocol/late /timestamp 600|2026-11-24T01:07:25.000Z\n"
        "protocol/clock-skew /sentAt 3600|2026-11-24T01:07:25.000Z\n");
    row("just in time", R"("type":"page","timestamp":"2026-11-24T01:12:24Z",
        "sentAt":"2026-11-24T01:17:24Z")",
        "");

    const QByteArray browser = R"("library":{"name":"analytics.js","version":"npm:next-1.84.3"})";
    row("all that a browser sends",
        R"("type":"page","context":{"page":{},"userAgent":"x","locale":"de","timezone":"UTC",)" + browser +
            '}',
        "");
    row("browser without page and timezone",
        R"("type":"page","context":{"userAgent":"x","locale":"de",)" + browser + '}',
        "protocol/context-missing /context page, timezone|analytics.js\n");
    row("classic browser", R"("type":"page","context":{"page":{},"userAgent":"x",
        "library":{"name":"analytics.js","version":"4.1.6"}})",
        "");
    row("phone without its device", R"("type":"page","context":{"app":{},"os":{},"locale":"de","timezone":"x",
        "library":{"name":"analytics-kotlin","version":"1.25.0"}})",
        "protocol/context-missing /context device|analytics-kotlin\n");
    row("Kotlin on a server", R"("type":"page","context":{"library":{"name":"analytics-kotlin"}})", "");
    row("server", R"("type":"page","context":{"library":{"name":"@segment/analytics-node"}})", "");
}

void TstHealthRules::finds()
{
    QFETCH(const QByteArray, members);
    QFETCH(const QByteArray, findings);
    const QByteArray event = '{' + members + R"(,"anonymousId":"a","messageId":"m"})";
    const QByteArray key = R"("writeKey":"FAKE_WRITE_KEY_0001")";
    QCOMPARE(findingsOf(post("/v1/batch", event.chopped(1) + ',' + key + '}')), findings);
    // In a batch, the same.
    QCOMPARE(findingsOf(post("/v1/batch", "{\"batch\":[" + event + "]," + key + '}')), findings);
}

void TstHealthRules::readsTheEnvelope()
{
    const QByteArray event = R"({"type":"page","anonymousId":"a","messageId":"m",)"
                             R"("timestamp":"2026-11-24T01:17:20Z"})";
    const QByteArray end = R"(],"writeKey":"FAKE_WRITE_KEY_0001")";
    QCOMPARE(
        findingsOf(post("/v1/b", "{\"batch\":[" + event + end + ",\"sentAt\":\"2026-11-24T01:17:25Z\"}")),
        QByteArray());
    QCOMPARE(findingsOf(post("/v1/b", "{\"batch\":[" + event + end +
                                          R"(,"sentAt":"2026-11-24T01:17:25Z",)"
                                          R"("context":{"library":{"name":"analytics-ios"}}})")),
             "protocol/context-missing /context app, device, os, locale, timezone|analytics-ios\n"_ba);
}

void TstHealthRules::countsAttempts()
{
    const QByteArray body = R"({"anonymousId":"a","messageId":"m","writeKey":"FAKE_WRITE_KEY_0001"})";
    QCOMPARE(findingsOf(post("/v1/p", body, {{"X-Retry-Count", "1"}})), "protocol/retry  2\n"_ba);
    QCOMPARE(findingsOf(post("/v1/p", body, {{"x-retry-count", "0"}})), QByteArray());
    QCOMPARE(findingsOf(post("/v1/p", body, {{"X-Retry-Count", "many"}})), QByteArray());
}

void TstHealthRules::pixelsNeedLess()
{
    event::CapturedRequest captured =
        post("/v1/pixel/track?event=E&anonymousId=a&writeKey=FAKE_WRITE_KEY_0001&properties.revenue=9.99"
             "&timestamp=2026-11-24T01:17:20Z",
             {});
    captured.request.method = "GET";
    QCOMPARE(findingsOf(captured), QByteArray());
}

void TstHealthRules::limitsAreTheUsers()
{
    segment::HealthOptions limits;
    limits.maxEventBytes = 150;
    limits.maxBatchEvents = 1;
    limits.maxMessageIdCharacters = 5;
    limits.clockSkewSeconds = 3;
    limits.lateSeconds = 2;
    m_options.health = std::make_shared<const segment::HealthOptions>(limits);
    const QByteArray event = R"({"type":"page","anonymousId":"a","messageId":"123456",)"
                             R"("timestamp":"2026-11-24T01:17:17Z","sentAt":"2026-11-24T01:17:20Z"})";
    QCOMPARE(findingsOf(post("/v1/b", "{\"batch\":[" + event + ',' + event +
                                          R"(],"writeKey":"FAKE_WRITE_KEY_0001"})")),
             "protocol/batch-too-many  2\n"
             "protocol/message-id-long /messageId 6\n"
             "protocol/late /timestamp 3|2026-11-24T01:17:22.000Z\n"
             "protocol/clock-skew /sentAt 5|2026-11-24T01:17:22.000Z\n"_ba);
    const QByteArray large = event.chopped(1) + R"(,"properties":{"text":")" + QByteArray(60, 'x') + "\"}}";
    QVERIFY(findingsOf(post("/v1/b", large)).startsWith("protocol/event-too-large  "));
    m_options.health = nullptr;
    QVERIFY(!findingsOf(post("/v1/b", large)).contains("too-large"));
}

void TstHealthRules::developmentKeys_data()
{
    QTest::addColumn<QByteArray>("context");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArray>("found");
    const QByteArray word = "protocol/development-key /writeKey …0001|";
    QTest::newRow("app") << R"({"app":{"name":"Shop"}})"_ba << QByteArray() << word + "Shop\n";
    QTest::newRow("namespace") << R"({"app":{"name":"x","namespace":"com.example.shop"}})"_ba << QByteArray()
                               << word + "com.example.shop\n";
    QTest::newRow("page") << R"({"page":{"url":"https://www.example.com:8443/cart"}})"_ba << QByteArray()
                          << word + "www.example.com:8443\n";
    QTest::newRow("origin") << "{}"_ba
                            << "https://www.example.com"_ba << word + "www.example.com\n";
    QTest::newRow("development") << R"({"app":{"name":"Shop dev"}})"_ba
                                 << "http://localhost:3000"_ba << QByteArray();
}

void TstHealthRules::developmentKeys()
{
    QFETCH(const QByteArray, context);
    QFETCH(const QByteArray, origin);
    QFETCH(const QByteArray, found);
    segment::HealthOptions limits;
    limits.developmentKeys = {u"0000000000000000"_s};
    limits.productionApps = {u"shop"_s, u"*.example.shop"_s, u"*.example.com"_s};
    const auto findings = [&] {
        m_options.health = std::make_shared<const segment::HealthOptions>(limits);
        const QByteArray body =
            R"({"anonymousId":"a","messageId":"m","writeKey":"FAKE_WRITE_KEY_0001","context":)" + context +
            '}';
        return findingsOf(post("/v1/p", body, {{"Origin", origin}}));
    };
    QCOMPARE(findings(), QByteArray());
    const segment::Decoded decoded = segment::decode(post("/v1/p", R"({"writeKey":"FAKE_WRITE_KEY_0001"})"),
                                                     m_parser, segment::DecodeOptions());
    limits.developmentKeys += QString::fromLatin1(decoded.events.front().draft.source.keyHash);
    QCOMPARE(findings(), found);
}

QTEST_GUILESS_MAIN(TstHealthRules)
#include "tst_healthrules.moc"
