// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/model/tls/tlstest.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>

using namespace Qt::StringLiterals;
using tlstest::Place;
using tlstest::require;

class TstContexts : public QObject
{
    Q_OBJECT

private slots:
    void mintsOncePerName();
    void forgetsTheOneUsedLongestAgo();
    void renewsBeforeTheLeafEnds();
    void refusesWhatIsNoName();
    void evictedContextServesItsSessionsOn();
    void clientTrustsTheFileGiven_data();
    void clientTrustsTheFileGiven();
    void clientTrustsWhatTheEnvironmentNames();
    void clientKeepsOneSessionPerHost();
};

void TstContexts::mintsOncePerName()
{
    Place place;
    SSL_CTX *first = require(place.contexts.contextFor("api.segment.io"));
    SSL_CTX *other = require(place.contexts.contextFor("127.0.0.1"));
    QVERIFY(first != other);
    QCOMPARE(require(place.contexts.contextFor("api.segment.io")), first);
    QCOMPARE(place.contexts.count(), std::size_t{2});
    QCOMPARE(place.contexts.authority().info().sha256, place.authority->info().sha256);
}

void TstContexts::forgetsTheOneUsedLongestAgo()
{
    Place place;
    const auto host = [](int number) { return "h" + QByteArray::number(number) + ".localhost"; };
    const auto serialOf = [](SSL_CTX *context) {
        const ASN1_INTEGER *serial = X509_get0_serialNumber(SSL_CTX_get0_certificate(context));
        return QByteArray(reinterpret_cast<const char *>(ASN1_STRING_get0_data(serial)),
                          ASN1_STRING_length(serial));
    };
    const QByteArray first = serialOf(require(place.contexts.contextFor(host(0))));
    const QByteArray second = serialOf(require(place.contexts.contextFor(host(1))));
    for (int number = 2; number < 256; ++number) {
        QVERIFY(place.contexts.contextFor(host(number)).has_value());
    }
    QCOMPARE(serialOf(require(place.contexts.contextFor(host(0)))), first); // used again
    QVERIFY(place.contexts.contextFor(host(256)).has_value());
    QCOMPARE(place.contexts.count(), std::size_t{256});
    QCOMPARE(serialOf(require(place.contexts.contextFor(host(0)))), first);
    QVERIFY(serialOf(require(place.contexts.contextFor(host(1)))) != second);
    QCOMPARE(place.contexts.count(), std::size_t{256});
}

void TstContexts::renewsBeforeTheLeafEnds()
{
    Place place;
    SSL_CTX *before = require(place.contexts.contextFor("localhost"));
    SSL_CTX_up_ref(before); // or the new one could get its address
    place.clock.moveDays(89);
    SSL_CTX *after = require(place.contexts.contextFor("localhost"));
    QVERIFY(after != before);
    QCOMPARE(X509_cmp_time(X509_get0_notAfter(SSL_CTX_get0_certificate(after)), nullptr), 1);
    QCOMPARE(place.contexts.count(), std::size_t{1});
    SSL_CTX_free(before);
}

void TstContexts::refusesWhatIsNoName()
{
    Place place;
    const auto context = place.contexts.contextFor("no name");
    QVERIFY(!context.has_value());
    QCOMPARE(context.error().code, base::ErrorCode::BadInput);
    QCOMPARE(place.contexts.count(), std::size_t{0});
}

void TstContexts::evictedContextServesItsSessionsOn()
{
    Place place;
    tlstest::Pair pair(place, "localhost");
    pair.carry();
    for (int number = 0; number < 300; ++number) {
        QVERIFY(place.contexts.contextFor("h" + QByteArray::number(number) + ".localhost").has_value());
    }
    pair.client->write("still here");
    pair.carry();
    QCOMPARE(pair.atServer, QByteArray("still here"));
}

void TstContexts::clientTrustsTheFileGiven_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<base::ErrorCode>("code");
    QTest::newRow("no file") << QByteArray() << base::ErrorCode::NotFound;
    QTest::newRow("no certificates") << QByteArray("hello\n") << base::ErrorCode::BadInput;
    QTest::newRow("damaged certificate")
        << QByteArray("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        << base::ErrorCode::BadInput;
}

void TstContexts::clientTrustsTheFileGiven()
{
    QFETCH(QByteArray, contents);
    QFETCH(base::ErrorCode, code);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"trusted.pem"_s);
    if (!contents.isEmpty()) {
        tlstest::overwrite(path, contents);
    }
    const auto client = tls::ClientContext::create(path);
    QVERIFY(!client.has_value());
    QCOMPARE(client.error().code, code);
    QVERIFY(client.error().what.contains(path));
}

void TstContexts::clientTrustsWhatTheEnvironmentNames()
{
    Place place;
    qputenv("SSL_CERT_FILE", place.authority->info().certificatePath.toLocal8Bit());
    place.client = require(tls::ClientContext::create());
    qunsetenv("SSL_CERT_FILE");
    tlstest::Pair pair(place, "api.segment.io");
    pair.carry();
    QCOMPARE(pair.client->state(), tls::Session::State::Open);
}

void TstContexts::clientKeepsOneSessionPerHost()
{
    Place place;
    const auto session = [](int version) {
        SSL_SESSION *made = SSL_SESSION_new();
        SSL_SESSION_set_protocol_version(made, version);
        return made;
    };
    const auto isKept = [&](const QByteArray &host) {
        SSL_SESSION *kept = place.client->takeSession(host);
        SSL_SESSION_free(kept);
        return kept != nullptr;
    };
    for (int number = 0; number < 130; ++number) {
        place.client->keepSession("h" + QByteArray::number(number), session(TLS1_3_VERSION));
    }
    place.client->keepSession("h129", session(TLS1_3_VERSION));
    QVERIFY(isKept("h129"));
    QVERIFY(!isKept("h129"));
    int kept = 0;
    for (int number = 0; number < 130; ++number) {
        kept += isKept("h" + QByteArray::number(number)) ? 1 : 0;
    }
    QCOMPARE(kept, 127);
    place.client->keepSession("old", session(TLS1_2_VERSION));
    QVERIFY(isKept("old"));
    QVERIFY(isKept("old"));
}

QTEST_GUILESS_MAIN(TstContexts)
#include "tst_contexts.moc"
