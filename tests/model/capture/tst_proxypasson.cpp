// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "proxyfixture.h"

using namespace Qt::StringLiterals;
using capture::Mode;
using capture::Observation;
using capture::ProxyAnswer;
using tests::connectTo;
using tests::getFrom;
using tests::Host;
using tests::Port;
using tests::postTo;
using tests::TlsClient;
using tests::WorldProxy;

namespace {

const QByteArray segmentHost = "api.segment.io";
const QByteArray answer =
    "HTTP/1.1 200 OK\r\nDate: Tue, 25 Nov 2026 00:00:00 GMT\r\nX-Odd:  Case\r\nContent-Length: 21\r\n\r\n"
    "{\n  \"success\": true\n}";

/// The world as far as these tests go: Segment's host with a certificate of another authority, behind a proxy
/// that takes every name, and a capture port that knows both.
struct World
{
    explicit World(ProxyAnswer proxyAnswer, const QStringList &domains = {})
        : authority(make(folder, domains, clock))
        , contexts(authority, clock)
        , host(&contexts, segmentHost)
        , proxy(host.port())
        , port({}, domains)
    {
        port.proxy.answer = proxyAnswer;
        port.proxy.upstreamProxy = proxy.url();
        port.proxy.trustedPem = authority->info().certificatePath;
    }

    static std::shared_ptr<const tls::Authority> make(const QTemporaryDir &folder, const QStringList &domains,
                                                      const base::Clock &clock)
    {
        auto made = tls::Authority::create(folder.filePath(u"world"_s), domains, clock);
        if (!made) {
            qFatal("%s", qPrintable(made.error().oneLine()));
        }
        return *made;
    }
    /// A client inside a decrypted tunnel.
    std::unique_ptr<TlsClient> client(const QByteArray &name = segmentHost)
    {
        auto opened = std::make_unique<TlsClient>(port.port());
        opened->send(connectTo(name + ":443"));
        if (!QTest::qWaitFor([&] { return opened->pending().endsWith("\r\n\r\n"); })) {
            return nullptr;
        }
        (void)opened->discard();
        opened->startTls(QString::fromLatin1(name), port.pem());
        return QTest::qWaitFor([&] { return opened->isEncrypted(); }) ? std::move(opened) : nullptr;
    }
    /// True once as many requests as that have reached the host, on any of its connections.
    [[nodiscard]] QByteArray received() const
    {
        QByteArray all;
        for (const auto &peer : host.peers) {
            all += peer->received;
        }
        return all;
    }
    void reply(const QByteArray &bytes) { host.peers.back()->send(bytes); }

    QTemporaryDir folder;
    base::SystemClock clock;
    std::shared_ptr<const tls::Authority> authority;
    tls::ServerContexts contexts;
    Host host;
    WorldProxy proxy;
    Port port;
};

} // namespace

/// Calls that the real host answers, and those that it does not.
class TstProxyPassOn : public QObject
{
    Q_OBJECT

private slots:
    void storedThenPassedOn();
    void rejectedIsNotPassedOn();
    void keepAliveAndOrder();
    void hereAnswersEventsAndPassesTheRest();
    void absoluteFormIsPassedOn();
    void settingsFallBack();
    void settingsOfTheRealHost();
    void unreachableIsSaid();
    void untrustedHostIsSaid();
    void upstreamErrorIsTold();
    void chunkedAnswer();
    void answerUntilClose();
    void largeAnswerToASlowReader();
    void largeRequest();
    void tokenIsNeverStored();
    void webSocket();
    void noHttpInATunnel();
    void otherCallsOfACustomDomain();
    void answerChangesWhileOpen();
    void hostBreaksInMidAnswer();
    void clientLeavesInMidAnswer();
    void testHostIsAnsweredHere();
};

