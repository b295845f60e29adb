// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/sdkrun.h"
#include "tests/integration/windowfixture.h"
#include "ui/commands/commandpalette.h"
#include "ui/inspector/deliveriestab.h"
#include "ui/inspector/eventtab.h"
#include "ui/inspector/findingstab.h"
#include "ui/inspector/requesttab.h"
#include "ui/itemmodels/jsontreemodel.h"
#include "ui/setup/setuppage.h"
#include "ui/stream/replaydialog.h"
#include "ui/widgets/filterbox.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/statusbarview.h"

#include <QInputDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSet>
#include <QTabBar>
#include <QTemporaryDir>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace tests;
using Page = ui::MainWindow::Page;
using Model = ui::StreamModel;
using Tab = ui::Inspector::Tab;

namespace {

constexpr int patienceMs = 60'000;

const QByteArray renamed = trackerEvent("m-renamed", R"({"delivery_id":"del_42","loadTimeMs":1.50e3})");

QByteArray good(const QByteArray &messageId)
{
    return trackerEvent(messageId, R"({"deliveryId":"del_42","loadTimeMs":120})");
}

} // namespace

/// The real window over the real engine, driven as a person at the keyboard would, while apps send.
class TstWindow final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void nodeSdkCallsAppear();
    void browserSdkCallsAppear();
    void aViolationIsShownWhereItIs();
    void theFilterIsDrivenByKeys();
    void enterAppliesTheFilterAndKeepsTheKeys();
    void aFilterMistakeIsUnderlined();
    void aReplayByKeyboardIsDelivered();
    void liveForwardingSendsTheSameBytes();
    void aLoopIsRefused();
    void theThemeSwitchesByKey();
    void spacePausesAndMerges();
    void aNewSessionParts();
    void aChangedPlanGivesNewVerdicts();
    void aRejectedRequestIsExplained();
    void theDemoPlaysAllSources();
    void aRestartShowsTheSameRows();
    void aTakenPortOffersTheNext();
    void aMoveToATakenPortStaysWhereItWas();

private:
    void open(const QString &listen = u":0"_s);
    /// Sends a call and waits for its row, which is the last one then.
    void send(const QByteArray &body);
    /// To the stream's table by keyboard, with this row alone selected.
    void select(int row);
    void showTab(Tab tab);
    /// A dialog has closed: the offscreen platform gives the focus back to nobody.
    void backToWindow();

    ui::Theme m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
};

void TstWindow::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_theme.install(*qApp);
}

void TstWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    open();
    QVERIFY(m_program->services().captureState().isListening);
}

void TstWindow::open(const QString &listen)
{
    m_program = std::make_unique<Program>(m_theme, m_folder->path(), listen);
    QVERIFY(QTest::qWaitForWindowActive(&m_program->window()));
    QTRY_VERIFY_WITH_TIMEOUT(m_program->isUp(), patienceMs);
}

void TstWindow::cleanup()
{
    m_program.reset();
    m_folder.reset();
}

void TstWindow::send(const QByteArray &body)
{
    const int rows = m_program->model().rowCount();
    QCOMPARE(postTrack(m_program->port(), body), 200);
    QTRY_COMPARE_WITH_TIMEOUT(m_program->model().rowCount(), rows + 1, patienceMs);
}

void TstWindow::select(int row)
{
    m_program->press(Qt::Key_1, Qt::ControlModifier);
    QVERIFY(m_program->table().hasFocus());
    m_program->press(Qt::Key_Home);
    for (int step = 0; step < row; ++step) {
        m_program->press(Qt::Key_Down);
    }
    const auto id = m_program->model().eventId(row);
    QCOMPARE(m_program->table().selectedIds(2), std::vector{id});
    QTRY_VERIFY_WITH_TIMEOUT(
        m_program->inspector().shownId() == id && m_program->inspector().inspected() != nullptr, patienceMs);
}

