// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/address.h"
#include "capture/connectrace.h"
#include "capture/dialer.h"
#include "capture/hostport.h"
#include "tests/model/capture/scriptedhost.h"
#include "tests/model/tls/tlstest.h"

#include <sys/socket.h>
#include <unistd.h>

#include <QTest>

using namespace Qt::StringLiterals;
using capture::Channel;
using capture::Dialed;
using capture::Dialer;
using capture::DialTarget;
using capture::UpstreamRoute;
using tests::deadPort;
using tests::ScriptedHost;
using tlstest::Place;
using Visitor = ScriptedHost::Visitor;

namespace {

UpstreamRoute through(quint16 port, const QString &login = {})
{
    return tlstest::require(UpstreamRoute::read(u"http://"_s + login + u"127.0.0.1:%1"_s.arg(port)));
}

/// A dialer that knows no proxy, whatever the environment says.
Dialer::Options options(const UpstreamRoute &route = {}, const QString &trusted = {})
{
    Dialer::Options made;
    made.route = route;
    made.moreTrustedPem = trusted;
    return made;
}

/// One call, until it is done.
struct Call
{
    Call(Dialer &dialer, const DialTarget &target, Dialer::Guard guard = {})
    {
        id = dialer.dial(target, std::move(guard), [this](base::Result<Dialed> told) {
            ++count;
            if (told) {
                dialed = std::move(*told);
            } else {
                error = told.error();
            }
        });
    }
    [[nodiscard]] bool wait()
    {
        return QTest::qWaitFor([this] { return count > 0; }, 15'000);
    }
    [[nodiscard]] bool isReached() const { return dialed && dialed->channel != nullptr; }
    void send(const QByteArray &bytes)
    {
        dialed->channel->write(bytes);
        sent = dialed->channel->flush();
    }
    /// What came so far.
    const QByteArray &received()
    {
        std::vector<char> scratch(4096);
        while (dialed->channel->read(scratch, dialed->received) == Channel::Read::Data) {
        }
        return dialed->received;
    }

    std::uint64_t id = 0;
    int count = 0;
    std::optional<Dialed> dialed;
    std::optional<base::Error> error;
    Channel::Flush sent = Channel::Flush::Waiting;
};

QString whyOf(const Call &call)
{
    return call.error ? call.error->why : QString();
}

/// All three parts, in the words for a host.
bool isTold(const Call &call, const QByteArray &host)
{
    return call.error && call.error->what == QString::fromLatin1(host) + u" can't be reached."_s &&
           !call.error->why.isEmpty() && call.error->why.endsWith(u'.') && !call.error->fix.isEmpty();
}

} // namespace

class TstDialer : public QObject
{
    Q_OBJECT

private slots:
    void reaches_data();
    void reaches();
    void takesWhatCameAlready();
    void tellsOfADeadPort();
    void tellsOfAnUnknownName();
    void asksForEachAddress();
    void refusesForbiddenAddresses();
    void refusesOurOwnPorts();
    void racesAddresses();
    void racesPastASilentAddress();
    void racesInVain();

    void securesAndVerifies_data();
    void securesAndVerifies();
    void keepsPlainBytesBehindTheHandshake();
    void refusesAWrongCertificate_data();
    void refusesAWrongCertificate();
    void tellsOfWhatIsNoTls_data();
    void tellsOfWhatIsNoTls();
    void tellsOfATrustFileThatIsMissing();

    void asksTheProxy_data();
    void asksTheProxy();
    void takesEarlyBytesThroughTheProxy();
    void securesThroughTheProxy();
    void leavesPlainRequestsToTheirSender();
    void tellsOfAProxyThatRefuses_data();
    void tellsOfAProxyThatRefuses();
    void tellsOfADeadProxy();
    void ignoresAProxyThatIsOurselves();
    void asksForLiteralsBehindAProxy();

