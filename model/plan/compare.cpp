// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/compare.h"

#include "plan/placecomparison.h"
#include "plan/rulematching.h"
#include "plan/schemacomparison.h"
#include "plan/schemafacts.h"
#include "schema/nearest.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

/// Rules with one schema that a new one may have been renamed from; more are not compared by name.
constexpr std::size_t maxRenameChoices = 64;

Change eventChange(ChangeKind kind, const RuleSource &rule)
{
    Change change;
    change.kind = kind;
    change.type = rule.type;
    change.name = rule.name;
    change.version = rule.version;
    change.what = u"event"_s;
    return change;
}

/// Rules that are gone, so that new ones can be found to be the same under another name or version.
class Gone
{
public:
    explicit Gone(const std::vector<const RuleSource *> &rules)
    {
        for (const RuleSource *rule : rules) {
            m_byName[{rule->type, rule->name, 0, 0}].push_back(rule);
            m_bySchema[fingerprint(*rule)].push_back(rule);
        }
    }

    /// The same event, with another number.
    const RuleSource *takeVersionOf(const RuleSource &rule)
    {
        const auto found = m_byName.find({rule.type, rule.name, 0, 0});
        if (rule.type == event::CallType::None || found == m_byName.end() || found->second.size() != 1) {
            return nullptr;
        }
        return take(found->second.front());
    }

    /// The same schema, under a near name.
    const RuleSource *takeRenamed(const RuleSource &rule)
    {
        if (rule.name.isEmpty()) {
            return nullptr;
        }
        const auto found = m_bySchema.find(fingerprint(rule));
        if (found == m_bySchema.end()) {
            return nullptr;
        }
        const RuleSource *nearest = nullptr;
        unsigned least = 0;
        std::size_t tried = 0;
        for (const RuleSource *one : found->second) {
            if (one->name.isEmpty() || m_taken.contains(one) || !isSame(one->schema, rule.schema)) {
                continue;
            }
            if (++tried > maxRenameChoices) {
                break;
            }
            const auto distance = schema::nameDistance(one->name.toStdString(), rule.name.toStdString());
            if (distance && (nearest == nullptr || *distance < least)) {
                nearest = one;
                least = *distance;
            }
        }
        return nearest == nullptr ? nullptr : take(nearest);
    }

    [[nodiscard]] bool isTaken(const RuleSource *rule) const { return m_taken.contains(rule); }

private:
    static std::string fingerprint(const RuleSource &rule)
    {
        return std::string(event::word(rule.type)) + '/' + std::to_string(rule.version) + '/' +
               std::to_string(static_cast<int>(rule.scope)) + '/' +
               rule.schema.dump(-1, ' ', false, Json::error_handler_t::replace);
    }

    const RuleSource *take(const RuleSource *rule) { return m_taken.insert(rule).second ? rule : nullptr; }

    std::unordered_map<RuleKey, std::vector<const RuleSource *>, RuleKeyHash> m_byName;
    std::unordered_map<std::string, std::vector<const RuleSource *>> m_bySchema;
    std::unordered_set<const RuleSource *> m_taken;
};

} // namespace

Change comingChange(const RuleSource &rule, const RuleNames &without)
{
    Change change = eventChange(ChangeKind::Added, rule);
    if (rule.type == event::CallType::None) {
        change.impact = impactOf(Json::object(), rule.schema);
    } else {
        // Without a rule a call of another type than track is not unplanned, but unchecked.
        const bool isUnplanned = rule.type == event::CallType::Track && !without.covers(rule);
        change.impact = isUnplanned ? Impact::Loosens : Impact::Both;
    }
    return change;
}

Change goingChange(const RuleSource &rule, const RuleNames &without)
{
    Change change = eventChange(ChangeKind::Removed, rule);
    if (rule.type == event::CallType::None) {
        change.impact = impactOf(rule.schema, Json::object());
    } else {
        const bool isUnplanned = rule.type == event::CallType::Track && !without.covers(rule);
        change.impact = isUnplanned ? Impact::Tightens : Impact::Both;
    }
    return change;
}

std::vector<Change> compare(const Document &before, const Document &after)
{
    std::vector<Change> changes;
    Change plan;
    plan.type = event::CallType::None;
    addSourcesChange(before.sources, after.sources, plan, changes);
    if (!isSame(before.shared, after.shared)) {
        plan.impact = Impact::Both;
        plan.what = u"definitions"_s;
        plan.before = before.shared.empty() ? QString() : shownSchema(before.shared);
        plan.after = after.shared.empty() ? QString() : shownSchema(after.shared);
        changes.push_back(plan);
    }

    RuleIndex old(before.rules);
    std::vector<const RuleSource *> matches;
    matches.reserve(after.rules.size());
    for (const RulePointer &rule : after.rules) {
        const auto match = old.take(*rule);
        matches.push_back(match ? before.rules[*match].get() : nullptr);
    }
    std::vector<const RuleSource *> gone;
    for (const std::size_t left : old.left()) {
        gone.push_back(before.rules[left].get());
    }
    Gone search(gone);
    const RuleNames had(before.rules);
    const RuleNames has(after.rules);
    for (std::size_t i = 0; i < after.rules.size(); ++i) {
        const RuleSource &rule = *after.rules[i];
        if (matches[i] != nullptr) {
            if (matches[i] != &rule) {
                addRuleChanges(*matches[i], rule, changes);
            }
            continue;
        }
        if (const RuleSource *version = search.takeVersionOf(rule)) {
            Change change = eventChange(ChangeKind::Changed, rule);
            change.what = u"version"_s;
            change.before = QString::number(version->version);
            change.after = QString::number(rule.version);
            changes.push_back(change);
            addRuleChanges(*version, rule, changes);
        } else if (const RuleSource *renamed = search.takeRenamed(rule)) {
            Change change = eventChange(ChangeKind::Changed, rule);
            change.impact = Impact::Both;
            change.what = u"renamed"_s;
            change.before = renamed->name;
            change.after = rule.name;
            changes.push_back(change);
            addRuleChanges(*renamed, rule, changes);
        } else {
            changes.push_back(comingChange(rule, had));
        }
    }
    for (const RuleSource *rule : gone) {
        if (!search.isTaken(rule)) {
            changes.push_back(goingChange(*rule, has));
        }
    }
    return changes;
}

} // namespace plan
