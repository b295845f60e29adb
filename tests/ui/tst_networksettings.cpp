// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/networksettings.h"

#include "tests/support/fakeservices.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using Access = capture::Devices::Access;

class TstNetworkSettings final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void accessIsChosenAndReset();
    void devicesAreDecidedOn();
    void listeningIsSaidAndStopped();

private:
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return m_group->findChild<QPushButton *>(QString::fromLatin1(name));
    }

    ui::Theme m_theme;
    std::unique_ptr<tests::FakeServices> m_services;
    std::unique_ptr<ui::NetworkSettings> m_group;
};

void TstNetworkSettings::initTestCase()
{
    m_theme.install(*qApp);
}

void TstNetworkSettings::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    m_group = std::make_unique<ui::NetworkSettings>(*m_services, m_theme, nullptr);
    m_group->resize(640, 400);
    m_group->show();
}

void TstNetworkSettings::cleanup()
{
    m_group->hide(); // a focused field is left while its group is whole
    m_group.reset();
    m_services.reset();
}

void TstNetworkSettings::accessIsChosenAndReset()
{
    auto *access = m_group->findChild<QComboBox *>(u"deviceAccess"_s);
    QCOMPARE(access->currentData().toInt(), static_cast<int>(Access::Accepted));
    access->setCurrentIndex(1);
    emit access->activated(1);
    QCOMPARE(m_services->captureFake.access, Access::Everyone);
    m_group->reset();
    QCOMPARE(m_services->captureFake.access, Access::Accepted);
    QCOMPARE(access->currentIndex(), 0);
}

void TstNetworkSettings::devicesAreDecidedOn()
{
    QVERIFY(button("acceptDevice") == nullptr);
    capture::Device phone;
    phone.address = "192.168.1.23";
    phone.name = u"iPhone"_s;
    m_services->captureFake.deviceList = {phone};
    emit m_services->captureFake.devicesChanged();
    QCOMPARE(button("acceptDevice")->accessibleName(), u"Accept iPhone"_s);
    QTest::mouseClick(button("acceptDevice"), Qt::LeftButton);
    QCOMPARE(m_services->captureFake.accepted, QList<QByteArray>{"192.168.1.23"});
    QTRY_VERIFY(button("acceptDevice") == nullptr);
    QTest::mouseClick(button("refuseDevice"), Qt::LeftButton);
    QCOMPARE(m_services->captureFake.refused, QList<QByteArray>{"192.168.1.23"});
    QTRY_VERIFY(button("refuseDevice") == nullptr);
    QTest::mouseClick(button("forgetDevice"), Qt::LeftButton);
    QCOMPARE(m_services->captureFake.forgotten, QList<QByteArray>{"192.168.1.23"});
    QTRY_VERIFY(button("forgetDevice") == nullptr);
}

void TstNetworkSettings::listeningIsSaidAndStopped()
{
    const auto *state = m_group->findChild<QLabel *>(u"networkState"_s);
    QVERIFY(state->text().contains(u"Only this machine"_s));
    QVERIFY(!button("leaveNetwork")->isVisible());
    m_services->captureFake.listenOnNetwork(QHostAddress(u"192.168.1.20"_s));
    QVERIFY(state->text().contains(u"192.168.1.20:8765"_s));
    QTest::mouseClick(button("leaveNetwork"), Qt::LeftButton);
    QCOMPARE(m_services->captureFake.networkLeft, 1);
    QVERIFY(!button("leaveNetwork")->isVisible());
}

QTEST_MAIN(TstNetworkSettings)
#include "tst_networksettings.moc"
