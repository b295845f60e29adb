// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "deliver/destination.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;
using deliver::DestinationConfig;
using deliver::Outcome;
using deliver::Outgoing;
using nlohmann::ordered_json;

namespace {

DestinationConfig config()
{
    DestinationConfig config;
    config.name = u"Staging"_s;
    config.baseUrl = QUrl(u"https://api.segment.io"_s);
    config.writeKey = u"TARGET_KEY"_s;
    return config;
}

std::unique_ptr<deliver::Destination> destination(const QString &baseUrl = u"https://api.segment.io"_s)
{
    DestinationConfig own = config();
    own.baseUrl = QUrl(baseUrl);
    return std::move(*deliver::makeDestination(own));
}

QByteArray basic(const char *user)
{
    return "Basic " + QByteArray(user).toBase64();
}

QByteArray headWith(const QByteArray &headers)
{
    return "POST /v1/batch HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n" + headers + "\r\n";
}

Outgoing forwarded(const QByteArray &target, const QByteArray &headers, const QByteArray &body,
                   const QByteArray &wireBody = {}, http::Coding coding = http::Coding::Identity)
{
    const auto outgoing = destination()->forward("POST", target, headWith(headers),
                                                 wireBody.isNull() ? body : wireBody, body, coding);
    return outgoing ? *outgoing : Outgoing{};
}

deliver::ReplayItem item(const QByteArray &body, const QByteArray &envelope = {},
                         event::CallType type = event::CallType::Track)
{
    deliver::ReplayItem item;
    item.body = body;
    item.envelope = envelope;
    item.receivedUs = 1'795'483'045'000'000; // 2026-11-24T01:17:25Z
    item.type = type;
    item.newMessageId = u"new-id"_s;
    return item;
}

constexpr std::int64_t nowUs = 1'795'483'045'000'000 + 3'600'000'000;

ordered_json replayed(const deliver::ReplayItem &one)
{
    const auto requests = destination()->replay({one}, nowUs);
    return requests ? ordered_json::parse(requests->front().body.toStdString()) : ordered_json();
}

} // namespace

class TstDestination : public QObject
{
    Q_OBJECT

private slots:
    void validates_data();
    void validates();
    void readsFiles_data();
    void readsFiles();
    void swapsKeysWhereTheyWere_data();
    void swapsKeysWhereTheyWere();
    void keepsCodedBodies();
    void dropsHeadersOfTheConnection();
    void addressesPaths_data();
    void addressesPaths();
    void forwardsPixels();
    void refusesWhatHasNoPath();
    void rebuilds_data();
    void rebuilds();
    void splitsReplays();
    void classifies_data();
    void classifies();
};

void TstDestination::validates_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("baseUrl");
    QTest::addColumn<QString>("writeKey");
    QTest::addColumn<QString>("named"); ///< what the error names; empty: valid
    QTest::newRow("valid") << u"a"_s << u"segment"_s << u"https://api.segment.io"_s << u"key"_s << QString();
    QTest::newRow("http and a path") << u"a"_s << u"segment"_s << u"http://127.0.0.1:9000/x/v1"_s << u"key"_s
                                     << QString();
    QTest::newRow("no name") << u" "_s << u"segment"_s << u"https://api.segment.io"_s << u"key"_s
                             << u"name"_s;
    QTest::newRow("other kind") << u"a"_s << u"amplitude"_s << u"https://api.segment.io"_s << u"key"_s
                                << u"kind"_s;
    QTest::newRow("no address") << u"a"_s << u"segment"_s << QString() << u"key"_s << u"baseUrl"_s;
    QTest::newRow("no scheme") << u"a"_s << u"segment"_s << u"api.segment.io"_s << u"key"_s << u"baseUrl"_s;
    QTest::newRow("file") << u"a"_s << u"segment"_s << u"file:///etc/passwd"_s << u"key"_s << u"baseUrl"_s;
    QTest::newRow("query") << u"a"_s << u"segment"_s << u"https://x.example/?a=1"_s << u"key"_s
                           << u"baseUrl"_s;
    QTest::newRow("user") << u"a"_s << u"segment"_s << u"https://u:p@x.example"_s << u"key"_s << u"baseUrl"_s;
    QTest::newRow("no key") << u"a"_s << u"segment"_s << u"https://api.segment.io"_s << QString()
                            << u"writeKey"_s;
    QTest::newRow("line break in the key")
        << u"a"_s << u"segment"_s << u"https://api.segment.io"_s << u"a\nb"_s << u"writeKey"_s;
    QTest::newRow("colon in the key")
        << u"a"_s << u"segment"_s << u"https://api.segment.io"_s << u"a:b"_s << u"writeKey"_s;
}

