// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "observations.h"

#include <thread>

#include <QTest>

using capture::Client;
using capture::ClientLog;
using capture::Mode;
using Kind = capture::Observation::Kind;
using tests::observation;
using tests::secondUs;
using tests::Seen;

class TstClientLog : public QObject
{
    Q_OBJECT

private slots:
    void clientsAreToldApartByAddressAndAgent();
    void latestFirst();
    void countsAndTimes();
    void modesAreKept();
    void tlsIsKeptPerHost();
    void requestInTlsEndsItsRefusals();
    void refusalGoesToTheOneRecentClient();
    void refusalOfManyIsKeptApart();
    void refusalInTheProxyIsNotOfAnEndpointClient();
    void handshakeGoesToTheAgentThatAsksNext();
    void refusalIsNotAdopted();
    void clientWithoutAnAgentIsOne();
    void openingsOfManyTellNothing();
    void openingEndsARefusalOfMany();
    void hostsReachedElsewhere();
    void pathsHoldNoKeys_data();
    void pathsHoldNoKeys();
    void whatBrowsersAskEverywhere();
    void atMost200();
    void longTextsAreCut();
    void clear();
    void anyThread();
};

namespace {

std::vector<Client> logged(std::initializer_list<Seen> seen)
{
    ClientLog log;
    for (const Seen &each : seen) {
        log.observe(observation(each));
    }
    return log.clients();
}

constexpr char phone[] = "192.168.1.23";

} // namespace

void TstClientLog::clientsAreToldApartByAddressAndAgent()
{
    const auto clients = logged({{.kind = Kind::Events, .second = 1, .agent = "one"},
                                 {.kind = Kind::Events, .second = 2, .agent = "two"},
                                 {.kind = Kind::Events, .second = 3, .agent = "one", .address = phone},
                                 {.kind = Kind::Events, .second = 4, .agent = "one"}});
    QCOMPARE(clients.size(), std::size_t{3});
    QCOMPARE(clients.at(0).agent, QByteArray("one"));
    QCOMPARE(clients.at(0).address, QByteArray("127.0.0.1"));
    QCOMPARE(clients.at(0).of(Kind::Events).count, std::uint64_t{2});
}

void TstClientLog::latestFirst()
{
    const auto clients = logged({{.kind = Kind::Settings, .second = 5, .agent = "late"},
                                 {.kind = Kind::Settings, .second = 1, .agent = "early"},
                                 {.kind = Kind::Settings, .second = 9, .agent = "latest"}});
    QCOMPARE(clients.size(), std::size_t{3});
    QCOMPARE(clients.at(0).agent, QByteArray("latest"));
    QCOMPARE(clients.at(1).agent, QByteArray("late"));
    QCOMPARE(clients.at(2).agent, QByteArray("early"));
}

void TstClientLog::countsAndTimes()
{
    const auto clients = logged({{.kind = Kind::Settings, .second = 1},
                                 {.kind = Kind::Events, .second = 2, .count = 3},
                                 {.kind = Kind::Events, .second = 7, .path = "/v1/batch", .count = 4}});
    QCOMPARE(clients.size(), std::size_t{1});
    const Client &client = clients.front();
    QCOMPARE(client.firstUs, 2 * secondUs);
    QCOMPARE(client.lastUs, 8 * secondUs);
    const Client::Noted &events = client.of(Kind::Events);
    QCOMPARE(events.count, std::uint64_t{7});
    QCOMPARE(events.firstUs, 3 * secondUs);
    QCOMPARE(events.lastUs, 8 * secondUs);
    QCOMPARE(events.last.path, QByteArray("/v1/batch"));
    QCOMPARE(client.of(Kind::Preflight).count, std::uint64_t{0});
}

void TstClientLog::modesAreKept()
{
    const auto clients = logged(
        {{.kind = Kind::Settings, .mode = Mode::Endpoint}, {.kind = Kind::Events, .mode = Mode::ProxyTls}});
    QVERIFY(clients.front().cameBy(Mode::Endpoint));
    QVERIFY(clients.front().cameBy(Mode::ProxyTls));
    QVERIFY(!clients.front().cameBy(Mode::ProxyHttp));
    QVERIFY(!clients.front().cameBy(Mode::EndpointTls));
}

