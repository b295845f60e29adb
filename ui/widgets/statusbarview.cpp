// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/statusbarview.h"

#include <algorithm>
#include <cmath>

#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int refreshMs = 250;
constexpr int recheckShowsMs = 1'000;
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
    , m_cancelRecheck(new QToolButton(this))
{
    setObjectName(u"statusBar"_s);
    setFixedHeight(measure::statusBarHeight);
    setMouseTracking(true);
    setAccessibleName(tr("Status"));
    m_timer.setSingleShot(true);
    m_timer.setInterval(refreshMs);
    connect(&m_timer, &QTimer::timeout, this, &StatusBarView::refresh);
    m_recheckShows.setSingleShot(true);
    m_recheckShows.setInterval(recheckShowsMs);
    connect(&m_recheckShows, &QTimer::timeout, this, &StatusBarView::refresh);
    m_cancelRecheck->setObjectName(u"cancelRecheck"_s);
    m_cancelRecheck->setText(tr("Cancel"));
    m_cancelRecheck->setAccessibleName(tr("Cancel checking again"));
    m_cancelRecheck->setToolTip(tr("Older events keep the verdict they had"));
    m_cancelRecheck->setAutoRaise(true);
    m_cancelRecheck->setFocusPolicy(Qt::StrongFocus);
    m_cancelRecheck->setFont(theme.font(FontRole::Meta));
    connect(m_cancelRecheck, &QToolButton::clicked, this, &StatusBarView::cancelRecheckWanted);
    connect(&theme, &Theme::changed, this, [this] {
        m_cancelRecheck->setFont(m_theme.font(FontRole::Meta));
        refresh();
    });
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

void StatusBarView::setRecheck(std::uint64_t done, std::uint64_t total)
{
    if (total == 0) {
        m_recheckShows.stop();
    } else if (m_recheckTotal == 0) {
        m_recheckShows.start();
    }
    m_recheckDone = done;
    m_recheckTotal = total;
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
    const bool isChecking = m_recheckTotal != 0 && !m_recheckShows.isActive();
    if (isChecking) {
        startGroup();
        // Rounded down: 100 % would be no work left.
        const auto percent = std::min<std::uint64_t>(99, 100 * m_recheckDone / m_recheckTotal);
        add(tr("Checking again: %1 %").arg(percent), Role::TextSecondary, {},
            tr("The plan or the conventions changed: %Ln stored event(s) get their verdict anew, those in "
               "view "
               "first, then the newest",
               nullptr, counted(m_recheckTotal)));
        m_parts.back().hasCancel = true;
    }
    m_cancelRecheck->setVisible(isChecking);
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
    place();
    update();
}

void StatusBarView::place()
{
    const QFontMetrics metrics(m_theme.font(FontRole::Meta));
    int left = space::m;
    for (Part &part : m_parts) {
        if (part.startsGroup)
            left += space::m;
        part.left = left;
        part.right = left + metrics.horizontalAdvance(part.text);
        left = part.right + space::m;
        if (part.hasCancel) {
            const int width = m_cancelRecheck->sizeHint().width();
            m_cancelRecheck->setGeometry(part.right + space::xs, 2, width, height() - 3);
            left += width;
        }
    }
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
    for (const Part &part : m_parts) {
        if (part.startsGroup)
            painter.fillRect(QRect(part.left - space::m, 7, 1, height() - 13),
                             m_theme.color(Role::BorderStrong));
        painter.setPen(m_theme.color(part.role));
        painter.drawText(QRect(part.left, 1, part.right - part.left + 2, height() - 1),
                         Qt::AlignVCenter | Qt::AlignLeft, part.text);
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
