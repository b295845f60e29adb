// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/itemmodels/propertymodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::PlanModel;
using ui::PropertyModel;

namespace {

std::shared_ptr<const plan::Plan> somePlan()
{
    auto plan = std::make_shared<plan::Plan>();
    plan->name = u"Marketplace"_s;
    plan::Rule completed;
    completed.name = u"Order Completed"_s;
    completed.description = u"The customer has paid."_s;
    completed.properties = {
        {u"orderId"_s, {u"string"_s}, u"Of the shop"_s, true, {}, u"^o_"_s, {}},
        {u"state"_s, {u"string"_s, u"null"_s}, {}, false, {u"open"_s, u"closed"_s}, {}, {}},
        {u"extra"_s, {}, {}, false, {}, {}, u"date-time"_s}};
    plan::Rule started;
    started.name = u"Order Started"_s;
    plan::Rule identify;
    identify.type = event::CallType::Identify;
    plan->rules = {completed, started, identify};
    return plan;
}

} // namespace

class TstPlanModel : public QObject
{
    Q_OBJECT

private slots:
    void plannedAndSeen()
    {
        PlanModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPlans({somePlan()});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.neverSeenCount(), 3);
        QVERIFY(model.index(0, 0).data(PlanModel::IsNeverSeenRole).toBool());
        QCOMPARE(model.index(0, PlanModel::SeenColumn).data().toString(), u"never"_s);

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setSeen({{event::CallType::Track, u"Order Completed"_s, 12, 3, 1'790'000'000'000'000},
                       {event::CallType::Page, u"Order Started"_s, 5, 0, 1},
                       {event::CallType::Identify, QString(), 2, 0, 2'000'000}});
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.neverSeenCount(), 1); // a page is no track call
        const QModelIndex row = model.index(0, PlanModel::NameColumn);
        QCOMPARE(row.data().toString(), u"Order Completed"_s);
        QCOMPARE(row.data(PlanModel::SeenRole).toULongLong(), 12U);
        QCOMPARE(row.data(PlanModel::ViolationsRole).toULongLong(), 3U);
        QCOMPARE(row.data(PlanModel::LastUsRole).toLongLong(), 1'790'000'000'000'000);
        QCOMPARE(row.data(PlanModel::PlanNameRole).toString(), u"Marketplace"_s);
        QCOMPARE(row.data(Qt::ToolTipRole).toString(), u"The customer has paid."_s);
        QVERIFY(!row.data(PlanModel::IsNeverSeenRole).toBool());
        QCOMPARE(model.index(1, PlanModel::NameColumn).data(Qt::AccessibleTextRole).toString(),
                 u"Order Started, never seen"_s);
        QCOMPARE(model.index(2, PlanModel::NameColumn).data().toString(), u"identify"_s);
        QCOMPARE(model.index(0, PlanModel::SeenColumn).data(PlanModel::SortRole).toULongLong(), 12U);
        QCOMPARE(model.rowOf(event::CallType::Track, u"Order Started"_s), 1);
        QCOMPARE(model.rowOf(event::CallType::Page, u"Order Started"_s), -1);
        QCOMPARE(model.entryAt(0).rule->name, u"Order Completed"_s);
        QVERIFY(model.entryAt(3).rule == nullptr);
    }

    void seenBeforeThePlan()
    {
        PlanModel model;
        model.setSeen({{event::CallType::Track, u"Order Completed"_s, 12, 3, 1}});
        model.setPlans({somePlan(), somePlan()});
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(model.neverSeenCount(), 4);
        model.setPlans({});
        QCOMPARE(model.rowCount(), 0);
    }

    void properties()
    {
        PropertyModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        {
            const auto plan = somePlan();
            model.setEntry({plan, &plan->rules.front()});
        } // the entry keeps its plan
        QCOMPARE(model.rowCount(), 3);
        const auto text = [&model](int row, int column) {
            return model.index(row, column).data().toString();
        };
        QCOMPARE(text(0, PropertyModel::NameColumn), u"orderId"_s);
        QCOMPARE(text(0, PropertyModel::TypeColumn), u"string"_s);
        QCOMPARE(text(0, PropertyModel::RequiredColumn), u"required"_s);
        QCOMPARE(text(0, PropertyModel::AllowedColumn), u"/^o_/"_s);
        QCOMPARE(text(0, PropertyModel::DescriptionColumn), u"Of the shop"_s);
        QCOMPARE(text(1, PropertyModel::TypeColumn), u"string or null"_s);
        QCOMPARE(text(1, PropertyModel::RequiredColumn), QString());
        QCOMPARE(model.index(1, PropertyModel::RequiredColumn).data(Qt::AccessibleTextRole).toString(),
                 u"optional"_s);
        QCOMPARE(text(1, PropertyModel::AllowedColumn), u"open, closed"_s);
        QCOMPARE(text(2, PropertyModel::TypeColumn), u"any"_s);
        QCOMPARE(text(2, PropertyModel::AllowedColumn), u"date-time"_s);
        QVERIFY(model.index(0, 0).data(PropertyModel::IsRequiredRole).toBool());
        model.setEntry({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TstPlanModel)
#include "tst_planmodel.moc"
