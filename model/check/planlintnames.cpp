// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/checker.h"
#include "check/planlintparts.h"
#include "json/parser.h"

#include <algorithm>
#include <map>
#include <tuple>

using namespace Qt::StringLiterals;

namespace check {

namespace {

using event::Severity;

bool overlap(const QStringList &one, const QStringList &other)
{
    return one.isEmpty() || other.isEmpty() || std::ranges::any_of(one, [&other](const QString &source) {
               return other.contains(source, Qt::CaseInsensitive);
           });
}

QString likenessWords(Likeness likeness)
{
    switch (likeness) {
    case Likeness::Writing:
        return u"differ only in capital letters, spaces and signs"_s;
    case Likeness::Order:
        return u"have the same words in another order"_s;
    case Likeness::Form:
        return u"differ only in the form of a word"_s;
    case Likeness::Typo:
    case Likeness::None:
        break;
    }
    return u"differ in one letter"_s;
}

/// Children of one object.
void lintSiblings(std::size_t index, const QStringList &parent, const QStringList &names, IssueList &issues)
{
    for (const LikeNames &pair : likeNames(names, NameKind::Property)) {
        const QString &first = names[static_cast<qsizetype>(pair.first)];
        const QString &second = names[static_cast<qsizetype>(pair.second)];
        const bool isSure = pair.likeness != Likeness::Typo;
        issues.add(index, PlanFault::SimilarProperties, isSure ? Severity::Warning : Severity::Info,
                   parent + QStringList(second),
                   {u"\"%1\" and \"%2\" are properties of the same event and %3."_s.arg(
                        first, second, likenessWords(pair.likeness)),
                    u"Keep one of them, unless they are different things."_s});
    }
}

/// An event that has every property of a rule.
plan::Json madeEvent(const LintedRule &rule)
{
    plan::Json held;
    for (const plan::SheetRow &row : rule.rows) {
        plan::Json *node = &held;
        for (const QString &step : row.path) {
            if (step == u"$"_s) {
                if (!node->is_array()) {
                    *node = plan::Json::array({nullptr});
                }
                node = &(*node)[0];
            } else {
                if (!node->is_object()) {
                    *node = plan::Json::object();
                }
                node = &(*node)[step.toStdString()];
            }
        }
    }
    return held;
}

QString casingWords(const QString &word)
{
    static const std::map<QString, QString> words{{u"title"_s, u"title case (Order Completed)"_s},
                                                  {u"sentence"_s, u"sentence case (Order completed)"_s},
                                                  {u"camel"_s, u"camelCase"_s},
                                                  {u"pascal"_s, u"PascalCase"_s},
                                                  {u"snake"_s, u"snake_case"_s},
                                                  {u"kebab"_s, u"kebab-case"_s}};
    const auto found = words.find(word);
    return found == words.end() ? word : found->second;
}

IssueList::Text conventionText(const event::Finding &finding)
{
    const QStringList &args = finding.args;
    const auto renamed = [](const QString &proposal, const QString &otherwise) {
        return proposal.isEmpty() ? otherwise
                                  : u"Rename it to \"%1\", in the plan and in the app."_s.arg(proposal);
    };
    switch (finding.rule) {
    case event::RuleId::NameCasing:
    case event::RuleId::NamePropertyCasing:
        return {u"\"%1\" should be written in %2."_s.arg(args.value(0), casingWords(args.value(1))),
                renamed(args.value(2), u"Rename it, in the plan and in the app."_s)};
    case event::RuleId::NameObjectAction:
        return {u"\"%1\" should name an object and then what happened to it."_s.arg(args.value(0)),
                renamed(args.value(1), u"Name the object first, then the action: Order Completed."_s)};
    case event::RuleId::NameTense:
        return {u"\"%1\" should say in the past tense what happened; \"%2\" does not."_s.arg(args.value(0),
                                                                                             args.value(1)),
                renamed(args.value(2), u"Put the action in the past tense: Order Completed."_s)};
    case event::RuleId::NamePrefix:
        return {u"\"%1\" does not begin with a prefix of its domain."_s.arg(args.value(0)),
                u"Begin the name with one of these: %1."_s.arg(args.value(1))};
    case event::RuleId::NameWhitespace:
        return {
            u"\"%1\" has spaces at an end, several in a row, or white space that is no plain space."_s.arg(
                args.value(0)),
            u"Write the name with single spaces, and none at its ends."_s};
    case event::RuleId::NameTooLong:
        return {u"\"%1\" is longer than %2 characters."_s.arg(args.value(0), args.value(1)),
                u"Shorten the name; details belong into properties."_s};
    case event::RuleId::NameDynamic:
        return {u"\"%1\" holds a value (%2), so that every value makes an event of its own."_s.arg(
                    args.value(0), args.value(1)),
                u"Leave the value out of the name and plan a property for it."_s};
    default:
        break;
    }
    return {u"\"%1\" breaks the naming conventions."_s.arg(args.value(0)), u"Rename it."_s};
}

QStringList propertyPath(const json::Pointer &at, json::Value event)
{
    QStringList path;
    json::Value value = event;
    for (const std::string &token : at.tokens()) {
        path.append(value.isArray() ? u"$"_s : QString::fromStdString(token));
        value = json::Pointer().child(token).resolve(value);
    }
    return path.mid(1);
}

} // namespace

void lintRepeats(const LintedRules &rules, IssueList &issues)
{
    std::map<std::tuple<event::CallType, QString, int>, std::vector<std::size_t>> seen;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const plan::RuleSource &rule = *rules[i].rule;
        if (rule.type == event::CallType::None) {
            continue; // rules for every event all count
        }
        std::vector<std::size_t> &same = seen[{rule.type, rule.name, rule.version}];
        const bool isRepeated = std::ranges::any_of(
            same, [&](std::size_t other) { return overlap(rules[other].rule->sources, rule.sources); });
        if (isRepeated) {
            issues.add(
                i, PlanFault::RepeatedRule, Severity::Error, {},
                {u"The plan has %1 more than once; only the first one counts."_s.arg(plan::titleOf(rule)),
                 u"Remove one of them, or give it a version of its own."_s});
        }
        same.push_back(i);
    }
}

