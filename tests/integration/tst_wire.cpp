// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/cliprocess.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTcpSocket>
#include <QTest>

#include <zlib.h>

using namespace Qt::StringLiterals;
using Json = nlohmann::json;
using support::CliProcess;
using support::converse;
using support::ExportedEvent;
using support::statusOf;

/// Recordings of real SDKs replayed byte for byte, and what curl and hand-written clients send.
class TstWire : public QObject
{
    Q_OBJECT

private slots:
    void recordingsArriveWhole_data();
    void recordingsArriveWhole();
    void curlCasesAreCaptured_data();
    void curlCasesAreCaptured();
    void curlItself();
    void pixelEncodingsAreEqual();
    void metricsAreAnsweredAndNotListed();
    void importWithSlashIsCaptured();
    void settingsMakeASourceConnected();
    void bothLoopbacksAnswer();
    void preflightIsAnswered();
};

namespace {

/// The requests of a recording, a list per TCP connection, as the bytes that were sent.
struct Recording
{
    QList<QList<QByteArray>> connections;
    QList<QByteArray> events; ///< bodies of the events in it, as sent
};

QByteArray toBytes(const Json &text)
{
    return QByteArray::fromStdString(text.get<std::string>());
}

/// The events in a body, as sent: elements of "batch", or the body itself.
void addEvents(const QByteArray &body, QList<QByteArray> &events)
{
    json::Parser parser;
    const auto parsed = parser.parse(body);
    if (!parsed) {
        events.append(body); // refused, and kept
        return;
    }
    if (!(*parsed)->root().isObject() || (*parsed)->root().find("series").isArray()) {
        return;
    }
    const json::Value batch = (*parsed)->root().find("batch");
    if (!batch.isArray()) {
        events.append(body);
        return;
    }
    for (auto one = batch.firstChild(); one; one = one.next()) {
        const std::string_view raw = one.value().raw();
        events.append(QByteArray(raw.data(), static_cast<qsizetype>(raw.size())));
    }
}

Recording load(const QString &path)
{
    QFile file(path);
    Recording recording;
    if (!file.open(QIODevice::ReadOnly)) {
        return recording;
    }
    const QByteArray bytes = file.readAll();
    const Json document = Json::parse(bytes.begin(), bytes.end());
    QMap<int, QList<QByteArray>> byConnection;
    for (const Json &exchange : document["exchanges"]) {
        const Json &request = exchange["request"];
        if (request.value("httpVersion", "1.1") != "1.1") {
            continue;
        }
        QByteArray body;
        if (request.contains("bodyBase64")) {
            body = QByteArray::fromBase64(toBytes(request["bodyBase64"]));
        } else if (request.contains("body") && request["body"].is_string()) {
            body = toBytes(request["body"]);
        }
        QByteArray raw = toBytes(request["method"]) + ' ' + toBytes(request["target"]) + " HTTP/1.1\r\n";
        bool hasLength = false;
        for (const Json &header : request["headers"]) {
            const QByteArray name = toBytes(header[0]);
            if (name.toLower() == "transfer-encoding" || name.toLower() == "expect") {
                continue; // the recording holds the body without its framing
            }
            hasLength = hasLength || name.toLower() == "content-length";
            raw += name + ": " + toBytes(header[1]) + "\r\n";
        }
        if (!hasLength && !body.isEmpty()) {
            raw += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
        }
        raw += "\r\n" + body;
        byConnection[exchange.value("connection", 1)].append(raw);
        if (request["method"] == "POST" && request["target"] != "/token") {
            addEvents(request.contains("bodyDecoded") ? toBytes(request["bodyDecoded"]) : body,
                      recording.events);
        }
    }
    recording.connections = byConnection.values();
    return recording;
}

bool isClosing(const QByteArray &request)
{
    return request.toLower().contains("\r\nconnection: close");
}

/// One connection's requests, pipelined; a request that closes its connection ends a part. False when an
/// answer is missing.
bool replay(quint16 port, const QList<QByteArray> &requests, support::Pace pace)
{
    QList<QList<QByteArray>> parts;
    for (const QByteArray &request : requests) {
        if (parts.isEmpty() || isClosing(parts.last().last())) {
            parts.append(QList<QByteArray>());
        }
        parts.last().append(request);
    }
    for (const QList<QByteArray> &part : parts) {
        const auto count = static_cast<int>(part.size());
        const QByteArray answers = converse(port, part.join(), count, pace);
        if (answers.count("HTTP/1.1 ") < count) {
            return false;
        }
    }
    return true;
}

} // namespace

void TstWire::recordingsArriveWhole_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<support::Pace>("pace");
    for (const QString &part : {u"/segment/recordings"_s, u"/wire"_s}) {
        const QDir folder(QStringLiteral(TRACKSIDE_TEST_DATA) + part);
        for (const QString &name : folder.entryList({u"analytics-*.json"_s})) {
            if (load(folder.filePath(name)).connections.isEmpty()) {
                continue; // recorded over HTTP/2 or TLS alone: not spoken on this port
            }
            QTest::newRow(qPrintable(name + u", one segment"_s))
                << folder.filePath(name) << support::Pace::Whole;
            QTest::newRow(qPrintable(name + u", byte by byte"_s))
                << folder.filePath(name) << support::Pace::ByteByByte;
        }
    }
}

