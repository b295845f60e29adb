// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/audit/auditdelegate.h"

#include "ui/itemmodels/coveragemodel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/statuschip.h"
#include "ui/widgets/timetext.h"

#include <algorithm>

#include <QAbstractItemView>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int letterSize = 16;
constexpr int barHeight = 6;
constexpr int barWidth = 96;
constexpr int indentWidth = 14;

void paintText(QPainter &painter, const QRect &area, const QString &text,
               Qt::Alignment alignment = Qt::AlignLeading)
{
    painter.drawText(area, alignment | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
}

/// A share of a whole; the ground is the rest.
void paintBar(QPainter &painter, const Theme &theme, const QRect &area, double share, Role role)
{
    const QRectF ground(area.left(), area.center().y() + 1 - barHeight / 2, area.width(), barHeight);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Role::Border));
    painter.drawRoundedRect(ground, 3, 3);
    if (share > 0) {
        QRectF filled = ground;
        filled.setWidth(std::max(3.0, ground.width() * std::min(share, 1.0)));
        painter.setBrush(theme.color(role));
        painter.drawRoundedRect(filled, 3, 3);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

Tone toneOf(CoverageModel::State state)
{
    switch (state) {
    case CoverageModel::State::Seen:
        return toneFor(event::Status::Valid);
    case CoverageModel::State::Unplanned:
        return toneFor(event::Status::Unplanned);
    case CoverageModel::State::NeverSeen:
    case CoverageModel::State::Unchecked:
        break;
    }
    return toneFor(event::Status::Unchecked);
}

double share(const QModelIndex &index, int part, int whole)
{
    const auto of = index.data(whole).toULongLong();
    return of == 0 ? 0 : static_cast<double>(index.data(part).toULongLong()) / static_cast<double>(of);
}

} // namespace

AuditDelegate::AuditDelegate(Table table, const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_table(table)
    , m_theme(theme)
{
}

void AuditDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(option.rect, m_theme.color(Role::AccentSoft));
    }
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (view != nullptr && view->hasFocus() && view->currentIndex().row() == index.row()) {
        painter->fillRect(option.rect.left(), option.rect.top(), option.rect.width(), 1,
                          m_theme.color(Role::Accent));
        painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                          m_theme.color(Role::Accent));
    }
    painter->setFont(m_theme.font(FontRole::Body));
    painter->setPen(m_theme.color(Role::Text));
    const QRect area = option.rect.adjusted(space::s, 0, -space::s, 0);
    switch (m_table) {
    case Table::Events:
        paintEvent(*painter, option, area, index);
        break;
    case Table::Properties:
        paintProperty(*painter, area, index);
        break;
    case Table::Sources:
        paintSource(*painter, area, index);
        break;
    }
    painter->restore();
}

void AuditDelegate::paintEvent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &area,
                               const QModelIndex &index) const
{
    const auto state = static_cast<CoverageModel::State>(index.data(CoverageModel::StateRole).toInt());
    const bool isQuiet = state == CoverageModel::State::NeverSeen;
    const Role words =
        isQuiet && !option.state.testFlag(QStyle::State_Selected) ? Role::TextHint : Role::TextSecondary;
    switch (index.column()) {
    case CoverageModel::EventColumn: {
        paintCallType(painter, m_theme,
                      QRect(area.left(), area.center().y() + 1 - letterSize / 2, letterSize, letterSize),
                      static_cast<event::CallType>(index.data(CoverageModel::TypeRole).toInt()));
        painter.setPen(m_theme.color(isQuiet ? Role::TextSecondary : Role::Text));
        paintText(painter, area.adjusted(letterSize + space::s, 0, 0, 0), index.data().toString());
        break;
    }
    case CoverageModel::StateColumn:
        paintStatus(painter, m_theme, area, toneOf(state), index.data().toString());
        break;
    case CoverageModel::ViolationsColumn: {
        const auto violations = index.data(CoverageModel::ViolationsRole).toULongLong();
        if (violations > 0) {
            painter.setPen(m_theme.color(Role::Violation));
            paintText(painter, area, index.data().toString(), Qt::AlignTrailing);
        }
        break;
    }
    case CoverageModel::FirstSeenColumn:
    case CoverageModel::LastSeenColumn: {
        const auto us = index.data(CoverageModel::TimeRole).toLongLong();
        painter.setPen(m_theme.color(words));
        if (us > 0) {
            paintText(painter, area, ageText(us, nowUs()));
        }
        break;
    }
    default:
        painter.setPen(m_theme.color(words));
        paintText(painter, area, index.data().toString(),
                  index.column() == CoverageModel::CountColumn ? Qt::AlignTrailing : Qt::AlignLeading);
        break;
    }
}

