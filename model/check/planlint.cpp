// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/planlint.h"

#include "check/planlintparts.h"

#include <algorithm>
#include <array>
#include <map>

#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace check {

namespace {

using event::Severity;

constexpr std::array<std::string_view, 13> words{
    "unreadable",         "bad-schema",      "remark",           "repeated-rule", "similar-names",
    "similar-properties", "convention",      "unreachable-enum", "contradiction", "required-unknown",
    "type-clash",         "runaway-pattern", "unknown-source"};

/// Finds the rules that problems are about: by the pointer in their `where`, else by the rule's title.
class Places
{
public:
    explicit Places(const LintedRules &rules)
        : m_rules(rules)
    {
        for (std::size_t i = 0; i < rules.size(); ++i) {
            m_byTitle.insert(plan::titleOf(*rules[i].rule), i);
        }
    }

    [[nodiscard]] std::size_t ruleOf(const QString &where) const
    {
        static const QRegularExpression pointer(u" \\(/rules/(\\d+)(?:/[^)]*)?\\)$"_s);
        if (const auto match = pointer.match(where); match.hasMatch()) {
            const auto index = match.captured(1).toULongLong();
            return index < m_rules.size() ? static_cast<std::size_t>(index) : IssueList::ofPlan;
        }
        const qsizetype bracket = where.lastIndexOf(u" (/"_s);
        return m_byTitle.value(bracket < 0 ? where : where.left(bracket), IssueList::ofPlan);
    }

private:
    const LintedRules &m_rules;
    QHash<QString, std::size_t> m_byTitle;
};

/// The property a place of a rule's schema is about; empty: the event.
QStringList pathOf(const plan::RuleSource &rule, const QString &pointer)
{
    const std::vector<std::string> tokens = json::Pointer(pointer.toStdString()).tokens();
    QStringList path;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i] == "properties") {
            path.append(QString::fromStdString(tokens[++i]));
        } else if (tokens[i] == "items") {
            path.append(u"$"_s);
        }
    }
    if (rule.type == event::CallType::None || rule.scope != plan::Scope::Event) {
        return path;
    }
    const bool isInHolder =
        !path.isEmpty() && (path.front() == u"properties"_s || path.front() == u"traits"_s);
    return isInHolder ? path.mid(1) : QStringList();
}

/// The place of the schema a problem names: in its message when it did not compile, else in its `where`.
QString schemaPointer(const plan::Problem &problem)
{
    static const QRegularExpression place(u"/jsonSchema(/[^\\s:)]*)"_s);
    const auto inMessage = place.match(problem.message);
    return inMessage.hasMatch() ? inMessage.captured(1) : place.match(problem.where).captured(1);
}

QString sentence(QString text)
{
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
    }
    return text.endsWith(u'.') ? text : text + u'.';
}

void lintReading(const plan::Document &document, const Places &places, IssueList &issues)
{
    for (const plan::Problem &problem : document.problems) {
        const std::size_t rule = places.ruleOf(problem.where);
        const bool isNamed = rule == IssueList::ofPlan && !problem.where.isEmpty();
        issues.add(rule, PlanFault::Unreadable, Severity::Warning, {},
                   {isNamed ? problem.where + u": "_s + problem.message : sentence(problem.message),
                    u"Look at that place of the file: what stands there is not in the plan that is used."_s});
    }
}

void lintCompiling(const plan::Document &document, const plan::Plan &compiled, const Places &places,
                   const LintedRules &rules, IssueList &issues)
{
    using Key = std::tuple<event::CallType, QString, int>;
    std::map<Key, bool> isCompiled;
    for (const auto *list : {&compiled.rules, &compiled.common}) {
        for (const plan::Rule &rule : *list) {
            bool &all = isCompiled.try_emplace(Key{rule.type, rule.name, rule.version}, true).first->second;
            all = all && rule.schema.has_value();
        }
    }
    const auto isOfReading = [&document](const plan::Problem &problem) {
        return std::ranges::any_of(document.problems, [&problem](const plan::Problem &other) {
            return other.where == problem.where && other.message == problem.message;
        });
    };
    for (const plan::Problem &problem : compiled.problems) {
        const std::size_t index = places.ruleOf(problem.where);
        if (index == IssueList::ofPlan || isOfReading(problem)) {
            continue;
        }
        const plan::RuleSource &rule = *rules[index].rule;
        if (problem.where == plan::titleOf(rule)) {
            continue; // a repeated rule; lintRepeats() has it
        }
        const QString pointer = schemaPointer(problem);
        const QStringList path = pathOf(rule, pointer);
        const auto known = isCompiled.find({rule.type, rule.name, rule.version});
        if (known != isCompiled.end() && !known->second) {
            issues.add(index, PlanFault::BadSchema, Severity::Error, path,
                       {sentence(problem.message),
                        u"Correct the schema at that place; until then its events are not checked."_s});
            continue;
        }
        const bool isHarmless = pointer.endsWith(u"/pattern"_s) || pointer.endsWith(u"/$schema"_s);
        issues.add(index, PlanFault::Remark, isHarmless ? Severity::Info : Severity::Warning, path,
                   {sentence(problem.message), u"Write it as JSON Schema has it, or take it out."_s});
    }
}

} // namespace

std::string_view word(PlanFault fault)
{
    return words[static_cast<std::size_t>(fault)];
}

QString listed(const QStringList &texts)
{
    constexpr qsizetype most = 3;
    if (texts.size() > most) {
        return u"%1 and %2 more"_s.arg(texts.mid(0, most).join(u", "_s),
                                       QString::number(texts.size() - most));
    }
    return texts.size() < 2 ? texts.value(0)
                            : texts.mid(0, texts.size() - 1).join(u", "_s) + u" and "_s + texts.last();
}

void IssueList::add(std::size_t rule, PlanFault fault, event::Severity severity, const QStringList &path,
                    Text text)
{
    PlanIssue issue;
    issue.fault = fault;
    issue.severity = severity;
    if (rule != ofPlan) {
        const plan::RuleSource &source = *m_rules[rule].rule;
        issue.type = source.type;
        issue.name = source.name;
        issue.version = source.version;
    }
    issue.path = path;
    issue.message = std::move(text.message);
    issue.fix = std::move(text.fix);
    m_entries.push_back({rule, std::move(issue)});
}

std::vector<PlanIssue> IssueList::take()
{
    std::ranges::stable_sort(m_entries, [](const Entry &one, const Entry &other) {
        // What is of the plan as a whole comes before its rules: ofPlan + 1 is 0.
        return one.issue.severity != other.issue.severity ? one.issue.severity > other.issue.severity
                                                          : one.rule + 1 < other.rule + 1;
    });
    std::vector<PlanIssue> issues;
    issues.reserve(m_entries.size());
    for (Entry &entry : m_entries) {
        issues.push_back(std::move(entry.issue));
    }
    return issues;
}

std::vector<PlanIssue> lintPlan(const plan::Document &document, const plan::Plan &compiled,
                                const Conventions &conventions)
{
    LintedRules rules;
    rules.reserve(document.rules.size());
    for (const plan::RulePointer &rule : document.rules) {
        rules.push_back({rule, plan::sheetOf(*rule)});
    }
    IssueList issues(rules);
    const Places places(rules);
    lintReading(document, places, issues);
    lintCompiling(document, compiled, places, rules, issues);
    lintRepeats(rules, issues);
    lintSimilarNames(rules, issues);
    lintConventions(rules, conventions, issues);
    SchemaLint schemas(issues);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        schemas.check(i, *rules[i].rule);
    }
    lintTypes(rules, issues);
    return issues.take();
}

} // namespace check
