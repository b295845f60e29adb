// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/sdkrun.h"
#include "tests/support/cliprocess.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using support::CliProcess;
using support::ExportedEvent;

/// @segment/analytics-next in headless Chromium against the running program.
class TstBrowserSdk : public QObject
{
    Q_OBJECT

private slots:
    void everyCallArrives_data();
    void everyCallArrives();
    void singleCallArrives_data();
    void singleCallArrives();
    void hiddenTabSendsTwiceAndIsFlagged();
    void leavingThePageLosesNothing_data();
    void leavingThePageLosesNothing();
    void snippetOverHttpArrives();
    void retriesAreFollowed_data();
    void retriesAreFollowed();
};

namespace {

QStringList sorted(QStringList list)
{
    list.sort();
    return list;
}

QStringList types(const std::vector<ExportedEvent> &events)
{
    QStringList types;
    for (const ExportedEvent &event : events) {
        types.append(event.text("type"));
    }
    return sorted(types);
}

QByteArray saidByPage(const SdkRun &run)
{
    if (run.said == nullptr) {
        return run.err;
    }
    const std::string_view log = run.at("log").raw();
    return run.err + QByteArray(log.data(), static_cast<qsizetype>(log.size()));
}

} // namespace

void TstBrowserSdk::everyCallArrives_data()
{
    QTest::addColumn<QString>("sdk");
    QTest::addColumn<QString>("page");
    QTest::addColumn<int>("posts");
    QTest::newRow("1.84.3 standard") << u"analytics-next-1.84"_s << u"standard"_s << 6;
    QTest::newRow("1.84.3 cdnURL alone") << u"analytics-next-1.84"_s << u"cdnOnly"_s << 6;
    QTest::newRow("1.84.3 batching") << u"analytics-next-1.84"_s << u"batching"_s << 2;
    QTest::newRow("1.81.2 standard") << u"analytics-next-1.81"_s << u"standard"_s << 6;
}

void TstBrowserSdk::everyCallArrives()
{
    QFETCH(QString, sdk);
    QFETCH(QString, page);
    QFETCH(int, posts);
    CliProcess server;
    QVERIFY(server.isListening());
    const SdkRun run = runSdk(u"browser.mjs"_s, sdk, server.port(), page);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, saidByPage(run).constData());
    QVERIFY2(QByteArray::fromStdString(std::string(run.at("posts").raw())).toInt() == posts,
             saidByPage(run).constData());

    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(types(events),
             sorted({u"alias"_s, u"group"_s, u"identify"_s, u"page"_s, u"screen"_s, u"track"_s}));
    QSet<QString> sources;
    QSet<QString> messages;
    for (const ExportedEvent &event : events) {
        sources.insert(event.text("source"));
        messages.insert(event.text("messageId"));
        if (event.text("type") == u"track"_s) {
            QCOMPARE(event.text("event"), u"Order Completed"_s);
            const std::string_view raw = event.body().find("properties").raw();
            QCOMPARE(
                QByteArray(raw.data(), static_cast<qsizetype>(raw.size())),
                QByteArray(
                    R"({"orderId":"o-1","revenue":39.95,"products":[{"sku":"a","quantity":2}],"zebra":1,"alpha":2,)"
                    R"("none":null,"text":"Zoë 🚚"})"));
        }
    }
    QCOMPARE(sources.size(), 1);
    QCOMPARE(messages.size(), 6);
}

void TstBrowserSdk::singleCallArrives_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("name");
    QTest::newRow("credentials included") << u"credentials"_s << u"Cookie Sent"_s;
    QTest::newRow("header of the team's own") << u"header"_s << u"Header Sent"_s;
}

void TstBrowserSdk::singleCallArrives()
{
    QFETCH(QString, page);
    QFETCH(QString, name);
    CliProcess server;
    QVERIFY(server.isListening());
    const SdkRun run = runSdk(u"browser.mjs"_s, u"analytics-next-1.84"_s, server.port(), page);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, saidByPage(run).constData());
    const std::vector<ExportedEvent> events = server.events();
    QVERIFY2(events.size() == 1, saidByPage(run).constData());
    QCOMPARE(events.front().text("event"), name);
}