    void givesUpInTime_data();
    void givesUpInTime();
    void forgetsWhatIsCancelled();
    void takesOptionsForTheNextDial();
};

void TstDialer::reaches_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("kind");
    QTest::newRow("address") << QByteArray("127.0.0.1") << static_cast<int>(DialTarget::Kind::Tunnel);
    QTest::newRow("name") << QByteArray("localhost") << static_cast<int>(DialTarget::Kind::Tunnel);
    QTest::newRow("for a plain request")
        << QByteArray("127.0.0.1") << static_cast<int>(DialTarget::Kind::Http);
}

void TstDialer::reaches()
{
    QFETCH(QByteArray, host);
    QFETCH(int, kind);
    ScriptedHost there([](Visitor &visitor) { visitor.send("hello " + visitor.received); });
    Dialer dialer(options());
    Call call(dialer, {static_cast<DialTarget::Kind>(kind), host, there.port()});
    QCOMPARE(call.count, 0); // later, from the loop
    QVERIFY(call.wait());
    QVERIFY(call.isReached());
    QVERIFY(!call.dialed->proxy);
    call.send("world");
    QCOMPARE(call.sent, Channel::Flush::Done);
    QTRY_COMPARE(call.received(), QByteArray("hello world"));
    QCOMPARE(call.count, 1);
}

void TstDialer::takesWhatCameAlready()
{
    ScriptedHost there;
    Dialer dialer(options());
    Call call(dialer, {DialTarget::Kind::Tunnel, "127.0.0.1", there.port()});
    QVERIFY(call.wait());
    QTRY_COMPARE(there.count(), std::size_t{1});
    there.visitor().send("220 smtp.example.com\r\n");
    QTRY_COMPARE(call.received(), QByteArray("220 smtp.example.com\r\n"));
}

void TstDialer::tellsOfADeadPort()
{
    Dialer dialer(options());
    const quint16 port = deadPort();
    Call call(dialer, {DialTarget::Kind::Tunnel, "127.0.0.1", port});
    QVERIFY(call.wait());
    QVERIFY(isTold(call, "127.0.0.1"));
    QCOMPARE(call.error->code, base::ErrorCode::Network);
    QCOMPARE(whyOf(call), u"127.0.0.1, port %1: Connection refused."_s.arg(port));
    QVERIFY(call.error->fix.contains(u"proxy.upstream"));
}

void TstDialer::tellsOfAnUnknownName()
{
    Dialer dialer(options());
    Call call(dialer, {DialTarget::Kind::Tls, "nosuch.invalid", 443});
    QVERIFY(call.wait());
    QVERIFY(isTold(call, "nosuch.invalid"));
    QVERIFY(whyOf(call).contains(u"name"));
}

void TstDialer::asksForEachAddress()
{
    ScriptedHost there;
    Dialer dialer(options());
    QStringList asked;
    Call call(dialer, {DialTarget::Kind::Tunnel, "localhost", there.port()},
              [&](const QHostAddress &address, std::uint16_t port) {
                  asked << capture::toText({address, port});
                  return address.protocol() == QAbstractSocket::IPv4Protocol;
              });
    QVERIFY(call.wait());
    QVERIFY(call.isReached());
    QVERIFY(asked.contains(u"127.0.0.1:%1"_s.arg(there.port())));
}

void TstDialer::refusesForbiddenAddresses()
{
    ScriptedHost there;
    Dialer dialer(options());
    for (const char *host : {"127.0.0.1", "localhost"}) {
        Call call(dialer, {DialTarget::Kind::Tunnel, host, there.port()},
                  [](const QHostAddress &address, std::uint16_t) { return !address.isLoopback(); });
        QVERIFY(call.wait());
        QVERIFY(isTold(call, host));
        QCOMPARE(call.error->code, base::ErrorCode::Permission);
    }
    QCOMPARE(there.count(), std::size_t{0});
}

