// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/planlint.h"
#include "plan/document.h"
#include "store/reader.h"

#include <QAbstractTableModel>
#include <QHash>

namespace ui {

/// The events of one plan, what was seen of each, and how much is wrong with it. Rules are compared by their
/// pointers: an edit repaints one row, whatever the plan's size. GUI thread.
class PlanModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { TypeColumn, NameColumn, SeenColumn, ViolationsColumn, LastSeenColumn, ColumnCount };

    enum Role : int {
        TypeRole = Qt::UserRole + 1, ///< int of event::CallType
        NameRole,                    ///< QString
        VersionRole,                 ///< int
        SeenRole,                    ///< quint64
        ViolationsRole,              ///< quint64
        LastUsRole,                  ///< qint64, microseconds UTC; 0: never
        IsNeverSeenRole,             ///< bool
        IsDeprecatedRole,            ///< bool
        ProblemsRole,                ///< int, problems of the rule itself
        WorstProblemRole,            ///< int of event::Severity; -1 without problems
        SearchRole,                  ///< name, description and names of properties, in lower case
        SortRole,                    ///< what a column sorts by
    };

    explicit PlanModel(QObject *parent = nullptr);

    void setRules(const std::vector<plan::RulePointer> &rules);
    void setSeen(const std::vector<store::Reader::Seen> &seen);
    void setProblems(const std::vector<check::PlanIssue> &problems);

    [[nodiscard]] plan::RulePointer ruleAt(int row) const; ///< null: no such row
    /// -1: not planned. The lowest row of any version when `version` is 0.
    [[nodiscard]] int rowOf(event::CallType type, const QString &name, int version = 0) const;
    [[nodiscard]] int neverSeenCount() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /// A new name for an event: renameWanted() is emitted, nothing is changed here.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    void renameWanted(const plan::RulePointer &rule, const QString &name);

private:
    struct Line
    {
        plan::RulePointer rule;
        std::uint64_t seen = 0, violations = 0;
        std::int64_t lastUs = 0;
        int problems = 0;
        int worst = -1;
        mutable QString search; ///< made when first asked for
    };
    struct Trouble
    {
        int problems = 0;
        int worst = -1;
    };
    [[nodiscard]] Line lineOf(plan::RulePointer rule) const;
    void fillSeen(Line &line) const;
    void fillProblems(Line &line) const;
    template <typename Change>
    void changeRows(Change change);
    [[nodiscard]] QString columnText(const Line &line, int column) const;

    std::vector<Line> m_lines;
    QHash<QString, store::Reader::Seen> m_seen; ///< by type and name
    QHash<QString, Trouble> m_problems;         ///< by type, name and version
};

/// The name of an event for people: "Order Loaded", "identify", "every event"; with its version above 1.
[[nodiscard]] QString ruleName(const plan::RuleSource &rule);
[[nodiscard]] bool hasName(event::CallType type); ///< track, page and screen

} // namespace ui
