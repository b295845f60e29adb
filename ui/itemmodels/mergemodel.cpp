// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/itemmodels/mergemodel.h"

#include "ui/itemmodels/planmodel.h"

#include <algorithm>

#include <QLocale>

namespace ui {

namespace {

const plan::RuleSource &shownRule(const plan::MergeStep &step)
{
    return step.after != nullptr ? *step.after : *step.before;
}

} // namespace

MergeModel::MergeModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void MergeModel::setSeen(std::vector<Seen> seen)
{
    m_seen = std::move(seen);
}

MergeModel::Seen MergeModel::seenOf(const plan::RuleSource &rule) const
{
    const auto found = std::ranges::find_if(
        m_seen, [&rule](const Seen &seen) { return seen.type == rule.type && seen.name == rule.name; });
    return found == m_seen.end() ? Seen() : *found;
}

void MergeModel::setSteps(std::vector<plan::MergeStep> steps)
{
    beginResetModel();
    m_lines.clear();
    for (plan::MergeStep &step : steps) {
        Line line;
        line.seen = seenOf(shownRule(step));
        line.isChosen = step.kind != plan::ChangeKind::Removed && !line.seen.isWeak;
        line.step = std::move(step);
        m_lines.push_back(std::move(line));
    }
    endResetModel();
    emit choiceChanged();
}

const plan::MergeStep *MergeModel::stepAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_lines[static_cast<std::size_t>(row)].step : nullptr;
}

std::vector<plan::MergeStep> MergeModel::chosen() const
{
    std::vector<plan::MergeStep> steps;
    for (const Line &line : m_lines) {
        if (line.isChosen) {
            steps.push_back(line.step);
        }
    }
    return steps;
}

int MergeModel::chosenCount() const
{
    return static_cast<int>(std::ranges::count(m_lines, true, &Line::isChosen));
}

void MergeModel::choose(Choice choice)
{
    for (Line &line : m_lines) {
        line.isChosen = choice == Choice::All;
    }
    if (!m_lines.empty()) {
        emit dataChanged(index(0, EventColumn), index(rowCount() - 1, EventColumn), {Qt::CheckStateRole});
    }
    emit choiceChanged();
}

int MergeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int MergeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant MergeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Line &line = m_lines[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case EventColumn:
            return ruleName(shownRule(line.step));
        case ChangeColumn:
            switch (line.step.kind) {
            case plan::ChangeKind::Added:
                return tr("new event");
            case plan::ChangeKind::Removed:
                return tr("removed");
            case plan::ChangeKind::Changed:
                return tr("%Ln change(s)", nullptr, static_cast<int>(line.step.changes.size()));
            }
            return {};
        case SeenColumn:
            return line.seen.events == 0 ? QString()
                                         : QLocale().toString(static_cast<qulonglong>(line.seen.events));
        default:
            return {};
        }
    case Qt::TextAlignmentRole:
        return index.column() == SeenColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
        return line.seen.isWeak ? QVariant(tr("Too few events to say more than types"))
                                : QVariant(ruleName(shownRule(line.step)));
    case Qt::CheckStateRole:
        return index.column() == EventColumn ? QVariant(line.isChosen ? Qt::Checked : Qt::Unchecked)
                                             : QVariant();
    case KindRole:
        return static_cast<int>(line.step.kind);
    case TypeRole:
        return static_cast<int>(shownRule(line.step).type);
    case IsWeakRole:
        return line.seen.isWeak;
    default:
        return {};
    }
}

bool MergeModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || index.column() != EventColumn ||
        !checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return false;
    }
    m_lines[static_cast<std::size_t>(index.row())].isChosen = value.toInt() == Qt::Checked;
    emit dataChanged(index, index, {Qt::CheckStateRole});
    emit choiceChanged();
    return true;
}

Qt::ItemFlags MergeModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == EventColumn) {
        flags |= Qt::ItemIsUserCheckable;
    }
    return flags;
}

QVariant MergeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case EventColumn:
        return tr("Event");
    case ChangeColumn:
        return tr("What");
    case SeenColumn:
        return tr("Seen");
    default:
        return {};
    }
}

QHash<int, QByteArray> MergeModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert({{KindRole, "kind"}, {TypeRole, "type"}, {IsWeakRole, "isWeak"}});
    return names;
}

} // namespace ui