void TstDestination::validates()
{
    QFETCH(QString, name);
    QFETCH(QString, kind);
    QFETCH(QString, baseUrl);
    QFETCH(QString, writeKey);
    QFETCH(QString, named);
    const DestinationConfig own{name, kind, QUrl(baseUrl), writeKey, false};
    const auto valid = own.validate();
    QCOMPARE(valid.has_value(), named.isEmpty());
    QCOMPARE(deliver::makeDestination(own).has_value(), named.isEmpty());
    if (!valid) {
        QVERIFY(valid.error().oneLine().contains(named));
        QVERIFY(writeKey.isEmpty() || !valid.error().oneLine().contains(writeKey));
    }
}

void TstDestination::readsFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("named");
    QTest::newRow("whole")
        << R"({"kind":"segment","name":"EU","baseUrl":"https://events.eu1.segmentapis.com","writeKey":"k"})"_ba
        << QString();
    QTest::newRow("kind may be left out")
        << R"({"name":"EU","baseUrl":"https://events.eu1.segmentapis.com","writeKey":"k"})"_ba << QString();
    QTest::newRow("no key") << R"({"name":"EU","baseUrl":"https://x.example"})"_ba
                            << u"\"writeKey\" is missing"_s;
    QTest::newRow("number") << R"({"name":5,"baseUrl":"https://x.example","writeKey":"k"})"_ba
                            << u"\"name\" must be text"_s;
    QTest::newRow("unknown key") << R"({"name":"a","baseUrl":"https://x.example","writekey":"k"})"_ba
                                 << u"\"writekey\" is not known"_s;
    QTest::newRow("array") << "[]"_ba << u"no object"_s;
    QTest::newRow("no JSON") << "name: EU"_ba << u"not valid JSON"_s;
    QTest::newRow("bad address") << R"({"name":"a","baseUrl":"x.example","writeKey":"k"})"_ba << u"baseUrl"_s;
}

void TstDestination::readsFiles()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, named);
    QTemporaryDir directory;
    const QString path = directory.filePath(u"destination.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    const auto read = DestinationConfig::fromFile(path);
    QCOMPARE(read.has_value(), named.isEmpty());
    if (read) {
        QCOMPARE(read->name, u"EU"_s);
        QCOMPARE(read->writeKey, u"k"_s);
        QCOMPARE(read->baseUrl.host(), u"events.eu1.segmentapis.com"_s);
        QVERIFY(!read->isLive);
    } else {
        QVERIFY2(read.error().oneLine().contains(named), qPrintable(read.error().oneLine()));
    }
    const auto missing = DestinationConfig::fromFile(directory.filePath(u"nothing.json"_s));
    QCOMPARE(missing.error().code, base::ErrorCode::NotFound);
}

