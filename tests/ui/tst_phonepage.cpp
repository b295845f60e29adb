// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fakeservices.h"
#include "ui/setup/copyline.h"
#include "ui/setup/phonepage.h"
#include "ui/widgets/qrcode.h"

#include <memory>

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

capture::Device device(capture::Device::State state, const char *address, const char *name)
{
    return {state, address, QString::fromLatin1(name), 1'795'600'000'000'000, 1'795'600'060'000'000};
}

} // namespace

class TstPhonePage final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void warnsBeforeItListens();
    void listensOnTheChosenInterface();
    void keepsTheChoiceWhenInterfacesCome();
    void noNetworkSaysWhatToDo();
    void refusalChangesNothing();
    void showsCodeAndAddress();
    void stopsListening();
    void namesEveryStep();
    void whoMaySend();
    void answersDevices();
    void devicesKeepTheirPlaces();
    void isUpToDateWhenOpened();
    void controlsHaveNames();

private:
    template <typename Widget>
    Widget *find(const QString &name) const
    {
        return m_page->findChild<Widget *>(name);
    }
    [[nodiscard]] QList<QRadioButton *> interfaceButtons() const
    {
        QList<QRadioButton *> buttons = m_page->findChildren<QRadioButton *>(u"interface"_s);
        buttons.removeIf([](const QRadioButton *button) { return !button->isVisible(); });
        return buttons;
    }
    [[nodiscard]] QStringList visibleTexts() const
    {
        QStringList texts;
        for (const QLabel *label : m_page->findChildren<QLabel *>()) {
            if (label->isVisible())
                texts.append(label->text());
        }
        return texts;
    }
    [[nodiscard]] bool isSaid(const QString &part) const { return visibleTexts().join(u'\n').contains(part); }

    ui::Theme m_theme;
    std::unique_ptr<tests::FakeServices> m_services;
    tests::FakeCaptureServices *m_capture = nullptr;
    std::unique_ptr<ui::PhonePage> m_page;
};

void TstPhonePage::initTestCase()
{
    m_theme.install(*qApp);
}

void TstPhonePage::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    m_capture = &m_services->captureFake;
    m_page = std::make_unique<ui::PhonePage>(*m_capture, m_theme);
    m_page->resize(1080, 700);
    m_page->show();
}

void TstPhonePage::cleanup()
{
    m_page.reset();
    m_services.reset();
}

void TstPhonePage::warnsBeforeItListens()
{
    QVERIFY(isSaid(u"Others in the network will be able to reach this machine."_s));
    QVERIFY(isSaid(u"off again when Trackside ends"_s));
    QVERIFY(m_capture->listenedOn.isEmpty());
    QVERIFY(find<QPushButton>(u"listenOnNetwork"_s)->isVisible());
    QVERIFY(!m_page->findChild<ui::QrCode *>()->isVisible());
}

void TstPhonePage::listensOnTheChosenInterface()
{
    m_capture->interfaces.push_back(
        {capture::Interface::Kind::Virtual, u"docker0"_s, QHostAddress(u"172.17.0.1"_s)});
    emit m_capture->networkChanged();
    const QList<QRadioButton *> radios = interfaceButtons();
    QCOMPARE(radios.size(), 2);
    QVERIFY(radios.front()->isChecked());
    QVERIFY(radios.front()->text().contains(u"192.168.1.20"_s));
    QVERIFY(radios.front()->text().contains(u"Wi-Fi"_s));
    QTest::keyClick(radios.back(), Qt::Key_Space);
    auto *listen = find<QPushButton>(u"listenOnNetwork"_s);
    QCOMPARE(listen->text(), u"Listen on 172.17.0.1"_s);
    QTest::keyClick(listen, Qt::Key_Space);
    QCOMPARE(m_capture->listenedOn, QList{QHostAddress(u"172.17.0.1"_s)});
}

