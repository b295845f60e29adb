// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/itemmodels/planmodel.h"

#include <algorithm>
#include <map>

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString typeText(event::CallType type)
{
    const std::string_view word = event::word(type);
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

} // namespace

PlanModel::PlanModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void PlanModel::setPlans(const std::vector<std::shared_ptr<const plan::Plan>> &plans)
{
    beginResetModel();
    m_lines.clear();
    for (const std::shared_ptr<const plan::Plan> &plan : plans) {
        for (const plan::Rule &rule : plan->rules) {
            Line line;
            line.entry = {plan, &rule};
            m_lines.push_back(std::move(line));
        }
    }
    applySeen();
    endResetModel();
}

void PlanModel::setSeen(const std::vector<store::Reader::Seen> &seen)
{
    m_seen = seen;
    applySeen();
    if (!m_lines.empty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

void PlanModel::applySeen()
{
    std::map<std::pair<event::CallType, QString>, const store::Reader::Seen *> byEvent;
    for (const store::Reader::Seen &seen : m_seen) {
        byEvent.emplace(std::pair(seen.type, seen.name), &seen);
    }
    for (Line &line : m_lines) {
        const auto found = byEvent.find({line.entry.rule->type, line.entry.rule->name});
        const bool isSeen = found != byEvent.end();
        line.seen = isSeen ? found->second->count : 0;
        line.violations = isSeen ? found->second->violations : 0;
        line.lastUs = isSeen ? found->second->lastUs : 0;
    }
}

PlanModel::Entry PlanModel::entryAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_lines[static_cast<std::size_t>(row)].entry : Entry();
}

int PlanModel::rowOf(event::CallType type, const QString &name) const
{
    const auto found = std::ranges::find_if(m_lines, [&](const Line &line) {
        return line.entry.rule->type == type && line.entry.rule->name == name;
    });
    return found == m_lines.end() ? -1 : static_cast<int>(found - m_lines.begin());
}

int PlanModel::neverSeenCount() const
{
    return static_cast<int>(std::ranges::count_if(m_lines, [](const Line &line) { return line.seen == 0; }));
}

int PlanModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int PlanModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QString PlanModel::columnText(const Line &line, int column) const
{
    switch (column) {
    case TypeColumn:
        return typeText(line.entry.rule->type);
    case NameColumn:
        return line.entry.rule->name.isEmpty() ? typeText(line.entry.rule->type) : line.entry.rule->name;
    case SeenColumn:
        return line.seen == 0 ? tr("never") : QLocale().toString(static_cast<qulonglong>(line.seen));
    case ViolationsColumn:
        return line.violations == 0 ? QString()
                                    : QLocale().toString(static_cast<qulonglong>(line.violations));
    case LastSeenColumn:
        return line.lastUs == 0 ? QString()
                                : QLocale().toString(QDateTime::fromMSecsSinceEpoch(line.lastUs / 1000),
                                                     QLocale::ShortFormat);
    default:
        return {};
    }
}

QVariant PlanModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Line &line = m_lines[static_cast<std::size_t>(index.row())];
    const plan::Rule &rule = *line.entry.rule;
    switch (role) {
    case Qt::DisplayRole:
        return columnText(line, index.column());
    case Qt::AccessibleTextRole: {
        if (index.column() == NameColumn && line.seen == 0) {
            return tr("%1, never seen").arg(columnText(line, NameColumn));
        }
        return index.column() == ViolationsColumn ? tr("violations: %1").arg(line.violations)
                                                  : columnText(line, index.column());
    }
    case Qt::ToolTipRole:
        return rule.description.isEmpty() ? QVariant() : rule.description;
    case Qt::TextAlignmentRole:
        return index.column() == SeenColumn || index.column() == ViolationsColumn
                   ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                   : QVariant();
    case TypeRole:
        return static_cast<int>(rule.type);
    case NameRole:
        return rule.name;
    case SeenRole:
        return QVariant::fromValue<quint64>(line.seen);
    case ViolationsRole:
        return QVariant::fromValue<quint64>(line.violations);
    case LastUsRole:
        return QVariant::fromValue<qint64>(line.lastUs);
    case IsNeverSeenRole:
        return line.seen == 0;
    case PlanNameRole:
        return line.entry.plan->name;
    case SortRole:
        switch (index.column()) {
        case SeenColumn:
            return QVariant::fromValue<quint64>(line.seen);
        case ViolationsColumn:
            return QVariant::fromValue<quint64>(line.violations);
        case LastSeenColumn:
            return QVariant::fromValue<qint64>(line.lastUs);
        default:
            return columnText(line, index.column());
        }
    default:
        return {};
    }
}

QVariant PlanModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case TypeColumn:
        return tr("Type");
    case NameColumn:
        return tr("Event");
    case SeenColumn:
        return tr("Seen");
    case ViolationsColumn:
        return tr("Violations");
    case LastSeenColumn:
        return tr("Last seen");
    default:
        return {};
    }
}

QHash<int, QByteArray> PlanModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert({{TypeRole, "type"},
                  {NameRole, "name"},
                  {SeenRole, "seen"},
                  {ViolationsRole, "violations"},
                  {LastUsRole, "lastUs"},
                  {IsNeverSeenRole, "isNeverSeen"},
                  {PlanNameRole, "planName"},
                  {SortRole, "sort"}});
    return names;
}

} // namespace ui
