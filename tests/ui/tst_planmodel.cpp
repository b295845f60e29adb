// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/plansamples.h"
#include "ui/itemmodels/planfiltermodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::PlanModel;

class TstPlanModel : public QObject
{
    Q_OBJECT

private slots:
    void plannedAndSeen();
    void seenTellsOfChangedRowsOnly();
    void anEditTouchesOneRow();
    void rowsComeAndGo();
    void problemsAreCounted();
    void namesAreEdited();
    void chipsAndSearch();
    void aLargePlan();
};

void TstPlanModel::plannedAndSeen()
{
    PlanModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRules(tests::samplePlan().rules);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.neverSeenCount(), 3);
    QCOMPARE(model.index(0, PlanModel::SeenColumn).data().toString(), u"never"_s);
    model.setSeen({{event::CallType::Track, u"Order Placed"_s, 12, 3, 1'790'000'000'000'000},
                   {event::CallType::Page, u"Order Cancelled"_s, 5, 0, 1},
                   {event::CallType::Identify, QString(), 2, 0, 2'000'000}});
    QCOMPARE(model.neverSeenCount(), 1); // a page is no track call
    const QModelIndex row = model.index(0, PlanModel::NameColumn);
    QCOMPARE(row.data().toString(), u"Order Placed"_s);
    QCOMPARE(row.data(PlanModel::SeenRole).toULongLong(), 12U);
    QCOMPARE(row.data(PlanModel::ViolationsRole).toULongLong(), 3U);
    QCOMPARE(row.data(PlanModel::LastUsRole).toLongLong(), 1'790'000'000'000'000);
    QVERIFY(!row.data(PlanModel::IsNeverSeenRole).toBool());
    QCOMPARE(model.index(1, PlanModel::NameColumn).data(Qt::AccessibleTextRole).toString(),
             u"Order Cancelled, never seen"_s);
    QCOMPARE(model.index(2, PlanModel::NameColumn).data().toString(), u"identify"_s);
    QCOMPARE(model.rowOf(event::CallType::Track, u"Order Cancelled"_s), 1);
    QCOMPARE(model.rowOf(event::CallType::Page, u"Order Cancelled"_s), -1);
    QVERIFY(model.ruleAt(3) == nullptr);
}

void TstPlanModel::seenTellsOfChangedRowsOnly()
{
    PlanModel model;
    model.setSeen({{event::CallType::Track, u"Order Placed"_s, 12, 3, 1}});
    model.setRules(tests::samplePlan().rules);
    QCOMPARE(model.index(0, 0).data(PlanModel::SeenRole).toULongLong(), 12U);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setSeen({{event::CallType::Track, u"Order Placed"_s, 12, 3, 1},
                   {event::CallType::Identify, QString(), 1, 0, 1}});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.front().at(0).toModelIndex().row(), 2);
    model.setSeen({{event::CallType::Track, u"Order Placed"_s, 12, 3, 1},
                   {event::CallType::Identify, QString(), 1, 0, 1}});
    QCOMPARE(changed.size(), 1);
}

void TstPlanModel::anEditTouchesOneRow()
{
    PlanModel model;
    auto rules = tests::samplePlan().rules;
    model.setRules(rules);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    auto renamed = *rules[1];
    renamed.name = u"Order Aborted"_s;
    rules[1] = std::make_shared<const plan::RuleSource>(renamed);
    model.setRules(rules);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.front().at(0).toModelIndex().row(), 1);
    QCOMPARE(changed.front().at(1).toModelIndex().row(), 1);
    QCOMPARE(reset.size(), 0);
    model.setRules(rules);
    QCOMPARE(changed.size(), 1);
}

void TstPlanModel::rowsComeAndGo()
{
    PlanModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto rules = tests::samplePlan().rules;
    model.setRules(rules);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    rules.insert(rules.begin() + 1, tests::sampleRule(u"Order Paid"_s, "{}"));
    model.setRules(rules);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.front().at(1).toInt(), 1);
    QCOMPARE(model.index(1, PlanModel::NameColumn).data().toString(), u"Order Paid"_s);
    rules.erase(rules.begin());
    model.setRules(rules);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(model.rowCount(), 3);
    model.setRules({});
    QCOMPARE(model.rowCount(), 0);
}

