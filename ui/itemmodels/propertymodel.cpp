// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/itemmodels/propertymodel.h"

using namespace Qt::StringLiterals;

namespace ui {

PropertyModel::PropertyModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void PropertyModel::setEntry(PlanModel::Entry entry)
{
    beginResetModel();
    m_entry = std::move(entry);
    endResetModel();
}

int PropertyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_entry.rule == nullptr ? 0
                                                       : static_cast<int>(m_entry.rule->properties.size());
}

int PropertyModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant PropertyModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const plan::Property &property = m_entry.rule->properties[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (index.column()) {
        case NameColumn:
            return property.name;
        case TypeColumn:
            return property.types.isEmpty() ? tr("any") : property.types.join(tr(" or "));
        case RequiredColumn:
            return property.isRequired              ? tr("required")
                   : role == Qt::AccessibleTextRole ? tr("optional")
                                                    : QString();
        case AllowedColumn: {
            QStringList parts;
            if (!property.allowed.isEmpty()) {
                parts.append(property.allowed.join(u", "_s));
            }
            if (!property.format.isEmpty()) {
                parts.append(property.format);
            }
            if (!property.pattern.isEmpty()) {
                parts.append(u'/' + property.pattern + u'/');
            }
            return parts.join(u", "_s);
        }
        case DescriptionColumn:
            return property.description;
        default:
            return {};
        }
    case Qt::ToolTipRole:
        return property.description.isEmpty() ? QVariant() : property.description;
    case IsRequiredRole:
        return property.isRequired;
    case PatternRole:
        return property.pattern;
    case FormatRole:
        return property.format;
    default:
        return {};
    }
}

QVariant PropertyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case NameColumn:
        return tr("Property");
    case TypeColumn:
        return tr("Type");
    case RequiredColumn:
        return tr("Required");
    case AllowedColumn:
        return tr("Allowed");
    case DescriptionColumn:
        return tr("Description");
    default:
        return {};
    }
}

QHash<int, QByteArray> PropertyModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert({{IsRequiredRole, "isRequired"}, {PatternRole, "pattern"}, {FormatRole, "format"}});
    return names;
}

} // namespace ui
