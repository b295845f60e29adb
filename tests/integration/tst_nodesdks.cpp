// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/sdkrun.h"
#include "tests/support/cliprocess.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using support::CliProcess;
using support::ExportedEvent;

/// Segment's own Node SDKs against the running program.
class TstNodeSdks : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyCallArrives_data();
    void everyCallArrives();
    void burstArrivesWhole();
    void largeEventIsKeptAndExplained();
    void customPathIsCaptured();
    void loneSurrogatesAreKeptByteForByte();
    void oauthTokenIsNeverKept();

private:
    QTemporaryDir m_folder;
    QString m_authority;
};

namespace {

enum class Way : std::uint8_t {
    Host,  ///< its host option
    Proxy, ///< untouched but for the environment
};

QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// The stored event that answers a call the app made; missing when there is none.
json::Value storedFor(json::Value call, const std::vector<ExportedEvent> &events)
{
    for (const ExportedEvent &event : events) {
        const json::Value body = event.body();
        const bool isSame =
            body.find("type").text() == call.find("type").text() &&
            body.find("event").text() == call.find("event").text() &&
            body.find("properties").find("step").raw() == call.find("properties").find("step").raw();
        if (isSame) {
            return body;
        }
    }
    return {};
}

/// Every member the app gave stands in the stored object with the same bytes, in the same order.
void compareMembers(json::Value given, json::Value stored)
{
    std::uint32_t last = 0;
    for (auto member = given.firstChild(); member; member = member.next()) {
        const json::Value found = stored.find(member.key());
        QVERIFY2(!found.isMissing(), bytes(member.key()).constData());
        QCOMPARE(bytes(found.raw()), bytes(member.value().raw()));
        QVERIFY2(found.begin() > last, "the order of the members changed");
        last = found.begin();
    }
}

} // namespace

void TstNodeSdks::initTestCase()
{
    m_authority = support::makeAuthority(m_folder.filePath(u"ca"_s));
}

void TstNodeSdks::everyCallArrives_data()
{
    QTest::addColumn<QString>("sdk");
    QTest::addColumn<QString>("library");
    QTest::addColumn<Way>("way");
    const auto next = u"@segment/analytics-node"_s;
    QTest::newRow("@segment/analytics-node 3.1.0") << u"analytics-node-3"_s << next << Way::Host;
    QTest::newRow("@segment/analytics-node 2.3.0") << u"analytics-node-2"_s << next << Way::Host;
    QTest::newRow("@segment/analytics-node 1.3.0") << u"analytics-node-1"_s << next << Way::Host;
    QTest::newRow("analytics-node 6.2.0") << u"analytics-node-6"_s << u"analytics-node"_s << Way::Host;
    // axios asks the proxy for https://api.segment.io in absolute form; fetch opens a tunnel.
    QTest::newRow("analytics-node 6.2.0 through the proxy")
        << u"analytics-node-6"_s << u"analytics-node"_s << Way::Proxy;
    QTest::newRow("@segment/analytics-node 3.1.0 through the proxy")
        << u"analytics-node-3"_s << next << Way::Proxy;
}

