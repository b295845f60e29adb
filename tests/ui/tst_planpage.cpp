// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/planpane.h"
#include "ui/plan/planhead.h"
#include "ui/plan/planproblems.h"
#include "ui/plan/schemaeditor.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/jsonview.h"
#include "ui/widgets/notice.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QToolButton>

using namespace Qt::StringLiterals;
using tests::PlanPane;
using ui::PropertyModel;

class TstPlanPage : public QObject
{
    Q_OBJECT
private slots:
    void emptyOffersWaysIn();
    void rulesAndPropertiesAreShown();
    void seenCountsComeWhileVisible();
    void severalPlansHaveAChooser();
    void openingAddsToThePlans();
    void theFormEditsTheEvent();
    void eventsAreAddedRenamedDuplicatedRemoved();
    void undoAndRedo();
    void changesFromOutsideAreTaken();
    void schemaIsTypedAndKeptInStep();
    void aSchemaWithAnErrorIsMended();
    void examplesAreAskedForWhenShown();
    void problemsJumpToTheirPlace();
    void aConflictIsAsked();
    void savingAndTheUnsavedMark();
    void whatIsBeingTypedIsSaved();
    void closingAsks();
    void quittingAsks();
    void showInTheStreamNamesTheEvent();
    void showRuleFindsItsPlan();
    void editsAreListed();
    void panesByKey();
    void everyControlHasAName();
    void aLargePlanIsEditedRowByRow();
};

void TstPlanPage::emptyOffersWaysIn()
{
    PlanPane pane;
    pane.page->show();
    auto *empty = pane.page->findChild<ui::EmptyState *>();
    QVERIFY(empty->isVisible());
    QTest::mouseClick(&empty->button(), Qt::LeftButton);
    auto *dialog = pane.page->findChild<QFileDialog *>();
    QVERIFY(dialog);
    emit dialog->filesSelected({u"/plans/New.json"_s});
    QCOMPARE(pane.services.openedPlans, QStringList{u"/plans/New.json"_s});
    delete dialog;
    QTest::mouseClick(pane.page->findChild<QPushButton *>(u"newPlan"_s), Qt::LeftButton);
    dialog = pane.page->findChild<QFileDialog *>();
    QVERIFY(dialog);
    emit dialog->fileSelected(u"/plans/mine.json"_s);
    QCOMPARE(pane.plans.created.size(), 1U);
    QCOMPARE(pane.plans.created.front().second, u"mine"_s);
    QVERIFY(!empty->isVisible());
    QVERIFY(pane.page->findChild<QPushButton *>(u"learnPlan"_s));
}

