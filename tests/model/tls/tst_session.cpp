// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/model/tls/tlstest.h"

#include <QRandomGenerator>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

using State = tls::Session::State;
using Side = tls::SessionFailure::Side;
using tlstest::Pair;
using tlstest::Place;

class TstSession : public QObject
{
    Q_OBJECT

private slots:
    void handshakes_data();
    void handshakes();
    void resumes_data();
    void resumes();
    void resumesByIdWithoutTickets();
    void takesTheCertificateByName_data();
    void takesTheCertificateByName();
    void sendsTheAuthorityWithTheLeaf();
    void agreesOnHttp11_data();
    void agreesOnHttp11();
    void carriesBytesInAnySplit_data();
    void carriesBytesInAnySplit();
    void keepsWhatIsWrittenEarly();
    void saysAndHearsTheEnd();
    void endAskedForEarlyIsSaidLater();
    void socketEndsWhileOpen();
    void leavesInMidHandshake_data();
    void leavesInMidHandshake();
    void clientWithoutTrustTellsWhy_data();
    void clientWithoutTrustTellsWhy();
    void refusesAnotherName();
    void refusesWhatLiesOutsideTheConstraints_data();
    void refusesWhatLiesOutsideTheConstraints();
    void refusesOldProtocols();
    void refusesWhatIsNoTls_data();
    void refusesWhatIsNoTls();
    void expiredAuthorityFailsWithWords();
    void connectsToNoImpossibleName();
    void alteredRecordFails();
};

namespace {

struct Releasing
{
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(SSL *ssl) const { SSL_free(ssl); }
    void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
};

/// OpenSSL's own client, for what tls::Session as a client never does.
struct RawClient
{
    std::unique_ptr<SSL_CTX, Releasing> context{SSL_CTX_new(TLS_client_method())};
    std::unique_ptr<SSL, Releasing> ssl;

    void start()
    {
        ssl.reset(SSL_new(context.get()));
        SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
        SSL_set_connect_state(ssl.get());
    }

    void handshakeWith(tls::Session &server)
    {
        for (int round = 0; round < 8; ++round) {
            SSL_do_handshake(ssl.get());
            char bytes[65536];
            QByteArray nothing;
            const int sent = BIO_read(SSL_get_wbio(ssl.get()), bytes, sizeof bytes);
            if (sent > 0) {
                server.feed(QByteArrayView(bytes, sent), nothing);
            }
            const QByteArray answer = server.takeOutput();
            if (!answer.isEmpty()) {
                BIO_write(SSL_get_rbio(ssl.get()), answer.constData(), static_cast<int>(answer.size()));
            }
        }
    }

    [[nodiscard]] QByteArray subjectName() const
    {
        const std::unique_ptr<X509, Releasing> certificate(SSL_get1_peer_certificate(ssl.get()));
        if (certificate == nullptr) {
            return {};
        }
        auto *names = static_cast<GENERAL_NAMES *>(
            X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr));
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, 0);
        const ASN1_STRING *text = name->type == GEN_DNS ? name->d.dNSName : name->d.iPAddress;
        const QByteArray value(reinterpret_cast<const char *>(ASN1_STRING_get0_data(text)),
                               ASN1_STRING_length(text));
        const bool isAddress = name->type == GEN_IPADD;
        GENERAL_NAMES_free(names);
        return isAddress ? value.toHex() : value;
    }
};

QByteArray randomBytes(qsizetype count)
{
    QByteArray bytes(count, '\0');
    QRandomGenerator random(7);
    for (char &byte : bytes) {
        byte = static_cast<char>(random.bounded(256));
    }
    return bytes;
}

void addVersions()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION << QByteArray("TLSv1.2");
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION << QByteArray("TLSv1.3");
}

void limit(Place &place, int version)
{
    SSL_CTX_set_max_proto_version(place.client->context(), version);
}

} // namespace

void TstSession::handshakes_data()
{
    addVersions();
}