void TstDialer::refusesOurOwnPorts()
{
    ScriptedHost there;
    Dialer::Options made = options();
    made.isOwn = [&](const QHostAddress &address, std::uint16_t port) {
        return address.isLoopback() && port == there.port();
    };
    Dialer dialer(made);
    for (const auto kind : {DialTarget::Kind::Tunnel, DialTarget::Kind::Http, DialTarget::Kind::Tls}) {
        Call call(dialer, {kind, "localhost", there.port()});
        QVERIFY(call.wait());
        QVERIFY(isTold(call, "localhost"));
        QCOMPARE(call.error->code, base::ErrorCode::Permission);
        QVERIFY(whyOf(call).contains(u"Trackside itself"));
    }
    QCOMPARE(there.count(), std::size_t{0});
}

void TstDialer::racesAddresses()
{
    ScriptedHost there;
    int reached = 0;
    QString told;
    capture::ConnectRace race({QHostAddress(u"127.0.0.2"_s), QHostAddress(u"::1"_s),
                               QHostAddress(u"127.0.0.3"_s), QHostAddress(u"127.0.0.1"_s)},
                              there.port(), [&](int socket, const QString &why) {
                                  reached = socket;
                                  told = why;
                              });
    race.start();
    QTRY_VERIFY(reached != 0);
    QVERIFY2(reached > 0, qPrintable(told));
    QTRY_COMPARE(there.count(), std::size_t{1});
    ::close(reached);
}

void TstDialer::racesPastASilentAddress()
{
    // A queue that is full: what knocks there hears nothing.
    ScriptedHost there;
    QTcpServer full;
    full.setListenBacklogSize(0);
    QVERIFY(full.listen(QHostAddress(u"127.0.0.9"_s), there.port()));
    full.pauseAccepting();
    std::vector<std::unique_ptr<QTcpSocket>> waiting;
    for (int count = 0; count < 3; ++count) {
        waiting.push_back(std::make_unique<QTcpSocket>());
        waiting.back()->connectToHost(full.serverAddress(), full.serverPort());
    }
    QTRY_COMPARE(waiting.front()->state(), QAbstractSocket::ConnectedState);

    int reached = 0;
    capture::ConnectRace race({full.serverAddress(), QHostAddress(u"127.0.0.1"_s)}, there.port(),
                              [&](int socket, const QString &) { reached = socket; });
    race.start();
    QCOMPARE(reached, 0);
    QTRY_VERIFY(reached > 0);
    QTRY_COMPARE(there.count(), std::size_t{1});
    ::close(reached);
}

void TstDialer::racesInVain()
{
    const quint16 port = deadPort();
    int reached = 0;
    QString told;
    capture::ConnectRace race({QHostAddress(u"::1"_s), QHostAddress(u"127.0.0.1"_s)}, port,
                              [&](int socket, const QString &why) {
                                  reached = socket;
                                  told = why;
                              });
    race.start();
    QTRY_COMPARE(reached, -1);
    QVERIFY2(told.contains(u"Connection refused"), qPrintable(told)); // not: no IPv6 here
}

void TstDialer::securesAndVerifies_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::newRow("name") << QByteArray("localhost");
    QTest::newRow("address") << QByteArray("127.0.0.1");
}

void TstDialer::securesAndVerifies()
{
    QFETCH(QByteArray, host);
    Place place;
    ScriptedHost there([](Visitor &visitor) { visitor.received.isEmpty() ? void() : visitor.send("pong"); },
                       &place.contexts);
    Dialer dialer(options({}, place.authority->info().certificatePath));
    for (int count = 0; count < 2; ++count) { // the second resumes
        Call call(dialer, {DialTarget::Kind::Tls, host, there.port()});
        QVERIFY(call.wait());
        QVERIFY(call.isReached());
        QVERIFY(call.dialed->channel->session() != nullptr);
        call.send("ping");
        QTRY_COMPARE(call.received(), QByteArray("pong"));
        QCOMPARE(there.visitor(static_cast<std::size_t>(count)).received, QByteArray("ping"));
        QCOMPARE(call.dialed->channel->session()->isResumed(), count == 1);
    }
}

