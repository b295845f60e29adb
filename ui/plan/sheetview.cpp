// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/sheetview.h"

#include "ui/plan/eventlist.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace ui {

SheetView::SheetView(const Theme &theme, PropertyModel &model, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
    , m_model(model)
{
    setModel(&model);
    setItemDelegate(new SheetDelegate(theme, this));
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setSelectionMode(QAbstractItemView::ContiguousSelection);
    setEditTriggers(QAbstractItemView::AnyKeyPressed | QAbstractItemView::EditKeyPressed |
                    QAbstractItemView::DoubleClicked);
    setContextMenuPolicy(Qt::CustomContextMenu);
    auto *header = horizontalHeader();
    header->setSectionsClickable(false);
    header->setSectionsMovable(true);
    header->setFirstSectionMovable(false);
    header->resizeSection(PropertyModel::NameColumn, 170);
    header->resizeSection(PropertyModel::TypeColumn, 124);
    header->resizeSection(PropertyModel::RequiredColumn, 72);
    header->resizeSection(PropertyModel::AllowedColumn, 140);
    header->resizeSection(PropertyModel::DescriptionColumn, 200);
    header->resizeSection(PropertyModel::RangeColumn, 84);
    header->resizeSection(PropertyModel::FormatColumn, 84);
    header->resizeSection(PropertyModel::PatternColumn, 120);
    header->resizeSection(PropertyModel::LabelsColumn, 120);
    buildNames();
}

/// A second view over the first column: it stands still while the others scroll away under it.
void SheetView::buildNames()
{
    m_names = new QTableView(this);
    m_names->setModel(&m_model);
    m_names->setSelectionModel(selectionModel());
    m_names->setItemDelegate(new SheetDelegate(m_theme, m_names));
    dressTable(*m_names, m_theme, u"sheetNames"_s, tr("Names of the properties"));
    m_names->setFocusPolicy(Qt::NoFocus);
    m_names->setSelectionMode(QAbstractItemView::NoSelection);
    m_names->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_names->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_names->horizontalHeader()->setSectionsClickable(false);
    m_names->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    for (int column = 1; column < PropertyModel::ColumnCount; ++column) {
        m_names->setColumnHidden(column, true);
    }
    m_names->hide();
    connect(m_names, &QTableView::clicked, this, [this](const QModelIndex &index) {
        setFocus();
        goTo(index.row(), PropertyModel::NameColumn);
    });
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, &SheetView::placeNames);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, m_names->verticalScrollBar(),
            &QScrollBar::setValue);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, &SheetView::placeNames);
}

void SheetView::placeNames()
{
    const int width = columnWidth(PropertyModel::NameColumn);
    m_names->setColumnWidth(PropertyModel::NameColumn, width);
    m_names->setGeometry(0, 0, width, viewport()->height() + horizontalHeader()->height());
    m_names->setVisible(horizontalScrollBar()->value() > 0);
    m_names->verticalScrollBar()->setValue(verticalScrollBar()->value());
}

void SheetView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    placeNames();
}

void SheetView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    QTableView::scrollTo(index, hint);
    if (index.column() == PropertyModel::NameColumn) {
        horizontalScrollBar()->setValue(0);
    } else if (horizontalScrollBar()->value() > 0) {
        // Not under the names that stand still.
        const int hidden = columnWidth(PropertyModel::NameColumn) - visualRect(index).left();
        if (hidden > 0) {
            horizontalScrollBar()->setValue(horizontalScrollBar()->value() - hidden);
        }
    }
}

QModelIndexList SheetView::selectedCells() const
{
    QModelIndexList cells = selectionModel()->selectedIndexes();
    if (cells.isEmpty() && currentIndex().isValid()) {
        cells += currentIndex();
    }
    return cells;
}

void SheetView::goTo(int row, int column)
{
    const QModelIndex index = m_model.index(row, column);
    if (index.isValid()) {
        setCurrentIndex(index);
        scrollTo(index);
    }
}

void SheetView::copy() const
{
    if (const auto cells = selectedCells(); !cells.isEmpty()) {
        QGuiApplication::clipboard()->setText(toTabbedText(m_model.block(cells)));
    }
}

void SheetView::paste()
{
    CellBlock block = fromTabbedText(QGuiApplication::clipboard()->text());
    if (block.isEmpty()) {
        return;
    }
    QModelIndex from = currentIndex();
    const QModelIndexList cells = selectedCells();
    for (const QModelIndex &cell : cells) {
        from = m_model.index(std::min(from.row(), cell.row()), std::min(from.column(), cell.column()));
    }
    // One cell fills a selection.
    if (block.size() == 1 && block.first().size() == 1 && cells.size() > 1) {
        int rows = 0;
        int columns = 0;
        for (const QModelIndex &cell : cells) {
            rows = std::max(rows, cell.row() - from.row() + 1);
            columns = std::max(columns, cell.column() - from.column() + 1);
        }
        block = CellBlock(rows, QStringList(columns, block.first().first()));
    }
    const QModelIndex end = m_model.paste(from, block);
    const QModelIndex start = from.isValid() ? from : m_model.index(0, 0);
    if (end.isValid() && start.isValid()) {
        goTo(start.row(), start.column());
        selectionModel()->select(QItemSelection(m_model.index(start.row(), start.column()), end),
                                 QItemSelectionModel::ClearAndSelect);
    }
}

