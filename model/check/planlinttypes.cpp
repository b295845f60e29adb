// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/planlintparts.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

using namespace Qt::StringLiterals;

namespace check {

namespace {

/// One way in which events plan a property.
struct Use
{
    QStringList types; ///< without null
    std::vector<std::size_t> rules;
};

QStringList withoutNull(QStringList types)
{
    types.removeAll(u"null"_s);
    types.sort();
    return types;
}

bool overlap(const QStringList &one, const QStringList &other)
{
    return std::ranges::any_of(one, [&other](const QString &type) { return other.contains(type); });
}

/// Integers are numbers.
QStringList asNumbers(QStringList types)
{
    types.replaceInStrings(u"integer"_s, u"number"_s);
    return types;
}

/// "an integer or a string".
QString shown(const QStringList &types)
{
    QStringList words;
    for (const QString &type : types) {
        const bool isVowel = u"aio"_s.contains(type.at(0));
        words.append((isVowel ? u"an "_s : u"a "_s) + type);
    }
    return words.join(u" or "_s);
}

QString eventNames(const LintedRules &rules, const std::vector<std::size_t> &of)
{
    QStringList names;
    for (const std::size_t index : of) {
        names.append(plan::titleOf(*rules[index].rule));
    }
    names.removeDuplicates();
    return listed(names);
}

} // namespace

void lintTypes(const LintedRules &rules, IssueList &issues)
{
    // Properties of tracks, pages and screens share their tables; users and groups have theirs.
    const auto tableOf = [](event::CallType type) {
        const bool hasTraits = type == event::CallType::Identify || type == event::CallType::Group;
        return hasTraits ? type : event::CallType::Track;
    };
    std::map<std::pair<event::CallType, QStringList>, std::vector<Use>> uses;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const plan::RuleSource &rule = *rules[i].rule;
        if (rule.type == event::CallType::None || rule.isDeprecated) {
            continue;
        }
        for (const plan::SheetRow &row : rules[i].rows) {
            const QStringList types = withoutNull(row.types);
            if (types.isEmpty() || types.contains(QString())) {
                continue;
            }
            std::vector<Use> &known = uses[{tableOf(rule.type), row.path}];
            const auto same = std::ranges::find(known, types, &Use::types);
            (same == known.end() ? known.emplace_back(Use{types, {}}) : *same).rules.push_back(i);
        }
    }
    for (auto &[place, known] : uses) {
        if (known.size() < 2) {
            continue;
        }
        // What most events say is what the others are held against; of equals what comes first in the plan.
        std::ranges::stable_sort(known, std::ranges::greater(),
                                 [](const Use &use) { return use.rules.size(); });
        const Use &usual = known.front();
        for (auto use = known.begin() + 1; use != known.end(); ++use) {
            const bool isOtherKind = !overlap(asNumbers(use->types), asNumbers(usual.types));
            if (!isOtherKind && overlap(use->types, usual.types)) {
                continue;
            }
            const auto isOfOneEvent = [&](std::size_t index) {
                return std::ranges::any_of(usual.rules, [&](std::size_t other) {
                    return rules[other].rule->type == rules[index].rule->type &&
                           rules[other].rule->name == rules[index].rule->name;
                });
            };
            for (const std::size_t index : use->rules) {
                if (isOfOneEvent(index)) {
                    continue; // another version of the event: it may change its types
                }
                issues.add(
                    index, PlanFault::TypeClash,
                    isOtherKind ? event::Severity::Warning : event::Severity::Info, place.second,
                    {u"`%1` is %2 here, but %3 in %4."_s.arg(plan::shownPath(place.second), shown(use->types),
                                                             shown(usual.types),
                                                             eventNames(rules, usual.rules)),
                     u"Give it one type in all events, or another name: a warehouse keeps one column for "
                     "each name."_s});
            }
        }
    }
}

} // namespace check
