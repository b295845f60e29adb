// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/servergateway.h"

#include <QNetworkInterface>
#include <QTest>

using namespace Qt::StringLiterals;
using capture::Arrival;
using capture::Gateway;
using capture::Observation;
using capture::ServerGateway;

namespace {

class FixedClock final : public base::Clock
{
public:
    [[nodiscard]] std::int64_t nowUs() const override { return 1'700'000'000'123'456; }
};

class RecordingObserver final : public capture::Observer
{
public:
    void observe(const Observation &observation) override { all.push_back(observation); }
    std::vector<Observation> all;
};

/// A client of the network: this machine can't be one to itself.
Arrival device()
{
    Arrival arrival;
    arrival.peer = "192.0.2.7:4711";
    arrival.origin = Arrival::Origin::Network;
    return arrival;
}

Arrival local()
{
    Arrival arrival;
    arrival.peer = "127.0.0.1:4711";
    arrival.origin = Arrival::Origin::ThisMachine;
    return arrival;
}

http::Request request(const QByteArray &target)
{
    http::Request asked;
    asked.method = "POST";
    asked.target = target;
    asked.headers = {{"User-Agent", "phone/1"}};
    return asked;
}

} // namespace

/// What the port decides as a proxy.
class TstServerGateway : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void ways_data();
    void ways();
    void guards_data();
    void guards();
    void devicesDoNotReachThisMachine();
    void devicesWait();
    void everyoneMay();
    void failedTlsIsTold();
    void observationsHaveATime();

private:
    FixedClock m_clock;
    RecordingObserver m_observer;
    QByteArrayList m_tlsFailed;
    std::unique_ptr<ServerGateway> m_gateway;
};

void TstServerGateway::init()
{
    m_observer.all.clear();
    m_tlsFailed.clear();
    m_gateway = std::make_unique<ServerGateway>(
        m_clock,
        [] {
            return std::vector<capture::Address>{{QHostAddress(QHostAddress::LocalHost), 8765}};
        },
        [this](const QByteArray &address) { m_tlsFailed << address; });
    capture::ServerParts parts;
    parts.observer = &m_observer;
    m_gateway->setParts(parts);
    capture::ProxyOptions options;
    options.domains = QStringList{u"t.shop.example"_s};
    QVERIFY(m_gateway->setProxy(options));
}

void TstServerGateway::ways_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<Gateway::Way>("way");
    QTest::newRow("Segment's") << "api.segment.io:443"_ba << Gateway::Way::Captured;
    QTest::newRow("Segment's, any port") << "api.segment.io:80"_ba << Gateway::Way::Captured;
    QTest::newRow("custom") << "t.shop.example:443"_ba << Gateway::Way::Captured;
    QTest::newRow("test host") << "trackside.segment.io:443"_ba << Gateway::Way::Captured;
    QTest::newRow("other") << "example.com:443"_ba << Gateway::Way::Elsewhere;
    QTest::newRow("this port") << "127.0.0.1:8765"_ba << Gateway::Way::Here;
    QTest::newRow("this port, IPv6") << "[::1]:8765"_ba << Gateway::Way::Here;
    QTest::newRow("this port by name") << "localhost:8765"_ba << Gateway::Way::Here;
    QTest::newRow("this port by a name below") << "app.localhost:8765"_ba << Gateway::Way::Here;
    QTest::newRow("another port") << "127.0.0.1:8766"_ba << Gateway::Way::Elsewhere;
    QTest::newRow("another machine, same port") << "192.0.2.1:8765"_ba << Gateway::Way::Elsewhere;
}

void TstServerGateway::ways()
{
    QFETCH(QByteArray, host);
    QFETCH(Gateway::Way, way);
    const auto read = capture::readHostPort(host);
    QVERIFY(read);
    QCOMPARE(m_gateway->wayTo(*read), way);
}

void TstServerGateway::guards_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("port");
    QTest::addColumn<bool>("isForLocal");
    QTest::addColumn<bool>("isForDevice");
    const auto row = [](const char *name, const QString &address, int port, bool isForLocal,
                        bool isForDevice) {
        QTest::newRow(name) << address << port << isForLocal << isForDevice;
    };
    row("public", u"192.0.2.1"_s, 443, true, true);
    row("public, IPv6", u"2001:db8::1"_s, 443, true, true);
    row("private, of another machine", u"10.99.99.99"_s, 443, true, true);
    row("loopback", u"127.0.0.1"_s, 3000, true, false);
    row("loopback, IPv6", u"::1"_s, 3000, true, false);
    row("loopback, mapped", u"::ffff:127.0.0.1"_s, 3000, true, false);
    row("our port", u"127.0.0.1"_s, 8765, false, false);
    row("our port, another loopback", u"127.1.2.3"_s, 8765, false, false);
    row("our port, IPv6", u"::1"_s, 8765, false, false);
    row("our port's number elsewhere", u"192.0.2.1"_s, 8765, true, true);
    row("link-local", u"169.254.169.254"_s, 80, false, false);
    row("link-local, mapped", u"::ffff:169.254.169.254"_s, 80, false, false);
    row("link-local, IPv6", u"fe80::1"_s, 80, false, false);
    row("unspecified", u"0.0.0.0"_s, 80, false, false);
    row("this network", u"0.1.2.3"_s, 80, false, false);
    row("unspecified, IPv6", u"::"_s, 80, false, false);
    row("multicast", u"239.1.1.1"_s, 80, false, false);
    row("multicast, IPv6", u"ff02::1"_s, 80, false, false);
    row("broadcast", u"255.255.255.255"_s, 80, false, false);
}

