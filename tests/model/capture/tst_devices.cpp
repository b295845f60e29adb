// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/devices.h"
#include "capture/interfaces.h"

#include <QTest>

using capture::Device;
using capture::Devices;
using capture::Interface;

class TstDevices : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void waitsUntilAccepted();
    void everyoneMayCome();
    void refusedStaysRefused();
    void forgottenWaitsAgain();
    void acceptedOfTheSettings();
    void pairsWithTheCode();
    void oldCodeIsNoCode();
    void codeIsNotGuessed();
    void wrongCodeIsNoDevice();
    void changesAreTold();
    void waitingFirst();
    void atMost100Wait();
    void nameOfTheFirstAgentThatTells();
    void names_data();
    void names();
    void interfacesInOrder();
    void interfacesOfThisMachine();

private:
    std::unique_ptr<Devices> m_devices;
    int m_changes = 0;
};

namespace {

constexpr char phone[] = "192.168.1.23";
constexpr char iPhoneAgent[] = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
                               "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";

} // namespace

void TstDevices::init()
{
    m_changes = 0;
    m_devices = std::make_unique<Devices>([this] {
        ++m_changes;
        (void)m_devices->list(); // no lock is held
    });
}

void TstDevices::waitsUntilAccepted()
{
    QVERIFY(!m_devices->isAccepted(phone, iPhoneAgent, 1));
    QVERIFY(!m_devices->isAccepted(phone, iPhoneAgent, 2));
    const auto list = m_devices->list();
    QCOMPARE(list.size(), std::size_t{1});
    QCOMPARE(list.front().state, Device::State::Waiting);
    QCOMPARE(list.front().address, QByteArray(phone));
    QCOMPARE(list.front().name, QStringLiteral("iPhone"));
    QCOMPARE(list.front().firstUs, std::int64_t{1});
    QCOMPARE(list.front().lastUs, std::int64_t{2});
    m_devices->accept(phone);
    QVERIFY(m_devices->isAccepted(phone, iPhoneAgent, 3));
    QVERIFY(!m_devices->isAccepted("192.168.1.24", iPhoneAgent, 3));
}

void TstDevices::everyoneMayCome()
{
    m_devices->setAccess(Devices::Access::Everyone);
    QVERIFY(m_devices->isAccepted(phone, iPhoneAgent, 1));
    QVERIFY(m_devices->list().empty());
    m_devices->setAccess(Devices::Access::Accepted);
    QVERIFY(!m_devices->isAccepted(phone, iPhoneAgent, 2));
}

void TstDevices::refusedStaysRefused()
{
    QVERIFY(!m_devices->isAccepted(phone, {}, 1));
    m_devices->refuse(phone);
    QVERIFY(!m_devices->isAccepted(phone, {}, 2));
    QCOMPARE(m_devices->list().front().state, Device::State::Refused);
    m_devices->accept(phone);
    QVERIFY(m_devices->isAccepted(phone, {}, 3));
}

void TstDevices::forgottenWaitsAgain()
{
    QVERIFY(m_devices->pair(phone, {}, m_devices->pairingCode(), 1));
    m_devices->forget(phone);
    QVERIFY(m_devices->list().empty());
    QVERIFY(!m_devices->isAccepted(phone, {}, 2));
}

void TstDevices::acceptedOfTheSettings()
{
    QVERIFY(!m_devices->isAccepted(phone, {}, 1));
    m_devices->setAccepted({{Device::State::Waiting, phone, {}, 0, 0},
                            {Device::State::Accepted, "10.0.0.9", QStringLiteral("Tablet"), 0, 0}});
    QVERIFY(m_devices->isAccepted(phone, {}, 2));
    QVERIFY(m_devices->isAccepted("10.0.0.9", {}, 2));
}

