// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/plansamples.h"
#include "ui/itemmodels/propertymodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::PropertyModel;

namespace {

QString text(const PropertyModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

QStringList names(const PropertyModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row) {
        names += plan::shownPath(model.pathAt(row));
    }
    return names;
}

} // namespace

class TstPropertyModel : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_model = std::make_unique<PropertyModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->setRule(tests::samplePlan().rules.front());
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }
    void rows();
    void eachColumnIsEdited_data();
    void eachColumnIsEdited();
    void whatIsRefusedStays();
    void refusalsSurviveAnotherEvent();
    void anEditIsOneChange();
    void cellsAreEmptied();
    void blocksAreCopied();
    void blocksArePasted();
    void pastedRowsAreAdded();
    void nestedRowsAreAddedWhereTheyBelong();
    void aPasteKeepsWhatItCannotDo();
    void rowsAreAddedMovedAndRemoved();
    void whatTheSheetCannotEditIsReadOnly();

private:
    std::unique_ptr<PropertyModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TstPropertyModel::rows()
{
    QCOMPARE(names(*m_model), (QStringList{u"orderId"_s, u"quantity"_s, u"state"_s, u"products"_s,
                                           u"products.$"_s, u"products.$.sku"_s}));
    QCOMPARE(text(*m_model, 0, PropertyModel::TypeColumn), u"string"_s);
    QCOMPARE(text(*m_model, 0, PropertyModel::RequiredColumn), u"required"_s);
    QCOMPARE(text(*m_model, 0, PropertyModel::DescriptionColumn), u"Of the shop"_s);
    QCOMPARE(text(*m_model, 1, PropertyModel::RangeColumn), u">= 1"_s);
    QCOMPARE(text(*m_model, 2, PropertyModel::AllowedColumn), u"open, closed"_s);
    QCOMPARE(text(*m_model, 4, PropertyModel::NameColumn), u"each item"_s);
    QCOMPARE(text(*m_model, 5, PropertyModel::NameColumn), u"sku"_s);
    QCOMPARE(m_model->index(0, 0).data(PropertyModel::DepthRole).toInt(), 0);
    QCOMPARE(m_model->index(5, 0).data(PropertyModel::DepthRole).toInt(), 2);
    QCOMPARE(m_model->index(1, PropertyModel::RequiredColumn).data(Qt::AccessibleTextRole).toString(),
             u"optional"_s);
    m_model->setRule(nullptr);
    QCOMPARE(m_model->rowCount(), 0);
}

void TstPropertyModel::eachColumnIsEdited_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("shown");
    QTest::newRow("name") << int(PropertyModel::NameColumn) << u"order_id"_s << u"order_id"_s;
    QTest::newRow("type") << int(PropertyModel::TypeColumn) << u"string or null"_s << u"string or null"_s;
    QTest::newRow("required") << int(PropertyModel::RequiredColumn) << u"no"_s << QString();
    QTest::newRow("allowed") << int(PropertyModel::AllowedColumn) << u"a, b"_s << u"a, b"_s;
    QTest::newRow("description") << int(PropertyModel::DescriptionColumn) << u"Its id"_s << u"Its id"_s;
    QTest::newRow("range") << int(PropertyModel::RangeColumn) << u"1..20"_s << u"1..20"_s;
    QTest::newRow("format") << int(PropertyModel::FormatColumn) << u"uuid"_s << u"uuid"_s;
    QTest::newRow("pattern") << int(PropertyModel::PatternColumn) << u"^o_"_s << u"^o_"_s;
    QTest::newRow("labels") << int(PropertyModel::LabelsColumn) << u"owner: growth"_s << u"owner: growth"_s;
}

void TstPropertyModel::eachColumnIsEdited()
{
    QFETCH(int, column);
    QFETCH(QString, typed);
    QFETCH(QString, shown);
    QSignalSpy edited(m_model.get(), &PropertyModel::edited);
    QVERIFY(m_model->setData(m_model->index(0, column), typed, Qt::EditRole));
    QCOMPARE(text(*m_model, 0, column), shown);
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited.front().at(1).value<plan::RulePointer>(), m_model->rule());
    QVERIFY(m_model->setData(m_model->index(0, column), typed, Qt::EditRole)); // the same again is no edit
    QCOMPARE(edited.size(), 1);
}

