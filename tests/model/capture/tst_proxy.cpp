// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "proxyfixture.h"

#include <random>

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using capture::Mode;
using capture::Observation;
using tests::Client;
using tests::connectTo;
using tests::getFrom;
using tests::Host;
using tests::Port;
using tests::postTo;
using tests::TlsClient;

/// The port as forward proxy: what is captured, what is tunnelled, what is refused.
class TstProxy : public QObject
{
    Q_OBJECT

private slots:
    void capturedThroughConnect_data();
    void capturedThroughConnect();
    void helloInTheSameSegment();
    void plainInsideATunnel();
    void customDomain();
    void absoluteForm_data();
    void absoluteForm();
    void absoluteFormOfThisPort();
    void connectBehindARequest();

    void tunnelToAnotherHost();
    void tunnelCarriesAnything();
    void bytesBehindTheHead();
    void manyTunnels();
    void slowReaderInATunnel();
    void plainRequestToAnotherHost();
    void hostHeaderIsTheTargets();
    void chunkedRequestToAnotherHost();

    void refusedTargets_data();
    void refusedTargets();
    void malformedTarget_data();
    void malformedTarget();
    void unreachableHost();
    void connectWithoutAnAuthority();
    void spareTunnel();
    void clientLeavesWhileDialing();
    void closesWithTunnelsOpen();
    void tunnelsCountAsConnections();
    void silentConnectionsMakeRoom();

private:
    std::unique_ptr<TlsClient> openTls(Port &port, const QByteArray &host);
};

namespace {

/// The answer to a CONNECT, which has no length.
bool hasTunnel(Client &client)
{
    return client.pending().startsWith("HTTP/1.1 200 ") && client.pending().endsWith("\r\n\r\n");
}

} // namespace

std::unique_ptr<TlsClient> TstProxy::openTls(Port &port, const QByteArray &host)
{
    auto client = std::make_unique<TlsClient>(port.port());
    client->send(connectTo(host + ":443"));
    if (!QTest::qWaitFor([&] { return hasTunnel(*client); })) {
        return nullptr;
    }
    (void)client->discard();
    client->startTls(QString::fromLatin1(host), port.pem());
    return QTest::qWaitFor([&] { return client->isEncrypted(); }) ? std::move(client) : nullptr;
}

void TstProxy::capturedThroughConnect_data()
{
    QTest::addColumn<QByteArray>("connect");
    QTest::newRow("HTTP/1.1") << connectTo("api.segment.io:443");
    QTest::newRow("HTTP/1.0 without Host") << "CONNECT api.segment.io:443 HTTP/1.0\r\n\r\n"_ba;
    QTest::newRow("any case, final dot") << "CONNECT API.Segment.IO.:443 HTTP/1.1\r\n\r\n"_ba;
    QTest::newRow("Proxy-Connection")
        << "CONNECT api.segment.io:443 HTTP/1.1\r\nHost: api.segment.io:443\r\nProxy-Connection: Keep-Alive\r\n\r\n"_ba;
    QTest::newRow("EU") << connectTo("events.eu1.segmentapis.com:443");
}

void TstProxy::capturedThroughConnect()
{
    QFETCH(QByteArray, connect);
    const QByteArray host = connect.contains("eu1") ? "events.eu1.segmentapis.com" : "api.segment.io";
    Port port;
    port.listen();
    TlsClient client(port.port());
    client.send(connect);
    QTRY_VERIFY(hasTunnel(client));
    (void)client.discard();
    client.startTls(QString::fromLatin1(host), port.pem());
    QTRY_VERIFY(client.isEncrypted());
    client.send(postTo(host, "/v1/batch", "User-Agent: sdk/1\r\n"));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QCOMPARE(port.sink.requests.front().request.target, QByteArray("/v1/batch"));
    port.answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 200);

    const Observation opened = port.observer.of(Observation::Kind::TlsOpened).front();
    QCOMPARE(opened.host, host);
    QCOMPARE(opened.mode, Mode::ProxyTls);
    const Observation events = port.observer.of(Observation::Kind::Events).front();
    QCOMPARE(events.host, host);
    QCOMPARE(events.mode, Mode::ProxyTls);
    QCOMPARE(events.agent, QByteArray("sdk/1"));
    QCOMPARE(events.path, QByteArray("/v1/batch"));
    QCOMPARE(events.count, 1U);
}