void TstDestination::swapsKeysWhereTheyWere_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("sentAuthorization"); ///< null: none
    QTest::addColumn<QByteArray>("sentBody");
    const QByteArray plain = "{ \"batch\" : [ {\"type\":\"page\", \"n\":1.50} ] }";
    QTest::newRow("header only") << basic("SOURCE:") << plain << basic("TARGET_KEY:") << plain;
    QTest::newRow("body only")
        << QByteArray() << R"({"batch":[{"a":NaN}],"writeKey" : "SOURCE","z":18446744073709551616})"_ba
        << QByteArray() << R"({"batch":[{"a":NaN}],"writeKey" : "TARGET_KEY","z":18446744073709551616})"_ba;
    QTest::newRow("header, envelope and each event")
        << basic("SOURCE")
        << R"({"writeKey":"A","batch":[{"writeKey":"B","x":{"writeKey":"stays"}},{"type":"page"},{"writeKey":"C"}]})"_ba
        << basic("TARGET_KEY:")
        << R"({"writeKey":"TARGET_KEY","batch":[{"writeKey":"TARGET_KEY","x":{"writeKey":"stays"}},{"type":"page"},{"writeKey":"TARGET_KEY"}]})"_ba;
    QTest::newRow("single event")
        << QByteArray() << R"({"event":"E","writeKey":"A","properties":{"writeKey":"stays"}})"_ba
        << QByteArray() << R"({"event":"E","writeKey":"TARGET_KEY","properties":{"writeKey":"stays"}})"_ba;
    QTest::newRow("nowhere: a header is added") << QByteArray() << plain << basic("TARGET_KEY:") << plain;
    QTest::newRow("a null is no key") << QByteArray() << R"({"batch":[],"writeKey":null})"_ba
                                      << basic("TARGET_KEY:") << R"({"batch":[],"writeKey":null})"_ba;
    QTest::newRow("bearer token does not leave")
        << "Bearer SECRET_TOKEN"_ba
        << R"({"batch":[],"writeKey":"A"})"_ba << basic("TARGET_KEY:")
        << R"({"batch":[],"writeKey":"TARGET_KEY"})"_ba;
    QTest::newRow("same key") << QByteArray() << R"({"batch":[],"writeKey":"TARGET_KEY"})"_ba << QByteArray()
                              << R"({"batch":[],"writeKey":"TARGET_KEY"})"_ba;
}

void TstDestination::swapsKeysWhereTheyWere()
{
    QFETCH(QByteArray, authorization);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, sentAuthorization);
    QFETCH(QByteArray, sentBody);
    const QByteArray headers =
        authorization.isEmpty() ? QByteArray() : "authorization: " + authorization + "\r\n";
    const Outgoing outgoing = forwarded("/v1/batch", headers, body);
    QCOMPARE(outgoing.method, "POST"_ba);
    QCOMPARE(outgoing.url, QUrl(u"https://api.segment.io/v1/batch"_s));
    QCOMPARE(outgoing.body, sentBody);
    QCOMPARE(http::header(outgoing.headers, "Authorization"), sentAuthorization);
    for (const http::Header &header : outgoing.headers) {
        QVERIFY(!header.value.contains("SECRET_TOKEN"));
    }
}

void TstDestination::keepsCodedBodies()
{
    const QByteArray wire("\x1f\x8b\x08 pretend", 11);
    const QByteArray gzipHeader = "Content-Encoding: gzip\r\nContent-Type: text/plain\r\n";
    const Outgoing untouched = forwarded("/v1/b", gzipHeader, "{\"batch\":[]}", wire, http::Coding::Gzip);
    QCOMPARE(untouched.body, wire);
    QCOMPARE(http::header(untouched.headers, "Content-Encoding"), "gzip"_ba);
    QCOMPARE(http::header(untouched.headers, "Content-Type"), "text/plain"_ba);
    // By its magic bytes only: the receiver is told.
    QCOMPARE(http::header(forwarded("/v1/b", {}, "{\"batch\":[]}", wire, http::Coding::Gzip).headers,
                          "Content-Encoding"),
             "gzip"_ba);
    // With a key to swap it goes as text.
    const Outgoing swapped =
        forwarded("/v1/b", gzipHeader, "{\"batch\":[],\"writeKey\":\"A\"}", wire, http::Coding::Gzip);
    QCOMPARE(swapped.body, "{\"batch\":[],\"writeKey\":\"TARGET_KEY\"}"_ba);
    QVERIFY(http::header(swapped.headers, "Content-Encoding").isNull());
    // A header over plain bytes would be a lie to pass on.
    QVERIFY(
        http::header(forwarded("/v1/b", gzipHeader, "{\"batch\":[]}").headers, "Content-Encoding").isNull());
}

void TstDestination::dropsHeadersOfTheConnection()
{
    const Outgoing outgoing = forwarded(
        "/v1/t",
        "User-Agent: analytics-node-next/latest\r\nContent-Length: 2\r\nOrigin: http://x\r\nCookie: a=b\r\n"
        "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nTransfer-Encoding: chunked\r\n"
        "Expect: 100-continue\r\nUpgrade: h2c\r\nProxy-Authorization: Basic x\r\nX-Retry-Count: 2\r\n"
        "X-Folded: a\r\n b\r\nAccept-Encoding: gzip\r\n",
        "{}");
    QByteArray names;
    for (const http::Header &header : outgoing.headers) {
        names += header.name.toLower() + ' ';
    }
    QCOMPARE(names, "user-agent x-retry-count x-folded content-type authorization "_ba);
    QCOMPARE(http::header(outgoing.headers, "X-Folded"), "a b"_ba);
    QCOMPARE(http::header(outgoing.headers, "Content-Type"), "application/json"_ba);
}

