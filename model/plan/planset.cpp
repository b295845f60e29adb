// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/plan.h"

#include "schema/nearest.h"
#include "json/parser.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include <QHash>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

struct Key
{
    event::CallType type;
    QString name;

    friend bool operator==(const Key &, const Key &) = default;
};

struct KeyHash
{
    std::size_t operator()(const Key &key) const
    {
        return qHash(key.name, static_cast<std::size_t>(key.type));
    }
};

/// `context.protocols.event_version`; nothing when it is missing or no whole number.
std::optional<int> versionOf(json::Value merged)
{
    const std::string_view digits = merged.find("context").find("protocols").find("event_version").raw();
    int version = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
    return error == std::errc() && end == digits.data() + digits.size() && !digits.empty()
               ? std::optional(version)
               : std::nullopt;
}

bool isFor(const Rule &rule, const QString &source)
{
    return source.isEmpty() || rule.sources.isEmpty() || rule.sources.contains(source, Qt::CaseInsensitive);
}

} // namespace

struct PlanSet::Index
{
    struct OnePlan
    {
        const Plan *plan;
        std::unordered_map<Key, std::vector<const Rule *>, KeyHash> rules; ///< oldest version first
        std::unordered_map<event::CallType, schema::NameIndex> names;

        [[nodiscard]] bool covers(const QString &source) const
        {
            return source.isEmpty() || plan->sources.isEmpty() ||
                   plan->sources.contains(source, Qt::CaseInsensitive);
        }

        /// All versions of it; null when there is none.
        [[nodiscard]] const std::vector<const Rule *> *versions(event::CallType type,
                                                                const QString &name) const
        {
            auto found = rules.find({type, name});
            if (found == rules.end() && !name.isEmpty()) {
                // A page or screen rule without a name is for all of them.
                found = type == event::CallType::Track ? rules.end() : rules.find({type, QString()});
            }
            return found == rules.end() ? nullptr : &found->second;
        }

        /// The rule for events of a source; null when none is.
        [[nodiscard]] const Rule *rule(event::CallType type, const QString &name, const QString &source,
                                       std::optional<int> version) const
        {
            const std::vector<const Rule *> *all = versions(type, name);
            if (all == nullptr) {
                return nullptr;
            }
            const Rule *oldest = nullptr;
            for (const Rule *one : *all) {
                if (!isFor(*one, source)) {
                    continue;
                }
                if (version && one->version == *version) {
                    return one;
                }
                oldest = oldest == nullptr ? one : oldest;
            }
            return oldest;
        }
    };

    std::vector<OnePlan> plans;
    std::shared_ptr<const json::Document> emptyObject; ///< stands for properties that an event does not have

    [[nodiscard]] std::vector<event::Finding> violations(const Rule &rule, json::Value merged) const;
    [[nodiscard]] Verdict verdict(const OnePlan &plan, const Rule &rule, const QString &source,
                                  json::Value merged) const;
    void addCommon(const OnePlan &plan, const QString &source, json::Value merged, Verdict &verdict) const;
    /// Of the plans' names for this type of call; empty when none is near.
    [[nodiscard]] QString nearest(event::CallType type, const QString &name, const QString &source) const;
};

QString PlanSet::Index::nearest(event::CallType type, const QString &name, const QString &source) const
{
    for (const OnePlan &plan : plans) {
        const auto ofType = plan.names.find(type);
        if (plan.covers(source) && ofType != plan.names.end()) {
            if (const auto found = ofType->second.nearest(name.toStdString())) {
                return QString::fromStdString(*found);
            }
        }
    }
    return {};
}

std::vector<event::Finding> PlanSet::Index::violations(const Rule &rule, json::Value merged) const
{
    if (rule.scope == Scope::Event) {
        return rule.schema->violations(merged, {});
    }
    const std::string_view field = rule.scope == Scope::Traits ? "traits" : "properties";
    const json::Value part = merged.find(field);
    return rule.schema->violations(part.isMissing() ? emptyObject->root() : part,
                                   json::Pointer().child(field));
}

void PlanSet::Index::addCommon(const OnePlan &plan, const QString &source, json::Value merged,
                               Verdict &verdict) const
{
    for (const Rule &rule : plan.plan->common) {
        if (!rule.schema || !isFor(rule, source)) {
            continue;
        }
        for (event::Finding &finding : violations(rule, merged)) {
            // What the event's own rule says as well is said once.
            if (std::ranges::find(verdict.findings, finding) == verdict.findings.end()) {
                verdict.findings.push_back(std::move(finding));
            }
        }
    }
}

Verdict PlanSet::Index::verdict(const OnePlan &plan, const Rule &rule, const QString &source,
                                json::Value merged) const
{
    Verdict verdict;
    if (rule.schema) {
        verdict.findings = violations(rule, merged);
    }
    addCommon(plan, source, merged, verdict);
    verdict.status = !verdict.findings.empty() ? event::Status::Violation
                     : rule.schema             ? event::Status::Valid
                                               : event::Status::Unchecked;
    return verdict;
}