void TstNodeSdks::everyCallArrives()
{
    QFETCH(QString, sdk);
    QFETCH(QString, library);
    QFETCH(Way, way);
    CliProcess server({u"--ca"_s, m_folder.filePath(u"ca"_s)});
    QVERIFY(server.isListening());
    QMap<QString, QString> more;
    if (way == Way::Proxy) {
        more = {{u"TRACKSIDE_SDK_HOST"_s, u"https://api.segment.io"_s},
                {u"HTTPS_PROXY"_s, u"http://127.0.0.1:%1"_s.arg(server.port())},
                {u"NODE_USE_ENV_PROXY"_s, u"1"_s},
                {u"NODE_EXTRA_CA_CERTS"_s, m_authority}};
    }
    const SdkRun run = runSdk(u"node.mjs"_s, sdk, server.port(), u"calls"_s, more);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, run.err.constData());
    QCOMPARE(run.at("errors").size(), 0U);

    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 7U);
    QSet<QString> sources;
    QSet<QString> messages;
    for (const ExportedEvent &event : events) {
        sources.insert(event.text("source"));
        messages.insert(event.text("messageId"));
        QVERIFY(!event.hasFinding("protocol/no-write-key"));
        const std::string_view name = event.body().find("context").find("library").find("name").text();
        QCOMPARE(bytes(name), library.toUtf8());
    }
    QCOMPARE(sources.size(), 1);
    QCOMPARE(messages.size(), 7);
    QVERIFY(!sources.values().first().contains(QString::fromUtf8(bytes(run.at("writeKey").text()))));

    int compared = 0;
    for (auto call = run.at("sent").firstChild(); call; call = call.next()) {
        const json::Value stored = storedFor(call.value(), events);
        QVERIFY2(!stored.isMissing(), bytes(call.value().raw()).constData());
        for (const char *part : {"properties", "traits"}) {
            if (const json::Value given = call.value().find(part); given.isObject()) {
                compareMembers(given, stored.find(part));
            }
        }
        for (const char *part : {"userId", "event", "name", "groupId", "previousId"}) {
            if (const json::Value given = call.value().find(part); given.isString()) {
                QCOMPARE(bytes(stored.find(part).raw()), bytes(given.raw()));
            }
        }
        ++compared;
    }
    QCOMPARE(compared, 7);
}

void TstNodeSdks::burstArrivesWhole()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const SdkRun run = runSdk(u"node.mjs"_s, u"analytics-node-3"_s, server.port(), u"burst"_s);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, run.err.constData());
    QCOMPARE(run.at("errors").size(), 0U);
    const std::vector<ExportedEvent> events = server.events();
    QSet<QByteArray> steps;
    for (const ExportedEvent &event : events) {
        steps.insert(bytes(event.body().find("properties").find("step").raw()));
    }
    QCOMPARE(events.size(), 33U);
    QCOMPARE(steps.size(), 33);
}

void TstNodeSdks::largeEventIsKeptAndExplained()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const SdkRun run = runSdk(u"node.mjs"_s, u"analytics-node-3"_s, server.port(), u"large"_s);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, run.err.constData());
    QCOMPARE(run.at("errors").size(), 0U);
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 1U);
    QVERIFY(events.front().hasFinding("protocol/event-too-large"));
    QCOMPARE(events.front().body().find("properties").find("text").text().size(), 200U * 1024);
}

void TstNodeSdks::customPathIsCaptured()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const SdkRun run = runSdk(u"node.mjs"_s, u"analytics-node-3"_s, server.port(), u"path"_s);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, run.err.constData());
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events.front().text("event"), u"Path Tried"_s);
}

void TstNodeSdks::loneSurrogatesAreKeptByteForByte()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const SdkRun run = runSdk(u"node.mjs"_s, u"analytics-node-3"_s, server.port(), u"surrogates"_s);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, run.err.constData());
    const support::Finished raw =
        support::runCli({u"export"_s, u"--store"_s, server.storePath(), u"--raw"_s});
    QCOMPARE(raw.exitCode, 0);
    QVERIFY2(raw.out.contains(R"("cut":"\ud83d")"), raw.out.constData());
    QVERIFY2(raw.out.contains(R"("nul":"a\u0000b")"), raw.out.constData());
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 1U);
    QVERIFY(events.front().hasFinding("protocol/lone-surrogate"));
}

void TstNodeSdks::oauthTokenIsNeverKept()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const SdkRun run = runSdk(u"node.mjs"_s, u"analytics-node-3"_s, server.port(), u"oauth"_s);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, run.err.constData());
    QCOMPARE(run.at("errors").size(), 0U);
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events.front().text("event"), u"Token Used"_s);
    const support::Finished exported = support::runCli({u"export"_s, u"--store"_s, server.storePath()});
    const support::Finished ended = server.stop();
    for (const QByteArray &text : {exported.out, ended.out, ended.err}) {
        QVERIFY(!text.contains("client_assertion"));
        QVERIFY(!text.contains("Bearer"));
    }
}

QTEST_GUILESS_MAIN(TstNodeSdks)
#include "tst_nodesdks.moc"
