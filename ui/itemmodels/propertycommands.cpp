// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// What is done to several cells or to whole rows of the sheet, each as one edit.
#include "ui/itemmodels/propertymodel.h"

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace ui {

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
                    if (other == before || isInside(other, before)) {
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
        position += other.size() == path.size() && isInside(other, parent) ? 1 : 0;
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
        if (!gone.isEmpty() && isInside(path, gone)) {
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

} // namespace ui
