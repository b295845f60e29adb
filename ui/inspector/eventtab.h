// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/inspectedevent.h"

#include <QSet>
#include <QTreeView>

namespace ui {

class EventTreeDelegate;
class JsonTreeModel;
class Theme;

/// The tree itself; tells its delegate how wide sentences may run.
class EventTree final : public QTreeView
{
    Q_OBJECT
public:
    EventTree(const Theme &theme, QWidget *parent = nullptr);
    [[nodiscard]] EventTreeDelegate *notes() const { return m_delegate; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override;
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;

private:
    const Theme &m_theme;
    EventTreeDelegate *m_delegate;
};

/// The event's properties with what is wrong at each. What the user folds stays folded for the next event.
class EventTab final : public QWidget
{
    Q_OBJECT
public:
    EventTab(const Theme &theme, QWidget *parent = nullptr);

    void display(InspectedPtr inspected, std::vector<event::FindingText> texts);
    void clear();
    void jumpTo(const json::Pointer &pointer);
    [[nodiscard]] JsonTreeModel *model() const { return m_model; }
    [[nodiscard]] QTreeView *tree() const { return m_tree; }

signals:
    /// "Only events with this value": a field and a value of the filter language.
    void filterWanted(const QString &field, const QString &value);

private:
    void unfold();
    void showNotesOnTheWhole(const std::vector<event::FindingText> &texts);
    void unfoldBelow(const QModelIndex &parent, int level);
    void remember(const QModelIndex &index, QSet<QString> &into, QSet<QString> &outOf);
    void openMenu(const QPoint &position);
    void copy(const QString &text);

    const Theme &m_theme;
    EventTree *m_tree;
    JsonTreeModel *m_model;
    InspectedPtr m_inspected;
    QWidget *m_whole;                   ///< findings about the event as such, above the tree
    QSet<QString> m_unfolded, m_folded; ///< pointers the user opened and closed by hand
    bool m_isUnfolding = false;
};

} // namespace ui
