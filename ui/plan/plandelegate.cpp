// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/plandelegate.h"

#include "ui/itemmodels/planmodel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/statuschip.h"
#include "ui/widgets/timetext.h"

#include <QAbstractItemView>
#include <QLocale>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int letterSize = 16;
constexpr int markSize = 14;

void paintGround(QPainter &painter, const Theme &theme, const QStyleOptionViewItem &option,
                 const QModelIndex &index)
{
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter.fillRect(option.rect, theme.color(Role::AccentSoft));
    }
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (view != nullptr && view->hasFocus() && view->currentIndex().row() == index.row()) {
        painter.fillRect(option.rect.left(), option.rect.top(), option.rect.width(), 1,
                         theme.color(Role::Accent));
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                         theme.color(Role::Accent));
    }
}

void paintText(QPainter &painter, const QRect &area, const QString &text,
               Qt::Alignment alignment = Qt::AlignLeading)
{
    painter.drawText(area, alignment | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
}

} // namespace

PlanDelegate::PlanDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void PlanDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    paintGround(*painter, m_theme, option, index);
    const QRect area = option.rect.adjusted(space::s, 0, -space::s, 0);
    const bool isNeverSeen = index.data(PlanModel::IsNeverSeenRole).toBool();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->setFont(m_theme.font(FontRole::Body));
    switch (index.column()) {
    case PlanModel::TypeColumn:
        paintCallType(*painter, m_theme,
                      QRect(area.left(), area.center().y() + 1 - letterSize / 2, letterSize, letterSize),
                      static_cast<event::CallType>(index.data(PlanModel::TypeRole).toInt()));
        break;
    case PlanModel::NameColumn: {
        QRect place = area;
        if (index.data(PlanModel::ProblemsRole).toInt() > 0) {
            const bool isError =
                index.data(PlanModel::WorstProblemRole).toInt() == static_cast<int>(event::Severity::Error);
            painter->drawPixmap(place.right() - markSize, place.center().y() + 1 - markSize / 2,
                                m_theme.pixmap(Icon::Warning, isError ? Role::Violation : Role::Unplanned,
                                               markSize, painter->device()->devicePixelRatioF()));
            place.setRight(place.right() - markSize - space::xs);
        }
        const bool isDeprecated = index.data(PlanModel::IsDeprecatedRole).toBool();
        if (isDeprecated) {
            QFont font = m_theme.font(FontRole::Body);
            font.setStrikeOut(true);
            painter->setFont(font);
        }
        painter->setPen(m_theme.color(isNeverSeen || isDeprecated ? Role::TextSecondary : Role::Text));
        paintText(*painter, place, index.data().toString());
        break;
    }
    case PlanModel::SeenColumn: {
        const auto seen = index.data(PlanModel::SeenRole).toULongLong();
        painter->setPen(m_theme.color(isNeverSeen && !isSelected ? Role::TextHint : Role::TextSecondary));
        if (isNeverSeen || seen == 0) {
            paintText(*painter, area, index.data().toString(), Qt::AlignTrailing);
            break;
        }
        painter->drawPixmap(
            area.left(), area.center().y() + 1 - markSize / 2,
            m_theme.pixmap(Icon::Check, Role::Valid, markSize, painter->device()->devicePixelRatioF()));
        paintText(*painter, area, QLocale().toString(seen), Qt::AlignTrailing);
        break;
    }
    case PlanModel::ViolationsColumn: {
        const auto violations = index.data(PlanModel::ViolationsRole).toULongLong();
        if (violations > 0) {
            painter->setPen(m_theme.color(Role::Violation));
            painter->setFont(m_theme.font(FontRole::BodyStrong));
            paintText(*painter, area, QLocale().toString(violations), Qt::AlignTrailing);
        }
        break;
    }
    case PlanModel::LastSeenColumn: {
        const auto lastUs = index.data(PlanModel::LastUsRole).toLongLong();
        painter->setPen(m_theme.color(Role::TextSecondary));
        if (lastUs > 0) {
            paintText(*painter, area, ageText(lastUs, nowUs()));
        }
        break;
    }
    default:
        break;
    }
    painter->restore();
}

} // namespace ui
