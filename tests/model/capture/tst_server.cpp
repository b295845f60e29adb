// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/server.h"
#include "client.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <random>
#include <thread>

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpServer>
#include <QThread>
#include <QTimer>

using namespace Qt::StringLiterals;
using capture::Server;
using capture::ServerOptions;
using capture::Sighting;
using tests::Client;

namespace {

class FixedClock final : public base::Clock
{
public:
    [[nodiscard]] std::int64_t nowUs() const override { return 1'700'000'000'123'456; }
};

class FakeSink final : public event::RequestSink
{
public:
    void post(event::CapturedRequest request) override { requests.push_back(std::move(request)); }
    [[nodiscard]] bool isFull() const override
    {
        ++asked;
        return full;
    }

    std::vector<event::CapturedRequest> requests;
    bool full = false;
    mutable int asked = 0;
};

const QByteArray trackBody = R"({"type":"track","event":"Order Placed","userId":"u1"})";

QByteArray post(const QByteArray &path, const QByteArray &body = trackBody, const QByteArray &headers = {})
{
    return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n" + headers +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray get(const QByteArray &path, const QByteArray &headers = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n" + headers + "\r\n";
}

event::Reply replyTo(const event::CapturedRequest &request, const QByteArray &body = "{\"success\":true}")
{
    return {request.token, {200, {{"Content-Type", "application/json"}}, body}, 1, {}, {}};
}

event::Reply refusalOf(const event::CapturedRequest &request)
{
    return {request.token, {request.rejectStatus, {}, request.rejectCode}, 0, request.rejectCode, {}};
}

QJsonObject jsonOf(const http::Response &response)
{
    return QJsonDocument::fromJson(response.body).object();
}

} // namespace

/// The server and its sink in the test's own thread.
class TstServer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void eventIsAnsweredOnceStored();
    void keepAlive();
    void connectionClose();
    void pipelinedAnswersComeInOrder();
    void immediateAnswerWaitsItsTurn();
    void chunked();
    void expectOnSmallBody();
    void expectOverTheLimit();
    void pixel();
    void headHasNoBody();
    void tokenBodyNeverLeaves();
    void damagedTokenRequestKeepsNoCredentials();
    void preflight();
    void settingsForBrowserAndMobile();
    void unknownPath();
    void metricsAreAnsweredHere();
    void absoluteForm();
    void connectIsRefused();

    void malformedIsKeptThenAnswered();
    void largeHead();
    void headOverTheLimit();
    void tlsHello();
    void http2Preface();
    void halfClosedClientGetsItsAnswer();
    void halfRequestIsKept();
    void resetAfterTheBodyStillCounts();
    void slowHead();
    void slowBody();
    void slowBodyWithProgressIsWaitedFor();
    void idleConnectionIsClosed();
    void waitingForAnAnswerIsNotIdle();

    void twoHundredConnections();
    void tooManyConnections();
    void maxUnansweredStopsReading();
    void fullSinkStopsReading();
    void largeAnswersToASlowReader();

    void bothLoopbacksOnOnePort();
    void portTaken();
    void allOrNone();
    void listensElsewhere();
    void widensOnTheSamePort();
    void closeAnswersWhatIsOpen();
    void closeWithNothingOpen();
    void repliesFromAnotherThread();
    void lateAndForeignRepliesAreIgnored();

private:
    void start(ServerOptions options = {});
    quint16 port() const { return m_server->addresses().front().port; }
    void answerAll();

    FixedClock m_clock;
    std::unique_ptr<FakeSink> m_sink;
    std::unique_ptr<Server> m_server;
    std::vector<Sighting> m_sightings;
    std::size_t m_answered = 0;
};

void TstServer::init()
{
    m_sink = std::make_unique<FakeSink>();
    m_sightings.clear();
    m_answered = 0;
}

void TstServer::cleanup()
{
    m_server.reset();
}

void TstServer::start(ServerOptions options)
{
    m_server = std::make_unique<Server>(*m_sink, m_clock, options);
    connect(m_server.get(), &Server::sighted, this,
            [this](const Sighting &sighting) { m_sightings.push_back(sighting); });
    const auto listening = m_server->listen({{QHostAddress(QHostAddress::LocalHost), 0}});
    QVERIFY2(listening.has_value(), listening ? "" : qPrintable(listening.error().oneLine()));
}