void TstPlanPage::rulesAndPropertiesAreShown()
{
    PlanPane pane;
    QAbstractItemModelTester events(&pane.page->events().model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester sheet(&pane.properties(),
                                   QAbstractItemModelTester::FailureReportingMode::QtTest);
    pane.show();
    QCOMPARE(pane.page->events().view().model()->rowCount(), 3);
    pane.select(u"Order Placed"_s);
    QCOMPARE(pane.properties().rowCount(), 6);
    QCOMPARE(pane.cell(0, PropertyModel::NameColumn), u"orderId"_s);
    QVERIFY(pane.sheet().isVisible());
    pane.select(QString(), event::CallType::Identify);
    QCOMPARE(pane.cell(0, PropertyModel::NameColumn), u"email"_s);
    auto *search = pane.page->findChild<QLineEdit *>(u"planSearch"_s);
    QTest::keyClicks(search, u"sku"_s);
    QCOMPARE(pane.page->events().view().model()->rowCount(), 1);
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(pane.page->events().view().hasFocus());
    pane.select(u"Order Cancelled"_s); // the search gives way
    QCOMPARE(pane.page->events().currentRule()->name, u"Order Cancelled"_s);
}

void TstPlanPage::seenCountsComeWhileVisible()
{
    PlanPane pane;
    pane.services.seenList = {{event::CallType::Track, u"Order Placed"_s, 1234, 7, 1'795'600'805'123'000}};
    pane.show();
    const auto seen = [&] {
        const auto &model = pane.page->events().model();
        return model.index(model.rowOf(event::CallType::Track, u"Order Placed"_s), 0)
            .data(ui::PlanModel::SeenRole)
            .toULongLong();
    };
    QCOMPARE(seen(), 1234ULL);
    const QString summary = pane.page->findChild<QLabel *>(u"planSummary"_s)->text();
    QVERIFY2(summary.contains(u"2 never seen"_s), qPrintable(summary));
    QTest::mouseClick(pane.page->findChild<QToolButton *>(u"showNeverSeen"_s), Qt::LeftButton);
    QCOMPARE(pane.page->events().view().model()->rowCount(), 2);
    pane.services.seenList.front().count = 1300;
    QTRY_COMPARE(seen(), 1300ULL); // the page asks again by itself
}

void TstPlanPage::severalPlansHaveAChooser()
{
    PlanPane pane;
    pane.show();
    auto *chooser = pane.page->findChild<QComboBox *>(u"planChooser"_s);
    QVERIFY(!chooser->isVisible());
    plan::Document web = tests::samplePlan(u"Web"_s);
    web.rules.resize(1);
    pane.plans.open(web);
    QVERIFY(chooser->isVisible());
    QCOMPARE(pane.page->events().model().rowCount(), 3);
    QTest::keyClick(chooser, Qt::Key_Down);
    QCOMPARE(chooser->currentText(), u"Web"_s);
    QCOMPARE(pane.page->events().model().rowCount(), 1);
    pane.plans.close(u"/plans/Web.json"_s);
    QCOMPARE(pane.page->events().model().rowCount(), 3);
}

void TstPlanPage::openingAddsToThePlans()
{
    PlanPane pane;
    pane.show();
    pane.page->choosePlans();
    auto *dialog = pane.page->findChild<QFileDialog *>();
    QVERIFY(dialog);
    emit dialog->filesSelected({u"/plans/New.json"_s, u"/plans/Coco.json"_s});
    QCOMPARE(pane.services.openedPlans, (QStringList{u"/plans/Coco.json"_s, u"/plans/New.json"_s}));
    pane.plans.open(tests::samplePlan(u"New"_s));
    QCOMPARE(pane.page->editor()->path(), u"/plans/New.json"_s); // what was opened is shown
    dialog->reject();
}

void TstPlanPage::theFormEditsTheEvent()
{
    PlanPane pane;
    pane.show();
    pane.select(u"Order Placed"_s);
    const auto rule = [&] { return pane.page->events().currentRule(); };
    auto *description = pane.page->findChild<QLineEdit *>(u"ruleDescription"_s);
    description->setFocus();
    QTest::keyClicks(description, u"A basket was paid."_s);
    QTest::keyClick(description, Qt::Key_Return);
    QCOMPARE(plan::descriptionOf(*rule()), u"A basket was paid."_s);
    auto *labels = pane.page->findChild<QLineEdit *>(u"ruleLabels"_s);
    QTest::keyClicks(labels, u"owner: growth, priority: high"_s);
    QTest::keyClick(labels, Qt::Key_Return);
    QCOMPARE(plan::labelsOf(*rule()).size(), 2U);
    auto *sources = pane.page->findChild<QLineEdit *>(u"ruleSources"_s);
    QTest::keyClicks(sources, u"Tracker UI, Pilot UI"_s);
    QTest::keyClick(sources, Qt::Key_Return);
    QCOMPARE(rule()->sources, (QStringList{u"Tracker UI"_s, u"Pilot UI"_s}));
    pane.page->findChild<QSpinBox *>(u"ruleVersion"_s)->setValue(2);
    QCOMPARE(rule()->version, 2);
    pane.page->findChild<QCheckBox *>(u"ruleDeprecated"_s)->click();
    QVERIFY(rule()->isDeprecated);
    auto *others = pane.page->findChild<QCheckBox *>(u"ruleOthers"_s);
    QVERIFY(others->isChecked());
    others->click();
    QVERIFY(!plan::allowsOthers(*rule()));
    auto *name = pane.page->findChild<QLineEdit *>(u"ruleName"_s);
    name->selectAll();
    QTest::keyClicks(name, u"Order Made"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(rule()->name, u"Order Made"_s);
    QCOMPARE(pane.plans.edits.size(), 7U);
    QCOMPARE(*pane.document().rules[0], *rule());
}

void TstPlanPage::eventsAreAddedRenamedDuplicatedRemoved()
{
    PlanPane pane;
    pane.show();
    auto &events = pane.page->events();
    events.view().setFocus();
    pane.press(Qt::Key_Insert);
    auto *dialog = pane.page->findChild<QDialog *>(u"addEventDialog"_s);
    QVERIFY(dialog);
    auto *name = dialog->findChild<QLineEdit *>(u"newEventName"_s);
    auto *add = dialog->findChild<QPushButton *>(u"newEventAdd"_s);
    QVERIFY(!add->isEnabled());
    QTest::keyClicks(name, u"Order Placed"_s);
    QVERIFY(!add->isEnabled()); // planned already
    QVERIFY(!dialog->findChild<QLabel *>(u"newEventMessage"_s)->text().isEmpty());
    QTest::keyClicks(name, u" Again"_s);
    QTest::mouseClick(add, Qt::LeftButton);
    QCOMPARE(events.currentRule()->name, u"Order Placed Again"_s);
    QCOMPARE(pane.document().rules.size(), 4U);

    pane.press(Qt::Key_F2);
    pane.type(u"Order Repeated"_s);
    pane.press(Qt::Key_Return);
    QCOMPARE(events.currentRule()->name, u"Order Repeated"_s);
    QCOMPARE(pane.document().rules.size(), 4U);

    pane.actions.find(u"plan.duplicateEvent"_s)->trigger();
    QCOMPARE(events.currentRule()->name, u"Order Repeated"_s);
    QCOMPARE(events.currentRule()->version, 2);
    QCOMPARE(pane.document().rules.size(), 5U);

    events.view().setFocus();
    pane.press(Qt::Key_Delete);
    QCOMPARE(pane.document().rules.size(), 4U);
    pane.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(pane.document().rules.size(), 5U);
    QCOMPARE(events.currentRule()->version, 2); // what came back is shown
}

void TstPlanPage::undoAndRedo()
{
    PlanPane pane;
    pane.show();
    pane.select(u"Order Placed"_s);
    pane.goTo(0, PropertyModel::TypeColumn);
    pane.type(u"integer"_s);
    pane.press(Qt::Key_Return);
    pane.select(u"Order Cancelled"_s);
    pane.goTo(0, PropertyModel::DescriptionColumn);
    pane.type(u"Why"_s);
    pane.press(Qt::Key_Return);
    QCOMPARE(pane.cell(0, PropertyModel::DescriptionColumn), u"Why"_s);
    pane.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(pane.cell(0, PropertyModel::DescriptionColumn), QString());
    pane.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(pane.page->events().currentRule()->name, u"Order Placed"_s); // goes where it undoes
    QCOMPARE(pane.cell(0, PropertyModel::TypeColumn), u"string"_s);
    pane.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(pane.cell(0, PropertyModel::TypeColumn), u"integer"_s);
    QCOMPARE(*pane.document().rules[0], *pane.page->events().currentRule());
    QVERIFY(pane.actions.find(u"plan.redo"_s)->isEnabled());
}

void TstPlanPage::changesFromOutsideAreTaken()
{
    PlanPane pane;
    pane.show();
    pane.select(u"Order Cancelled"_s);
    plan::Document other = tests::samplePlan();
    other.rules.insert(other.rules.begin(), tests::sampleRule(u"Order Paid"_s, "{}"));
    pane.plans.changeOnDisk(other);
    QCOMPARE(pane.page->events().model().rowCount(), 4);
    QCOMPARE(pane.plans.edits.size(), 0U); // taken, not sent back
    QVERIFY(pane.page->editor()->steps().canUndo());
    // What says the same is no step.
    const int steps = pane.page->editor()->steps().count();
    plan::Document same = tests::samplePlan();
    same.rules.insert(same.rules.begin(), tests::sampleRule(u"Order Paid"_s, "{}"));
    pane.plans.changeOnDisk(same);
    QCOMPARE(pane.page->editor()->steps().count(), steps);
}

void TstPlanPage::schemaIsTypedAndKeptInStep()
{
    PlanPane pane;
    pane.show();
    pane.select(u"Order Cancelled"_s);
    auto *editor = pane.page->schema().view().editor();
    const QString before = editor->toPlainText();
    QVERIFY2(before.contains(u"\"reason\""_s), qPrintable(before));
    QTextCursor cursor = editor->document()->find(u"\"reason\""_s);
    cursor.insertText(u"\"cause\""_s);
    QTRY_COMPARE(pane.cell(0, PropertyModel::NameColumn), u"cause"_s);
    QCOMPARE(pane.plans.edits.size(), 1U);
    // The sheet's edit reaches the text; the cursor stays where it was.
    cursor = editor->document()->find(u"\"cause\""_s);
    editor->setTextCursor(cursor);
    pane.goTo(0, PropertyModel::DescriptionColumn);
    pane.type(u"Why"_s);
    pane.press(Qt::Key_Return);
    QVERIFY(editor->toPlainText().contains(u"\"description\": \"Why\""_s));
    QCOMPARE(editor->textCursor().selectedText(), u"\"cause\""_s);
    // Typed in another layout it stays as it was typed.
    editor->selectAll();
    editor->insertPlainText(QString(before).remove(u'\n'));
    QTRY_COMPARE(pane.cell(0, PropertyModel::NameColumn), u"reason"_s);
    QVERIFY(!editor->toPlainText().contains(u'\n'));
}

void TstPlanPage::aSchemaWithAnErrorIsMended()
{
    PlanPane pane;
    pane.show();
    pane.select(u"Order Cancelled"_s);
    auto &schema = pane.page->schema();
    auto *editor = schema.view().editor();
    const QString before = editor->toPlainText();
    QTextCursor cursor = editor->document()->find(u"\"reason\":"_s);
    const int line = cursor.blockNumber();
    cursor.insertText(u"\"reason\""_s);
    QTRY_VERIFY(!schema.message().isEmpty());
    QVERIFY2(schema.message().contains(u"Line %1"_s.arg(line + 1)), qPrintable(schema.message()));
    QCOMPARE(editor->extraSelections().size(), 1);
    QCOMPARE(editor->extraSelections().front().cursor.blockNumber(), line);
    QCOMPARE(pane.plans.edits.size(), 0U);
    QCOMPARE(pane.cell(0, PropertyModel::NameColumn), u"reason"_s);
    const QString typed = editor->toPlainText();
    // The sheet goes on; what was typed stays.
    pane.goTo(0, PropertyModel::DescriptionColumn);
    pane.type(u"Why"_s);
    pane.press(Qt::Key_Return);
    QCOMPARE(editor->toPlainText(), typed);
    QTest::mouseClick(schema.findChild<QPushButton *>(u"discardSchema"_s), Qt::LeftButton);
    QVERIFY(schema.message().isEmpty());
    QVERIFY(editor->toPlainText().contains(u"\"Why\""_s));
    // A wrong schema in right JSON is marked as well.
    QTextCursor type = editor->document()->find(u"\"string\""_s);
    const int typeLine = type.blockNumber();
    type.insertText(u"\"strng\""_s);
    QTRY_VERIFY(!schema.message().isEmpty());
    QVERIFY2(editor->extraSelections().size() == 1, qPrintable(schema.message()));
    QCOMPARE(editor->extraSelections().front().cursor.blockNumber(), typeLine);
    editor->undo();
    QTRY_VERIFY(schema.message().isEmpty());
    QCOMPARE(editor->extraSelections().size(), 0);
}

void TstPlanPage::examplesAreAskedForWhenShown()
{
    PlanPane pane;
    pane.plans.exampleLists[u"Order Placed"_s] = {
        {event::EventId(7), 1'795'600'805'123'000, u"Tracker UI"_s, event::Status::Violation,
         "{\n  \"a\": 1\n}"},
        {event::EventId(5), 1'795'600'804'123'000, u"Pilot UI"_s, event::Status::Valid, "{}"}};
    pane.show();
    pane.select(u"Order Placed"_s);
    QCOMPARE(pane.plans.exampleQuestions.size(), 0U);
    pane.page->findChild<QTabBar *>(u"planTabs"_s)->setCurrentIndex(1);
    QCOMPARE(pane.plans.exampleQuestions.size(), 1U);
    auto *list = pane.page->findChild<QListWidget *>(u"exampleList"_s);
    QCOMPARE(list->count(), 2);
    auto *json = pane.page->findChild<ui::JsonView *>(u"exampleJson"_s);
    QVERIFY(json->text().contains(u"\"a\": 1"_s));
    list->setCurrentRow(1);
    QCOMPARE(json->text(), u"{}"_s);
    QSignalSpy wanted(pane.page.get(), &ui::PlanPage::eventWanted);
    QTest::mouseClick(pane.page->findChild<QPushButton *>(u"exampleInStream"_s), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.front().front().value<event::EventId>(), event::EventId(5));
    pane.select(u"Order Cancelled"_s);
    QVERIFY(pane.page->findChild<QLabel *>(u"noExamples"_s)->isVisible());
}

void TstPlanPage::problemsJumpToTheirPlace()
{
    PlanPane pane;
    pane.show();
    auto *strip = pane.page->findChild<ui::PlanProblems *>();
    QVERIFY(!strip->isVisible());
    check::PlanIssue similar;
    similar.fault = check::PlanFault::SimilarProperties;
    similar.type = event::CallType::Track;
    similar.name = u"Order Placed"_s;
    similar.path = {u"state"_s};
    similar.message = u"`state` is much like `stage`."_s;
    check::PlanIssue bad = similar;
    bad.fault = check::PlanFault::BadSchema;
    bad.severity = event::Severity::Error;
    bad.name = u"Order Cancelled"_s;
    bad.path.clear();
    pane.plans.setIssues(u"/plans/Coco.json"_s, {bad, similar, bad});
    QVERIFY(strip->isVisible());
    QAbstractItemModelTester tester(&strip->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(strip->model().rowCount(), 5); // two headings
    QVERIFY(strip->model().index(0).data().toString().contains(u'2'));
    strip->setUnfolded(Qt::Checked);
    QVERIFY(strip->list().isVisible());
    strip->list().setFocus();
    strip->list().setCurrentIndex(strip->model().index(4));
    QTest::keyClick(&strip->list(), Qt::Key_Return);
    QCOMPARE(pane.page->events().currentRule()->name, u"Order Placed"_s);
    QCOMPARE(pane.sheet().currentIndex().row(), pane.properties().rowOf({u"state"_s}));
    QTest::mouseClick(pane.page->findChild<QToolButton *>(u"showProblems"_s), Qt::LeftButton);
    QCOMPARE(pane.page->events().view().model()->rowCount(), 2);
    pane.plans.setIssues(u"/plans/Coco.json"_s, {similar});
    QCOMPARE(strip->model().rowCount(), 1); // of one kind, which the line above says
    pane.plans.setIssues(u"/plans/Coco.json"_s, {});
    QVERIFY(!strip->isVisible());
}

void TstPlanPage::aConflictIsAsked()
{
    PlanPane pane;
    pane.show();
    pane.select(u"Order Placed"_s);
    pane.goTo(0, PropertyModel::DescriptionColumn);
    pane.type(u"Mine"_s);
    pane.press(Qt::Key_Return);
    QVERIFY(!pane.page->conflict().isVisible());
    plan::Document theirs = tests::samplePlan();
    theirs.rules.pop_back();
    pane.plans.changeOnDisk(theirs);
    QVERIFY(pane.page->conflict().isVisible());
    QVERIFY(pane.page->conflict().text().contains(u"changed by someone else while you edited here"_s));
    QCOMPARE(pane.page->events().model().rowCount(), 3);
    QTest::mouseClick(&pane.page->conflict().thirdButton(), Qt::LeftButton);
    QCOMPARE(pane.plans.resolved.back().second, ui::PlanServices::Keep::Edits);
    QVERIFY(!pane.page->conflict().isVisible());
    pane.plans.changeOnDisk(theirs);
    QTest::mouseClick(&pane.page->conflict().secondButton(), Qt::LeftButton);
    QCOMPARE(pane.plans.resolved.back().second, ui::PlanServices::Keep::File);
    QVERIFY(!pane.page->conflict().isVisible());
    QCOMPARE(pane.page->events().model().rowCount(), 2);
    pane.page->editor()->steps().undo(); // and even that can be taken back
    QCOMPARE(pane.page->events().model().rowCount(), 3);
}

void TstPlanPage::savingAndTheUnsavedMark()
{
    PlanPane pane;
    pane.show();
    auto *mark = pane.page->findChild<QWidget *>(u"planUnsaved"_s);
    auto *save = pane.page->findChild<QPushButton *>(u"savePlan"_s);
    QVERIFY(!mark->isVisible());
    QVERIFY(!save->isEnabled());
    pane.select(u"Order Placed"_s);
    pane.goTo(0, PropertyModel::DescriptionColumn);
    pane.type(u"x"_s);
    pane.press(Qt::Key_Return);
    QVERIFY(mark->isVisible());
    pane.plans.writeError = base::Error{base::ErrorCode::DiskFull, u"The disk is full."_s, {}, {}};
    QSignalSpy failed(&pane.services, &ui::Services::failed);
    QTest::mouseClick(save, Qt::LeftButton);
    QCOMPARE(failed.size(), 1);
    QVERIFY(mark->isVisible());
    pane.plans.writeError.reset();
    QTest::mouseClick(save, Qt::LeftButton);
    QCOMPARE(pane.plans.saves.size(), 2);
    QVERIFY(!mark->isVisible());
}

void TstPlanPage::whatIsBeingTypedIsSaved()
{
    PlanPane pane;
    pane.show();
    pane.select(u"Order Placed"_s);
    pane.goTo(0, PropertyModel::DescriptionColumn);
    pane.type(u"Half"_s);
    pane.page->save();
    QCOMPARE(pane.cell(0, PropertyModel::DescriptionColumn), u"Half"_s);
    QCOMPARE(pane.plans.saves.size(), 1);
    QVERIFY(pane.sheet().hasFocus());
    auto *editor = pane.page->schema().view().editor();
    editor->document()->find(u"\"Half\""_s).insertText(u"\"Whole\""_s);
    pane.page->save();
    QCOMPARE(pane.cell(0, PropertyModel::DescriptionColumn), u"Whole"_s);
    QCOMPARE(pane.plans.edits.size(), 2U);
}

void TstPlanPage::closingAsks()
{
    PlanPane pane;
    pane.show();
    pane.page->closePlan();
    QCOMPARE(pane.services.openedPlans, QStringList());
    pane.services.openedPlans = {u"nothing yet"_s};
    pane.goTo(0, PropertyModel::DescriptionColumn);
    pane.type(u"x"_s);
    pane.press(Qt::Key_Return);
    const auto answer = [&](const QString &text) {
        pane.page->closePlan();
        auto *question = pane.page->findChild<QMessageBox *>(u"closeQuestion"_s);
        const auto buttons = question->buttons();
        const auto found = std::ranges::find(buttons, text, &QAbstractButton::text);
        (*found)->click();
        delete question;
    };
    answer(u"Cancel"_s);
    QCOMPARE(pane.services.openedPlans, QStringList{u"nothing yet"_s});
    answer(u"Don't save"_s);
    QCOMPARE(pane.services.openedPlans, QStringList());
    QCOMPARE(pane.plans.saves.size(), 0);
    answer(u"Save"_s);
    QCOMPARE(pane.plans.saves.size(), 1);
}

void TstPlanPage::quittingAsks()
{
    PlanPane pane;
    pane.show();
    QVERIFY(pane.page->mayClose());
    pane.goTo(0, PropertyModel::DescriptionColumn);
    pane.type(u"x"_s);
    pane.press(Qt::Key_Return);
    QSignalSpy allowed(pane.page.get(), &ui::PlanPage::closeAllowed);
    QVERIFY(!pane.page->mayClose());
    auto *question = pane.page->findChild<QMessageBox *>(u"quitQuestion"_s);
    QVERIFY(question);
    const auto buttons = question->buttons();
    (*std::ranges::find(buttons, u"Don't save"_s, &QAbstractButton::text))->click();
    QCOMPARE(allowed.size(), 1);
    QVERIFY(pane.page->mayClose());
}

void TstPlanPage::showInTheStreamNamesTheEvent()
{
    PlanPane pane;
    pane.show();
    pane.select(u"Order Placed"_s);
    QSignalSpy wanted(pane.page.get(), &ui::PlanPage::streamWanted);
    QTest::mouseClick(pane.page->findChild<QPushButton *>(u"planInStream"_s), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.front().front().toString(), u"type:track event:\"Order Placed\""_s);
}

void TstPlanPage::showRuleFindsItsPlan()
{
    PlanPane pane;
    pane.show();
    plan::Document web = tests::samplePlan(u"Web"_s);
    web.rules = {tests::sampleRule(u"Page Opened"_s, R"({"url": {}, "title": {}})")};
    pane.plans.open(web);
    pane.page->showRule(event::CallType::Track, u"Page Opened"_s, {u"title"_s});
    QCOMPARE(pane.page->editor()->path(), u"/plans/Web.json"_s);
    QCOMPARE(pane.page->events().currentRule()->name, u"Page Opened"_s);
    QCOMPARE(pane.sheet().currentIndex().row(), 1);
    QVERIFY(pane.sheet().hasFocus());
}

void TstPlanPage::editsAreListed()
{
    PlanPane pane;
    pane.show();
    pane.select(u"Order Placed"_s);
    pane.goTo(0, PropertyModel::RequiredColumn);
    pane.press(Qt::Key_Space);
    auto *tabs = pane.page->findChild<QTabBar *>(u"planTabs"_s);
    tabs->setCurrentIndex(2);
    auto *changes = pane.page->findChild<QTableView *>(u"planChanges"_s);
    QCOMPARE(changes->model()->rowCount(), 1);
    QVERIFY(tabs->tabText(2).contains(u'1'));
    pane.page->editor()->steps().undo();
    QTRY_COMPARE(changes->model()->rowCount(), 0);
}

void TstPlanPage::panesByKey()
{
    PlanPane pane;
    pane.show();
    pane.page->events().view().setFocus();
    const auto isIn = [](const QWidget &part) { return part.isAncestorOf(QApplication::focusWidget()); };
    pane.press(Qt::Key_F6);
    QVERIFY(!isIn(pane.page->events()));
    pane.press(Qt::Key_F6);
    QVERIFY(pane.sheet().hasFocus());
    pane.press(Qt::Key_F6);
    QVERIFY(isIn(pane.page->schema()));
    pane.press(Qt::Key_F6);
    QVERIFY(pane.page->events().view().hasFocus());
    pane.press(Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(isIn(pane.page->schema()));
}

void TstPlanPage::everyControlHasAName()
{
    PlanPane pane;
    pane.show();
    for (const QWidget *widget : pane.page->findChildren<QWidget *>()) {
        const bool isControl = widget->focusPolicy() != Qt::NoFocus && widget->isVisible() &&
                               widget->focusPolicy() != Qt::ClickFocus;
        if (!isControl || widget->size().isEmpty() || widget->focusProxy() != nullptr) {
            continue;
        }
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const QString name = !widget->accessibleName().isEmpty() ? widget->accessibleName()
                             : button != nullptr                 ? button->text()
                                                                 : QString();
        QVERIFY2(!name.isEmpty(),
                 qPrintable(u"%1 %2"_s.arg(QString::fromLatin1(widget->metaObject()->className()),
                                           widget->objectName())));
    }
}

void TstPlanPage::aLargePlanIsEditedRowByRow()
{
    plan::Document large;
    large.name = u"Large"_s;
    large.path = u"/plans/large.json"_s;
    QString properties;
    for (int i = 0; i < 15; ++i) {
        properties += u"%1\"property%2\": {\"type\": \"string\"}"_s.arg(i == 0 ? QString() : u","_s).arg(i);
    }
    const QByteArray json = '{' + properties.toUtf8() + '}';
    for (int i = 0; i < 2'000; ++i) {
        large.rules.push_back(tests::sampleRule(u"Event %1"_s.arg(i), json.constData()));
    }
    PlanPane pane;
    pane.show(large);
    QCOMPARE(pane.page->events().model().rowCount(), 2'000);
    pane.select(u"Event 1234"_s);
    QCOMPARE(pane.properties().rowCount(), 15);
    QSignalSpy changed(&pane.page->events().model(), &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&pane.page->events().model(), &QAbstractItemModel::modelReset);
    QSignalSpy cells(&pane.properties(), &QAbstractItemModel::dataChanged);
    QSignalSpy sheetReset(&pane.properties(), &QAbstractItemModel::modelReset);
    pane.goTo(3, PropertyModel::DescriptionColumn);
    pane.type(u"Typed"_s);
    pane.press(Qt::Key_Return);
    QCOMPARE(pane.plans.edits.size(), 1U);
    QCOMPARE(reset.size() + sheetReset.size(), 0);
    for (const auto &arguments : changed) {
        QCOMPARE(arguments.at(0).toModelIndex().row(), 1'234);
        QCOMPARE(arguments.at(1).toModelIndex().row(), 1'234);
    }
    for (const auto &arguments : cells) {
        QCOMPARE(arguments.at(0).toModelIndex().row(), 3);
    }
}

QTEST_MAIN(TstPlanPage)
#include "tst_planpage.moc"
