// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"

#include <unordered_map>

#include <QAbstractItemModel>

namespace ui {

/// An event's JSON as a tree, in the order sent, with the findings at the values they are about. What should
/// be there and is not has a row of its own where it would stand. Rows are made when a branch is first
/// asked for. GUI thread; the document is shared and never changes.
class JsonTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column : int { KeyColumn, ValueColumn, ColumnCount };

    /// All roles answer the same for both columns.
    enum Role : int {
        TypeRole = Qt::UserRole + 1, ///< int of json::Type; -1: a missing row
        IsMissingRole,               ///< bool: no value here, but a finding that misses it
        FindingsRole,                ///< QList<int>: indices into findings(), those about this very row
        SeverityRole,                ///< int: worst event::Severity of those; -1: none
        BranchSeverityRole,          ///< int: worst severity here or anywhere below; -1: none
        PointerRole,                 ///< QString, RFC 6901
        KeyRole,                     ///< QString: decoded key, or the index in an array
        RawRole,                     ///< QString: the value's bytes as sent
        TextRole,                    ///< QString: decoded text of a string, else as RawRole
    };

    explicit JsonTreeModel(QObject *parent = nullptr);
    ~JsonTreeModel() override;

    /// A null document empties the tree.
    void setDocument(std::shared_ptr<const json::Document> document, std::vector<event::Finding> findings);
    [[nodiscard]] const std::vector<event::Finding> &findings() const { return m_findings; }
    /// The row at a pointer, missing rows included; of the nearest value above when there is none; invalid at
    /// the root.
    [[nodiscard]] QModelIndex indexAt(const json::Pointer &pointer) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    struct Item;
    /// What findings say of one place of the document.
    struct Place
    {
        std::vector<int> findings;
        int worst = -1;                   ///< of the findings here
        int branchWorst = -1;             ///< here or below
        std::vector<std::string> missing; ///< keys that should be below, in the findings' order
    };

    void placeFindings();
    [[nodiscard]] Item *itemOf(const QModelIndex &index) const;
    void populate(Item &item) const;
    [[nodiscard]] const Place *place(const Item &item) const;
    [[nodiscard]] QString valueText(const Item &item) const;

    std::shared_ptr<const json::Document> m_document;
    std::vector<event::Finding> m_findings;
    std::unordered_map<std::string, Place> m_places; ///< by pointer
    std::unique_ptr<Item> m_root;
};

} // namespace ui