void TstServer::answerAll()
{
    std::vector<event::Reply> replies;
    for (; m_answered < m_sink->requests.size(); ++m_answered) {
        const event::CapturedRequest &request = m_sink->requests[m_answered];
        replies.push_back(request.rejectCode.isNull() ? replyTo(request) : refusalOf(request));
    }
    m_server->post(std::move(replies));
}

#define TAKE(response, client)                                                                               \
    QTRY_VERIFY((client).hasResponse());                                                                     \
    const http::Response response = (client).take()

void TstServer::eventIsAnsweredOnceStored()
{
    start();
    Client client(port());
    client.send(post("/v1/t"));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    const event::CapturedRequest &captured = m_sink->requests.front();
    QCOMPARE(captured.receivedUs, m_clock.nowUs());
    QCOMPARE(captured.peer, "127.0.0.1:" + QByteArray::number(client.socket().localPort()));
    QCOMPARE(captured.request.method, QByteArray("POST"));
    QCOMPARE(captured.request.target, QByteArray("/v1/t"));
    QCOMPARE(captured.request.body, trackBody);
    QCOMPARE(captured.request.head + captured.request.body, post("/v1/t"));
    QVERIFY(captured.rejectCode.isNull());
    QVERIFY(client.pending().isEmpty()); // durable first

    answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 200);
    QCOMPARE(response.body, QByteArray("{\"success\":true}"));
    QCOMPARE(http::header(response.headers, "Connection"), QByteArray("keep-alive"));
}

void TstServer::keepAlive()
{
    start();
    Client client(port());
    for (std::size_t i = 1; i <= 5; ++i) {
        client.send(post("/v1/t"));
        QTRY_COMPARE(m_sink->requests.size(), i);
        answerAll();
        TAKE(response, client);
        QCOMPARE(response.status, 200);
    }
    QCOMPARE(m_server->connectionCount(), 1);
    for (const auto &request : m_sink->requests) {
        QCOMPARE(request.token.connection, m_sink->requests.front().token.connection);
    }
}

void TstServer::connectionClose()
{
    start();
    Client client(port());
    client.send(post("/v1/t", trackBody, "Connection: close\r\n"));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    answerAll();
    TAKE(response, client);
    QCOMPARE(http::header(response.headers, "Connection"), QByteArray("close"));
    QTRY_VERIFY(client.isClosed());
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void TstServer::pipelinedAnswersComeInOrder()
{
    start();
    Client client(port());
    QByteArray all;
    for (int i = 0; i < 50; ++i) {
        all += post("/v1/t", "{\"n\":" + QByteArray::number(i) + '}');
    }
    client.send(all);
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(50));

    std::vector<event::Reply> replies;
    for (const auto &request : m_sink->requests) {
        replies.push_back(replyTo(request, request.request.body));
    }
    std::shuffle(replies.begin(), replies.end(), std::mt19937(7));
    for (event::Reply &reply : replies) {
        m_server->post({std::move(reply)});
    }
    for (int i = 0; i < 50; ++i) {
        TAKE(response, client);
        QCOMPARE(response.body, "{\"n\":" + QByteArray::number(i) + '}');
    }
}

void TstServer::immediateAnswerWaitsItsTurn()
{
    start();
    Client client(port());
    client.send(post("/v1/t") + get("/") + post("/v1/t"));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(2));
    m_server->post({replyTo(m_sink->requests.at(1), "second")});
    Client other(port());
    other.send(get("/"));
    TAKE(otherResponse, other); // the loop has turned; still nothing may have come before the first answer
    QVERIFY(client.pending().isEmpty());

    m_server->post({replyTo(m_sink->requests.at(0), "first")});
    TAKE(first, client);
    QCOMPARE(first.body, QByteArray("first"));
    TAKE(health, client);
    QVERIFY(health.body.contains("Trackside"));
    TAKE(second, client);
    QCOMPARE(second.body, QByteArray("second"));
}

void TstServer::chunked()
{
    start();
    Client client(port());
    const QByteArray head = "POST /v1/batch HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const QByteArray &piece :
         {head, "5;x=y\r\n{\"a\":"_ba, "\r\n2\r\n1}\r\n"_ba, "0\r\nX: y\r\n\r\n"_ba}) {
        client.send(piece);
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    QCOMPARE(m_sink->requests.front().request.body, QByteArray("{\"a\":1}"));
    QCOMPARE(m_sink->requests.front().request.head, head);
}

