// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/plan.h"
#include "store/reader.h"

#include <QAbstractTableModel>

namespace ui {

/// The events of all plans, and what was seen of each. GUI thread.
class PlanModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { TypeColumn, NameColumn, SeenColumn, ViolationsColumn, LastSeenColumn, ColumnCount };

    enum Role : int {
        TypeRole = Qt::UserRole + 1, ///< int of event::CallType
        NameRole,                    ///< QString
        SeenRole,                    ///< quint64
        ViolationsRole,              ///< quint64
        LastUsRole,                  ///< qint64, microseconds UTC; 0: never
        IsNeverSeenRole,             ///< bool
        PlanNameRole,                ///< QString
        SortRole,                    ///< what a column sorts by
    };

    explicit PlanModel(QObject *parent = nullptr);

    void setPlans(const std::vector<std::shared_ptr<const plan::Plan>> &plans);
    void setSeen(const std::vector<store::Reader::Seen> &seen);

    /// The rule of a row and the plan that owns it.
    struct Entry
    {
        std::shared_ptr<const plan::Plan> plan;
        const plan::Rule *rule = nullptr;
    };
    [[nodiscard]] Entry entryAt(int row) const;
    [[nodiscard]] int rowOf(event::CallType type, const QString &name) const; ///< -1: not planned
    [[nodiscard]] int neverSeenCount() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    struct Line
    {
        Entry entry;
        std::uint64_t seen = 0, violations = 0;
        std::int64_t lastUs = 0;
    };
    void applySeen();
    [[nodiscard]] QString columnText(const Line &line, int column) const;

    std::vector<Line> m_lines;
    std::vector<store::Reader::Seen> m_seen;
};

} // namespace ui
