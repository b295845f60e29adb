// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/stream/streamtable.h"

#include "ui/stream/streamdelegate.h"
#include "ui/theme/theme.h"

#include <algorithm>

#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// A larger selection is not carried over to another filter: it would be searched row by row.
constexpr std::size_t maxRemembered = 10'000;

/// Widths of the columns for a table at least this wide; 0 hides one, the event takes what is left.
struct Fit
{
    int atLeast;
    std::array<int, StreamModel::ColumnCount> widths;
};
constexpr std::array fits{
    Fit{1060, {104, 168, 100, 0, 168, 264, 112}},
    Fit{860, {100, 148, 34, 0, 112, 200, 108}},
    Fit{640, {100, 136, 34, 0, 0, 200, 0}},
    Fit{0, {100, 112, 34, 0, 0, 132, 0}},
};

bool isProblem(event::Status status)
{
    return status == event::Status::Violation || status == event::Status::Unplanned ||
           status == event::Status::Rejected;
}

} // namespace

StreamTable::StreamTable(const Theme &theme, StreamModel &model, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
    , m_model(model)
    , m_pill(new QPushButton(this))
{
    setObjectName(u"streamTable"_s);
    setAccessibleName(tr("Event stream"));
    setModel(&m_model);
    setItemDelegate(new StreamDelegate(theme, model, this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(16);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    // By item the scroll bar's value is a row, so a place is a row and survives rows leaving at the top.
    setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);

    auto *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsClickable(false);
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setMinimumSectionSize(32);
    header->setSectionResizeMode(StreamModel::EventColumn, QHeaderView::Stretch);
    connect(header, &QHeaderView::sectionResized, this, [this](int column) {
        // Only a drag is a choice: fitting, hiding and stretching come through here too.
        const bool isDrag = QGuiApplication::mouseButtons().testFlag(Qt::LeftButton);
        m_hasOwnWidths = m_hasOwnWidths || (isDrag && !m_isFitting && column != StreamModel::EventColumn);
    });
    fitColumns();

    setButtonKind(*m_pill, ButtonKind::Accent);
    m_pill->setObjectName(u"newPill"_s);
    m_pill->setFocusPolicy(Qt::NoFocus);
    m_pill->setCursor(Qt::PointingHandCursor);
    m_pill->hide();
    connect(m_pill, &QPushButton::clicked, this, [this] {
        if (m_model.isPaused()) {
            emit resumeWanted();
        }
        goToNewest();
    });

    connect(&m_model, &StreamModel::aboutToSwap, this, &StreamTable::rememberPlace);
    connect(&m_model, &StreamModel::swapped, this, &StreamTable::restorePlace);
    connect(&m_model, &StreamModel::rowsAppended, this, &StreamTable::appended);
    connect(&m_model, &StreamModel::heldBackChanged, this, &StreamTable::updatePill);
    connect(&m_model, &StreamModel::pausedChanged, this, &StreamTable::updatePill);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) {
                if (!m_isFollowing && first == 0) {
                    const QScopedValueRollback guard(m_isMovingItself, true);
                    verticalScrollBar()->setValue(std::max(0, verticalScrollBar()->value() - (last + 1)));
                }
            });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &StreamTable::scrolled);
    connect(&m_theme, &Theme::changed, this, &StreamTable::applyTheme);
    applyTheme();
}

void StreamTable::applyTheme()
{
    verticalHeader()->setDefaultSectionSize(m_theme.rowHeight());
    viewport()->update();
}

void StreamTable::fitColumns()
{
    if (m_hasOwnWidths) {
        return;
    }
    const QScopedValueRollback guard(m_isFitting, true);
    const auto fit = std::ranges::find_if(fits, [this](const Fit &one) { return width() >= one.atLeast; });
    for (int column = 0; column < StreamModel::ColumnCount; ++column) {
        const int wanted = fit->widths[static_cast<std::size_t>(column)];
        if (column != StreamModel::EventColumn) {
            setColumnHidden(column, wanted == 0);
            setColumnWidth(column, wanted);
        }
    }
}