void TstServer::expectOnSmallBody()
{
    start();
    Client client(port());
    const QByteArray whole = post("/v1/batch", trackBody, "Expect: 100-continue\r\n");
    client.send(whole.chopped(trackBody.size()));
    QTRY_COMPARE(client.pending(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    QVERIFY(m_sink->requests.empty());
    client.send(trackBody);
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    answerAll();
    TAKE(interim, client);
    QCOMPARE(interim.status, 100);
    TAKE(response, client);
    QCOMPARE(response.status, 200);
}

void TstServer::expectOverTheLimit()
{
    ServerOptions options;
    options.limits.bodyBytes = 1000;
    start(options);
    Client client(port());
    client.send("POST /v1/batch HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    QCOMPARE(m_sink->requests.front().rejectCode, QByteArray("body_too_large"));
    QCOMPARE(m_sink->requests.front().rejectStatus, 413);
    answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 413);
    QTRY_VERIFY(client.isClosed());
}

void TstServer::pixel()
{
    start();
    Client client(port());
    client.send(get("/v1/pixel/track?data=eyJldmVudCI6IngifQ=="));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 200);
}

void TstServer::headHasNoBody()
{
    start();
    Client client(port());
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get("/"));
    QTRY_VERIFY(client.hasResponse(true));
    const http::Response head = client.take(true);
    QCOMPARE(head.status, 200);
    QVERIFY(http::header(head.headers, "Content-Length").toInt() > 0);
    TAKE(body, client);
    QCOMPARE(body.body.size(), http::header(head.headers, "Content-Length").toInt());
}

void TstServer::tokenBodyNeverLeaves()
{
    start();
    Client client(port());
    client.send(post("/token", "grant_type=client_credentials&client_assertion=secret"));
    TAKE(response, client);
    QCOMPARE(response.status, 200);
    QVERIFY(jsonOf(response).contains("access_token"_L1));
    QVERIFY(m_sink->requests.empty());
    QCOMPARE(m_sightings.size(), std::size_t(1));
    QCOMPARE(m_sightings.front().kind, Sighting::Kind::TokenAsked);
    QVERIFY(!m_sightings.front().detail.contains("secret"_L1));
}

void TstServer::damagedTokenRequestKeepsNoCredentials()
{
    start();
    Client inBody(port());
    inBody.send("POST /token HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nclient_assertion=secret");
    inBody.endOutput();
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    Client inHead(port());
    inHead.send(
        "POST /token HTTP/1.1\r\nAuthorization: Basic secret\r\nBroken : x\r\n\r\nclient_assertion=secret");
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(2));
    for (const event::CapturedRequest &captured : m_sink->requests) {
        QVERIFY(!captured.rejectCode.isEmpty());
        QCOMPARE(captured.request.head, QByteArray("POST /token HTTP/1.1\r\n"));
        QVERIFY(captured.request.body.isEmpty());
        QVERIFY(captured.request.headers.empty());
    }
}

void TstServer::preflight()
{
    start();
    Client client(port());
    client.send(
        "OPTIONS /v1/t HTTP/1.1\r\nHost: a\r\nOrigin: http://localhost:3000\r\n"
        "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization,x-own\r\n"
        "Access-Control-Request-Private-Network: true\r\n\r\n");
    TAKE(response, client);
    QCOMPARE(response.status, 204);
    QCOMPARE(http::header(response.headers, "Access-Control-Allow-Origin"),
             QByteArray("http://localhost:3000"));
    QCOMPARE(http::header(response.headers, "Access-Control-Allow-Headers"),
             QByteArray("authorization,x-own"));
    QCOMPARE(http::header(response.headers, "Access-Control-Allow-Private-Network"), QByteArray("true"));
    QVERIFY(m_sink->requests.empty());
    QCOMPARE(m_sightings.front().kind, Sighting::Kind::Preflight);
    QCOMPARE(m_sightings.front().detail, u"/v1/t"_s);
}

