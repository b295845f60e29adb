// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/itemmodels/propertymodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

bool isSame(const plan::SheetRow &a, const plan::SheetRow &b)
{
    const auto members = [](const plan::SheetRow &row) {
        return std::tie(row.path, row.types, row.isRequired, row.description, row.allowed, row.pattern,
                        row.format, row.range, row.labels, row.isReadOnly, row.hasMore);
    };
    return members(a) == members(b);
}

} // namespace

bool isInside(const plan::PropertyPath &path, const plan::PropertyPath &parent)
{
    return path.size() > parent.size() && std::equal(parent.begin(), parent.end(), path.begin());
}

PropertyModel::PropertyModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

plan::Field PropertyModel::fieldOf(int column)
{
    switch (column) {
    case TypeColumn:
        return plan::Field::Type;
    case RequiredColumn:
        return plan::Field::Required;
    case AllowedColumn:
        return plan::Field::Allowed;
    case DescriptionColumn:
        return plan::Field::Description;
    case RangeColumn:
        return plan::Field::Range;
    case FormatColumn:
        return plan::Field::Format;
    case PatternColumn:
        return plan::Field::Pattern;
    case LabelsColumn:
        return plan::Field::Labels;
    default:
        return plan::Field::Name;
    }
}

QString PropertyModel::ruleKey() const
{
    return m_rule == nullptr
               ? QString()
               : u"%1/%2/%3"_s.arg(static_cast<int>(m_rule->type)).arg(m_rule->version) + m_rule->name;
}

std::vector<PropertyModel::Line> PropertyModel::linesOf(const plan::RuleSource &rule) const
{
    std::vector<Line> lines;
    std::vector<const plan::PropertyPath *> parents;
    for (plan::SheetRow &row : plan::sheetOf(rule)) {
        lines.push_back({std::move(row), 0});
    }
    for (Line &line : lines) {
        while (!parents.empty() && !isInside(line.row.path, *parents.back())) {
            parents.pop_back();
        }
        line.depth = static_cast<int>(parents.size());
        parents.push_back(&line.row.path);
    }
    return lines;
}

void PropertyModel::setRule(const plan::RulePointer &rule)
{
    if (rule == m_rule) {
        return;
    }
    const QString before = ruleKey();
    m_rule = rule;
    std::vector<Line> lines = rule == nullptr ? std::vector<Line>() : linesOf(*rule);
    if (before != ruleKey()) {
        beginResetModel();
        m_lines = std::move(lines);
        endResetModel();
        return;
    }
    const auto oldCount = m_lines.size();
    const auto newCount = lines.size();
    if (oldCount == newCount) {
        m_lines.swap(lines);
        for (std::size_t i = 0; i < newCount; ++i) {
            if (!isSame(m_lines[i].row, lines[i].row) || m_lines[i].depth != lines[i].depth) {
                const int row = static_cast<int>(i);
                emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
            }
        }
        return;
    }
    const auto shared = std::min(oldCount, newCount);
    std::size_t first = 0;
    while (first < shared && m_lines[first].row.path == lines[first].row.path) {
        ++first;
    }
    std::size_t last = 0;
    while (last < shared - first &&
           m_lines[oldCount - 1 - last].row.path == lines[newCount - 1 - last].row.path) {
        ++last;
    }
    const int row = static_cast<int>(first);
    // What is between becomes as long as it is now; then every row is compared.
    if (newCount > oldCount) {
        beginInsertRows({}, row, row + static_cast<int>(newCount - oldCount) - 1);
        m_lines.insert(m_lines.begin() + row, lines.begin() + row,
                       lines.begin() + row + static_cast<std::ptrdiff_t>(newCount - oldCount));
        endInsertRows();
    } else {
        beginRemoveRows({}, row, row + static_cast<int>(oldCount - newCount) - 1);
        m_lines.erase(m_lines.begin() + row,
                      m_lines.begin() + row + static_cast<std::ptrdiff_t>(oldCount - newCount));
        endRemoveRows();
    }
    m_lines.swap(lines);
    for (std::size_t i = 0; i < newCount; ++i) {
        if (!isSame(m_lines[i].row, lines[i].row) || m_lines[i].depth != lines[i].depth) {
            emit dataChanged(index(static_cast<int>(i), 0), index(static_cast<int>(i), ColumnCount - 1));
        }
    }
}