void TstServerGateway::guards()
{
    QFETCH(QString, address);
    QFETCH(int, port);
    QFETCH(bool, isForLocal);
    QFETCH(bool, isForDevice);
    const QHostAddress target(address);
    QVERIFY(!target.isNull());
    QCOMPARE(m_gateway->guardFor(local())(target, static_cast<std::uint16_t>(port)), isForLocal);
    QCOMPARE(m_gateway->guardFor(device())(target, static_cast<std::uint16_t>(port)), isForDevice);
}

void TstServerGateway::devicesDoNotReachThisMachine()
{
    const auto guard = m_gateway->guardFor(device());
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        QVERIFY2(!guard(address, 3000), qPrintable(address.toString()));
    }
}

void TstServerGateway::devicesWait()
{
    capture::Devices devices;
    devices.setAccess(capture::Devices::Access::Accepted);
    capture::ServerParts parts;
    parts.observer = &m_observer;
    parts.devices = &devices;
    m_gateway->setParts(parts);

    QVERIFY(!m_gateway->refusal(local(), request("/v1/t")));
    const auto refused = m_gateway->refusal(device(), request("/v1/t"));
    QVERIFY(refused);
    QCOMPARE(refused->status, 403);
    QCOMPARE(m_observer.all.size(), std::size_t(1));
    QCOMPARE(m_observer.all.front().kind, Observation::Kind::DeviceRefused);
    QCOMPARE(m_observer.all.front().address, QByteArray("192.0.2.7"));
    QCOMPARE(m_observer.all.front().agent, QByteArray("phone/1"));
    QCOMPARE(devices.list().size(), std::size_t(1));
    QCOMPARE(devices.list().front().state, capture::Device::State::Waiting);

    devices.accept("192.0.2.7");
    QVERIFY(!m_gateway->refusal(device(), request("/v1/t")));
    devices.refuse("192.0.2.7");
    QVERIFY(m_gateway->refusal(device(), request("/v1/t")));
}

void TstServerGateway::everyoneMay()
{
    capture::Devices devices;
    devices.setAccess(capture::Devices::Access::Everyone);
    capture::ServerParts parts;
    parts.devices = &devices;
    m_gateway->setParts(parts);
    QVERIFY(!m_gateway->refusal(device(), request("/v1/t")));
}

void TstServerGateway::failedTlsIsTold()
{
    Arrival arrival = local();
    arrival.mode = capture::Mode::EndpointTls;
    m_gateway->observe(Observation::Kind::TlsRefused, arrival, {}, {},
                       [](Observation &noted) { noted.detail = "unknown_ca"; });
    QCOMPARE(m_tlsFailed, QByteArrayList{"127.0.0.1"});
    // A spare connection is no failure, nor is what happens in a tunnel one of the port.
    m_gateway->observe(Observation::Kind::TlsRefused, arrival, {}, {},
                       [](Observation &noted) { noted.detail = "left"; });
    arrival.mode = capture::Mode::ProxyTls;
    m_gateway->observe(Observation::Kind::TlsBroken, arrival, {}, {});
    QCOMPARE(m_tlsFailed.size(), 1);
    QCOMPARE(m_observer.all.size(), std::size_t(3));
}

void TstServerGateway::observationsHaveATime()
{
    m_gateway->observe(Observation::Kind::Metrics, local(), "sdk/1", "/v1/m");
    QCOMPARE(m_observer.all.size(), std::size_t(1));
    QCOMPARE(m_observer.all.front().atUs, m_clock.nowUs());
    QCOMPARE(m_observer.all.front().path, QByteArray("/v1/m"));
    capture::ServerParts none;
    m_gateway->setParts(none);
    QVERIFY(!m_gateway->isObserved());
    m_gateway->observe(Observation::Kind::Metrics, local(), "sdk/1", "/v1/m");
    QCOMPARE(m_observer.all.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TstServerGateway)
#include "tst_servergateway.moc"
