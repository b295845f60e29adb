// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/sheet.h"
#include "ui/itemmodels/tabbedtext.h"

#include <QAbstractTableModel>

namespace ui {

/// The properties of one rule as a sheet: a row each, nested ones below their parent. Edits make a new rule
/// and tell of it (edited()); the caller keeps it. What a cell can't hold stays in it as typed, with what is
/// wrong, until it is mended or taken back. GUI thread.
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
        RangeColumn,
        FormatColumn,
        PatternColumn,
        LabelsColumn,
        ColumnCount
    };

    enum Role : int {
        DepthRole = Qt::UserRole + 1, ///< int, from 0
        IsRequiredRole,               ///< bool
        IsReadOnlyRole,               ///< bool: edited as JSON
        HasMoreRole,                  ///< bool: the schema says more than the columns show
        RefusalRole,                  ///< QString: what is wrong with what was typed; empty: nothing
        PathRole,                     ///< QStringList
    };

    explicit PropertyModel(QObject *parent = nullptr);

    /// Null empties the sheet. Rows that stay the same stay where they are.
    void setRule(const plan::RulePointer &rule);
    [[nodiscard]] const plan::RulePointer &rule() const { return m_rule; }
    [[nodiscard]] plan::PropertyPath pathAt(int row) const;
    [[nodiscard]] int rowOf(const plan::PropertyPath &path) const; ///< -1: not there

    /// Empties cells; names stay (removing a property is removeProperties()).
    void clearCells(const QModelIndexList &cells);
    [[nodiscard]] CellBlock block(const QModelIndexList &cells) const;
    /// From this cell to the right and down; rows beyond the last are added. One edit. Gives the cell at the
    /// block's end.
    QModelIndex paste(const QModelIndex &at, const CellBlock &block);
    /// Behind `row` among its siblings, or the last one inside of it; -1: the last one of the event. Gives
    /// the new row, -1 when it was refused.
    enum class Place : std::uint8_t { Behind, Inside };
    int addProperty(int row, Place place);
    void removeProperties(const QModelIndexList &cells);
    /// By so many places among its siblings. Gives the row's new place.
    int moveProperty(int row, int by);
    /// What was typed and refused is dropped; the cell shows the plan's again.
    void dropRefusal(const QModelIndex &cell);
    [[nodiscard]] int refusals() const; ///< in the shown rule

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] static plan::Field fieldOf(int column);

signals:
    /// The rule became another; `what` says how, for Undo ("type of deliveryId").
    void edited(const plan::RulePointer &before, const plan::RulePointer &after, const QString &what);
    /// A cell, or a command on a row, could not be done.
    void refused(const base::Error &error);

private:
    struct Line
    {
        plan::SheetRow row;
        int depth = 0;
    };
    struct Refusal
    {
        QString rule;
        plan::PropertyPath path;
        plan::Field field{};
        QString text;
        base::Error error;
    };
    [[nodiscard]] std::vector<Line> linesOf(const plan::RuleSource &rule) const;
    void become(plan::RuleSource rule, const QString &what);
    [[nodiscard]] QString ruleKey() const;
    [[nodiscard]] std::vector<Refusal>::const_iterator refusalAt(const plan::PropertyPath &path,
                                                                 plan::Field field) const;
    void refuse(const plan::PropertyPath &path, plan::Field field, const QString &text,
                const base::Error &error);
    void forget(const plan::PropertyPath &path, plan::Field field);
    [[nodiscard]] QString cellText(const plan::SheetRow &row, int column) const;
    [[nodiscard]] int siblingIndex(int row) const;

    plan::RulePointer m_rule;
    std::vector<Line> m_lines;
    std::vector<Refusal> m_refusals; ///< of all rules that were shown
};

/// Whether a property is below another.
[[nodiscard]] bool isInside(const plan::PropertyPath &path, const plan::PropertyPath &parent);

} // namespace ui
