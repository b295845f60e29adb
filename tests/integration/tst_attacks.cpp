// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/rawsocket.h"
#include "tests/support/cliprocess.h"

#include <QFile>
#include <QNetworkInterface>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using support::CliProcess;
using support::converse;
using support::ExportedEvent;
using support::statusOf;

/// What hostile clients try. None gets data, keeps others from being answered, or makes memory grow without
/// bound. A page of another origin in a real browser: TstBrowserWays::anotherOriginLearnsNothing.
class TstAttacks : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void slowClientsAreClosed();
    void endlessInputIsRefused_data();
    void endlessInputIsRefused();
    void smuggledRequestIsNeverHeard_data();
    void smuggledRequestIsNeverHeard();
    void tenThousandIdleConnections();
    void rebindingNameGetsNothing_data();
    void rebindingNameGetsNothing();
    void hostHeaderLeadsNowhere();
    void forbiddenTunnelIsRefused_data();
    void forbiddenTunnelIsRefused();
    void pathLeadsNowhere_data();
    void pathLeadsNowhere();
    void endlessHandshakesHinderNobody();
    void namesWithoutNumberAreForgotten();
    void noTlsIsNoHarm_data();
    void noTlsIsNoHarm();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<CliProcess> m_server;
    qint64 m_residentBefore = 0;

    /// Events are still taken, and memory is within a bound of what it was: one largest body and what the
    /// allocator keeps of it.
    void othersAreServed();
};