void TstDialer::keepsPlainBytesBehindTheHandshake()
{
    Place place;
    ScriptedHost there({}, &place.contexts);
    bool isGreeted = false;
    there.setScript([&isGreeted](Visitor &visitor) {
        if (visitor.isOpen() && !std::exchange(isGreeted, true)) {
            visitor.send("greetings");
        }
    });
    Dialer dialer(options({}, place.authority->info().certificatePath));
    Call call(dialer, {DialTarget::Kind::Tls, "localhost", there.port()});
    QVERIFY(call.wait());
    QVERIFY(call.isReached());
    QTRY_COMPARE(call.received(), QByteArray("greetings"));
}

void TstDialer::refusesAWrongCertificate_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("isTrusted");
    QTest::addColumn<QString>("why");
    QTest::newRow("not trusted") << QByteArray("localhost") << false << u"certificate"_s;
    QTest::newRow("outside the constraints") << QByteArray("bank.example.com") << true << u"subtree"_s;
}

void TstDialer::refusesAWrongCertificate()
{
    QFETCH(QByteArray, host);
    QFETCH(bool, isTrusted);
    QFETCH(QString, why);
    Place place;
    // A proxy, so that any name leads here.
    ScriptedHost there([&place](Visitor &visitor) {
        if (visitor.session() == nullptr && visitor.received.endsWith("\r\n\r\n")) {
            visitor.send("HTTP/1.1 200 OK\r\n\r\n");
            visitor.received.clear();
            visitor.secure(place.contexts);
        }
    });
    ScriptedHost direct({}, &place.contexts);
    Dialer dialer(
        options(through(there.port()), isTrusted ? place.authority->info().certificatePath : QString()));
    Call call(dialer, {DialTarget::Kind::Tls, host, direct.port()});
    QVERIFY(call.wait());
    QVERIFY(isTold(call, host));
    QCOMPARE(call.error->code, base::ErrorCode::Network);
    QVERIFY(whyOf(call).contains(u"Its certificate is not trusted"));
    QVERIFY2(whyOf(call).contains(why), qPrintable(whyOf(call)));
    QVERIFY(call.error->fix.contains(u"trust it through the proxy.trusted setting"));
}

void TstDialer::tellsOfWhatIsNoTls_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("why");
    QTest::newRow("HTTP") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n") << u"does not speak TLS"_s;
    QTest::newRow("closes") << QByteArray() << u"closed the connection"_s;
    QTest::newRow("an alert") << QByteArray("\x15\x03\x03\0\x02\x02\x28", 7) << u"handshake_failure"_s;
}

void TstDialer::tellsOfWhatIsNoTls()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, why);
    ScriptedHost there([&bytes](Visitor &visitor) {
        visitor.send(bytes);
        visitor.end();
    });
    Dialer dialer(options());
    Call call(dialer, {DialTarget::Kind::Tls, "localhost", there.port()});
    QVERIFY(call.wait());
    QVERIFY(isTold(call, "localhost"));
    QVERIFY2(whyOf(call).contains(why), qPrintable(whyOf(call)));
}

void TstDialer::tellsOfATrustFileThatIsMissing()
{
    ScriptedHost there;
    Dialer dialer(options({}, u"/nonexistent/company.pem"_s));
    Call call(dialer, {DialTarget::Kind::Tls, "localhost", there.port()});
    QVERIFY(call.wait());
    QVERIFY(call.error);
    QVERIFY(call.error->oneLine().contains(u"/nonexistent/company.pem"));
}