void StreamTable::setWidths(const QList<int> &widths)
{
    if (widths.size() != StreamModel::ColumnCount) {
        return;
    }
    for (int column = 0; column < StreamModel::ColumnCount; ++column) {
        if (column != StreamModel::EventColumn) {
            setColumnHidden(column, widths[column] == 0);
            setColumnWidth(column, std::clamp(widths[column], 0, 600));
        }
    }
    m_hasOwnWidths = true;
}

QList<int> StreamTable::ownWidths() const
{
    QList<int> widths;
    for (int column = 0; m_hasOwnWidths && column < StreamModel::ColumnCount; ++column) {
        widths += isColumnHidden(column) ? 0 : columnWidth(column);
    }
    return widths;
}

void StreamTable::goToNewest()
{
    m_isFollowing = true;
    m_missed = 0;
    const QScopedValueRollback guard(m_isMovingItself, true);
    scrollToBottom();
    updatePill();
}

void StreamTable::selectRow(int row)
{
    const QModelIndex index = m_model.index(row, StreamModel::EventColumn);
    if (!index.isValid()) {
        return;
    }
    setCurrentIndex(index);
    scrollTo(index);
}

bool StreamTable::goToProblem(Direction direction)
{
    const int count = m_model.rowCount();
    const int step = direction == Direction::Forward ? 1 : -1;
    const int from = currentIndex().isValid() ? currentIndex().row() + step
                                              : (direction == Direction::Forward ? 0 : count - 1);
    for (int row = from; row >= 0 && row < count; row += step) {
        if (isProblem(m_model.rowAt(row).state.status)) {
            selectRow(row);
            return true;
        }
    }
    return false;
}

int StreamTable::selectedCount() const
{
    int count = 0;
    for (const auto &range : selectionModel()->selection()) {
        if (range.left() == 0) { // rows are selected whole
            count += range.height();
        }
    }
    return count;
}

std::vector<event::EventId> StreamTable::visibleIds() const
{
    std::vector<event::EventId> ids;
    const int last = rowAt(viewport()->height() - 1);
    const int end = last < 0 ? m_model.rowCount() : last + 1;
    for (int row = std::max(0, rowAt(0)); row < end; ++row) {
        ids.push_back(m_model.eventId(row));
    }
    return ids;
}

std::vector<event::EventId> StreamTable::selectedIds(std::size_t limit) const
{
    std::vector<std::pair<int, int>> ranges;
    for (const auto &range : selectionModel()->selection()) {
        ranges.emplace_back(range.top(), range.bottom());
    }
    std::ranges::sort(ranges);
    std::vector<event::EventId> ids;
    for (const auto &[top, bottom] : ranges) {
        for (int row = top; row <= bottom && ids.size() < limit; ++row) {
            ids.push_back(m_model.eventId(row));
        }
    }
    return ids;
}

void StreamTable::pressKey(int key, Qt::KeyboardModifiers modifiers)
{
    QKeyEvent event(QEvent::KeyPress, key, modifiers);
    keyPressEvent(&event);
}

void StreamTable::keyPressEvent(QKeyEvent *event)
{
    const bool isPlain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    // Qt makes the first row current when the table gets the focus, without selecting it: with nothing
    // selected the first step is the first row in view, or upwards the newest.
    const bool isFirstStep = isPlain && selectedCount() == 0 && m_model.rowCount() > 0;
    switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_PageDown:
        if (isFirstStep) {
            selectRow(std::max(0, rowAt(0)));
            return;
        }
        break;
    case Qt::Key_Up:
    case Qt::Key_PageUp:
        if (isFirstStep) {
            selectRow(m_model.rowCount() - 1);
            return;
        }
        break;
    case Qt::Key_F8:
        goToProblem(event->modifiers().testFlag(Qt::ShiftModifier) ? Direction::Backward
                                                                   : Direction::Forward);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // With nothing to open, the focus stays where the arrows still work.
        if (selectedCount() > 0) {
            emit activatedRow();
        }
        return;
    case Qt::Key_Home:
        // QTableView's Home goes to the first column; here a row is one thing.
        if (isPlain) {
            selectRow(0);
            return;
        }
        break;
    case Qt::Key_End:
        if (isPlain) {
            selectRow(m_model.rowCount() - 1);
            goToNewest();
            return;
        }
        break;
    default:
        break;
    }
    QTableView::keyPressEvent(event);
}

