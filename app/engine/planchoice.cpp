// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/planchoice.h"

#include "app/engine/planfile.h"

#include <algorithm>
#include <charconv>

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace engine {

namespace {

bool holds(const QStringList &sources, const QString &source)
{
    return source.isEmpty() || sources.isEmpty() || sources.contains(source, Qt::CaseInsensitive);
}

/// The plans that events of a source are checked against, as the checker has them.
std::vector<std::shared_ptr<const plan::Plan>> plansOf(const check::Checker &checker, const QString &source)
{
    std::vector<std::shared_ptr<const plan::Plan>> own;
    for (const auto &[plan, onlySource] : checker.everyPlan()) {
        if (!onlySource.isEmpty() && onlySource.compare(source, Qt::CaseInsensitive) == 0) {
            own.push_back(plan);
        }
    }
    if (!own.empty()) {
        return own;
    }
    std::vector<std::shared_ptr<const plan::Plan>> covering;
    for (const auto &plan : checker.plans().plans()) {
        if (holds(plan->sources, source)) {
            covering.push_back(plan);
        }
    }
    return covering;
}

const PlanBook::Open *openOf(const std::vector<PlanBook::Open> &plans, const plan::Plan &plan)
{
    const QString place = planPlace(plan.path);
    const auto found = std::ranges::find_if(
        plans, [&place](const PlanBook::Open &one) { return planPlace(one.document->path) == place; });
    return found == plans.end() ? nullptr : &*found;
}

int versionOf(json::Value merged)
{
    const std::string_view digits = merged.find("context").find("protocols").find("event_version").raw();
    int version = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), version);
    return read.ec == std::errc() ? version : 0;
}

/// Rules of the plan that an event may be checked against: its own, the asked version first, then those for
/// every event.
std::vector<plan::RulePointer> rulesFor(const plan::Document &document, const report::StoredEvent &stored)
{
    const event::Event &event = stored.event;
    std::vector<plan::RulePointer> own;
    std::vector<plan::RulePointer> common;
    for (const plan::RulePointer &rule : document.rules) {
        const bool isForAll = rule->name.isEmpty() && rule->type != event::CallType::Track;
        if (rule->type == event::CallType::None) {
            common.push_back(rule);
        } else if (rule->type == event.summary.type && (rule->name == event.name || isForAll)) {
            own.push_back(rule);
        }
    }
    const int asked = versionOf(stored.merged);
    std::ranges::stable_sort(own, {}, [&](const plan::RulePointer &rule) {
        return std::tuple(rule->name != event.name, rule->version != asked, rule->version);
    });
    own.insert(own.end(), common.begin(), common.end());
    return own;
}

/// The finding as this rule alone makes it now.
std::optional<event::Finding> made(const plan::Document &document, const plan::RulePointer &rule,
                                   const report::StoredEvent &stored, const event::Finding &finding)
{
    plan::Document alone = document;
    alone.rules = {rule};
    alone.sources.clear();
    const event::Event &event = stored.event;
    const plan::Verdict verdict = plan::PlanSet({plan::compile(alone)})
                                      .check(event.summary.type, event.name, event.source, stored.merged);
    const auto isLike = [&finding](const event::Finding &one) {
        return one.rule == finding.rule && one.at == finding.at;
    };
    auto found = std::ranges::find_if(
        verdict.findings, [&](const event::Finding &one) { return isLike(one) && one.args == finding.args; });
    if (found == verdict.findings.end()) {
        // Stored by an older version, with other words.
        found = std::ranges::find_if(verdict.findings, isLike);
    }
    return found == verdict.findings.end() ? std::nullopt : std::optional(*found);
}

base::Failure notFromPlan()
{
    return base::failure(base::ErrorCode::Unsupported, u"This can't be allowed in a plan."_s,
                         u"It is no violation of a tracking plan."_s,
                         u"Rules of names and of the protocol are chosen in the settings."_s);
}

} // namespace