plan::PropertyPath PropertyModel::pathAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_lines[static_cast<std::size_t>(row)].row.path
                                        : plan::PropertyPath();
}

int PropertyModel::rowOf(const plan::PropertyPath &path) const
{
    const auto found =
        std::ranges::find_if(m_lines, [&path](const Line &line) { return line.row.path == path; });
    return found == m_lines.end() ? -1 : static_cast<int>(found - m_lines.begin());
}

void PropertyModel::become(plan::RuleSource rule, const QString &what)
{
    if (rule == *m_rule) {
        return;
    }
    const plan::RulePointer before = m_rule;
    setRule(std::make_shared<const plan::RuleSource>(std::move(rule)));
    emit edited(before, m_rule, what);
}

std::vector<PropertyModel::Refusal>::const_iterator PropertyModel::refusalAt(const plan::PropertyPath &path,
                                                                             plan::Field field) const
{
    if (m_refusals.empty()) {
        return m_refusals.end(); // the rule's key is not made for every cell that is painted
    }
    return std::ranges::find_if(m_refusals, [&, key = ruleKey()](const Refusal &refusal) {
        return refusal.field == field && refusal.path == path && refusal.rule == key;
    });
}

void PropertyModel::refuse(const plan::PropertyPath &path, plan::Field field, const QString &text,
                           const base::Error &error)
{
    forget(path, field);
    m_refusals.push_back({ruleKey(), path, field, text, error});
}

void PropertyModel::forget(const plan::PropertyPath &path, plan::Field field)
{
    if (const auto found = refusalAt(path, field); found != m_refusals.end()) {
        m_refusals.erase(found);
    }
}

int PropertyModel::refusals() const
{
    return static_cast<int>(std::ranges::count(m_refusals, ruleKey(), &Refusal::rule));
}

void PropertyModel::dropRefusal(const QModelIndex &cell)
{
    forget(pathAt(cell.row()), fieldOf(cell.column()));
    emit dataChanged(cell, cell);
}

bool PropertyModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (m_rule == nullptr || !checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return false;
    }
    const plan::Field field = fieldOf(index.column());
    const plan::PropertyPath path = pathAt(index.row());
    QString text = value.toString();
    if (role == Qt::CheckStateRole && field == plan::Field::Required) {
        text = value.toInt() == Qt::Checked ? u"required"_s : QString();
    } else if (role != Qt::EditRole) {
        return false;
    }
    const auto result = plan::withField(*m_rule, path, field, text);
    if (!result) {
        refuse(path, field, text, result.error());
        emit dataChanged(index, index);
        emit refused(result.error());
        return true; // taken: it stands in the cell as typed
    }
    forget(path, field);
    emit dataChanged(index, index);
    become(*result, tr("%1 of %2")
                        .arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString().toLower(),
                             plan::shownPath(path)));
    return true;
}

int PropertyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int PropertyModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QString PropertyModel::cellText(const plan::SheetRow &row, int column) const
{
    if (column == NameColumn) {
        return row.path.isEmpty() ? QString() : row.path.last() == "$"_L1 ? tr("each item") : row.path.last();
    }
    return row.text(fieldOf(column));
}

