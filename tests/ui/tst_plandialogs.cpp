// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/planpane.h"
#include "ui/plan/changelist.h"
#include "ui/plan/comparedialog.h"
#include "ui/plan/exportdialog.h"
#include "ui/plan/mergedialog.h"
#include "ui/plan/mergereview.h"
#include "ui/plan/selectionchooser.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using tests::PlanPane;

namespace {

plan::InferredRule learnt(const QString &name, std::uint64_t events, bool isWeak = false)
{
    plan::InferredRule rule;
    rule.rule = *tests::sampleRule(name, R"({"orderId": {"type": "string"}, "lane": {"type": "integer"}})",
                                   R"(["orderId"])");
    rule.events = events;
    rule.sources = {u"Tracker UI"_s};
    rule.isBelowMinSeen = isWeak;
    plan::Evidence evidence;
    evidence.path = {u"orderId"_s};
    evidence.seen = events;
    evidence.of = events;
    evidence.types = {{u"string"_s, events}};
    rule.evidence = {evidence};
    return rule;
}

QPushButton *button(const QWidget &parent, const QString &name)
{
    return parent.findChild<QPushButton *>(name);
}

} // namespace

class TstPlanDialogs : public QObject
{
    Q_OBJECT
private slots:
    void learnsIntoAPlan();
    void learningIsStopped();
    void learningFails();
    void learnsANewPlan();
    void mergesAFile();
    void comparesWithWhatWasSaved();
    void judgesByCapturedEvents();
    void aFileThatCannotBeReadIsSaid();
    void exportTellsWhatIsLost();
};