void TstClientLog::tlsIsKeptPerHost()
{
    const auto clients = logged(
        {{.kind = Kind::TlsRefused,
          .second = 1,
          .mode = Mode::ProxyTls,
          .host = "a",
          .detail = "unknown_ca",
          .alert = 48},
         {.kind = Kind::TlsRefused,
          .second = 2,
          .mode = Mode::ProxyTls,
          .host = "a",
          .detail = "unknown_ca",
          .alert = 48},
         {.kind = Kind::TlsRefused, .second = 3, .mode = Mode::ProxyTls, .host = "b", .detail = "left"},
         {.kind = Kind::TlsOpened, .second = 4, .mode = Mode::ProxyTls, .host = "a"},
         {.kind = Kind::TlsRefused, .second = 5, .mode = Mode::ProxyTls, .host = "a", .detail = "left"}});
    QCOMPARE(clients.size(), std::size_t{1});
    const auto &hosts = clients.front().tlsHosts;
    QCOMPARE(hosts.size(), std::size_t{2});
    QCOMPARE(hosts.at(0).host, QByteArray("a"));
    QCOMPARE(hosts.at(0).refusals, 1U);
    QCOMPARE(hosts.at(0).alert, -1);
    QCOMPARE(hosts.at(0).openedUs, 5 * secondUs);
    QCOMPARE(hosts.at(0).refusedUs, 6 * secondUs);
    QCOMPARE(hosts.at(1).host, QByteArray("b"));
    QVERIFY(hosts.at(1).isRefusing());
}

void TstClientLog::requestInTlsEndsItsRefusals()
{
    const auto clients =
        logged({{.kind = Kind::TunnelOpened, .second = 0, .mode = Mode::ProxyTls, .host = "example.com"},
                {.kind = Kind::TlsRefused,
                 .second = 1,
                 .mode = Mode::ProxyTls,
                 .host = "api.segment.io",
                 .alert = 48,
                 .agent = {}},
                {.kind = Kind::TlsRefused,
                 .second = 1,
                 .mode = Mode::EndpointTls,
                 .host = "127.0.0.1",
                 .alert = 48,
                 .agent = {}},
                {.kind = Kind::Events, .second = 2, .mode = Mode::ProxyTls, .host = "api.segment.io"},
                {.kind = Kind::Events, .second = 3, .mode = Mode::EndpointTls}});
    QCOMPARE(clients.size(), std::size_t{1});
    for (const Client::TlsHost &each : clients.front().tlsHosts) {
        QVERIFY2(!each.isRefusing(), each.host.constData());
    }
}

void TstClientLog::refusalGoesToTheOneRecentClient()
{
    const auto clients =
        logged({{.kind = Kind::TunnelOpened, .second = 0, .mode = Mode::ProxyTls, .host = "example.com"},
                {.kind = Kind::TlsRefused,
                 .second = 200,
                 .mode = Mode::ProxyTls,
                 .host = "api.segment.io",
                 .alert = 48,
                 .agent = {}}});
    QCOMPARE(clients.size(), std::size_t{1});
    QCOMPARE(clients.front().agent, QByteArray("curl/7.88.1"));
    QCOMPARE(clients.front().of(Kind::TlsRefused).count, std::uint64_t{1});

    const auto late =
        logged({{.kind = Kind::TunnelOpened, .second = 0, .mode = Mode::ProxyTls, .host = "example.com"},
                {.kind = Kind::TlsRefused,
                 .second = 400,
                 .mode = Mode::ProxyTls,
                 .host = "api.segment.io",
                 .alert = 48,
                 .agent = {}}});
    QCOMPARE(late.size(), std::size_t{2});
    QVERIFY(late.front().agent.isEmpty());
}

void TstClientLog::refusalOfManyIsKeptApart()
{
    const auto clients = logged({{.kind = Kind::TunnelOpened,
                                  .second = 0,
                                  .mode = Mode::ProxyTls,
                                  .host = "example.com",
                                  .agent = "one"},
                                 {.kind = Kind::TunnelOpened,
                                  .second = 1,
                                  .mode = Mode::ProxyTls,
                                  .host = "example.com",
                                  .agent = "two"},
                                 {.kind = Kind::TlsRefused,
                                  .second = 2,
                                  .mode = Mode::ProxyTls,
                                  .host = "api.segment.io",
                                  .alert = 48,
                                  .agent = {}}});
    QCOMPARE(clients.size(), std::size_t{3});
    QVERIFY(clients.front().agent.isEmpty());
    QCOMPARE(clients.front().of(Kind::TlsRefused).count, std::uint64_t{1});
}

