// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/branches.h"

#include "schema/clauses.h"
#include "schema/nearest.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

using namespace Qt::StringLiterals;

namespace schema {

namespace {

using enum event::RuleId;

bool isAt(const event::Finding &finding, event::RuleId rule, const json::Pointer &at)
{
    return finding.rule == rule && finding.at == at;
}

bool hasWrongType(const Branch &branch, const json::Pointer &at)
{
    return std::ranges::any_of(branch.findings, [&at](const event::Finding &finding) {
        return isAt(finding, PlanType, at) || isAt(finding, PlanFalse, at);
    });
}

/// All branches have one finding each, of this kind.
template <typename IsOfKind>
bool isEachOne(const std::vector<Branch> &branches, IsOfKind isOfKind)
{
    return std::ranges::all_of(branches, [&](const Branch &branch) {
        return branch.findings.size() == 1 && isOfKind(branch.findings.front());
    });
}

/// "string, integer or null" of the lists of several findings.
QString mergedTypes(const std::vector<Branch> &branches)
{
    QStringList types;
    for (const Branch &branch : branches) {
        QString list = branch.findings.front().args.value(0);
        types += list.replace(u" or "_s, u", "_s).split(u", "_s, Qt::SkipEmptyParts);
    }
    std::uint8_t bits = 0;
    const auto add = [&](const QString &word, unsigned typeBits) {
        bits = static_cast<std::uint8_t>(bits | (types.contains(word) ? typeBits : 0U));
    };
    add(u"string"_s, StringBit);
    add(u"number"_s, numberBits);
    add(u"integer"_s, IntegerBit);
    add(u"boolean"_s, BoolBit);
    add(u"object"_s, ObjectBit);
    add(u"array"_s, ArrayBit);
    add(u"null"_s, NullBit);
    return typeWords(bits);
}

/// The names by which these branches differ, with the branches' own.
std::map<std::string_view, std::vector<const Discriminator *>>
discriminators(const std::vector<Branch> &branches)
{
    std::map<std::string_view, std::vector<const Discriminator *>> byName;
    for (const Branch &branch : branches) {
        for (const Discriminator &one : branch.discriminators) {
            byName[one.name].push_back(&one);
        }
    }
    std::erase_if(byName, [](const auto &entry) {
        const auto isLikeFirst = [&entry](const Discriminator *one) {
            return std::ranges::equal(one->allowed, entry.second.front()->allowed, {}, &json::Value::raw,
                                      &json::Value::raw);
        };
        return std::ranges::all_of(entry.second, isLikeFirst);
    });
    return byName;
}

std::vector<json::Value> allAllowed(const std::vector<const Discriminator *> &of)
{
    std::vector<json::Value> all;
    for (const Discriminator *one : of) {
        std::ranges::copy_if(one->allowed, std::back_inserter(all), [&all](json::Value value) {
            return std::ranges::find(all, value.raw(), &json::Value::raw) == all.end();
        });
    }
    return all;
}

/// The same words about the same value, from whichever branch.
bool isSameSaid(const event::Finding &one, const event::Finding &other)
{
    return one.rule == other.rule && one.at == other.at && one.args == other.args;
}

/// What every branch says.
std::vector<event::Finding> common(const std::vector<Branch> &branches)
{
    std::vector<event::Finding> found;
    std::ranges::copy_if(
        branches.front().findings, std::back_inserter(found), [&](const event::Finding &finding) {
            return std::ranges::all_of(branches, [&finding](const Branch &branch) {
                return std::ranges::any_of(branch.findings, [&finding](const event::Finding &other) {
                    return isSameSaid(finding, other);
                });
            });
        });
    return found;
}

/// "email" or "phone", when that is all that the branches ask for: a branch's names in parts.
QString askedProperties(const std::vector<Branch> &branches, const json::Pointer &at)
{
    QStringList lists;
    for (const Branch &branch : branches) {
        QStringList names;
        for (const event::Finding &finding : branch.findings) {
            if (finding.rule != PlanRequired || finding.at.parent() != at ||
                !finding.args.value(1).isEmpty()) {
                return {};
            }
            names.append(finding.args.value(0));
        }
        lists.append(argumentParts(names));
    }
    lists.removeDuplicates();
    return lists.size() == static_cast<qsizetype>(branches.size()) ? lists.join(event::listSeparator)
                                                                   : QString();
}

/// What each branch expects of the value as a whole; nothing when one says more.
QString expectations(const std::vector<Branch> &branches, const json::Pointer &at)
{
    const bool isWhole = isEachOne(branches, [&at](const event::Finding &finding) {
        switch (finding.rule) {
        case PlanType:
        case PlanConst:
        case PlanEnum:
        case PlanFormat:
        case PlanPattern:
        case PlanRange:
        case PlanLength:
        case PlanMultipleOf:
            return finding.at == at;
        default:
            return false;
        }
    });
    if (!isWhole) {
        return {};
    }
    QStringList list;
    for (const Branch &branch : branches) {
        const event::Finding &finding = branch.findings.front();
        const std::string_view word = event::word(finding.rule);
        const auto ownArguments = std::min<qsizetype>(finding.args.size(), event::FormArgument);
        list.append(
            argumentParts(QStringList{QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()))} +
                          finding.args.first(ownArguments)));
    }
    list.removeDuplicates();
    return list.join(event::listSeparator);
}