void TstServer::settingsForBrowserAndMobile()
{
    start();
    Client browser(port());
    browser.send(get("/v1/projects/key%201/settings", "Origin: http://localhost\r\n"));
    TAKE(forBrowser, browser);
    const QJsonObject segment = jsonOf(forBrowser)["integrations"_L1].toObject()["Segment.io"_L1].toObject();
    QCOMPARE(segment["apiKey"_L1].toString(), u"key 1"_s);
    QCOMPARE(segment["apiHost"_L1].toString(), u"127.0.0.1:8765/v1"_s);

    Client mobile(port());
    mobile.send(get("/v1/projects/key2/settings", "User-Agent: analytics-kotlin/1.25.0\r\n"));
    TAKE(forMobile, mobile);
    QVERIFY(
        !jsonOf(forMobile)["integrations"_L1].toObject()["Segment.io"_L1].toObject().contains("apiHost"_L1));

    QCOMPARE(m_sightings.size(), std::size_t(2));
    QCOMPARE(m_sightings.at(0).kind, Sighting::Kind::SettingsFetched);
    QCOMPARE(m_sightings.at(0).writeKey, u"key 1"_s);
    QCOMPARE(m_sightings.at(1).writeKey, u"key2"_s);
    QCOMPARE(m_sightings.at(1).detail, u"analytics-kotlin/1.25.0"_s);
    QVERIFY(m_sink->requests.empty());
}

void TstServer::unknownPath()
{
    start();
    Client client(port());
    client.send(get("/nothing/here"));
    TAKE(response, client);
    QCOMPARE(response.status, 404);
    QVERIFY(jsonOf(response)["message"_L1].toString().contains("/v1/batch"_L1));
    QCOMPARE(m_sightings.front().kind, Sighting::Kind::UnknownPath);
    QCOMPARE(m_sightings.front().detail, u"/nothing/here"_s);
    QVERIFY(m_sink->requests.empty());
}

void TstServer::metricsAreAnsweredHere()
{
    start();
    Client client(port());
    client.send(post("/v1/m", "{\"series\":[]}"));
    TAKE(response, client);
    QCOMPARE(response.status, 200);
    QCOMPARE(m_sightings.front().kind, Sighting::Kind::MetricsPosted);
    QVERIFY(m_sink->requests.empty());
}

void TstServer::absoluteForm()
{
    start();
    Client client(port());
    client.send("POST https://api.segment.io/v1/batch HTTP/1.1\r\nHost: api.segment.io\r\nContent-Length: "
                "2\r\n\r\n{}");
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    QCOMPARE(m_sink->requests.front().request.target, QByteArray("https://api.segment.io/v1/batch"));
}

void TstServer::connectIsRefused()
{
    start();
    Client client(port());
    client.send("CONNECT api.segment.io:443 HTTP/1.1\r\nHost: api.segment.io:443\r\n\r\n");
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    QCOMPARE(m_sink->requests.front().rejectCode, QByteArray("tunnel"));
    QCOMPARE(m_sink->requests.front().rejectStatus, 501);
    answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 501);
    QTRY_VERIFY(client.isClosed());
}

void TstServer::malformedIsKeptThenAnswered()
{
    start();
    Client client(port());
    const QByteArray sent =
        "POST /v1/t HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello";
    client.send(post("/v1/t") + sent);
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(2));
    const event::CapturedRequest &rejected = m_sink->requests.at(1);
    QCOMPARE(rejected.rejectCode, QByteArray("bad_request"));
    QCOMPARE(rejected.rejectStatus, 400);
    QCOMPARE(rejected.rejectReason, QByteArray("Content-Length can't be present with Transfer-Encoding"));
    QCOMPARE(rejected.request.head, sent);
    answerAll();
    TAKE(good, client);
    QCOMPARE(good.status, 200);
    TAKE(bad, client);
    QCOMPARE(bad.status, 400);
    QCOMPARE(http::header(bad.headers, "Connection"), QByteArray("close"));
    QTRY_VERIFY(client.isClosed());
}

void TstServer::largeHead()
{
    start();
    Client client(port());
    client.send(post("/v1/t", trackBody, "X-Large: " + QByteArray(64 * 1024, 'x') + "\r\n"));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    QCOMPARE(m_sink->requests.front().request.header("X-Large").size(), 64 * 1024);
}