void TstPropertyModel::whatIsRefusedStays()
{
    QSignalSpy edited(m_model.get(), &PropertyModel::edited);
    QSignalSpy refused(m_model.get(), &PropertyModel::refused);
    const QModelIndex cell = m_model->index(1, PropertyModel::RangeColumn);
    m_model->setData(cell, u"many"_s, Qt::EditRole);
    QCOMPARE(edited.size(), 0);
    QCOMPARE(refused.size(), 1);
    QCOMPARE(cell.data().toString(), u"many"_s);
    QCOMPARE(cell.data(Qt::EditRole).toString(), u"many"_s);
    QVERIFY(!cell.data(PropertyModel::RefusalRole).toString().isEmpty());
    QCOMPARE(cell.data(Qt::ToolTipRole).toString(), cell.data(PropertyModel::RefusalRole).toString());
    QCOMPARE(m_model->refusals(), 1);
    // Another cell's edit leaves it.
    m_model->setData(m_model->index(0, PropertyModel::DescriptionColumn), u"x"_s, Qt::EditRole);
    QCOMPARE(cell.data().toString(), u"many"_s);
    m_model->setData(cell, u">= 2"_s, Qt::EditRole);
    QCOMPARE(m_model->refusals(), 0);
    QCOMPARE(cell.data().toString(), u">= 2"_s);
    m_model->setData(cell, u"many"_s, Qt::EditRole);
    m_model->dropRefusal(cell);
    QCOMPARE(cell.data().toString(), u">= 2"_s);
}

void TstPropertyModel::refusalsSurviveAnotherEvent()
{
    const auto rules = tests::samplePlan().rules;
    m_model->setData(m_model->index(1, PropertyModel::RangeColumn), u"many"_s, Qt::EditRole);
    m_model->setRule(rules[1]);
    QCOMPARE(m_model->refusals(), 0);
    m_model->setRule(rules[0]);
    QCOMPARE(text(*m_model, 1, PropertyModel::RangeColumn), u"many"_s);
}

void TstPropertyModel::anEditIsOneChange()
{
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->setData(m_model->index(1, PropertyModel::DescriptionColumn), u"x"_s, Qt::EditRole);
    QCOMPARE(reset.size(), 0);
    for (const auto &arguments : changed) {
        QCOMPARE(arguments.at(0).toModelIndex().row(), 1);
        QCOMPARE(arguments.at(1).toModelIndex().row(), 1);
    }
}

void TstPropertyModel::cellsAreEmptied()
{
    QSignalSpy edited(m_model.get(), &PropertyModel::edited);
    m_model->clearCells(
        {m_model->index(0, PropertyModel::NameColumn), m_model->index(0, PropertyModel::RequiredColumn),
         m_model->index(0, PropertyModel::DescriptionColumn), m_model->index(1, PropertyModel::RangeColumn)});
    QCOMPARE(edited.size(), 1);
    QCOMPARE(text(*m_model, 0, PropertyModel::NameColumn), u"orderId"_s);
    QCOMPARE(text(*m_model, 0, PropertyModel::RequiredColumn), QString());
    QCOMPARE(text(*m_model, 0, PropertyModel::DescriptionColumn), QString());
    QCOMPARE(text(*m_model, 1, PropertyModel::RangeColumn), QString());
}

void TstPropertyModel::blocksAreCopied()
{
    const auto block = m_model->block(
        {m_model->index(0, PropertyModel::NameColumn), m_model->index(0, PropertyModel::TypeColumn),
         m_model->index(5, PropertyModel::NameColumn), m_model->index(5, PropertyModel::TypeColumn)});
    QCOMPARE(block, (ui::CellBlock{{u"orderId"_s, u"string"_s}, {u"products.$.sku"_s, u"string"_s}}));
}

void TstPropertyModel::blocksArePasted()
{
    QSignalSpy edited(m_model.get(), &PropertyModel::edited);
    m_model->paste(m_model->index(0, PropertyModel::TypeColumn),
                   {{u"integer"_s, u"yes"_s}, {u"number"_s, u"x"_s}});
    QCOMPARE(edited.size(), 1); // one step
    QCOMPARE(text(*m_model, 0, PropertyModel::TypeColumn), u"integer"_s);
    QCOMPARE(text(*m_model, 1, PropertyModel::TypeColumn), u"number"_s);
    QCOMPARE(text(*m_model, 1, PropertyModel::RequiredColumn), u"required"_s);
}

