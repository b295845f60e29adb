// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/jsonedit.h"
#include "plan/loosening.h"
#include "plan/ruleschema.h"
#include "plan/schemawalk.h"
#include "json/parser.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

using event::Finding;

// What one change brings to light is allowed with it (a text of a type that is allowed now has a pattern);
// more than this is not one demand.
constexpr int maxChanges = 12;

/// What a rule's schema is over: a part of the event.
struct Checked
{
    json::Value value;
    json::Pointer base;
    std::shared_ptr<const json::Document> made; ///< stands for properties that the event does not have
};

Checked checkedPart(const RuleSource &rule, json::Value merged)
{
    if (rule.scope == Scope::Event) {
        return {merged, {}, nullptr};
    }
    const std::string_view field = rule.scope == Scope::Traits ? "traits" : "properties";
    Checked checked{merged.find(field), json::Pointer().child(field), nullptr};
    if (checked.value.isMissing()) {
        json::Parser parser;
        checked.made = parser.parse("{}"_ba).value_or(nullptr);
        checked.value = checked.made->root();
    }
    return checked;
}

/// What tells findings of an event apart; the other arguments are proposals and change with the rest.
using Identity = std::tuple<event::RuleId, std::string, QString>;

Identity identityOf(const Finding &finding)
{
    // The list of allowed values is another one with each that is added.
    const bool isList = finding.rule == event::RuleId::PlanEnum || finding.rule == event::RuleId::PlanType;
    return {finding.rule, finding.at.text(), isList ? QString() : finding.args.value(0)};
}

std::map<Identity, int> counted(const std::vector<Finding> &findings)
{
    std::map<Identity, int> counts;
    for (const Finding &finding : findings) {
        ++counts[identityOf(finding)];
    }
    return counts;
}

const Finding *sameFinding(const std::vector<Finding> &findings, const Finding &wanted)
{
    const Finding *found = nullptr;
    for (const Finding &finding : findings) {
        const bool isSame = finding.rule == wanted.rule && finding.at == wanted.at;
        const bool isBetter =
            found == nullptr ||
            (finding.args.value(0) == wanted.args.value(0) &&
             (found->args.value(0) != wanted.args.value(0) || finding.schemaAt == wanted.schemaAt));
        if (isSame && isBetter) {
            found = &finding;
        }
    }
    return found;
}

json::Pointer below(const json::Pointer &at, const json::Pointer &base)
{
    return json::Pointer(at.text().starts_with(base.text()) ? at.text().substr(base.text().size())
                                                            : at.text());
}

/// "products.$.sku": as the sheet has it, with `$` for any item.
QString nameOf(const json::Pointer &at, json::Value merged, event::CallType type)
{
    QStringList names;
    json::Value value = merged;
    for (const std::string &token : at.tokens()) {
        names.append(value.isArray() ? u"$"_s : QString::fromStdString(token));
        value = json::Pointer().child(token).resolve(value);
    }
    const bool isInHolder =
        names.size() > 1 && (names.front() == u"properties"_s || names.front() == u"traits"_s);
    return shownPath(type != event::CallType::None && isInHolder ? names.mid(1) : names);
}

/// Changes a rule until an event has a finding no more.
class Allowing
{
public:
    Allowing(const RuleSource &rule, json::Value merged)
        : m_allowance{rule, {}}
        , m_merged(merged)
        , m_checked(checkedPart(rule, merged))
    {
    }

    base::Result<Allowance> run(const Finding &wanted)
    {
        auto findings = findingsNow();
        if (!findings) {
            return tl::make_unexpected(findings.error());
        }
        const Finding *found = sameFinding(*findings, wanted);
        if (found == nullptr) {
            return notDemanded(wanted);
        }
        const Finding target = *found;
        std::map<Identity, int> accepted = counted(*findings);
        accepted[identityOf(target)] = 0;
        QStringList changes;
        for (int i = 0; i < maxChanges; ++i) {
            const Finding *next = firstBeyond(*findings, accepted, target);
            if (next == nullptr) {
                m_allowance.what = changes.join(u"; "_s);
                return m_allowance;
            }
            auto change = changeFor(*next, *findings);
            if (!change) {
                break;
            }
            changes.append(*change);
            findings = findingsNow();
            if (!findings) {
                break;
            }
        }
        return base::failure(base::ErrorCode::Unsupported, u"This can't be allowed at a click."_s,
                             u"No small change of the rule allows this and nothing else."_s,
                             u"Edit the rule's JSON."_s);
    }

private:
    [[nodiscard]] base::Result<std::vector<Finding>> findingsNow() const
    {
        const auto compiled = compileAlone(m_allowance.rule.schema);
        if (!compiled) {
            return tl::make_unexpected(compiled.error());
        }
        return compiled->violations(m_checked.value, m_checked.base);
    }