void TstDialer::asksTheProxy_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("login");
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("name") << QByteArray("www.example.com") << 443 << QString()
                          << QByteArray("CONNECT www.example.com:443 HTTP/1.1\r\n"
                                        "Host: www.example.com:443\r\n\r\n");
    QTest::newRow("IPv6") << QByteArray("2001:db8::1") << 8443 << QString()
                          << QByteArray("CONNECT [2001:db8::1]:8443 HTTP/1.1\r\n"
                                        "Host: [2001:db8::1]:8443\r\n\r\n");
    QTest::newRow("login") << QByteArray("www.example.com") << 443 << u"jo:secret@"_s
                           << QByteArray("CONNECT www.example.com:443 HTTP/1.1\r\n"
                                         "Host: www.example.com:443\r\n"
                                         "Proxy-Authorization: Basic am86c2VjcmV0\r\n\r\n");
}

void TstDialer::asksTheProxy()
{
    QFETCH(QByteArray, host);
    QFETCH(int, port);
    QFETCH(QString, login);
    QByteArray asked;
    ScriptedHost proxy([&asked](Visitor &visitor) {
        if (asked.isEmpty() && visitor.received.endsWith("\r\n\r\n")) {
            asked = std::exchange(visitor.received, {});
            visitor.send("HTTP/1.0 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n");
        } else {
            visitor.send("behind " + visitor.received);
        }
    });
    Dialer dialer(options(through(proxy.port(), login)));
    Call call(dialer, {DialTarget::Kind::Tunnel, host, static_cast<std::uint16_t>(port)});
    QVERIFY(call.wait());
    QVERIFY(call.isReached());
    QTEST(asked, "request");
    QVERIFY(call.dialed->received.isEmpty());
    call.send("it");
    QTRY_COMPARE(call.received(), QByteArray("behind it"));
}

void TstDialer::takesEarlyBytesThroughTheProxy()
{
    ScriptedHost proxy([](Visitor &visitor) {
        if (visitor.received.endsWith("\r\n\r\n")) {
            visitor.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nSSH-2.0-OpenSSH\r\n");
        }
    });
    Dialer dialer(options(through(proxy.port())));
    Call call(dialer, {DialTarget::Kind::Tunnel, "git.example.com", 22});
    QVERIFY(call.wait());
    QVERIFY(call.isReached());
    QTRY_COMPARE(call.received(), QByteArray("SSH-2.0-OpenSSH\r\n"));
}

void TstDialer::securesThroughTheProxy()
{
    Place place;
    QByteArray asked;
    ScriptedHost proxy([&](Visitor &visitor) {
        if (asked.isEmpty() && visitor.received.endsWith("\r\n\r\n")) {
            asked = std::exchange(visitor.received, {});
            visitor.send("HTTP/1.1 200 OK\r\n\r\n");
            visitor.secure(place.contexts);
        } else if (!visitor.received.isEmpty()) {
            visitor.send("secret " + visitor.received);
        }
    });
    Dialer dialer(options(through(proxy.port()), place.authority->info().certificatePath));
    Call call(dialer, {DialTarget::Kind::Tls, "api.segment.io", 443});
    QVERIFY(call.wait());
    QVERIFY(call.isReached());
    QVERIFY(call.dialed->proxy);
    QVERIFY(asked.startsWith("CONNECT api.segment.io:443 HTTP/1.1\r\n"));
    QCOMPARE(proxy.visitor().session()->serverName(), QByteArray("api.segment.io"));
    call.send("word");
    QTRY_COMPARE(call.received(), QByteArray("secret word"));
}

void TstDialer::leavesPlainRequestsToTheirSender()
{
    ScriptedHost proxy;
    Dialer dialer(options(through(proxy.port(), u"jo:secret@"_s)));
    Call call(dialer, {DialTarget::Kind::Http, "api.segment.io", 80});
    QVERIFY(call.wait());
    QVERIFY(call.isReached());
    QVERIFY(call.dialed->proxy);
    QCOMPARE(call.dialed->proxy->authorization, QByteArray("Basic am86c2VjcmV0"));
    call.send("GET http://api.segment.io/ HTTP/1.1\r\n\r\n");
    QTRY_COMPARE(proxy.count(), std::size_t{1});
    QTRY_COMPARE(proxy.visitor().received, QByteArray("GET http://api.segment.io/ HTTP/1.1\r\n\r\n"));
}