QString titles(const std::vector<Branch> &branches)
{
    QStringList list;
    for (const Branch &branch : branches) {
        if (branch.title.isEmpty()) {
            return {};
        }
        list.append(argumentParts({branch.title}));
    }
    return list.join(event::listSeparator);
}

/// The smaller the nearer.
using Rank = std::tuple<bool, std::size_t, std::ptrdiff_t>;

/// How many of the properties that were sent belong to this branch and not to all.
std::ptrdiff_t ownSent(const Branch &branch, const std::vector<Branch> &branches)
{
    return std::ranges::count_if(branch.sent, [&branches](std::string_view name) {
        return !std::ranges::all_of(branches, [name](const Branch &other) {
            return std::ranges::find(other.sent, name) != other.sent.end();
        });
    });
}

Rank rankOf(const Branch &branch, const std::vector<Branch> &branches, const json::Pointer &at,
            const std::map<std::string_view, std::vector<const Discriminator *>> &known)
{
    const auto isOther = [&known](const Discriminator &one) {
        return known.contains(one.name) && !one.sent.isEmpty() && !one.isFulfilled;
    };
    std::ptrdiff_t faults = 0;
    for (const event::Finding &finding : branch.findings) {
        const bool isRename = finding.rule == PlanRequired && !finding.args.value(1).isEmpty();
        faults += isRename ? 1 : 2;
    }
    constexpr std::ptrdiff_t sentWeight = 3; // more than what is missing beside it
    return {hasWrongType(branch, at),
            static_cast<std::size_t>(std::ranges::count_if(branch.discriminators, isOther)),
            faults - sentWeight * ownSent(branch, branches)};
}

/// Why the chosen branch was taken as meant: by a property that tells the branches apart, by the value's type
/// (which says itself), else by its title or only by being the nearest.
Reason reasonFor(const Branch &chosen, const std::vector<Branch> &branches, const json::Pointer &at,
                 const std::map<std::string_view, std::vector<const Discriminator *>> &known)
{
    std::vector<Clause> clauses;
    for (const Discriminator &one : chosen.discriminators) {
        if (known.contains(one.name) && one.isFulfilled) {
            clauses.push_back({at.child(one.name), u"is"_s, one.sent});
        }
    }
    if (!clauses.empty()) {
        return {{}, {}, clauseArgument(clauses)};
    }
    const auto isOfOtherType = [&](const Branch &branch) {
        return &branch == &chosen || hasWrongType(branch, at);
    };
    const auto isRename = [](const event::Finding &finding) {
        return finding.rule == PlanRequired && !finding.args.value(1).isEmpty();
    };
    const bool isPlain =
        std::ranges::all_of(branches, isOfOtherType) || std::ranges::all_of(chosen.findings, isRename);
    if (chosen.title.isEmpty() && isPlain) {
        return {};
    }
    return {chosen.title, QString::number(branches.size()), {}};
}

} // namespace

std::vector<json::Value> allowedValues(const ValueRules &rules)
{
    return rules.hasEnum ? rules.allowed : std::vector{rules.constant};
}

