// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// The sheet by its keys, as a spreadsheet is used.
#include "tests/ui/planpane.h"

#include <QClipboard>
#include <QCompleter>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;
using tests::PlanPane;
using ui::PropertyModel;

class TstPlanSheet : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_pane.reset(); }
    void eachColumnIsTyped_data();
    void eachColumnIsTyped();
    void arrowsMove();
    void tabGoesRightAndLeavesAtTheEnd();
    void enterGoesDown();
    void escapeTakesBack();
    void spaceTicksRequired();
    void theBoxIsClicked();
    void typesAreOffered();
    void whatIsWrongStandsAtTheCell();
    void cellsAreEmptied();
    void blocksGoOverTheClipboard();
    void rowsFromASpreadsheet();
    void oneCellFillsASelection();
    void propertiesComeGoAndMove();
    void anEventWithoutPropertiesGetsItsFirst();
    void lettersAreNotTheWindows();
    void namesStayInSight();

private:
    [[nodiscard]] QModelIndex current() const { return m_pane->sheet().currentIndex(); }

    std::unique_ptr<PlanPane> m_pane;
};

void TstPlanSheet::init()
{
    m_pane = std::make_unique<PlanPane>();
    m_pane->show();
    m_pane->select(u"Order Placed"_s);
}

void TstPlanSheet::eachColumnIsTyped_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("typed");
    QTest::newRow("name") << int(PropertyModel::NameColumn) << u"order_id"_s;
    QTest::newRow("type") << int(PropertyModel::TypeColumn) << u"integer"_s;
    QTest::newRow("allowed") << int(PropertyModel::AllowedColumn) << u"a, b"_s;
    QTest::newRow("description") << int(PropertyModel::DescriptionColumn) << u"Rent and repair"_s;
    QTest::newRow("range") << int(PropertyModel::RangeColumn) << u"1..20"_s;
    QTest::newRow("format") << int(PropertyModel::FormatColumn) << u"uuid"_s;
    QTest::newRow("pattern") << int(PropertyModel::PatternColumn) << u"^o_"_s;
    QTest::newRow("labels") << int(PropertyModel::LabelsColumn) << u"owner: growth"_s;
}

void TstPlanSheet::eachColumnIsTyped()
{
    QFETCH(int, column);
    QFETCH(QString, typed);
    m_pane->goTo(0, column);
    m_pane->press(Qt::Key_F2);
    auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(editor != nullptr);
    QVERIFY(!editor->accessibleName().isEmpty());
    editor->selectAll();
    m_pane->type(typed);
    m_pane->press(Qt::Key_Return);
    QCOMPARE(m_pane->cell(0, column), typed);
    QCOMPARE(m_pane->plans.edits.size(), 1U);
    QCOMPARE(*m_pane->document().rules[0], *m_pane->properties().rule());
    QCOMPARE(current(), m_pane->properties().index(1, column));
    m_pane->press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(m_pane->cell(0, column) != typed);
}

void TstPlanSheet::arrowsMove()
{
    m_pane->goTo(0, PropertyModel::NameColumn);
    m_pane->press(Qt::Key_Down);
    m_pane->press(Qt::Key_Right);
    QCOMPARE(current(), m_pane->properties().index(1, PropertyModel::TypeColumn));
    m_pane->press(Qt::Key_Up);
    m_pane->press(Qt::Key_Left);
    QCOMPARE(current(), m_pane->properties().index(0, PropertyModel::NameColumn));
    QCOMPARE(m_pane->plans.edits.size(), 0U);
}