void TstPhonePage::keepsTheChoiceWhenInterfacesCome()
{
    m_capture->interfaces.push_back(
        {capture::Interface::Kind::Ethernet, u"enp0s31f6"_s, QHostAddress(u"10.0.0.7"_s)});
    emit m_capture->networkChanged();
    QTest::keyClick(interfaceButtons().back(), Qt::Key_Space);
    m_capture->interfaces.insert(m_capture->interfaces.begin(), {capture::Interface::Kind::Wifi, u"wlp9s0"_s,
                                                                 QHostAddress(u"192.168.7.7"_s)});
    emit m_capture->networkChanged();
    QCOMPARE(find<QPushButton>(u"listenOnNetwork"_s)->text(), u"Listen on 10.0.0.7"_s);
}

void TstPhonePage::noNetworkSaysWhatToDo()
{
    m_capture->interfaces.clear();
    emit m_capture->networkChanged();
    QVERIFY(isSaid(u"This machine is in no network."_s));
    QVERIFY(!find<QPushButton>(u"listenOnNetwork"_s)->isVisible());
    auto *again = find<QWidget>(u"noNetwork"_s)->findChild<QPushButton *>();
    m_capture->interfaces = {{capture::Interface::Kind::Wifi, u"wlp3s0"_s, QHostAddress(u"10.1.1.1"_s)}};
    QTest::keyClick(again, Qt::Key_Space);
    QVERIFY(find<QPushButton>(u"listenOnNetwork"_s)->isVisible());
    QVERIFY(!isSaid(u"This machine is in no network."_s));
}

void TstPhonePage::refusalChangesNothing()
{
    m_capture->isNetworkRefused = true;
    QTest::mouseClick(find<QPushButton>(u"listenOnNetwork"_s), Qt::LeftButton);
    QCOMPARE(m_capture->listenedOn.size(), 1);
    QVERIFY(find<QPushButton>(u"listenOnNetwork"_s)->isVisible());
    QVERIFY(!m_page->findChild<ui::QrCode *>()->isVisible());
}

void TstPhonePage::showsCodeAndAddress()
{
    QSignalSpy said(m_page.get(), &ui::PhonePage::said);
    QTest::mouseClick(find<QPushButton>(u"listenOnNetwork"_s), Qt::LeftButton);
    const auto *code = m_page->findChild<ui::QrCode *>();
    QVERIFY(code->isVisible());
    QVERIFY(!code->isEmpty());
    const QString address = m_capture->network.setupPage.toString();
    QCOMPARE(code->text(), address);
    auto *line = find<ui::CopyLine>(u"setupAddress"_s);
    QCOMPARE(line->code(), address);
    QTest::keyClick(&line->button(), Qt::Key_Space);
    QCOMPARE(QGuiApplication::clipboard()->text(), address);
    QCOMPARE(said.count(), 1);
    QVERIFY(isSaid(u"set the Wi-Fi proxy to 192.168.1.20, port 8765"_s));
}

void TstPhonePage::stopsListening()
{
    QTest::mouseClick(find<QPushButton>(u"listenOnNetwork"_s), Qt::LeftButton);
    QVERIFY(isSaid(u"Listening on 192.168.1.20, port 8765."_s));
    QTest::keyClick(find<QPushButton>(u"leaveNetwork"_s), Qt::Key_Space);
    QCOMPARE(m_capture->networkLeft, 1);
    QVERIFY(find<QPushButton>(u"listenOnNetwork"_s)->isVisible());
    QVERIFY(m_page->findChild<ui::QrCode *>()->isEmpty());
}

void TstPhonePage::namesEveryStep()
{
    const QStringList texts = visibleTexts();
    for (const QString &heading :
         {u"Listen on the local network"_s, u"Scan the code with the phone’s camera"_s,
          u"Follow the page that opens on the phone"_s, u"Start the app on the phone"_s})
        QVERIFY2(texts.contains(heading), qPrintable(heading));
    QSignalSpy doctor(m_page.get(), &ui::PhonePage::doctorWanted);
    QTest::keyClick(find<QPushButton>(u"openDoctor"_s), Qt::Key_Space);
    QCOMPARE(doctor.count(), 1);
}

