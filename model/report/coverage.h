// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/checker.h"
#include "event/event.h"

#include <map>

namespace report {

/// One captured event as coverage counts it.
struct CoveredEvent
{
    event::EventId id{};
    event::CallType type = event::CallType::None;
    QString name;
    QString source;
    std::int64_t receivedUs = 0;
    event::Status status = event::Status::Unchecked;
    std::vector<event::Finding> findings;
    json::Value merged; ///< missing: counted without its properties
};

/// What was seen of one property of an event.
struct PropertyCoverage
{
    QStringList path; ///< as plan::PropertyPath
    bool isPlanned = false;
    bool isRequired = false;
    std::uint64_t filled = 0;                              ///< events (objects) that had it and not null
    std::uint64_t of = 0;                                  ///< events (objects) that could have had it
    std::vector<std::pair<QString, std::uint64_t>> types;  ///< most frequent first
    std::vector<std::pair<QString, std::uint64_t>> values; ///< most common, at most 20
    bool areValuesExact = true;                            ///< false: counts are at least these
    QStringList neverSeen;                                 ///< planned values (`enum`) that never came
    std::uint64_t violations = 0;
};

/// What was seen of one event, planned or not.
struct EventCoverage
{
    event::CallType type{};
    QString name;
    QString plan; ///< name of the plan that has it; empty: unplanned
    bool isPlanned = false;
    bool isUnchecked = false; ///< no plan covers it: neither planned nor unplanned
    bool isDeprecated = false;
    std::uint64_t count = 0, violations = 0;
    std::int64_t firstUs = 0, lastUs = 0;
    event::EventId lastId{};
    std::map<QString, std::uint64_t> sources;     ///< seen per source
    QStringList plannedSources;                   ///< that it belongs to, by the plan; empty: all
    std::map<event::RuleId, std::uint64_t> rules; ///< findings by rule
    std::vector<PropertyCoverage> properties;     ///< planned ones first, in the plan's order
};

struct SourceCoverage
{
    QString source;
    std::uint64_t events = 0, violations = 0, unplanned = 0;
    std::uint64_t plannedEvents = 0, seenEvents = 0; ///< names the plan has for it, and those that came
    std::int64_t firstUs = 0, lastUs = 0;
};

/// A plan held against what came. Value.
struct Coverage
{
    std::uint64_t events = 0, violations = 0, unplannedCount = 0, unchecked = 0, rejected = 0;
    std::uint64_t plannedEvents = 0; ///< names
    std::uint64_t plannedSeen = 0;
    std::uint64_t unplannedEvents = 0; ///< names
    std::int64_t firstUs = 0, lastUs = 0;
    std::vector<EventCoverage> rows; ///< planned in the plans' order, then unplanned by count
    std::vector<SourceCoverage> sources;
    bool isCut = false; ///< more names than are kept came

    /// Share of planned events that came, 0..1; nothing without a plan.
    [[nodiscard]] std::optional<double> share() const;
};

/// Counts events against the plans. Bounded: 20,000 names, 500 properties of each, 64 values of each
/// property. One thread.
class CoverageBuilder
{
public:
    explicit CoverageBuilder(std::shared_ptr<const check::Checker> checker);
    ~CoverageBuilder();

    void add(const CoveredEvent &event);
    [[nodiscard]] Coverage coverage() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// As documents: JSON for programs (docs/api.md has it), CSV (one row for each property), HTML (one
/// self-contained file, printable, light and dark, no script). `title` names the set ("session Checkout");
/// `madeUs` stands in the head, 0 leaves it out (the same events then give the same bytes).
struct CoverageHead
{
    QString title;
    std::int64_t madeUs = 0;
};
[[nodiscard]] QByteArray coverageJson(const Coverage &coverage);
[[nodiscard]] QByteArray coverageCsv(const Coverage &coverage);
[[nodiscard]] QByteArray coverageHtml(const Coverage &coverage, const CoverageHead &head);
/// "never seen", "seen", "unplanned", "unchecked": the state of a row in every document.
[[nodiscard]] QString stateWord(const EventCoverage &row);

} // namespace report