void TstWindow::showTab(Tab tab)
{
    const QTabBar &tabs = m_program->inspector().tabBar();
    if (!tabs.hasFocus()) {
        QVERIFY(m_program->table().hasFocus());
        m_program->press(Qt::Key_Return);
    }
    QVERIFY(tabs.hasFocus());
    while (m_program->inspector().currentTab() != tab) {
        const auto before = m_program->inspector().currentTab();
        m_program->press(before < tab ? Qt::Key_Right : Qt::Key_Left);
        QVERIFY(m_program->inspector().currentTab() != before);
    }
}

void TstWindow::backToWindow()
{
    m_program->window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_program->window()));
}

void TstWindow::nodeSdkCallsAppear()
{
    const Program &program = *m_program;
    QCOMPARE(program.window().page(), Page::Setup);
    QCOMPARE(program.window().setup().light().state(), ui::SetupLight::State::Waiting);
    const SdkRun run = runSdk(u"node.mjs"_s, u"analytics-node-3"_s, program.port(), u"calls"_s);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, run.err.constData());
    QTRY_COMPARE_WITH_TIMEOUT(program.model().rowCount(), 7, patienceMs);
    QCOMPARE(program.column(Model::EventColumn).filter(u"Order Completed"_s).size(), 1);
    QStringList types;
    for (int row = 0; row < 7; ++row) {
        const std::string_view word = event::word(program.model().rowAt(row).summary.type);
        types += QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
    }
    QCOMPARE(types, (QStringList{u"identify"_s, u"track"_s, u"page"_s, u"screen"_s, u"group"_s, u"alias"_s,
                                 u"track"_s}));
    const auto sources = program.column(Model::SourceColumn);
    QCOMPARE(QSet<QString>(sources.begin(), sources.end()).size(), 1);
    QVERIFY2(!sources.front().isEmpty() &&
                 !sources.front().contains(u"FAKE_WRITE_KEY_analytics-node-3_0000"_s),
             qPrintable(sources.front()));
    QCOMPARE(program.cell(1, Model::UserColumn), u"user-1"_s);

    // The Setup page saw it, and its button leads there.
    QTRY_COMPARE(program.window().setup().light().state(), ui::SetupLight::State::FirstEvent);
    QCOMPARE(program.window().page(), Page::Setup);
    for (int step = 0; step < 40 && !program.window().setup().light().button().hasFocus(); ++step) {
        program.press(Qt::Key_Tab);
    }
    QVERIFY(program.window().setup().light().button().hasFocus());
    program.press(Qt::Key_Space);
    QCOMPARE(program.window().page(), Page::Stream);
    QVERIFY(!program.model().isPaused());
    QCOMPARE(program.table().selectedIds(2), std::vector{program.model().eventId(0)});

    const SdkRun burst = runSdk(u"node.mjs"_s, u"analytics-node-3"_s, program.port(), u"burst"_s);
    QVERIFY2(burst.exitCode == 0 && burst.said != nullptr, burst.err.constData());
    QTRY_COMPARE_WITH_TIMEOUT(program.model().rowCount(), 40, patienceMs);
    QCOMPARE(program.column(Model::EventColumn).filter(u"Step Completed"_s).size(), 33);
    QTRY_VERIFY2(program.window().status().summary().contains(u"40 events"_s),
                 qPrintable(program.window().status().summary()));
}

