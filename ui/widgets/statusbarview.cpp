// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/statusbarview.h"

#include <algorithm>
#include <cmath>

#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int refreshMs = 250;
constexpr std::uint64_t lowDiskBytes = 1'000'000'000;

int counted(std::uint64_t value)
{
    return static_cast<int>(std::min<std::uint64_t>(value, 2'000'000'000));
}

QString bytesText(std::uint64_t bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

QString rateText(double perSecond)
{
    return perSecond < 10 && perSecond > 0 ? QLocale().toString(perSecond, 'f', 1)
                                           : QLocale().toString(std::llround(perSecond));
}

} // namespace

StatusBarView::StatusBarView(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(u"statusBar"_s);
    setFixedHeight(measure::statusBarHeight);
    setMouseTracking(true);
    setAccessibleName(tr("Status"));
    m_timer.setSingleShot(true);
    m_timer.setInterval(refreshMs);
    connect(&m_timer, &QTimer::timeout, this, &StatusBarView::refresh);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    refresh();
}

void StatusBarView::setTotals(const stream::Totals &totals)
{
    m_totals = totals;
    scheduleRefresh();
}

void StatusBarView::setDeliveryHealth(const QList<deliver::DestinationHealth> &health)
{
    m_health = health;
    scheduleRefresh();
}

void StatusBarView::setDisk(std::uint64_t storeBytes, std::uint64_t freeBytes)
{
    m_storeBytes = storeBytes;
    m_freeBytes = freeBytes;
    scheduleRefresh();
}

void StatusBarView::setRecheckBacklog(std::uint64_t events)
{
    m_backlog = events;
    scheduleRefresh();
}

void StatusBarView::setActivity(const QString &text)
{
    m_activity = text;
    scheduleRefresh();
}

void StatusBarView::scheduleRefresh()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void StatusBarView::startGroup()
{
    m_startsGroup = !m_parts.empty();
}

void StatusBarView::add(const QString &text, Role role, const QString &filter, const QString &tip)
{
    m_parts.push_back({text, role, filter, tip, m_startsGroup});
    m_startsGroup = false;
}

void StatusBarView::refresh()
{
    m_parts.clear();
    const auto count = [this](event::Status status) {
        return m_totals.statuses[static_cast<std::size_t>(status)];
    };
    const auto problem = [this](const QString &text, std::uint64_t value, Role role, const QString &filter) {
        if (value != 0)
            add(text, role, filter, tr("Click to show them"));
    };
    const std::uint64_t violations = count(event::Status::Violation);
    const std::uint64_t unplanned = count(event::Status::Unplanned);
    const std::uint64_t rejected = count(event::Status::Rejected);
    add(tr("%Ln event(s)", nullptr, counted(m_totals.events)), Role::TextSecondary);
    problem(tr("%Ln violation(s)", nullptr, counted(violations)), violations, Role::Violation,
            u"status:violation"_s);
    problem(tr("%Ln unplanned", nullptr, counted(unplanned)), unplanned, Role::Unplanned,
            u"status:unplanned"_s);
    problem(tr("%Ln lint", nullptr, counted(m_totals.lint)), m_totals.lint, Role::Lint, u"has:lint"_s);
    problem(tr("%Ln rejected", nullptr, counted(rejected)), rejected, Role::Rejected, u"status:rejected"_s);
    startGroup();
    add(tr("%1/s").arg(rateText(m_totals.perSecond)), Role::TextSecondary, {},
        tr("Events a second, over the last two seconds"));
    if (m_backlog != 0) {
        startGroup();
        add(tr("%Ln event(s) to check again", nullptr, counted(m_backlog)), Role::TextSecondary, {},
            tr("The plan or the conventions changed; newest events first"));
    }
    for (const deliver::DestinationHealth &health : m_health) {
        const std::uint64_t ended = health.delivered + health.failed;
        if (ended + health.pending == 0)
            continue;
        startGroup();
        const double share =
            ended == 0 ? 100 : 100.0 * static_cast<double>(health.delivered) / static_cast<double>(ended);
        QString tip = tr("%Ln delivered, ", nullptr, counted(health.delivered)) +
                      tr("%Ln failed, ", nullptr, counted(health.failed)) +
                      tr("%Ln waiting", nullptr, counted(health.pending));
        if (!health.lastError.isEmpty())
            tip += u'\n' + health.lastError;
        // Rounded down, so that one failure among thousands never reads as 100 %.
        add(tr("%1 %2 %").arg(health.name, QLocale().toString(std::floor(share * 10) / 10, 'g', 3)),
            health.failed != 0 ? Role::Violation : Role::TextSecondary, {}, tip);
    }
    startGroup();
    const bool isLow = m_freeBytes != 0 && m_freeBytes < lowDiskBytes;
    add(tr("disk %1").arg(bytesText(m_storeBytes)), isLow ? Role::Unplanned : Role::TextSecondary, {},
        tr("The store takes %1; %2 are free").arg(bytesText(m_storeBytes), bytesText(m_freeBytes)));
    if (!m_activity.isEmpty()) {
        startGroup();
        add(m_activity, Role::TextSecondary);
    }
    setAccessibleDescription(summary());
    update();
}

QString StatusBarView::summary() const
{
    QString text;
    for (const Part &part : m_parts) {
        if (!text.isEmpty())
            text += part.startsGroup ? u" | "_s : u"  "_s;
        text += part.text;
    }
    return text;
}

QSize StatusBarView::sizeHint() const
{
    return {400, measure::statusBarHeight};
}

void StatusBarView::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Canvas));
    painter.fillRect(QRect(0, 0, width(), 1), m_theme.color(Role::Border));
    painter.setFont(m_theme.font(FontRole::Meta));
    const QFontMetrics metrics(painter.font());
    int left = space::m;
    for (Part &part : m_parts) {
        if (part.startsGroup) {
            painter.fillRect(QRect(left, 7, 1, height() - 13), m_theme.color(Role::BorderStrong));
            left += space::m;
        }
        part.left = left;
        part.right = left + metrics.horizontalAdvance(part.text);
        painter.setPen(m_theme.color(part.role));
        painter.drawText(QRect(left, 1, part.right - left + 2, height() - 1),
                         Qt::AlignVCenter | Qt::AlignLeft, part.text);
        left = part.right + space::m;
    }
}

const StatusBarView::Part *StatusBarView::partAt(int x) const
{
    const auto found = std::ranges::find_if(
        m_parts, [x](const Part &part) { return x >= part.left - 4 && x <= part.right + 4; });
    return found == m_parts.end() ? nullptr : &*found;
}

void StatusBarView::mouseReleaseEvent(QMouseEvent *event)
{
    if (const Part *part = partAt(event->pos().x()); part != nullptr && !part->filter.isEmpty())
        emit filterWanted(part->filter);
}

void StatusBarView::mouseMoveEvent(QMouseEvent *event)
{
    const Part *part = partAt(event->pos().x());
    setCursor(part != nullptr && !part->filter.isEmpty() ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

bool StatusBarView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (const Part *part = partAt(help->pos().x()); part != nullptr && !part->tip.isEmpty())
            QToolTip::showText(help->globalPos(), part->tip, this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace ui