void TstProxyPassOn::storedThenPassedOn()
{
    World world(ProxyAnswer::PassOn);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    const QByteArray sent = postTo(segmentHost, "/v1/batch", "User-Agent: sdk/1\r\nX-CASE: kept\r\n");
    client->send(sent);
    QTRY_COMPARE(world.port.captured(), std::size_t(1));
    QVERIFY(world.host.peers.empty()); // durable first
    QCOMPARE(world.port.sink.requests.front().request.head + world.port.sink.requests.front().request.body,
             sent);
    world.port.answerAll();
    QTRY_COMPARE(world.received(), sent);
    QCOMPARE(world.proxy.heads, QByteArrayList{"CONNECT api.segment.io:443 HTTP/1.1"});
    QVERIFY(client->pending().isEmpty());
    world.reply(answer.first(30));
    QTRY_COMPARE(client->pending(), answer.first(30));
    world.reply(answer.sliced(30));
    QTRY_COMPARE(client->pending(), answer);
    QCOMPARE(world.port.observer.of(Observation::Kind::Events).size(), std::size_t(1));
}

void TstProxyPassOn::rejectedIsNotPassedOn()
{
    World world(ProxyAnswer::PassOn);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    client->send(postTo(segmentHost, "/v1/t", {}, "no JSON"));
    QTRY_COMPARE(world.port.captured(), std::size_t(1));
    world.port.server->post(
        {{world.port.sink.requests.front().token, {400, {}, "{}"}, 0, "invalid_json", {}}});
    TAKE(response, *client);
    QCOMPARE(response.status, 400);
    QVERIFY(world.host.peers.empty());
    QCOMPARE(world.port.observer.of(Observation::Kind::Rejected).front().detail, QByteArray("invalid_json"));
}

void TstProxyPassOn::keepAliveAndOrder()
{
    World world(ProxyAnswer::PassOn);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    client->send(postTo(segmentHost, "/v1/t", {}, "1") + getFrom(segmentHost, "/v1/projects/K/settings") +
                 postTo(segmentHost, "/v1/t", {}, "22"));
    QTRY_COMPARE(world.port.captured(), std::size_t(2));
    // The store answers the last first; nothing overtakes.
    world.port.server->post({{world.port.sink.requests.at(1).token, {200, {}, "{}"}, 1, {}, {}}});
    world.port.server->post({{world.port.sink.requests.at(0).token, {200, {}, "{}"}, 1, {}, {}}});
    QTRY_VERIFY(world.received().endsWith("\r\n\r\n1"));
    world.reply("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst");
    QTRY_VERIFY(world.received().contains("/settings HTTP/1.1"));
    world.reply("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond");
    QTRY_VERIFY(world.received().endsWith("\r\n\r\n22"));
    world.reply("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nthird");
    for (const char *expected : {"first", "second", "third"}) {
        TAKE(response, *client);
        QCOMPARE(response.body, QByteArray(expected));
    }
    QCOMPARE(world.host.peers.size(), std::size_t(1)); // one connection for all
}

void TstProxyPassOn::hereAnswersEventsAndPassesTheRest()
{
    World world(ProxyAnswer::Here);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    client->send(postTo(segmentHost, "/v1/t"));
    QTRY_COMPARE(world.port.captured(), std::size_t(1));
    world.port.answerAll();
    TAKE(events, *client);
    QCOMPARE(events.status, 200);
    client->send("OPTIONS /v1/t HTTP/1.1\r\nHost: a\r\nOrigin: http://page\r\n\r\n");
    TAKE(preflight, *client);
    QCOMPARE(preflight.status, 204);
    client->send(postTo(segmentHost, "/v1/m", {}, "{}"));
    TAKE(metrics, *client);
    QCOMPARE(metrics.status, 200);
    QVERIFY(world.host.peers.empty());

    client->send(getFrom(segmentHost, "/analytics.js/v1/KEY/analytics.min.js"));
    QTRY_VERIFY(world.received().startsWith("GET /analytics.js/v1/KEY/analytics.min.js HTTP/1.1\r\n"));
    world.reply(answer);
    QTRY_COMPARE(client->pending(), answer);
}

void TstProxyPassOn::absoluteFormIsPassedOn()
{
    World world(ProxyAnswer::PassOn);
    world.port.listen();
    tests::Client client(world.port.port());
    client.send(postTo(segmentHost, "https://api.segment.io/v1/batch", "Proxy-Connection: keep-alive\r\n"));
    QTRY_COMPARE(world.port.captured(), std::size_t(1));
    world.port.answerAll();
    QTRY_COMPARE(world.received(), postTo(segmentHost, "/v1/batch"));
    world.reply(answer);
    QTRY_COMPARE(client.pending(), answer);
}