void TstDialer::tellsOfAProxyThatRefuses_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("login");
    QTest::addColumn<QString>("why");

    const QByteArray wantsLogin = "HTTP/1.1 407 Proxy Authentication Required\r\n"
                                  "Proxy-Authenticate: Basic realm=x\r\nContent-Length: 3\r\n\r\nno!";
    QTest::newRow("407") << wantsLogin << QString() << u"asks for a user and password"_s;
    QTest::newRow("407 to a login") << wantsLogin << u"jo:secret@"_s << u"does not take the user"_s;
    QTest::newRow("403") << QByteArray("HTTP/1.1 403 Forbidden\r\n\r\n") << QString() << u"status 403"_s;
    QTest::newRow("502 with a long page")
        << "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 100000\r\n\r\n" + QByteArray(1000, 'x') << QString()
        << u"status 502"_s;
    QTest::newRow("garbage") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << QString() << u"is no HTTP proxy"_s;
    QTest::newRow("a head without end")
        << "HTTP/1.1 200 OK\r\nX: " + QByteArray(200'000, 'x') << QString() << u"is no HTTP proxy"_s;
    QTest::newRow("closes") << QByteArray() << QString() << u"closed the connection without an answer"_s;
    QTest::newRow("closes in its answer")
        << QByteArray("HTTP/1.1 20") << QString() << u"closed the connection without an answer"_s;
}

void TstDialer::tellsOfAProxyThatRefuses()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, login);
    QFETCH(QString, why);
    ScriptedHost proxy([&answer](Visitor &visitor) {
        visitor.send(answer);
        visitor.end();
    });
    Dialer dialer(options(through(proxy.port(), login)));
    for (const auto kind : {DialTarget::Kind::Tunnel, DialTarget::Kind::Tls}) {
        Call call(dialer, {kind, "api.segment.io", 443});
        QVERIFY(call.wait());
        QVERIFY(isTold(call, "api.segment.io"));
        QCOMPARE(call.error->code, base::ErrorCode::Network);
        QVERIFY2(whyOf(call).contains(why), qPrintable(whyOf(call)));
        QVERIFY(!call.error->oneLine().contains(u"secret"));
    }
}

void TstDialer::tellsOfADeadProxy()
{
    Dialer dialer(options(through(deadPort())));
    Call call(dialer, {DialTarget::Kind::Tls, "api.segment.io", 443});
    QVERIFY(call.wait());
    QVERIFY(isTold(call, "api.segment.io"));
    QVERIFY(whyOf(call).contains(u"The upstream proxy can't be reached"));
    QVERIFY(whyOf(call).contains(u"Connection refused"));
    QVERIFY(call.error->fix.contains(u"proxy.upstream"));

    Dialer lost(options(tlstest::require(UpstreamRoute::read(u"http://nosuch.invalid:3128"_s))));
    Call other(lost, {DialTarget::Kind::Tls, "api.segment.io", 443});
    QVERIFY(other.wait());
    QVERIFY(whyOf(other).contains(u"nosuch.invalid"));
}

void TstDialer::ignoresAProxyThatIsOurselves()
{
    ScriptedHost ourselves;
    Dialer::Options made = options(through(ourselves.port()));
    made.isOwn = [&](const QHostAddress &, std::uint16_t port) { return port == ourselves.port(); };
    Dialer dialer(made);
    Call call(dialer, {DialTarget::Kind::Http, "nosuch.invalid", 80});
    QVERIFY(call.wait());
    QCOMPARE(whyOf(call), u"No address is known for its name."_s); // looked for here, not through the proxy
    QCOMPARE(ourselves.count(), std::size_t{0});
}

