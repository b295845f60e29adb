// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "proxyfixture.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using capture::Mode;
using capture::Observation;
using tests::Client;
using tests::getFrom;
using tests::Port;
using tests::postTo;
using tests::TlsClient;

/// TLS on the port itself, told by its first byte.
class TstTlsPort : public QObject
{
    Q_OBJECT

private slots:
    void eventOverTls_data();
    void eventOverTls();
    void namedCertificate();
    void http1IsChosen();
    void oneByteAtATime();
    void pipelinedInTls();
    void segmentsHostByName();
    void settingsNameTls();
    void plainStaysPlain();
    void untrustedIsTold();
    void alertIsToldOnce();
    void leftInMidHandshake();
    void slowHandshake();
    void noTls();
    void damagedInTls();
    void halfClosedInTls();
    void largeAnswer();
    void withoutAnAuthority();
    void failingAuthority();
    void newAuthority();
    void closesWithOpenSessions();
};

void TstTlsPort::eventOverTls_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::newRow("127.0.0.1") << QHostAddress(QHostAddress::LocalHost);
    QTest::newRow("::1") << QHostAddress(QHostAddress::LocalHostIPv6);
}

void TstTlsPort::eventOverTls()
{
    QFETCH(QHostAddress, address);
    Port port;
    port.listen({{address, 0}});
    TlsClient client(port.port(), address);
    client.startTls(address.toString(), port.pem());
    QTRY_VERIFY(client.isEncrypted());
    for (std::size_t i = 1; i <= 3; ++i) {
        client.send(postTo("a", "/v1/t"));
        QTRY_COMPARE(port.captured(), i);
        port.answerAll();
        TAKE(response, client);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.body, QByteArray("{\"success\":true}"));
    }
    const event::CapturedRequest &captured = port.sink.requests.front();
    QCOMPARE(captured.request.head + captured.request.body, postTo("a", "/v1/t"));
    const auto opened = port.observer.of(Observation::Kind::TlsOpened);
    QCOMPARE(opened.size(), std::size_t(1));
    QCOMPARE(opened.front().mode, Mode::EndpointTls);
    QCOMPARE(opened.front().host, address.toString().toLatin1());
    const auto events = port.observer.of(Observation::Kind::Events);
    QCOMPARE(events.size(), std::size_t(3));
    QCOMPARE(events.front().mode, Mode::EndpointTls);
    QCOMPARE(events.front().address, address.toString().toLatin1());
}

