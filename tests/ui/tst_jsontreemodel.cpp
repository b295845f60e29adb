// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/itemmodels/jsontreemodel.h"

#include "json/parser.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Qt::StringLiterals;
using event::RuleId;
using event::Severity;
using ui::JsonTreeModel;

namespace {

std::shared_ptr<const json::Document> parsed(const QByteArray &text)
{
    json::Parser parser;
    auto document = parser.parse(text);
    return document ? *document : nullptr;
}

event::Finding finding(RuleId rule, const char *at, Severity severity = Severity::Error)
{
    return {rule, severity, json::Pointer(at), {}};
}

/// The tree as indented lines: "key = value", with the findings behind.
QString drawn(const JsonTreeModel &model, const QModelIndex &parent = {}, int level = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex key = model.index(row, JsonTreeModel::KeyColumn, parent);
        const QModelIndex value = model.index(row, JsonTreeModel::ValueColumn, parent);
        text += QString(level * 2, u' ') + key.data().toString() + u" = "_s + value.data().toString();
        for (const int index : key.data(JsonTreeModel::FindingsRole).value<QList<int>>()) {
            text += u" !"_s + QString::number(index);
        }
        text += u'\n' + drawn(model, key, level + 1);
    }
    return text;
}

} // namespace

class TstJsonTreeModel : public QObject
{
    Q_OBJECT

private slots:
    void inTheOrderSent()
    {
        JsonTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setDocument(parsed(R"({"z":1.50,"a":{"k":"v \u00e9","n":null},"list":[true,"x",[]],"e":{}})"),
                          {});
        QCOMPARE(drawn(model), uR"(z = 1.50
a = {2}
  k = v é
  n = null
list = [3]
  0 = true
  1 = x
  2 = [0]
e = {0}
)"_s);
        const QModelIndex text = model.indexAt(json::Pointer("/a/k"));
        QCOMPARE(text.data(JsonTreeModel::TypeRole).toInt(), static_cast<int>(json::Type::String));
        QCOMPARE(text.data(JsonTreeModel::RawRole).toString(), uR"("v \u00e9")"_s);
        QCOMPARE(text.data(JsonTreeModel::TextRole).toString(), u"v é"_s);
        QCOMPARE(text.data(JsonTreeModel::PointerRole).toString(), u"/a/k"_s);
        QCOMPARE(text.data(JsonTreeModel::SeverityRole).toInt(), -1);
        QCOMPARE(model.indexAt(json::Pointer("/list/1")).data(JsonTreeModel::KeyRole).toString(), u"1"_s);
        QVERIFY(!model.hasChildren(model.indexAt(json::Pointer("/e"))));
    }

    void findingsStandAtTheirValues()
    {
        JsonTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setDocument(parsed(R"({"event":"Order","properties":{"total":"2","items":[{"sku":1}]}})"),
                          {finding(RuleId::PlanType, "/properties/total"),
                           finding(RuleId::NameCasing, "/event", Severity::Warning),
                           finding(RuleId::PlanRequired, "/properties/orderId"),
                           finding(RuleId::PlanRequired, "/properties/items/0/price"),
                           finding(RuleId::PlanRequired, "/context/page"),
                           finding(RuleId::PlanFormat, "/gone/away", Severity::Info),
                           finding(RuleId::NameTense, "/event", Severity::Error)});
        QCOMPARE(drawn(model), uR"(event = Order !1 !6
properties = {2}
  total = 2 !0
  items = [1]
    0 = {1}
      sku = 1
      price = missing !3
  orderId = missing !2
context = missing
  page = missing !4
)"_s);
        QCOMPARE(model.index(0, 0).data(JsonTreeModel::SeverityRole).toInt(),
                 static_cast<int>(Severity::Error));
        const QModelIndex properties = model.index(1, 0);
        QCOMPARE(properties.data(JsonTreeModel::SeverityRole).toInt(), -1);
        QCOMPARE(properties.data(JsonTreeModel::BranchSeverityRole).toInt(),
                 static_cast<int>(Severity::Error));
        const QModelIndex missing = model.indexAt(json::Pointer("/properties/orderId"));
        QVERIFY(missing.data(JsonTreeModel::IsMissingRole).toBool());
        QCOMPARE(missing.data(JsonTreeModel::TypeRole).toInt(), -1);
        QCOMPARE(missing.data(JsonTreeModel::RawRole).toString(), QString());
        QCOMPARE(missing.data(Qt::AccessibleTextRole).toString(), u"orderId, findings: 1"_s);
        QVERIFY(model.hasChildren(model.indexAt(json::Pointer("/context"))));
        QCOMPARE(model.findings().size(), 7U);
    }

    void pointersLeadToRows()
    {
        JsonTreeModel model;
        model.setDocument(parsed(R"({"a/b":{"~":[1,2]},"twice":1,"twice":2})"), {});
        QCOMPARE(model.indexAt(json::Pointer("/a~1b/~0/1")).siblingAtColumn(1).data().toString(), u"2"_s);
        QCOMPARE(model.indexAt(json::Pointer("/twice")).row(), 2);
        QCOMPARE(model.indexAt(json::Pointer("/a~1b/nothing")), model.index(0, 0)); // the nearest above
        QVERIFY(!model.indexAt(json::Pointer()).isValid());
        QVERIFY(!model.indexAt(json::Pointer("/nothing")).isValid());
    }

    void bigEventsAreFilledAsAsked()
    {
        QByteArray text = "{";
        for (int i = 0; i < 10'000; ++i) {
            text += (i == 0 ? "\"key" : ",\"key") + QByteArray::number(i) + "\":" + QByteArray::number(i);
        }
        text += R"(,"deep":)" + QByteArray(900, '[') + QByteArray(900, ']') + '}';
        JsonTreeModel model;
        model.setDocument(parsed(text), {finding(RuleId::PlanType, "/key9999")});
        QCOMPARE(model.rowCount(), 10'001);
        QCOMPARE(model.index(9'999, 0).data(JsonTreeModel::SeverityRole).toInt(),
                 static_cast<int>(Severity::Error));
        QModelIndex at = model.index(10'000, 0);
        int levels = 0;
        for (; model.hasChildren(at); at = model.index(0, 0, at)) {
            ++levels;
        }
        QCOMPARE(levels, 899);
        QVERIFY(model.parent(at).isValid());
    }

    void longTextsAreCutInTheCellOnly()
    {
        JsonTreeModel model;
        model.setDocument(parsed("{\"x\":\"" + QByteArray("\xc3\xa9").repeated(20'000) + "\"}"), {});
        const QString shown = model.index(0, 1).data().toString();
        QCOMPARE(shown.size(), 501);
        QVERIFY(shown.endsWith(u'\u2026'));
        QCOMPARE(model.index(0, 0).data(JsonTreeModel::TextRole).toString().size(), 20'000);
    }

    void emptyAndReplaced()
    {
        JsonTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.setDocument(parsed("[1,2,3]"), {});
        QCOMPARE(model.rowCount(), 3);
        model.setDocument(parsed("5"), {finding(RuleId::ProtocolNotObject, "")});
        QCOMPARE(model.rowCount(), 0);
        model.setDocument(nullptr, {});
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.indexAt(json::Pointer("/a")).isValid());
    }
};

QTEST_GUILESS_MAIN(TstJsonTreeModel)
#include "tst_jsontreemodel.moc"