void TstDevices::pairsWithTheCode()
{
    const QByteArray code = m_devices->pairingCode();
    QVERIFY(code.size() >= 16);
    QVERIFY(m_devices->pair(phone, iPhoneAgent, code, 1));
    QVERIFY(m_devices->isAccepted(phone, {}, 2));
    QCOMPARE(m_devices->list().front().name, QStringLiteral("iPhone"));
    QVERIFY(m_devices->pair("192.168.1.24", {}, code, 3));
}

void TstDevices::oldCodeIsNoCode()
{
    const QByteArray code = m_devices->pairingCode();
    m_devices->renewPairingCode();
    QVERIFY(code != m_devices->pairingCode());
    QVERIFY(!m_devices->pair(phone, {}, code, 1));
    QVERIFY(m_devices->pair(phone, {}, m_devices->pairingCode(), 1));
}

void TstDevices::codeIsNotGuessed()
{
    const QByteArray code = m_devices->pairingCode();
    for (const QByteArray &wrong : {QByteArray(), code.chopped(1), code + 'a', code.toUpper() + ' '}) {
        QVERIFY2(!m_devices->pair(phone, {}, wrong, 1), wrong.constData());
    }
    for (int i = 4; i < 20; ++i) {
        QVERIFY(!m_devices->pair(phone, {}, "wrong", 1));
    }
    QVERIFY(!m_devices->pair(phone, {}, code, 2));
    QVERIFY(m_devices->pair("192.168.1.24", {}, code, 2)); // who has not guessed
    m_devices->renewPairingCode();
    QVERIFY(m_devices->pair(phone, {}, m_devices->pairingCode(), 3));
}

void TstDevices::wrongCodeIsNoDevice()
{
    QVERIFY(!m_devices->pair(phone, {}, "wrong", 1));
    QVERIFY(m_devices->list().empty());
}

void TstDevices::changesAreTold()
{
    QVERIFY(!m_devices->isAccepted(phone, {}, 1));
    QCOMPARE(m_changes, 1);
    QVERIFY(!m_devices->isAccepted(phone, {}, 2));
    QCOMPARE(m_changes, 1); // only later
    m_devices->accept(phone);
    m_devices->accept(phone);
    QCOMPARE(m_changes, 2);
    m_devices->refuse(phone);
    m_devices->refuse(phone);
    QCOMPARE(m_changes, 3);
    m_devices->forget(phone);
    m_devices->forget(phone);
    QCOMPARE(m_changes, 4);
    m_devices->setAccess(Devices::Access::Accepted);
    QCOMPARE(m_changes, 4);
    m_devices->setAccess(Devices::Access::Everyone);
    QCOMPARE(m_changes, 5);
}

void TstDevices::waitingFirst()
{
    QVERIFY(!m_devices->isAccepted("10.0.0.1", {}, 1));
    QVERIFY(!m_devices->isAccepted("10.0.0.2", {}, 2));
    QVERIFY(!m_devices->isAccepted("10.0.0.3", {}, 3));
    QVERIFY(!m_devices->isAccepted("10.0.0.4", {}, 4));
    m_devices->accept("10.0.0.4");
    m_devices->accept("10.0.0.3");
    QByteArrayList order;
    for (const Device &each : m_devices->list()) {
        order << each.address;
    }
    QCOMPARE(order, (QByteArrayList{"10.0.0.2", "10.0.0.1", "10.0.0.4", "10.0.0.3"}));
}

void TstDevices::atMost100Wait()
{
    m_devices->setAccepted({{Device::State::Accepted, phone, {}, 0, 0}});
    for (int i = 0; i < 250; ++i) {
        QVERIFY(!m_devices->isAccepted("2001:db8::" + QByteArray::number(i), {}, i));
    }
    const auto list = m_devices->list();
    QCOMPARE(list.size(), std::size_t{101});
    QCOMPARE(list.front().address, QByteArray("2001:db8::249"));
    QCOMPARE(list.back().address, QByteArray(phone));
}