void TstWindow::browserSdkCallsAppear()
{
    const Program &program = *m_program;
    const SdkRun run = runSdk(u"browser.mjs"_s, u"analytics-next-1.84"_s, program.port(), u"standard"_s);
    QVERIFY2(run.exitCode == 0 && run.said != nullptr, run.err.constData());
    QTRY_COMPARE_WITH_TIMEOUT(program.model().rowCount(), 6, patienceMs);
    QSet<event::CallType> types;
    for (int row = 0; row < 6; ++row) {
        types.insert(program.model().rowAt(row).summary.type);
        QVERIFY(program.state(row).status != event::Status::Rejected);
    }
    QCOMPARE(types.size(), 6);
    QCOMPARE(program.window().setup().light().state(), ui::SetupLight::State::FirstEvent);
    QStringList names = program.column(Model::EventColumn);
    const int row = static_cast<int>(names.indexOf(u"Order Completed"_s));
    QVERIFY2(row >= 0, qPrintable(names.join(u'|')));
    select(row);
    showTab(Tab::Json);
    const QString text = program.inspector().jsonView().text();
    QVERIFY2(text.contains(u"39.95"_s) && text.contains(u"Zoë 🚚"_s), qPrintable(text));
}

void TstWindow::aViolationIsShownWhereItIs()
{
    const Program &program = *m_program;
    send(good("m-good"));
    send(renamed);
    QCOMPARE(program.column(Model::EventColumn), (QStringList{u"Order Loaded"_s, u"Order Loaded"_s}));
    QCOMPARE(program.column(Model::SourceColumn), (QStringList{u"Tracker UI"_s, u"Tracker UI"_s}));
    QCOMPARE(program.column(Model::UserColumn), (QStringList{u"user_7"_s, u"user_7"_s}));
    QCOMPARE(program.state(0).status, event::Status::Valid);
    QCOMPARE(program.state(1).status, event::Status::Violation);

    program.press(Qt::Key_L, Qt::ControlModifier);
    QVERIFY(program.window().filterBox().hasFocus());
    program.press(Qt::Key_Up); // the newest
    const auto id = program.model().eventId(1);
    QCOMPARE(program.table().selectedIds(2), std::vector{id});
    QTRY_VERIFY_WITH_TIMEOUT(
        program.inspector().shownId() == id && program.inspector().inspected() != nullptr, patienceMs);
    QCOMPARE(program.inspector().inspected()->detail.event.name, u"Order Loaded"_s);

    // At the property, and where the missing one would stand.
    const ui::JsonTreeModel &tree = *program.inspector().eventTab().model();
    const QModelIndex wrong = tree.indexAt(json::Pointer("/properties/delivery_id"));
    QCOMPARE(wrong.data(ui::JsonTreeModel::KeyRole).toString(), u"delivery_id"_s);
    QVERIFY(!wrong.data(ui::JsonTreeModel::FindingsRole).value<QList<int>>().isEmpty());
    QVERIFY(!program.inspector().eventTab().tree()->visualRect(wrong).isEmpty());
    const QModelIndex missing = tree.indexAt(json::Pointer("/properties/deliveryId"));
    QVERIFY(missing.data(ui::JsonTreeModel::IsMissingRole).toBool());
    const QModelIndex fine = tree.indexAt(json::Pointer("/properties/loadTimeMs"));
    QCOMPARE(fine.data(ui::JsonTreeModel::RawRole).toString(), u"1.50e3"_s);

    program.press(Qt::Key_Return); // from the filter box to the inspector
    showTab(Tab::Findings);
    const QString findings = Program::textsOf(program.inspector().findingsTab());
    QVERIFY2(findings.contains(u"delivery_id"_s) && findings.contains(u"deliveryId"_s) &&
                 findings.contains(u"plan/required"_s),
             qPrintable(findings));
    showTab(Tab::Request);
    const QString request = Program::textsOf(program.inspector().requestTab());
    QVERIFY2(request.contains(u"Authorization"_s) && request.contains(u"curl/8.5.0"_s), qPrintable(request));
    QVERIFY2(!request.contains(u"FAKE_TRACKER_KEY_0000"_s) &&
                 !request.contains(QString::fromLatin1(QByteArray("FAKE_TRACKER_KEY_0000:").toBase64())),
             qPrintable(request));
    showTab(Tab::Json);
    const QString json = program.inspector().jsonView().text();
    QVERIFY2(json.contains(u"\"loadTimeMs\": 1.50e3"_s) && json.contains(u"\"delivery_id\": \"del_42\""_s),
             qPrintable(json));
    QVERIFY(json.indexOf(u"\"event\""_s) < json.indexOf(u"\"messageId\""_s));
    showTab(Tab::Event);
}

