// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/compare.h"

#include <algorithm>
#include <map>

namespace plan {

namespace {

constexpr std::size_t maxNames = 20'000;
constexpr std::size_t maxCauses = 200; ///< of one name, while they are counted
constexpr std::size_t shownCauses = 20;

/// A place in any event of a name: positions in lists are "$".
json::Pointer placeIn(json::Value event, const json::Pointer &at)
{
    json::Pointer place;
    json::Pointer way;
    for (const std::string &token : at.tokens()) {
        place = place.child(way.resolve(event).isArray() ? "$" : std::string_view(token));
        way = way.child(token);
    }
    return place;
}

using CauseKey = std::pair<event::RuleId, std::string>;

struct Counted
{
    BreakCheck::Outcome outcome;
    std::map<CauseKey, BreakCheck::Outcome::Cause> causes;
};

void addCauses(const Verdict &before, const Verdict &after, event::EventId id, json::Value merged,
               Counted &counted)
{
    std::vector<CauseKey> told;
    for (const event::Finding &finding : after.findings) {
        // The same demand with other words (an enum with one value more) is nothing new.
        const bool isOld = std::ranges::any_of(before.findings, [&finding](const event::Finding &old) {
            return old.rule == finding.rule && old.at == finding.at;
        });
        CauseKey key(finding.rule, placeIn(merged, finding.at).text());
        if (isOld || std::ranges::find(told, key) != told.end()) {
            continue;
        }
        const auto found = counted.causes.find(key);
        if (found != counted.causes.end()) {
            ++found->second.events;
        } else if (counted.causes.size() < maxCauses) {
            counted.causes.emplace(key, BreakCheck::Outcome::Cause{finding, 1, id});
        }
        told.push_back(std::move(key));
    }
}

std::shared_ptr<const PlanSet> planSet(const Document &document)
{
    return std::make_shared<const PlanSet>(std::vector{compile(document)});
}

} // namespace

struct BreakCheck::Impl
{
    std::shared_ptr<const PlanSet> before, after;
    std::map<std::pair<event::CallType, QString>, Counted> names;
    std::uint64_t events = 0;
};

BreakCheck::BreakCheck(const Document &before, const Document &after)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->before = planSet(before);
    m_impl->after = planSet(after);
}

BreakCheck::~BreakCheck() = default;

void BreakCheck::add(event::CallType type, const QString &name, const QString &source, event::EventId id,
                     json::Value merged)
{
    if (type == event::CallType::None) {
        return;
    }
    ++m_impl->events;
    const std::pair key(type, name);
    auto found = m_impl->names.find(key);
    if (found == m_impl->names.end()) {
        if (m_impl->names.size() == maxNames) {
            return;
        }
        found = m_impl->names.try_emplace(key).first;
        found->second.outcome.type = type;
        found->second.outcome.name = name;
    }
    Counted &counted = found->second;
    ++counted.outcome.events;
    const Verdict before = m_impl->before->check(type, name, source, merged);
    const Verdict after = m_impl->after->check(type, name, source, merged);
    const auto isBad = [](const Verdict &verdict) {
        return verdict.status == event::Status::Violation || verdict.status == event::Status::Unplanned;
    };
    if (before.status == event::Status::Valid && isBad(after)) {
        ++counted.outcome.broken;
    } else if (isBad(before) && after.status == event::Status::Valid) {
        ++counted.outcome.mended;
    }
    addCauses(before, after, id, merged, counted);
}

std::uint64_t BreakCheck::events() const
{
    return m_impl->events;
}

std::vector<BreakCheck::Outcome> BreakCheck::outcomes() const
{
    std::vector<Outcome> outcomes;
    outcomes.reserve(m_impl->names.size());
    for (const auto &[key, counted] : m_impl->names) {
        Outcome &outcome = outcomes.emplace_back(counted.outcome);
        for (const auto &[place, cause] : counted.causes) {
            outcome.causes.push_back(cause);
        }
        std::ranges::stable_sort(outcome.causes, std::ranges::greater{}, &Outcome::Cause::events);
        outcome.causes.resize(std::min(outcome.causes.size(), shownCauses));
    }
    std::ranges::stable_sort(outcomes, [](const Outcome &one, const Outcome &other) {
        const auto rank = [](const Outcome &outcome) {
            return std::tuple(outcome.broken + outcome.mended > 0, outcome.broken, outcome.mended,
                              outcome.causes.size(), outcome.events);
        };
        return rank(one) > rank(other);
    });
    return outcomes;
}

} // namespace plan
