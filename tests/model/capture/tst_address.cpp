// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/address.h"

#include <QCoreApplication>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;

class TstAddress : public QObject
{
    Q_OBJECT

private slots:
    void parse_data();
    void parse();
    void refuse_data();
    void refuse();
    void portHolderIsUs();
    void nobodyHoldsIt();
    void nextFreePortIsFreeOnBothLoopbacks();
};

void TstAddress::parse_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("addresses");
    const QStringList both{u"127.0.0.1:8765"_s, u"[::1]:8765"_s};
    QTest::newRow("IPv4") << u"127.0.0.1:8765"_s << QStringList{u"127.0.0.1:8765"_s};
    QTest::newRow("IPv6") << u"[::1]:8765"_s << QStringList{u"[::1]:8765"_s};
    QTest::newRow("port") << u"8765"_s << both;
    QTest::newRow("colon and port") << u":8765"_s << both;
    QTest::newRow("localhost") << u"localhost:8765"_s << both;
    QTest::newRow("spaces around") << u" 8765 "_s << both;
    QTest::newRow("any free port") << u"127.0.0.1:0"_s << QStringList{u"127.0.0.1:0"_s};
    QTest::newRow("all of IPv4") << u"0.0.0.0:80"_s << QStringList{u"0.0.0.0:80"_s};
    QTest::newRow("two, one of them twice")
        << u"8765, 192.168.1.5:8765,127.0.0.1:8765"_s << both + QStringList{u"192.168.1.5:8765"_s};
    QTest::newRow("all of IPv6") << u"[::]:80"_s << QStringList{u"[::]:80"_s};
}

void TstAddress::parse()
{
    QFETCH(QString, text);
    QFETCH(QStringList, addresses);
    const auto parsed = capture::parseListen(text);
    QVERIFY2(parsed.has_value(), parsed ? "" : qPrintable(parsed.error().oneLine()));
    QStringList found;
    for (const capture::Address &address : *parsed) {
        found << capture::toText(address);
    }
    QCOMPARE(found, addresses);
}

void TstAddress::refuse_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("why");
    QTest::newRow("empty") << u""_s << u"It is empty."_s;
    QTest::newRow("nothing behind the comma") << u"8765,"_s << u"It is empty."_s;
    QTest::newRow("no port") << u"127.0.0.1"_s << u"The port is missing."_s;
    QTest::newRow("name only") << u"localhost"_s << u"The port is missing."_s;
    QTest::newRow("no number") << u"127.0.0.1:http"_s
                               << u"\"http\" is no port: a port is a number from 0 to 65535."_s;
    QTest::newRow("port too large") << u"65536"_s
                                    << u"\"65536\" is no port: a port is a number from 0 to 65535."_s;
    QTest::newRow("negative") << u":-1"_s << u"\"-1\" is no port: a port is a number from 0 to 65535."_s;
    QTest::newRow("a name")
        << u"example.com:80"_s
        << u"\"example.com\" is no IP address of this machine; names are not looked up."_s;
    QTest::newRow("IPv6 without brackets")
        << u"::1:8765"_s << u"An IPv6 address stands in brackets before its port."_s;
    QTest::newRow("bracket without port")
        << u"[::1]"_s << u"After the address in brackets a colon and the port are missing."_s;
}

void TstAddress::refuse()
{
    QFETCH(QString, text);
    QFETCH(QString, why);
    const auto parsed = capture::parseListen(text);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, base::ErrorCode::BadInput);
    QCOMPARE(parsed.error().why, why);
    QVERIFY(!parsed.error().fix.isEmpty());
}

void TstAddress::portHolderIsUs()
{
    for (const QHostAddress::SpecialAddress host : {QHostAddress::LocalHost, QHostAddress::LocalHostIPv6}) {
        QTcpServer server;
        QVERIFY(server.listen(host));
        const QString holder = capture::portHolder(server.serverPort());
        QVERIFY2(holder.contains(u"(pid %1)"_s.arg(QCoreApplication::applicationPid())), qPrintable(holder));
    }
}

void TstAddress::nobodyHoldsIt()
{
    quint16 port = 0;
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        port = server.serverPort();
    }
    QCOMPARE(capture::portHolder(port), QString());
}

void TstAddress::nextFreePortIsFreeOnBothLoopbacks()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    // The one behind it is taken too, on one of the addresses.
    QTcpServer next;
    const auto behind = static_cast<quint16>(taken.serverPort() + 1);
    const bool isNextOurs = next.listen(QHostAddress::LocalHostIPv6, behind);
    const quint16 free = capture::nextFreePort(taken.serverPort());
    QVERIFY(free > taken.serverPort());
    QVERIFY(!isNextOurs || free != behind);
}

QTEST_GUILESS_MAIN(TstAddress)
#include "tst_address.moc"
