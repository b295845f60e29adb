// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/itemmodels/coveragemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

report::EventCoverage row(const QString &name, std::uint64_t count, const QString &plan = u"Shop"_s)
{
    report::EventCoverage made;
    made.type = event::CallType::Track;
    made.name = name;
    made.plan = plan;
    made.isPlanned = !plan.isEmpty();
    made.count = count;
    made.violations = count / 4;
    return made;
}

std::shared_ptr<const report::Coverage> coverage(std::vector<report::EventCoverage> rows)
{
    auto made = std::make_shared<report::Coverage>();
    made->rows = std::move(rows);
    return made;
}

} // namespace

class TstCoverageModel : public QObject
{
    Q_OBJECT

private slots:
    void rowsKeepTheirPlace();
    void anotherPlanIsAnotherTable();
    void states();
    void propertiesChangeInPlace();
    void sources();
};

void TstCoverageModel::rowsKeepTheirPlace()
{
    ui::CoverageModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCoverage(coverage({row(u"A"_s, 4), row(u"B"_s, 0), row(u"x"_s, 1, {}), row(u"y"_s, 1, {})}));
    QCOMPARE(model.rowCount(), 4);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    // The unplanned ones come sorted by count, and one is new: nothing moves, the new one is last.
    model.setCoverage(coverage(
        {row(u"A"_s, 5), row(u"B"_s, 2), row(u"z"_s, 7, {}), row(u"y"_s, 3, {}), row(u"x"_s, 1, {})}));
    QCOMPARE(resets.count(), 0);
    QStringList names;
    for (int i = 0; i < model.rowCount(); ++i) {
        names.append(model.index(i, ui::CoverageModel::EventColumn).data().toString());
    }
    QCOMPARE(names, (QStringList{u"A"_s, u"B"_s, u"x"_s, u"y"_s, u"z"_s}));
    QCOMPARE(model.index(0, ui::CoverageModel::CountColumn).data().toString(), u"5"_s);
    QCOMPARE(model.rowOf(event::CallType::Track, u"z"_s), 4);
}

void TstCoverageModel::anotherPlanIsAnotherTable()
{
    ui::CoverageModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCoverage(coverage({row(u"A"_s, 4), row(u"B"_s, 0)}));
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setCoverage(coverage({row(u"B"_s, 1)}));
    QCOMPARE(resets.count(), 1);
    QCOMPARE(model.rowCount(), 1);
    model.setCoverage(coverage({}));
    QCOMPARE(model.rowCount(), 0);
}

void TstCoverageModel::states()
{
    using State = ui::CoverageModel::State;
    QCOMPARE(ui::CoverageModel::stateOf(row(u"A"_s, 1)), State::Seen);
    QCOMPARE(ui::CoverageModel::stateOf(row(u"A"_s, 0)), State::NeverSeen);
    QCOMPARE(ui::CoverageModel::stateOf(row(u"A"_s, 1, {})), State::Unplanned);
    report::EventCoverage unchecked = row(u"A"_s, 1, {});
    unchecked.isUnchecked = true;
    QCOMPARE(ui::CoverageModel::stateOf(unchecked), State::Unchecked);
}

void TstCoverageModel::propertiesChangeInPlace()
{
    ui::CoveragePropertyModel model;
    const QAbstractItemModelTester tester(&model);
    report::PropertyCoverage sku;
    sku.path = {u"products"_s, u"$"_s, u"sku"_s};
    sku.isPlanned = true;
    sku.filled = 3;
    sku.of = 4;
    sku.values = {{u"a"_s, 2}};
    sku.areValuesExact = false;
    sku.neverSeen = {u"b"_s};
    model.setProperties({sku});
    QCOMPARE(model.index(0, ui::CoveragePropertyModel::NameColumn).data().toString(), u"sku"_s);
    QCOMPARE(model.index(0, ui::CoveragePropertyModel::FillColumn).data().toString(), u"3 of 4"_s);
    QVERIFY(model.index(0, ui::CoveragePropertyModel::ValuesColumn)
                .data(Qt::ToolTipRole)
                .toString()
                .contains(u"at least"_s));
    QVERIFY(model.index(0, ui::CoveragePropertyModel::ValuesColumn)
                .data(Qt::ToolTipRole)
                .toString()
                .contains(u"never seen: b"_s));
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    sku.filled = 4;
    model.setProperties({sku});
    QCOMPARE(resets.count(), 0);
    QCOMPARE(model.index(0, ui::CoveragePropertyModel::FillColumn).data().toString(), u"4 of 4"_s);
}

void TstCoverageModel::sources()
{
    ui::CoverageSourceModel model;
    const QAbstractItemModelTester tester(&model);
    report::SourceCoverage source;
    source.source = u"Tracker UI"_s;
    source.plannedEvents = 4;
    source.seenEvents = 3;
    source.events = 10;
    source.violations = 1;
    model.setSources({source});
    QCOMPARE(model.index(0, ui::CoverageSourceModel::BarColumn).data().toString(), u"3 of 4"_s);
    QCOMPARE(model.index(0, ui::CoverageSourceModel::ViolationsColumn).data().toString(), u"1 (10 %)"_s);
}

QTEST_GUILESS_MAIN(TstCoverageModel)
#include "tst_coveragemodel.moc"
