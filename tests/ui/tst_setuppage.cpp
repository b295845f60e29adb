// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/pagefixture.h"
#include "ui/commands/actionregistry.h"
#include "ui/setup/sdk.h"
#include "ui/setup/sdkchooser.h"
#include "ui/setup/setuppage.h"

#include <memory>

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using State = ui::SetupLight::State;

class TstSetupPage final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void everySdkIsComplete();
    void linesHoldThisMachinesAddress();
    void linesFollowTheAddress();
    void theEmulatorHasItsOwnLoopback();
    void copiesTheLines();
    void remembersTheSdk();
    void searches_data();
    void searches();
    void saysWhatWasNotTried();
    void waitsAtFirst();
    void settingsFetched();
    void firstEvent();
    void oldEventsAreNoFirstEvent();
    void whatCannotBeUsed_data();
    void whatCannotBeUsed();
    void rejectedRequest();
    void startingIsNoProblem();
    void portTaken();
    void playsTheDemo();

private:
    ui::Theme m_theme;
    std::unique_ptr<tests::FakeServices> m_services;
    std::unique_ptr<tests::PageFixture> m_fixture;
    std::unique_ptr<ui::StreamModel> m_model;
    std::unique_ptr<ui::ActionRegistry> m_actions;
    std::unique_ptr<ui::SetupPage> m_page;
};

void TstSetupPage::initTestCase()
{
    m_theme.install(*qApp);
}

void TstSetupPage::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    m_fixture = std::make_unique<tests::PageFixture>(*m_services);
    m_fixture->nextUs = (QDateTime::currentMSecsSinceEpoch() + 1'000) * 1'000;
    m_model = std::make_unique<ui::StreamModel>();
    m_services->subscribe(m_model.get());
    m_actions = std::make_unique<ui::ActionRegistry>(m_theme);
    m_page = std::make_unique<ui::SetupPage>(*m_services, m_theme, *m_model, *m_actions);
    m_page->resize(1000, 700);
    m_page->show();
}

void TstSetupPage::cleanup()
{
    m_page.reset();
    m_actions.reset();
    m_services->unsubscribe(m_model.get());
    m_model.reset();
    m_fixture.reset();
    m_services.reset();
}

void TstSetupPage::everySdkIsComplete()
{
    QStringList ids;
    QStringList groups;
    for (const ui::Sdk &sdk : ui::loadSdks()) {
        QVERIFY2(!sdk.name.isEmpty() && !sdk.code.isEmpty() && !sdk.where.isEmpty(), qPrintable(sdk.id));
        QVERIFY2(!ids.contains(sdk.id), qPrintable(sdk.id));
        ids.append(sdk.id);
        groups.append(sdk.group);
        const QString filled =
            ui::filledIn(sdk.code + sdk.where + sdk.note, {QHostAddress(QHostAddress::LocalHost), 8765});
        QVERIFY2(!filled.contains(u"{{"_s), qPrintable(filled));
        QVERIFY2(filled.contains(u"8765"_s), qPrintable(sdk.id));
    }
    groups.removeDuplicates();
    QCOMPARE(groups, (QStringList{u"web"_s, u"mobile"_s, u"server"_s}));
    for (const char *id :
         {"browser-npm", "browser-snippet", "node", "node-6", "python", "go", "java", "dotnet", "csharp",
          "kotlin", "swift", "react-native", "flutter", "rust", "http", "pixel"})
        QVERIFY2(ids.contains(QString::fromLatin1(id)), id);
}

void TstSetupPage::linesHoldThisMachinesAddress()
{
    m_page->chooser().choose(u"browser-npm"_s);
    QVERIFY(m_page->code().contains(u"cdnURL: 'http://127.0.0.1:8765'"_s));
    QVERIFY(m_page->code().contains(u"apiHost: '127.0.0.1:8765/v1', protocol: 'http'"_s));
}

void TstSetupPage::linesFollowTheAddress()
{
    m_page->chooser().choose(u"node"_s);
    m_services->state.addresses = {{QHostAddress(u"192.168.1.20"_s), 9000}};
    emit m_services->captureStateChanged();
    QVERIFY(m_page->code().contains(u"host: 'http://192.168.1.20:9000'"_s));
    QVERIFY(m_page->light().detail().contains(u"192.168.1.20:9000"_s));
}

