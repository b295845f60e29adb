// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/itemmodels/changemodel.h"

#include "ui/itemmodels/planmodel.h"

namespace ui {

namespace {

QString eventName(const plan::Change &change)
{
    plan::RuleSource rule;
    rule.type = change.type;
    rule.name = change.name;
    rule.version = change.version;
    return ruleName(rule);
}

} // namespace

QString impactText(plan::Impact impact)
{
    switch (impact) {
    case plan::Impact::None:
        return ChangeModel::tr("words only");
    case plan::Impact::Loosens:
        return ChangeModel::tr("allows more");
    case plan::Impact::Tightens:
        return ChangeModel::tr("may break");
    case plan::Impact::Both:
        return ChangeModel::tr("allows more and may break");
    }
    return {};
}

ChangeModel::ChangeModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ChangeModel::setChanges(std::vector<plan::Change> changes)
{
    beginResetModel();
    m_changes = std::move(changes);
    endResetModel();
}

int ChangeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_changes.size());
}

int ChangeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant ChangeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const plan::Change &change = m_changes[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        switch (index.column()) {
        case EventColumn:
            return eventName(change);
        case ChangeColumn:
            return plan::sentenceOf(change);
        case EffectColumn:
            return impactText(change.impact);
        default:
            return {};
        }
    case KindRole:
        return static_cast<int>(change.kind);
    case ImpactRole:
        return static_cast<int>(change.impact);
    case TypeRole:
        return static_cast<int>(change.type);
    default:
        return {};
    }
}

QVariant ChangeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case EventColumn:
        return tr("Event");
    case ChangeColumn:
        return tr("Change");
    case EffectColumn:
        return tr("Effect");
    default:
        return {};
    }
}

QHash<int, QByteArray> ChangeModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert({{KindRole, "kind"}, {ImpactRole, "impact"}, {TypeRole, "type"}});
    return names;
}

} // namespace ui