void TstDialer::asksForLiteralsBehindAProxy()
{
    ScriptedHost proxy;
    Dialer dialer(options(through(proxy.port())));
    Call call(dialer, {DialTarget::Kind::Tunnel, "169.254.169.254", 80},
              [](const QHostAddress &address, std::uint16_t) { return !address.isLinkLocal(); });
    QVERIFY(call.wait());
    QVERIFY(isTold(call, "169.254.169.254"));
    QCOMPARE(call.error->code, base::ErrorCode::Permission);
    QCOMPARE(proxy.count(), std::size_t{0});
}

void TstDialer::givesUpInTime_data()
{
    QTest::addColumn<bool>("isThroughProxy");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("why");
    QTest::newRow("proxy without an answer")
        << true << static_cast<int>(DialTarget::Kind::Tunnel) << u"gave no answer within"_s;
    QTest::newRow("TLS without an answer")
        << false << static_cast<int>(DialTarget::Kind::Tls) << u"TLS handshake within"_s;
}

void TstDialer::givesUpInTime()
{
    QFETCH(bool, isThroughProxy);
    QFETCH(int, kind);
    QFETCH(QString, why);
    ScriptedHost silent;
    Dialer::Options made = options(isThroughProxy ? through(silent.port()) : UpstreamRoute());
    made.timeoutMs = 100;
    Dialer dialer(made);
    const QByteArray host = isThroughProxy ? "www.example.com" : "localhost";
    Call call(dialer, {static_cast<DialTarget::Kind>(kind), host, silent.port()});
    QVERIFY(call.wait());
    QVERIFY(isTold(call, host));
    QVERIFY2(whyOf(call).contains(why), qPrintable(whyOf(call)));
    QVERIFY2(whyOf(call).contains(u"0.1 seconds"), qPrintable(whyOf(call)));
    QCOMPARE(silent.count(), std::size_t{1});
    QTRY_VERIFY(silent.visitor().isGone()); // nothing is left open
}

void TstDialer::forgetsWhatIsCancelled()
{
    ScriptedHost there;
    ScriptedHost silent;
    auto dialer = std::make_unique<Dialer>(options());
    Call atOnce(*dialer, {DialTarget::Kind::Tunnel, "127.0.0.1", there.port()});
    Call byName(*dialer, {DialTarget::Kind::Tunnel, "nosuch.invalid", 80});
    Call inTls(*dialer, {DialTarget::Kind::Tls, "127.0.0.1", silent.port()});
    Call other(*dialer, {DialTarget::Kind::Tunnel, "127.0.0.1", there.port()});
    dialer->cancel(atOnce.id);
    QCoreApplication::sendPostedEvents(); // begins them
    dialer->cancel(byName.id);
    QVERIFY(other.wait());
    QTRY_COMPARE(silent.count(), std::size_t{1});
    dialer->cancel(inTls.id);
    dialer->cancel(inTls.id); // not known any more
    dialer->cancel(other.id);
    QTRY_VERIFY(silent.visitor().isGone());
    Call open(*dialer, {DialTarget::Kind::Tls, "127.0.0.1", silent.port()});
    QTRY_COMPARE(silent.count(), std::size_t{2});
    dialer.reset();
    QTRY_VERIFY(silent.visitor(1).isGone());
    QCOMPARE(atOnce.count + byName.count + inTls.count + open.count, 0);
    QCOMPARE(there.count(), std::size_t{1});
}

void TstDialer::takesOptionsForTheNextDial()
{
    ScriptedHost proxy;
    Dialer dialer(options());
    dialer.setOptions(options(through(proxy.port())));
    Call call(dialer, {DialTarget::Kind::Http, "www.example.com", 80});
    QVERIFY(call.wait());
    QVERIFY(call.isReached());
    QTRY_COMPARE(proxy.count(), std::size_t{1});
}

QTEST_GUILESS_MAIN(TstDialer)
#include "tst_dialer.moc"
