// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/rawsocket.h"
#include "tests/support/cliprocess.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using Json = nlohmann::json;
using support::CliProcess;
using support::converse;
using support::ExportedEvent;
using support::statusOf;

/// SDKs of which there is neither a recording nor a package: their requests rebuilt as the wire contract
/// describes them. And clients that are slow, half gone or heavy.
class TstRebuilt : public QObject
{
    Q_OBJECT

private slots:
    void goEventsAreKeptExactly();
    void goRetriesAreOneRow();
    void cppMistakeHasLineAndColumn();
    void slowClientsAreNotNoticed();
    void continueComesBeforeTheBody();
};

namespace {

std::vector<QByteArray> requestsOf(const QString &name)
{
    QFile file(QStringLiteral(TRACKSIDE_TEST_DATA) + u"/wire/"_s + name);
    std::vector<QByteArray> requests;
    if (!file.open(QIODevice::ReadOnly)) {
        return requests;
    }
    const Json document = Json::parse(file.readAll().toStdString());
    for (const Json &exchange : document["exchanges"]) {
        const Json &request = exchange["request"];
        std::string bytes = request["method"].get<std::string>() + ' ' +
                            request["target"].get<std::string>() + " HTTP/1.1\r\n";
        for (const Json &header : request["headers"]) {
            bytes += header[0].get<std::string>() + ": " + header[1].get<std::string>() + "\r\n";
        }
        requests.push_back(QByteArray::fromStdString(bytes + "\r\n" + request["body"].get<std::string>()));
    }
    return requests;
}

std::string_view libraryOf(const ExportedEvent &event)
{
    return event.at("envelope").find("context").find("library").find("name").text();
}

QByteArray post(const QByteArray &body, const QByteArray &headers = {})
{
    return "POST /v1/track HTTP/1.1\r\nHost: a\r\n" + headers +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray named(const QByteArray &name)
{
    return R"({"event":")" + name + R"(","userId":"u1"})";
}

} // namespace

void TstRebuilt::goEventsAreKeptExactly()
{
    const std::vector<QByteArray> requests = requestsOf(u"analytics-go-3.3.0.rebuilt.json"_s);
    QCOMPARE(requests.size(), 1U);
    CliProcess server;
    QVERIFY(server.isListening());
    QCOMPARE(statusOf(converse(server.port(), requests.front(), 1)), 200);
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 7U);
    for (const ExportedEvent &event : events) {
        QCOMPARE(libraryOf(event), std::string_view("analytics-go"));
        QVERIFY2(event.text("source").startsWith(u"analytics-go"), qPrintable(event.text("source")));
        QCOMPARE(event.text("timestamp"), u"2026-11-24T01:47:23.223456789Z"_s);
    }
    const ExportedEvent &order = events[1];
    QCOMPARE(order.body().find("properties").find("big").raw(), std::string_view("18446744073709551615"));
    QVERIFY(order.hasFinding("protocol/big-integer"));
    QVERIFY(order.hasFinding("protocol/integrations-all"));
}

void TstRebuilt::goRetriesAreOneRow()
{
    QByteArray request = requestsOf(u"analytics-go-3.3.0.rebuilt.json"_s).front();
    const qsizetype at = request.indexOf("\"batch\"");
    request[at] = '\''; // as long as before, and no JSON
    CliProcess server;
    QVERIFY(server.isListening());
    for (int attempt = 0; attempt < 10; ++attempt) {
        const QByteArray answer = converse(server.port(), request, 1);
        QCOMPARE(statusOf(answer), 400);
        for (const char *key : {"\"error\"", "\"code\"", "\"message\""}) {
            QVERIFY2(answer.contains(key), answer.constData());
        }
    }
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events.front().text("status"), u"rejected"_s);
    QVERIFY(events.front().hasFinding("protocol/repeated-request"));
    const std::string_view findings = events.front().at("findings").raw();
    QVERIFY2(findings.find("10 attempts") != std::string_view::npos, std::string(findings).c_str());
}

void TstRebuilt::cppMistakeHasLineAndColumn()
{
    const std::vector<QByteArray> requests = requestsOf(u"analytics-cpp-poc.rebuilt.json"_s);
    QCOMPARE(requests.size(), 4U);
    CliProcess server;
    QVERIFY(server.isListening());
    for (std::size_t i = 0; i < requests.size(); ++i) {
        QCOMPARE(statusOf(converse(server.port(), requests[i], 1)), i < 3 ? 200 : 400);
    }
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 4U);
    QCOMPARE(events[0].text("type"), u"identify"_s);
    QCOMPARE(events[1].body().find("properties").find("path").raw(), std::string_view(R"("C:\temp")"));
    QCOMPARE(events[2].text("type"), u"page"_s);
    QCOMPARE(events[3].text("status"), u"rejected"_s);
    const std::string_view reason = events[3].at("rejected").find("reason").text();
    QVERIFY2(reason.find("line 1, column 76") != std::string_view::npos, std::string(reason).c_str());
}

void TstRebuilt::slowClientsAreNotNoticed()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const RawSocket slow = RawSocket::connectTo(server.port());
    const RawSocket half = RawSocket::connectTo(server.port());
    const RawSocket heavy = RawSocket::connectTo(server.port());
    QVERIFY(slow.isOpen() && half.isOpen() && heavy.isOpen());

    // 64 KB of header, of which the end is still to come.
    const QByteArray heavyRequest = post(named("Heavy"), "X-Filling: " + QByteArray(64 * 1024, 'x') + "\r\n");
    const qsizetype heavyCut = heavyRequest.size() - 200;
    QVERIFY(heavy.send(heavyRequest.first(heavyCut)));
    QVERIFY(half.send(post(named("Half Closed"))));
    half.endWriting();

    const QByteArray slowRequest = post(named("Slow"));
    for (qsizetype at = 0; at < slowRequest.size(); ++at) {
        QVERIFY(slow.send(slowRequest.sliced(at, 1)));
        QCOMPARE(statusOf(converse(server.port(), post(named("Quick")), 1)), 200);
    }
    QVERIFY(heavy.send(heavyRequest.sliced(heavyCut)));
    for (const RawSocket *socket : {&slow, &half, &heavy}) {
        QCOMPARE(statusOf(socket->receiveUntil("{\"success\":true}")), 200);
    }
    QHash<QString, int> count;
    for (const ExportedEvent &event : server.events()) {
        ++count[event.text("event")];
    }
    QCOMPARE(count.value(u"Slow"_s), 1);
    QCOMPARE(count.value(u"Half Closed"_s), 1);
    QCOMPARE(count.value(u"Heavy"_s), 1);
    QCOMPARE(count.value(u"Quick"_s), static_cast<int>(slowRequest.size()));
}

void TstRebuilt::continueComesBeforeTheBody()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const RawSocket curl = RawSocket::connectTo(server.port());
    const QByteArray request = post(named("Expecting"), "Expect: 100-continue\r\n");
    const qsizetype headEnd = request.indexOf("\r\n\r\n") + 4;
    QVERIFY(curl.send(request.first(headEnd)));
    QCOMPARE(curl.receiveUntil("\r\n\r\n"), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    QVERIFY(curl.send(request.sliced(headEnd)));
    QCOMPARE(statusOf(curl.receiveUntil("{\"success\":true}")), 200);
    QCOMPARE(server.events().size(), 1U);
}

QTEST_GUILESS_MAIN(TstRebuilt)
#include "tst_rebuilt.moc"
