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

Checker::Checker(std::vector<std::shared_ptr<const plan::Plan>> plans, Conventions conventions,
                 QByteArray fingerprint)
    : m_plans(std::move(plans))
    , m_conventions(std::move(conventions))
    , m_fingerprint(std::move(fingerprint))
    , m_rules(rulesFor(m_conventions))
{
}

plan::Verdict Checker::check(const EventView &event) const
{
    plan::Verdict verdict = m_plans.check(event.type, event.name, event.source, event.merged);
    Collector collector(verdict.findings);
    for (const auto &rule : m_rules) {
        rule->check(event, collector);
    }
    if (verdict.findings.empty()) {
        return verdict;
    }
    for (event::Finding &finding : verdict.findings) {
        finding.severity = m_conventions.severities.value(finding.rule, finding.severity);
    }
    std::ranges::stable_sort(verdict.findings, std::ranges::greater(), &event::Finding::severity);
    return verdict;
}

std::vector<RuleInfo> Checker::rules() const
{
    std::vector<RuleInfo> infos;
    for (const auto &rule : m_rules) {
        infos.push_back(rule->info());
    }
    return infos;
}

} // namespace check