void TstPropertyModel::pastedRowsAreAdded()
{
    m_model->setRule(tests::samplePlan().rules[1]);
    const QModelIndex end =
        m_model->paste(m_model->index(0, PropertyModel::NameColumn), {{u"why"_s, u"string"_s, u"yes"_s},
                                                                      {u"when"_s, u"date-time"_s, QString()},
                                                                      {u"who"_s, u"string"_s, u"1"_s}});
    QCOMPARE(names(*m_model), (QStringList{u"why"_s, u"when"_s, u"who"_s}));
    QCOMPARE(text(*m_model, 0, PropertyModel::RequiredColumn), u"required"_s);
    QCOMPARE(text(*m_model, 2, PropertyModel::RequiredColumn), u"required"_s);
    QCOMPARE(end, m_model->index(2, PropertyModel::RequiredColumn));
    // Below the last row, in an empty event too.
    m_model->setRule(tests::sampleRule(u"Empty"_s, "{}"));
    m_model->paste(QModelIndex(), {{u"a"_s, u"string"_s}});
    QCOMPARE(names(*m_model), QStringList{u"a"_s});
}

void TstPropertyModel::nestedRowsAreAddedWhereTheyBelong()
{
    const QModelIndex last = m_model->index(m_model->rowCount() - 1, PropertyModel::NameColumn);
    m_model->paste(last, {{u"products.$.sku"_s, u"string"_s}, {u"products.$.price"_s, u"number"_s}});
    QVERIFY(m_model->rowOf({u"products"_s, u"$"_s, u"price"_s}) > 0);
    QCOMPARE(m_model->rowCount(), 7);
}

void TstPropertyModel::aPasteKeepsWhatItCannotDo()
{
    QSignalSpy edited(m_model.get(), &PropertyModel::edited);
    m_model->paste(m_model->index(0, PropertyModel::TypeColumn), {{u"integer"_s}, {u"strnig"_s}});
    QCOMPARE(edited.size(), 1);
    QCOMPARE(text(*m_model, 0, PropertyModel::TypeColumn), u"integer"_s);
    QCOMPARE(text(*m_model, 1, PropertyModel::TypeColumn), u"strnig"_s);
    QVERIFY(
        !m_model->index(1, PropertyModel::TypeColumn).data(PropertyModel::RefusalRole).toString().isEmpty());
}

void TstPropertyModel::rowsAreAddedMovedAndRemoved()
{
    const int row = m_model->addProperty(0, PropertyModel::Place::Behind);
    QCOMPARE(row, 1);
    QCOMPARE(m_model->rowCount(), 7);
    const int inside = m_model->addProperty(m_model->rowOf({u"products"_s}), PropertyModel::Place::Inside);
    QCOMPARE(m_model->pathAt(inside).mid(0, 2), (QStringList{u"products"_s, u"$"_s}));
    QCOMPARE(m_model->moveProperty(1, -1), 0);
    QCOMPARE(m_model->moveProperty(0, -1), 0);
    QCOMPARE(m_model->moveProperty(0, 1), 1);
    QCOMPARE(names(*m_model).first(), u"orderId"_s);
    QSignalSpy edited(m_model.get(), &PropertyModel::edited);
    const int products = m_model->rowOf({u"products"_s});
    m_model->removeProperties({m_model->index(1, 0), m_model->index(products, 0),
                               m_model->index(products + 1, 0), m_model->index(products + 2, 0)});
    QCOMPARE(edited.size(), 1);
    QCOMPARE(names(*m_model), (QStringList{u"orderId"_s, u"quantity"_s, u"state"_s}));
}

void TstPropertyModel::whatTheSheetCannotEditIsReadOnly()
{
    m_model->setRule(
        tests::sampleRule(u"Odd"_s, R"({"a": {"anyOf": [{"type": "string"}, {"minimum": 3}]}})"));
    QVERIFY(m_model->index(0, 0).data(PropertyModel::IsReadOnlyRole).toBool());
    QVERIFY(!m_model->index(0, PropertyModel::TypeColumn).flags().testFlag(Qt::ItemIsEditable));
    QVERIFY(m_model->index(0, PropertyModel::NameColumn).flags().testFlag(Qt::ItemIsEditable));
}

QTEST_GUILESS_MAIN(TstPropertyModel)
#include "tst_propertymodel.moc"