void TstDestination::addressesPaths_data()
{
    QTest::addColumn<QString>("baseUrl");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("url");
    const QString segment = u"https://api.segment.io"_s;
    QTest::newRow("plain") << segment << "/v1/t"_ba
                           << "{}"_ba << u"https://api.segment.io/v1/t"_s;
    QTest::newRow("slash behind") << u"https://api.segment.io/"_s << "/v1/import/"_ba
                                  << "{}"_ba << u"https://api.segment.io/v1/import/"_s;
    QTest::newRow("base with v1") << u"https://events.eu1.segmentapis.com/v1"_s << "/v1/b"_ba
                                  << "{}"_ba << u"https://events.eu1.segmentapis.com/v1/b"_s;
    QTest::newRow("base with a path") << u"http://127.0.0.1:9000/in"_s << "/v1/b?x=1"_ba
                                      << "{}"_ba << u"http://127.0.0.1:9000/in/v1/b?x=1"_s;
    QTest::newRow("app's own prefix") << segment << "/proxy/v1/p"_ba
                                      << "{}"_ba << u"https://api.segment.io/v1/p"_s;
    QTest::newRow("absolute form") << segment << "https://cdn.example/v1/batch"_ba
                                   << "{}"_ba << u"https://api.segment.io/v1/batch"_s;
    QTest::newRow("own path, batch") << segment << "/custom"_ba
                                     << R"({"batch":[]})"_ba << u"https://api.segment.io/v1/batch"_s;
    QTest::newRow("own path, event") << segment << "/"_ba
                                     << R"({"type":"screen"})"_ba << u"https://api.segment.io/v1/screen"_s;
}

void TstDestination::addressesPaths()
{
    QFETCH(QString, baseUrl);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    QFETCH(QString, url);
    const auto outgoing =
        destination(baseUrl)->forward("POST", target, headWith({}), body, body, http::Coding::Identity);
    QVERIFY(outgoing.has_value());
    QCOMPARE(outgoing->url.toString(), url);
}

void TstDestination::forwardsPixels()
{
    const QByteArray event = R"({"event":"E","writeKey":"SOURCE"})";
    const auto pixel = [&](const QByteArray &query, const QByteArray &body) {
        const auto outgoing =
            destination()->forward("GET", "/v1/pixel/track?" + query, headWith("User-Agent: mail\r\n"), {},
                                   body, http::Coding::Identity);
        return outgoing.value();
    };
    const Outgoing parameters =
        pixel("event=A%20b&writeKey=SOURCE&x=%2B", R"({"event":"A b","writeKey":"SOURCE"})");
    QCOMPARE(parameters.method, "GET"_ba);
    QVERIFY(parameters.body.isEmpty());
    QCOMPARE(parameters.url.toEncoded(),
             "https://api.segment.io/v1/pixel/track?event=A%20b&writeKey=TARGET_KEY&x=%2B"_ba);
    QVERIFY(http::header(parameters.headers, "Authorization").isNull());
    const Outgoing data = pixel("data=" + event.toBase64(), event);
    const QByteArray query = data.url.query(QUrl::FullyEncoded).toLatin1();
    QVERIFY(query.startsWith("data="));
    QCOMPARE(QByteArray::fromBase64(query.sliced(5), QByteArray::Base64UrlEncoding),
             R"({"event":"E","writeKey":"TARGET_KEY"})"_ba);
}

void TstDestination::refusesWhatHasNoPath()
{
    const auto outgoing = destination()->forward("POST", "/custom", headWith({}), "{\"a\":1}", "{\"a\":1}",
                                                 http::Coding::Identity);
    QVERIFY(!outgoing.has_value());
    QVERIFY(outgoing.error().what.contains(u"/custom"_s));
}

