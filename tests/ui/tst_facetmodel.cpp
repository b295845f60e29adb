// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/itemmodels/facetmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::FacetModel;

namespace {

stream::FacetCounts someCounts()
{
    stream::FacetCounts counts;
    counts.sources = {{event::SourceId(2), 30}, {event::SourceId(1), 12}};
    counts.types[1] = 40;
    counts.types[2] = 2;
    counts.statuses[0] = 41;
    counts.statuses[1] = 1;
    counts.names = {{event::NameId(7), 40}, {event::NameId(8), 2}};
    return counts;
}

} // namespace

class TstFacetModel : public QObject
{
    Q_OBJECT

    QHash<std::uint32_t, QString> m_texts;

    [[nodiscard]] FacetModel::TextOf textOf()
    {
        return [this](ui::TextKind kind, std::uint32_t id) {
            return m_texts.value(id + (kind == ui::TextKind::Source ? 100 : 0));
        };
    }

private slots:
    void init()
    {
        m_texts = {{101, u"Pilot UI"_s}, {102, u"Tracker"_s}, {7, u"Order Completed"_s}, {8, u"a \"b\" *"_s}};
    }

    void sectionsAndCounts()
    {
        FacetModel model(textOf());
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 4);
        model.setCounts(someCounts());
        const QModelIndex sources = model.index(0, 0);
        QCOMPARE(sources.data().toString(), u"Sources"_s);
        QVERIFY(sources.data(FacetModel::IsSectionRole).toBool());
        QCOMPARE(model.rowCount(sources), 2);
        const QModelIndex first = model.index(0, 0, sources);
        QCOMPARE(first.data().toString(), u"Tracker"_s);
        QCOMPARE(first.data(FacetModel::CountRole).toULongLong(), 30U);
        QCOMPARE(first.data(FacetModel::KeyRole).toUInt(), 2U);
        QCOMPARE(first.data(Qt::CheckStateRole).toInt(), static_cast<int>(Qt::Unchecked));
        QCOMPARE(model.rowCount(model.index(1, 0)), 6); // all call types, seen or not
        QCOMPARE(model.rowCount(model.index(2, 0)), 5);
        QCOMPARE(model.index(0, 0, model.index(2, 0)).data().toString(), u"valid"_s);
        QCOMPARE(model.rowCount(model.index(3, 0)), 2);
        QCOMPARE(model.rowCount(first), 0);
        QVERIFY(model.flags(first) & Qt::ItemIsUserCheckable);
        QVERIFY(!(model.flags(sources) & Qt::ItemIsUserCheckable));
    }

    void entriesKeepTheirPlace()
    {
        FacetModel model(textOf());
        model.setCounts(someCounts());
        stream::FacetCounts counts = someCounts();
        counts.sources = {{event::SourceId(3), 100}, {event::SourceId(1), 50}};
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setCounts(counts);
        const QModelIndex sources = model.index(0, 0);
        QCOMPARE(model.rowCount(sources), 3);
        const auto keyAndCount = [&](int row) {
            const QModelIndex index = model.index(row, 0, sources);
            return std::pair(index.data(FacetModel::KeyRole).toUInt(),
                             index.data(FacetModel::CountRole).toULongLong());
        };
        QCOMPARE(keyAndCount(0), std::pair(2U, qulonglong(0)));
        QCOMPARE(keyAndCount(1), std::pair(1U, qulonglong(50)));
        QCOMPARE(keyAndCount(2), std::pair(3U, qulonglong(100)));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(reset.count(), 0);
        model.sortByCount();
        QCOMPARE(model.rowCount(sources), 2);
        QCOMPARE(keyAndCount(0), std::pair(3U, qulonglong(100)));
        QCOMPARE(keyAndCount(1), std::pair(1U, qulonglong(50)));
    }

    void checksMakeAFilter()
    {
        FacetModel model(textOf());
        model.setCounts(someCounts());
        QSignalSpy checks(&model, &FacetModel::checksChanged);
        const auto check = [&model](int section, int row) {
            return model.setData(model.index(row, 0, model.index(section, 0)), Qt::Checked,
                                 Qt::CheckStateRole);
        };
        QCOMPARE(model.filterText(), QString());
        QVERIFY(check(0, 0));
        QCOMPARE(model.filterText(), u"source:Tracker"_s);
        QVERIFY(check(0, 1));
        QVERIFY(check(2, 1));
        QVERIFY(check(3, 1));
        QCOMPARE(model.filterText(),
                 u"(source:Tracker OR source:\"Pilot UI\") status:violation event:\"a \\\"b\\\" \\*\""_s);
        QVERIFY(filter::parse(model.filterText()).has_value());
        QCOMPARE(checks.count(), 4);
        QVERIFY(!model.setData(model.index(0, 0), Qt::Checked, Qt::CheckStateRole));
        // Checked entries stay when they have no events left.
        stream::FacetCounts none;
        model.setCounts(none);
        model.sortByCount();
        QCOMPARE(model.rowCount(model.index(0, 0)), 2);
        model.clearChecks();
        QCOMPARE(model.filterText(), QString());
    }

    void lateTexts()
    {
        m_texts.remove(7);
        FacetModel model(textOf());
        model.setCounts(someCounts());
        const QModelIndex entry = model.index(0, 0, model.index(3, 0));
        QCOMPARE(entry.data().toString(), QString());
        model.setData(entry, Qt::Checked, Qt::CheckStateRole);
        QCOMPARE(model.filterText(), QString()); // nothing to say yet
        m_texts.insert(7, u"Order"_s);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.refreshTexts();
        QVERIFY(changed.count() > 0);
        QCOMPARE(entry.data().toString(), u"Order"_s);
        QCOMPARE(model.filterText(), u"event:Order"_s);
    }
};

QTEST_GUILESS_MAIN(TstFacetModel)
#include "tst_facetmodel.moc"