void TstWire::recordingsArriveWhole()
{
    QFETCH(QString, path);
    QFETCH(support::Pace, pace);
    const Recording recording = load(path);
    QVERIFY(!recording.connections.isEmpty());
    CliProcess server;
    QVERIFY(server.isListening());
    for (const QList<QByteArray> &connection : recording.connections) {
        QVERIFY(replay(server.port(), connection, pace));
    }
    const support::Finished raw =
        support::runCli({u"export"_s, u"--store"_s, server.storePath(), u"--raw"_s});
    QCOMPARE(raw.exitCode, 0);
    QList<QByteArray> stored = raw.out.split('\n');
    stored.removeAll(QByteArray());
    QList<QByteArray> expected = recording.events;
    std::ranges::sort(stored);
    std::ranges::sort(expected);
    QCOMPARE(stored, expected);
}

void TstWire::curlCasesAreCaptured_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QString>("type");
    const QByteArray basic = "Authorization: Basic " + QByteArray("FAKE_KEY_0001:").toBase64() + "\r\n";
    const auto post = [](const QByteArray &path, const QByteArray &headers, const QByteArray &body) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + headers +
               "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    };
    const QByteArray paid = R"({"event":"Order Paid","userId":"u1"})";
    QTest::newRow("form content type, no type")
        << post("/v1/track", basic + "Content-Type: application/x-www-form-urlencoded\r\n", paid)
        << u"track"_s;
    QTest::newRow("write key only in the body")
        << post("/v1/identify", {}, R"({"userId":"u1","writeKey":"FAKE_KEY_0001"})") << u"identify"_s;
    QTest::newRow("upgrade to h2c is ignored")
        << post("/v1/track",
                basic + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
                paid)
        << u"track"_s;
    QTest::newRow("chunked, with extension and trailer")
        << QByteArray(
               "POST /v1/page HTTP/1.1\r\nHost: a\r\n" + basic +
               "Transfer-Encoding: "
               "chunked\r\n\r\n9;x=y\r\n{\"name\":\"\r\nE\r\nHome\",\"userId\"\r\n6\r\n:\"u1\"}\r\n0\r\n"
               "X-Trailer: 1\r\n\r\n")
        << u"page"_s;
}

void TstWire::curlCasesAreCaptured()
{
    QFETCH(QByteArray, request);
    QFETCH(QString, type);
    CliProcess server;
    QVERIFY(server.isListening());
    const QByteArray answer = converse(server.port(), request, 1);
    QCOMPARE(statusOf(answer), 200);
    QVERIFY(answer.endsWith("{\"success\":true}"));
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events.front().text("type"), type);
}

void TstWire::curlItself()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const QString url = u"http://localhost:%1/v1/track"_s.arg(server.port());
    const QByteArray padding(1'200'000, 'x');
    const QByteArray large =
        "{\"event\":\"Large\",\"userId\":\"u1\",\"properties\":{\"t\":\"" + padding + "\"}}";
    for (const QStringList &options :
         {QStringList{u"-d"_s, u"{\"event\":\"Plain\",\"userId\":\"u1\"}"_s},
          QStringList{u"-H"_s, u"Expect: 100-continue"_s, u"-d"_s,
                      u"{\"event\":\"Expecting\",\"userId\":\"u1\"}"_s},
          QStringList{u"-H"_s, u"Transfer-Encoding: chunked"_s, u"-d"_s,
                      u"{\"event\":\"Chunked\",\"userId\":\"u1\"}"_s},
          QStringList{u"--http2"_s, u"-d"_s, u"{\"event\":\"Upgrading\",\"userId\":\"u1\"}"_s},
          QStringList{u"--data-binary"_s, u"@-"_s}}) {
        QProcess curl;
        curl.start(u"curl"_s,
                   QStringList{u"-sS"_s, u"-m"_s, u"20"_s, u"-u"_s, u"FAKE_KEY_0001:"_s, url} + options);
        if (options.first() == u"--data-binary"_s) {
            curl.write(large);
        }
        curl.closeWriteChannel();
        QVERIFY(curl.waitForFinished(30'000));
        QCOMPARE(curl.readAllStandardOutput(), QByteArray("{\"success\":true}"));
    }
    QSet<QString> names;
    for (const ExportedEvent &event : server.events()) {
        names.insert(event.text("event"));
    }
    QCOMPARE(names, (QSet<QString>{u"Plain"_s, u"Expecting"_s, u"Chunked"_s, u"Upgrading"_s, u"Large"_s}));
}

void TstWire::pixelEncodingsAreEqual()
{
    CliProcess server;
    QVERIFY(server.isListening());
    // Its base64 holds '+' and '/' and ends in '='.
    const QByteArray data =
        R"({"writeKey":"FAKE_KEY_0001","userId":"u1","event":"Email Opened","properties":{"t":"~~~???>>>"}})";
    const QByteArray standard = data.toBase64();
    QVERIFY(standard.contains('+') || standard.contains('/'));
    const QList<QByteArray> coded{
        standard.toPercentEncoding(), standard,
        data.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals),
        data.toBase64(QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals)};
    for (const QByteArray &one : coded) {
        const QByteArray answer =
            converse(server.port(), "GET /v1/pixel/track?data=" + one + " HTTP/1.1\r\nHost: a\r\n\r\n", 1);
        QCOMPARE(statusOf(answer), 200);
        QVERIFY(answer.contains("image/gif"));
        QVERIFY(answer.contains("GIF89a"));
    }
    const QByteArray broken =
        converse(server.port(), "GET /v1/pixel/track?data=%%%nothing HTTP/1.1\r\nHost: a\r\n\r\n", 1);
    QCOMPARE(statusOf(broken), 200);
    QVERIFY(broken.contains("GIF89a"));

    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 5U);
    for (std::size_t i = 0; i < 4; ++i) {
        QCOMPARE(events[i].body().raw(), events[0].body().raw());
        QCOMPARE(events[i].text("event"), u"Email Opened"_s);
    }
    QCOMPARE(events[4].text("status"), u"rejected"_s);
}

