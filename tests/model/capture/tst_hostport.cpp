// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/hostport.h"

#include "capture/arrival.h"

#include <QHostAddress>
#include <QTest>

using namespace Qt::StringLiterals;
using capture::Arrival;

class TstHostPort : public QObject
{
    Q_OBJECT

private slots:
    void authorities_data();
    void authorities();
    void absoluteTargets_data();
    void absoluteTargets();
    void thisMachine();
    void arrivals_data();
    void arrivals();
    void originOverrulesThePeer();
};

void TstHostPort::authorities_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("read"); ///< empty: refused
    QTest::newRow("name") << "api.segment.io:443"_ba
                          << "api.segment.io:443"_ba;
    QTest::newRow("any case, final dot") << "API.Segment.io.:443"_ba
                                         << "api.segment.io:443"_ba;
    QTest::newRow("underscore and digits") << "a_b-1.example:8080"_ba
                                           << "a_b-1.example:8080"_ba;
    QTest::newRow("IPv4") << "127.0.0.1:80"_ba
                          << "127.0.0.1:80"_ba;
    QTest::newRow("IPv6") << "[2001:DB8::1]:443"_ba
                          << "[2001:db8::1]:443"_ba;
    QTest::newRow("IPv6, mapped") << "[::ffff:127.0.0.1]:1"_ba
                                  << "[::ffff:127.0.0.1]:1"_ba;
    QTest::newRow("highest port") << "a:65535"_ba
                                  << "a:65535"_ba;
    for (const char *wrong : {"",           ":",
                              ":443",       "a",
                              "a:",         "a:0",
                              "a:65536",    "a:-1",
                              "a:+1",       "a: 1",
                              "a:1 ",       "a:x",
                              "::1:443",    "[::1]",
                              "[]:1",       "[::1]x:1",
                              "[a b]:1",    "[::1%25eth0]:1",
                              "a/b:1",      "user@a:1",
                              "a%2eb:1",    ".:1",
                              "a\tb:1",     "http://a:1",
                              "\xc3\xa4:1", "a:99999999999999999999"}) {
        QTest::addRow("refused: %s", QByteArray(wrong).toPercentEncoding(" :[]@/").constData())
            << QByteArray(wrong) << QByteArray();
    }
    QTest::newRow("refused: too long") << QByteArray(254, 'a') + ":1" << QByteArray();
    QTest::newRow("refused: NUL") << QByteArray("a\0b:1", 5) << QByteArray();
}

void TstHostPort::authorities()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, read);
    const auto host = capture::readHostPort(text);
    QCOMPARE(host ? host->text() : QByteArray(), read);
}

void TstHostPort::absoluteTargets_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("read"); ///< scheme, host, Host, path; empty: none
    const auto row = [](const char *name, const QByteArray &target, const QByteArray &read) {
        QTest::newRow(name) << target << read;
    };
    row("http", "http://a/p?q=1", "http a:80 a /p?q=1");
    row("https", "https://api.segment.io/v1/batch", "https api.segment.io:443 api.segment.io /v1/batch");
    row("with a port", "HTTP://A:8080/", "http a:8080 A:8080 /");
    row("empty port", "https://a:/x", "https a:443 a: /x");
    row("no path", "http://a", "http a:80 a /");
    row("query at once", "http://a?q", "http a:80 a /?q");
    row("user and password", "http://u:p@a:1/x", "http a:1 a:1 /x");
    row("a host in the user", "http://api.segment.io@evil/x", "http evil:80 evil /x");
    row("an at sign in the path", "http://a/x@api.segment.io", "http a:80 a /x@api.segment.io");
    row("IPv6", "http://[::1]:8765/x", "http [::1]:8765 [::1]:8765 /x");
    row("IPv6 without a port", "http://[::1]/x", "http [::1]:80 [::1] /x");
    row("origin-form", "/v1/t?u=http://a/", {});
    row("asterisk", "*", {});
    row("authority", "a:443", {});
    row("another scheme", "ftp://a/", {});
    row("no host", "http:///x", {});
    row("bad port", "http://a:0/", {});
    row("backslash", "http://a\\b/", {});
    row("percent in the host", "http://a%2eb/", {});
    row("nothing", {}, {});
}

void TstHostPort::absoluteTargets()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, read);
    const auto absolute = capture::readAbsoluteTarget(target);
    QCOMPARE(absolute ? (absolute->isTls ? "https " : "http ") + absolute->host.text() + ' ' +
                            absolute->authority + ' ' + absolute->origin
                      : QByteArray(),
             read);
}

void TstHostPort::thisMachine()
{
    QVERIFY(capture::isOfThisMachine(QHostAddress(QHostAddress::LocalHost)));
    QVERIFY(capture::isOfThisMachine(QHostAddress(u"127.9.8.7"_s)));
    QVERIFY(capture::isOfThisMachine(QHostAddress(QHostAddress::LocalHostIPv6)));
    QVERIFY(!capture::isOfThisMachine(QHostAddress(u"192.0.2.1"_s))); // RFC 5737: nobody's
}

void TstHostPort::arrivals_data()
{
    QTest::addColumn<QByteArray>("peer");
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<bool>("isFromThisMachine");
    QTest::newRow("IPv4") << "127.0.0.1:4711"_ba
                          << "127.0.0.1"_ba << true;
    QTest::newRow("IPv6") << "[::1]:4711"_ba
                          << "::1"_ba << true;
    QTest::newRow("network") << "192.0.2.7:4711"_ba
                             << "192.0.2.7"_ba << false;
    QTest::newRow("link-local") << "[fe80::1%eth0]:4711"_ba
                                << "fe80::1%eth0"_ba << false;
    QTest::newRow("without a port") << "192.0.2.7"_ba
                                    << "192.0.2.7"_ba << false;
    QTest::newRow("nothing") << QByteArray() << QByteArray() << false;
    QTest::newRow("cut short") << "["_ba << QByteArray() << false;
}

void TstHostPort::arrivals()
{
    QFETCH(QByteArray, peer);
    QFETCH(QByteArray, address);
    QFETCH(bool, isFromThisMachine);
    Arrival arrival;
    arrival.peer = peer;
    QCOMPARE(arrival.address(), address);
    QCOMPARE(arrival.isFromThisMachine(), isFromThisMachine);
}

void TstHostPort::originOverrulesThePeer()
{
    Arrival arrival;
    arrival.peer = "192.0.2.7:4711";
    arrival.origin = Arrival::Origin::ThisMachine;
    QVERIFY(arrival.isFromThisMachine());
    arrival.peer = "127.0.0.1:4711";
    arrival.origin = Arrival::Origin::Network;
    QVERIFY(!arrival.isFromThisMachine());
}

QTEST_GUILESS_MAIN(TstHostPort)
#include "tst_hostport.moc"