void TstSession::handshakes()
{
    QFETCH(int, version);
    QFETCH(QByteArray, name);
    Place place;
    limit(place, version);
    Pair pair(place, "api.segment.io");
    QCOMPARE(pair.server->state(), State::Handshaking);
    pair.carry();
    QCOMPARE(pair.server->state(), State::Open);
    QCOMPARE(pair.client->state(), State::Open);
    QCOMPARE(pair.server->protocol(), name);
    QCOMPARE(pair.server->serverName(), QByteArray("api.segment.io"));
    QVERIFY(!pair.server->isResumed());
    pair.client->write("GET / HTTP/1.1\r\n\r\n");
    pair.server->write("HTTP/1.1 200 OK\r\n\r\n");
    pair.carry();
    QCOMPARE(pair.atServer, QByteArray("GET / HTTP/1.1\r\n\r\n"));
    QCOMPARE(pair.atClient, QByteArray("HTTP/1.1 200 OK\r\n\r\n"));
    QVERIFY(!pair.server->failure().has_value());
}

void TstSession::resumes_data()
{
    addVersions();
}

void TstSession::resumes()
{
    QFETCH(int, version);
    Place place;
    limit(place, version);
    for (const bool isResumed : {false, true, true}) {
        Pair pair(place, "api.segment.io");
        pair.carry();
        QCOMPARE(pair.server->state(), State::Open);
        QCOMPARE(pair.server->isResumed(), isResumed);
        QCOMPARE(pair.client->isResumed(), isResumed);
    }
    Pair other(place, "cdn.segment.com");
    other.carry();
    QCOMPARE(other.server->state(), State::Open);
    QVERIFY(!other.server->isResumed());
}

void TstSession::resumesByIdWithoutTickets()
{
    Place place;
    limit(place, TLS1_2_VERSION);
    SSL_CTX_set_options(place.client->context(), SSL_OP_NO_TICKET);
    for (const bool isResumed : {false, true}) {
        Pair pair(place, "api.segment.io");
        pair.carry();
        QCOMPARE(pair.server->isResumed(), isResumed);
    }
}

void TstSession::takesTheCertificateByName_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("fallback");
    QTest::addColumn<QByteArray>("certified");
    QTest::newRow("name") << QByteArray("api.segment.io") << QByteArray("127.0.0.1")
                          << QByteArray("api.segment.io");
    QTest::newRow("upper case") << QByteArray("API.Segment.IO") << QByteArray("127.0.0.1")
                                << QByteArray("api.segment.io");
    QTest::newRow("final dot") << QByteArray("api.segment.io.") << QByteArray("127.0.0.1")
                               << QByteArray("api.segment.io");
    QTest::newRow("none, reached at an address")
        << QByteArray() << QByteArray("192.168.1.20") << QByteArray("c0a80114");
    QTest::newRow("none, reached at IPv6")
        << QByteArray() << QByteArray("fe80::1%eth0") << QByteArray("fe800000000000000000000000000001");
    QTest::newRow("none, tunnel's host")
        << QByteArray() << QByteArray("cdn.segment.com") << QByteArray("cdn.segment.com");
    QTest::newRow("an address as name")
        << QByteArray("10.0.0.7") << QByteArray("127.0.0.1") << QByteArray("0a000007");
    QTest::newRow("no name at all") << QByteArray("not a host/../name") << QByteArray("127.0.0.1")
                                    << QByteArray("7f000001");
    QTest::newRow("asterisk") << QByteArray("*.segment.io") << QByteArray("127.0.0.1")
                              << QByteArray("7f000001");
    QTest::newRow("label too long") << QByteArray(64, 'a') + ".segment.io" << QByteArray("127.0.0.1")
                                    << QByteArray("7f000001");
    QTest::newRow("outside the constraints")
        << QByteArray("bank.example") << QByteArray("127.0.0.1") << QByteArray("bank.example");
}

void TstSession::takesTheCertificateByName()
{
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, fallback);
    QFETCH(QByteArray, certified);
    Place place;
    RawClient client;
    client.start();
    if (!asked.isEmpty()) {
        SSL_ctrl(client.ssl.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, asked.data());
    }
    const auto server = tls::Session::accept(place.contexts, fallback);
    client.handshakeWith(*server);
    QCOMPARE(server->state(), State::Open);
    QCOMPARE(server->serverName(), asked.toLower());
    QCOMPARE(client.subjectName(), certified);
    QCOMPARE(place.contexts.count(), std::size_t{1});
}

