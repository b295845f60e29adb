// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/sdkrun.h"
#include "tests/support/cliprocess.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using support::CliProcess;
using support::ExportedEvent;

/// @segment/analytics-next in Chromium and Firefox by other ways than plain http on the port.
class TstBrowserWays : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyCallArrives_data();
    void everyCallArrives();
    void snippetOverHttpsArrives();
    void otherHostsAreNotDecrypted();
    void publicPageReachesNothing_data();
    void publicPageReachesNothing();
    void anotherOriginLearnsNothing();

private:
    [[nodiscard]] SdkRun run(const CliProcess &server, const QString &page,
                             const QString &sdk = u"analytics-next-1.84"_s) const;
    [[nodiscard]] QStringList captureOptions() const
    {
        return {u"--ca"_s, m_folder.filePath(u"ca"_s), u"--proxy-domain"_s, u"t.shop.example"_s};
    }

    QTemporaryDir m_folder;
    QString m_authority;
};

namespace {

QStringList types(const std::vector<ExportedEvent> &events)
{
    QStringList types;
    for (const ExportedEvent &event : events) {
        types.append(event.text("type"));
    }
    types.sort();
    return types;
}

QStringList textsOf(json::Value array)
{
    QStringList texts;
    for (auto one = array.firstChild(); one; one = one.next()) {
        texts.append(QString::fromStdString(std::string(one.value().text())));
    }
    return texts;
}

QByteArray saidByPage(const SdkRun &run)
{
    return run.err + (run.said != nullptr ? run.said->source() : QByteArray());
}

} // namespace

void TstBrowserWays::initTestCase()
{
    m_authority = support::makeAuthority(m_folder.filePath(u"ca"_s), {u"t.shop.example"_s});
}

SdkRun TstBrowserWays::run(const CliProcess &server, const QString &page, const QString &sdk) const
{
    return runSdk(
        u"browserways.mjs"_s, sdk, server.port(), page,
        {{u"TRACKSIDE_CA"_s, m_authority}, {u"TRACKSIDE_API"_s, QString::number(server.apiPort())}});
}

void TstBrowserWays::everyCallArrives_data()
{
    QTest::addColumn<QString>("sdk");
    QTest::addColumn<QString>("page");
    QTest::addColumn<int>("posts");
    QTest::addColumn<QString>("host"); ///< posted to; empty: this machine
    const auto next = u"analytics-next-1.84"_s;
    const auto api = u"api.segment.io"_s;
    QTest::newRow("1.81.2 batching: TLS on the port")
        << u"analytics-next-1.81"_s << u"batchingTls"_s << 2 << QString();
    QTest::newRow("https page") << next << u"httpsPage"_s << 6 << QString();
    QTest::newRow("Firefox") << next << u"firefox"_s << 6 << QString();
    QTest::newRow("Firefox with the proxy set") << next << u"firefoxProxied"_s << 6 << api;
    QTest::newRow("Chromium with the proxy set") << next << u"segmentsHosts"_s << 6 << api;
    QTest::newRow("EU host") << next << u"euHost"_s << 6 << u"events.eu1.segmentapis.com"_s;
    QTest::newRow("domain of the user's own") << next << u"customHost"_s << 6 << u"t.shop.example"_s;
}

void TstBrowserWays::everyCallArrives()
{
    QFETCH(QString, sdk);
    QFETCH(QString, page);
    QFETCH(int, posts);
    QFETCH(QString, host);
    CliProcess server(captureOptions());
    QVERIFY(server.isListening());
    const SdkRun run = this->run(server, page, sdk);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, saidByPage(run).constData());
    QVERIFY2(run.at("posts").raw() == std::to_string(posts), saidByPage(run).constData());
    QCOMPARE(textsOf(run.at("hosts")),
             QStringList{host.isEmpty() ? u"127.0.0.1:%1"_s.arg(server.port()) : host});
    for (const QString &protocol : textsOf(run.at("protocols"))) {
        QCOMPARE(protocol, u"http/1.1"_s); // h2 was offered
    }
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(types(events),
             (QStringList{u"alias"_s, u"group"_s, u"identify"_s, u"page"_s, u"screen"_s, u"track"_s}));
    QSet<QString> messages;
    for (const ExportedEvent &event : events) {
        messages.insert(event.text("messageId"));
        if (event.text("type") == u"track"_s) {
            const std::string_view raw = event.body().find("properties").raw();
            QCOMPARE(
                QByteArray(raw.data(), static_cast<qsizetype>(raw.size())),
                QByteArray(
                    R"({"orderId":"o-1","revenue":39.95,"products":[{"sku":"a","quantity":2}],"zebra":1,"alpha":2,)"
                    R"("none":null,"text":"Zoë 🚚"})"));
        }
    }
    QCOMPARE(messages.size(), 6);
}

void TstBrowserWays::snippetOverHttpsArrives()
{
    CliProcess server(captureOptions());
    QVERIFY(server.isListening());
    const SdkRun run = this->run(server, u"snippetHttps"_s);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, saidByPage(run).constData());
    QVERIFY2(types(server.events()) == QStringList({u"page"_s, u"track"_s}), saidByPage(run).constData());
}

void TstBrowserWays::otherHostsAreNotDecrypted()
{
    CliProcess server(captureOptions());
    QVERIFY(server.isListening());
    const SdkRun run = this->run(server, u"segmentsHosts"_s);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, saidByPage(run).constData());
    const json::Value other = run.at("otherHost");
    QCOMPARE(other.find("text").text(), std::string_view("never ours"));
    QCOMPARE(other.find("issuer").text(), std::string_view("Site of the test"));
    QCOMPARE(server.events().size(), 6U);
}

void TstBrowserWays::publicPageReachesNothing_data()
{
    QTest::addColumn<QString>("page");
    QTest::newRow("http") << u"publicPage"_s;
    QTest::newRow("https, permission not given") << u"publicHttpsPage"_s;
}

void TstBrowserWays::publicPageReachesNothing()
{
    QFETCH(QString, page);
    CliProcess server(captureOptions());
    QVERIFY(server.isListening());
    const SdkRun run = this->run(server, page);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, saidByPage(run).constData());
    QVERIFY2(run.at("isReady").toBool(), saidByPage(run).constData());
    QVERIFY2(saidByPage(run).contains("loopback"), saidByPage(run).constData());
    QVERIFY(server.events().empty());
    const auto clients = server.api("/api/v1/clients");
    QVERIFY(clients != nullptr);
    QCOMPARE(clients->root().find("clients").size(), 0U);
}

void TstBrowserWays::anotherOriginLearnsNothing()
{
    CliProcess server(captureOptions());
    QVERIFY(server.isListening());
    const QByteArray body = R"({"event":"Secret Order","userId":"u1"})";
    QCOMPARE(support::statusOf(support::converse(server.port(),
                                                 "POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                                                     QByteArray::number(body.size()) + "\r\n\r\n" + body,
                                                 1)),
             200);
    const SdkRun run = this->run(server, u"nosyPage"_s);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, saidByPage(run).constData());
    QCOMPARE(textsOf(run.at("learnt")), QStringList());
    QCOMPARE(server.events().size(), 1U);
}

QTEST_GUILESS_MAIN(TstBrowserWays)
#include "tst_browserways.moc"