void SheetView::clear()
{
    m_model.clearCells(selectedCells());
    emit currentCellChanged();
}

void SheetView::addProperty(PropertyModel::Place place)
{
    const int row = m_model.addProperty(currentIndex().row(), place);
    if (row >= 0) {
        setFocus();
        goTo(row, PropertyModel::NameColumn);
        edit(currentIndex());
    }
}

void SheetView::removeProperties()
{
    const int row = currentIndex().row();
    const int column = currentIndex().column();
    m_model.removeProperties(selectedCells());
    goTo(std::min(row, m_model.rowCount() - 1), column);
}

void SheetView::moveProperty(Direction direction)
{
    const int column = currentIndex().column();
    const int row = m_model.moveProperty(currentIndex().row(), direction == Direction::Up ? -1 : 1);
    goTo(row, column);
}

void SheetView::toggleRequired()
{
    const QModelIndex current = currentIndex();
    const auto state = current.data(PropertyModel::IsRequiredRole).toBool() ? Qt::Unchecked : Qt::Checked;
    for (const QModelIndex &cell : selectedCells()) {
        if (cell.column() == PropertyModel::RequiredColumn &&
            cell.flags().testFlag(Qt::ItemIsUserCheckable)) {
            m_model.setData(cell, state, Qt::CheckStateRole);
        }
    }
}

bool SheetView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        const bool isPlain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
        const bool isText = isPlain && !key->text().isEmpty() && key->text().front().isPrint();
        const bool isEdit = key->matches(QKeySequence::Copy) || key->matches(QKeySequence::Cut) ||
                            key->matches(QKeySequence::Paste);
        const bool isRowKey =
            key->key() == Qt::Key_Delete || key->key() == Qt::Key_Insert ||
            (key->modifiers() == Qt::AltModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down));
        if (isText || isEdit || isRowKey) {
            event->accept();
            return true;
        }
    }
    return QTableView::event(event);
}

void SheetView::keyPressEvent(QKeyEvent *event)
{
    const bool isControl = event->modifiers().testFlag(Qt::ControlModifier);
    // Before Copy, which Ctrl+Insert is elsewhere; Shift+Insert stays Paste.
    if (event->key() == Qt::Key_Insert && !event->modifiers().testFlag(Qt::ShiftModifier)) {
        addProperty(isControl ? PropertyModel::Place::Inside : PropertyModel::Place::Behind);
    } else if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::Cut)) {
        copy();
        clear();
    } else if (event->matches(QKeySequence::Paste)) {
        paste();
    } else if (event->key() == Qt::Key_Delete && isControl) {
        removeProperties();
    } else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
        clear();
    } else if (event->modifiers() == Qt::AltModifier && event->key() == Qt::Key_Up) {
        moveProperty(Direction::Up);
    } else if (event->modifiers() == Qt::AltModifier && event->key() == Qt::Key_Down) {
        moveProperty(Direction::Down);
    } else if (event->key() == Qt::Key_Escape &&
               !currentIndex().data(PropertyModel::RefusalRole).toString().isEmpty()) {
        m_model.dropRefusal(currentIndex());
        emit currentCellChanged();
    } else if (currentIndex().column() == PropertyModel::RequiredColumn &&
               (event->key() == Qt::Key_Space || event->key() == Qt::Key_Return ||
                event->key() == Qt::Key_Enter || event->key() == Qt::Key_F2)) {
        toggleRequired();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        // The editor's own Enter comes by here too.
        if (state() != EditingState && currentIndex().flags().testFlag(Qt::ItemIsEditable)) {
            edit(currentIndex());
        }
    } else {
        QTableView::keyPressEvent(event);
    }
}

bool SheetView::stepCell(int by)
{
    // Visual order: columns can be moved.
    const auto *header = horizontalHeader();
    int visual = header->visualIndex(currentIndex().column()) + by;
    int row = currentIndex().row();
    if (visual < 0 || visual >= PropertyModel::ColumnCount) {
        row += by;
        visual = by > 0 ? 0 : PropertyModel::ColumnCount - 1;
    }
    if (!currentIndex().isValid() || row < 0 || row >= m_model.rowCount()) {
        return false;
    }
    goTo(row, header->logicalIndex(visual));
    return true;
}

bool SheetView::focusNextPrevChild(bool next)
{
    return stepCell(next ? 1 : -1) || QTableView::focusNextPrevChild(next);
}

void SheetView::closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint)
{
    const bool isTab =
        hint == QAbstractItemDelegate::EditNextItem || hint == QAbstractItemDelegate::EditPreviousItem;
    QTableView::closeEditor(editor, isTab ? QAbstractItemDelegate::NoHint : hint);
    if (!currentIndex().data(PropertyModel::RefusalRole).toString().isEmpty()) {
        emit currentCellChanged(); // stays where something is to be mended
    } else if (isTab) {
        stepCell(hint == QAbstractItemDelegate::EditNextItem ? 1 : -1);
    } else if (hint == QAbstractItemDelegate::SubmitModelCache) {
        goTo(std::min(currentIndex().row() + 1, m_model.rowCount() - 1), currentIndex().column());
    }
}

void SheetView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    emit currentCellChanged();
}

} // namespace ui