void AuditDelegate::paintProperty(QPainter &painter, const QRect &area, const QModelIndex &index) const
{
    const bool isPlanned = index.data(CoveragePropertyModel::IsPlannedRole).toBool();
    switch (index.column()) {
    case CoveragePropertyModel::NameColumn: {
        const int indent = index.data(CoveragePropertyModel::DepthRole).toInt() * indentWidth;
        painter.setFont(m_theme.font(FontRole::Mono));
        paintText(painter, area.adjusted(indent, 0, 0, 0), index.data().toString());
        break;
    }
    case CoveragePropertyModel::PlanColumn:
        if (isPlanned) {
            painter.setPen(m_theme.color(Role::TextSecondary));
            paintText(painter, area, index.data().toString());
        } else {
            paintStatus(painter, m_theme, area, toneFor(event::Status::Unplanned), index.data().toString());
        }
        break;
    case CoveragePropertyModel::FillColumn: {
        const int width = std::min(barWidth, area.width() / 2);
        paintBar(painter, m_theme, QRect(area.left(), area.top(), width, area.height()),
                 share(index, CoveragePropertyModel::FilledRole, CoveragePropertyModel::OfRole),
                 isPlanned ? Role::Valid : Role::Unplanned);
        painter.setPen(m_theme.color(Role::TextSecondary));
        paintText(painter, area.adjusted(width + space::s, 0, 0, 0), index.data().toString());
        break;
    }
    case CoveragePropertyModel::ValuesColumn: {
        const QString never = index.data(CoveragePropertyModel::NeverSeenRole).toString();
        QRect place = area;
        if (!never.isEmpty()) {
            const QString text = tr("never: %1").arg(never);
            const int width =
                std::min(painter.fontMetrics().horizontalAdvance(text) + space::s, area.width() / 2);
            painter.setPen(m_theme.color(Role::Unplanned));
            paintText(painter, QRect(area.right() - width + 1, area.top(), width, area.height()), text,
                      Qt::AlignTrailing);
            place.setRight(area.right() - width - space::s);
        }
        painter.setFont(m_theme.font(FontRole::Mono));
        painter.setPen(m_theme.color(Role::TextSecondary));
        paintText(painter, place, index.data().toString());
        break;
    }
    case CoveragePropertyModel::ViolationsColumn:
        painter.setPen(m_theme.color(Role::Violation));
        paintText(painter, area, index.data().toString(), Qt::AlignTrailing);
        break;
    default:
        painter.setPen(m_theme.color(Role::TextSecondary));
        paintText(painter, area, index.data().toString());
        break;
    }
}

void AuditDelegate::paintSource(QPainter &painter, const QRect &area, const QModelIndex &index) const
{
    switch (index.column()) {
    case CoverageSourceModel::SourceColumn:
        paintText(painter, area, index.data().toString());
        break;
    case CoverageSourceModel::BarColumn: {
        const bool isPlanned = index.data(CoverageSourceModel::PlannedRole).toULongLong() > 0;
        const QString text = index.data().toString();
        const int words = painter.fontMetrics().horizontalAdvance(text);
        if (isPlanned) {
            paintBar(painter, m_theme, area.adjusted(0, 0, -(words + space::m), 0),
                     share(index, CoverageSourceModel::SeenRole, CoverageSourceModel::PlannedRole),
                     Role::Valid);
        }
        painter.setPen(m_theme.color(isPlanned ? Role::TextSecondary : Role::TextHint));
        paintText(painter, area, text, isPlanned ? Qt::AlignTrailing : Qt::AlignLeading);
        break;
    }
    case CoverageSourceModel::ViolationsColumn:
    case CoverageSourceModel::UnplannedColumn:
        painter.setPen(m_theme.color(
            index.column() == CoverageSourceModel::ViolationsColumn ? Role::Violation : Role::Unplanned));
        paintText(painter, area, index.data().toString(), Qt::AlignTrailing);
        break;
    case CoverageSourceModel::LastSeenColumn: {
        const auto us = index.data(CoverageSourceModel::LastUsRole).toLongLong();
        painter.setPen(m_theme.color(Role::TextSecondary));
        if (us > 0) {
            paintText(painter, area, ageText(us, nowUs()));
        }
        break;
    }
    default:
        painter.setPen(m_theme.color(Role::TextSecondary));
        paintText(painter, area, index.data().toString(),
                  index.column() == CoverageSourceModel::EventsColumn ? Qt::AlignTrailing : Qt::AlignLeading);
        break;
    }
}

} // namespace ui