void TstClientLog::refusalInTheProxyIsNotOfAnEndpointClient()
{
    const Seen refused{.kind = Kind::TlsRefused,
                       .second = 2,
                       .mode = Mode::ProxyTls,
                       .host = "api.segment.io",
                       .alert = 48,
                       .agent = {}};
    QCOMPARE(logged({{.kind = Kind::Events, .second = 0}, refused}).size(), std::size_t{2});
    // A phone has opened the setup page by its address; whatever refuses the certificate runs on it too.
    Seen ofPhone = refused;
    ofPhone.address = phone;
    QCOMPARE(logged({{.kind = Kind::SetupPage, .second = 0, .address = phone}, ofPhone}).size(),
             std::size_t{1});
}

void TstClientLog::handshakeGoesToTheAgentThatAsksNext()
{
    const auto clients = logged({{.kind = Kind::TlsOpened,
                                  .second = 1,
                                  .mode = Mode::ProxyTls,
                                  .host = "api.segment.io",
                                  .agent = {}},
                                 {.kind = Kind::Events,
                                  .second = 2,
                                  .mode = Mode::ProxyTls,
                                  .host = "api.segment.io",
                                  .agent = "node"}});
    QCOMPARE(clients.size(), std::size_t{1});
    QCOMPARE(clients.front().agent, QByteArray("node"));
    QCOMPARE(clients.front().firstUs, 2 * secondUs);
    QCOMPARE(clients.front().of(Kind::TlsOpened).count, std::uint64_t{1});
}

void TstClientLog::refusalIsNotAdopted()
{
    const auto clients = logged({{.kind = Kind::TlsRefused,
                                  .second = 1,
                                  .mode = Mode::EndpointTls,
                                  .host = "127.0.0.1",
                                  .alert = 48,
                                  .agent = {}},
                                 {.kind = Kind::Events, .second = 2, .agent = "browser"}});
    QCOMPARE(clients.size(), std::size_t{2});
    QCOMPARE(clients.front().of(Kind::TlsRefused).count, std::uint64_t{0});
}

void TstClientLog::clientWithoutAnAgentIsOne()
{
    // Analytics-CSharp sends no User-Agent.
    const auto clients = logged({{.kind = Kind::Events, .second = 1, .agent = {}},
                                 {.kind = Kind::Events, .second = 2, .agent = "browser"},
                                 {.kind = Kind::Events, .second = 3, .agent = {}}});
    QCOMPARE(clients.size(), std::size_t{2});
    QVERIFY(clients.front().agent.isEmpty());
    QCOMPARE(clients.front().of(Kind::Events).count, std::uint64_t{2});
}

void TstClientLog::openingsOfManyTellNothing()
{
    const auto clients = logged({{.kind = Kind::Events, .second = 1, .agent = "one"},
                                 {.kind = Kind::Events, .second = 2, .agent = "two"},
                                 {.kind = Kind::TlsOpened,
                                  .second = 3,
                                  .mode = Mode::EndpointTls,
                                  .host = "127.0.0.1",
                                  .agent = {}}});
    QCOMPARE(clients.size(), std::size_t{2});
}

void TstClientLog::openingEndsARefusalOfMany()
{
    const Seen one{.kind = Kind::TunnelOpened, .mode = Mode::ProxyTls, .host = "a.com", .agent = "one"};
    const Seen two{.kind = Kind::TunnelOpened, .mode = Mode::ProxyTls, .host = "a.com", .agent = "two"};
    const Seen refused{.kind = Kind::TlsRefused,
                       .second = 1,
                       .mode = Mode::ProxyTls,
                       .host = "b.com",
                       .alert = 48,
                       .agent = {}};
    const Seen opened{
        .kind = Kind::TlsOpened, .second = 2, .mode = Mode::ProxyTls, .host = "b.com", .agent = {}};
    QCOMPARE(logged({one, two, refused}).size(), std::size_t{3});
    QCOMPARE(logged({one, two, refused, opened}).size(), std::size_t{2});
}

