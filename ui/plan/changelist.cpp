// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/changelist.h"

#include "ui/plan/eventlist.h"
#include "ui/theme/theme.h"
#include "ui/widgets/statuschip.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

Tone toneOf(plan::Impact impact)
{
    switch (impact) {
    case plan::Impact::None:
        return {Role::Unchecked, Role::UncheckedSoft, Icon::Note};
    case plan::Impact::Loosens:
        return {Role::Valid, Role::ValidSoft, Icon::Valid};
    case plan::Impact::Tightens:
    case plan::Impact::Both:
        return {Role::Unplanned, Role::UnplannedSoft, Icon::Warning};
    }
    return {};
}

Icon iconOf(plan::ChangeKind kind)
{
    switch (kind) {
    case plan::ChangeKind::Added:
        return Icon::Plus;
    case plan::ChangeKind::Removed:
        return Icon::Minus;
    case plan::ChangeKind::Changed:
        return Icon::Note;
    }
    return Icon::Note;
}

class ChangeDelegate final : public QStyledItemDelegate
{
public:
    ChangeDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        constexpr int iconSize = 14;
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->fillRect(option.rect, m_theme.color(Role::AccentSoft));
        }
        QRect area = option.rect.adjusted(space::s, 0, -space::xs, 0);
        if (index.column() == ChangeModel::EffectColumn) {
            paintStatus(*painter, m_theme, area,
                        toneOf(static_cast<plan::Impact>(index.data(ChangeModel::ImpactRole).toInt())),
                        index.data().toString());
        } else {
            if (index.column() == ChangeModel::ChangeColumn) {
                painter->drawPixmap(
                    area.left(), area.center().y() + 1 - iconSize / 2,
                    m_theme.pixmap(
                        iconOf(static_cast<plan::ChangeKind>(index.data(ChangeModel::KindRole).toInt())),
                        Role::TextSecondary, iconSize, painter->device()->devicePixelRatioF()));
                area.setLeft(area.left() + iconSize + space::xs);
            }
            painter->setFont(m_theme.font(FontRole::Body));
            painter->setPen(m_theme.color(Role::Text));
            painter->drawText(
                area, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
                painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, area.width()));
        }
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->fillRect(option.rect.left(), option.rect.top(), option.rect.width(), 1,
                              m_theme.color(Role::Accent));
            painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                              m_theme.color(Role::Accent));
        }
        painter->restore();
    }

private:
    const Theme &m_theme;
};

} // namespace

ChangeList::ChangeList(const Theme &theme, const QString &accessibleName, QWidget *parent)
    : QTableView(parent)
    , m_model(new ChangeModel(this))
{
    dressTable(*this, theme, u"planChanges"_s, accessibleName);
    setModel(m_model);
    setItemDelegate(new ChangeDelegate(theme, this));
    horizontalHeader()->setSectionResizeMode(ChangeModel::ChangeColumn, QHeaderView::Stretch);
    horizontalHeader()->resizeSection(ChangeModel::EventColumn, 180);
    horizontalHeader()->resizeSection(ChangeModel::EffectColumn, 130);
    connect(this, &QTableView::activated, this, [this](const QModelIndex &index) {
        emit chosen(m_model->changes()[static_cast<std::size_t>(index.row())]);
    });
}

void ChangeList::setChanges(std::vector<plan::Change> changes)
{
    m_model->setChanges(std::move(changes));
}

} // namespace ui
