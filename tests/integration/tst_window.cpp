// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/sdkrun.h"
#include "tests/integration/windowtest.h"
#include "ui/commands/commandpalette.h"
#include "ui/inspector/eventtab.h"
#include "ui/inspector/findingstab.h"
#include "ui/inspector/requesttab.h"
#include "ui/itemmodels/jsontreemodel.h"
#include "ui/setup/setuppage.h"
#include "ui/widgets/filterbox.h"
#include "ui/widgets/statusbarview.h"

#include <QInputDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>

using namespace Qt::StringLiterals;
using namespace tests;
using Page = ui::MainWindow::Page;
using Model = ui::StreamModel;
using Tab = ui::Inspector::Tab;

/// The real window over the real engine, driven as a person at the keyboard would, while apps send.
class TstWindow final : public WindowTest
{
    Q_OBJECT

private slots:
    void nodeSdkCallsAppear();
    void browserSdkCallsAppear();
    void aViolationIsShownWhereItIs();
    void theFilterIsDrivenByKeys();
    void enterAppliesTheFilterAndKeepsTheKeys();
    void aFilterMistakeIsUnderlined();
    void theThemeSwitchesByKey();
    void spacePausesAndMerges();
    void aNewSessionParts();
    void aChangedPlanGivesNewVerdicts();
    void aRenamedSourceIsCheckedAnew();
    void aRejectedRequestIsExplained();
    void theDemoPlaysAllSources();
};

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
    send(renamed());
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
    send(renamed());
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
    send(renamed());
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

void TstWindow::theThemeSwitchesByKey()
{
    const Program &program = *m_program;
    send(renamed());
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
    QCOMPARE(postTrack(program.port(), renamed()), 200);
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
    send(renamed());
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

void TstWindow::aRenamedSourceIsCheckedAnew()
{
    const Program &program = *m_program;
    // Without the app's name no plan covers it.
    send(QByteArray(renamed()).replace(R"("app":{"name":"Tracker UI"},)", ""));
    QVERIFY(program.cell(0, Model::SourceColumn) != u"Tracker UI"_s);
    QCOMPARE(program.state(0).status, event::Status::Unchecked);
    program.services().renameSource(program.model().rowAt(0).summary.source, u"Tracker UI"_s);
    QTRY_COMPARE_WITH_TIMEOUT(program.cell(0, Model::SourceColumn), u"Tracker UI"_s, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(program.state(0).status, event::Status::Violation, patienceMs);
    send(QByteArray(good("m-1")).replace(R"("app":{"name":"Tracker UI"},)", ""));
    QCOMPARE(program.cell(1, Model::SourceColumn), u"Tracker UI"_s);
    QCOMPARE(program.state(1).status, event::Status::Valid);
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

QTEST_MAIN(TstWindow)
#include "tst_window.moc"
