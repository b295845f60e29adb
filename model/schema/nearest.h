// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace schema {

/// How far a name is from another one: 0 when they differ in case and separators only ("delivery_id",
/// "deliveryId", "Delivery ID"), 1 when their words stand in another order, else the number of edits (insert,
/// delete, replace, swap of neighbours); nothing when they are too far apart to be taken for each other.
/// ASCII letters are compared without case.
[[nodiscard]] std::optional<unsigned> nameDistance(std::string_view one, std::string_view other);

/// Names to search for the one nearest to another; what comparing needs of each is kept. Immutable; any
/// thread.
class NameIndex
{
public:
    explicit NameIndex(std::vector<std::string> names);

    /// The nearest of the names, `name` itself excepted; the first of equals; nothing when none is near.
    [[nodiscard]] std::optional<std::string> nearest(std::string_view name) const;

private:
    friend std::optional<unsigned> nameDistance(std::string_view one, std::string_view other);

    struct Entry
    {
        explicit Entry(std::string text);
        std::string name;
        std::string squeezed; ///< lower case, without separators
        std::vector<std::string> words;
    };
    static std::optional<unsigned> distance(const Entry &one, const Entry &other);

    std::vector<Entry> m_entries;
};

/// Index of the candidate nearest to `name`, itself excepted; the first of equals; nothing when none is near.
[[nodiscard]] std::optional<std::size_t> nearestName(std::string_view name,
                                                     const std::vector<std::string_view> &candidates);

} // namespace schema
