// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "report/propertycounts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace report {

namespace {

constexpr std::size_t noNode = static_cast<std::size_t>(-1);
constexpr std::size_t shownBytes = 120;
constexpr std::size_t shownValues = 20;

enum TypeNumber : std::size_t { Null, Boolean, Integer, Number, String, Array, Object };
constexpr std::array<const char *, 7> typeWords{"null",   "boolean", "integer", "number",
                                                "string", "array",   "object"};

TypeNumber typeOf(json::Value value)
{
    switch (value.type()) {
    case json::Type::Null:
        return Null;
    case json::Type::Bool:
        return Boolean;
    case json::Type::Number:
        return value.raw().find_first_of(".eE") == std::string_view::npos ? Integer : Number;
    case json::Type::String:
        return String;
    case json::Type::Array:
        return Array;
    case json::Type::Object:
        return Object;
    }
    return Null;
}

/// Cut between characters, not inside one.
std::string_view cut(std::string_view text)
{
    if (text.size() <= shownBytes) {
        return text;
    }
    std::size_t end = shownBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end);
}

} // namespace

void ValueCounts::add(std::string_view value)
{
    const auto known = std::ranges::find(m_counts, value, &Count::value);
    if (known != m_counts.end()) {
        ++known->count;
        return;
    }
    if (m_counts.size() < maxValues) {
        m_counts.push_back({std::string(value), 1, 0});
        return;
    }
    m_isExact = false;
    const auto least = std::ranges::min_element(m_counts, {}, &Count::count);
    least->value = value;
    least->error = least->count;
    ++least->count;
}

std::vector<std::pair<QString, std::uint64_t>> ValueCounts::mostCommon(std::size_t limit) const
{
    std::vector<std::pair<QString, std::uint64_t>> common;
    for (const Count &one : m_counts) {
        const std::uint64_t certain = one.count - one.error;
        // Among many values one that came once is no common one.
        if (certain > (m_isExact ? 0U : 1U)) {
            common.emplace_back(QString::fromStdString(one.value), certain);
        }
    }
    std::ranges::stable_sort(common, [](const auto &a, const auto &b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    common.resize(std::min(common.size(), limit));
    return common;
}

PropertyCounts::PropertyCounts()
{
    m_nodes.emplace_back();
}

std::size_t PropertyCounts::member(std::size_t node, std::string_view name, QStringView shown)
{
    const std::string key(name);
    if (const auto known = m_nodes[node].members.find(key); known != m_nodes[node].members.end()) {
        return known->second;
    }
    if (m_nodes.size() > maxProperties) {
        return noNode;
    }
    const std::size_t number = m_nodes.size();
    Node &made = m_nodes.emplace_back();
    made.path = m_nodes[node].path + QStringList{shown.toString()};
    made.parent = node;
    m_nodes[node].members.emplace(key, number);
    return number;
}

void PropertyCounts::plan(const plan::Property &property)
{
    std::size_t node = 0;
    for (const QString &step : property.name.split(u'.')) {
        node = member(node, step.toStdString(), step);
        if (node == noNode) {
            return;
        }
    }
    Node &planned = m_nodes[node];
    if (planned.isPlanned) {
        planned.isRequired = planned.isRequired && property.isRequired; // of another version
    } else {
        planned.isPlanned = true;
        planned.isRequired = property.isRequired;
        m_order.push_back(node);
    }
    for (const QString &value : property.allowed) {
        const std::string text = value.toStdString();
        if (std::ranges::find(planned.allowed, text, &std::pair<std::string, std::uint64_t>::first) ==
            planned.allowed.end()) {
            planned.allowed.emplace_back(text, 0);
        }
    }
}

void PropertyCounts::add(json::Value object)
{
    ++m_nodes.front().objects;
    addMembers(0, object, 0);
}

void PropertyCounts::addMembers(std::size_t node, json::Value object, int depth)
{
    if (!object.isObject() || depth > maxDepth) {
        return;
    }
    for (auto child = object.firstChild(); child; child = child.next()) {
        const std::string_view key = child.key();
        const auto known = m_nodes[node].members.find(std::string(key));
        const std::size_t number =
            known != m_nodes[node].members.end()
                ? known->second
                : member(node, key, QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())));
        if (number != noNode) {
            addValue(number, child.value(), depth);
        }
    }
}

void PropertyCounts::addValue(std::size_t node, json::Value value, int depth)
{
    Node &counted = m_nodes[node];
    const TypeNumber type = typeOf(value);
    ++counted.types[type];
    if (type == Null) {
        return;
    }
    ++counted.filled;
    if (type == Object) {
        ++counted.objects;
        addMembers(node, value, depth + 1);
        return;
    }
    if (type == Array) {
        counted.items += value.size();
        if (value.size() == 0) {
            return;
        }
        const std::size_t item = member(node, "$", u"$");
        for (auto child = value.firstChild(); item != noNode && child; child = child.next()) {
            addValue(item, child.value(), depth + 1);
        }
        return;
    }
    const std::string_view text = type == String ? value.text() : value.raw();
    for (auto &[allowed, count] : counted.allowed) {
        if (allowed == text) {
            ++count;
        }
    }
    counted.values.add(cut(text));
}

void PropertyCounts::addViolation(const json::Pointer &at)
{
    const std::vector<std::string> tokens = at.tokens();
    if (tokens.size() < 2 || (tokens.front() != "properties" && tokens.front() != "traits")) {
        return;
    }
    std::size_t node = 0;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        const auto &members = m_nodes[node].members;
        auto found = members.find(tokens[i]);
        if (found == members.end() &&
            std::ranges::all_of(tokens[i], [](char c) { return c >= '0' && c <= '9'; })) {
            found = members.find("$");
        }
        if (found == members.end()) {
            break;
        }
        node = found->second;
    }
    if (node != 0) {
        ++m_nodes[node].violations;
    }
}

void PropertyCounts::append(std::vector<PropertyCoverage> &all, std::size_t number, bool isPlanned) const
{
    const Node &node = m_nodes[number];
    PropertyCoverage &made = all.emplace_back();
    made.path = node.path;
    made.isPlanned = isPlanned;
    made.isRequired = node.isRequired;
    made.filled = node.filled;
    const Node &parent = m_nodes[node.parent];
    made.of = node.path.constLast() == u"$" && parent.items > 0 ? parent.items : parent.objects;
    for (std::size_t type = 0; type < node.types.size(); ++type) {
        if (node.types[type] > 0) {
            made.types.emplace_back(QString::fromLatin1(typeWords[type]), node.types[type]);
        }
    }
    std::ranges::stable_sort(made.types, std::ranges::greater{}, &std::pair<QString, std::uint64_t>::second);
    made.values = node.values.mostCommon(shownValues);
    made.areValuesExact = node.values.isExact();
    for (const auto &[value, count] : node.allowed) {
        if (count == 0) {
            made.neverSeen.append(QString::fromStdString(value));
        }
    }
    made.violations = node.violations;
}

std::vector<PropertyCoverage> PropertyCounts::properties() const
{
    std::vector<PropertyCoverage> all;
    all.reserve(m_nodes.size());
    for (const std::size_t number : m_order) {
        append(all, number, true);
    }
    for (std::size_t number = 1; number < m_nodes.size(); ++number) {
        const bool wasSeen =
            std::ranges::any_of(m_nodes[number].types, [](std::uint64_t n) { return n > 0; });
        if (!m_nodes[number].isPlanned && wasSeen) {
            append(all, number, false);
        }
    }
    return all;
}

} // namespace report
