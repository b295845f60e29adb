// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/itemmodels/propertymodel.h"

#include <algorithm>
#include <set>

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

bool startsWith(const plan::PropertyPath &path, const plan::PropertyPath &parent)
{
    return path.size() > parent.size() && std::equal(parent.begin(), parent.end(), path.begin());
}

} // namespace

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
        while (!parents.empty() && !startsWith(line.row.path, *parents.back())) {
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

void PropertyModel::clearCells(const QModelIndexList &cells)
{
    if (m_rule == nullptr) {
        return;
    }
    plan::RuleSource rule = *m_rule;
    std::optional<base::Error> problem;
    for (const QModelIndex &cell : cells) {
        if (cell.column() == NameColumn) {
            continue;
        }
        const plan::PropertyPath path = pathAt(cell.row());
        forget(path, fieldOf(cell.column()));
        emit dataChanged(cell, cell);
        if (cellText(m_lines[static_cast<std::size_t>(cell.row())].row, cell.column()).isEmpty()) {
            continue;
        }
        auto cleared = plan::withField(rule, path, fieldOf(cell.column()), {});
        if (cleared) {
            rule = std::move(*cleared);
        } else {
            problem = cleared.error();
        }
    }
    become(std::move(rule), tr("cleared cells"));
    if (problem) {
        emit refused(*problem);
    }
}

CellBlock PropertyModel::block(const QModelIndexList &cells) const
{
    std::set<int> rows, columns;
    for (const QModelIndex &cell : cells) {
        rows.insert(cell.row());
        columns.insert(cell.column());
    }
    CellBlock block;
    for (const int row : rows) {
        QStringList texts;
        for (const int column : columns) {
            const plan::SheetRow &line = m_lines[static_cast<std::size_t>(row)].row;
            texts += column == NameColumn ? plan::shownPath(line.path) : line.text(fieldOf(column));
        }
        block += texts;
    }
    return block;
}

QModelIndex PropertyModel::paste(const QModelIndex &at, const CellBlock &block)
{
    if (m_rule == nullptr || block.isEmpty()) {
        return at;
    }
    plan::RuleSource rule = *m_rule;
    std::vector<plan::PropertyPath> paths;
    for (const Line &line : m_lines) {
        paths.push_back(line.row.path);
    }
    const int fromRow = std::max(0, at.row());
    const int fromColumn = std::max(0, at.column());
    const plan::PropertyPath siblings =
        pathAt(fromRow).mid(0, std::max<qsizetype>(0, pathAt(fromRow).size() - 1));
    std::vector<Refusal> refusedCells;
    std::optional<base::Error> problem;
    plan::PropertyPath end = pathAt(fromRow);
    int endColumn = fromColumn;
    for (qsizetype i = 0; i < block.size(); ++i) {
        const auto row = static_cast<std::size_t>(fromRow) + static_cast<std::size_t>(i);
        const bool isNew = row >= paths.size();
        if (isNew) {
            // "products.$.sku" goes where its parent is; a plain name beside what it was pasted onto.
            QString name = fromColumn == NameColumn ? block[i].value(0).trimmed() : QString();
            plan::PropertyPath parent = siblings;
            if (const auto dot = name.lastIndexOf(u'.'); dot > 0) {
                const QString above = name.left(dot);
                const bool isInItems = above.endsWith(".$"_L1);
                const auto known = std::ranges::find(paths, above, &plan::shownPath);
                const auto list = std::ranges::find(paths, above.chopped(2), &plan::shownPath);
                if (known != paths.end()) {
                    parent = *known;
                    name = name.mid(dot + 1);
                } else if (isInItems && list != paths.end()) {
                    parent = *list + QStringList{u"$"_s};
                    name = name.mid(dot + 1);
                }
            }
            auto added = plan::withAdded(rule, parent, name.isEmpty() ? tr("property") : name);
            if (!added) {
                problem = added.error();
                continue;
            }
            rule = std::move(added->rule);
            paths.push_back(added->path);
        }
        plan::PropertyPath &path = paths[row];
        for (qsizetype j = 0; j < block[i].size() && fromColumn + j < ColumnCount; ++j) {
            const int column = fromColumn + static_cast<int>(j);
            const plan::Field field = fieldOf(column);
            QString text = block[i][j];
            end = path;
            endColumn = std::max(endColumn, column);
            if (field == plan::Field::Name) {
                text = text.trimmed();
                if (isNew || text == plan::shownPath(path) || text == path.last()) {
                    continue;
                }
                if (const QString parent = plan::shownPath(path.mid(0, path.size() - 1));
                    !parent.isEmpty() && text.startsWith(parent + u'.')) {
                    text = text.mid(parent.size() + 1);
                }
            }
            auto changed = plan::withField(rule, path, field, text);
            if (!changed) {
                refusedCells.push_back({{}, path, field, text, changed.error()});
                problem = changed.error();
                continue;
            }
            rule = std::move(*changed);
            forget(path, field);
            if (field == plan::Field::Name) {
                const plan::PropertyPath before = path;
                for (plan::PropertyPath &other : paths) {
                    if (other == before || startsWith(other, before)) {
                        other[before.size() - 1] = text;
                    }
                }
                end = path;
            }
        }
    }
    become(std::move(rule), tr("pasted cells"));
    for (const Refusal &refusal : refusedCells) {
        refuse(refusal.path, refusal.field, refusal.text, refusal.error);
        const QModelIndex row = index(rowOf(refusal.path), 0);
        emit dataChanged(row, row.siblingAtColumn(ColumnCount - 1));
    }
    if (problem) {
        emit refused(*problem);
    }
    const int row = rowOf(end);
    return row < 0 ? at : index(row, endColumn);
}

int PropertyModel::siblingIndex(int row) const
{
    const plan::PropertyPath path = pathAt(row);
    const plan::PropertyPath parent = path.mid(0, path.size() - 1);
    int position = 0;
    for (int i = 0; i < row; ++i) {
        const plan::PropertyPath &other = m_lines[static_cast<std::size_t>(i)].row.path;
        position += other.size() == path.size() && startsWith(other, parent) ? 1 : 0;
    }
    return position;
}

int PropertyModel::addProperty(int row, Place place)
{
    if (m_rule == nullptr) {
        return -1;
    }
    plan::PropertyPath parent = pathAt(row);
    if (!parent.isEmpty() && place == Place::Behind) {
        parent.removeLast();
    } else if (!parent.isEmpty() && m_lines[static_cast<std::size_t>(row)].row.types.contains(u"array"_s)) {
        parent += u"$"_s;
    }
    auto added = plan::withAdded(*m_rule, parent, tr("property"));
    if (!added) {
        emit refused(added.error());
        return -1;
    }
    const plan::PropertyPath path = added->path;
    if (row >= 0 && place == Place::Behind) {
        if (auto moved = plan::withMoved(added->rule, path, siblingIndex(row) + 1)) {
            added->rule = std::move(*moved);
        }
    }
    become(std::move(added->rule), tr("added property"));
    return rowOf(path);
}

void PropertyModel::removeProperties(const QModelIndexList &cells)
{
    if (m_rule == nullptr) {
        return;
    }
    std::set<int> rows;
    for (const QModelIndex &cell : cells) {
        rows.insert(cell.row());
    }
    plan::RuleSource rule = *m_rule;
    std::optional<base::Error> problem;
    plan::PropertyPath gone;
    QString name;
    for (const int row : rows) {
        const plan::PropertyPath path = pathAt(row);
        if (!gone.isEmpty() && startsWith(path, gone)) {
            continue; // went with its parent
        }
        auto removed = plan::withRemoved(rule, path);
        if (!removed) {
            problem = removed.error();
            continue;
        }
        rule = std::move(*removed);
        name = name.isEmpty() ? plan::shownPath(path) : name;
        gone = path;
    }
    become(std::move(rule), rows.size() == 1 ? tr("removed %1").arg(name) : tr("removed properties"));
    if (problem) {
        emit refused(*problem);
    }
}

int PropertyModel::moveProperty(int row, int by)
{
    const plan::PropertyPath path = pathAt(row);
    if (m_rule == nullptr || path.isEmpty()) {
        return row;
    }
    const int position = siblingIndex(row) + by;
    auto moved =
        position < 0 ? base::Result<plan::RuleSource>(*m_rule) : plan::withMoved(*m_rule, path, position);
    if (!moved) {
        emit refused(moved.error());
        return row;
    }
    become(std::move(*moved), tr("moved %1").arg(plan::shownPath(path)));
    return rowOf(path);
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
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
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
