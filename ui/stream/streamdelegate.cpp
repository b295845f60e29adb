// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/stream/streamdelegate.h"

#include "ui/theme/theme.h"
#include "ui/widgets/statuschip.h"
#include "ui/widgets/timetext.h"

#include <QHelpEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int padding = space::s;
constexpr int letterSize = 16;
constexpr int dotWidth = 16;
/// Below this width a type is its letter only.
constexpr int wordWidth = 64;

QRect inner(const QRect &cell)
{
    return cell.adjusted(padding, 0, -padding, 0);
}

Tone toneOf(event::DeliveryState state)
{
    switch (state) {
    case event::DeliveryState::Delivered:
        return {Role::Valid, Role::ValidSoft, Icon::Delivered};
    case event::DeliveryState::Failed:
        return {Role::Violation, Role::ViolationSoft, Icon::Failed};
    case event::DeliveryState::Pending:
    case event::DeliveryState::None:
        break;
    }
    return {Role::Unchecked, Role::UncheckedSoft, Icon::Pending};
}

} // namespace

QString shortRuleText(event::RuleId rule)
{
    const auto word = event::word(rule);
    QString text = QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
    text = text.sliced(text.indexOf(u'/') + 1);
    return text.replace(u'-', u' ');
}

StreamDelegate::StreamDelegate(const Theme &theme, const StreamModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_model(model)
{
}

QSize StreamDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {100, m_theme.rowHeight()};
}

void StreamDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const QRect &cell = option.rect;
    const StreamModel::Row row = m_model.rowAt(index.row());
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (isSelected) {
        painter->fillRect(cell, m_theme.color(Role::AccentSoft));
    } else if (row.isNew && m_theme.motion() == Theme::Motion::Full) {
        painter->fillRect(cell, m_theme.color(Role::AccentSoft, 140));
    }
    const QRect area = inner(cell);
    switch (static_cast<StreamModel::Column>(index.column())) {
    case StreamModel::TimeColumn:
        painter->setFont(m_theme.font(FontRole::Body));
        painter->setPen(m_theme.color(Role::TextSecondary));
        paintText(*painter, area, m_model.timeText(row.summary.receivedUs), Qt::ElideRight);
        break;
    case StreamModel::SourceColumn: {
        if (event::raw(row.summary.source) != 0) {
            paintSourceDot(*painter, m_theme, QRect(area.left(), area.top(), 8, area.height()),
                           event::raw(row.summary.source));
        }
        painter->setFont(m_theme.font(FontRole::Body));
        painter->setPen(m_theme.color(Role::TextSecondary));
        paintText(*painter, area.adjusted(dotWidth, 0, 0, 0),
                  m_model.text(TextKind::Source, event::raw(row.summary.source)), Qt::ElideRight);
        break;
    }
    case StreamModel::TypeColumn:
        paintType(*painter, area, row.summary.type);
        break;
    case StreamModel::EventColumn: {
        painter->setFont(
            m_theme.font(row.summary.type == event::CallType::Track ? FontRole::BodyStrong : FontRole::Body));
        const bool isRejected = row.summary.type == event::CallType::None;
        painter->setPen(m_theme.color(isRejected ? Role::Rejected : Role::Text));
        const QString name = index.data().toString();
        if (name.isEmpty()) {
            painter->setPen(m_theme.color(Role::TextSecondary));
        }
        paintText(*painter, area, name.isEmpty() ? callTypeText(row.summary.type) : name, Qt::ElideRight);
        break;
    }
    case StreamModel::UserColumn:
        painter->setFont(m_theme.font(FontRole::Mono));
        painter->setPen(m_theme.color(Role::TextSecondary));
        paintText(*painter, area, m_model.text(TextKind::User, event::raw(row.summary.user)),
                  Qt::ElideMiddle);
        break;
    case StreamModel::FindingsColumn:
        paintFindings(*painter, area, row);
        break;
    case StreamModel::DeliveryColumn:
        paintDelivery(*painter, area, row.state.delivery);
        break;
    case StreamModel::ColumnCount:
        break;
    }
    // One ring around the current row, drawn cell by cell; cells do not know their neighbours.
    const auto *view = qobject_cast<const QTableView *>(option.widget);
    if (view != nullptr && view->hasFocus() && view->currentIndex().row() == index.row()) {
        painter->fillRect(cell.left(), cell.top(), cell.width(), 1, m_theme.color(Role::Accent));
        painter->fillRect(cell.left(), cell.bottom(), cell.width(), 1, m_theme.color(Role::Accent));
        if (index.column() == 0) {
            painter->fillRect(cell.left(), cell.top(), measure::focusRing, cell.height(),
                              m_theme.color(Role::Accent));
        }
    }
}

