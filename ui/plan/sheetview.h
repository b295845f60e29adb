// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/propertymodel.h"

#include <QStyledItemDelegate>
#include <QTableView>

namespace ui {

class Theme;

/// The sheet's keys, a spreadsheet's: arrows move, typing, Enter and F2 edit, Enter goes down, Tab right and
/// Shift+Tab left (leaving the sheet at its ends), Space ticks, Delete empties, Ctrl+C, X and V move blocks
/// as tabbed text, Insert adds a property, Ctrl+Insert one inside, Ctrl+Delete removes, Alt+Up and Alt+Down
/// move. The names stay in sight while the other columns scroll.
class SheetView final : public QTableView
{
    Q_OBJECT
public:
    SheetView(const Theme &theme, PropertyModel &model, QWidget *parent = nullptr);

    void copy() const;
    void paste();
    void clear();
    void addProperty(PropertyModel::Place place);
    void removeProperties();
    enum class Direction : std::uint8_t { Up, Down };
    void moveProperty(Direction direction);
    /// Makes a cell the current one and shows it.
    void goTo(int row, int column);
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;

signals:
    void currentCellChanged();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    [[nodiscard]] QModelIndexList selectedCells() const;
    void buildNames();
    void placeNames();
    void toggleRequired();
    bool stepCell(int by);

    const Theme &m_theme;
    PropertyModel &m_model;
    QTableView *m_names; ///< seen while the first column is scrolled away
};

/// Cells of the sheet: names indented by their depth, what is required as a box to tick, a cell that holds
/// what can't be, marked. Its editors offer types and formats.
class SheetDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit SheetDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                        const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

private:
    const Theme &m_theme;
};

} // namespace ui