void TstSetupPage::theEmulatorHasItsOwnLoopback()
{
    QCOMPARE(ui::filledIn(u"{{emulator}}"_s, {QHostAddress(QHostAddress::LocalHost), 8765}),
             u"10.0.2.2:8765"_s);
    QCOMPARE(ui::filledIn(u"{{emulator}}"_s, {QHostAddress(u"192.168.1.20"_s), 8765}),
             u"192.168.1.20:8765"_s);
    QCOMPARE(ui::filledIn(u"{{url}}"_s, {QHostAddress(QHostAddress::LocalHostIPv6), 8765}),
             u"http://[::1]:8765"_s);
}

void TstSetupPage::copiesTheLines()
{
    QSignalSpy said(m_page.get(), &ui::SetupPage::said);
    m_page->chooser().choose(u"python"_s);
    QTest::keyClick(m_page->findChild<QPushButton *>(u"copyCode"_s), Qt::Key_Space);
    QCOMPARE(QGuiApplication::clipboard()->text(), m_page->code());
    QVERIFY(m_page->code().contains(u"analytics.host = 'http://127.0.0.1:8765'"_s));
    QCOMPARE(said.count(), 1);
}

void TstSetupPage::remembersTheSdk()
{
    m_page->chooser().choose(u"go"_s);
    QCOMPARE(m_services->settings().text(base::keys::setupSdk), u"go"_s);
    const ui::SetupPage again(*m_services, m_theme, *m_model, *m_actions);
    QCOMPARE(again.chooser().current().id, u"go"_s);
}

void TstSetupPage::searches_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("sdk");
    QTest::newRow("by name") << u"python"_s << u"python"_s;
    QTest::newRow("by another word for it") << u"golang"_s << u"go"_s;
    QTest::newRow("two words") << u"ios legacy"_s << u"ios-legacy"_s;
    QTest::newRow("none") << u"cobol"_s << QString();
}

void TstSetupPage::searches()
{
    QFETCH(QString, words);
    QFETCH(QString, sdk);
    QTest::keyClicks(&m_page->chooser().search(), words);
    if (sdk.isEmpty()) {
        QCOMPARE(m_page->chooser().list().count(), 0);
        return;
    }
    QCOMPARE(m_page->chooser().current().id, sdk);
    QTest::keyClick(&m_page->chooser().search(), Qt::Key_Escape);
    QVERIFY(m_page->chooser().search().text().isEmpty());
    QVERIFY(m_page->chooser().list().count() > 15);
    QCOMPARE(m_page->chooser().current().id, sdk);
}

void TstSetupPage::saysWhatWasNotTried()
{
    const auto isUntriedShown = [this] {
        for (const QLabel *label : m_page->findChildren<QLabel *>())
            if (label->isVisible() && label->text().startsWith(u"Not tried by us yet"_s))
                return true;
        return false;
    };
    m_page->chooser().choose(u"kotlin"_s);
    QVERIFY(isUntriedShown());
    m_page->chooser().choose(u"node"_s);
    QVERIFY(!isUntriedShown());
}

void TstSetupPage::waitsAtFirst()
{
    QCOMPARE(m_page->light().state(), State::Waiting);
    QCOMPARE(m_page->light().headline(), u"Waiting for the first event"_s);
    QCOMPARE(m_page->light().accessibleName(), m_page->light().headline());
    QVERIFY(m_page->light().button().isHidden());
}

void TstSetupPage::settingsFetched()
{
    emit m_services->sighted(
        {capture::Sighting::Kind::SettingsFetched, u"wk_live_0123456789abcdefa1b2"_s, {}});
    QCOMPARE(m_page->light().state(), State::SettingsFetched);
    QVERIFY(m_page->light().detail().contains(u"a1b2"_s));
    QVERIFY(!m_page->light().detail().contains(u"0123456789"_s));
}