/// Some clients do not wait for the 200.
void TstProxy::helloInTheSameSegment()
{
    Port port;
    port.listen();
    Client client(port.port());
    const auto trusting = tls::ClientContext::create(port.authority->info().certificatePath);
    QVERIFY(trusting);
    const auto session = tls::Session::connect(**trusting, "api.segment.io");
    client.send(connectTo("api.segment.io:443") + session->takeOutput());
    session->write(postTo("api.segment.io", "/v1/t"));
    QByteArray plain;
    bool isHeadTaken = false;
    QTRY_VERIFY(([&] {
        QByteArray came = client.pending();
        (void)client.discard();
        if (const qsizetype end = came.indexOf("\r\n\r\n"); !isHeadTaken && end >= 0) {
            isHeadTaken = true;
            came.remove(0, end + 4);
        }
        session->feed(came, plain);
        client.send(session->takeOutput());
        return port.captured() == 1;
    }()));
}

void TstProxy::plainInsideATunnel()
{
    Port port;
    port.listen();
    Client client(port.port());
    client.send(connectTo("api.segment.io:80") + postTo("api.segment.io", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    port.answerAll();
    QTRY_VERIFY(client.pending().contains("{\"success\":true}"));
    const Observation events = port.observer.of(Observation::Kind::Events).front();
    QCOMPARE(events.mode, Mode::ProxyHttp);
    QCOMPARE(events.host, QByteArray("api.segment.io"));
}

void TstProxy::customDomain()
{
    Port port({}, {u"t.shop.example"_s});
    port.listen();
    const auto client = openTls(port, "t.shop.example");
    QVERIFY(client != nullptr);
    client->send(postTo("t.shop.example", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QCOMPARE(port.observer.of(Observation::Kind::TlsOpened).front().host, QByteArray("t.shop.example"));
}

void TstProxy::absoluteForm_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("host");
    QTest::newRow("https, as axios 0.27 sends it") << "https://api.segment.io/v1/batch"_ba
                                                   << "api.segment.io"_ba;
    QTest::newRow("http") << "http://api.segment.io/v1/t"_ba
                          << "api.segment.io"_ba;
    QTest::newRow("with a port") << "HTTP://API.segment.io:80/v1/t"_ba
                                 << "api.segment.io"_ba;
}

void TstProxy::absoluteForm()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, host);
    Port port;
    port.listen();
    Client client(port.port());
    for (std::size_t i = 1; i <= 2; ++i) {
        client.send(postTo(host, target));
        QTRY_COMPARE(port.captured(), i);
        port.answerAll();
        TAKE(response, client);
        QCOMPARE(response.status, 200);
    }
    const Observation events = port.observer.of(Observation::Kind::Events).front();
    QCOMPARE(events.mode, Mode::ProxyHttp);
    QCOMPARE(events.host, host);
}

void TstProxy::absoluteFormOfThisPort()
{
    Port port;
    port.listen();
    for (const QByteArray &host : {port.address(), "localhost:" + QByteArray::number(port.port())}) {
        Client client(port.port());
        const std::size_t before = port.captured();
        client.send(postTo(host, "http://" + host + "/v1/t"));
        QTRY_COMPARE(port.captured(), before + 1);
        port.answerAll();
        TAKE(response, client);
        QCOMPARE(response.status, 200);
    }
    for (const Observation &events : port.observer.of(Observation::Kind::Events)) {
        QCOMPARE(events.mode, Mode::Endpoint);
    }
}

/// What was asked before the CONNECT is answered before it.
void TstProxy::connectBehindARequest()
{
    Host host;
    Port port;
    port.listen();
    Client client(port.port());
    client.send(postTo("a", "/v1/t") + connectTo(host.authority()) + "early");
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QVERIFY(host.peers.empty());
    port.answerAll();
    TAKE(response, client);
    QVERIFY(response.body.contains("success"));
    QTRY_VERIFY(hasTunnel(client));
    (void)client.discard();
    QTRY_COMPARE(host.peers.size(), std::size_t(1));
    QTRY_COMPARE(host.peers.front()->received, QByteArray("early"));
}

void TstProxy::tunnelToAnotherHost()
{
    Host host;
    Port port;
    port.listen();
    Client client(port.port());
    client.send("CONNECT " + host.authority() + " HTTP/1.1\r\nUser-Agent: browser/1\r\n\r\n");
    QTRY_VERIFY(hasTunnel(client));
    (void)client.discard();
    client.send("hello host");
    QTRY_COMPARE(host.peers.size(), std::size_t(1));
    QTRY_COMPARE(host.peers.front()->received, QByteArray("hello host"));
    host.peers.front()->send("hello client");
    QTRY_COMPARE(client.pending(), QByteArray("hello client"));
    const Observation opened = port.observer.of(Observation::Kind::TunnelOpened).front();
    QCOMPARE(opened.host, QByteArray("127.0.0.1"));
    QCOMPARE(opened.agent, QByteArray("browser/1"));
    QCOMPARE(port.server->connectionCount(), 1);
    client.endOutput();
    QTRY_VERIFY(host.peers.front()->hasEnded); // Qt's socket closes with it
    QTRY_COMPARE(port.server->connectionCount(), 0);
    QVERIFY(port.sink.requests.empty());
}

void TstProxy::tunnelCarriesAnything()
{
    Host host;
    Port port;
    port.listen();
    Client client(port.port());
    client.send(connectTo(host.authority()));
    QTRY_VERIFY(hasTunnel(client));
    (void)client.discard();
    std::mt19937 random(3);
    QByteArray bytes(3 * 1024 * 1024, '\0');
    for (char &byte : bytes) {
        byte = static_cast<char>(random());
    }
    for (const char byte : bytes.first(500)) {
        client.send(QByteArray(1, byte));
        QCoreApplication::processEvents();
    }
    client.send(bytes.sliced(500));
    QTRY_COMPARE(host.peers.size(), std::size_t(1));
    QTRY_COMPARE(host.peers.front()->received.size(), bytes.size());
    QVERIFY(host.peers.front()->received == bytes);
    host.peers.front()->send(bytes);
    QTRY_COMPARE(client.pending().size(), bytes.size());
    QVERIFY(client.pending() == bytes);
}

void TstProxy::bytesBehindTheHead()
{
    Host host;
    Port port;
    port.listen();
    Client client(port.port());
    client.send(connectTo(host.authority()) + "GET / HTTP/1.1\r\n\r\n");
    QTRY_COMPARE(host.peers.size(), std::size_t(1));
    QTRY_COMPARE(host.peers.front()->received, QByteArray("GET / HTTP/1.1\r\n\r\n"));
}

void TstProxy::manyTunnels()
{
    Host host;
    Port port;
    port.listen();
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(std::make_unique<Client>(port.port()));
        clients.back()->send(connectTo(host.authority()) + "number " + QByteArray::number(i));
    }
    QTRY_COMPARE(host.peers.size(), std::size_t(200));
    for (const auto &peer : host.peers) {
        QTRY_VERIFY(peer->received.startsWith("number "));
        peer->send("for " + peer->received);
    }
    for (int i = 0; i < 200; ++i) {
        QTRY_VERIFY(clients.at(static_cast<std::size_t>(i))
                        ->pending()
                        .endsWith("\r\n\r\nfor number " + QByteArray::number(i)));
    }
    QCOMPARE(port.server->connectionCount(), 200);
    clients.clear();
    for (const auto &peer : host.peers) {
        peer->end();
    }
    QTRY_COMPARE(port.server->connectionCount(), 0);
}