void TstWindow::theFilterIsDrivenByKeys()
{
    const Program &program = *m_program;
    send(good("m-1"));
    send(renamed);
    send(good("m-2"));
    send(trackerEvent("m-3", R"({"deliveryId":7})"));
    program.press(Qt::Key_L, Qt::ControlModifier);
    program.type(u"status:violation"_s);
    program.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(program.model().rowCount(), 2, patienceMs);
    QCOMPARE(program.state(0).status, event::Status::Violation);
    QCOMPARE(program.state(1).status, event::Status::Violation);
    const auto *bar = program.window().findChild<QWidget *>(u"hiddenBar"_s);
    QVERIFY(bar->isVisible());
    const QString said = Program::textsOf(*bar);
    QVERIFY2(said.contains(u"2 of 4 shown"_s), qPrintable(said));
    // What comes now and does not match stays away, and is counted.
    QCOMPARE(postTrack(program.port(), good("m-4")), 200);
    QTRY_VERIFY_WITH_TIMEOUT(Program::textsOf(*bar).contains(u"2 of 5 shown"_s), patienceMs);
    QCOMPARE(program.model().rowCount(), 2);
    send(trackerEvent("m-5", R"({"deliveryId":8})"));
    QCOMPARE(program.model().rowCount(), 3);

    program.press(Qt::Key_L, Qt::ControlModifier);
    program.press(Qt::Key_Escape);
    QTRY_COMPARE_WITH_TIMEOUT(program.model().rowCount(), 6, patienceMs);
    QVERIFY(!bar->isVisible());
    QVERIFY(program.window().filterBox().text().isEmpty());

    // A word of the body, which only the store knows.
    program.type(u"del_42"_s);
    program.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(program.model().rowCount(), 4, patienceMs);
}

