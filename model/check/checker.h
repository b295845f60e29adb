// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/conventions.h"
#include "plan/plan.h"

#include <optional>

namespace check {

/// What a rule sees of an event.
struct EventView
{
    event::CallType type = event::CallType::None;
    const QString &name;
    const QString &source;
    json::Value merged; ///< the event with the envelope's context and integrations
    std::uint32_t bodyBytes = 0;
    std::int64_t receivedUs = 0;
};

class FindingSink
{
public:
    virtual ~FindingSink() = default;
    virtual void add(event::Finding finding) = 0;
};

struct RuleInfo
{
    event::RuleId id;
    QString summary; ///< one sentence: what it checks
    QString howToFix;
};

/// One check in one file; const and stateless: safe on any thread.
class Rule
{
public:
    virtual ~Rule() = default;
    [[nodiscard]] virtual RuleInfo info() const = 0;
    virtual void check(const EventView &event, FindingSink &sink) const = 0;
};

/// What one source is checked against instead of what all are.
struct SourceChecks
{
    QString source;                                       ///< its name, whatever the case
    std::vector<std::shared_ptr<const plan::Plan>> plans; ///< whatever sources they list; empty: those of all
    std::optional<Conventions> conventions;               ///< nothing: those of all
};

/// Everything an event is checked against: plans and conventions. Immutable; a change makes
/// a new one, which the pipeline picks up with its next request.
class Checker
{
public:
    /// `fingerprint` tells checkers apart over restarts: two with the same one give the same verdicts. Empty:
    /// like no other.
    Checker(std::vector<std::shared_ptr<const plan::Plan>> plans, Conventions conventions,
            QByteArray fingerprint = {}, std::vector<SourceChecks> sources = {});

    /// Status from the plans; findings of plans and conventions, most severe first. Protocol findings are
    /// made by segment::decode, which sees the bytes.
    [[nodiscard]] plan::Verdict check(const EventView &event) const;
    /// Those of sources that have none of their own.
    [[nodiscard]] const plan::PlanSet &plans() const { return m_plans; }
    /// All plans with the one source they are given to; empty: whatever they cover.
    [[nodiscard]] std::vector<std::pair<std::shared_ptr<const plan::Plan>, QString>> everyPlan() const;
    [[nodiscard]] const Conventions &conventions() const { return m_names.conventions; }
    /// What an event of a source is checked against, for who shows it.
    [[nodiscard]] const Conventions &conventionsOf(const QString &source) const;
    /// Null when none; of an event that names no version.
    [[nodiscard]] const plan::Rule *ruleFor(event::CallType type, const QString &name,
                                            const QString &source) const;
    /// That it gives events of this kind the verdict the other one gives them. False when that is not known.
    [[nodiscard]] bool agreesWith(const Checker &other, event::CallType type, const QString &name,
                                  const QString &source) const;
    [[nodiscard]] const QByteArray &fingerprint() const { return m_fingerprint; }
    /// Infos of all rules that run, for the settings page and `--help`; of sources with conventions of their
    /// own other ones may.
    [[nodiscard]] std::vector<RuleInfo> rules() const;

private:
    struct Names
    {
        explicit Names(Conventions ofThese);
        Conventions conventions;
        std::vector<std::unique_ptr<const Rule>> rules;
    };
    struct Own
    {
        QString source;
        std::optional<plan::PlanSet> plans;
        std::optional<Names> names;
    };
    [[nodiscard]] const Own *ownOf(const QString &source) const;
    [[nodiscard]] std::optional<QByteArray> planBasis(event::CallType type, const QString &name,
                                                      const QString &source) const;

    plan::PlanSet m_plans;
    Names m_names;
    QByteArray m_fingerprint;
    std::vector<Own> m_sources;
};

} // namespace check