void TstDevices::nameOfTheFirstAgentThatTells()
{
    QVERIFY(!m_devices->isAccepted(phone, "CFNetwork", 1));
    QCOMPARE(m_devices->list().front().name, QString::fromLatin1(phone));
    QVERIFY(!m_devices->isAccepted(phone, iPhoneAgent, 2));
    QCOMPARE(m_devices->list().front().name, QStringLiteral("iPhone"));
    QCOMPARE(m_changes, 2);
    QVERIFY(!m_devices->isAccepted(phone, "Mozilla/5.0 (Linux; Android 14; Pixel 7)", 3));
    QCOMPARE(m_devices->list().front().name, QStringLiteral("iPhone"));
}

void TstDevices::names_data()
{
    QTest::addColumn<QByteArray>("agent");
    QTest::addColumn<QString>("name");

    QTest::newRow("iPhone") << QByteArray(iPhoneAgent) << QStringLiteral("iPhone");
    QTest::newRow("iPad") << QByteArray("Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X)")
                          << QStringLiteral("iPad");
    QTest::newRow("Pixel") << QByteArray("Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36")
                           << QStringLiteral("Android, Pixel 7");
    QTest::newRow("webview") << QByteArray(
                                    "Mozilla/5.0 (Linux; Android 13; SM-G991B Build/TP1A.220624.014; wv)")
                             << QStringLiteral("Android, SM-G991B");
    QTest::newRow("Chrome hides the model")
        << QByteArray("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36") << QStringLiteral("Android");
    QTest::newRow("Dalvik") << QByteArray(
                                   "Dalvik/2.1.0 (Linux; U; Android 14; Pixel 7 Build/UQ1A.240105.004)")
                            << QStringLiteral("Android, Pixel 7");
    QTest::newRow("Firefox on Android")
        << QByteArray("Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0") << QStringLiteral("Android");
    QTest::newRow("Firefox") << QByteArray(
                                    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
                             << QStringLiteral("Firefox on Linux");
    QTest::newRow("Edge") << QByteArray(
                                 "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
                                 "Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0")
                          << QStringLiteral("Edge on Windows");
    QTest::newRow("Safari")
        << QByteArray("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15")
        << QStringLiteral("Safari on a Mac");
    QTest::newRow("okhttp") << QByteArray("okhttp/4.12.0") << QString();
    QTest::newRow("none") << QByteArray() << QString();
    QTest::newRow("no UTF-8") << QByteArray("\xff\xfe(Android;\xff") << QStringLiteral("Android");
}

void TstDevices::names()
{
    QFETCH(QByteArray, agent);
    QFETCH(QString, name);
    QCOMPARE(capture::deviceName(agent), name);
}

void TstDevices::interfacesInOrder()
{
    using Kind = Interface::Kind;
    const auto made = [](Kind kind, const char *name, const char *address) {
        return Interface{kind, QString::fromLatin1(name), QHostAddress(QString::fromLatin1(address))};
    };
    const auto arranged = capture::arranged(
        {made(Kind::Virtual, "docker0", "172.17.0.1"), made(Kind::Wifi, "wlan0", "fd00::2"),
         made(Kind::Wifi, "wlan0", "fe80::1"), made(Kind::Wifi, "wlan0", "192.168.1.5"),
         made(Kind::Other, "ppp0", "10.9.0.2"), made(Kind::Ethernet, "lo", "127.0.0.1"),
         made(Kind::Ethernet, "eth0", "169.254.3.4"), made(Kind::Ethernet, "eth0", "192.168.2.5")});
    QStringList order;
    for (const Interface &each : arranged) {
        order << each.address.toString();
    }
    QCOMPARE(order, (QStringList{QStringLiteral("192.168.1.5"), QStringLiteral("192.168.2.5"),
                                 QStringLiteral("10.9.0.2"), QStringLiteral("172.17.0.1"),
                                 QStringLiteral("fd00::2")}));
}

void TstDevices::interfacesOfThisMachine()
{
    for (const Interface &each : capture::networkInterfaces()) {
        QVERIFY(!each.address.isLoopback());
        QVERIFY(!each.address.isLinkLocal());
        QVERIFY(!each.name.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TstDevices)
#include "tst_devices.moc"
