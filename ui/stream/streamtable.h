// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/streammodel.h"

#include <QTableView>

class QPushButton;

namespace ui {

class Theme;

/// The stream as a table. Follows the newest row until the user scrolls away, then holds its place by event
/// and counts what came in a pill. Keeps selection and place by EventId over a change of the filter.
class StreamTable final : public QTableView
{
    Q_OBJECT
public:
    StreamTable(const Theme &theme, StreamModel &model, QWidget *parent = nullptr);

    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    void goToNewest();
    /// Scrolls there and selects it alone.
    void selectRow(int row);

    enum class Direction { Forward, Backward };
    /// The next row with a violation, a rejected request or an unplanned event; false when there is none.
    bool goToProblem(Direction direction);

    [[nodiscard]] int selectedCount() const;
    /// Of the rows on screen, in their order.
    [[nodiscard]] std::vector<event::EventId> visibleIds() const;
    /// In row order, at most `limit`.
    [[nodiscard]] std::vector<event::EventId> selectedIds(std::size_t limit) const;
    [[nodiscard]] QPushButton &pill() const { return *m_pill; }

    /// Widths the user chose once; they are not fitted to the window any more.
    void setWidths(const QList<int> &widths);
    /// Empty as long as the user chose none.
    [[nodiscard]] QList<int> ownWidths() const;

    /// As if the key had been pressed here: the filter box hands its own on.
    void pressKey(int key, Qt::KeyboardModifiers modifiers);

signals:
    void selectionMoved();
    void menuWanted(const QPoint &globalPosition);
    void resumeWanted();
    void activatedRow();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void rememberPlace();
    void restorePlace();
    void scrolled();
    void appended(int count);
    void updatePill();
    void applyTheme();
    void fitColumns();

    const Theme &m_theme;
    StreamModel &m_model;
    QPushButton *m_pill;
    bool m_isFollowing = true;
    bool m_isMovingItself = false; ///< a scroll of ours, not the user's
    bool m_isFitting = false;
    bool m_hasOwnWidths = false; ///< the user chose some: they stay
    quint64 m_missed = 0;        ///< rows that came below while not following

    std::vector<event::EventId> m_selectedBefore;
    event::EventId m_currentBefore{}, m_topBefore{};
};

} // namespace ui