void TstServer::headOverTheLimit()
{
    start();
    Client client(port());
    client.send(post("/v1/t", trackBody, "X-Large: " + QByteArray(200 * 1024, 'x') + "\r\n"));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    QCOMPARE(m_sink->requests.front().rejectCode, QByteArray("head_too_large"));
    answerAll();
    TAKE(response, client); // though the client was still sending
    QCOMPARE(response.status, 431);
}

void TstServer::tlsHello()
{
    start();
    Client client(port());
    client.send(QByteArray::fromHex("16030100c8010000c40303") + QByteArray(180, 'r'));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    QCOMPARE(m_sink->requests.front().rejectCode, QByteArray("tls"));
    answerAll();
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.pending().isEmpty());
    QCOMPARE(m_sightings.front().kind, Sighting::Kind::TlsOnPlainPort);
}

void TstServer::http2Preface()
{
    start();
    Client client(port());
    client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    QCOMPARE(m_sink->requests.front().rejectCode, QByteArray("http2"));
    QCOMPARE(m_sightings.front().kind, Sighting::Kind::Http2);
    answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 505);
}

void TstServer::halfClosedClientGetsItsAnswer()
{
    start();
    Client client(port());
    client.send(post("/v1/t"));
    client.endOutput();
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    Client other(port());
    other.send(get("/"));
    TAKE(health, other);
    QCOMPARE(m_server->connectionCount(), 2);

    answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 200);
    QTRY_COMPARE(m_server->connectionCount(), 1);
}

void TstServer::halfRequestIsKept()
{
    start();
    Client client(port());
    const QByteArray half = post("/v1/t").chopped(10);
    client.send(half);
    client.endOutput();
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    const event::CapturedRequest &captured = m_sink->requests.front();
    QCOMPARE(captured.rejectCode, QByteArray("incomplete"));
    QCOMPARE(captured.request.head + captured.request.body, half);
    answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 400);
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void TstServer::resetAfterTheBodyStillCounts()
{
    start();
    {
        Client client(port());
        client.send(post("/v1/t"));
        const linger reset{1, 0};
        setsockopt(static_cast<int>(client.socket().socketDescriptor()), SOL_SOCKET, SO_LINGER, &reset,
                   sizeof reset);
        client.socket().abort();
    }
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    QVERIFY(m_sink->requests.front().rejectCode.isNull());
    answerAll();
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void TstServer::slowHead()
{
    ServerOptions options;
    options.headTimeoutMs = 50;
    start(options);
    Client client(port());
    client.send("POST /v1/t HTTP/1.1\r\nHo");
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    QCOMPARE(m_sink->requests.front().rejectCode, QByteArray("timeout"));
    QCOMPARE(m_sink->requests.front().rejectStatus, 408);
    QCOMPARE(m_sink->requests.front().request.head, QByteArray("POST /v1/t HTTP/1.1\r\nHo"));
    answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 408);
    QTRY_VERIFY(client.isClosed());
}

void TstServer::slowBody()
{
    ServerOptions options;
    options.bodyTimeoutMs = 50;
    start(options);
    Client slow(port());
    slow.send(post("/v1/t").chopped(1));
    Client quick(port());
    quick.send(post("/v1/t"));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(2));
    QVERIFY(m_sink->requests.at(0).rejectCode.isNull()); // the other connection did not notice
    QCOMPARE(m_sink->requests.at(1).rejectCode, QByteArray("timeout"));
    QCOMPARE(m_sink->requests.at(1).request.body, trackBody.chopped(1));
    answerAll();
    TAKE(response, slow);
    QCOMPARE(response.status, 408);
    TAKE(quickResponse, quick);
    QCOMPARE(quickResponse.status, 200);
}

void TstServer::slowBodyWithProgressIsWaitedFor()
{
    ServerOptions options;
    options.headTimeoutMs = 1000;
    options.bodyTimeoutMs = 1000;
    start(options);
    Client client(port());
    const QByteArray whole = post("/v1/t", QByteArray(20, 'b'));
    client.send(whole.chopped(20));
    // One byte at a time, each well within the timeout, longer than it in all.
    QTimer timer;
    int left = 20;
    connect(&timer, &QTimer::timeout, this, [&] {
        if (left > 0) {
            --left;
            client.send("b");
        }
    });
    timer.start(60);
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    QVERIFY(m_sink->requests.front().rejectCode.isNull());
    QCOMPARE(left, 0);
}

