// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/timelinewidget.h"

#include "ui/widgets/statuschip.h"

#include <algorithm>
#include <numeric>

#include <QDateTime>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int columnWidth = 4; ///< 3 px of colour and a gap
constexpr int labelHeight = 14;
/// From the axis up: what is wrong stands at the bottom, where its height can be compared.
constexpr std::array stackOrder{event::Status::Violation, event::Status::Rejected, event::Status::Unplanned,
                                event::Status::Unchecked, event::Status::Valid};

std::uint64_t total(const std::array<std::uint64_t, 5> &column)
{
    return std::accumulate(column.begin(), column.end(), std::uint64_t{0});
}

QString clockText(std::int64_t us)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(us / 1000).time(), u"HH:mm:ss"_s);
}

} // namespace

TimelineWidget::TimelineWidget(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedHeight(measure::timelineHeight);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(true);
    setObjectName(u"timeline"_s);
    setAccessibleName(tr("Timeline"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    updateDescription();
}

void TimelineWidget::setTimeline(stream::Timeline timeline)
{
    m_timeline = std::move(timeline);
    regroup();
    setFocusPolicy(m_highest == 0 ? Qt::NoFocus : Qt::StrongFocus); // nothing to choose from yet
    updateDescription();
    update();
}

void TimelineWidget::clearRange()
{
    m_anchor = -1;
    if (!m_range)
        return;
    m_range.reset();
    updateDescription();
    update();
    emit rangeCleared();
}

QRect TimelineWidget::plot() const
{
    return rect().adjusted(space::m, 6, -space::m, -labelHeight - 3);
}

void TimelineWidget::regroup()
{
    const auto fitting = std::max<std::size_t>(1, static_cast<std::size_t>(plot().width() / columnWidth));
    const std::size_t buckets = m_timeline.buckets.size();
    const std::size_t each = std::max<std::size_t>(1, (buckets + fitting - 1) / fitting);
    m_columnUs = std::max<std::int64_t>(1, m_timeline.bucketUs) * static_cast<std::int64_t>(each);
    m_columns.assign((buckets + each - 1) / each, Column{});
    for (std::size_t index = 0; index < buckets; ++index)
        for (std::size_t status = 0; status < 5; ++status)
            m_columns[index / each][status] += m_timeline.buckets[index][status];
    m_highest = 0;
    for (const Column &column : m_columns)
        m_highest = std::max(m_highest, total(column));
    m_cursor = std::min(m_cursor, static_cast<int>(m_columns.size()) - 1);
}

std::int64_t TimelineWidget::startOf(int column) const
{
    return m_timeline.startUs + column * m_columnUs;
}

int TimelineWidget::columnAt(int x) const
{
    const int column = (x - plot().left()) / columnWidth;
    return x < plot().left() || column >= static_cast<int>(m_columns.size()) ? -1 : column;
}

QString TimelineWidget::describe(int x) const
{
    const int column = columnAt(x);
    if (column < 0)
        return {};
    const Column &counts = m_columns[static_cast<std::size_t>(column)];
    QStringList lines{tr("%1 to %2").arg(clockText(startOf(column)), clockText(startOf(column + 1))),
                      tr("%n event(s)", nullptr, static_cast<int>(total(counts)))};
    for (const event::Status status : stackOrder) {
        if (const std::uint64_t count = counts[static_cast<std::size_t>(status)]; count != 0)
            lines.append(
                tr("%1: %2").arg(statusText(status), QLocale().toString(static_cast<qulonglong>(count))));
    }
    return lines.join(u'\n');
}

QSize TimelineWidget::sizeHint() const
{
    return {600, measure::timelineHeight};
}

QSize TimelineWidget::minimumSizeHint() const
{
    return {160, measure::timelineHeight};
}

void TimelineWidget::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Surface));
    const QRect area = plot();
    painter.fillRect(QRect(area.left(), area.bottom() + 1, area.width(), 1), m_theme.color(Role::Border));
    painter.setFont(m_theme.font(FontRole::Meta));
    const QRect labels(area.left(), area.bottom() + 2, area.width(), labelHeight);
    painter.setPen(m_theme.color(Role::TextHint));
    if (m_columns.empty() || m_highest == 0) {
        painter.drawText(area, Qt::AlignCenter, tr("Events over time appear here"));
    } else {
        if (m_range) {
            const int left =
                area.left() +
                static_cast<int>((m_range->fromUs - m_timeline.startUs) / m_columnUs) * columnWidth;
            const int right =
                area.left() +
                static_cast<int>((m_range->toUs - m_timeline.startUs) / m_columnUs) * columnWidth;
            const QRect chosen = QRect(left, 2, right - left, area.bottom() - 1).intersected(rect());
            painter.fillRect(chosen, m_theme.color(Role::AccentSoft));
            painter.fillRect(QRect(chosen.left(), 2, 1, chosen.height()), m_theme.color(Role::Accent));
            painter.fillRect(QRect(chosen.right(), 2, 1, chosen.height()), m_theme.color(Role::Accent));
        }
        for (std::size_t index = 0; index < m_columns.size(); ++index) {
            const int left = area.left() + static_cast<int>(index) * columnWidth;
            if (static_cast<int>(index) == m_hovered || (hasFocus() && static_cast<int>(index) == m_cursor))
                painter.fillRect(QRect(left - 1, 2, columnWidth + 1, area.bottom() - 1),
                                 m_theme.color(Role::Border));
            double below = 0;
            int bottom = area.bottom() + 1;
            for (const event::Status status : stackOrder) {
                const std::uint64_t count = m_columns[index][static_cast<std::size_t>(status)];
                if (count == 0)
                    continue;
                below += static_cast<double>(count);
                // One violation among a thousand must still be seen: at least 2 px a status.
                const int top = std::max(
                    area.top(), std::min(bottom - 2, area.bottom() + 1 -
                                                         static_cast<int>(below * area.height() /
                                                                          static_cast<double>(m_highest))));
                painter.fillRect(QRect(left, top, columnWidth - 1, bottom - top),
                                 m_theme.color(toneFor(status).word));
                bottom = top;
            }
        }
        painter.setPen(m_theme.color(Role::TextHint));
        const int last = static_cast<int>(m_columns.size());
        painter.drawText(labels, Qt::AlignLeft | Qt::AlignVCenter, clockText(startOf(0)));
        const int end = std::min(area.right(), area.left() + last * columnWidth);
        if (end - area.left() > 140)
            painter.drawText(QRect(labels.left(), labels.top(), end - labels.left(), labels.height()),
                             Qt::AlignRight | Qt::AlignVCenter, clockText(startOf(last)));
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme.color(Role::Accent), measure::focusRing));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
    }
}

