// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/planlint.h"

#include <QAbstractListModel>

namespace ui {

/// What is wrong with a plan: a line for each kind of fault when there are several, the
/// faults below it. GUI thread.
class ProblemModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role : int {
        IsGroupRole = Qt::UserRole + 1, ///< bool: a heading
        SeverityRole,                   ///< int of event::Severity
        WhereRole,                      ///< QString: event and property
    };

    explicit ProblemModel(QObject *parent = nullptr);

    void setProblems(std::vector<check::PlanIssue> problems);
    [[nodiscard]] int count() const { return static_cast<int>(m_problems.size()); }
    /// "2 schemas can't be used, 9 names are much alike": one part for each kind, the most severe first.
    [[nodiscard]] const QString &summary() const { return m_summary; }
    [[nodiscard]] const check::PlanIssue *problemAt(int row) const; ///< null: a heading

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    struct Line
    {
        std::size_t problem = 0; ///< of a heading: the group's first
        int groupCount = 0;      ///< of a heading; else 0
    };
    std::vector<check::PlanIssue> m_problems; ///< by kind, kinds in the order they first came
    std::vector<Line> m_lines;
    QString m_summary;
};

/// "9 names are much alike".
[[nodiscard]] QString faultText(check::PlanFault fault, int count);

} // namespace ui