QVariant PropertyModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto &[row, depth] = m_lines[static_cast<std::size_t>(index.row())];
    const auto refusal = refusalAt(row.path, fieldOf(index.column()));
    const bool isRefused = refusal != m_refusals.end();
    switch (role) {
    case Qt::EditRole:
        return isRefused ? refusal->text : cellText(row, index.column());
    case Qt::DisplayRole: {
        if (isRefused) {
            return refusal->text;
        }
        const QString text = cellText(row, index.column());
        if (index.column() == TypeColumn && text.isEmpty()) {
            return tr("any");
        }
        return index.column() == RequiredColumn && row.isRequired ? tr("required") : text;
    }
    case Qt::AccessibleTextRole: {
        const QString text = index.column() == RequiredColumn
                                 ? (row.isRequired ? tr("required") : tr("optional"))
                                 : data(index, Qt::DisplayRole).toString();
        return isRefused ? tr("%1, not valid: %2").arg(text, refusal->error.oneLine()) : text;
    }
    case Qt::CheckStateRole:
        return index.column() == RequiredColumn ? QVariant(row.isRequired ? Qt::Checked : Qt::Unchecked)
                                                : QVariant();
    case Qt::ToolTipRole: {
        if (isRefused) {
            return refusal->error.oneLine();
        }
        if (row.isReadOnly) {
            return tr("The schema says this in a way the sheet can't edit: edit its JSON Schema below.");
        }
        if (index.column() == NameColumn) {
            return row.hasMore
                       ? tr("%1: the schema says more than the columns show").arg(plan::shownPath(row.path))
                       : plan::shownPath(row.path);
        }
        const QString text = cellText(row, index.column());
        return text.isEmpty() ? QVariant() : QVariant(text);
    }
    case DepthRole:
        return depth;
    case IsRequiredRole:
        return row.isRequired;
    case IsReadOnlyRole:
        return row.isReadOnly;
    case HasMoreRole:
        return row.hasMore;
    case RefusalRole:
        return isRefused ? refusal->error.oneLine() : QString();
    case PathRole:
        return row.path;
    default:
        return {};
    }
}

Qt::ItemFlags PropertyModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid()) {
        return flags;
    }
    const plan::SheetRow &row = m_lines[static_cast<std::size_t>(index.row())].row;
    const bool isItems = !row.path.isEmpty() && row.path.last() == "$"_L1;
    // A read-only row can still be renamed, be required and be described.
    const bool isOutside = index.column() == NameColumn || index.column() == RequiredColumn ||
                           index.column() == DescriptionColumn || index.column() == LabelsColumn;
    const bool isEditable = isItems ? index.column() != NameColumn && index.column() != RequiredColumn : true;
    if (isEditable && (!row.isReadOnly || isOutside)) {
        flags |= index.column() == RequiredColumn ? Qt::ItemIsUserCheckable : Qt::ItemIsEditable;
    }
    return flags;
}

QVariant PropertyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) {
        return {};
    }
    const bool isTip = role == Qt::ToolTipRole;
    switch (section) {
    case NameColumn:
        return isTip ? tr("Name of the property") : tr("Property");
    case TypeColumn:
        return isTip ? tr("\"string\", \"integer or null\", \"array\", \"date-time\"") : tr("Type");
    case RequiredColumn:
        return isTip ? tr("Whether it has to be there (Space)") : tr("Required");
    case AllowedColumn:
        return isTip ? tr("The only values it may have, with commas between") : tr("Allowed values");
    case DescriptionColumn:
        return isTip ? tr("What it means") : tr("Description");
    case RangeColumn:
        return isTip ? tr("\">= 0\", \"0..100\"; of text its length, of lists the number of items")
                     : tr("Range");
    case FormatColumn:
        return isTip ? tr("\"email\", \"uri\", \"uuid\", \"date\"") : tr("Format");
    case PatternColumn:
        return isTip ? tr("A regular expression its text has to match") : tr("Pattern");
    case LabelsColumn:
        return isTip ? tr("\"owner: growth, pii: yes\"") : tr("Labels");
    default:
        return {};
    }
}

QHash<int, QByteArray> PropertyModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert({{DepthRole, "depth"},
                  {IsRequiredRole, "isRequired"},
                  {IsReadOnlyRole, "isReadOnly"},
                  {HasMoreRole, "hasMore"},
                  {RefusalRole, "refusal"},
                  {PathRole, "path"}});
    return names;
}

} // namespace ui