void TstSession::sendsTheAuthorityWithTheLeaf()
{
    Place place;
    RawClient client;
    client.start();
    const auto server = tls::Session::accept(place.contexts, "127.0.0.1");
    client.handshakeWith(*server);
    const STACK_OF(X509) *chain = SSL_get_peer_cert_chain(client.ssl.get());
    QCOMPARE(sk_X509_num(chain), 3);
    QList<QByteArray> behindTheLeaf;
    for (int at = 1; at < 3; ++at) {
        QByteArray &der = behindTheLeaf.emplaceBack(i2d_X509(sk_X509_value(chain, at), nullptr), '\0');
        auto *bytes = reinterpret_cast<unsigned char *>(der.data());
        i2d_X509(sk_X509_value(chain, at), &bytes);
    }
    QCOMPARE(behindTheLeaf, place.authority->chainDer());
    QCOMPARE(behindTheLeaf.last(), place.authority->certificateDer());
}

void TstSession::agreesOnHttp11_data()
{
    QTest::addColumn<QByteArray>("offered");
    QTest::addColumn<QByteArray>("agreed");
    QTest::newRow("h2 before http/1.1") << QByteArray("\x02h2\x08http/1.1") << QByteArray("http/1.1");
    QTest::newRow("http/1.1 alone") << QByteArray("\x08http/1.1") << QByteArray("http/1.1");
    QTest::newRow("h2 alone") << QByteArray("\x02h2") << QByteArray();
    QTest::newRow("no offer") << QByteArray() << QByteArray();
}

void TstSession::agreesOnHttp11()
{
    QFETCH(QByteArray, offered);
    QFETCH(QByteArray, agreed);
    Place place;
    SSL_CTX_set_alpn_protos(place.client->context(),
                            reinterpret_cast<const unsigned char *>(offered.constData()),
                            static_cast<unsigned int>(offered.size()));
    Pair pair(place, "api.segment.io");
    pair.carry();
    QCOMPARE(pair.server->state(), State::Open);
    QCOMPARE(pair.server->applicationProtocol(), agreed);
    QCOMPARE(pair.client->applicationProtocol(), agreed);
}

void TstSession::carriesBytesInAnySplit_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("mostBytes");
    QTest::newRow("TLS 1.2, byte by byte") << TLS1_2_VERSION << 1;
    QTest::newRow("TLS 1.3, byte by byte") << TLS1_3_VERSION << 1;
    QTest::newRow("TLS 1.2, up to 100 bytes") << TLS1_2_VERSION << 100;
    QTest::newRow("TLS 1.3, up to 40,000 bytes") << TLS1_3_VERSION << 40'000;
    QTest::newRow("TLS 1.3, whole") << TLS1_3_VERSION << 100'000'000;
}