void StreamDelegate::paintText(QPainter &painter, const QRect &area, const QString &text,
                               Qt::TextElideMode mode) const
{
    if (text.isEmpty() || area.width() <= 0) {
        return;
    }
    const QFontMetrics metrics = painter.fontMetrics();
    const bool fits = metrics.horizontalAdvance(text) <= area.width();
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                     fits ? text : metrics.elidedText(text, mode, area.width()));
}

void StreamDelegate::paintType(QPainter &painter, const QRect &area, event::CallType type) const
{
    if (type == event::CallType::None) {
        return;
    }
    const bool hasWord = area.width() >= wordWidth;
    const int left = hasWord ? area.left() : area.center().x() - letterSize / 2;
    paintCallType(painter, m_theme,
                  QRect(left, area.center().y() + 1 - letterSize / 2, letterSize, letterSize), type);
    if (hasWord) {
        painter.setFont(m_theme.font(FontRole::Body));
        painter.setPen(m_theme.color(Role::TextSecondary));
        paintText(painter, area.adjusted(letterSize + space::s, 0, 0, 0), callTypeText(type), Qt::ElideRight);
    }
}

void StreamDelegate::paintFindings(QPainter &painter, QRect area, const StreamModel::Row &row) const
{
    const int used =
        paintStatus(painter, m_theme, area, toneFor(row.state.status), statusText(row.state.status));
    area.setLeft(area.left() + used + space::s);
    const int findings = row.state.findings;
    const auto rule = static_cast<event::RuleId>(row.state.topRule);
    if (findings == 0 || area.width() < 24) {
        return;
    }
    int shown = 0;
    const QString more = u"+%1"_s;
    const QFontMetrics meta(m_theme.font(FontRole::Meta));
    const auto roomFor = [&](const QString &text, int left) {
        const int rest = findings - shown - 1;
        const int reserve = rest > 0 ? meta.horizontalAdvance(more.arg(rest)) + space::s : 0;
        return chipWidth(m_theme, text) + reserve <= area.right() - left;
    };
    const QString top = shortRuleText(rule);
    // That the event is unplanned is what the status said already.
    const bool isSaid = rule == event::RuleId::PlanUnplannedEvent;
    if (isSaid || (rule != event::RuleId::Unknown && roomFor(top, area.left()))) {
        if (!isSaid) {
            const int width = paintChip(painter, m_theme, area, toneFor(event::kindOf(rule)), top);
            area.setLeft(area.left() + width + space::xs);
        }
        ++shown;
        // What else there is, a kind each.
        static constexpr std::array kinds{std::pair{event::Flag::Protocol, event::FindingKind::Protocol},
                                          std::pair{event::Flag::Privacy, event::FindingKind::Privacy},
                                          std::pair{event::Flag::Identity, event::FindingKind::Identity},
                                          std::pair{event::Flag::Lint, event::FindingKind::Lint}};
        for (const auto &[flag, kind] : kinds) {
            if (shown >= findings || !row.state.has(flag) || kind == event::kindOf(rule)) {
                continue;
            }
            const QString text = findingKindText(kind);
            if (!roomFor(text, area.left())) {
                break;
            }
            area.setLeft(area.left() + paintChip(painter, m_theme, area, toneFor(kind), text) + space::xs);
            ++shown;
        }
    }
    if (shown < findings) {
        painter.setFont(m_theme.font(FontRole::Meta));
        painter.setPen(m_theme.color(Role::TextSecondary));
        paintText(painter, area, more.arg(findings - shown), Qt::ElideRight);
    }
}

void StreamDelegate::paintDelivery(QPainter &painter, const QRect &area, event::DeliveryState state) const
{
    if (state != event::DeliveryState::None) {
        paintStatus(painter, m_theme, area, toneOf(state), deliveryText(state));
    }
}

bool StreamDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                               const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid()) {
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    }
    const StreamModel::Row row = m_model.rowAt(index.row());
    QString text = index.data().toString();
    switch (index.column()) {
    case StreamModel::TimeColumn:
        text = utcAndAge(row.summary.receivedUs, nowUs());
        break;
    case StreamModel::FindingsColumn:
        text = statusText(row.state.status);
        if (row.state.findings > 0) {
            text += u"\n"_s + tr("%Ln finding(s), the most severe: %1", nullptr, row.state.findings)
                                  .arg(shortRuleText(static_cast<event::RuleId>(row.state.topRule)));
        }
        break;
    default:
        break;
    }
    QToolTip::showText(event->globalPos(), text, view, option.rect);
    return true;
}

} // namespace ui