namespace {

QByteArray post(const QByteArray &name, const QByteArray &headers = {})
{
    const QByteArray body = R"({"event":")" + name + R"(","userId":"u1"})";
    return "POST /v1/track HTTP/1.1\r\nHost: a\r\n" + headers +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QSet<QString> namesIn(const CliProcess &server)
{
    QSet<QString> names;
    for (const ExportedEvent &event : server.events()) {
        names.insert(event.text("event"));
    }
    return names;
}

/// A ClientHello of TLS 1.2 that asks for `name` (RFC 5246 7.4.1.2, RFC 6066 3).
QByteArray clientHello(const QByteArray &name)
{
    const auto sized = [](const QByteArray &bytes, int lengthBytes) {
        QByteArray length;
        for (int shift = 8 * (lengthBytes - 1); shift >= 0; shift -= 8) {
            length += static_cast<char>(bytes.size() >> shift);
        }
        return length + bytes;
    };
    const auto extension = [&](char number, const QByteArray &content) {
        return QByteArray(1, '\0') + number + sized(content, 2);
    };
    const QByteArray extensions =
        extension(0, sized(QByteArray(1, '\0') + sized(name, 2), 2)) +
        extension(10, sized(QByteArray("\0\x17", 2), 2)) +  // secp256r1
        extension(13, sized(QByteArray("\x04\x03", 2), 2)); // ecdsa_secp256r1_sha256
    const QByteArray hello = QByteArray("\x03\x03") + QByteArray(32, 'r') + sized({}, 1) +
                             sized(QByteArray("\xc0\x2b", 2), 2) + sized(QByteArray(1, '\0'), 1) +
                             sized(extensions, 2);
    QByteArray handshake = '\x01' + sized(hello, 3);
    QByteArray records;
    constexpr qsizetype recordBytes = 16 * 1024;
    while (!handshake.isEmpty()) {
        records += QByteArray("\x16\x03\x01", 3) +
                   sized(handshake.first(std::min(recordBytes, handshake.size())), 2);
        handshake.remove(0, recordBytes);
    }
    return records;
}

} // namespace

void TstAttacks::initTestCase()
{
    // The connections of this process and of the program it starts.
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    (void)support::makeAuthority(m_folder.filePath(u"ca"_s));
    m_server = std::make_unique<CliProcess>(QStringList{u"--ca"_s, m_folder.filePath(u"ca"_s)});
    QVERIFY(m_server->isListening());
    QCOMPARE(statusOf(converse(m_server->port(), post("Secret Order"), 1)), 200);
    m_residentBefore = m_server->residentKib();
}

void TstAttacks::othersAreServed()
{
    constexpr qint64 moreKib = 160 * 1024;
    QCOMPARE(statusOf(converse(m_server->port(), post("Honest"), 1)), 200);
    const qint64 more = m_server->residentKib() - m_residentBefore;
    QVERIFY2(more < moreKib, qPrintable(u"%1 KiB more"_s.arg(more)));
}

void TstAttacks::slowClientsAreClosed()
{
    constexpr int eachKind = 100;
    std::vector<RawSocket> slow;
    for (int i = 0; i < eachKind; ++i) {
        for (const QByteArray &begun :
             {QByteArray("POST /v1/track HTTP/1.1\r\nHost: a\r\nX-Never-Ending: "),
              QByteArray("POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: 30000000\r\n\r\n{"),
              QByteArray(
                  "POST /v1/track HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1000000\r\n{"),
              clientHello("api.segment.io").first(40)}) {
            slow.push_back(RawSocket::connectTo(m_server->port()));
            QVERIFY(slow.back().isOpen());
            QVERIFY(slow.back().send(begun));
        }
    }
    othersAreServed();
    for (const RawSocket &socket : slow) {
        QVERIFY2(socket.isClosedWithin(60'000), "a client may take as long as it likes");
    }
    othersAreServed();
}

void TstAttacks::endlessInputIsRefused_data()
{
    QTest::addColumn<QByteArray>("begun");
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<int>("status");
    const QByteArray chunked = "POST /v1/track HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("chunks") << chunked << "8000\r\n" + QByteArray(0x8000, 'x') + "\r\n" << 413;
    QTest::newRow("one chunk") << chunked + "fffffffffff\r\n" << QByteArray(0x8000, 'x') << 413;
    QTest::newRow("chunk size") << chunked << QByteArray(0x8000, '0') << 413;
    QTest::newRow("chunk extension") << chunked + "1;" << QByteArray(0x8000, 'e') << 431;
    QTest::newRow("trailers") << chunked + "0\r\n"
                              << "X-Trailer: " + QByteArray(0x4000, 't') + "\r\n"
                              << 431;
    QTest::newRow("request line") << QByteArray("GET /v1/pixel/track?data=") << QByteArray(0x8000, 'u')
                                  << 414;
    QTest::newRow("header") << QByteArray("GET / HTTP/1.1\r\nX-Long: ") << QByteArray(0x8000, 'h') << 431;
    QTest::newRow("headers") << QByteArray("GET / HTTP/1.1\r\n")
                             << QByteArray("X-Many: 1\r\n").repeated(1'000) << 431;
    QTest::newRow("length of a petabyte")
        << QByteArray("POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000000000\r\n\r\n")
        << QByteArray(0x8000, 'b') << 413;
    QTest::newRow("length beyond numbers")
        << QByteArray("POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n")
        << QByteArray(0x8000, 'b') << 400;
}

void TstAttacks::endlessInputIsRefused()
{
    QFETCH(QByteArray, begun);
    QFETCH(QByteArray, more);
    QFETCH(int, status);
    const RawSocket socket = RawSocket::connectTo(m_server->port());
    QVERIFY(socket.send(begun));
    constexpr qint64 most = qint64{256} * 1024 * 1024;
    QByteArray answer;
    for (qint64 sent = 0; sent < most && answer.isEmpty() && socket.send(more); sent += more.size()) {
        answer = socket.receive(1'000, 0);
    }
    QVERIFY2(statusOf(answer) == status, answer.isEmpty() ? "it was never refused" : answer.constData());
    othersAreServed();
}

void TstAttacks::smuggledRequestIsNeverHeard_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("body");
    const QByteArray chunkedEnd = "0\r\n\r\n";
    QTest::newRow("length and chunked")
        << QByteArray("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") << chunkedEnd;
    QTest::newRow("chunked and length")
        << QByteArray("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") << chunkedEnd;
    QTest::newRow("two lengths") << QByteArray("Content-Length: 2\r\nContent-Length: 0\r\n")
                                 << QByteArray("{}");
    QTest::newRow("list of lengths") << QByteArray("Content-Length: 2, 0\r\n") << QByteArray("{}");
    QTest::newRow("signed length") << QByteArray("Content-Length: +2\r\n") << QByteArray("{}");
    QTest::newRow("negative length") << QByteArray("Content-Length: -2\r\n") << QByteArray("{}");
    QTest::newRow("hexadecimal length") << QByteArray("Content-Length: 0x2\r\n") << QByteArray("{}");
    QTest::newRow("space before the colon") << QByteArray("Content-Length : 2\r\n") << QByteArray("{}");
    QTest::newRow("folded coding") << QByteArray("Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n")
                                   << chunkedEnd;
    QTest::newRow("coding that is none")
        << QByteArray("Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n") << chunkedEnd;
    QTest::newRow("chunked is not last") << QByteArray("Transfer-Encoding: chunked, gzip\r\n") << chunkedEnd;
    QTest::newRow("chunked twice") << QByteArray(
                                          "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n")
                                   << chunkedEnd;
    const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
    QTest::newRow("chunk size with a prefix") << chunked << QByteArray("0x2\r\n{}\r\n0\r\n\r\n");
    QTest::newRow("chunk size with a sign") << chunked << QByteArray("+2\r\n{}\r\n0\r\n\r\n");
    QTest::newRow("chunk size beyond numbers")
        << chunked << QByteArray("10000000000000002\r\n{}\r\n0\r\n\r\n");
    QTest::newRow("chunk longer than it says") << chunked << QByteArray("2\r\n{}}\r\n0\r\n\r\n");
    QTest::newRow("chunk that ends in a bare line feed") << chunked << QByteArray("2\n{}\r\n0\r\n\r\n");
    QTest::newRow("control in a header") << QByteArray("X-A: a\rContent-Length: 2\r\n") << QByteArray("{}");
    QTest::newRow("NUL in a header") << QByteArray("X-A: a\0\r\n", 9) << QByteArray();
}

void TstAttacks::smuggledRequestIsNeverHeard()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    const QByteArray name = "Smuggled by " + QByteArray(QTest::currentDataTag());
    const RawSocket socket = RawSocket::connectTo(m_server->port());
    QVERIFY(socket.send("POST /v1/track HTTP/1.1\r\nHost: a\r\n" + head + "\r\n" + body + post(name)));
    const QByteArray answers = socket.receiveAll(); // it is closed: nothing behind can be told apart
    QCOMPARE(statusOf(answers), 400);
    QCOMPARE(answers.count("HTTP/1.1 "), 1);
    othersAreServed();
    QVERIFY(!namesIn(*m_server).contains(QString::fromLatin1(name)));
}

void TstAttacks::tenThousandIdleConnections()
{
    constexpr int connections = 10'000;
    std::vector<RawSocket> idle;
    idle.reserve(connections);
    for (int i = 0; i < connections; ++i) {
        idle.push_back(RawSocket::connectTo(m_server->port()));
        QVERIFY2(idle.back().isOpen(), qPrintable(u"connection %1: %2"_s.arg(i).arg(errno)));
    }
    // Those that stay silent make room, for whoever comes however often.
    for (int i = 0; i < 20; ++i) {
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(converse(m_server->port(), post("Among Idle"), 1)), 200, 30'000);
    }
    othersAreServed();
    QVERIFY(m_server->api("/api/v1/status") != nullptr);
}

void TstAttacks::rebindingNameGetsNothing_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::newRow("another name") << QByteArray("rebound.attacker.example");
    QTest::newRow("with the port") << "rebound.attacker.example:" + QByteArray::number(m_server->apiPort());
    QTest::newRow("name of an address") << QByteArray("127.0.0.1.nip.io");
    QTest::newRow("begins as one of ours") << QByteArray("localhost.attacker.example");
    QTest::newRow("none") << QByteArray();
}

void TstAttacks::rebindingNameGetsNothing()
{
    QFETCH(QByteArray, host);
    for (const QByteArray &path : {QByteArray("/api/v1/events"), QByteArray("/api/v1/status"),
                                   QByteArray("/api/v1/summary"), QByteArray("/api/v1/clients")}) {
        const QByteArray answer = converse(m_server->apiPort(),
                                           "GET " + path + " HTTP/1.1\r\n" +
                                               (host.isEmpty() ? QByteArray() : "Host: " + host + "\r\n") +
                                               "Connection: close\r\n\r\n",
                                           1);
        QVERIFY2(statusOf(answer) >= 400, answer.constData());
        QVERIFY2(!answer.contains("Secret"), answer.constData());
        QVERIFY(!answer.contains("\"events\":"));
    }
    // The proxy must not lend it a way around: it hands the name on as it is.
    const QByteArray through =
        converse(m_server->port(),
                 "GET http://127.0.0.1:" + QByteArray::number(m_server->apiPort()) +
                     "/api/v1/events HTTP/1.1\r\nHost: a\r\nOrigin: http://attacker.example\r\n\r\n",
                 1);
    QVERIFY2(!through.contains("Access-Control-Allow-Origin"), through.constData());
}

void TstAttacks::hostHeaderLeadsNowhere()
{
    const RawSocket inner = RawSocket::listen(); // what the header points at
    CliProcess server({u"--ca"_s, m_folder.filePath(u"ca"_s), u"--proxy-answer"_s, u"pass-on"_s});
    QVERIFY(server.isListening());
    for (const QByteArray &host :
         {"127.0.0.1:" + QByteArray::number(inner.port()), QByteArray("169.254.169.254"),
          QByteArray("api.segment.io"), QByteArray("a\tb"), QByteArray("@127.0.0.1")}) {
        const QByteArray body = R"({"event":"Spoofed","userId":"u1"})";
        const QByteArray answer =
            converse(server.port(),
                     "POST /v1/track HTTP/1.1\r\nHost: " + host +
                         "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body,
                     1);
        QVERIFY2(statusOf(answer) == 200 || statusOf(answer) == 400, answer.constData());
        const QByteArray page = converse(server.port(), "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 1);
        QVERIFY2(!page.contains("Spoofed"), page.constData());
    }
    QVERIFY2(!inner.hasConnection(0), "a Host header made the program connect");
    QVERIFY(server.events().size() >= 3U);
}

void TstAttacks::forbiddenTunnelIsRefused_data()
{
    QTest::addColumn<QByteArray>("target");
    const QByteArray own = QByteArray::number(m_server->port());
    for (const char *host :
         {"127.0.0.1", "127.0.0.2", "[::1]", "localhost", "LOCALHOST.", "a.localhost", "[::ffff:127.0.0.1]",
          "0.0.0.0", "[::]", "127.1", "2130706433", "0x7f000001", "0177.0.0.1"}) {
        QTest::newRow(qPrintable(u"the port itself as %1"_s.arg(QLatin1StringView(host))))
            << QByteArray(host) + ':' + own;
    }
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (!address.isLoopback()) {
            const QString text = address.toString();
            const bool isSix = address.protocol() == QAbstractSocket::IPv6Protocol;
            QTest::newRow(qPrintable(u"the port itself on the network, %1"_s.arg(text)))
                << (isSix ? u"[%1]:"_s.arg(text) : text + u':').toLatin1() + own;
        }
    }
    QTest::newRow("credentials of a cloud machine") << QByteArray("169.254.169.254:80");
    QTest::newRow("the same in IPv6") << QByteArray("[::ffff:169.254.169.254]:80");
    QTest::newRow("link-local") << QByteArray("[fe80::1]:80");
    QTest::newRow("multicast") << QByteArray("224.0.0.1:80");
    QTest::newRow("broadcast") << QByteArray("255.255.255.255:80");
    QTest::newRow("no port") << QByteArray("127.0.0.1");
    QTest::newRow("port beyond ports") << QByteArray("127.0.0.1:65537");
    QTest::newRow("a path") << QByteArray("/v1/track");
    QTest::newRow("line end in the name") << QByteArray("127.0.0.1\n:80");
    QTest::newRow("someone's name and password") << QByteArray("someone:secret@127.0.0.1:80");
}

void TstAttacks::forbiddenTunnelIsRefused()
{
    QFETCH(QByteArray, target);
    const RawSocket socket = RawSocket::connectTo(m_server->port());
    QVERIFY(socket.send("CONNECT " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"));
    const QByteArray answer = socket.receiveUntil("\r\n\r\n");
    QVERIFY2(statusOf(answer) >= 400, answer.constData());
    othersAreServed();
}

void TstAttacks::pathLeadsNowhere_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path :
         {"/trackside/../../../../etc/passwd", "/trackside/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
          "/trackside/..%2f..%2f..%2fetc%2fpasswd", "/trackside/..\\..\\etc\\passwd",
          "/trackside//etc/passwd", "/trackside/....//....//etc/passwd",
          "/trackside/%252e%252e%252fetc%252fpasswd", "/trackside/ca-key.pem", "/trackside/ca.key",
          "/trackside/ca.pem/../ca-key.pem", "/trackside/ca.pem%00.key", "/trackside/:/trackside.qrc",
          "//etc/passwd", "/../etc/passwd", "/trackside/file:///etc/passwd"}) {
        QTest::newRow(path) << QByteArray(path);
    }
}

void TstAttacks::pathLeadsNowhere()
{
    QFETCH(QByteArray, path);
    for (const quint16 port : {m_server->port(), m_server->apiPort()}) {
        const QByteArray answer = converse(
            port, "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\n\r\n", 1);
        QVERIFY2(statusOf(answer) >= 400, answer.constData());
        QVERIFY2(!answer.contains("root:") && !answer.contains("PRIVATE KEY"), answer.constData());
    }
}

void TstAttacks::endlessHandshakesHinderNobody()
{
    const QByteArray hello = clientHello("api.segment.io");
    constexpr int standing = 300;
    constexpr int passing = 1'500;
    std::vector<RawSocket> half;
    for (int i = 0; i < standing; ++i) {
        half.push_back(RawSocket::connectTo(m_server->port()));
        QVERIFY(half.back().send(hello));
    }
    othersAreServed();
    for (int i = 0; i < passing; ++i) {
        const RawSocket socket = RawSocket::connectTo(m_server->port());
        QVERIFY(socket.send(hello));
        if (i % 500 == 0) {
            othersAreServed();
        }
    }
    othersAreServed();
}

void TstAttacks::namesWithoutNumberAreForgotten()
{
    constexpr int names = 1'200;
    for (int i = 0; i < names; ++i) {
        const RawSocket socket = RawSocket::connectTo(m_server->port());
        QVERIFY(socket.send(clientHello("n" + QByteArray::number(i) + ".segment.io")));
        QVERIFY2(socket.receive(5).startsWith('\x16'), "no ServerHello");
    }
    othersAreServed();
}

void TstAttacks::noTlsIsNoHarm_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QRandomGenerator random(11);
    QByteArray noise(64 * 1024, Qt::Uninitialized);
    random.fillRange(reinterpret_cast<quint32 *>(noise.data()), noise.size() / 4);
    QTest::newRow("noise behind a handshake byte") << "\x16\x03\x01" + noise;
    QTest::newRow("record longer than any") << QByteArray("\x16\x03\x01\xff\xff", 5) + noise;
    QTest::newRow("empty records") << QByteArray("\x16\x03\x01\0\0", 5).repeated(2'000);
    QTest::newRow("alert") << QByteArray("\x15\x03\x01\0\x02\x02\x28", 7);
    QTest::newRow("handshake that never ends") << QByteArray("\x16\x03\x01\x40\0\x01\xff\xff\xff", 9) + noise;
    QTest::newRow("huge name") << clientHello(QByteArray(60'000, 'n'));
    QTest::newRow("name with a NUL") << clientHello(QByteArray("api.segment.io\0.attacker.example", 32));
    QTest::newRow("name with a slash") << clientHello("../../etc/passwd");
    QTest::newRow("name of an address") << clientHello("127.0.0.1");
}

void TstAttacks::noTlsIsNoHarm()
{
    QFETCH(QByteArray, bytes);
    const RawSocket socket = RawSocket::connectTo(m_server->port());
    (void)socket.send(bytes); // it may be closed before all of it is taken
    socket.endWriting();
    QVERIFY(!socket.receiveAll().contains("Secret"));
    othersAreServed();
}

QTEST_GUILESS_MAIN(TstAttacks)
#include "tst_attacks.moc"