void TstSetupPage::firstEvent()
{
    QSignalSpy wanted(m_page.get(), &ui::SetupPage::eventWanted);
    QSignalSpy seen(m_page.get(), &ui::SetupPage::firstEventSeen);
    const auto ids = m_fixture->add({{.name = u"Order Completed"_s}, {.name = u"Order Rated"_s}});
    QTRY_COMPARE(m_page->light().state(), State::FirstEvent);
    QVERIFY(m_page->light().detail().contains(u"Order Completed"_s));
    QCOMPARE(seen.count(), 1);
    QTest::mouseClick(&m_page->light().button(), Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.front().front().value<event::EventId>(), ids.front());
    // Green stays green.
    emit m_services->sighted({capture::Sighting::Kind::TlsOnPlainPort, {}, {}});
    QCOMPARE(m_page->light().state(), State::FirstEvent);
}

void TstSetupPage::oldEventsAreNoFirstEvent()
{
    m_fixture->nextUs = (QDateTime::currentMSecsSinceEpoch() - 3'600'000) * 1'000;
    m_fixture->add({{.name = u"Order Completed"_s}});
    QTRY_COMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_page->light().state(), State::Waiting);
}

void TstSetupPage::whatCannotBeUsed_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    QTest::newRow("TLS") << static_cast<int>(capture::Sighting::Kind::TlsOnPlainPort)
                         << u"http://127.0.0.1:8765"_s;
    QTest::newRow("HTTP/2") << static_cast<int>(capture::Sighting::Kind::Http2) << u"HTTP/1.1"_s;
    QTest::newRow("another path") << static_cast<int>(capture::Sighting::Kind::UnknownPath) << u"/collect"_s;
}

void TstSetupPage::whatCannotBeUsed()
{
    QFETCH(int, kind);
    QFETCH(QString, says);
    emit m_services->sighted({static_cast<capture::Sighting::Kind>(kind), {}, u"/collect"_s});
    QCOMPARE(m_page->light().state(), State::Unusable);
    QVERIFY2(m_page->light().detail().contains(says), qPrintable(m_page->light().detail()));
}

void TstSetupPage::rejectedRequest()
{
    QSignalSpy wanted(m_page.get(), &ui::SetupPage::eventWanted);
    m_fixture->add(
        {{.type = event::CallType::None, .name = u"invalid_json"_s, .status = event::Status::Rejected}});
    QTRY_COMPARE(m_page->light().state(), State::Unusable);
    QTest::mouseClick(&m_page->light().button(), Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    m_fixture->add({{.name = u"Order Completed"_s}});
    QTRY_COMPARE(m_page->light().state(), State::FirstEvent);
}

void TstSetupPage::startingIsNoProblem()
{
    m_services->state.isListening = false;
    m_services->state.problem = {};
    emit m_services->captureStateChanged();
    QCOMPARE(m_page->light().state(), State::Waiting);
    QCOMPARE(m_page->light().headline(), u"Starting"_s);
}

void TstSetupPage::portTaken()
{
    m_services->state.isListening = false;
    m_services->state.problem = {
        base::ErrorCode::InUse, u"Port 8765 is taken."_s, u"node (pid 4711) listens on it."_s, {}};
    m_services->state.suggestedPort = 8767;
    emit m_services->captureStateChanged();
    QCOMPARE(m_page->light().state(), State::Unusable);
    QCOMPARE(m_page->light().headline(), u"Port 8765 is taken."_s);
    QTest::mouseClick(&m_page->light().button(), Qt::LeftButton);
    QCOMPARE(m_services->listenRequests, QStringList{u"8767"_s});
    m_services->state.isListening = true;
    emit m_services->captureStateChanged();
    QCOMPARE(m_page->light().state(), State::Waiting);
}

void TstSetupPage::playsTheDemo()
{
    QSignalSpy asked(&m_actions->action(ui::Command::PlayDemo), &QAction::triggered);
    auto *demo = m_page->findChild<QPushButton *>(u"playDemo"_s);
    QCOMPARE(demo->text(), u"Play demo traffic"_s);
    QTest::mouseClick(demo, Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
    m_services->playDemo();
    QCOMPARE(demo->text(), u"Stop demo traffic"_s);
}

QTEST_MAIN(TstSetupPage)
#include "tst_setuppage.moc"