void TstTlsPort::namedCertificate()
{
    Port port;
    port.listen();
    TlsClient client(port.port());
    client.startTls(u"localhost"_s, port.pem());
    QTRY_VERIFY(client.isEncrypted());
    QCOMPARE(client.tls().peerCertificate().subjectAlternativeNames().value(QSsl::DnsEntry), u"localhost"_s);
    client.send(postTo("localhost", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QCOMPARE(port.observer.of(Observation::Kind::TlsOpened).front().host, QByteArray("localhost"));
}

void TstTlsPort::http1IsChosen()
{
    Port port;
    port.listen();
    TlsClient client(port.port());
    client.startTls(u"localhost"_s, port.pem());
    QTRY_VERIFY(client.isEncrypted());
    QCOMPARE(client.tls().sslConfiguration().nextNegotiatedProtocol(), QByteArray("http/1.1"));
}

void TstTlsPort::oneByteAtATime()
{
    Port port;
    port.listen();
    Client client(port.port());
    const auto trusting = tls::ClientContext::create(port.authority->info().certificatePath);
    QVERIFY(trusting);
    const auto session = tls::Session::connect(**trusting, "localhost");
    QByteArray plain;
    session->write(postTo("localhost", "/v1/t"));
    QTRY_VERIFY_WITH_TIMEOUT(([&] {
                                 for (const char byte : session->takeOutput()) {
                                     client.send(QByteArray(1, byte));
                                     QCoreApplication::processEvents();
                                 }
                                 session->feed(client.pending(), plain);
                                 (void)client.discard();
                                 return port.captured() == 1;
                             }()),
                             20'000);
    QCOMPARE(port.sink.requests.front().request.body, tests::trackBody);
}

void TstTlsPort::pipelinedInTls()
{
    Port port;
    port.listen();
    TlsClient client(port.port());
    client.startTls(u"localhost"_s, port.pem());
    QTRY_VERIFY(client.isEncrypted());
    client.send(postTo("a", "/v1/t") + getFrom("a", "/") + postTo("a", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(2));
    port.answerAll();
    TAKE(first, client);
    TAKE(health, client);
    QVERIFY(health.body.contains("Trackside"));
    TAKE(second, client);
    QCOMPARE(second.status, 200);
}

/// The machine's own name service leads api.segment.io here: as if it had come through the proxy.
void TstTlsPort::segmentsHostByName()
{
    Port port;
    port.listen();
    TlsClient client(port.port());
    client.startTls(u"api.segment.io"_s, port.pem());
    QTRY_VERIFY(client.isEncrypted());
    client.send(postTo("api.segment.io", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    port.answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 200);
    const Observation events = port.observer.of(Observation::Kind::Events).front();
    QCOMPARE(events.mode, Mode::ProxyTls);
    QCOMPARE(events.host, QByteArray("api.segment.io"));
}

void TstTlsPort::settingsNameTls()
{
    Port port;
    port.listen();
    TlsClient client(port.port());
    client.startTls(u"localhost"_s, port.pem());
    QTRY_VERIFY(client.isEncrypted());
    client.send(getFrom("localhost:8765", "/v1/projects/KEY/settings", "Origin: http://localhost\r\n"));
    TAKE(response, client);
    QVERIFY2(response.body.contains(R"("apiHost":"localhost:8765/v1","protocol":"https")"), response.body);
    QVERIFY(!port.observer.of(Observation::Kind::Settings).front().writeKeyHash.isEmpty());
}

void TstTlsPort::plainStaysPlain()
{
    Port port;
    port.listen();
    Client client(port.port());
    client.send(postTo("a", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    port.answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 200);
    QCOMPARE(port.observer.of(Observation::Kind::Events).front().mode, Mode::Endpoint);
    QVERIFY(!port.observer.has(Observation::Kind::TlsOpened));
}

void TstTlsPort::untrustedIsTold()
{
    Port port;
    port.listen();
    QSignalSpy sighted(port.server.get(), &capture::Server::sighted);
    TlsClient client(port.port());
    client.startTls(u"localhost"_s, {});
    QTRY_VERIFY(port.observer.has(Observation::Kind::TlsRefused));
    const Observation refused = port.observer.of(Observation::Kind::TlsRefused).front();
    QVERIFY2(refused.alert > 0 || refused.detail == "left", refused.detail);
    QCOMPARE(refused.host, QByteArray("localhost"));
    QCOMPARE(refused.mode, Mode::EndpointTls);
    QTRY_COMPARE(port.server->connectionCount(), 0);
    QVERIFY(port.sink.requests.empty());
    QCOMPARE(sighted.count(), refused.detail == "left" ? 0 : 1);
}

/// The alert comes with the connection's end right behind it, as curl and Node do it.
void TstTlsPort::alertIsToldOnce()
{
    Port port;
    port.listen();
    Client client(port.port());
    client.send("CONNECT api.segment.io:443 HTTP/1.1\r\nUser-Agent: sdk/1\r\n\r\n");
    QTRY_VERIFY(client.pending().endsWith("\r\n\r\n"));
    (void)client.socket().readAll();
    const auto distrusting = tls::ClientContext::create();
    QVERIFY(distrusting);
    const auto session = tls::Session::connect(**distrusting, "api.segment.io");
    client.send(session->takeOutput());
    QByteArray plain;
    while (session->state() == tls::Session::State::Handshaking) {
        QTRY_VERIFY(client.socket().bytesAvailable() > 0);
        session->feed(client.socket().readAll(), plain);
    }
    QCOMPARE(session->state(), tls::Session::State::Failed);
    client.send(session->takeOutput());
    client.socket().disconnectFromHost();
    QTRY_COMPARE(port.server->connectionCount(), 0);
    const auto refused = port.observer.of(Observation::Kind::TlsRefused);
    QCOMPARE(refused.size(), 1U);
    QCOMPARE(refused.front().detail, QByteArray("unknown_ca"));
    QCOMPARE(refused.front().agent, QByteArray("sdk/1"));
}

void TstTlsPort::leftInMidHandshake()
{
    Port port;
    port.listen();
    Client client(port.port());
    const auto trusting = tls::ClientContext::create(port.authority->info().certificatePath);
    QVERIFY(trusting);
    const auto session = tls::Session::connect(**trusting, "localhost");
    client.send(session->takeOutput());
    QTRY_VERIFY(!client.pending().isEmpty());
    client.socket().abort();
    QTRY_VERIFY(port.observer.has(Observation::Kind::TlsRefused));
    const Observation left = port.observer.of(Observation::Kind::TlsRefused).front();
    QCOMPARE(left.detail, QByteArray("left"));
    QCOMPARE(left.host, QByteArray("localhost"));
    QTRY_COMPARE(port.server->connectionCount(), 0);
}

void TstTlsPort::slowHandshake()
{
    capture::ServerOptions options;
    options.headTimeoutMs = 50;
    Port port(options);
    port.listen();
    Client client(port.port());
    client.send(QByteArray::fromHex("1603010200010001fc0303"));
    QTRY_VERIFY(client.isClosed());
    QVERIFY(port.observer.has(Observation::Kind::TlsBroken));
    QVERIFY(port.sink.requests.empty());
}

void TstTlsPort::noTls()
{
    Port port;
    port.listen();
    QSignalSpy sighted(port.server.get(), &capture::Server::sighted);
    Client client(port.port());
    client.send("\x16this only begins like a handshake, and then it is something else altogether");
    QTRY_VERIFY(port.observer.has(Observation::Kind::TlsBroken));
    QVERIFY(!port.observer.of(Observation::Kind::TlsBroken).front().detail.isEmpty());
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(sighted.count(), 1);
}

void TstTlsPort::damagedInTls()
{
    Port port;
    port.listen();
    TlsClient client(port.port());
    client.startTls(u"localhost"_s, port.pem());
    QTRY_VERIFY(client.isEncrypted());
    client.send("POST /v1/t HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello");
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QCOMPARE(port.sink.requests.front().rejectCode, QByteArray("bad_request"));
    port.answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, 400);
    QTRY_VERIFY(client.isClosed());
    QVERIFY(port.observer.has(Observation::Kind::Rejected));
}

void TstTlsPort::halfClosedInTls()
{
    Port port;
    port.listen();
    Client client(port.port());
    const auto trusting = tls::ClientContext::create(port.authority->info().certificatePath);
    QVERIFY(trusting);
    const auto session = tls::Session::connect(**trusting, "localhost");
    QByteArray plain;
    const auto pump = [&] {
        session->feed(client.pending(), plain);
        (void)client.discard();
        client.send(session->takeOutput());
        return session->state();
    };
    QTRY_VERIFY(pump() == tls::Session::State::Open);
    session->write(postTo("localhost", "/v1/t"));
    session->end();
    client.send(session->takeOutput());
    client.endOutput();
    QTRY_COMPARE(port.captured(), std::size_t(1));
    port.answerAll();
    QTRY_VERIFY((pump(), plain.contains("{\"success\":true}")));
    QTRY_COMPARE(pump(), tls::Session::State::PeerEnded);
}

void TstTlsPort::largeAnswer()
{
    Port port;
    port.listen();
    TlsClient client(port.port());
    client.startTls(u"localhost"_s, port.pem());
    QTRY_VERIFY(client.isEncrypted());
    const QByteArray large(5 * 1024 * 1024, 'L');
    client.send(postTo("a", "/v1/t", {}, large));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QCOMPARE(port.sink.requests.front().request.body, large);
    port.server->post({{port.sink.requests.front().token, {200, {}, large}, 1, {}, {}}});
    TAKE(response, client);
    QCOMPARE(response.body, large);
}

void TstTlsPort::withoutAnAuthority()
{
    Port port;
    port.parts.authority = {};
    port.listen();
    QSignalSpy sighted(port.server.get(), &capture::Server::sighted);
    TlsClient client(port.port());
    client.startTls(u"localhost"_s, port.pem());
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QCOMPARE(port.sink.requests.front().rejectCode, QByteArray("tls"));
    port.answerAll();
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(sighted.count(), 1);
}

void TstTlsPort::failingAuthority()
{
    Port port;
    port.parts.authority = [] {
        return base::Result<std::shared_ptr<const tls::Authority>>(
            base::failure(base::ErrorCode::Permission, u"The authority can't be read."_s, {}, {}));
    };
    port.listen();
    TlsClient client(port.port());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"The authority can't be read"_s));
    client.startTls(u"localhost"_s, port.pem());
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QCOMPARE(port.sink.requests.front().rejectCode, QByteArray("tls"));
    Client plain(port.port());
    plain.send(getFrom("a", "/"));
    TAKE(health, plain);
    QCOMPARE(health.status, 200);
}

/// Who is connected stays so; whoever comes now sees the new one.
void TstTlsPort::newAuthority()
{
    Port port;
    port.listen();
    TlsClient before(port.port());
    before.startTls(u"localhost"_s, port.pem());
    QTRY_VERIFY(before.isEncrypted());
    Port other;
    port.authority = other.authority;
    port.server->authorityChanged();
    TlsClient after(port.port());
    after.startTls(u"localhost"_s, other.pem());
    QTRY_VERIFY(after.isEncrypted());
    for (TlsClient *client : {&before, &after}) {
        client->send(getFrom("a", "/"));
        TAKE(health, *client);
        QCOMPARE(health.status, 200);
    }
}

void TstTlsPort::closesWithOpenSessions()
{
    Port port;
    port.listen();
    TlsClient idle(port.port());
    idle.startTls(u"localhost"_s, port.pem());
    QTRY_VERIFY(idle.isEncrypted());
    TlsClient waiting(port.port());
    waiting.startTls(u"localhost"_s, port.pem());
    QTRY_VERIFY(waiting.isEncrypted());
    waiting.send(postTo("a", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QSignalSpy drained(port.server.get(), &capture::Server::drained);
    port.server->close();
    QTRY_VERIFY(idle.isClosed());
    QCOMPARE(drained.count(), 0);
    port.answerAll();
    TAKE(response, waiting);
    QCOMPARE(response.status, 200);
    QTRY_COMPARE(drained.count(), 1);
}

QTEST_GUILESS_MAIN(TstTlsPort)
#include "tst_tlsport.moc"
