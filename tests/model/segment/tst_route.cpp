// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/route.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using event::CallType;
using segment::RouteKind;

class TstRoute : public QObject
{
    Q_OBJECT

private slots:
    void routes_data();
    void routes();
    void takesApartTargets();
};

void TstRoute::routes_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<RouteKind>("kind");
    QTest::addColumn<CallType>("type");
    QTest::addColumn<QString>("writeKey");
    const auto row = [](const char *method, const char *target, RouteKind kind,
                        CallType type = CallType::None, const QString &writeKey = {}) {
        QTest::addRow("%s %s", method, target)
            << QByteArray(method) << QByteArray(target) << kind << type << writeKey;
    };
    row("POST", "/v1/t", RouteKind::Ingest, CallType::Track);
    row("POST", "/v1/p", RouteKind::Ingest, CallType::Page);
    row("POST", "/v1/i", RouteKind::Ingest, CallType::Identify);
    row("POST", "/v1/g", RouteKind::Ingest, CallType::Group);
    row("POST", "/v1/a", RouteKind::Ingest, CallType::Alias);
    row("POST", "/v1/s", RouteKind::Ingest, CallType::Screen);
    row("POST", "/v1/track", RouteKind::Ingest, CallType::Track);
    row("POST", "/v1/identify?x=1", RouteKind::Ingest, CallType::Identify);
    row("POST", "/v1/page", RouteKind::Ingest, CallType::Page);
    row("POST", "/v1/screen", RouteKind::Ingest, CallType::Screen);
    row("POST", "/v1/group", RouteKind::Ingest, CallType::Group);
    row("POST", "/v1/alias", RouteKind::Ingest, CallType::Alias);
    row("POST", "/v1/b", RouteKind::Ingest);
    row("POST", "/v1/batch", RouteKind::Ingest);
    row("POST", "/v1/import", RouteKind::Ingest);
    row("POST", "/v1/import/", RouteKind::Ingest);
    row("POST", "/proxy/segment/v1/t/", RouteKind::Ingest, CallType::Track);
    row("POST", "/V1/T", RouteKind::Ingest);
    row("POST", "/custom", RouteKind::Ingest);
    row("POST", "/", RouteKind::Ingest);
    row("POST", "https://api.segment.io/v1/batch", RouteKind::Ingest);
    row("POST", "https://api.segment.io/v1/p", RouteKind::Ingest, CallType::Page);
    row("POST", "/v1/m", RouteKind::Metrics);
    row("POST", "/m", RouteKind::Metrics);
    row("POST", "/token", RouteKind::Token);
    row("OPTIONS", "/v1/t", RouteKind::Preflight);
    row("OPTIONS", "/anything", RouteKind::Preflight);
    row("OPTIONS", "*", RouteKind::Preflight);
    row("GET", "/v1/pixel/track?data=e30", RouteKind::Pixel, CallType::Track);
    row("HEAD", "/v1/pixel/page?userId=u", RouteKind::Pixel, CallType::Page);
    row("GET", "/v1/pixel/alias", RouteKind::Pixel, CallType::Alias);
    row("GET", "/v1/pixel/nothing", RouteKind::Unknown);
    row("GET", "/v1/t?data=e30&callback=cb", RouteKind::Jsonp, CallType::Track);
    row("GET", "/v1/t", RouteKind::Unknown);
    row("GET", "/v1/projects/abc%20d/settings", RouteKind::Settings, CallType::None, u"abc d"_s);
    row("GET", "/v1/projects/a+b/settings/", RouteKind::Settings, CallType::None, u"a+b"_s);
    row("GET", "/proxy/v1/projects/k/settings?x", RouteKind::Settings, CallType::None, u"k"_s);
    row("GET", "/v1/projects/settings", RouteKind::Unknown);
    row("GET", "/analytics.js/v1/k/analytics.min.js", RouteKind::Script);
    row("GET", "/analytics.js/v1/k/platform/analytics.min.js", RouteKind::Script);
    row("GET", "/analytics-next/bundles/870.bundle.js", RouteKind::Script);
    row("GET", "/next-integrations/actions/x.js", RouteKind::Script);
    row("GET", "/", RouteKind::Health);
    row("HEAD", "/", RouteKind::Health);
    row("GET", "http://127.0.0.1:8765", RouteKind::Health);
    row("GET", "/favicon.ico", RouteKind::Unknown);
    row("PUT", "/v1/t", RouteKind::Unknown);
}

void TstRoute::routes()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(RouteKind, kind);
    QFETCH(CallType, type);
    QFETCH(QString, writeKey);
    const segment::Route route = segment::route(method, target);
    QCOMPARE(route.kind, kind);
    QCOMPARE(route.type, type);
    QCOMPARE(route.writeKey, writeKey);
}

void TstRoute::takesApartTargets()
{
    const segment::Route plain = segment::route("GET", "/v1/pixel/track?data=a%20b&x=1");
    QCOMPARE(plain.path, "/v1/pixel/track"_ba);
    QCOMPARE(plain.query, "data=a%20b&x=1"_ba);
    const segment::Route absolute = segment::route("POST", "http://host:80/v1/t?next=http://other/");
    QCOMPARE(absolute.path, "/v1/t"_ba);
    QCOMPARE(absolute.query, "next=http://other/"_ba);
    const segment::Route bare = segment::route("GET", "http://host?q=/");
    QCOMPARE(bare.path, "/"_ba);
    QCOMPARE(bare.query, "q=/"_ba);
    QCOMPARE(segment::route("POST", "").path, "/"_ba);
}

QTEST_GUILESS_MAIN(TstRoute)
#include "tst_route.moc"