void TstServer::idleConnectionIsClosed()
{
    ServerOptions options;
    options.idleTimeoutMs = 50;
    start(options);
    Client silent(port());
    Client used(port());
    used.send(get("/"));
    TAKE(response, used);
    QCOMPARE(m_server->connectionCount(), 2);
    QTRY_VERIFY(silent.isClosed());
    QTRY_VERIFY(used.isClosed());
    QVERIFY(m_sink->requests.empty());
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void TstServer::waitingForAnAnswerIsNotIdle()
{
    ServerOptions options;
    options.idleTimeoutMs = 50;
    start(options);
    Client waiting(port());
    waiting.send(post("/v1/t"));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    // Another that comes later has timed out by now: so could this one have.
    Client silent(port());
    QTRY_VERIFY(silent.isClosed());
    QVERIFY(!waiting.isClosed());
    answerAll();
    TAKE(response, waiting);
    QCOMPARE(response.status, 200);
}

void TstServer::twoHundredConnections()
{
    start();
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(std::make_unique<Client>(port()));
        QVERIFY(clients.back()->isConnected());
        clients.back()->send(post("/v1/t", QByteArray::number(i)));
    }
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(200));
    QCOMPARE(m_server->connectionCount(), 200);
    std::vector<event::Reply> replies;
    for (const auto &request : m_sink->requests) {
        replies.push_back(replyTo(request, "for " + request.request.body));
    }
    m_server->post(std::move(replies));
    for (int i = 0; i < 200; ++i) {
        TAKE(response, *clients.at(static_cast<std::size_t>(i)));
        QCOMPARE(response.body, "for " + QByteArray::number(i));
    }
    clients.clear();
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void TstServer::tooManyConnections()
{
    ServerOptions options;
    options.maxConnections = 2;
    start(options);
    Client first(port());
    Client second(port());
    QTRY_COMPARE(m_server->connectionCount(), 2);
    Client third(port());
    TAKE(response, third);
    QCOMPARE(response.status, 503);
    QTRY_VERIFY(third.isClosed());
    QTRY_COMPARE(m_server->connectionCount(), 2);
    first.send(get("/"));
    TAKE(health, first);
    QCOMPARE(health.status, 200);
}

void TstServer::maxUnansweredStopsReading()
{
    ServerOptions options;
    options.maxUnanswered = 4;
    start(options);
    Client client(port());
    const QByteArray body(256 * 1024, 'b'); // more than one read takes
    for (int i = 0; i < 40; ++i) {
        client.send(post("/v1/batch", body));
    }
    QTRY_VERIFY(m_sink->requests.size() >= 4);
    Client other(port());
    for (int i = 0; i < 10; ++i) {
        other.send(get("/"));
        TAKE(health, other); // the server has had its turns
    }
    QCOMPARE(m_sink->requests.size(), std::size_t(4));
    while (m_answered < 40) {
        answerAll();
        QTRY_VERIFY(m_answered == 40 || m_sink->requests.size() > m_answered);
        QVERIFY(m_sink->requests.size() <= m_answered + 4);
    }
    for (int i = 0; i < 40; ++i) {
        TAKE(response, client);
        QCOMPARE(response.status, 200);
    }
}

void TstServer::fullSinkStopsReading()
{
    start();
    Client client(port());
    client.send(get("/"));
    TAKE(health, client);
    m_sink->full = true;
    client.send(post("/v1/t")); // this read was open before the sink was full
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    client.send(post("/v1/t"));
    const int asked = m_sink->asked;
    QTRY_VERIFY(m_sink->asked > asked + 5); // it looks now and then, and does not read
    QCOMPARE(m_sink->requests.size(), std::size_t(1));
    m_sink->full = false;
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(2));
    answerAll();
    TAKE(first, client);
    TAKE(second, client);
}

void TstServer::largeAnswersToASlowReader()
{
    start();
    Client client(port());
    client.socket().setReadBufferSize(4096); // lets the kernel's buffers fill up
    client.send(post("/v1/t").repeated(3));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(3));
    const QByteArray large(3 * 1024 * 1024, 'L');
    for (const auto &request : m_sink->requests) {
        m_server->post({replyTo(request, large)});
    }
    Client other(port());
    other.send(get("/"));
    TAKE(health, other);
    client.socket().setReadBufferSize(0);
    for (int i = 0; i < 3; ++i) {
        TAKE(response, client);
        QCOMPARE(response.body, large);
    }
}

