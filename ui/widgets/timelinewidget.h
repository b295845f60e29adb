// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream/stream.h"
#include "ui/theme/theme.h"

#include <optional>

#include <QWidget>

namespace ui {

/// Events over time, stacked by status, 56 high. Dragging chooses a range; the arrow keys move a cursor over
/// the columns, with Shift they choose, Esc gives the range up. Painted by itself: a chart library takes a
/// frame.
class TimelineWidget final : public QWidget
{
    Q_OBJECT
public:
    struct Range
    {
        std::int64_t fromUs = 0;
        std::int64_t toUs = 0; ///< exclusive
        friend bool operator==(const Range &, const Range &) = default;
    };

    explicit TimelineWidget(const Theme &theme, QWidget *parent = nullptr);

    void setTimeline(stream::Timeline timeline);
    [[nodiscard]] std::optional<Range> range() const { return m_range; }
    void clearRange();
    /// The words hovering over x shows; empty beside the columns.
    [[nodiscard]] QString describe(int x) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void rangeSelected(std::int64_t fromUs, std::int64_t toUs);
    void rangeCleared();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    using Column = std::array<std::uint64_t, 5>;
    [[nodiscard]] QRect plot() const;
    [[nodiscard]] int columnAt(int x) const;
    [[nodiscard]] std::int64_t startOf(int column) const;
    void regroup();
    void setRangeFromColumns(int first, int last);
    void moveCursor(int column, Qt::KeyboardModifiers modifiers);
    void updateDescription();

    const Theme &m_theme;
    stream::Timeline m_timeline;
    std::vector<Column> m_columns; ///< buckets grouped to what fits the width
    std::int64_t m_columnUs = 1'000'000;
    std::uint64_t m_highest = 0;
    std::optional<Range> m_range;
    int m_pressed = -1;
    int m_hovered = -1;
    int m_cursor = -1;
    int m_anchor = -1;
};

} // namespace ui