void TstSession::carriesBytesInAnySplit()
{
    QFETCH(int, version);
    QFETCH(int, mostBytes);
    Place place;
    limit(place, version);
    Pair pair(place, "localhost");
    QRandomGenerator random(11);
    const auto cut = [&](qsizetype) { return qsizetype{1} + random.bounded(mostBytes); };
    const QByteArray up = randomBytes(300'000);
    const QByteArray down = randomBytes(1'000'001);
    pair.carry(cut);
    for (qsizetype at = 0; at < up.size(); at += 70'000) {
        pair.client->write(QByteArrayView(up).sliced(at, std::min<qsizetype>(70'000, up.size() - at)));
    }
    pair.server->write(down);
    pair.carry(cut);
    QVERIFY(pair.atServer == up);
    QVERIFY(pair.atClient == down);
}

void TstSession::keepsWhatIsWrittenEarly()
{
    Place place;
    Pair pair(place, "localhost");
    pair.client->write("early ");
    pair.client->write("bird");
    pair.server->write("hello");
    pair.carry();
    QCOMPARE(pair.atServer, QByteArray("early bird"));
    QCOMPARE(pair.atClient, QByteArray("hello"));
}

void TstSession::saysAndHearsTheEnd()
{
    Place place;
    Pair pair(place, "localhost");
    pair.client->write("last words");
    pair.carry();
    pair.client->end();
    pair.client->write("too late");
    pair.carry();
    QCOMPARE(pair.server->state(), State::PeerEnded);
    QCOMPARE(pair.client->state(), State::Open);
    pair.server->write("the answer");
    pair.server->end();
    pair.server->end();
    pair.carry();
    QCOMPARE(pair.atServer, QByteArray("last words"));
    QCOMPARE(pair.atClient, QByteArray("the answer"));
    QCOMPARE(pair.client->state(), State::PeerEnded);
    QVERIFY(!pair.client->failure().has_value());
    QVERIFY(!pair.server->failure().has_value());
}

void TstSession::endAskedForEarlyIsSaidLater()
{
    Place place;
    Pair pair(place, "localhost");
    pair.client->write("all I say");
    pair.client->end();
    pair.carry();
    QCOMPARE(pair.atServer, QByteArray("all I say"));
    QCOMPARE(pair.server->state(), State::PeerEnded);
}

void TstSession::socketEndsWhileOpen()
{
    Place place;
    Pair pair(place, "localhost");
    pair.carry();
    pair.server->inputEnded();
    QCOMPARE(pair.server->state(), State::PeerEnded);
    QVERIFY(!pair.server->failure().has_value());
}

void TstSession::leavesInMidHandshake_data()
{
    QTest::addColumn<int>("bytes");
    QTest::newRow("nothing sent") << 0;
    QTest::newRow("half a ClientHello") << 60;
    QTest::newRow("a whole ClientHello") << 100'000;
}

void TstSession::leavesInMidHandshake()
{
    QFETCH(int, bytes);
    Place place;
    Pair pair(place, "localhost");
    pair.server->feed(pair.client->takeOutput().left(bytes), pair.atServer);
    QCOMPARE(pair.server->state(), State::Handshaking);
    pair.server->inputEnded();
    QCOMPARE(pair.server->state(), State::Failed);
    const auto &failure = pair.server->failure();
    QVERIFY(failure.has_value());
    QCOMPARE(failure->side, Side::Peer);
    QVERIFY(failure->leftSilently);
    QCOMPARE(failure->alert, -1);
    QVERIFY(!failure->why.isEmpty());
}

void TstSession::clientWithoutTrustTellsWhy_data()
{
    addVersions();
}

void TstSession::clientWithoutTrustTellsWhy()
{
    QFETCH(int, version);
    Place place;
    place.client = tlstest::require(tls::ClientContext::create());
    limit(place, version);
    Pair pair(place, "api.segment.io");
    pair.server->write("never read");
    pair.carry();
    QCOMPARE(pair.client->state(), State::Failed);
    QCOMPARE(pair.client->failure()->side, Side::Us);
    QCOMPARE(pair.client->failure()->alertName, QByteArray("unknown_ca"));
    QCOMPARE(pair.client->failure()->why, QStringLiteral("self-signed certificate in certificate chain."));
    QCOMPARE(pair.server->state(), State::Failed);
    QCOMPARE(pair.server->failure()->side, Side::Peer);
    QCOMPARE(pair.server->failure()->alert, 48);
    QCOMPARE(pair.server->failure()->alertName, QByteArray("unknown_ca"));
    QVERIFY(!pair.server->failure()->leftSilently);
    QVERIFY(pair.atClient.isEmpty());
}

void TstSession::refusesAnotherName()
{
    Place place;
    SSL_CTX *other = tlstest::require(place.contexts.contextFor("cdn.segment.com"));
    const std::unique_ptr<SSL, Releasing> server(SSL_new(other));
    SSL_set_bio(server.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_accept_state(server.get());
    const auto client = tls::Session::connect(*place.client, "api.segment.io");
    const QByteArray hello = client->takeOutput();
    BIO_write(SSL_get_rbio(server.get()), hello.constData(), static_cast<int>(hello.size()));
    SSL_do_handshake(server.get());
    char bytes[65536];
    const int size = BIO_read(SSL_get_wbio(server.get()), bytes, sizeof bytes);
    QByteArray plain;
    client->feed(QByteArrayView(bytes, size), plain);
    QCOMPARE(client->state(), State::Failed);
    QCOMPARE(client->failure()->side, Side::Us);
    QCOMPARE(client->failure()->why, QStringLiteral("hostname mismatch."));
}

void TstSession::refusesWhatLiesOutsideTheConstraints_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("isTaken");
    for (const char *host :
         {"api.segment.io", "segment.io", "events.eu1.segmentapis.com", "cdn.segment.com", "localhost",
          "t.shop.example", "deep.t.shop.example", "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.31.0.1",
          "192.168.178.2", "169.254.7.7", "::1", "fd00::17", "fe80::1"}) {
        QTest::newRow(host) << QByteArray(host) << true;
    }
    for (const char *host :
         {"bank.example", "shop.example", "notsegment.io", "segment.io.evil.example", "8.8.8.8", "172.32.0.1",
          "192.169.0.1", "11.0.0.1", "::2", "2001:db8::1", "ff02::1"}) {
        QTest::newRow(host) << QByteArray(host) << false;
    }
}

void TstSession::refusesWhatLiesOutsideTheConstraints()
{
    QFETCH(QByteArray, host);
    QFETCH(bool, isTaken);
    Place place({QStringLiteral("t.shop.example")});
    Pair pair(place, host, host);
    pair.carry();
    QCOMPARE(pair.client->state(), isTaken ? State::Open : State::Failed);
    QCOMPARE(place.authority->isPermitted(host), isTaken);
    if (!isTaken) {
        QCOMPARE(pair.client->failure()->why, QStringLiteral("permitted subtree violation."));
    }
}

void TstSession::refusesOldProtocols()
{
    Place place;
    RawClient client;
    SSL_CTX_set_min_proto_version(client.context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(client.context.get(), TLS1_1_VERSION);
    SSL_CTX_set_cipher_list(client.context.get(), "ALL:@SECLEVEL=0");
    client.start();
    const auto server = tls::Session::accept(place.contexts, "127.0.0.1");
    client.handshakeWith(*server);
    QCOMPARE(server->state(), State::Failed);
    QCOMPARE(server->failure()->side, Side::Us);
    QCOMPARE(server->failure()->alertName, QByteArray("protocol_version"));
}

void TstSession::refusesWhatIsNoTls_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::newRow("a record of nonsense") << QByteArray("\x16\x03\x01\x00\x10", 5) + randomBytes(16);
    QTest::newRow("a record too long") << QByteArray("\x16\x03\x01\xff\xff", 5) + randomBytes(200);
}

void TstSession::refusesWhatIsNoTls()
{
    QFETCH(QByteArray, bytes);
    Place place;
    const auto server = tls::Session::accept(place.contexts, "127.0.0.1");
    QByteArray plain;
    server->feed(bytes, plain);
    QCOMPARE(server->state(), State::Failed);
    QCOMPARE(server->failure()->side, Side::Protocol);
    QVERIFY(!server->failure()->why.isEmpty());
    QVERIFY(plain.isEmpty());
    server->feed(bytes, plain);
    server->write("x");
    server->inputEnded();
    QCOMPARE(server->failure()->side, Side::Protocol);
}

void TstSession::expiredAuthorityFailsWithWords()
{
    Place place;
    place.clock.moveDays(366);
    Pair pair(place, "api.segment.io");
    pair.carry();
    QCOMPARE(pair.server->state(), State::Failed);
    QCOMPARE(pair.server->failure()->side, Side::Us);
    QVERIFY(pair.server->failure()->why.contains(QStringLiteral("expired")));
    QCOMPARE(pair.client->failure()->side, Side::Peer);
    QCOMPARE(pair.client->failure()->alertName, QByteArray("internal_error"));
}

void TstSession::connectsToNoImpossibleName()
{
    Place place;
    const auto client = tls::Session::connect(*place.client, "two words");
    QCOMPARE(client->state(), State::Failed);
    QCOMPARE(client->failure()->side, Side::Us);
    QVERIFY(client->takeOutput().isEmpty());
}

void TstSession::alteredRecordFails()
{
    Place place;
    Pair pair(place, "localhost");
    pair.carry();
    pair.client->write("a secret of some length");
    QByteArray bytes = pair.client->takeOutput();
    bytes[bytes.size() - 3] = static_cast<char>(bytes.back() ^ 0x55);
    pair.server->feed(bytes, pair.atServer);
    QCOMPARE(pair.server->state(), State::Failed);
    QCOMPARE(pair.server->failure()->alertName, QByteArray("bad_record_mac"));
    QVERIFY(pair.atServer.isEmpty());
}

QTEST_GUILESS_MAIN(TstSession)
#include "tst_session.moc"
