// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/checker.h"

#include "check/rules/namecasing.h"
#include "check/rules/namedynamic.h"
#include "check/rules/nameobjectaction.h"
#include "check/rules/nameprefix.h"
#include "check/rules/namepropertycasing.h"
#include "check/rules/nametense.h"
#include "check/rules/nametoolong.h"
#include "check/rules/namewhitespace.h"

#include <algorithm>

namespace check {

namespace {

class Collector final : public FindingSink
{
public:
    explicit Collector(std::vector<event::Finding> &findings)
        : m_findings(findings)
    {
    }
    void add(event::Finding finding) override { m_findings.push_back(std::move(finding)); }

private:
    std::vector<event::Finding> &m_findings;
};

std::vector<std::unique_ptr<const Rule>> rulesFor(const Conventions &conventions)
{
    std::vector<std::unique_ptr<const Rule>> rules;
    if (!conventions.isOn) {
        return rules;
    }
    const auto grammar = std::make_shared<const NameGrammar>(conventions);
    rules.push_back(std::make_unique<NameWhitespace>(grammar));
    rules.push_back(std::make_unique<NameDynamic>(grammar));
    rules.push_back(std::make_unique<NameTooLong>(grammar, conventions.maxNameLength));
    rules.push_back(std::make_unique<NameCasing>(grammar));
    rules.push_back(std::make_unique<NameObjectAction>(grammar));
    rules.push_back(std::make_unique<NameTense>(grammar));
    if (conventions.requiresPrefix) {
        rules.push_back(std::make_unique<NamePrefix>(grammar, conventions.prefixes));
    }
    rules.push_back(std::make_unique<NamePropertyCasing>(conventions));
    std::erase_if(rules, [&](const auto &rule) { return conventions.off.contains(rule->info().id); });
    return rules;
}

} // namespace

Checker::Names::Names(Conventions ofThese)
    : conventions(std::move(ofThese))
    , rules(rulesFor(conventions))
{
}

Checker::Checker(std::vector<std::shared_ptr<const plan::Plan>> plans, Conventions conventions,
                 QByteArray fingerprint, std::vector<SourceChecks> sources)
    : m_plans(std::move(plans))
    , m_names(std::move(conventions))
    , m_fingerprint(std::move(fingerprint))
{
    for (SourceChecks &one : sources) {
        Own &own = m_sources.emplace_back();
        own.source = std::move(one.source);
        if (!one.plans.empty()) {
            own.plans.emplace(std::move(one.plans));
        }
        if (one.conventions) {
            own.names.emplace(*std::move(one.conventions));
        }
    }
}

const Checker::Own *Checker::ownOf(const QString &source) const
{
    const auto found = std::ranges::find_if(m_sources, [&source](const Own &own) {
        return own.source.compare(source, Qt::CaseInsensitive) == 0;
    });
    return found == m_sources.end() ? nullptr : &*found;
}

std::vector<std::pair<std::shared_ptr<const plan::Plan>, QString>> Checker::everyPlan() const
{
    std::vector<std::pair<std::shared_ptr<const plan::Plan>, QString>> all;
    for (const auto &plan : m_plans.plans()) {
        all.emplace_back(plan, QString());
    }
    for (const Own &own : m_sources) {
        if (own.plans) {
            for (const auto &plan : own.plans->plans()) {
                all.emplace_back(plan, own.source);
            }
        }
    }
    return all;
}

const Conventions &Checker::conventionsOf(const QString &source) const
{
    const Own *own = ownOf(source);
    return own != nullptr && own->names ? own->names->conventions : m_names.conventions;
}

const plan::Rule *Checker::ruleFor(event::CallType type, const QString &name, const QString &source) const
{
    const Own *own = ownOf(source);
    return own != nullptr && own->plans ? own->plans->ruleFor(type, name, {})
                                        : m_plans.ruleFor(type, name, source);
}

std::optional<QByteArray> Checker::planBasis(event::CallType type, const QString &name,
                                             const QString &source) const
{
    const Own *own = ownOf(source);
    return own != nullptr && own->plans ? own->plans->basis(type, name, {})
                                        : m_plans.basis(type, name, source);
}

bool Checker::agreesWith(const Checker &other, event::CallType type, const QString &name,
                         const QString &source) const
{
    if (this == &other) {
        return true;
    }
    if (conventionsOf(source) != other.conventionsOf(source)) {
        return false;
    }
    const auto basis = planBasis(type, name, source);
    return basis && basis == other.planBasis(type, name, source);
}

plan::Verdict Checker::check(const EventView &event) const
{
    const Own *own = m_sources.empty() ? nullptr : ownOf(event.source);
    // Plans given to a source cover it, whatever sources they list: as those of a source not known.
    plan::Verdict verdict = own != nullptr && own->plans
                                ? own->plans->check(event.type, event.name, {}, event.merged)
                                : m_plans.check(event.type, event.name, event.source, event.merged);
    const Names &names = own != nullptr && own->names ? *own->names : m_names;
    Collector collector(verdict.findings);
    for (const auto &rule : names.rules) {
        rule->check(event, collector);
    }
    if (verdict.findings.empty()) {
        return verdict;
    }
    for (event::Finding &finding : verdict.findings) {
        finding.severity = names.conventions.severities.value(finding.rule, finding.severity);
    }
    std::ranges::stable_sort(verdict.findings, std::ranges::greater(), &event::Finding::severity);
    return verdict;
}

std::vector<RuleInfo> Checker::rules() const
{
    std::vector<RuleInfo> infos;
    for (const auto &rule : m_names.rules) {
        infos.push_back(rule->info());
    }
    return infos;
}

} // namespace check