void TstDestination::rebuilds_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QByteArray>("envelope");
    QTest::addColumn<QByteArray>("rebuilt");
    const QByteArray front = R"({"type":"track","messageId":"new-id","timestamp":)";
    QTest::newRow("times corrected by the sender's clock")
        << R"({"type":"track","event":"E","messageId":"old","timestamp":"2026-11-24T03:00:00.000Z","sentAt":"2026-11-24T03:00:05.000Z"})"_ba
        << QByteArray()
        << front +
               R"("2026-11-24T01:17:20.000Z","event":"E","context":{"replay":{"originalMessageId":"old"}}})";
    QTest::newRow("sentAt of the envelope")
        << R"({"event":"E","timestamp":"2026-11-24T02:00:00+01:00"})"_ba
        << R"({"sentAt":"2026-11-24T01:00:10Z"})"_ba << front + R"("2026-11-24T01:17:15.000Z","event":"E"})";
    QTest::newRow("no sentAt") << R"({"event":"E","timestamp":"2026-11-20T10:00:00Z"})"_ba << QByteArray()
                               << front + R"("2026-11-20T10:00:00.000Z","event":"E"})";
    QTest::newRow("no time at all") << R"({"event":"E"})"_ba << QByteArray()
                                    << front + R"("2026-11-24T01:17:25.000Z","event":"E"})";
    QTest::newRow("unreadable time") << R"({"event":"E","timestamp":"soon"})"_ba << QByteArray()
                                     << front + R"("2026-11-24T01:17:25.000Z","event":"E"})";
    QTest::newRow("transport fields leave")
        << R"({"event":"E","writeKey":"SOURCE","originalTimestamp":"x","receivedAt":"x","projectId":"x","version":2,"_metadata":{},"integrations":{"All":false}})"_ba
        << QByteArray() << front + R"("2026-11-24T01:17:25.000Z","event":"E","integrations":{"All":false}})";
    QTest::newRow("envelope merged, key hidden")
        << R"({"event":"E","messageId":"o","context":{"ip":"1","consent":{"a":true}}})"_ba
        << R"({"context":{"library":{"name":"analytics-go"}},"integrations":{"B":true},"writeKey":"…0001"})"_ba
        << front +
               R"("2026-11-24T01:17:25.000Z","event":"E","integrations":{"B":true},"context":{"ip":"1","consent":{"a":true},"library":{"name":"analytics-go"},"replay":{"originalMessageId":"o"}}})";
    QTest::newRow("replay of a replay")
        << R"({"event":"E","messageId":"second","context":{"replay":{"originalMessageId":"first"},"a":1}})"_ba
        << QByteArray()
        << front +
               R"("2026-11-24T01:17:25.000Z","event":"E","context":{"a":1,"replay":{"originalMessageId":"second"}}})";
    QTest::newRow("digits and order stay")
        << R"({"z":1.50,"event":"E","a":18446744073709551616})"_ba << QByteArray()
        << front + R"("2026-11-24T01:17:25.000Z","z":1.50,"event":"E","a":18446744073709551616})";
    QTest::newRow("NaN becomes null")
        << R"({"event":"E","properties":{"a":NaN,"b":[-Infinity,Infinity]}})"_ba << QByteArray()
        << front + R"("2026-11-24T01:17:25.000Z","event":"E","properties":{"a":null,"b":[null,null]}})";
    QTest::newRow("context of another type stays")
        << R"({"event":"E","messageId":"o","context":"x"})"_ba << QByteArray()
        << front + R"("2026-11-24T01:17:25.000Z","event":"E","context":"x"})";
}

void TstDestination::rebuilds()
{
    QFETCH(QByteArray, event);
    QFETCH(QByteArray, envelope);
    QFETCH(QByteArray, rebuilt);
    const auto requests = destination()->replay({item(event, envelope)}, nowUs);
    QVERIFY(requests.has_value());
    QCOMPARE(requests->size(), std::size_t{1});
    const Outgoing &outgoing = requests->front();
    QCOMPARE(outgoing.body, "{\"batch\":[" + rebuilt + "],\"sentAt\":\"2026-11-24T02:17:25.000Z\"}");
    QCOMPARE(outgoing.url, QUrl(u"https://api.segment.io/v1/batch"_s));
    QCOMPARE(http::header(outgoing.headers, "Authorization"), basic("TARGET_KEY:"));
    QCOMPARE(http::header(outgoing.headers, "Content-Type"), "application/json"_ba);
    QVERIFY(ordered_json::accept(outgoing.body.toStdString()) || event.contains("18446744073709551616"));
}