void TstServer::bothLoopbacksOnOnePort()
{
    m_server = std::make_unique<Server>(*m_sink, m_clock);
    const auto addresses = capture::parseListen(u"0"_s);
    QVERIFY(addresses);
    QVERIFY(m_server->listen(*addresses));
    QCOMPARE(m_server->addresses().size(), std::size_t(2));
    QVERIFY(port() != 0);
    QCOMPARE(m_server->addresses().at(1).port, port());

    Client six(port(), QHostAddress(QHostAddress::LocalHostIPv6));
    six.send(post("/v1/t"));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    QCOMPARE(m_sink->requests.front().peer, "[::1]:" + QByteArray::number(six.socket().localPort()));
    Client four(port());
    four.send(post("/v1/t"));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(2));
    answerAll();
    TAKE(fromSix, six);
    TAKE(fromFour, four);
}

void TstServer::portTaken()
{
    start();
    FakeSink sink;
    Server second(sink, m_clock);
    const auto result = second.listen({{QHostAddress(QHostAddress::LocalHost), port()}});
    QVERIFY(!result);
    QCOMPARE(result.error().code, base::ErrorCode::InUse);
    QVERIFY(result.error().what.contains(u"127.0.0.1:%1"_s.arg(port())));
    QVERIFY2(result.error().why.contains(u"(pid %1)"_s.arg(QCoreApplication::applicationPid())),
             qPrintable(result.error().why));
    QVERIFY(!result.error().fix.isEmpty());
}

void TstServer::allOrNone()
{
    start();
    FakeSink sink;
    Server second(sink, m_clock);
    QVERIFY(!second.listen({{QHostAddress(QHostAddress::LocalHostIPv6), port()},
                            {QHostAddress(QHostAddress::LocalHost), port()}}));
    QVERIFY(second.addresses().empty());
    Client client(port(), QHostAddress(QHostAddress::LocalHostIPv6));
    QVERIFY(!client.isConnected());
}

void TstServer::listensElsewhere()
{
    start();
    const quint16 listened = port();
    Client client(listened);
    client.send(post("/v1/t"));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));

    // One address more: the old one is its own, not somebody else's.
    const QHostAddress four(QHostAddress::LocalHost);
    const QHostAddress six(QHostAddress::LocalHostIPv6);
    QVERIFY(m_server->listen({{four, listened}, {six, listened}}));
    QCOMPARE(m_server->addresses().size(), std::size_t(2));
    Client viaSix(listened, six);
    QVERIFY(viaSix.isConnected());

    // A move that fails leaves all as it was.
    QTcpServer other;
    QVERIFY(other.listen(four));
    QVERIFY(!m_server->listen({{six, 0}, {four, other.serverPort()}}));
    QCOMPARE(m_server->addresses().size(), std::size_t(2));
    QCOMPARE(port(), listened);

    QVERIFY(m_server->listen({{four, 0}}));
    QVERIFY(port() != listened);
    Client late(listened);
    QVERIFY(!late.isConnected());
    Client moved(port());
    QVERIFY(moved.isConnected());
    answerAll();
    TAKE(response, client); // who was connected stays so
    QCOMPARE(response.status, 200);
}

void TstServer::widensOnTheSamePort()
{
    start();
    const quint16 listened = port();
    QVERIFY(m_server->listen({{QHostAddress(QHostAddress::AnyIPv4), listened}}));
    QCOMPARE(m_server->addresses().front().host, QHostAddress(QHostAddress::AnyIPv4));
    QCOMPARE(port(), listened);
    Client client(listened);
    QVERIFY(client.isConnected());

    // Failing, it stands where it stood: the other address is taken.
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHostIPv6)));
    QVERIFY(!m_server->listen({{QHostAddress(QHostAddress::LocalHost), listened},
                               {QHostAddress(QHostAddress::LocalHostIPv6), other.serverPort()}}));
    QCOMPARE(m_server->addresses().front().host, QHostAddress(QHostAddress::AnyIPv4));
    Client still(listened);
    QVERIFY(still.isConnected());
}