PlanSet::PlanSet(std::vector<std::shared_ptr<const Plan>> plans)
    : m_plans(std::move(plans))
{
    auto index = std::make_shared<Index>();
    json::Parser parser;
    const auto parsed = parser.parse("{}"_ba);
    Q_ASSERT(parsed.has_value());
    index->emptyObject = *parsed;
    for (const auto &plan : m_plans) {
        Index::OnePlan &one = index->plans.emplace_back();
        one.plan = plan.get();
        std::unordered_map<event::CallType, std::vector<std::string>> names;
        for (const Rule &rule : plan->rules) {
            std::vector<const Rule *> &versions = one.rules[{rule.type, rule.name}];
            if (versions.empty() && !rule.name.isEmpty()) {
                names[rule.type].push_back(rule.name.toStdString());
            }
            versions.insert(std::ranges::upper_bound(versions, rule.version, {}, &Rule::version), &rule);
        }
        for (auto &[type, list] : names) {
            one.names.emplace(type, schema::NameIndex(std::move(list)));
        }
    }
    m_index = std::move(index);
}

const Rule *PlanSet::ruleFor(event::CallType type, const QString &name, const QString &source) const
{
    for (const Index::OnePlan &plan : m_index->plans) {
        if (plan.covers(source)) {
            if (const Rule *rule = plan.rule(type, name, source, std::nullopt)) {
                return rule;
            }
        }
    }
    return nullptr;
}

std::optional<QByteArray> PlanSet::basis(event::CallType type, const QString &name,
                                         const QString &source) const
{
    // Fingerprints are of one length, and each list says how long it is.
    QByteArray basis;
    bool isKnown = true;
    const auto add = [&](const QByteArray &fingerprint) {
        isKnown = isKnown && !fingerprint.isEmpty();
        basis += fingerprint;
    };
    const auto addPlan = [&](const Index::OnePlan &plan, const std::vector<const Rule *> &versions) {
        basis += QByteArray::number(qulonglong{versions.size()}) + '/' +
                 QByteArray::number(qulonglong{plan.plan->common.size()}) + ' ';
        for (const Rule *rule : versions) {
            add(rule->fingerprint);
        }
        for (const Rule &rule : plan.plan->common) {
            add(rule.fingerprint);
        }
    };
    const Index::OnePlan *covering = nullptr;
    bool hasRule = false;
    bool isOfSources = false;
    bool isPlannedType = false;
    for (const Index::OnePlan &plan : m_index->plans) {
        if (!plan.covers(source)) {
            continue;
        }
        covering = covering == nullptr ? &plan : covering;
        isPlannedType = isPlannedType || plan.names.contains(type);
        if (const std::vector<const Rule *> *versions = plan.versions(type, name)) {
            hasRule = true;
            isOfSources = isOfSources || std::ranges::any_of(*versions, [](const Rule *rule) {
                              return !rule->sources.isEmpty();
                          });
            addPlan(plan, *versions);
        }
    }
    // A rule that is not for every source leaves some of its events unplanned.
    if ((!hasRule || isOfSources) && covering != nullptr) {
        basis += isPlannedType ? "unplanned " : "unchecked ";
        addPlan(*covering, {});
        basis += m_index->nearest(type, name, source).toUtf8();
    }
    return isKnown ? std::optional(basis) : std::nullopt;
}

Verdict PlanSet::check(event::CallType type, const QString &name, const QString &source,
                       json::Value merged) const
{
    const auto version = versionOf(merged);
    std::optional<Verdict> best;
    bool isPlannedType = false;
    const Index::OnePlan *covering = nullptr;
    const Rule *ofOthers = nullptr; // planned, but not for this source
    for (const Index::OnePlan &plan : m_index->plans) {
        if (!plan.covers(source)) {
            continue;
        }
        covering = covering == nullptr ? &plan : covering;
        isPlannedType = isPlannedType || plan.names.contains(type);
        const Rule *rule = plan.rule(type, name, source, version);
        if (rule == nullptr) {
            const std::vector<const Rule *> *elsewhere = plan.versions(type, name);
            ofOthers = ofOthers == nullptr && elsewhere != nullptr ? elsewhere->front() : ofOthers;
            continue;
        }
        Verdict verdict = m_index->verdict(plan, *rule, source, merged);
        const auto rank = [](const Verdict &one) {
            return std::pair(one.status != event::Status::Valid, one.findings.size());
        };
        if (!best || rank(verdict) < rank(*best)) {
            best = std::move(verdict);
        }
    }
    if (best || covering == nullptr) {
        return best.value_or(Verdict{});
    }

    Verdict verdict;
    const std::string_view field = type == event::CallType::Track ? "event" : "name";
    // Browsers call page() without a name on every load: nothing to look up.
    if (ofOthers != nullptr) {
        verdict.status = event::Status::Unplanned;
        const event::RuleId rule = event::RuleId::PlanUnplannedSource;
        const std::string_view word = event::word(type);
        verdict.findings.push_back(
            {rule,
             event::defaultSeverity(rule),
             json::Pointer().child(name.isEmpty() ? "type" : field),
             {name.isEmpty() ? QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size())) : name,
              source, ofOthers->sources.join(u", "_s)}});
    } else if (type == event::CallType::Track || (isPlannedType && !name.isEmpty())) {
        verdict.status = event::Status::Unplanned;
        const QString nearest = m_index->nearest(type, name, source);
        const event::RuleId rule = event::RuleId::PlanUnplannedEvent;
        verdict.findings.push_back(
            {rule, event::defaultSeverity(rule), json::Pointer().child(field), {name, nearest}});
    }
    m_index->addCommon(*covering, source, merged, verdict);
    if (verdict.status == event::Status::Unchecked && !verdict.findings.empty()) {
        verdict.status = event::Status::Violation;
    }
    return verdict;
}

} // namespace plan
