// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

#include <unordered_map>
#include <unordered_set>

#include <QHash>

namespace plan {

/// What a rule is found by in another plan.
struct RuleKey
{
    event::CallType type = event::CallType::Track;
    QString name;
    int version = 1;
    int repetition = 0; ///< of several common rules their number

    friend bool operator==(const RuleKey &, const RuleKey &) = default;
};

struct RuleKeyHash
{
    std::size_t operator()(const RuleKey &key) const
    {
        return qHashMulti(0, static_cast<int>(key.type), key.name, key.version, key.repetition);
    }
};

/// The rules of a plan, each to be taken once by the rule of another plan that stands for the same events.
class RuleIndex
{
public:
    explicit RuleIndex(const std::vector<RulePointer> &rules);

    /// Index of the rule for the same events; nothing when there is none (left).
    [[nodiscard]] std::optional<std::size_t> take(const RuleSource &rule);
    /// Indices of those that nobody took, in the plan's order.
    [[nodiscard]] std::vector<std::size_t> left() const;

private:
    std::unordered_map<RuleKey, std::size_t, RuleKeyHash> m_rules;
    std::unordered_map<RuleKey, int, RuleKeyHash> m_asked;
    std::vector<bool> m_isTaken;
};

/// What events a plan has rules for, whatever their version.
class RuleNames
{
public:
    explicit RuleNames(const std::vector<RulePointer> &rules);

    /// Whether events of the rule's name are checked by one of these: by a version of it, or by the rule for
    /// all pages or screens.
    [[nodiscard]] bool covers(const RuleSource &rule) const;

private:
    std::unordered_set<RuleKey, RuleKeyHash> m_names;
};

} // namespace plan