void TstClientLog::hostsReachedElsewhere()
{
    ClientLog log;
    for (const char *host : {"a", "b", "a", "c", "d", "e", "f"}) {
        log.observe(observation({.kind = Kind::TunnelOpened, .mode = Mode::ProxyTls, .host = host}));
    }
    log.observe(observation({.kind = Kind::OtherHost, .mode = Mode::ProxyHttp, .host = "g"}));
    const std::vector<QByteArray> expected{"g", "f", "e", "d", "c"};
    QCOMPARE(log.clients().front().elsewhere, expected);
}

void TstClientLog::pathsHoldNoKeys_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("kept");

    QTest::newRow("script") << QByteArray("/analytics.js/v1/FAKEKEY00000000a1b2/analytics.min.js")
                            << QByteArray("/analytics.js/v1/\u2026a1b2/analytics.min.js");
    QTest::newRow("settings") << QByteArray("/x/projects/FAKEKEY00000000a1b2/setting")
                              << QByteArray("/x/projects/\u2026a1b2/setting");
    QTest::newRow("no end") << QByteArray("/v1/projects/FAKEKEY00000000a1b2")
                            << QByteArray("/v1/projects/\u2026a1b2");
    QTest::newRow("query") << QByteArray("/v1/pixel/track?writeKey=FAKEKEY00000000a1b2")
                           << QByteArray("/v1/pixel/track");
    QTest::newRow("plain") << QByteArray("/v2/track") << QByteArray("/v2/track");
    QTest::newRow("nothing behind") << QByteArray("/v1/projects/") << QByteArray("/v1/projects/");
}

void TstClientLog::pathsHoldNoKeys()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, kept);
    QCOMPARE(logged({{.kind = Kind::Script, .path = path}}).front().of(Kind::Script).last.path, kept);
}

void TstClientLog::whatBrowsersAskEverywhere()
{
    QVERIFY(logged({{.kind = Kind::UnknownPath, .path = "/favicon.ico"},
                    {.kind = Kind::UnknownPath, .path = "/apple-touch-icon-precomposed.png"},
                    {.kind = Kind::UnknownPath, .path = "/.well-known/appspecific/com.chrome.devtools.json"}})
                .empty());
    QCOMPARE(logged({{.kind = Kind::UnknownPath, .path = "/v2/track"}}).size(), std::size_t{1});
}

void TstClientLog::atMost200()
{
    ClientLog log;
    for (int i = 0; i < 250; ++i) {
        log.observe(
            observation({.kind = Kind::Events, .second = i, .agent = "agent " + QByteArray::number(i)}));
    }
    const auto clients = log.clients();
    QCOMPARE(clients.size(), std::size_t{200});
    QCOMPARE(clients.front().agent, QByteArray("agent 249"));
    QCOMPARE(clients.back().agent, QByteArray("agent 50"));
}

void TstClientLog::longTextsAreCut()
{
    const auto clients = logged({{.kind = Kind::UnknownPath,
                                  .detail = QByteArray(10'000, 'd'),
                                  .agent = QByteArray(10'000, 'a'),
                                  .path = '/' + QByteArray(10'000, 'p')}});
    const Client &client = clients.front();
    QVERIFY(client.agent.size() <= 500);
    QVERIFY(client.of(Kind::UnknownPath).last.path.size() <= 500);
    QVERIFY(client.of(Kind::UnknownPath).last.detail.size() <= 500);
}

void TstClientLog::clear()
{
    ClientLog log;
    log.observe(observation({.kind = Kind::Events}));
    log.clear();
    QVERIFY(log.clients().empty());
}

void TstClientLog::anyThread()
{
    ClientLog log;
    constexpr int rounds = 2'000;
    std::thread writer([&log] {
        for (int i = 0; i < rounds; ++i) {
            log.observe(observation({.kind = Kind::Events, .second = i, .agent = QByteArray::number(i % 7)}));
        }
    });
    while (true) {
        std::uint64_t events = 0;
        for (const Client &each : log.clients()) {
            events += each.of(Kind::Events).count;
        }
        if (events == rounds) {
            break;
        }
    }
    writer.join();
    QCOMPARE(log.clients().size(), std::size_t{7});
}

QTEST_GUILESS_MAIN(TstClientLog)
#include "tst_clientlog.moc"