void TstDestination::splitsReplays()
{
    const auto replay = [](const std::vector<deliver::ReplayItem> &items) {
        return destination()->replay(items, nowUs).value_or(std::vector<Outgoing>{});
    };
    const auto countOf = [](const Outgoing &outgoing) {
        return ordered_json::parse(outgoing.body.toStdString())["batch"].size();
    };
    const deliver::ReplayItem small = item(R"({"event":"E","userId":"u"})");
    const auto many = replay(std::vector(2501, small));
    QCOMPARE(many.size(), std::size_t{2});
    QCOMPARE(countOf(many[0]), std::size_t{2500});
    QCOMPARE(countOf(many[1]), std::size_t{1});

    const deliver::ReplayItem medium = item("{\"event\":\"" + QByteArray(30'000, 'e') + "\"}");
    const auto heavy = replay(std::vector(20, medium));
    QCOMPARE(heavy.size(), std::size_t{2});
    for (const Outgoing &outgoing : heavy) {
        QVERIFY(outgoing.body.size() <= 500 * 1024);
    }
    QCOMPARE(countOf(heavy[0]) + countOf(heavy[1]), std::size_t{20});

    const deliver::ReplayItem large = item("{\"event\":\"" + QByteArray(40'000, 'e') + "\"}");
    const auto alone = replay({small, large, small, small});
    QCOMPARE(alone.size(), std::size_t{3});
    QCOMPARE(countOf(alone[1]), std::size_t{1});
    QCOMPARE(countOf(alone[2]), std::size_t{2});

    QCOMPARE(countOf(replay({item("42"), small, item("{broken")}).front()), std::size_t{1});
    QVERIFY(!destination()->replay({item("42")}, nowUs).has_value());
    QCOMPARE(replayed(item(R"({"type":"order"})", {}, event::CallType::None))["batch"][0]["type"]
                 .get<std::string>(),
             "order");
}

void TstDestination::classifies_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<qlonglong>("waitMs");
    const auto row = [](int status, const char *retryAfter, Outcome outcome, qlonglong waitMs) {
        QTest::addRow("%d %s", status, retryAfter) << status << QByteArray(retryAfter) << outcome << waitMs;
    };
    row(200, "", Outcome::Delivered, -1);
    row(204, "", Outcome::Delivered, -1);
    row(301, "", Outcome::Failed, -1);
    row(400, "", Outcome::Failed, -1);
    row(401, "5", Outcome::Failed, -1);
    row(413, "", Outcome::Failed, -1);
    row(408, "", Outcome::Retry, -1);
    row(429, "", Outcome::Retry, -1);
    row(429, "3", Outcome::Retry, 3000);
    row(429, "0.5", Outcome::Retry, 500);
    row(429, "soon", Outcome::Retry, -1);
    row(429, "-5", Outcome::Retry, -1);
    row(429, "99999999", Outcome::Retry, 86'400'000);
    row(503, "Tue, 24 Nov 2026 01:18:25 GMT", Outcome::Retry, 60'000);
    row(503, "Tue, 24 Nov 2026 01:00:00 GMT", Outcome::Retry, 0);
    row(500, "", Outcome::Retry, -1);
    row(501, "", Outcome::Failed, -1);
    row(505, "", Outcome::Failed, -1);
    row(0, "", Outcome::Retry, -1);
}

void TstDestination::classifies()
{
    QFETCH(int, status);
    QFETCH(QByteArray, retryAfter);
    QFETCH(Outcome, outcome);
    QFETCH(qlonglong, waitMs);
    std::vector<http::Header> headers{{"date", "Tue, 24 Nov 2026 01:17:25 GMT"}};
    if (!retryAfter.isEmpty()) {
        headers.push_back({"retry-after", retryAfter});
    }
    const deliver::Classified verdict =
        destination()->classify(status, headers, R"({"error":"e","message":"Malformed JSON"})");
    QCOMPARE(verdict.outcome, outcome);
    QCOMPARE(verdict.retryAfterMs, waitMs);
    QCOMPARE(verdict.reason.isEmpty(), outcome == Outcome::Delivered);
    if (status == 400) {
        QCOMPARE(verdict.reason, u"400 Bad Request: Malformed JSON"_s);
    }
}

QTEST_GUILESS_MAIN(TstDestination)
#include "tst_destination.moc"
