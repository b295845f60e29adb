// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/decode.h"
#include "segment/replies.h"

#include <QCryptographicHash>
#include <QtTest>

#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;
using event::CallType;
using event::RuleId;
using segment::RouteKind;

namespace {

const QString recordings = QStringLiteral(TRACKSIDE_TEST_DATA "/segment/recordings");

nlohmann::ordered_json readRecording(const QString &name)
{
    QFile file(recordings + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? nlohmann::ordered_json::parse(file.readAll().toStdString())
                                          : nlohmann::ordered_json();
}

event::CapturedRequest captured(const nlohmann::ordered_json &exchange)
{
    const nlohmann::ordered_json &request = exchange["request"];
    event::CapturedRequest captured;
    captured.receivedUs = 1'795'483'045'000'000;
    captured.peer = "127.0.0.1:1";
    captured.request.method = QByteArray::fromStdString(request["method"].get<std::string>());
    captured.request.target = QByteArray::fromStdString(request["target"].get<std::string>());
    for (const auto &header : request["headers"]) {
        captured.request.headers.push_back({QByteArray::fromStdString(header[0].get<std::string>()),
                                            QByteArray::fromStdString(header[1].get<std::string>())});
    }
    captured.request.body = QByteArray::fromStdString(request.value("body", std::string()));
    return captured;
}

QByteArray hashOf(const char *writeKey)
{
    return QCryptographicHash::hash(writeKey, QCryptographicHash::Sha256).toHex().first(16);
}

} // namespace

/// What real SDKs sent, as recorded, through route and decode.
class TstRecordings : public QObject
{
    Q_OBJECT

private slots:
    void everyEventIsFound_data();
    void everyEventIsFound();
    void theTableNamesEveryRecording();
    void pixelsOfAllEncodingsAreEqual();
    void otherExchangesRoute();
};

void TstRecordings::everyEventIsFound_data()
{
    QTest::addColumn<int>("events");
    QTest::addColumn<QByteArray>("writeKey");
    QTest::addColumn<QString>("library");
    const char *web = "FAKE_WRITE_KEY_web_00000000000";
    const char *node = "FAKE_WRITE_KEY_node_0000000000";
    const char *python = "FAKE_WRITE_KEY_python_00000000";
    const auto row = [](const char *name, int events, const char *key, const QString &library) {
        QTest::newRow(name) << events << QByteArray(key) << library;
    };
    row("analytics-next-1.81.2.batching-tls", 6, web, u"analytics.js 1.81.2"_s);
    row("analytics-next-1.81.2.retry", 1, web, u"analytics.js 1.81.2"_s);
    row("analytics-next-1.81.2.standard", 6, web, u"analytics.js 1.81.2"_s);
    row("analytics-next-1.84.3.400", 1, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.batching-retry", 5, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.batching", 6, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.cors-none", 0, web, {});
    row("analytics-next-1.84.3.cors-wildcard-headers", 1, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.firefox-standard", 6, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.firefox-wildcard", 1, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.https-page-http-api", 1, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.metrics", 1, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.mitm-default-hosts-h2", 6, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.retry-429-500", 3, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.retry-429-exposed", 2, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.settings-redirect", 1, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.snippet-http", 2, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.snippet-https", 2, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.standard-h2", 6, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.standard", 6, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.unload-batching", 2, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.unload-keepalive", 2, web, u"analytics.js 1.84.3"_s);
    row("analytics-next-1.84.3.unload-standard", 2, web, u"analytics.js 1.84.3"_s);
    row("analytics-node-1.3.0", 7, node, u"analytics-node 1.3.0"_s);
    row("analytics-node-2.3.0", 7, node, u"analytics-node 2.3.0"_s);
    row("analytics-node-2.3.0.retry", 4, node, u"analytics-node 2.3.0"_s);
    row("analytics-node-3.1.0.204", 1, node, u"analytics-node 3.1.0"_s);
    row("analytics-node-3.1.0.400", 1, node, u"analytics-node 3.1.0"_s);
    row("analytics-node-3.1.0.413", 1, node, u"analytics-node 3.1.0"_s);
    row("analytics-node-3.1.0.burst", 33, node, u"analytics-node 3.1.0"_s);
    row("analytics-node-3.1.0", 7, node, u"analytics-node 3.1.0"_s);
    row("analytics-node-3.1.0.oauth", 1, node, u"analytics-node 3.1.0"_s);
    row("analytics-node-3.1.0.retry-429", 3, node, u"analytics-node 3.1.0"_s);
    row("analytics-node-3.1.0.retry-5xx", 4, node, u"analytics-node 3.1.0"_s);
    row("analytics-node-6.2.0", 7, node, u"analytics-node 6.2.0"_s);
    row("analytics-node-6.2.0.retry", 3, node, u"analytics-node 6.2.0"_s);
    row("analytics-php-3.8.2.lib_curl", 7, "FAKE_WRITE_KEY_php_00000000000", u"analytics-php 3.8.2"_s);
    row("analytics-python-2.3.4.204", 4, python, u"analytics-python 2.3.4"_s);
    row("analytics-python-2.3.4.400-without-code", 4, python, u"analytics-python 2.3.4"_s);
    row("analytics-python-2.3.4", 7, python, u"analytics-python 2.3.4"_s);
    row("analytics-python-2.3.4.retry", 3, python, u"analytics-python 2.3.4"_s);
    row("http-api-curl-7.88.1", 6, "FAKE_WRITE_KEY_curl_0000000000", u"curl 7.88.1"_s);
    row("proxy-first-bytes", 0, node, {});
}

void TstRecordings::everyEventIsFound()
{
    QFETCH(int, events);
    QFETCH(QByteArray, writeKey);
    QFETCH(QString, library);
    const nlohmann::ordered_json recording =
        readRecording(QString::fromLatin1(QTest::currentDataTag()) + u".json"_s);
    QVERIFY(!recording.is_null());
    json::Parser parser;
    int found = 0;
    for (const auto &exchange : recording.value("exchanges", nlohmann::ordered_json::array())) {
        const event::CapturedRequest request = captured(exchange);
        const segment::Route route = segment::route(request.request.method, request.request.target);
        if (route.kind != RouteKind::Ingest) {
            continue;
        }
        const segment::Decoded decoded = segment::decode(request, parser, {});
        const QByteArray body = request.request.body;
        QCOMPARE(decoded.request.rejectCode, QByteArray());
        QCOMPARE(decoded.request.reply.status, 200);
        QCOMPARE(decoded.request.reply.body, "{\"success\":true}"_ba);
        QCOMPARE(decoded.request.body, body);

        // NaN is what nlohmann does not read: there the events only have to follow one another.
        const auto whole = nlohmann::ordered_json::parse(body.toStdString(), nullptr, false);
        if (!whole.is_discarded()) {
            const bool isCompact = whole.dump() == body.toStdString();
            const auto sent =
                whole.contains("batch") ? whole["batch"] : nlohmann::ordered_json::array({whole});
            QCOMPARE(decoded.events.size(), sent.size());
            for (std::size_t i = 0; i < sent.size(); ++i) {
                const event::EventDraft &draft = decoded.events[i].draft;
                const std::string bytes = body.mid(draft.begin, draft.end - draft.begin).toStdString();
                QCOMPARE(nlohmann::ordered_json::parse(bytes), sent[i]);
                if (isCompact) {
                    QCOMPARE(bytes, sent[i].dump());
                }
                if (sent[i].contains("type")) {
                    QCOMPARE(event::word(draft.type), sent[i]["type"].get<std::string>());
                }
                if (draft.type == CallType::Track) {
                    QCOMPARE(draft.name.toStdString(), sent[i]["event"].get<std::string>());
                }
            }
        }
        std::uint32_t last = 0;
        for (const segment::DecodedEvent &one : decoded.events) {
            const event::EventDraft &draft = one.draft;
            QVERIFY(draft.begin >= last);
            QCOMPARE(body.at(draft.begin), '{');
            QCOMPARE(body.at(draft.end - 1), '}');
            last = draft.end;
            QVERIFY(draft.type != CallType::None);
            QCOMPARE(draft.source.keyHash, hashOf(writeKey.constData()));
            QCOMPARE(draft.source.library, library);
            QVERIFY(!draft.source.suggestedName.contains(QString::fromLatin1(writeKey)));
            QVERIFY(one.merged.isObject());
            for (const event::Finding &finding : draft.findings) {
                // Real SDKs break no rule of identity, keys or form; clocks and numbers are another matter,
                // and so are retries, backdated events and what people write by hand.
                const bool isByHand = QString::fromLatin1(QTest::currentDataTag()).contains(u"curl-7"_s);
                const bool isRetried = request.request.header("X-Retry-Count").toInt() > 0;
                QVERIFY2(finding.rule == RuleId::ProtocolClockSkew ||
                             (finding.rule == RuleId::ProtocolRetry && isRetried) ||
                             (finding.rule == RuleId::ProtocolNoMessageId && isByHand) ||
                             (finding.rule == RuleId::ProtocolLate &&
                              one.merged.find("timestamp").text().starts_with("2024-03-01")) ||
                             finding.rule == RuleId::ProtocolNotJson ||
                             finding.rule == RuleId::ProtocolBigInteger ||
                             finding.rule == RuleId::ProtocolLoneSurrogate ||
                             finding.rule == RuleId::ProtocolEmptyArray ||
                             finding.rule == RuleId::ProtocolEventTooLarge,
                         std::string(event::word(finding.rule)).c_str());
            }
        }
        found += static_cast<int>(decoded.events.size());
    }
    QCOMPARE(found, events);
}

void TstRecordings::theTableNamesEveryRecording()
{
    QCOMPARE(QDir(recordings).entryList({u"*.json"_s}, QDir::Files).size(), 43);
}

void TstRecordings::pixelsOfAllEncodingsAreEqual()
{
    json::Parser parser;
    int pixels = 0;
    QByteArray firstBase64;
    const nlohmann::ordered_json recording = readRecording(u"http-api-curl-7.88.1.json"_s);
    for (const auto &exchange : recording["exchanges"]) {
        const event::CapturedRequest request = captured(exchange);
        if (segment::route(request.request.method, request.request.target).kind != RouteKind::Pixel) {
            continue;
        }
        const segment::Decoded decoded = segment::decode(request, parser, {});
        QCOMPARE(decoded.request.rejectCode, QByteArray());
        QCOMPARE(http::header(decoded.request.reply.headers, "Content-Type"), "image/gif"_ba);
        QCOMPARE(decoded.events.size(), std::size_t{1});
        const event::EventDraft &draft = decoded.events.front().draft;
        QCOMPARE(draft.type, CallType::Track);
        QCOMPARE(draft.name, u"Email Opened"_s);
        QCOMPARE(draft.userId, u"user_123"_s);
        QCOMPARE(draft.source.keyHash, hashOf("FAKE_WRITE_KEY_curl_0000000000"));
        QCOMPARE(decoded.events.front().merged.find("properties").find("subject").text(),
                 "The Electric Daily");
        if (++pixels <= 3) {
            QVERIFY(firstBase64.isEmpty() || firstBase64 == decoded.request.body);
            firstBase64 = decoded.request.body;
            QCOMPARE(decoded.events.front().merged.find("properties").find("price").raw(),
                     "12345678901234567890.10");
        }
    }
    QCOMPARE(pixels, 4);
}

void TstRecordings::otherExchangesRoute()
{
    int settings = 0;
    int preflights = 0;
    int metrics = 0;
    for (const QString &name : QDir(recordings).entryList({u"*.json"_s}, QDir::Files)) {
        const nlohmann::ordered_json recording = readRecording(name);
        for (const auto &exchange : recording.value("exchanges", nlohmann::ordered_json::array())) {
            const event::CapturedRequest request = captured(exchange);
            const segment::Route route = segment::route(request.request.method, request.request.target);
            QVERIFY(route.kind != RouteKind::Unknown);
            if (route.kind == RouteKind::Settings) {
                ++settings;
                QCOMPARE(route.writeKey, u"FAKE_WRITE_KEY_web_00000000000"_s);
                // Browsers of these recordings are told to come here.
                QVERIFY(segment::settings(request.request, route.writeKey).body.contains("apiHost") ||
                        request.request.header("Host").isEmpty());
            } else if (route.kind == RouteKind::Preflight) {
                ++preflights;
                QCOMPARE(segment::preflight(request.request).status, 204);
            } else if (route.kind == RouteKind::Metrics) {
                ++metrics;
            }
        }
    }
    QCOMPARE(settings, 23);
    QVERIFY(preflights > 40);
    QCOMPARE(metrics, 2);
}

QTEST_GUILESS_MAIN(TstRecordings)
#include "tst_recordings.moc"
