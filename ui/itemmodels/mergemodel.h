// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/compare.h"

#include <QAbstractTableModel>

namespace ui {

/// The steps of a merge, event by event, each chosen or not. GUI thread.
class MergeModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { EventColumn, ChangeColumn, SeenColumn, ColumnCount };

    enum Role : int {
        KindRole = Qt::UserRole + 1, ///< int of plan::ChangeKind
        TypeRole,                    ///< int of event::CallType
        IsWeakRole,                  ///< bool: too few events for more than types
    };

    explicit MergeModel(QObject *parent = nullptr);

    /// How often an event was seen, beside its step.
    struct Seen
    {
        event::CallType type{};
        QString name;
        std::uint64_t events = 0;
        bool isWeak = false;
    };
    void setSeen(std::vector<Seen> seen);
    /// All chosen, but removals and weak ones.
    void setSteps(std::vector<plan::MergeStep> steps);
    [[nodiscard]] const plan::MergeStep *stepAt(int row) const;
    [[nodiscard]] std::vector<plan::MergeStep> chosen() const;
    [[nodiscard]] int chosenCount() const;
    enum class Choice : std::uint8_t { All, None };
    void choose(Choice choice);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    void choiceChanged();

private:
    struct Line
    {
        plan::MergeStep step;
        Seen seen;
        bool isChosen = true;
    };
    [[nodiscard]] Seen seenOf(const plan::RuleSource &rule) const;

    std::vector<Line> m_lines;
    std::vector<Seen> m_seen;
};

} // namespace ui