void TstPlanModel::problemsAreCounted()
{
    PlanModel model;
    model.setRules(tests::samplePlan().rules);
    check::PlanIssue issue;
    issue.fault = check::PlanFault::BadSchema;
    issue.severity = event::Severity::Error;
    issue.type = event::CallType::Track;
    issue.name = u"Order Placed"_s;
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setProblems({issue, issue});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.index(0, 0).data(PlanModel::ProblemsRole).toInt(), 2);
    QCOMPARE(model.index(0, 0).data(PlanModel::WorstProblemRole).toInt(),
             static_cast<int>(event::Severity::Error));
    QCOMPARE(model.index(1, 0).data(PlanModel::ProblemsRole).toInt(), 0);
    model.setProblems({});
    QCOMPARE(model.index(0, 0).data(PlanModel::ProblemsRole).toInt(), 0);
}

void TstPlanModel::namesAreEdited()
{
    PlanModel model;
    const auto rules = tests::samplePlan().rules;
    model.setRules(rules);
    QSignalSpy wanted(&model, &PlanModel::renameWanted);
    QVERIFY(!model.setData(model.index(0, PlanModel::NameColumn), u"  "_s, Qt::EditRole));
    QVERIFY(!model.setData(model.index(0, PlanModel::NameColumn), u"Order Placed"_s, Qt::EditRole));
    QVERIFY(!model.setData(model.index(2, PlanModel::NameColumn), u"me"_s, Qt::EditRole)); // identify
    QVERIFY(model.setData(model.index(0, PlanModel::NameColumn), u"Order Made"_s, Qt::EditRole));
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.front().at(0).value<plan::RulePointer>(), rules[0]);
    QCOMPARE(model.index(0, PlanModel::NameColumn).data().toString(), u"Order Placed"_s); // the page decides
}

void TstPlanModel::chipsAndSearch()
{
    PlanModel model;
    ui::PlanFilterModel shown;
    shown.setSourceModel(&model);
    const QAbstractItemModelTester tester(&shown, QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto rules = tests::samplePlan().rules;
    auto old = *rules[1];
    old.isDeprecated = true;
    rules[1] = std::make_shared<const plan::RuleSource>(old);
    model.setRules(rules);
    model.setSeen({{event::CallType::Track, u"Order Placed"_s, 12, 3, 1}});
    using Show = ui::PlanFilterModel::Show;
    const std::array expected{std::pair(Show::All, 3),          std::pair(Show::Seen, 1),
                              std::pair(Show::NeverSeen, 2),    std::pair(Show::WithViolations, 1),
                              std::pair(Show::WithProblems, 0), std::pair(Show::Deprecated, 1)};
    for (const auto &[show, count] : expected) {
        shown.setShown(show);
        QCOMPARE(shown.rowCount(), count);
    }
    shown.setShown(Show::All);
    shown.setSearch(u"order"_s);
    QCOMPARE(shown.rowCount(), 2);
    shown.setSearch(u"SKU order"_s); // of a property, inside a list
    QCOMPARE(shown.rowCount(), 1);
    shown.setSearch(u"nothing like it"_s);
    QCOMPARE(shown.rowCount(), 0);
}

void TstPlanModel::aLargePlan()
{
    std::vector<plan::RulePointer> rules;
    for (int i = 0; i < 2'000; ++i) {
        rules.push_back(tests::sampleRule(u"Event %1"_s.arg(i), R"({"a": {}, "b": {}})"));
    }
    PlanModel model;
    model.setRules(rules);
    QCOMPARE(model.rowCount(), 2'000);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (int i = 0; i < 50; ++i) {
        rules[1'000] = tests::sampleRule(u"Event 1000"_s, R"({"a": {}})");
        model.setRules(rules);
    }
    QCOMPARE(changed.size(), 50);
    for (const auto &arguments : changed) {
        QCOMPARE(arguments.at(0).toModelIndex().row(), 1'000);
        QCOMPARE(arguments.at(1).toModelIndex().row(), 1'000);
    }
}

QTEST_GUILESS_MAIN(TstPlanModel)
#include "tst_planmodel.moc"