void TstWire::metricsAreAnsweredAndNotListed()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const QByteArray answer = converse(
        server.port(), "POST /v1/m HTTP/1.1\r\nHost: a\r\nContent-Length: 13\r\n\r\n{\"series\":[]}", 1);
    QCOMPARE(statusOf(answer), 200);
    QVERIFY(server.events().empty());
}

void TstWire::importWithSlashIsCaptured()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const QByteArray body =
        R"({"batch":[{"type":"track","event":"A","userId":"u"},{"type":"track","event":"B","userId":"u"}],"writeKey":"FAKE_KEY_0001"})";
    const QByteArray answer = converse(server.port(),
                                       "POST /v1/import/ HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                                           QByteArray::number(body.size()) + "\r\n\r\n" + body,
                                       1);
    QCOMPARE(statusOf(answer), 200);
    QCOMPARE(server.events().size(), 2U);
}

void TstWire::settingsMakeASourceConnected()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const QByteArray answer = converse(server.port(),
                                       "GET /v1/projects/FAKE%20KEY/settings HTTP/1.1\r\nHost: "
                                       "127.0.0.1:1\r\nOrigin: http://app.test\r\n\r\n",
                                       1);
    QCOMPARE(statusOf(answer), 200);
    const Json settings = Json::parse(answer.mid(answer.indexOf("\r\n\r\n") + 4).toStdString());
    QCOMPARE(settings["integrations"]["Segment.io"]["apiKey"].get<std::string>(), std::string("FAKE KEY"));
    QCOMPARE(settings["integrations"]["Segment.io"]["apiHost"].get<std::string>(),
             std::string("127.0.0.1:1/v1"));
    QVERIFY(answer.contains("Access-Control-Allow-Origin: http://app.test"));
    const auto clients = server.api("/api/v1/clients");
    QVERIFY(clients != nullptr);
    const json::Value client = clients->root().find("clients").at(0);
    QCOMPARE(client.find("counts").find("settings").raw(), std::string_view("1"));
    QCOMPARE(client.find("diagnoses").at(0).find("code").text(), std::string_view("only_settings"));
    QVERIFY(client.find("counts").find("events").isMissing());
}

void TstWire::bothLoopbacksAnswer()
{
    CliProcess server;
    QVERIFY(server.isListening());
    for (const QString &host : {u"127.0.0.1"_s, u"::1"_s, u"localhost"_s}) {
        QTcpSocket socket;
        socket.connectToHost(host, server.port());
        QVERIFY2(socket.waitForConnected(10'000), qPrintable(host));
        socket.write("POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: "
                     "31\r\n\r\n{\"event\":\"Hello\",\"userId\":\"u1\"}");
        QVERIFY(socket.waitForReadyRead(10'000));
        QCOMPARE(statusOf(socket.readAll()), 200);
    }
    QCOMPARE(server.events().size(), 3U);
}

void TstWire::preflightIsAnswered()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const QByteArray answer =
        converse(server.port(),
                 "OPTIONS /v1/t HTTP/1.1\r\nHost: a\r\nOrigin: https://app.test\r\n"
                 "Access-Control-Request-Method: POST\r\n"
                 "Access-Control-Request-Headers: authorization,x-retry-count,x-team\r\n"
                 "Access-Control-Request-Private-Network: true\r\n\r\n",
                 1);
    QCOMPARE(statusOf(answer), 204);
    QVERIFY(answer.contains("Access-Control-Allow-Origin: https://app.test\r\n"));
    QVERIFY(answer.contains("Access-Control-Allow-Headers: authorization,x-retry-count,x-team\r\n"));
    QVERIFY(answer.contains("Access-Control-Allow-Private-Network: true\r\n"));
    QVERIFY(server.events().empty());
}

QTEST_GUILESS_MAIN(TstWire)
#include "tst_wire.moc"
