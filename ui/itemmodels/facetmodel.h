// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/streammodel.h"

#include <QAbstractItemModel>

namespace ui {

/// The sidebar's facets as a tree of two levels: sources, types, statuses and events, each value with its
/// count under the current filter and a check box. Entries keep their place while their counts change, so
/// that nothing moves under the pointer. GUI thread.
class FacetModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum class Section : std::uint8_t { Sources, Types, Statuses, Events };
    static constexpr int sectionCount = 4;

    enum Role : int {
        CountRole = Qt::UserRole + 1, ///< quint64
        SectionRole,                  ///< int of Section
        KeyRole,                      ///< uint: SourceId, CallType, Status or NameId
        IsSectionRole,                ///< bool: a heading
    };

    using TextOf = std::function<QString(TextKind kind, std::uint32_t id)>;
    /// `textOf` gives texts of sources and names, empty while unknown.
    explicit FacetModel(TextOf textOf, QObject *parent = nullptr);

    void setCounts(const stream::FacetCounts &counts);
    /// Sources that stay listed without an event under the filter: muted ones, so that they can be let back.
    void setPinnedSources(const std::vector<std::uint32_t> &sources);
    /// A text that textOf() did not have before has come.
    void refreshTexts();
    /// Most frequent first again, entries without events gone unless they are checked.
    void sortByCount();

    /// The checked entries in the filter language: any of a section, all sections together. Empty: none.
    [[nodiscard]] QString filterText() const;
    void clearChecks();

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    /// The user ticked something: put filterText() into the filter.
    void checksChanged();

private:
    struct Entry
    {
        std::uint32_t key = 0;
        quint64 count = 0;
        bool isChecked = false;
    };
    using Counts = std::vector<std::pair<std::uint32_t, quint64>>;

    void update(Section section, const Counts &counts);
    [[nodiscard]] QString entryText(Section section, const Entry &entry) const;

    TextOf m_textOf;
    std::array<std::vector<Entry>, sectionCount> m_sections;
    std::vector<std::uint32_t> m_pinned;
    stream::FacetCounts m_counts;
};

} // namespace ui
