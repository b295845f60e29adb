// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/hosts.h"

#include <QTest>

using namespace Qt::StringLiterals;
using segment::HostKind;
using segment::Hosts;

class TstHosts : public QObject
{
    Q_OBJECT

private slots:
    void kinds_data();
    void kinds();
    void nothingCustom();
};

void TstHosts::kinds_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<HostKind>("kind");
    QTest::newRow("tracking") << "api.segment.io"_ba << HostKind::Tracking;
    QTest::newRow("tracking, any case") << "API.Segment.IO"_ba << HostKind::Tracking;
    QTest::newRow("tracking, final dot") << "api.segment.io."_ba << HostKind::Tracking;
    QTest::newRow("tracking, EU") << "events.eu1.segmentapis.com"_ba << HostKind::Tracking;
    QTest::newRow("tracking, named once") << "api.segment.com"_ba << HostKind::Tracking;
    QTest::newRow("tracking, EU of iOS") << "in.eu2.segmentapis.com"_ba << HostKind::Tracking;
    QTest::newRow("CDN") << "cdn.segment.com"_ba << HostKind::Cdn;
    QTest::newRow("CDN, mobile") << "cdn-settings.segment.com"_ba << HostKind::Cdn;
    QTest::newRow("tokens") << "oauth2.segment.io"_ba << HostKind::OAuth;
    QTest::newRow("tokens, EU") << "oauth2.eu1.segmentapis.com"_ba << HostKind::OAuth;
    QTest::newRow("Public API") << "api.segmentapis.com"_ba << HostKind::Other;
    QTest::newRow("edge functions") << "x.cdn.edgefn.segment.com"_ba << HostKind::Other;
    QTest::newRow("Object API") << "objects-bulk-api.segmentapis.com"_ba << HostKind::Other;
    QTest::newRow("the application itself") << "app.segment.com"_ba << HostKind::Other;
    QTest::newRow("below a known one") << "x.api.segment.io"_ba << HostKind::Other;
    QTest::newRow("a known one below another") << "api.segment.io.evil.example"_ba << HostKind::Other;
    QTest::newRow("looks alike") << "xapi.segment.io"_ba << HostKind::Other;
    QTest::newRow("custom") << "t.shop.example"_ba << HostKind::Custom;
    QTest::newRow("below a custom one") << "eu.t.shop.example"_ba << HostKind::Custom;
    QTest::newRow("custom, as a wildcard") << "a.wild.example"_ba << HostKind::Custom;
    QTest::newRow("custom, any case and dot") << "T.Shop.Example."_ba << HostKind::Custom;
    QTest::newRow("custom with a dot and blanks") << "dotted.example"_ba << HostKind::Custom;
    QTest::newRow("ends like a custom one") << "not.shop.example"_ba << HostKind::Other;
    QTest::newRow("ends like a custom one, no dot") << "xt.shop.example"_ba << HostKind::Other;
    QTest::newRow("above a custom one") << "shop.example"_ba << HostKind::Other;
    QTest::newRow("an address") << "127.0.0.1"_ba << HostKind::Other;
    QTest::newRow("nothing") << QByteArray() << HostKind::Other;
}

void TstHosts::kinds()
{
    QFETCH(QByteArray, host);
    QFETCH(HostKind, kind);
    const Hosts hosts({u"t.shop.example"_s, u"*.wild.example"_s, u" Dotted.Example. "_s, u""_s});
    QCOMPARE(hosts.kindOf(host), kind);
    QCOMPARE(hosts.isCaptured(host), kind != HostKind::Other);
}

void TstHosts::nothingCustom()
{
    QCOMPARE(Hosts().kindOf("t.shop.example"), HostKind::Other);
    QCOMPARE(Hosts().kindOf("api.segment.io"), HostKind::Tracking);
}

QTEST_GUILESS_MAIN(TstHosts)
#include "tst_hosts.moc"