void lintSimilarNames(const LintedRules &rules, IssueList &issues)
{
    struct Names
    {
        QStringList names;
        std::vector<std::size_t> rules;
    };
    std::map<event::CallType, Names> byType;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const plan::RuleSource &rule = *rules[i].rule;
        // A deprecated name often stands beside the one that replaced it.
        if (!rule.name.isEmpty() && rule.type != event::CallType::None && !rule.isDeprecated) {
            byType[rule.type].names.append(rule.name);
            byType[rule.type].rules.push_back(i);
        }
    }
    for (const auto &[type, all] : byType) {
        QStringList unique;
        std::vector<std::size_t> owners;
        QHash<QString, bool> known;
        for (qsizetype i = 0; i < all.names.size(); ++i) {
            if (!known.contains(all.names[i])) {
                known.insert(all.names[i], true);
                unique.append(all.names[i]);
                owners.push_back(all.rules[static_cast<std::size_t>(i)]);
            }
        }
        for (const LikeNames &pair : likeNames(unique, NameKind::Event)) {
            const bool isSure = pair.likeness != Likeness::Typo;
            issues.add(owners[pair.second], PlanFault::SimilarNames,
                       isSure ? Severity::Warning : Severity::Info, {},
                       {u"\"%1\" and \"%2\" %3."_s.arg(unique[static_cast<qsizetype>(pair.first)],
                                                       unique[static_cast<qsizetype>(pair.second)],
                                                       likenessWords(pair.likeness)),
                        u"Keep one of them, unless they are different events."_s});
        }
    }
    for (std::size_t i = 0; i < rules.size(); ++i) {
        std::map<QStringList, QStringList> children;
        for (const plan::SheetRow &row : rules[i].rows) {
            if (row.path.last() != u"$"_s) {
                children[row.path.mid(0, row.path.size() - 1)].append(row.path.last());
            }
        }
        for (const auto &[parent, names] : children) {
            lintSiblings(i, parent, names, issues);
        }
    }
}

void lintConventions(const LintedRules &rules, const Conventions &conventions, IssueList &issues)
{
    if (!conventions.isOn) {
        return;
    }
    const Checker checker({}, conventions);
    json::Parser parser;
    const QString noSource;
    std::map<std::pair<event::CallType, QString>, bool> seen;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const plan::RuleSource &rule = *rules[i].rule;
        // Names of the past can't be changed any more.
        if (rule.type == event::CallType::None || rule.isDeprecated) {
            continue;
        }
        const bool hasTraits = rule.type == event::CallType::Identify || rule.type == event::CallType::Group;
        plan::Json event = plan::Json::object();
        event[hasTraits ? "traits" : "properties"] = madeEvent(rules[i]);
        const auto document = parser.parse(
            QByteArray::fromStdString(event.dump(-1, ' ', false, plan::Json::error_handler_t::replace)));
        if (!document) {
            continue;
        }
        const json::Value root = (*document)->root();
        const bool isNewName = seen.try_emplace({rule.type, rule.name}, true).second;
        for (const event::Finding &finding : checker.check({rule.type, rule.name, noSource, root}).findings) {
            const bool isOfProperty = finding.rule == event::RuleId::NamePropertyCasing;
            if (event::kindOf(finding.rule) != event::FindingKind::Lint || (!isOfProperty && !isNewName)) {
                continue; // of an event's other versions its name is said once
            }
            issues.add(i, PlanFault::Convention, finding.severity,
                       isOfProperty ? propertyPath(finding.at, root) : QStringList(),
                       conventionText(finding));
        }
    }
}

} // namespace check