void TimelineWidget::setRangeFromColumns(int first, int last)
{
    const Range range{startOf(std::min(first, last)), startOf(std::max(first, last) + 1)};
    if (m_range == range)
        return;
    m_range = range;
    updateDescription();
    update();
}

void TimelineWidget::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && !m_columns.empty())
        m_pressed = std::max(0, columnAt(event->pos().x()));
}

void TimelineWidget::mouseMoveEvent(QMouseEvent *event)
{
    const int column = columnAt(event->pos().x());
    if (m_pressed >= 0) {
        const int end = column >= 0
                            ? column
                            : (event->pos().x() < plot().left() ? 0 : static_cast<int>(m_columns.size()) - 1);
        if (end != m_pressed || m_range)
            setRangeFromColumns(m_pressed, end);
        return;
    }
    if (column != m_hovered) {
        m_hovered = column;
        update();
    }
}

void TimelineWidget::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_pressed < 0 || event->button() != Qt::LeftButton)
        return;
    const bool isClick = columnAt(event->pos().x()) == m_pressed;
    m_pressed = -1;
    if (isClick)
        clearRange();
    else if (m_range)
        emit rangeSelected(m_range->fromUs, m_range->toUs);
}

void TimelineWidget::leaveEvent(QEvent * /*event*/)
{
    m_hovered = -1;
    update();
}

void TimelineWidget::moveCursor(int column, Qt::KeyboardModifiers modifiers)
{
    const int last = static_cast<int>(m_columns.size()) - 1;
    if (last < 0)
        return;
    const int before = m_cursor < 0 ? last : m_cursor;
    m_cursor = std::clamp(column, 0, last);
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        if (m_anchor < 0)
            m_anchor = before;
        setRangeFromColumns(m_anchor, m_cursor);
        emit rangeSelected(m_range->fromUs, m_range->toUs);
    } else {
        m_anchor = -1;
    }
    updateDescription();
    update();
}

void TimelineWidget::keyPressEvent(QKeyEvent *event)
{
    const int here = m_cursor < 0 ? static_cast<int>(m_columns.size()) : m_cursor;
    switch (event->key()) {
    case Qt::Key_Left:
        moveCursor(here - 1, event->modifiers());
        return;
    case Qt::Key_Right:
        moveCursor(here + 1, event->modifiers());
        return;
    case Qt::Key_Home:
        moveCursor(0, event->modifiers());
        return;
    case Qt::Key_End:
        moveCursor(static_cast<int>(m_columns.size()) - 1, event->modifiers());
        return;
    case Qt::Key_Escape:
        clearRange();
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
}

bool TimelineWidget::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString text = describe(help->pos().x());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QWidget::event(event);
}

void TimelineWidget::resizeEvent(QResizeEvent * /*event*/)
{
    regroup();
}

void TimelineWidget::updateDescription()
{
    Column sums{};
    for (const auto &bucket : m_timeline.buckets)
        for (std::size_t status = 0; status < 5; ++status)
            sums[status] += bucket[status];
    QString text = tr("%n event(s)", nullptr, static_cast<int>(total(sums)));
    for (const event::Status status : stackOrder) {
        if (const std::uint64_t count = sums[static_cast<std::size_t>(status)]; count != 0)
            text +=
                tr(", %1: %2").arg(statusText(status), QLocale().toString(static_cast<qulonglong>(count)));
    }
    if (m_range)
        text += tr("; chosen: %1 to %2").arg(clockText(m_range->fromUs), clockText(m_range->toUs));
    if (m_cursor >= 0)
        text += u"; "_s + describe(plot().left() + m_cursor * columnWidth).replace(u'\n', u", "_s);
    setAccessibleDescription(text);
}

} // namespace ui