    /// A finding the rule may not have any more: the one to be allowed, or one that allowing it brought.
    static const Finding *firstBeyond(const std::vector<Finding> &findings, std::map<Identity, int> accepted,
                                      const Finding &target)
    {
        const Finding *beyond = nullptr;
        for (const Finding &finding : findings) {
            const bool isTarget = identityOf(finding) == identityOf(target);
            if (isTarget || (--accepted[identityOf(finding)] < 0 && beyond == nullptr)) {
                beyond = &finding;
            }
            if (isTarget) {
                break;
            }
        }
        return beyond;
    }

    /// Loosens the first place of which the finding comes.
    std::optional<QString> changeFor(const Finding &finding, const std::vector<Finding> &before)
    {
        if (notForUs(finding)) {
            return std::nullopt;
        }
        const bool isAboutObject = isAboutMember(finding.rule);
        const json::Pointer at = isAboutObject ? finding.at.parent() : finding.at;
        const json::Pointer atPart = below(at, m_checked.base);
        std::vector<SchemaPlace> places = placesFor(m_allowance.rule.schema, atPart);
        if (!finding.schemaAt.isRoot()) {
            prefer(places,
                   finding.rule == event::RuleId::PlanFalse ? finding.schemaAt : finding.schemaAt.parent());
        }
        const Broken broken{finding, atPart.resolve(m_checked.value),
                            nameOf(finding.at, m_merged, m_allowance.rule.type),
                            wordingOf(m_allowance.rule.schema)};
        const int count = counted(before)[identityOf(finding)];
        for (const SchemaPlace &place : places) {
            Json changed = m_allowance.rule.schema;
            Json *schema = resolved(changed, place.at);
            auto what = schema != nullptr ? loosen(*schema, broken) : std::nullopt;
            if (!what) {
                continue;
            }
            std::swap(m_allowance.rule.schema, changed);
            const auto after = findingsNow();
            if (after && counted(*after)[identityOf(finding)] < count) {
                return place.isShared ? *what + u", wherever its definition is used"_s : *what;
            }
            std::swap(m_allowance.rule.schema, changed);
        }
        return std::nullopt;
    }

    static void prefer(std::vector<SchemaPlace> &places, const json::Pointer &at)
    {
        const auto known = std::ranges::find(places, at, &SchemaPlace::at);
        if (known != places.end()) {
            std::rotate(places.begin(), known, known + 1);
        } else {
            places.insert(places.begin(), {at, false});
        }
    }

    [[nodiscard]] base::Failure notDemanded(const Finding &wanted) const
    {
        if (isDescribedElsewhere(m_allowance.rule.schema, below(wanted.at, m_checked.base))) {
            return base::failure(base::ErrorCode::Unsupported, u"This can't be allowed at a click."_s,
                                 u"A definition that several rules share demands it."_s,
                                 u"Edit the definition in the plan's file."_s);
        }
        return base::failure(base::ErrorCode::NotFound, u"The rule does not demand this."_s,
                             u"It was changed since, or a rule for every event demands it."_s,
                             u"Look at the event's findings again."_s);
    }

    Allowance m_allowance;
    json::Value m_merged;
    Checked m_checked;
};

} // namespace

base::Result<Allowance> allowing(const RuleSource &rule, const event::Finding &finding, json::Value merged)
{
    if (auto refusal = notForUs(finding)) {
        return std::move(*refusal);
    }
    return Allowing(rule, merged).run(finding);
}

} // namespace plan