void StreamTable::contextMenuEvent(QContextMenuEvent *event)
{
    if (selectedCount() == 0) {
        return;
    }
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        position = viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft());
    }
    emit menuWanted(position);
}

void StreamTable::resizeEvent(QResizeEvent *event)
{
    const QScopedValueRollback guard(m_isMovingItself, true);
    fitColumns();
    QTableView::resizeEvent(event);
    if (m_isFollowing) {
        scrollToBottom();
    }
    updatePill();
}

void StreamTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    // Whoever reads a row does not want it carried away by the newest.
    if (!selected.isEmpty() && !m_isMovingItself && m_isFollowing &&
        currentIndex().row() < m_model.rowCount() - 1) {
        m_isFollowing = false;
        m_missed = 0;
    }
    emit selectionMoved();
}

void StreamTable::rememberPlace()
{
    m_selectedBefore = selectedCount() <= static_cast<int>(maxRemembered) ? selectedIds(maxRemembered)
                                                                          : std::vector<event::EventId>{};
    m_currentBefore = currentIndex().isValid() ? m_model.eventId(currentIndex().row()) : event::EventId{};
    m_topBefore = m_model.eventId(verticalScrollBar()->value());
    m_isMovingItself = true; // until restorePlace(): a reset throws the scroll bar to the top
}

void StreamTable::restorePlace()
{
    QItemSelection selection;
    for (const auto id : m_selectedBefore) {
        if (const int row = m_model.rowOf(id); row >= 0) {
            const QItemSelectionRange range(m_model.index(row, 0),
                                            m_model.index(row, StreamModel::ColumnCount - 1));
            selection.append(range);
        }
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    const int current = m_currentBefore == event::EventId{} ? -1 : m_model.rowOf(m_currentBefore);
    if (current >= 0) {
        selectionModel()->setCurrentIndex(m_model.index(current, StreamModel::EventColumn),
                                          QItemSelectionModel::NoUpdate);
    }
    if (m_isFollowing) {
        scrollToBottom();
    } else if (current >= 0) {
        scrollTo(m_model.index(current, StreamModel::EventColumn), QAbstractItemView::PositionAtCenter);
    } else if (m_topBefore != event::EventId{}) {
        verticalScrollBar()->setValue(std::max(0, m_model.nearestRow(m_topBefore)));
    }
    m_isMovingItself = false;
    m_missed = 0;
    updatePill();
    emit selectionMoved();
}

void StreamTable::scrolled()
{
    if (m_isMovingItself) {
        return;
    }
    m_isFollowing = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    if (m_isFollowing) {
        m_missed = 0;
    }
    updatePill();
}

void StreamTable::appended(int count)
{
    if (m_isFollowing) {
        const QScopedValueRollback guard(m_isMovingItself, true);
        scrollToBottom();
    } else {
        m_missed += static_cast<quint64>(count);
    }
    updatePill();
}

void StreamTable::updatePill()
{
    const quint64 held = m_model.heldBack();
    QString text;
    if (m_model.isPaused()) {
        text = held > 0 ? tr("Paused · %1 new").arg(QLocale().toString(held)) : tr("Paused");
    } else if (m_missed > 0) {
        text = tr("%Ln new", nullptr, static_cast<int>(std::min<quint64>(m_missed, 1'000'000'000)));
    }
    m_pill->setVisible(!text.isEmpty());
    if (text.isEmpty()) {
        return;
    }
    m_pill->setIcon(m_theme.icon(m_model.isPaused() ? Icon::Play : Icon::ChevronDown, Role::OnAccent));
    m_pill->setText(text);
    m_pill->setToolTip(m_model.isPaused() ? tr("Resume and show what came (Space)")
                                          : tr("Go to the newest (Ctrl+End)"));
    m_pill->adjustSize();
    m_pill->move(viewport()->x() + (viewport()->width() - m_pill->width()) / 2,
                 viewport()->y() + viewport()->height() - m_pill->height() - space::m);
    m_pill->raise();
}

} // namespace ui