void TstPlanSheet::tabGoesRightAndLeavesAtTheEnd()
{
    m_pane->goTo(0, PropertyModel::NameColumn);
    m_pane->type(u"id"_s); // typing edits
    m_pane->press(Qt::Key_Tab);
    QCOMPARE(m_pane->cell(0, PropertyModel::NameColumn), u"id"_s);
    QCOMPARE(current(), m_pane->properties().index(0, PropertyModel::TypeColumn));
    m_pane->press(Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(current(), m_pane->properties().index(0, PropertyModel::NameColumn));
    m_pane->goTo(0, PropertyModel::LabelsColumn);
    m_pane->press(Qt::Key_Tab);
    QCOMPARE(current(), m_pane->properties().index(1, PropertyModel::NameColumn));
    m_pane->goTo(m_pane->properties().rowCount() - 1, PropertyModel::LabelsColumn);
    m_pane->press(Qt::Key_Tab);
    QVERIFY(!m_pane->sheet().hasFocus());
    m_pane->goTo(0, PropertyModel::NameColumn);
    m_pane->press(Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(!m_pane->sheet().hasFocus());
}

void TstPlanSheet::enterGoesDown()
{
    m_pane->goTo(0, PropertyModel::DescriptionColumn);
    m_pane->press(Qt::Key_Return); // opens
    QVERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr);
    m_pane->press(Qt::Key_Return); // and goes on, unchanged
    QCOMPARE(current(), m_pane->properties().index(1, PropertyModel::DescriptionColumn));
    QCOMPARE(m_pane->plans.edits.size(), 0U);
}

void TstPlanSheet::escapeTakesBack()
{
    m_pane->goTo(0, PropertyModel::DescriptionColumn);
    m_pane->type(u"gone"_s);
    m_pane->press(Qt::Key_Escape);
    QCOMPARE(m_pane->cell(0, PropertyModel::DescriptionColumn), u"Of the shop"_s);
    QCOMPARE(m_pane->plans.edits.size(), 0U);
    QVERIFY(m_pane->sheet().hasFocus());
}

void TstPlanSheet::spaceTicksRequired()
{
    m_pane->goTo(1, PropertyModel::RequiredColumn);
    m_pane->press(Qt::Key_Space);
    QVERIFY(m_pane->properties().index(1, 0).data(PropertyModel::IsRequiredRole).toBool());
    m_pane->press(Qt::Key_Space);
    QVERIFY(!m_pane->properties().index(1, 0).data(PropertyModel::IsRequiredRole).toBool());
    QCOMPARE(m_pane->plans.edits.size(), 2U);
}

void TstPlanSheet::theBoxIsClicked()
{
    const QRect cell =
        m_pane->sheet().visualRect(m_pane->properties().index(1, PropertyModel::RequiredColumn));
    QTest::mouseClick(m_pane->sheet().viewport(), Qt::LeftButton, {},
                      QPoint(cell.left() + 14, cell.center().y()));
    QVERIFY(m_pane->properties().index(1, 0).data(PropertyModel::IsRequiredRole).toBool());
    QTest::mouseClick(m_pane->sheet().viewport(), Qt::LeftButton, {},
                      QPoint(cell.right() - 4, cell.center().y())); // beside it
    QVERIFY(m_pane->properties().index(1, 0).data(PropertyModel::IsRequiredRole).toBool());
}

void TstPlanSheet::typesAreOffered()
{
    m_pane->goTo(0, PropertyModel::TypeColumn);
    m_pane->type(u"bo"_s);
    auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(editor != nullptr && editor->completer() != nullptr);
    QCOMPARE(editor->text(), u"bo"_s);
    QCOMPARE(editor->completer()->currentCompletion(), u"boolean"_s);
}

void TstPlanSheet::whatIsWrongStandsAtTheCell()
{
    m_pane->goTo(1, PropertyModel::RangeColumn);
    m_pane->type(u"many"_s);
    m_pane->press(Qt::Key_Return);
    QCOMPARE(m_pane->plans.edits.size(), 0U);
    QCOMPARE(current(), m_pane->properties().index(1, PropertyModel::RangeColumn)); // stays here
    QCOMPARE(current().data().toString(), u"many"_s);
    const QString message = m_pane->page->sheet().message();
    QCOMPARE(message, current().data(PropertyModel::RefusalRole).toString());
    QCOMPARE(current().data(Qt::ToolTipRole).toString(), message);
    m_pane->press(Qt::Key_Down);
    QVERIFY(m_pane->page->sheet().message() != message);
    m_pane->press(Qt::Key_Up);
    QCOMPARE(m_pane->page->sheet().message(), message);
    m_pane->press(Qt::Key_F2); // goes on with what was typed
    QCOMPARE(qobject_cast<QLineEdit *>(QApplication::focusWidget())->text(), u"many"_s);
    m_pane->press(Qt::Key_Escape);
    m_pane->press(Qt::Key_Escape); // drops it
    QCOMPARE(m_pane->cell(1, PropertyModel::RangeColumn), u">= 1"_s);
}

void TstPlanSheet::cellsAreEmptied()
{
    m_pane->goTo(0, PropertyModel::DescriptionColumn);
    m_pane->press(Qt::Key_Delete);
    QCOMPARE(m_pane->cell(0, PropertyModel::DescriptionColumn), QString());
    m_pane->goTo(1, PropertyModel::RangeColumn);
    m_pane->press(Qt::Key_X, Qt::ControlModifier);
    QCOMPARE(m_pane->cell(1, PropertyModel::RangeColumn), QString());
    QCOMPARE(QGuiApplication::clipboard()->text(), u">= 1\n"_s);
}

void TstPlanSheet::blocksGoOverTheClipboard()
{
    m_pane->goTo(0, PropertyModel::NameColumn);
    m_pane->press(Qt::Key_Right, Qt::ShiftModifier);
    m_pane->press(Qt::Key_Down, Qt::ShiftModifier);
    m_pane->press(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"orderId\tstring\nquantity\tinteger\n"_s);
    m_pane->select(u"Order Cancelled"_s);
    m_pane->goTo(0, PropertyModel::NameColumn);
    m_pane->press(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(m_pane->properties().rowCount(), 2);
    QCOMPARE(m_pane->cell(0, PropertyModel::NameColumn), u"orderId"_s);
    QCOMPARE(m_pane->cell(1, PropertyModel::NameColumn), u"quantity"_s);
    QCOMPARE(m_pane->cell(1, PropertyModel::TypeColumn), u"integer"_s);
    QCOMPARE(m_pane->plans.edits.size(), 1U);
    QCOMPARE(m_pane->sheet().selectionModel()->selectedIndexes().size(), 4);
    m_pane->press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_pane->properties().rowCount(), 1);
    QCOMPARE(m_pane->cell(0, PropertyModel::NameColumn), u"reason"_s);
}

void TstPlanSheet::rowsFromASpreadsheet()
{
    m_pane->select(u"Order Cancelled"_s);
    QGuiApplication::clipboard()->setText(u"reason\tstring\tyes\t\"lost, damaged\"\tWhy\r\n"
                                          u"byWhom\tstring\t\t\t\"A \"\"role\"\"\"\r\n"
                                          u"count\tinteger\tx\t\t\r\n"_s);
    m_pane->goTo(0, PropertyModel::NameColumn);
    m_pane->press(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(m_pane->properties().rowCount(), 3);
    QCOMPARE(m_pane->cell(0, PropertyModel::AllowedColumn), u"lost, damaged"_s);
    QCOMPARE(m_pane->cell(1, PropertyModel::DescriptionColumn), u"A \"role\""_s);
    QVERIFY(m_pane->properties().index(2, 0).data(PropertyModel::IsRequiredRole).toBool());
}

void TstPlanSheet::oneCellFillsASelection()
{
    QGuiApplication::clipboard()->setText(u"number"_s);
    m_pane->goTo(0, PropertyModel::TypeColumn);
    m_pane->press(Qt::Key_Down, Qt::ShiftModifier);
    m_pane->press(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(m_pane->cell(0, PropertyModel::TypeColumn), u"number"_s);
    QCOMPARE(m_pane->cell(1, PropertyModel::TypeColumn), u"number"_s);
    QCOMPARE(m_pane->cell(2, PropertyModel::TypeColumn), u"string or null"_s);
}

void TstPlanSheet::propertiesComeGoAndMove()
{
    m_pane->goTo(0, PropertyModel::NameColumn);
    m_pane->press(Qt::Key_Insert);
    m_pane->type(u"currency"_s);
    m_pane->press(Qt::Key_Return);
    QCOMPARE(m_pane->properties().pathAt(1), QStringList{u"currency"_s});
    m_pane->goTo(1, PropertyModel::NameColumn);
    m_pane->press(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(m_pane->properties().pathAt(0), QStringList{u"currency"_s});
    QCOMPARE(current().row(), 0);
    m_pane->press(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(m_pane->properties().pathAt(1), QStringList{u"currency"_s});
    m_pane->press(Qt::Key_Delete, Qt::ControlModifier);
    QCOMPARE(m_pane->properties().rowOf({u"currency"_s}), -1);
    QCOMPARE(current().row(), 1);
    m_pane->goTo(m_pane->properties().rowOf({u"products"_s}), PropertyModel::NameColumn);
    m_pane->press(Qt::Key_Insert, Qt::ControlModifier);
    m_pane->type(u"price"_s);
    m_pane->press(Qt::Key_Return);
    QVERIFY(m_pane->properties().rowOf({u"products"_s, u"$"_s, u"price"_s}) > 0);
}

void TstPlanSheet::anEventWithoutPropertiesGetsItsFirst()
{
    plan::Document document = tests::samplePlan();
    document.rules = {tests::sampleRule(u"Empty"_s, "{}")};
    document.path = u"/plans/empty.json"_s;
    m_pane->plans.open(document);
    m_pane->page->showRule(event::CallType::Track, u"Empty"_s);
    QVERIFY(!m_pane->sheet().isVisible());
    QTest::mouseClick(m_pane->page->findChild<QPushButton *>(u"addProperty"_s), Qt::LeftButton);
    QVERIFY(m_pane->sheet().isVisible());
    m_pane->type(u"first"_s);
    m_pane->press(Qt::Key_Return);
    QCOMPARE(m_pane->cell(0, PropertyModel::NameColumn), u"first"_s);
}

void TstPlanSheet::lettersAreNotTheWindows()
{
    // As in the window, where R replays and Space pauses.
    m_pane->actions.attachTo(*m_pane->page);
    int triggered = 0;
    for (const ui::Command command :
         {ui::Command::Replay, ui::Command::Pause, ui::Command::NextProblem, ui::Command::CopyEvent}) {
        connect(&m_pane->actions.action(command), &QAction::triggered, this, [&triggered] { ++triggered; });
    }
    m_pane->goTo(0, PropertyModel::DescriptionColumn);
    m_pane->type(u"rn"_s);
    m_pane->press(Qt::Key_Escape);
    m_pane->press(Qt::Key_C, Qt::ControlModifier);
    m_pane->goTo(0, PropertyModel::RequiredColumn);
    m_pane->press(Qt::Key_Space);
    m_pane->page->events().view().setFocus();
    m_pane->type(u"rn"_s);
    QCOMPARE(triggered, 0);
}

void TstPlanSheet::namesStayInSight()
{
    m_pane->page->resize(900, 800);
    auto *names = m_pane->sheet().findChild<QTableView *>(u"sheetNames"_s);
    m_pane->goTo(0, PropertyModel::NameColumn);
    QVERIFY(!names->isVisible());
    m_pane->goTo(0, PropertyModel::LabelsColumn);
    QVERIFY(names->isVisible());
    QCOMPARE(names->indexAt(QPoint(20, 10)), m_pane->properties().index(0, PropertyModel::NameColumn));
    // A column that is gone to is not under the names.
    for (int column = PropertyModel::LabelsColumn; column > PropertyModel::NameColumn; --column) {
        const QRect cell = m_pane->sheet().visualRect(current());
        QVERIFY2(!names->isVisible() || cell.left() >= names->width() - 1,
                 qPrintable(QString::number(column)));
        m_pane->press(Qt::Key_Left);
    }
    QCOMPARE(current().column(), int(PropertyModel::NameColumn));
    QVERIFY(!names->isVisible());
}

QTEST_MAIN(TstPlanSheet)
#include "tst_plansheet.moc"