void TstProxyPassOn::settingsFallBack()
{
    World world(ProxyAnswer::Here);
    world.port.proxy.upstreamProxy = u"none"_s; // and the name does not resolve
    world.port.listen();
    const auto client = world.client("cdn.segment.com");
    QVERIFY(client != nullptr);
    client->send(getFrom("cdn.segment.com", "/v1/projects/KEY/settings", "Origin: https://shop.example\r\n"));
    QTRY_VERIFY_WITH_TIMEOUT(client->hasResponse(), 15'000);
    const http::Response response = client->take();
    QCOMPARE(response.status, 200);
    QVERIFY(response.body.contains("\"apiKey\":\"KEY\""));
    QVERIFY(!response.body.contains("apiHost")); // the app's own goes through the proxy as well
    const Observation failed = world.port.observer.of(Observation::Kind::HostFailed).front();
    QCOMPARE(failed.host, QByteArray("cdn.segment.com"));
    QVERIFY(world.port.observer.has(Observation::Kind::Settings));
    client->send(getFrom("cdn.segment.com", "/v1/projects/KEY/settings"));
    QTRY_VERIFY_WITH_TIMEOUT(client->hasResponse(), 15'000);
}

void TstProxyPassOn::settingsOfTheRealHost()
{
    World world(ProxyAnswer::Here);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    const QByteArray sent =
        getFrom(segmentHost, "/v1/projects/KEY/settings", "Origin: https://shop.example\r\n");
    client->send(sent);
    QTRY_COMPARE(world.received(), sent);
    world.reply(answer);
    QTRY_COMPARE(client->pending(), answer);
}

void TstProxyPassOn::unreachableIsSaid()
{
    World world(ProxyAnswer::PassOn);
    world.port.proxy.upstreamProxy = u"none"_s;
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    client->send(postTo(segmentHost, "/v1/t"));
    QTRY_COMPARE(world.port.captured(), std::size_t(1));
    world.port.answerAll();
    QTRY_VERIFY_WITH_TIMEOUT(client->hasResponse(), 15'000);
    const http::Response response = client->take();
    QCOMPARE(response.status, 502);
    QVERIFY(response.body.contains("api.segment.io"));
    QVERIFY(world.port.observer.has(Observation::Kind::HostFailed));
}

void TstProxyPassOn::untrustedHostIsSaid()
{
    World world(ProxyAnswer::PassOn);
    world.port.proxy.trustedPem.clear();
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    client->send(postTo(segmentHost, "/v1/t"));
    QTRY_COMPARE(world.port.captured(), std::size_t(1));
    world.port.answerAll();
    TAKE(response, *client);
    QCOMPARE(response.status, 502);
    QVERIFY(world.received().isEmpty()); // not a byte of the events
}

void TstProxyPassOn::upstreamErrorIsTold()
{
    World world(ProxyAnswer::PassOn);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    client->send(postTo(segmentHost, "/v1/t"));
    QTRY_COMPARE(world.port.captured(), std::size_t(1));
    world.port.answerAll();
    QTRY_VERIFY(!world.received().isEmpty());
    world.reply("HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");
    TAKE(response, *client);
    QCOMPARE(response.status, 429);
    const Observation error = world.port.observer.of(Observation::Kind::AnsweredError).front();
    QCOMPARE(error.status, 429);
    QCOMPARE(error.detail, QByteArray("upstream"));
}

void TstProxyPassOn::chunkedAnswer()
{
    World world(ProxyAnswer::Here);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    client->send(getFrom(segmentHost, "/script.js"));
    QTRY_VERIFY(!world.received().isEmpty());
    const QByteArray chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x\r\nabcd\r\n0\r\nTrailer: t\r\n\r\n";
    for (const char byte : chunked) {
        world.reply(QByteArray(1, byte));
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(client->pending(), chunked);
    (void)client->discard();
    client->send(getFrom(segmentHost, "/"));
    QTRY_VERIFY(world.received().endsWith("GET / HTTP/1.1\r\nHost: api.segment.io\r\n\r\n"));
}

void TstProxyPassOn::answerUntilClose()
{
    World world(ProxyAnswer::Here);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    client->send(getFrom(segmentHost, "/script.js"));
    QTRY_VERIFY(!world.received().isEmpty());
    world.reply("HTTP/1.1 200 OK\r\n\r\nall there is");
    world.host.peers.back()->end();
    QTRY_COMPARE(client->pending(), QByteArray("HTTP/1.1 200 OK\r\n\r\nall there is"));
    QTRY_VERIFY(client->isClosed());
}

void TstProxyPassOn::largeAnswerToASlowReader()
{
    World world(ProxyAnswer::Here);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    client->tls().setReadBufferSize(4096);
    client->send(getFrom(segmentHost, "/script.js"));
    QTRY_VERIFY(!world.received().isEmpty());
    const QByteArray body(24 * 1024 * 1024, 'j');
    world.reply("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    tests::Client other(world.port.port());
    for (int i = 0; i < 20; ++i) {
        other.send(getFrom("a", "/"));
        TAKE(health, other);
    }
    client->tls().setReadBufferSize(0);
    QTRY_VERIFY_WITH_TIMEOUT(client->hasResponse(), 60'000);
    QVERIFY(client->take().body == body);
}

void TstProxyPassOn::largeRequest()
{
    World world(ProxyAnswer::PassOn);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    const QByteArray body(4 * 1024 * 1024, 'b');
    client->send(postTo(segmentHost, "/v1/batch", {}, body));
    QTRY_COMPARE(world.port.captured(), std::size_t(1));
    world.port.answerAll();
    QTRY_VERIFY_WITH_TIMEOUT(world.received() == postTo(segmentHost, "/v1/batch", {}, body), 20'000);
    world.reply(answer);
    QTRY_COMPARE(client->pending(), answer);
}

void TstProxyPassOn::tokenIsNeverStored()
{
    for (const ProxyAnswer kind : {ProxyAnswer::Here, ProxyAnswer::PassOn}) {
        World world(kind);
        world.port.listen();
        const auto client = world.client("oauth2.segment.io");
        QVERIFY(client != nullptr);
        client->send(postTo("oauth2.segment.io", "/token", {}, "client_assertion=secret"));
        if (kind == ProxyAnswer::PassOn) {
            QTRY_VERIFY(world.received().endsWith("client_assertion=secret"));
            world.reply(answer);
        }
        TAKE(response, *client);
        QCOMPARE(response.status, 200);
        QVERIFY(world.port.sink.requests.empty());
        for (const Observation &noted : world.port.observer.all) {
            QVERIFY(!noted.detail.contains("secret"));
        }
    }
}

void TstProxyPassOn::webSocket()
{
    World world(ProxyAnswer::Here);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    const QByteArray ask = getFrom(segmentHost, "/socket",
                                   "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n");
    client->send(ask);
    QTRY_COMPARE(world.received(), ask);
    const QByteArray head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    const QByteArray frame = QByteArray::fromHex("8105") + "hello";
    world.reply(head + frame);
    QTRY_COMPARE(client->pending(), head + frame);
    const QByteArray masked = QByteArray::fromHex("818500000000") + "world";
    client->send(masked);
    QTRY_COMPARE(world.received(), ask + masked);
    world.reply(frame);
    QTRY_COMPARE(client->pending(), head + frame + frame);
    QCOMPARE(world.port.server->connectionCount(), 1);
    QVERIFY(world.port.sink.requests.empty());
}

void TstProxyPassOn::noHttpInATunnel()
{
    World world(ProxyAnswer::Here);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    const QByteArray bytes = QByteArray::fromHex("0001ff") + "MQTT, perhaps";
    client->send(bytes);
    QTRY_COMPARE(world.received(), bytes);
    world.reply("an answer of its own");
    QTRY_COMPARE(client->pending(), QByteArray("an answer of its own"));

    // What begins like HTTP and is damaged is kept.
    const auto damaged = world.client();
    QVERIFY(damaged != nullptr);
    damaged->send("POST /v1/t\r\n\r\n\r\n");
    QTRY_COMPARE(world.port.captured(), std::size_t(1));
    QVERIFY(!world.port.sink.requests.front().rejectCode.isEmpty());
}

void TstProxyPassOn::otherCallsOfACustomDomain()
{
    World world(ProxyAnswer::Here, {u"shop.example"_s});
    world.port.listen();
    const auto client = world.client("t.shop.example");
    QVERIFY(client != nullptr);
    const QByteArray login = postTo("t.shop.example", "/login", {}, R"({"user":"u","password":"p"})");
    client->send(login);
    QTRY_COMPARE(world.received(), login);
    world.reply(answer);
    QTRY_COMPARE(client->pending(), answer);
    (void)client->discard();
    QVERIFY(world.port.sink.requests.empty());
    // Events at a path of its own are events.
    client->send(postTo("t.shop.example", "/collect"));
    QTRY_COMPARE(world.port.captured(), std::size_t(1));
    world.port.answerAll();
    TAKE(response, *client);
    QCOMPARE(response.body, QByteArray("{\"success\":true}"));
    QCOMPARE(world.received(), login);
}

void TstProxyPassOn::answerChangesWhileOpen()
{
    World world(ProxyAnswer::Here);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    client->send(postTo(segmentHost, "/v1/t"));
    QTRY_COMPARE(world.port.captured(), std::size_t(1));
    world.port.answerAll();
    TAKE(here, *client);
    QVERIFY(here.body.contains("success"));
    capture::ProxyOptions options = world.port.proxy;
    options.answer = ProxyAnswer::PassOn;
    QVERIFY(world.port.server->setProxy(options));
    client->send(postTo(segmentHost, "/v1/t"));
    QTRY_COMPARE(world.port.captured(), std::size_t(2));
    world.port.answerAll();
    QTRY_VERIFY(!world.received().isEmpty());
    world.reply(answer);
    QTRY_COMPARE(client->pending(), answer);

    options.upstreamProxy = u"ftp://nowhere"_s;
    const auto refused = world.port.server->setProxy(options);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, base::ErrorCode::BadInput);
    options = world.port.proxy;
    options.trustedPem = u"/nowhere/at/all.pem"_s;
    QVERIFY(!world.port.server->setProxy(options));
}

void TstProxyPassOn::hostBreaksInMidAnswer()
{
    World world(ProxyAnswer::Here);
    world.port.listen();
    const auto client = world.client();
    QVERIFY(client != nullptr);
    client->send(getFrom(segmentHost, "/script.js"));
    QTRY_VERIFY(!world.received().isEmpty());
    world.reply("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\na part");
    QTRY_VERIFY(client->pending().endsWith("a part"));
    world.host.peers.back()->socket->abort();
    QTRY_VERIFY(client->isClosed());
    QVERIFY(world.port.observer.has(Observation::Kind::HostFailed));
}

void TstProxyPassOn::clientLeavesInMidAnswer()
{
    World world(ProxyAnswer::Here);
    world.port.listen();
    {
        const auto client = world.client();
        QVERIFY(client != nullptr);
        client->send(getFrom(segmentHost, "/script.js"));
        QTRY_VERIFY(!world.received().isEmpty());
        world.reply("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\na part");
        QTRY_VERIFY(client->pending().endsWith("a part"));
        client->socket().abort();
    }
    world.reply(QByteArray(900'000, 'x'));
    QTRY_COMPARE(world.port.server->connectionCount(), 0);
}

void TstProxyPassOn::testHostIsAnsweredHere()
{
    World world(ProxyAnswer::PassOn);
    world.port.listen();
    const auto client = world.client(capture::testHost);
    QVERIFY(client != nullptr);
    client->send(getFrom(capture::testHost, "/"));
    TAKE(response, *client);
    QCOMPARE(response.status, 200);
    QVERIFY(world.host.peers.empty());
    QVERIFY(world.proxy.heads.isEmpty());
}

QTEST_GUILESS_MAIN(TstProxyPassOn)
#include "tst_proxypasson.moc"
