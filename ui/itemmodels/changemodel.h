// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/compare.h"

#include <QAbstractTableModel>

namespace ui {

/// What differs between two plans, one difference a row. GUI thread.
class ChangeModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { EventColumn, ChangeColumn, EffectColumn, ColumnCount };

    enum Role : int {
        KindRole = Qt::UserRole + 1, ///< int of plan::ChangeKind
        ImpactRole,                  ///< int of plan::Impact
        TypeRole,                    ///< int of event::CallType
    };

    explicit ChangeModel(QObject *parent = nullptr);

    void setChanges(std::vector<plan::Change> changes);
    [[nodiscard]] const std::vector<plan::Change> &changes() const { return m_changes; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<plan::Change> m_changes;
};

/// "words only", "allows more", "may break": what a change does to events that were valid.
[[nodiscard]] QString impactText(plan::Impact impact);

} // namespace ui