void TstProxy::slowReaderInATunnel()
{
    Host host;
    Port port;
    port.listen();
    Client client(port.port());
    client.send(connectTo(host.authority()));
    QTRY_VERIFY(hasTunnel(client));
    (void)client.discard();
    QTRY_COMPARE(host.peers.size(), std::size_t(1));
    client.socket().setReadBufferSize(4096);
    const QByteArray bytes(40 * 1024 * 1024, 'b');
    host.peers.front()->send(bytes);
    Client other(port.port());
    other.send(getFrom("a", "/"));
    TAKE(health, other);
    // The kernel's buffers take a few MB, the relay 256 KB: the rest has to wait at the host.
    QVERIFY(host.peers.front()->socket->bytesToWrite() > 20 * 1024 * 1024);
    client.socket().setReadBufferSize(0);
    QTRY_COMPARE_WITH_TIMEOUT(client.pending().size(), bytes.size(), 30'000);
    QVERIFY(client.pending() == bytes);
}

void TstProxy::plainRequestToAnotherHost()
{
    Host host;
    Port port;
    port.listen();
    Client client(port.port());
    client.send(
        "POST http://user:password@" + host.authority() +
        "/path?q=1 HTTP/1.1\r\nUser-Agent: browser/1\r\nX-Odd:  two  spaces \r\nHost: " + host.authority() +
        "\r\nProxy-Connection: keep-alive\r\nProxy-Authorization: Basic abc\r\nConnection: keep-alive, "
        "X-Hop\r\n"
        "X-Hop: 1\r\nContent-Length: 5\r\n\r\nhel");
    QTRY_COMPARE(host.peers.size(), std::size_t(1));
    client.send("lo");
    const QByteArray expected = "POST /path?q=1 HTTP/1.1\r\nHost: " + host.authority() +
                                "\r\nUser-Agent: browser/1\r\nX-Odd: two  spaces\r\nContent-Length: 5\r\n"
                                "Connection: close\r\n\r\nhello";
    QTRY_COMPARE(host.peers.front()->received, expected);
    const QByteArray answer =
        "HTTP/1.1 201 Fine\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    host.peers.front()->send(answer);
    host.peers.front()->end();
    QTRY_COMPARE(client.pending(), answer);
    QTRY_VERIFY(client.isClosed());
    const Observation other = port.observer.of(Observation::Kind::OtherHost).front();
    QCOMPARE(other.host, QByteArray("127.0.0.1"));
    QCOMPARE(other.agent, QByteArray("browser/1"));
    QVERIFY(port.sink.requests.empty());
}

void TstProxy::hostHeaderIsTheTargets()
{
    Host host;
    Port port;
    port.listen();
    Client client(port.port());
    client.send("GET http://" + host.authority() +
                " HTTP/1.1\r\nHost: internal.example\r\nhost: second\r\n\r\n");
    QTRY_COMPARE(host.peers.size(), std::size_t(1));
    QTRY_COMPARE(host.peers.front()->received,
                 "GET / HTTP/1.1\r\nHost: " + host.authority() + "\r\nConnection: close\r\n\r\n");
}

void TstProxy::chunkedRequestToAnotherHost()
{
    Host host;
    Port port;
    port.listen();
    Client client(port.port());
    const QByteArray body = "5;x=y\r\nhello\r\n0\r\n\r\n";
    client.send("POST http://" + host.authority() +
                "/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
    QTRY_COMPARE(host.peers.size(), std::size_t(1));
    QTRY_VERIFY(host.peers.front()->received.endsWith("\r\n\r\n"));
    QVERIFY(client.pending().isEmpty()); // it is the host's to say so
    host.peers.front()->send("HTTP/1.1 100 Continue\r\n\r\n");
    QTRY_COMPARE(client.pending(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    client.send(body);
    QTRY_VERIFY(host.peers.front()->received.endsWith(body));
}

void TstProxy::refusedTargets_data()
{
    QTest::addColumn<QByteArray>("authority");
    QTest::newRow("this port") << "127.0.0.1:PORT"_ba;
    QTest::newRow("this port, another loopback address") << "127.3.2.1:PORT"_ba;
    QTest::newRow("this port by name") << "localhost:PORT"_ba;
    QTest::newRow("this port, IPv6") << "[::1]:PORT"_ba;
    QTest::newRow("this port, mapped") << "[::ffff:127.0.0.1]:PORT"_ba;
    QTest::newRow("this port, unspecified") << "0.0.0.0:PORT"_ba;
    QTest::newRow("unspecified") << "0.0.0.0:80"_ba;
    QTest::newRow("unspecified, IPv6") << "[::]:80"_ba;
    QTest::newRow("link-local: a cloud machine's credentials") << "169.254.169.254:80"_ba;
    QTest::newRow("link-local, mapped") << "[::ffff:169.254.169.254]:80"_ba;
    QTest::newRow("link-local, IPv6") << "[fe80::1]:80"_ba;
    QTest::newRow("multicast") << "224.0.0.1:80"_ba;
    QTest::newRow("multicast, IPv6") << "[ff02::1]:80"_ba;
    QTest::newRow("broadcast") << "255.255.255.255:80"_ba;
}

void TstProxy::refusedTargets()
{
    QFETCH(QByteArray, authority);
    Port port;
    port.listen();
    authority.replace("PORT", QByteArray::number(port.port()));
    Client client(port.port());
    client.send(connectTo(authority));
    TAKE(response, client);
    QCOMPARE(response.status, 403);
    QVERIFY(response.body.startsWith("Trackside: "));
    QTRY_VERIFY(client.isClosed());
    const auto refused = port.observer.of(Observation::Kind::TunnelRefused);
    QCOMPARE(refused.size(), std::size_t(1));
    QVERIFY(!refused.front().detail.isEmpty());
    QVERIFY(!port.observer.has(Observation::Kind::TunnelOpened));

    if (!authority.endsWith(QByteArray::number(port.port()))) {
        Client plain(port.port());
        plain.send(getFrom(authority, "http://" + authority + "/latest/meta-data"));
        TAKE(plainResponse, plain);
        QCOMPARE(plainResponse.status, 403);
    }
}

void TstProxy::malformedTarget_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("no port") << "example.com"_ba;
    QTest::newRow("port 0") << "example.com:0"_ba;
    QTest::newRow("port too high") << "example.com:65536"_ba;
    QTest::newRow("bare IPv6") << "::1:443"_ba;
    QTest::newRow("no host") << ":443"_ba;
    QTest::newRow("user") << "user@example.com:443"_ba;
    QTest::newRow("space in brackets") << "[::1 ]:443"_ba;
    QTest::newRow("percent") << "example%2ecom:443"_ba;
}

void TstProxy::malformedTarget()
{
    QFETCH(QByteArray, target);
    Port port;
    port.listen();
    Client client(port.port());
    client.send("CONNECT " + target + " HTTP/1.1\r\n\r\n");
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QCOMPARE(port.sink.requests.front().rejectStatus, 400);
    port.answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 400);
    QTRY_VERIFY(client.isClosed());
}

void TstProxy::unreachableHost()
{
    quint16 dead = 0;
    {
        Host host;
        dead = host.port();
    }
    Port port;
    port.listen();
    Client client(port.port());
    client.send(connectTo("127.0.0.1:" + QByteArray::number(dead)));
    TAKE(response, client);
    QCOMPARE(response.status, 502);
    QVERIFY(response.body.contains("127.0.0.1"));
    QTRY_VERIFY(client.isClosed());
    const Observation failed = port.observer.of(Observation::Kind::HostFailed).front();
    QCOMPARE(failed.host, QByteArray("127.0.0.1"));
    QVERIFY(!failed.detail.isEmpty());
}

void TstProxy::connectWithoutAnAuthority()
{
    Port port;
    port.parts.authority = {};
    port.listen();
    Client client(port.port());
    client.send(connectTo("api.segment.io:443"));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QCOMPARE(port.sink.requests.front().rejectCode, QByteArray("tunnel"));
    port.answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 501);
}

void TstProxy::spareTunnel()
{
    Port port;
    port.listen();
    {
        Client client(port.port());
        client.send(connectTo("api.segment.io:443"));
        QTRY_VERIFY(hasTunnel(client));
        (void)client.discard();
    }
    QTRY_COMPARE(port.server->connectionCount(), 0);
    const Observation left = port.observer.of(Observation::Kind::TlsRefused).front();
    QCOMPARE(left.detail, QByteArray("left"));
    QCOMPARE(left.host, QByteArray("api.segment.io"));
    QVERIFY(port.sink.requests.empty());
}

void TstProxy::clientLeavesWhileDialing()
{
    Host host;
    Port port;
    port.listen();
    for (int i = 0; i < 20; ++i) {
        Client client(port.port());
        client.send(connectTo(host.authority()));
        if (i % 2 == 0) {
            QCoreApplication::processEvents();
        }
        client.socket().abort();
    }
    QTRY_COMPARE(port.server->connectionCount(), 0);
}

void TstProxy::closesWithTunnelsOpen()
{
    Host host;
    Port port;
    port.listen();
    Client client(port.port());
    client.send(connectTo(host.authority()));
    QTRY_VERIFY(hasTunnel(client));
    (void)client.discard();
    QSignalSpy drained(port.server.get(), &capture::Server::drained);
    port.server->close();
    QTRY_COMPARE(drained.count(), 1);
    QTRY_VERIFY(client.isClosed());
}

void TstProxy::tunnelsCountAsConnections()
{
    capture::ServerOptions options;
    options.maxConnections = 2;
    Host host;
    Port port(options);
    port.listen();
    Client first(port.port());
    Client second(port.port());
    for (Client *client : {&first, &second}) {
        client->send(connectTo(host.authority()));
        QTRY_VERIFY(hasTunnel(*client));
        (void)client->discard();
    }
    QCOMPARE(port.server->connectionCount(), 2);
    Client third(port.port());
    TAKE(response, third);
    QCOMPARE(response.status, 503);
}

/// At the limit, whoever has long said nothing goes first, and who has something to say gets in.
void TstProxy::silentConnectionsMakeRoom()
{
    capture::ServerOptions options;
    options.maxConnections = 4;
    Port port(options);
    port.listen();
    std::vector<std::unique_ptr<Client>> silent;
    for (int i = 0; i < 4; ++i) {
        silent.push_back(std::make_unique<Client>(port.port()));
    }
    QTRY_COMPARE(port.server->connectionCount(), 4);
    // Tried again and again, as a client does, until the silent ones have been silent for long enough.
    QTRY_VERIFY_WITH_TIMEOUT(([&] {
                                 Client late(port.port());
                                 late.send(getFrom("a", "/"));
                                 return QTest::qWaitFor([&] { return late.hasResponse(); }) &&
                                        late.take().status == 200;
                             }()),
                             15'000);
}

QTEST_GUILESS_MAIN(TstProxy)
#include "tst_proxy.moc"
