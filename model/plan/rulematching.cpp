// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/rulematching.h"

namespace plan {

namespace {

RuleKey numbered(const RuleSource &rule, std::unordered_map<RuleKey, int, RuleKeyHash> &seen)
{
    RuleKey key{rule.type, rule.name, rule.version, 0};
    const int repetition = seen[key]++;
    key.repetition = repetition;
    return key;
}

} // namespace

RuleIndex::RuleIndex(const std::vector<RulePointer> &rules)
    : m_isTaken(rules.size(), false)
{
    std::unordered_map<RuleKey, int, RuleKeyHash> seen;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        m_rules.emplace(numbered(*rules[i], seen), i);
    }
}

std::optional<std::size_t> RuleIndex::take(const RuleSource &rule)
{
    const auto found = m_rules.find(numbered(rule, m_asked));
    if (found == m_rules.end()) {
        return std::nullopt;
    }
    m_isTaken[found->second] = true;
    return found->second;
}

std::vector<std::size_t> RuleIndex::left() const
{
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < m_isTaken.size(); ++i) {
        if (!m_isTaken[i]) {
            left.push_back(i);
        }
    }
    return left;
}

RuleNames::RuleNames(const std::vector<RulePointer> &rules)
{
    for (const RulePointer &rule : rules) {
        m_names.insert({rule->type, rule->name, 0, 0});
    }
}

bool RuleNames::covers(const RuleSource &rule) const
{
    const bool isGeneral = rule.type == event::CallType::Page || rule.type == event::CallType::Screen;
    return m_names.contains({rule.type, rule.name, 0, 0}) ||
           (isGeneral && m_names.contains({rule.type, QString(), 0, 0}));
}

} // namespace plan