base::Result<AllowanceOffer> offerAllowance(const std::vector<PlanBook::Open> &plans,
                                            const check::Checker &checker, const report::StoredEvent &stored,
                                            const event::Finding &finding)
{
    if (event::kindOf(finding.rule) != event::FindingKind::Violation) {
        return notFromPlan();
    }
    if (finding.rule == event::RuleId::PlanUnplannedEvent) {
        return base::failure(base::ErrorCode::Unsupported, u"No rule can allow this event."_s,
                             u"The tracking plan does not have it."_s, u"Add the event to the plan."_s);
    }
    if (finding.rule == event::RuleId::PlanUnplannedSource) {
        return base::failure(base::ErrorCode::Unsupported, u"No property of a rule can allow this event."_s,
                             u"The tracking plan has it for other sources."_s,
                             u"Add the source to the event's sources in the plan."_s);
    }
    if (stored.merged.isMissing()) {
        return base::failure(base::ErrorCode::Unsupported, u"The event can't be read."_s,
                             u"Its body is damaged."_s, u"Choose another event."_s);
    }
    QString closed;
    for (const auto &plan : plansOf(checker, stored.event.source)) {
        const PlanBook::Open *open = openOf(plans, *plan);
        if (open == nullptr) {
            closed = closed.isEmpty() ? plan->path : closed;
            continue;
        }
        for (const plan::RulePointer &rule : rulesFor(*open->document, stored)) {
            const auto fresh = made(*open->document, rule, stored, finding);
            if (!fresh) {
                continue;
            }
            auto allowance = plan::allowing(*rule, *fresh, stored.merged);
            if (!allowance) {
                return base::Failure(allowance.error());
            }
            return AllowanceOffer{open->document->path, rule, std::move(*allowance)};
        }
    }
    if (!closed.isEmpty()) {
        return base::failure(base::ErrorCode::NotFound, u"The plan that says so is not open."_s,
                             u"Events of this source are checked against %1."_s.arg(closed),
                             u"Open it on the Plan page, then allow this."_s);
    }
    return base::failure(base::ErrorCode::NotFound, u"No open plan says so any more."_s,
                         u"The plan was changed since this event was checked."_s,
                         u"Wait until the events are checked again."_s);
}

base::Result<plan::Document> withAllowance(const plan::Document &document, const AllowanceOffer &offer)
{
    plan::Document changed = document;
    auto at = std::ranges::find(changed.rules, offer.before);
    if (at == changed.rules.end()) {
        // Read again meanwhile: the same text in another object.
        at = std::ranges::find_if(changed.rules,
                                  [&offer](const plan::RulePointer &rule) { return *rule == *offer.before; });
    }
    if (at == changed.rules.end()) {
        return base::failure(base::ErrorCode::InUse, u"The plan was not changed."_s,
                             u"%1 was edited meanwhile."_s.arg(plan::titleOf(*offer.before)),
                             u"Ask for it once more."_s);
    }
    *at = std::make_shared<const plan::RuleSource>(offer.allowance.rule);
    return changed;
}

base::Result<PlanBook::Open> planFor(const std::vector<PlanBook::Open> &plans, const check::Checker &checker,
                                     const QString &source)
{
    for (const auto &plan : plansOf(checker, source)) {
        if (const PlanBook::Open *open = openOf(plans, *plan)) {
            return *open;
        }
    }
    return base::failure(base::ErrorCode::NotFound, u"No open plan is for this event."_s,
                         u"None covers the source %1."_s.arg(source.isEmpty() ? u"of it"_s : source),
                         u"Open a plan, or make a new one."_s);
}

base::Result<plan::Document> withEvent(const plan::Document &document, event::CallType type,
                                       const QString &name, const QString &source,
                                       const std::vector<plan::InferredRule> &learnt)
{
    plan::Document changed = document;
    const auto isThis = [&](const plan::RuleSource &rule) { return rule.type == type && rule.name == name; };
    bool isPlanned = false;
    bool isOpened = false;
    for (plan::RulePointer &rule : changed.rules) {
        if (!isThis(*rule)) {
            continue;
        }
        isPlanned = true;
        if (!holds(rule->sources, source)) {
            auto wider = std::make_shared<plan::RuleSource>(*rule);
            wider->sources += source;
            rule = std::move(wider);
            isOpened = true;
        }
    }
    if (isOpened) {
        return changed;
    }
    plan::RuleSource sought;
    sought.type = type;
    sought.name = name;
    if (isPlanned) {
        return base::failure(base::ErrorCode::InUse, u"The plan was not changed."_s,
                             u"%1 is in %2 already."_s.arg(plan::titleOf(sought), document.name),
                             u"Edit it on the Plan page."_s);
    }
    const auto found =
        std::ranges::find_if(learnt, [&](const plan::InferredRule &one) { return isThis(one.rule); });
    if (found == learnt.end()) {
        return base::failure(base::ErrorCode::NotFound, u"The plan was not changed."_s,
                             u"No captured event shows what %1 looks like."_s.arg(plan::titleOf(sought)),
                             u"Send the event once, then add it."_s);
    }
    changed.rules.push_back(std::make_shared<const plan::RuleSource>(found->rule));
    return changed;
}

} // namespace engine