void TstWindow::enterAppliesTheFilterAndKeepsTheKeys()
{
    const Program &program = *m_program;
    send(renamed);
    send(good("m-1"));
    send(trackerEvent("m-2", R"({"deliveryId":7})"));
    const ui::FilterBox &box = program.window().filterBox();
    program.press(Qt::Key_L, Qt::ControlModifier);
    program.type(u"status:violation"_s);
    program.press(Qt::Key_Return);
    QVERIFY(box.hasFocus());
    QTRY_COMPARE_WITH_TIMEOUT(program.model().rowCount(), 2, patienceMs);
    program.press(Qt::Key_Down);
    QCOMPARE(program.table().selectedIds(2), std::vector{program.model().eventId(0)});
    program.press(Qt::Key_Down);
    QCOMPARE(program.table().selectedIds(2), std::vector{program.model().eventId(1)});
    QVERIFY(box.hasFocus());
    // Another filter, applied with a row selected, is no wish to leave for the inspector either.
    program.type(u" event:Order*"_s);
    program.press(Qt::Key_Return);
    QVERIFY(box.hasFocus());
    QTRY_COMPARE_WITH_TIMEOUT(program.window().stream().filterText(), u"status:violation event:Order*"_s,
                              patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(program.table().selectedCount(), 1, patienceMs);
    // Enter on a filter that stands opens the row.
    program.press(Qt::Key_Return);
    QVERIFY(program.inspector().tabBar().hasFocus());
}

void TstWindow::aFilterMistakeIsUnderlined()
{
    const Program &program = *m_program;
    send(good("m-1"));
    const ui::FilterBox &box = program.window().filterBox();
    program.press(Qt::Key_L, Qt::ControlModifier);
    program.type(u"type:track (status:valid"_s);
    program.press(Qt::Key_Return);
    QVERIFY(box.mistake().has_value());
    QVERIFY(box.hasFocus());
    QVERIFY(!box.accessibleDescription().isEmpty());
    const auto labels = program.window().findChildren<QLabel *>();
    const QString start = box.mistake()->message.section(u'`', 0, 0);
    QVERIFY(std::ranges::any_of(labels, [&start](const QLabel *label) {
        return label->isVisible() && label->text().startsWith(start);
    }));
    QCOMPARE(program.model().rowCount(), 1); // as it was
    program.press(Qt::Key_Escape);
    QVERIFY(!box.mistake().has_value());
}

void TstWindow::aReplayByKeyboardIsDelivered()
{
    const Program &program = *m_program;
    Workspace staging;
    QVERIFY(program.services().setDestinations({staging.config(u"Staging"_s)}).has_value());
    send(good("m-original"));
    select(0);
    program.press(Qt::Key_R);
    auto *dialog = program.window().findChild<ui::ReplayDialog *>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    QTRY_VERIFY(dialog->list()->hasFocus());
    program.press(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!staging.requests.empty(), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(program.state(0).delivery, event::DeliveryState::Delivered, patienceMs);
    QCOMPARE(staging.requests.size(), 1U);

    json::Parser parser;
    const auto parsed = parser.parse(staging.requests.front().body);
    QVERIFY2(parsed.has_value(), staging.requests.front().body.constData());
    json::Value sent = (*parsed)->root();
    if (const json::Value batch = sent.find("batch"); batch.isArray()) {
        sent = batch.firstChild().value();
    }
    QVERIFY(sent.find("messageId").text() != "m-original" && !sent.find("messageId").text().empty());
    QCOMPARE(sent.find("context").find("replay").find("originalMessageId").text(),
             std::string_view("m-original"));
    QCOMPARE(sent.find("event").text(), std::string_view("Order Loaded"));
    QCOMPARE(sent.find("properties").raw(), std::string_view(R"({"deliveryId":"del_42","loadTimeMs":120})"));

    // Its try and its answer stand at the event, which the inspector showed all the while.
    backToWindow();
    program.press(Qt::Key_1, Qt::ControlModifier);
    showTab(Tab::Deliveries);
    const auto folds = [&program] {
        return program.inspector().deliveriesTab().findChildren<QToolButton *>();
    };
    QTRY_COMPARE_WITH_TIMEOUT(folds().size(), 2, patienceMs);
    for (QToolButton *fold : folds()) {
        fold->setFocus();
        program.press(Qt::Key_Space);
    }
    const QString texts = Program::textsOf(program.inspector().deliveriesTab());
    QVERIFY2(texts.contains(u"Staging"_s) && texts.contains(u"Replay of 1 event"_s) &&
                 texts.contains(u"200 OK"_s) && texts.contains(u"\"success\": true"_s) &&
                 texts.contains(u"originalMessageId"_s),
             qPrintable(texts));
    QVERIFY2(!texts.contains(u"FAKE_STAGING_KEY_0000"_s), qPrintable(texts));
}

void TstWindow::liveForwardingSendsTheSameBytes()
{
    const Program &program = *m_program;
    Workspace live;
    deliver::DestinationConfig config = live.config(u"Production"_s);
    QVERIFY(program.services().setDestinations({config}).has_value());
    send(good("m-before"));
    config.isLive = true;
    QVERIFY(program.services().setDestinations({config}).has_value());
    send(renamed);
    QTRY_COMPARE_WITH_TIMEOUT(live.requests.size(), 1U, patienceMs);
    QCOMPARE(live.requests.front().body, renamed);
    QVERIFY2(live.requests.front().head.startsWith("POST /v1/track HTTP/1.1"),
             live.requests.front().head.constData());
    QCOMPARE(live.requests.front().header("Authorization"),
             "Basic " + QByteArray("FAKE_STAGING_KEY_0000:").toBase64());
    QTRY_COMPARE_WITH_TIMEOUT(program.state(1).delivery, event::DeliveryState::Delivered, patienceMs);
    QCOMPARE(program.state(0).delivery, event::DeliveryState::None);
    QTRY_VERIFY2_WITH_TIMEOUT(program.window().status().summary().contains(u"Production"_s),
                              qPrintable(program.window().status().summary()), patienceMs);
}

void TstWindow::aLoopIsRefused()
{
    const Program &program = *m_program;
    deliver::DestinationConfig config;
    config.name = u"Myself"_s;
    config.baseUrl = QUrl(u"http://localhost:%1"_s.arg(program.port()));
    config.writeKey = u"FAKE_STAGING_KEY_0000"_s;
    config.isLive = true;
    const auto applied = program.services().setDestinations({config});
    QVERIFY(!applied.has_value());
    QVERIFY2(applied.error().oneLine().contains(u"Myself"_s), qPrintable(applied.error().oneLine()));
    QVERIFY(program.services().destinations().empty());
    send(good("m-1"));
    QCOMPARE(program.state(0).delivery, event::DeliveryState::None);

    // Nor by moving to where a destination is: the capture stays where it was, and says why.
    const quint16 before = program.port();
    config.baseUrl = QUrl(u"http://127.0.0.1:%1"_s.arg(before + 1));
    QVERIFY(program.services().setDestinations({config}).has_value());
    program.services().listenOn(QString::number(before + 1));
    QTRY_VERIFY_WITH_TIMEOUT(program.window().notice().isVisible(), patienceMs);
    QVERIFY2(program.window().notice().text().contains(u"Myself"_s),
             qPrintable(program.window().notice().text()));
    QVERIFY(program.services().captureState().isListening);
    QCOMPARE(program.port(), before);
    QVERIFY(program.services().setDestinations({}).has_value());
    send(good("m-2"));
}

void TstWindow::aMoveToATakenPortStaysWhereItWas()
{
    const Program &program = *m_program;
    const Workspace other;
    const quint16 before = program.port();
    program.services().listenOn(QString::number(other.serverPort()));
    QTRY_VERIFY_WITH_TIMEOUT(program.window().notice().isVisible(), patienceMs);
    QVERIFY2(program.window().notice().text().contains(QString::number(other.serverPort())),
             qPrintable(program.window().notice().text()));
    QVERIFY(program.services().captureState().isListening);
    QCOMPARE(program.port(), before);
    send(good("m-1"));
}

void TstWindow::theThemeSwitchesByKey()
{
    const Program &program = *m_program;
    send(renamed);
    select(0);
    const auto before = m_theme.variant();
    // Where it is seen: beside the buttons of the toolbar, and in the table.
    const auto grounds = [&program] {
        const QImage picture = program.window().grab().toImage();
        const QPoint table = program.table().viewport()->mapTo(
            &program.window(), program.table().viewport()->rect().bottomLeft() - QPoint(-4, 4));
        return std::pair(picture.pixelColor(4, 4), picture.pixelColor(table));
    };
    const auto ground = grounds();
    program.press(Qt::Key_T, Qt::ControlModifier);
    QVERIFY(m_theme.variant() != before);
    // Widgets learn of a palette with the next event.
    QTRY_VERIFY(grounds().first != ground.first && grounds().second != ground.second);
    QCOMPARE(program.table().selectedCount(), 1);
    program.press(Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(m_theme.variant(), before);
    QTRY_COMPARE(grounds(), ground);
}

void TstWindow::spacePausesAndMerges()
{
    const Program &program = *m_program;
    send(good("m-1"));
    program.press(Qt::Key_L, Qt::ControlModifier);
    program.type(u"order loaded"_s);
    QCOMPARE(program.window().filterBox().text(), u"order loaded"_s);
    QVERIFY(!program.model().isPaused());
    program.press(Qt::Key_Escape);
    program.press(Qt::Key_1, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(program.model().rowCount(), 1, patienceMs);
    program.press(Qt::Key_Space);
    QVERIFY(program.model().isPaused());
    QCOMPARE(postTrack(program.port(), good("m-2")), 200);
    QCOMPARE(postTrack(program.port(), renamed), 200);
    QTRY_COMPARE_WITH_TIMEOUT(program.model().heldBack(), 2U, patienceMs);
    QCOMPARE(program.model().rowCount(), 1);
    QVERIFY2(program.table().pill().isVisible() && program.table().pill().text().contains(u"2 new"_s),
             qPrintable(program.table().pill().text()));
    program.press(Qt::Key_Space);
    QVERIFY(!program.model().isPaused());
    QTRY_COMPARE_WITH_TIMEOUT(program.model().rowCount(), 3, patienceMs);
    QCOMPARE(program.state(2).status, event::Status::Violation);
}

void TstWindow::aNewSessionParts()
{
    const Program &program = *m_program;
    send(good("m-1"));
    program.press(Qt::Key_1, Qt::ControlModifier);
    program.press(Qt::Key_N, Qt::ControlModifier);
    auto *dialog = program.window().findChild<QInputDialog *>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    auto *name = dialog->findChild<QLineEdit *>();
    QVERIFY(name != nullptr);
    QTRY_VERIFY(name->hasFocus());
    name->selectAll();
    program.type(u"Second try"_s);
    program.press(Qt::Key_Return);
    QTRY_VERIFY(program.window().findChild<QInputDialog *>() == nullptr);
    backToWindow();
    send(good("m-2"));
    const auto sessionOf = [&program](int row) { return program.model().rowAt(row).summary.session; };
    QVERIFY(sessionOf(0) != sessionOf(1));
    // "Show this session only" means the one that runs.
    const auto newest = program.model().eventId(1);
    program.services().setSessionOnly(true);
    QTRY_COMPARE_WITH_TIMEOUT(program.model().rowCount(), 1, patienceMs);
    QCOMPARE(program.model().eventId(0), newest);
    program.services().newSession(u"Third try"_s);
    QTRY_COMPARE_WITH_TIMEOUT(program.model().rowCount(), 0, patienceMs);
    send(good("m-3"));
    program.services().setSessionOnly(false);
    QTRY_COMPARE_WITH_TIMEOUT(program.model().rowCount(), 3, patienceMs);
}

void TstWindow::aChangedPlanGivesNewVerdicts()
{
    const Program &program = *m_program;
    send(good("m-1"));
    send(renamed);
    select(1);
    program.services().openPlans({});
    QTRY_COMPARE_WITH_TIMEOUT(program.state(0).status, event::Status::Unchecked, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(program.state(1).status, event::Status::Unchecked, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(program.inspector().inspected() != nullptr &&
                                 program.inspector().inspected()->detail.event.state.status ==
                                     event::Status::Unchecked,
                             patienceMs);
    program.services().openPlans(program.plans());
    QTRY_COMPARE_WITH_TIMEOUT(program.state(0).status, event::Status::Valid, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(program.state(1).status, event::Status::Violation, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(program.inspector().inspected() != nullptr &&
                                 program.inspector().inspected()->detail.event.state.status ==
                                     event::Status::Violation,
                             patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(program.window().status().summary().contains(u"1 violation"_s), patienceMs);
}

void TstWindow::aRejectedRequestIsExplained()
{
    const Program &program = *m_program;
    const int status = support::statusOf(support::converse(
        program.port(),
        "POST /v1/batch HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 14\r\n\r\n{\"batch\": nope", 1));
    QVERIFY2(status == 200 || status == 400, qPrintable(QString::number(status)));
    QTRY_COMPARE_WITH_TIMEOUT(program.model().rowCount(), 1, patienceMs);
    QCOMPARE(program.state(0).status, event::Status::Rejected);
    select(0);
    QCOMPARE(program.inspector().currentTab(), Tab::Request);
    const QString request = Program::textsOf(program.inspector().requestTab());
    QVERIFY2(request.contains(u"Why it could not be used"_s) && request.contains(u"{\"batch\": nope"_s),
             qPrintable(request));
}

void TstWindow::theDemoPlaysAllSources()
{
    const Program &program = *m_program;
    program.press(Qt::Key_K, Qt::ControlModifier);
    auto *palette = program.window().findChild<ui::CommandPalette *>();
    QVERIFY(palette != nullptr);
    QTest::keyClicks(&palette->search(), u"play demo"_s);
    QTest::keyClick(&palette->search(), Qt::Key_Return);
    QVERIFY(program.services().isDemoPlaying());
    QSet<QString> seen;
    const QSet<QString> wanted{u"Tracker UI"_s,           u"Pilot UI"_s,
                               u"Merchant UI"_s,          u"MX Manager UI"_s,
                               u"Coco Marketplace App"_s, u"Backend Services"_s};
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            const QStringList sources = program.column(Model::SourceColumn);
            seen = QSet<QString>(sources.begin(), sources.end());
            return seen.contains(wanted);
        }(),
        120'000);
    QCOMPARE(seen, wanted);
    program.services().stopDemo();
    QVERIFY(!program.services().isDemoPlaying());
}

void TstWindow::aRestartShowsTheSameRows()
{
    send(good("m-1"));
    send(renamed);
    send(trackerEvent("m-2", R"({"deliveryId":"del_9"})", "Order Vanished"));
    const auto snapshot = [this] {
        QStringList rows;
        for (int row = 0; row < m_program->model().rowCount(); ++row) {
            rows +=
                u"%1 %2 %3 %4"_s.arg(event::raw(m_program->model().eventId(row)))
                    .arg(m_program->cell(row, Model::EventColumn), m_program->cell(row, Model::SourceColumn))
                    .arg(static_cast<int>(m_program->state(row).status));
        }
        return rows;
    };
    const QStringList before = snapshot();
    m_program.reset();
    open();
    QTRY_COMPARE_WITH_TIMEOUT(m_program->model().rowCount(), 3, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(snapshot(), before, patienceMs);
    QTRY_COMPARE(m_program->window().page(), Page::Stream);
    // And goes on behind them.
    send(good("m-3"));
    QCOMPARE(snapshot().first(3), before);
}

void TstWindow::aTakenPortOffersTheNext()
{
    const quint16 taken = m_program->port();
    const QTemporaryDir folder;
    const Program second(m_theme, folder.path(), QString::number(taken));
    QTRY_VERIFY_WITH_TIMEOUT(second.isUp(), patienceMs);
    const auto state = second.services().captureState();
    QVERIFY(!state.isListening);
    QVERIFY(state.suggestedPort > taken);
    const auto notices = second.window().findChildren<ui::Notice *>();
    const auto shown =
        std::ranges::find_if(notices, [](const ui::Notice *notice) { return notice->isVisible(); });
    QVERIFY(shown != notices.end());
    QVERIFY2((*shown)->text().contains(QString::number(taken)) && (*shown)->text().contains(u"tst_window"_s),
             qPrintable((*shown)->text()));
    QCOMPARE((*shown)->button().text(), u"Use port %1"_s.arg(state.suggestedPort));
    (*shown)->button().setFocus();
    QTest::keyClick(&(*shown)->button(), Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(second.services().captureState().isListening, patienceMs);
    QCOMPARE(second.port(), state.suggestedPort);
    QVERIFY(!(*shown)->isVisible());
    QCOMPARE(postTrack(second.port(), good("m-1")), 200);
    QTRY_COMPARE_WITH_TIMEOUT(second.model().rowCount(), 1, patienceMs);
}

QTEST_MAIN(TstWindow)
#include "tst_window.moc"
