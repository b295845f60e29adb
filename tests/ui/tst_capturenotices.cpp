// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/capturenotices.h"

#include "tests/support/fakeservices.h"
#include "ui/englishplurals.h"
#include "ui/widgets/notice.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

capture::Device device(const QByteArray &address, const QString &name)
{
    capture::Device device;
    device.address = address;
    device.name = name;
    return device;
}

capture::Fault fault(const QByteArray &source)
{
    capture::Fault fault;
    fault.source = source;
    fault.times = 3;
    return fault;
}

} // namespace

class TstCaptureNotices final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void quietWhenAllIsWell();
    void aWaitingDeviceIsAskedFor();
    void refusingIsOneClick();
    void severalDevicesOneAfterTheOther();
    void aClosedQuestionIsNotAskedAgain();
    void aFaultIsSaidWhileItIsOn();
    void aClosedFaultStaysClosedUntilTheNext();

private:
    static void close(const ui::Notice &notice);

    ui::Theme m_theme;
    ui::EnglishPlurals m_plurals;
    std::unique_ptr<tests::FakeServices> m_services;
    std::unique_ptr<ui::CaptureNotices> m_notices;
};

void TstCaptureNotices::initTestCase()
{
    QCoreApplication::installTranslator(&m_plurals);
    m_theme.install(*qApp);
}

void TstCaptureNotices::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    m_notices = std::make_unique<ui::CaptureNotices>(*m_services, m_theme, nullptr);
    m_notices->resize(1'000, 60);
    m_notices->show();
}

void TstCaptureNotices::cleanup()
{
    m_notices.reset();
    m_services.reset();
}

void TstCaptureNotices::close(const ui::Notice &notice)
{
    QTest::mouseClick(notice.findChild<QToolButton *>(), Qt::LeftButton);
}

void TstCaptureNotices::quietWhenAllIsWell()
{
    QVERIFY(!m_notices->listening().isVisible());
    QVERIFY(!m_notices->fault().isVisible());
    QVERIFY(!m_notices->device().isVisible());
}

void TstCaptureNotices::aWaitingDeviceIsAskedFor()
{
    m_services->captureFake.deviceList = {device("192.168.1.23", u"iPhone"_s)};
    emit m_services->captureFake.devicesChanged();
    QVERIFY(m_notices->device().isVisible());
    QVERIFY2(m_notices->device().text().startsWith(u"iPhone (192.168.1.23) wants to send here."_s),
             qPrintable(m_notices->device().text()));
    QTest::mouseClick(&m_notices->device().button(), Qt::LeftButton);
    QCOMPARE(m_services->captureFake.accepted, QList<QByteArray>{"192.168.1.23"});
    QVERIFY(!m_notices->device().isVisible());
}

void TstCaptureNotices::refusingIsOneClick()
{
    m_services->captureFake.deviceList = {device("192.168.1.23", u"iPhone"_s)};
    emit m_services->captureFake.devicesChanged();
    QTest::mouseClick(&m_notices->device().secondButton(), Qt::LeftButton);
    QCOMPARE(m_services->captureFake.refused, QList<QByteArray>{"192.168.1.23"});
    QVERIFY(!m_notices->device().isVisible());
}

void TstCaptureNotices::severalDevicesOneAfterTheOther()
{
    m_services->captureFake.deviceList = {device("192.168.1.23", u"iPhone"_s)};
    emit m_services->captureFake.devicesChanged();
    // A new one comes first in the list, but the question asked stays.
    m_services->captureFake.deviceList = {device("192.168.1.30", u"Pixel 7"_s),
                                          device("192.168.1.23", u"iPhone"_s)};
    emit m_services->captureFake.devicesChanged();
    QVERIFY(m_notices->device().text().startsWith(u"iPhone"_s));
    QVERIFY(m_notices->device().text().contains(u"1 more device"_s));
    QTest::mouseClick(&m_notices->device().button(), Qt::LeftButton);
    QVERIFY(m_notices->device().text().startsWith(u"Pixel 7"_s));
}

void TstCaptureNotices::aClosedQuestionIsNotAskedAgain()
{
    m_services->captureFake.deviceList = {device("192.168.1.23", u"iPhone"_s)};
    emit m_services->captureFake.devicesChanged();
    close(m_notices->device());
    emit m_services->captureFake.devicesChanged();
    QVERIFY(!m_notices->device().isVisible());
    QVERIFY(m_services->captureFake.accepted.isEmpty() && m_services->captureFake.refused.isEmpty());
}

void TstCaptureNotices::aFaultIsSaidWhileItIsOn()
{
    store::Source tracker;
    tracker.keyHash = "0123456789abcdef";
    tracker.name = u"Tracker UI"_s;
    m_services->sourceList = {tracker};
    QVERIFY(m_services->captureFake.startFault(fault("0123456789abcdef")).has_value());
    QVERIFY(m_notices->fault().isVisible());
    QVERIFY2(m_notices->fault().text().startsWith(
                 u"A fault is on: 500 Internal Server Error on Tracker UI, for 3 requests."_s),
             qPrintable(m_notices->fault().text()));
    QSignalSpy wanted(m_notices.get(), &ui::CaptureNotices::faultsWanted);
    QTest::mouseClick(&m_notices->fault().secondButton(), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QTest::mouseClick(&m_notices->fault().button(), Qt::LeftButton);
    QCOMPARE(m_services->captureFake.stoppedFaults, std::vector<std::uint32_t>{1});
    QVERIFY(!m_notices->fault().isVisible());
}

void TstCaptureNotices::aClosedFaultStaysClosedUntilTheNext()
{
    QVERIFY(m_services->captureFake.startFault(fault({})).has_value());
    close(m_notices->fault());
    emit m_services->captureFake.faultsChanged();
    QVERIFY(!m_notices->fault().isVisible());
    QVERIFY(m_services->captureFake.startFault(fault({})).has_value());
    QVERIFY(m_notices->fault().isVisible());
    QVERIFY(m_notices->fault().text().startsWith(u"2 faults are on"_s));
}

QTEST_MAIN(TstCaptureNotices)
#include "tst_capturenotices.moc"