QStringList enumArguments(const std::vector<json::Value> &allowed, const QString &actualType,
                          const QString &actualText)
{
    ValueRules rules;
    rules.allowed = allowed;
    rules.hasEnum = true;
    QString nearest;
    std::vector<std::string_view> texts;
    for (const json::Value one : allowed) {
        const QString text = shownText(one.isString() ? one.text() : one.raw());
        if (nearest.isEmpty() && text.compare(actualText, Qt::CaseInsensitive) == 0) {
            nearest = text; // in another case, or "2" for 2
        }
        if (one.isString()) {
            texts.push_back(one.text());
        }
    }
    const std::string sent = actualText.toStdString();
    if (const auto index = nearestName(sent, texts); index && nearest.isEmpty() && actualType == u"string") {
        nearest = shownText(texts[*index]);
    }
    return {shownValues(rules), actualText, nearest, actualType, QString::number(allowed.size())};
}

void explainBranches(Report &report, event::RuleId rule, const Unmatched &value, std::vector<Branch> branches)
{
    const json::Pointer &at = value.at;
    const std::string_view keyword =
        rule == PlanAnyOf ? "anyOf" : "oneOf"; // what is said of all branches at once
    if (branches.empty()) {
        return;
    }
    if (isEachOne(branches, [&at](const event::Finding &finding) { return isAt(finding, PlanType, at); })) {
        report.add(PlanType, at, {mergedTypes(branches), value.type, value.text}, keyword);
        return;
    }
    const auto isOneOfValues = [&at](const event::Finding &finding) {
        return isAt(finding, PlanConst, at) || isAt(finding, PlanEnum, at);
    };
    if (isEachOne(branches, isOneOfValues)) {
        std::vector<json::Value> allowed;
        for (const Branch &branch : branches) {
            std::ranges::copy(branch.allowed, std::back_inserter(allowed));
        }
        report.add(PlanEnum, at, enumArguments(allowed, value.type, value.text), keyword);
        return;
    }
    const auto known = discriminators(branches);
    for (const auto &[name, ofBranches] : known) {
        const json::Pointer place = at.child(name);
        const bool isInAll = ofBranches.size() == branches.size();
        const Discriminator &first = *ofBranches.front();
        if (isInAll && !first.sent.isEmpty() &&
            std::ranges::none_of(ofBranches, &Discriminator::isFulfilled)) {
            const auto found =
                std::ranges::find_if(branches.front().findings, [&](const event::Finding &one) {
                    return one.at == place && (one.rule == PlanConst || one.rule == PlanEnum);
                });
            if (found != branches.front().findings.end()) {
                report.add(PlanEnum, place,
                           enumArguments(allAllowed(ofBranches), found->args.value(3), found->args.value(1)),
                           keyword);
                return;
            }
        }
        const auto all = common(branches);
        const auto missing = std::ranges::find_if(
            all, [&](const event::Finding &finding) { return isAt(finding, PlanRequired, place); });
        if (missing != all.end()) {
            report.append({*missing}, {});
            return;
        }
    }
    QStringList args{QString::number(branches.size()), u"0"_s, titles(branches)};
    const bool isNoneBegun = std::ranges::all_of(
        branches, [&branches](const Branch &branch) { return ownSent(branch, branches) == 0; });
    if (const QString properties = askedProperties(branches, at); isNoneBegun && !properties.isEmpty()) {
        report.add(rule, at, args + QStringList{properties});
        return;
    }

    std::vector<std::pair<Rank, std::size_t>> ranks;
    for (std::size_t i = 0; i < branches.size(); ++i) {
        ranks.emplace_back(rankOf(branches[i], branches, at, known), i);
    }
    std::ranges::sort(ranks);
    const bool isTied = ranks.size() > 1 && ranks[0].first == ranks[1].first;
    Branch &nearest = branches[ranks.front().second];
    if (isTied) {
        if (auto all = common(branches); !all.empty()) {
            report.append(std::move(all), {});
            return;
        }
        if (const QString whole = expectations(branches, at); !whole.isEmpty()) {
            report.add(rule, at,
                       args + QStringList{QString(), whole, argumentParts({value.type, value.text})});
            return;
        }
    }
    // Where much is wrong with every branch, a list of it would not help.
    constexpr std::size_t farFindings = 6;
    if (isTied && nearest.findings.size() >= farFindings) {
        report.add(rule, at, args);
        return;
    }
    const Reason reason = reasonFor(nearest, branches, at, known);
    report.append(std::move(nearest.findings), reason);
}

} // namespace schema
