// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/coverage.h"

#include <array>
#include <deque>
#include <string>
#include <unordered_map>

namespace report {

/// The most common of any number of values in bounded memory: space-saving (Metwally et al., 2005), so that a
/// count less its error is never too high.
class ValueCounts
{
public:
    static constexpr std::size_t maxValues = 64;

    void add(std::string_view value);
    [[nodiscard]] bool isExact() const { return m_isExact; }
    /// What is certain of each, most frequent first; values of which nothing is certain are left out.
    [[nodiscard]] std::vector<std::pair<QString, std::uint64_t>> mostCommon(std::size_t limit) const;

private:
    struct Count
    {
        std::string value;
        std::uint64_t count = 0;
        std::uint64_t error = 0;
    };
    std::vector<Count> m_counts;
    bool m_isExact = true;
};

/// Counts the properties of one event name, nested ones by their path. Bounded: see CoverageBuilder.
class PropertyCounts
{
public:
    static constexpr std::size_t maxProperties = 500;
    static constexpr int maxDepth = 8;

    PropertyCounts();
    void plan(const plan::Property &property);
    /// `object` is the event's properties or traits; missing counts as an empty one.
    void add(json::Value object);
    /// A violation at a place of the event.
    void addViolation(const json::Pointer &at);
    [[nodiscard]] std::vector<PropertyCoverage> properties() const;

private:
    struct Node
    {
        QStringList path;
        bool isPlanned = false;
        bool isRequired = false;
        std::uint64_t filled = 0;
        std::uint64_t objects = 0; ///< times it was an object: what its members are out of
        std::uint64_t items = 0;   ///< items its lists held
        std::uint64_t violations = 0;
        std::array<std::uint64_t, 7> types{};
        ValueCounts values;
        std::vector<std::pair<std::string, std::uint64_t>> allowed;
        std::unordered_map<std::string, std::size_t> members; ///< numbers in m_nodes
        std::size_t parent = 0;
    };

    std::size_t member(std::size_t node, std::string_view name, QStringView shown);
    void addMembers(std::size_t node, json::Value object, int depth);
    void addValue(std::size_t node, json::Value value, int depth);
    void append(std::vector<PropertyCoverage> &all, std::size_t node, bool isPlanned) const;

    std::deque<Node> m_nodes; ///< the first is the whole
    std::vector<std::size_t> m_order;
};

} // namespace report