void TstPhonePage::whoMaySend()
{
    auto *accepted = find<QRadioButton>(u"accessAccepted"_s);
    auto *everyone = find<QRadioButton>(u"accessEveryone"_s);
    QVERIFY(accepted->isChecked());
    QTest::keyClick(everyone, Qt::Key_Space);
    QCOMPARE(m_capture->access, capture::Devices::Access::Everyone);
    m_capture->setDeviceAccess(capture::Devices::Access::Accepted); // in the settings, say
    QVERIFY(accepted->isChecked());
}

void TstPhonePage::answersDevices()
{
    QVERIFY(isSaid(u"No device has come by yet."_s));
    m_capture->deviceList = {device(capture::Device::State::Waiting, "192.168.1.23", "iPhone")};
    emit m_capture->devicesChanged();
    QVERIFY(!isSaid(u"No device has come by yet."_s));
    QVERIFY(isSaid(u"Waiting for your answer · 192.168.1.23"_s));
    auto *accept = find<QPushButton>(u"acceptDevice"_s);
    QCOMPARE(accept->accessibleName(), u"Accept iPhone, 192.168.1.23"_s);
    QTest::keyClick(accept, Qt::Key_Space);
    QCOMPARE(m_capture->accepted, QList{QByteArray("192.168.1.23")});
    QVERIFY(isSaid(u"Accepted · 192.168.1.23"_s));
    QVERIFY(!accept->isVisible());
    QTest::keyClick(find<QPushButton>(u"refuseDevice"_s), Qt::Key_Space);
    QCOMPARE(m_capture->refused, QList{QByteArray("192.168.1.23")});
    QVERIFY(isSaid(u"Refused · 192.168.1.23"_s));
    QTest::keyClick(find<QPushButton>(u"forgetDevice"_s), Qt::Key_Space);
    QCOMPARE(m_capture->forgotten, QList{QByteArray("192.168.1.23")});
    QVERIFY(isSaid(u"No device has come by yet."_s));
}

void TstPhonePage::devicesKeepTheirPlaces()
{
    m_capture->deviceList = {device(capture::Device::State::Accepted, "192.168.1.23", "iPhone")};
    emit m_capture->devicesChanged();
    auto *refuse = find<QPushButton>(u"refuseDevice"_s);
    m_capture->deviceList.insert(m_capture->deviceList.begin(),
                                 device(capture::Device::State::Waiting, "192.168.1.40", "Android, Pixel 7"));
    emit m_capture->devicesChanged();
    QCoreApplication::processEvents(); // laid out
    const auto rows = m_page->findChildren<QWidget *>(u"device"_s);
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows.front()->findChild<QPushButton *>(u"refuseDevice"_s), refuse);
    QCOMPARE(refuse->accessibleName(), u"Refuse iPhone, 192.168.1.23"_s);
    QVERIFY(rows.front()->y() < rows.back()->y());
}

void TstPhonePage::isUpToDateWhenOpened()
{
    m_page->hide();
    m_capture->deviceList = {device(capture::Device::State::Waiting, "192.168.1.23", "iPhone")};
    emit m_capture->devicesChanged();
    QCOMPARE(find<QPushButton>(u"acceptDevice"_s), nullptr);
    m_page->show();
    QVERIFY(find<QPushButton>(u"acceptDevice"_s) != nullptr);
}

void TstPhonePage::controlsHaveNames()
{
    m_capture->listenOnNetwork(QHostAddress(u"192.168.1.20"_s));
    for (const QWidget *widget : m_page->findChildren<QWidget *>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) == 0 || !widget->isVisible())
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool hasText = button != nullptr && !button->text().isEmpty();
        QVERIFY2(hasText || !widget->accessibleName().isEmpty(),
                 qPrintable(QString::fromLatin1(widget->metaObject()->className())));
    }
}

QTEST_MAIN(TstPhonePage)
#include "tst_phonepage.moc"