void TstPlanDialogs::learnsIntoAPlan()
{
    PlanPane pane;
    pane.plans.inferredRules = {learnt(u"Order Placed"_s, 412), learnt(u"Robot Parked"_s, 40),
                                learnt(u"Robot Lost"_s, 2, true)};
    pane.plans.sessionList = {{event::SessionId(3), u"Morning"_s, 1'795'600'805'123'000, 500},
                              {event::SessionId(2), u"Before"_s, 1'795'500'805'123'000, 90}};
    pane.show();
    pane.page->setStreamFilter(u"type:track"_s);
    pane.actions.find(u"plan.learn"_s)->trigger();
    auto *dialog = pane.page->findChild<ui::InferDialog *>();
    QVERIFY(dialog);
    QVERIFY(!dialog->review().isVisible());
    auto *choice = dialog->findChild<QComboBox *>(u"selectionChoice"_s);
    QCOMPARE(choice->count(), 4);
    choice->setCurrentIndex(1);
    dialog->findChild<QSpinBox *>(u"minSeen"_s)->setValue(5);
    QTest::mouseClick(button(*dialog, u"learnButton"_s), Qt::LeftButton);
    QCOMPARE(pane.plans.inferences.size(), 1U);
    QCOMPARE(pane.plans.inferences[0].selection.filter, u"type:track"_s);
    QCOMPARE(pane.plans.inferences[0].options.minSeen, 5U);
    choice->setCurrentIndex(2);
    QTest::mouseClick(button(*dialog, u"learnButton"_s), Qt::LeftButton);
    QCOMPARE(pane.plans.inferences[1].selection.sessions, std::vector{event::SessionId(3)});

    QVERIFY(dialog->review().isVisible());
    ui::MergeModel &steps = dialog->review().model();
    QAbstractItemModelTester tester(&steps, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(steps.rowCount(), 3);
    QCOMPARE(steps.chosenCount(), 2); // too few events are not chosen by themselves
    int placed = 0;
    while (steps.index(placed, 0).data().toString() != u"Order Placed"_s) {
        ++placed;
    }
    dialog->review().steps().setCurrentIndex(steps.index(placed, 0));
    QTreeWidget &evidence = dialog->review().evidence();
    QCOMPARE(evidence.topLevelItemCount(), 2);
    QCOMPARE(evidence.topLevelItem(0)->text(0), u"orderId"_s);
    QVERIFY2(evidence.topLevelItem(0)->text(2).contains(u"412 of 412"_s),
             qPrintable(evidence.topLevelItem(0)->text(2)));
    QVERIFY(evidence.topLevelItem(0)->text(1).contains(u"required"_s));
    for (int row = 0; row < 3; ++row) {
        if (steps.index(row, 0).data().toString() == u"Robot Parked"_s) {
            steps.setData(steps.index(row, 0), Qt::Unchecked, Qt::CheckStateRole);
        }
    }
    QCOMPARE(steps.chosenCount(), 1);
    QTest::mouseClick(button(*dialog, u"mergeButton"_s), Qt::LeftButton);
    QCOMPARE(pane.plans.edits.size(), 1U); // one step
    QCOMPARE(pane.document().rules.size(), 3U);
    QCOMPARE(pane.page->events().currentRule()->name, u"Order Placed"_s);
    QVERIFY(pane.properties().rowOf({u"lane"_s}) >= 0);
    pane.page->editor()->steps().undo();
    QCOMPARE(pane.properties().rowOf({u"lane"_s}), -1);
}

void TstPlanDialogs::learningIsStopped()
{
    PlanPane pane;
    pane.plans.isHeld = true;
    pane.plans.inferredRules = {learnt(u"Order Placed"_s, 412)};
    pane.show();
    pane.page->learn();
    auto *dialog = pane.page->findChild<ui::InferDialog *>();
    QTest::mouseClick(button(*dialog, u"learnButton"_s), Qt::LeftButton);
    auto *progress = dialog->findChild<QProgressBar *>();
    QVERIFY(progress->isVisible());
    pane.plans.progress(0.5);
    QCOMPARE(progress->value(), 500);
    QTest::mouseClick(button(*dialog, u"stopLearning"_s), Qt::LeftButton);
    QCOMPARE(pane.plans.cancels, 1);
    QVERIFY(!progress->isVisible());
    pane.plans.release();
    QVERIFY(!dialog->review().isVisible());
    QTest::mouseClick(button(*dialog, u"learnButton"_s), Qt::LeftButton);
    dialog->reject(); // closing ends it too
    QCOMPARE(pane.plans.cancels, 2);
}

void TstPlanDialogs::learningFails()
{
    PlanPane pane;
    pane.plans.jobError = base::Error{base::ErrorCode::BadInput, u"The filter ends too early."_s, {}, {}};
    pane.show();
    pane.page->learn();
    auto *dialog = pane.page->findChild<ui::InferDialog *>();
    QTest::mouseClick(button(*dialog, u"learnButton"_s), Qt::LeftButton);
    QVERIFY(dialog->findChild<QLabel *>(u"inferMessage"_s)->text().contains(u"ends too early"_s));
    pane.plans.jobError.reset();
    QTest::mouseClick(button(*dialog, u"learnButton"_s), Qt::LeftButton);
    QVERIFY(dialog->findChild<QLabel *>(u"inferMessage"_s)->text().contains(u"No event was found"_s));
}

void TstPlanDialogs::learnsANewPlan()
{
    PlanPane pane;
    pane.plans.inferredRules = {learnt(u"Order Placed"_s, 412)};
    pane.page->show();
    QTest::mouseClick(button(*pane.page, u"learnPlan"_s), Qt::LeftButton);
    auto *dialog = pane.page->findChild<ui::InferDialog *>();
    QTest::mouseClick(button(*dialog, u"learnButton"_s), Qt::LeftButton);
    QTest::mouseClick(button(*dialog, u"mergeButton"_s), Qt::LeftButton);
    auto *file = pane.page->findChild<QFileDialog *>();
    QVERIFY(file);
    emit file->fileSelected(u"/plans/learnt.json"_s);
    QCOMPARE(pane.plans.created.front().first, u"/plans/learnt.json"_s);
    QCOMPARE(pane.document().rules.size(), 1U);
    QCOMPARE(pane.page->events().model().rowCount(), 1);
}

void TstPlanDialogs::mergesAFile()
{
    PlanPane pane;
    pane.show();
    plan::Document from = tests::samplePlan(u"Theirs"_s);
    from.rules = {tests::sampleRule(u"Order Placed"_s, R"({"tip": {"type": "number"}})"),
                  tests::sampleRule(u"Order Rated"_s, R"({"stars": {"type": "integer"}})")};
    pane.plans.files[u"/plans/theirs.yaml"_s] = from;
    pane.actions.find(u"plan.merge"_s)->trigger();
    auto *file = pane.page->findChild<QFileDialog *>();
    emit file->fileSelected(u"/plans/theirs.yaml"_s);
    auto *dialog = pane.page->findChild<ui::MergeDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->review().model().rowCount(), 2);
    auto *mode = dialog->findChild<QComboBox *>(u"mergeMode"_s);
    mode->setCurrentIndex(2); // and remove: not chosen by itself
    QCOMPARE(dialog->review().model().rowCount(), 4);
    QCOMPARE(dialog->review().model().chosenCount(), 2);
    mode->setCurrentIndex(0);
    QTest::mouseClick(button(*dialog, u"mergeButton"_s), Qt::LeftButton);
    QCOMPARE(pane.document().rules.size(), 4U);
    pane.select(u"Order Placed"_s);
    QVERIFY(pane.properties().rowOf({u"tip"_s}) >= 0);
    QVERIFY(pane.properties().rowOf({u"orderId"_s}) >= 0);
    pane.page->editor()->steps().undo();
    QCOMPARE(pane.document().rules.size(), 3U);
}

void TstPlanDialogs::comparesWithWhatWasSaved()
{
    PlanPane pane;
    pane.show();
    pane.select(u"Order Placed"_s);
    pane.properties().setData(pane.properties().index(1, ui::PropertyModel::TypeColumn), u"number"_s,
                              Qt::EditRole);
    pane.actions.find(u"plan.compare"_s)->trigger();
    auto *dialog = pane.page->findChild<ui::CompareDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QComboBox *>(u"compareBefore"_s)->count(), 2);
    QCOMPARE(dialog->changes().changes().rowCount(), 1);
    QAbstractItemModelTester tester(&dialog->changes().changes(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QString summary = dialog->findChild<QLabel *>(u"compareSummary"_s)->text();
    QVERIFY2(summary.contains(u"1 change"_s), qPrintable(summary));
    plan::Document less = tests::samplePlan();
    less.rules.pop_back();
    pane.plans.files[u"/old/plan.csv"_s] = less;
    dialog->addFile(u"/old/plan.csv"_s);
    QCOMPARE(dialog->findChild<QComboBox *>(u"compareAfter"_s)->currentText(), u"plan.csv"_s);
    QCOMPARE(dialog->changes().changes().rowCount(), 1); // from as saved: an event went
    emit dialog->changes().chosen(dialog->changes().changes().changes().front());
    QVERIFY(!dialog->isVisible());
}

void TstPlanDialogs::judgesByCapturedEvents()
{
    PlanPane pane;
    plan::BreakCheck::Outcome outcome;
    outcome.type = event::CallType::Track;
    outcome.name = u"Order Placed"_s;
    outcome.events = 400;
    outcome.broken = 12;
    outcome.causes = {{event::Finding(), 12, event::EventId(77)}};
    pane.plans.breaks = {400, {outcome}};
    pane.show();
    pane.properties().setData(pane.properties().index(0, ui::PropertyModel::TypeColumn), u"integer"_s,
                              Qt::EditRole);
    pane.page->compare();
    auto *dialog = pane.page->findChild<ui::CompareDialog *>();
    QTest::mouseClick(button(*dialog, u"judgeButton"_s), Qt::LeftButton);
    QCOMPARE(pane.plans.breakQuestions.size(), 1U);
    QTreeWidget &outcomes = dialog->outcomes();
    QCOMPARE(outcomes.topLevelItemCount(), 1);
    QCOMPARE(outcomes.topLevelItem(0)->text(2), u"12"_s);
    const QString verdict = dialog->findChild<QLabel *>(u"compareVerdict"_s)->text();
    QVERIFY2(verdict.contains(u"12"_s), qPrintable(verdict));
    QSignalSpy wanted(pane.page.get(), &ui::PlanPage::eventWanted);
    outcomes.setCurrentItem(outcomes.topLevelItem(0)->child(0));
    QTest::keyClick(&outcomes, Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.front().front().value<event::EventId>(), event::EventId(77));
}

void TstPlanDialogs::aFileThatCannotBeReadIsSaid()
{
    PlanPane pane;
    pane.show();
    pane.page->compare();
    auto *dialog = pane.page->findChild<ui::CompareDialog *>();
    QVERIFY(!button(*dialog, u"judgeButton"_s)->isEnabled()); // with itself there is nothing to judge
    dialog->addFile(u"/nowhere.json"_s);
    QVERIFY(dialog->findChild<QLabel *>(u"compareSummary"_s)->text().contains(u"no such file"_s));
    QSignalSpy failed(&pane.services, &ui::Services::failed);
    dialog->accept();
    pane.page->mergeFile();
    emit pane.page->findChild<QFileDialog *>()->fileSelected(u"/nowhere.json"_s);
    QCOMPARE(failed.size(), 1);
}

void TstPlanDialogs::exportTellsWhatIsLost()
{
    PlanPane pane;
    plan::Document document = tests::samplePlan();
    plan::RuleSource patterned = *document.rules[1];
    patterned.schema["properties"]["properties"]["properties"]["reason"]["allOf"] =
        plan::Json::parse(R"([{"minLength": 1}])");
    document.rules[1] = std::make_shared<const plan::RuleSource>(patterned);
    pane.show(document);
    pane.actions.find(u"plan.export"_s)->trigger();
    auto *dialog = pane.page->findChild<ui::ExportDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->formats().count(), 9);
    auto *summary = dialog->findChild<QLabel *>(u"exportSummary"_s);
    QVERIFY(summary->text().contains(u"all of the plan"_s)); // our own format first
    QVERIFY(!dialog->losses().isVisible());
    for (int row = 0; row < dialog->formats().count(); ++row) {
        if (dialog->formats().item(row)->data(Qt::UserRole).toInt() ==
            static_cast<int>(plan::Format::SegmentCsv)) {
            dialog->formats().setCurrentRow(row);
        }
    }
    QVERIFY(dialog->losses().isVisible());
    QVERIFY(dialog->losses().topLevelItemCount() > 0);
    QVERIFY(dialog->losses().topLevelItem(0)->text(1).toInt() > 0);
    QVERIFY(dialog->losses().topLevelItem(0)->childCount() > 0);
    QCOMPARE(pane.plans.exports.size(), 0U); // nothing is written before it was seen
    QTest::mouseClick(button(*dialog, u"exportButton"_s), Qt::LeftButton);
    auto *file = pane.page->findChild<QFileDialog *>();
    QVERIFY(file);
    emit file->fileSelected(u"/out/plan.csv"_s);
    QCOMPARE(pane.plans.exports.size(), 1U);
    QCOMPARE(pane.plans.exports[0].format, plan::Format::SegmentCsv);
    QCOMPARE(pane.plans.exports[0].to, u"/out/plan.csv"_s);
}

QTEST_MAIN(TstPlanDialogs)
#include "tst_plandialogs.moc"
