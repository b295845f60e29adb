// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/plandelegate.h"

#include "ui/itemmodels/planmodel.h"
#include "ui/itemmodels/propertymodel.h"
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
    case PlanModel::NameColumn:
        painter->setPen(m_theme.color(isNeverSeen ? Role::TextSecondary : Role::Text));
        paintText(*painter, area, index.data().toString());
        break;
    case PlanModel::SeenColumn: {
        const auto seen = index.data(PlanModel::SeenRole).toULongLong();
        painter->setPen(m_theme.color(isNeverSeen && !isSelected ? Role::TextHint : Role::TextSecondary));
        if (isNeverSeen) {
            paintText(*painter, area, tr("never"), Qt::AlignTrailing);
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

PropertyDelegate::PropertyDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void PropertyDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    painter->save();
    paintGround(*painter, m_theme, option, index);
    const QRect area = option.rect.adjusted(space::s, 0, -space::s, 0);
    const bool isRequired = index.data(PropertyModel::IsRequiredRole).toBool();
    const bool isMono =
        index.column() == PropertyModel::NameColumn || index.column() == PropertyModel::AllowedColumn;
    painter->setFont(m_theme.font(isMono ? FontRole::Mono : FontRole::Body));
    painter->setPen(
        m_theme.color(index.column() == PropertyModel::NameColumn ? Role::Text : Role::TextSecondary));
    if (index.column() == PropertyModel::RequiredColumn) {
        if (isRequired) {
            painter->drawPixmap(
                area.left(), area.center().y() + 1 - markSize / 2,
                m_theme.pixmap(Icon::Check, Role::Accent, markSize, painter->device()->devicePixelRatioF()));
            paintText(*painter, area.adjusted(markSize + space::xs, 0, 0, 0), tr("Required"));
        } else if (!option.state.testFlag(QStyle::State_Selected)) {
            painter->setPen(m_theme.color(Role::TextHint));
            paintText(*painter, area.adjusted(markSize + space::xs, 0, 0, 0), tr("Optional"));
        }
    } else {
        QString text = index.data().toString();
        if (index.column() == PropertyModel::AllowedColumn && text.isEmpty()) {
            const QString pattern = index.data(PropertyModel::PatternRole).toString();
            const QString format = index.data(PropertyModel::FormatRole).toString();
            text = !pattern.isEmpty() ? u'/' + pattern + u'/' : format;
        }
        paintText(*painter, area, text);
    }
    painter->restore();
}

} // namespace ui
