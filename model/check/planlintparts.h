// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/enumlint.h"
#include "check/planlint.h"
#include "plan/sheet.h"

#include <unordered_map>

/// The parts of lintPlan(), each looking for faults of its own.
namespace check {

/// A plan's rules as the parts look at them.
struct LintedRule
{
    plan::RulePointer rule;
    std::vector<plan::SheetRow> rows; ///< its properties
};
using LintedRules = std::vector<LintedRule>;

/// Collects issues with the rule they are about, for their order.
class IssueList
{
public:
    static constexpr std::size_t ofPlan = static_cast<std::size_t>(-1);

    explicit IssueList(const LintedRules &rules)
        : m_rules(rules)
    {
    }

    struct Text
    {
        QString message;
        QString fix;
    };
    /// `rule`: index, or ofPlan.
    void add(std::size_t rule, PlanFault fault, event::Severity severity, const QStringList &path, Text text);
    /// Most severe first, then in the plan's order.
    [[nodiscard]] std::vector<PlanIssue> take();

private:
    struct Entry
    {
        std::size_t rule;
        PlanIssue issue;
    };
    const LintedRules &m_rules;
    std::vector<Entry> m_entries;
};

/// Repeated rules; names of events, and of the properties of one object, that are easily mixed up.
void lintRepeats(const LintedRules &rules, IssueList &issues);
void lintSimilarNames(const LintedRules &rules, IssueList &issues);
/// Names that break the conventions.
void lintConventions(const LintedRules &rules, const Conventions &conventions, IssueList &issues);
/// Properties that have another type in another event.
void lintTypes(const LintedRules &rules, IssueList &issues);

/// What is wrong inside of a rule's schema: values and demands that can't be met, patterns that run away.
class SchemaLint
{
public:
    explicit SchemaLint(IssueList &issues)
        : m_issues(issues)
    {
    }
    void check(std::size_t index, const plan::RuleSource &rule);

private:
    friend class SchemaWalk;
    [[nodiscard]] bool canRunAway(const std::string &pattern);
    [[nodiscard]] const EnumFaults &enumFaultsOf(const plan::Json &schema, const plan::Json &ruleSchema);

    IssueList &m_issues;
    // The rules of a plan repeat patterns and properties.
    std::unordered_map<std::string, bool> m_patterns;
    std::unordered_map<std::string, EnumFaults> m_enums;
};

/// Whether a text can be found on which the pattern runs into its limits.
[[nodiscard]] bool runsAway(const std::string &pattern);

/// Two names that people mix up.
enum class Likeness : std::uint8_t {
    None,
    Writing, ///< but for case and separators the same
    Order,   ///< the same words in another order
    Form,    ///< a word in another form: "Complete", "Completed"
    Typo,    ///< a letter too many, too few, or two swapped
};
enum class NameKind : std::uint8_t { Event, Property };
struct LikeNames
{
    std::size_t first, second; ///< indexes into the names, first < second
    Likeness likeness;
};
/// Pairs of such names, by the second's place; not all pairs are compared. Names are unique.
[[nodiscard]] std::vector<LikeNames> likeNames(const QStringList &names, NameKind kind);

/// A list in a sentence: "a, b and c", of many the first few and how many more.
[[nodiscard]] QString listed(const QStringList &texts);

} // namespace check
