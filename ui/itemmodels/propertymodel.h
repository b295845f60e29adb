// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/planmodel.h"

namespace ui {

/// The properties of one rule of a plan, in the plan's order. GUI thread.
class PropertyModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int {
        NameColumn,
        TypeColumn,
        RequiredColumn,
        AllowedColumn,
        DescriptionColumn,
        ColumnCount
    };

    enum Role : int {
        IsRequiredRole = Qt::UserRole + 1, ///< bool
        PatternRole,                       ///< QString
        FormatRole,                        ///< QString
    };

    explicit PropertyModel(QObject *parent = nullptr);

    /// An entry without a rule empties the table.
    void setEntry(PlanModel::Entry entry);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    PlanModel::Entry m_entry;
};

} // namespace ui