void TstServer::closeAnswersWhatIsOpen()
{
    start();
    const quint16 listened = port();
    QSignalSpy drained(m_server.get(), &Server::drained);
    Client idle(listened);
    Client half(listened);
    half.send(post("/v1/t").chopped(3));
    Client waiting(listened);
    waiting.send(post("/v1/t") + post("/v1/t"));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(2));
    QTRY_COMPARE(m_server->connectionCount(), 3);

    m_server->close();
    QTRY_VERIFY(idle.isClosed());
    QTRY_VERIFY(half.isClosed());
    QCOMPARE(m_server->connectionCount(), 1);
    Client late(listened);
    QVERIFY(!late.isConnected());
    QCOMPARE(drained.count(), 0);

    answerAll();
    TAKE(first, waiting);
    TAKE(second, waiting);
    QCOMPARE(http::header(second.headers, "Connection"), QByteArray("close"));
    QTRY_COMPARE(drained.count(), 1);
    QCOMPARE(m_server->connectionCount(), 0);
    QTRY_VERIFY(waiting.isClosed());
}

void TstServer::closeWithNothingOpen()
{
    start();
    QSignalSpy drained(m_server.get(), &Server::drained);
    m_server->close();
    QTRY_COMPARE(drained.count(), 1);
}

void TstServer::repliesFromAnotherThread()
{
    // As in the program: the server in its own thread, answers from the store's.
    class AnsweringSink final : public event::RequestSink
    {
    public:
        void post(event::CapturedRequest request) override
        {
            const std::lock_guard lock(m_mutex);
            m_waiting.push_back(std::move(request));
        }
        [[nodiscard]] bool isFull() const override { return false; }
        std::vector<event::CapturedRequest> take()
        {
            const std::lock_guard lock(m_mutex);
            return std::exchange(m_waiting, {});
        }

    private:
        std::mutex m_mutex;
        std::vector<event::CapturedRequest> m_waiting;
    };
    AnsweringSink sink;
    QThread thread;
    auto server = std::make_unique<Server>(sink, m_clock);
    server->moveToThread(&thread);
    thread.start();
    quint16 listened = 0;
    QMetaObject::invokeMethod(
        server.get(),
        [&] {
            if (server->listen({{QHostAddress(QHostAddress::LocalHost), 0}})) {
                listened = server->addresses().front().port;
            }
        },
        Qt::BlockingQueuedConnection);
    QVERIFY(listened != 0);
    std::jthread store([&](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            std::vector<event::Reply> replies;
            for (const auto &request : sink.take()) {
                replies.push_back(replyTo(request, request.request.body));
            }
            if (replies.empty()) {
                std::this_thread::yield();
            } else {
                server->post(std::move(replies));
            }
        }
    });

    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 8; ++i) {
        clients.push_back(std::make_unique<Client>(listened));
    }
    for (int round = 0; round < 50; ++round) {
        for (const auto &client : clients) {
            client->send(post("/v1/t", QByteArray::number(round)).repeated(3));
        }
        for (const auto &client : clients) {
            for (int i = 0; i < 3; ++i) {
                TAKE(response, *client);
                QCOMPARE(response.body, QByteArray::number(round));
            }
        }
    }
    store.request_stop();
    store.join();
    QMetaObject::invokeMethod(
        server.get(), [&] { server.reset(); }, Qt::BlockingQueuedConnection);
    thread.quit();
    QVERIFY(thread.wait(5000));
}

void TstServer::lateAndForeignRepliesAreIgnored()
{
    start();
    Client client(port());
    client.send(post("/v1/t"));
    QTRY_COMPARE(m_sink->requests.size(), std::size_t(1));
    const event::ReplyToken token = m_sink->requests.front().token;
    m_server->post(
        {{{token.connection + 5, 0}, {}, 0, {}, {}}, {{token.connection, token.request + 1}, {}, 0, {}, {}}});
    answerAll();
    m_server->post({replyTo(m_sink->requests.front(), "again")});
    TAKE(response, client);
    QCOMPARE(response.body, QByteArray("{\"success\":true}"));
    client.send(get("/"));
    TAKE(health, client);
    QVERIFY(health.body.contains("Trackside"));
}

QTEST_GUILESS_MAIN(TstServer)
#include "tst_server.moc"
