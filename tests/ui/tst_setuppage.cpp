// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/pagefixture.h"
#include "ui/commands/actionregistry.h"
#include "ui/setup/clientcard.h"
#include "ui/setup/connectpage.h"
#include "ui/setup/doctorpage.h"
#include "ui/setup/phonepage.h"
#include "ui/setup/proxypage.h"
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
#include <QTabBar>
#include <QTest>

using namespace Qt::StringLiterals;
using State = ui::SetupLight::State;

namespace {

capture::ClientReport badClient()
{
    capture::ClientReport report;
    report.client.address = "127.0.0.1";
    report.client.agent = "curl/7.88.1";
    report.diagnoses = {{.ailment = capture::Ailment::NotTrusted,
                         .level = capture::AilmentLevel::Problem,
                         .args = {u"api.segment.io"_s, u"unknown_ca"_s},
                         .atUs = (QDateTime::currentMSecsSinceEpoch() + 1'000) * 1'000}};
    return report;
}

} // namespace

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
    void everyTabHasAnAction();
    void tabsByKeyboard();
    void remembersTheTab();
    void lightLeadsToTheDoctor();
    void lightSaysWhatTheDoctorSays();
    void doctorTabCountsProblems();
    void remediesLeadOn();
    void withoutCaptureServicesThereIsOneTab();

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
    ui::ActionRegistry actions(m_theme);
    const ui::SetupPage again(*m_services, m_theme, *m_model, actions);
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

void TstSetupPage::everyTabHasAnAction()
{
    QCOMPARE(m_page->tabs().count(), 4);
    const std::vector<std::pair<QString, ui::SetupPage::Tab>> wanted{
        {u"setup.phone"_s, ui::SetupPage::Tab::Phone},
        {u"setup.proxy"_s, ui::SetupPage::Tab::Proxy},
        {u"setup.doctor"_s, ui::SetupPage::Tab::Doctor},
        {u"setup.connect"_s, ui::SetupPage::Tab::Connect}};
    QSignalSpy shown(&m_actions->action(ui::Command::ShowSetup), &QAction::triggered);
    for (const auto &[name, tab] : wanted) {
        const auto found =
            std::ranges::find_if(m_actions->actions(), [&, sought = name](const QAction *action) {
                return action->objectName() == sought;
            });
        QVERIFY2(found != m_actions->actions().end(), qPrintable(name));
        QVERIFY(!(*found)->text().isEmpty());
        QVERIFY(!(*found)->shortcut().isEmpty());
        (*found)->trigger();
        QCOMPARE(m_page->tab(), tab);
    }
    QCOMPARE(shown.count(), 4); // from any page it leads here first
}

void TstSetupPage::tabsByKeyboard()
{
    m_page->tabs().setFocus();
    QTest::keyClick(&m_page->tabs(), Qt::Key_Right);
    QCOMPARE(m_page->tab(), ui::SetupPage::Tab::Phone);
    QVERIFY(m_page->phonePage()->isVisible());
    QVERIFY(!m_page->connectPage().isVisible());
}

void TstSetupPage::remembersTheTab()
{
    m_page->showTab(ui::SetupPage::Tab::Proxy);
    QCOMPARE(m_services->settings().text(base::keys::setupTab), u"proxy"_s);
    ui::ActionRegistry actions(m_theme);
    const ui::SetupPage again(*m_services, m_theme, *m_model, actions);
    QCOMPARE(again.tab(), ui::SetupPage::Tab::Proxy);
}

void TstSetupPage::lightLeadsToTheDoctor()
{
    QVERIFY(m_page->light().more().isHidden());
    m_fixture->add(
        {{.type = event::CallType::None, .name = u"invalid_json"_s, .status = event::Status::Rejected}});
    QTRY_COMPARE(m_page->light().state(), State::Unusable);
    m_services->captureFake.clientList = {badClient()};
    emit m_services->captureFake.clientsChanged();
    // The request stays what is said; the doctor is offered beside it.
    QVERIFY(!m_page->light().button().isHidden());
    QVERIFY(!m_page->light().more().isHidden());
    QTest::keyClick(&m_page->light().more(), Qt::Key_Space);
    QCOMPARE(m_page->tab(), ui::SetupPage::Tab::Doctor);
    m_fixture->add({{.name = u"Order Completed"_s}});
    QTRY_COMPARE(m_page->light().state(), State::FirstEvent);
    QVERIFY(m_page->light().more().isHidden());
}

void TstSetupPage::lightSaysWhatTheDoctorSays()
{
    auto &capture = m_services->captureFake;
    capture.diagnosisTexts[capture::Ailment::NotTrusted] = {.what = u"It does not trust the certificate."_s,
                                                            .next = u"Install it."_s};
    capture.clientList = {badClient()};
    emit capture.clientsChanged();
    QCOMPARE(m_page->light().state(), State::Unusable);
    QCOMPARE(m_page->light().headline(), u"curl/7.88.1: It does not trust the certificate."_s);
    QCOMPARE(m_page->light().detail(), u"Install it."_s);
    capture.clientList.clear();
    emit capture.clientsChanged();
    QCOMPARE(m_page->light().state(), State::Waiting);
    QVERIFY(m_page->light().more().isHidden());
    // What was wrong before this page was made says nothing of now.
    capture.clientList = {badClient()};
    capture.clientList.front().diagnoses.front().atUs = 1;
    emit capture.clientsChanged();
    QCOMPARE(m_page->light().state(), State::Waiting);
}

void TstSetupPage::doctorTabCountsProblems()
{
    const int doctor = static_cast<int>(ui::SetupPage::Tab::Doctor);
    QCOMPARE(m_page->tabs().tabText(doctor), u"Doctor"_s);
    m_services->captureFake.clientList = {badClient()};
    emit m_services->captureFake.clientsChanged();
    QVERIFY(m_page->tabs().tabText(doctor).startsWith(u"Doctor: 1 problem"_s));
}

void TstSetupPage::remediesLeadOn()
{
    auto &capture = m_services->captureFake;
    capture.clientList = {badClient()};
    m_page->showTab(ui::SetupPage::Tab::Doctor);
    const auto press = [this](qsizetype index) {
        QTest::keyClick(m_page->doctorPage()->findChildren<QPushButton *>(u"remedy"_s).at(index),
                        Qt::Key_Space);
    };
    press(0);
    QCOMPARE(m_page->tab(), ui::SetupPage::Tab::Proxy);

    capture.clientList.front().client.address = "192.168.1.23";
    capture.clientList.front().diagnoses.front().ailment = capture::Ailment::NotAccepted;
    m_page->showTab(ui::SetupPage::Tab::Doctor);
    QCOMPARE(m_page->doctorPage()->cards().size(), std::size_t(1));
    QSignalSpy said(m_page.get(), &ui::SetupPage::said);
    press(m_page->doctorPage()->findChildren<QPushButton *>(u"remedy"_s).size() - 1);
    QCOMPARE(capture.accepted, QList{QByteArray("192.168.1.23")});
    QCOMPARE(said.count(), 1);
}

void TstSetupPage::withoutCaptureServicesThereIsOneTab()
{
    m_services->hasCaptureFake = false;
    ui::ActionRegistry actions(m_theme);
    ui::SetupPage page(*m_services, m_theme, *m_model, actions);
    page.show();
    QVERIFY(!page.tabs().isVisible());
    QCOMPARE(page.tab(), ui::SetupPage::Tab::Connect);
    QCOMPARE(page.phonePage(), nullptr);
}

QTEST_MAIN(TstSetupPage)
#include "tst_setuppage.moc"
