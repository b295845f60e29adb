// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/coverage.h"

#include <QAbstractTableModel>
#include <QHash>

namespace ui {

/// The events of a coverage, planned or seen. Rows keep their place while numbers change; new ones come at
/// the end. GUI thread.
class CoverageModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int {
        EventColumn,
        StateColumn,
        CountColumn,
        ViolationsColumn,
        FirstSeenColumn,
        LastSeenColumn,
        SourcesColumn,
        ColumnCount
    };

    enum class State : std::uint8_t { Seen, NeverSeen, Unplanned, Unchecked };

    enum Role : int {
        TypeRole = Qt::UserRole + 1, ///< int of event::CallType
        NameRole,                    ///< QString
        StateRole,                   ///< int of State
        CountRole,                   ///< quint64
        ViolationsRole,              ///< quint64
        RateRole,                    ///< double, 0..1
        TimeRole,                    ///< qint64, microseconds UTC of a time column; 0: never
        SortRole,                    ///< what a column sorts by
    };

    explicit CoverageModel(QObject *parent = nullptr);

    void setCoverage(std::shared_ptr<const report::Coverage> coverage);
    /// Null when there is none; lives as long as the coverage set last.
    [[nodiscard]] const report::EventCoverage *rowAt(int row) const;
    [[nodiscard]] int rowOf(event::CallType type, const QString &name) const; ///< -1: none
    [[nodiscard]] static State stateOf(const report::EventCoverage &row);
    [[nodiscard]] static QString stateText(State state);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const report::EventCoverage &row, int column) const;

    std::shared_ptr<const report::Coverage> m_coverage;
    std::vector<std::size_t> m_order; ///< positions in the coverage
    std::vector<QString> m_keys;      ///< of the rows, in their order here
};

/// What was seen of the properties of one event. GUI thread.
class CoveragePropertyModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int {
        NameColumn,
        PlanColumn,
        FillColumn,
        TypesColumn,
        ValuesColumn,
        ViolationsColumn,
        ColumnCount
    };

    enum Role : int {
        IsPlannedRole = Qt::UserRole + 1, ///< bool
        FilledRole,                       ///< quint64
        OfRole,                           ///< quint64
        NeverSeenRole,                    ///< QString: planned values that never came; may be empty
        ViolationsRole,                   ///< quint64
        DepthRole,                        ///< int
    };

    explicit CoveragePropertyModel(QObject *parent = nullptr);

    void setProperties(const std::vector<report::PropertyCoverage> &properties);
    [[nodiscard]] const report::PropertyCoverage *propertyAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const report::PropertyCoverage &property, int column) const;

    std::vector<report::PropertyCoverage> m_properties;
};

/// A bar for each source: how much of what the plan has for it came. GUI thread.
class CoverageSourceModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int {
        SourceColumn,
        BarColumn,
        EventsColumn,
        ViolationsColumn,
        UnplannedColumn,
        LastSeenColumn,
        ColumnCount
    };

    enum Role : int {
        PlannedRole = Qt::UserRole + 1, ///< quint64: names the plan has for the source
        SeenRole,                       ///< quint64: of those, that came
        RateRole,                       ///< double: violations of its events, 0..1
        UnplannedRole,                  ///< quint64: events
        LastUsRole,                     ///< qint64, microseconds UTC; 0: never
    };

    explicit CoverageSourceModel(QObject *parent = nullptr);

    void setSources(const std::vector<report::SourceCoverage> &sources);
    [[nodiscard]] const report::SourceCoverage *sourceAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const report::SourceCoverage &source, int column) const;

    std::vector<report::SourceCoverage> m_sources;
};

} // namespace ui