void TstBrowserSdk::hiddenTabSendsTwiceAndIsFlagged()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const SdkRun run = runSdk(u"browser.mjs"_s, u"analytics-next-1.84"_s, server.port(), u"hidden"_s);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, saidByPage(run).constData());
    const std::vector<ExportedEvent> events = server.events();
    QVERIFY2(events.size() == 2, saidByPage(run).constData());
    QCOMPARE(events[0].text("messageId"), events[1].text("messageId"));
    QVERIFY(!events[0].hasFinding("protocol/duplicate-message"));
    QVERIFY(events[1].hasFinding("protocol/duplicate-message"));
}

void TstBrowserSdk::leavingThePageLosesNothing_data()
{
    QTest::addColumn<QString>("page");
    QTest::newRow("standard") << u"unloadStandard"_s;
    QTest::newRow("keepalive") << u"unloadKeepalive"_s;
    QTest::newRow("batching") << u"unloadBatching"_s;
}

void TstBrowserSdk::leavingThePageLosesNothing()
{
    QFETCH(QString, page);
    CliProcess server;
    QVERIFY(server.isListening());
    const SdkRun run = runSdk(u"browser.mjs"_s, u"analytics-next-1.84"_s, server.port(), page);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, saidByPage(run).constData());
    QSet<QString> names;
    for (const ExportedEvent &event : server.events()) {
        names.insert(event.text("event"));
    }
    QCOMPARE(names, (QSet<QString>{u"Page Used"_s, u"Used"_s, u"Link Followed"_s, u"Left"_s}));
}

void TstBrowserSdk::snippetOverHttpArrives()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const SdkRun run = runSdk(u"browser.mjs"_s, u"analytics-next-1.84"_s, server.port(), u"snippet"_s);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, saidByPage(run).constData());
    const std::vector<ExportedEvent> events = server.events();
    QVERIFY2(types(events) == QStringList({u"page"_s, u"track"_s}), saidByPage(run).constData());
}

void TstBrowserSdk::retriesAreFollowed_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("leastMs"); ///< before the next attempt
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("429 with Retry-After")
        << u"kind=429,times=1,retry-after=3"_s << 2'900 << QByteArray("429");
    QTest::newRow("500") << u"kind=500,times=1"_s << 0 << QByteArray("500");
}

void TstBrowserSdk::retriesAreFollowed()
{
    QFETCH(QString, fault);
    QFETCH(int, leastMs);
    QFETCH(QByteArray, status);
    CliProcess server({u"--fault"_s, fault});
    QVERIFY(server.isListening());
    const SdkRun run = runSdk(u"browser.mjs"_s, u"analytics-next-1.84"_s, server.port(), u"retried"_s);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, saidByPage(run).constData());
    QVERIFY2(run.at("posts").raw() == "2", saidByPage(run).constData());
    const json::Value gap = run.at("gaps").at(0);
    QCOMPARE(gap.find("retryCount").text(), std::string_view("1"));
    QVERIFY2(std::stoi(std::string(gap.find("waitedMs").raw())) >= leastMs, saidByPage(run).constData());

    // The refused request, and the event in the one that was taken.
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 2U);
    QCOMPARE(events[0].text("status"), u"rejected"_s);
    QCOMPARE(events[0].at("rejected").find("code").text(), std::string_view("fault"));
    QCOMPARE(events[0].at("rejected").find("status").raw(),
             std::string_view(status.constData(), static_cast<std::size_t>(status.size())));
    QCOMPARE(events[1].text("event"), u"Sent Again"_s);
    QVERIFY(events[1].hasFinding("protocol/retry"));
    const support::Finished ended = server.stop();
    QVERIFY2((ended.out + ended.err).contains("1 sent again, 0 missing, 0 stored more than once"),
             (ended.out + ended.err).constData());
}

QTEST_GUILESS_MAIN(TstBrowserSdk)
#include "tst_browsersdk.moc"
