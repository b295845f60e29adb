// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "report/coverage.h"

#include "report/propertycounts.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace report {

namespace {

constexpr std::size_t maxRows = 20'000;
constexpr std::size_t maxSources = 1'000;
constexpr std::size_t noRow = static_cast<std::size_t>(-1);

/// One event name of one plan, or an unplanned one.
struct Row
{
    EventCoverage head; ///< all but its properties
    PropertyCounts properties;
    QStringList planSources; ///< that its plan covers; empty: all
    QString onlySource;      ///< that its plan was given to
};

struct NameKey
{
    const plan::Plan *plan = nullptr; ///< null: unplanned
    event::CallType type{};
    QString name;

    friend bool operator==(const NameKey &, const NameKey &) = default;
};

struct NameKeyHash
{
    std::size_t operator()(const NameKey &key) const
    {
        return qHash(key.name, static_cast<std::size_t>(key.type) ^ std::hash<const void *>{}(key.plan));
    }
};

struct SourceCounts
{
    SourceCoverage coverage;
    std::unordered_set<std::size_t> seenRows;
};

void widen(std::int64_t &firstUs, std::int64_t &lastUs, std::int64_t us)
{
    firstUs = firstUs == 0 ? us : std::min(firstUs, us);
    lastUs = std::max(lastUs, us);
}

bool isFor(const Row &row, const QString &source)
{
    if (!row.onlySource.isEmpty() && row.onlySource.compare(source, Qt::CaseInsensitive) != 0) {
        return false;
    }
    const auto holds = [&source](const QStringList &list) {
        return list.isEmpty() || list.contains(source, Qt::CaseInsensitive);
    };
    return (!row.onlySource.isEmpty() || holds(row.planSources)) && holds(row.head.plannedSources);
}

} // namespace

std::optional<double> Coverage::share() const
{
    return plannedEvents == 0
               ? std::nullopt
               : std::optional(static_cast<double>(plannedSeen) / static_cast<double>(plannedEvents));
}

struct CoverageBuilder::Impl
{
    std::shared_ptr<const check::Checker> checker;
    std::vector<std::unique_ptr<Row>> rows;
    std::size_t plannedRows = 0;
    std::unordered_map<NameKey, std::size_t, NameKeyHash> byName;
    std::unordered_map<const plan::Rule *, std::size_t> byRule;
    std::map<QString, SourceCounts> sources;
    Coverage totals; ///< without rows and sources

    std::size_t row(const NameKey &key)
    {
        if (const auto known = byName.find(key); known != byName.end()) {
            return known->second;
        }
        if (rows.size() >= maxRows) {
            totals.isCut = true;
            return noRow;
        }
        const std::size_t number = rows.size();
        rows.push_back(std::make_unique<Row>());
        rows.back()->head.type = key.type;
        rows.back()->head.name = key.name;
        byName.emplace(key, number);
        return number;
    }

    void plan(const plan::Plan &plan, const QString &onlySource)
    {
        for (const plan::Rule &rule : plan.rules) {
            const std::size_t number = row({&plan, rule.type, rule.name});
            if (number == noRow) {
                continue;
            }
            byRule.emplace(&rule, number);
            Row &made = *rows[number];
            // Of several versions the event is old only when all are.
            made.head.isDeprecated = rule.isDeprecated && (made.head.isDeprecated || !made.head.isPlanned);
            made.head.isPlanned = true;
            made.head.plan = plan.name;
            made.head.plannedSources = rule.sources;
            made.planSources = plan.sources;
            made.onlySource = onlySource;
            for (const plan::Property &property : rule.properties) {
                made.properties.plan(property);
            }
        }
    }

    [[nodiscard]] std::size_t rowOf(const CoveredEvent &event)
    {
        const plan::Rule *rule = checker ? checker->ruleFor(event.type, event.name, event.source) : nullptr;
        if (rule != nullptr && event.status != event::Status::Unplanned) {
            if (const auto known = byRule.find(rule); known != byRule.end()) {
                return known->second;
            }
        }
        const std::size_t number = row({nullptr, event.type, event.name});
        if (number != noRow) {
            rows[number]->head.isUnchecked = event.status != event::Status::Unplanned;
        }
        return number;
    }

    SourceCounts *source(const QString &name)
    {
        if (const auto known = sources.find(name); known != sources.end()) {
            return &known->second;
        }
        if (sources.size() >= maxSources) {
            totals.isCut = true;
            return nullptr;
        }
        SourceCounts &made = sources[name];
        made.coverage.source = name;
        return &made;
    }
};

CoverageBuilder::CoverageBuilder(std::shared_ptr<const check::Checker> checker)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->checker = std::move(checker);
    if (m_impl->checker) {
        for (const auto &[plan, source] : m_impl->checker->everyPlan()) {
            m_impl->plan(*plan, source);
        }
    }
    m_impl->plannedRows = m_impl->rows.size();
}

CoverageBuilder::~CoverageBuilder() = default;

void CoverageBuilder::add(const CoveredEvent &event)
{
    Coverage &totals = m_impl->totals;
    if (event.type == event::CallType::None) {
        ++totals.rejected;
        return;
    }
    ++totals.events;
    totals.violations += event.status == event::Status::Violation ? 1 : 0;
    totals.unplannedCount += event.status == event::Status::Unplanned ? 1 : 0;
    totals.unchecked += event.status == event::Status::Unchecked ? 1 : 0;
    widen(totals.firstUs, totals.lastUs, event.receivedUs);

    const std::size_t number = m_impl->rowOf(event);
    if (SourceCounts *source = m_impl->source(event.source)) {
        SourceCoverage &counts = source->coverage;
        ++counts.events;
        counts.violations += event.status == event::Status::Violation ? 1 : 0;
        counts.unplanned += event.status == event::Status::Unplanned ? 1 : 0;
        widen(counts.firstUs, counts.lastUs, event.receivedUs);
        if (number < m_impl->plannedRows) {
            source->seenRows.insert(number);
        }
    }
    if (number == noRow) {
        return;
    }
    Row &row = *m_impl->rows[number];
    ++row.head.count;
    row.head.violations += event.status == event::Status::Violation ? 1 : 0;
    if (event.receivedUs >= row.head.lastUs) {
        row.head.lastId = event.id;
    }
    widen(row.head.firstUs, row.head.lastUs, event.receivedUs);
    ++row.head.sources[event.source];
    for (const event::Finding &finding : event.findings) {
        ++row.head.rules[finding.rule];
    }
    if (event.merged.isMissing()) {
        return;
    }
    const bool hasTraits = event.type == event::CallType::Identify || event.type == event::CallType::Group;
    row.properties.add(event.merged.find(hasTraits ? "traits" : "properties"));
    for (const event::Finding &finding : event.findings) {
        if (event::kindOf(finding.rule) == event::FindingKind::Violation) {
            row.properties.addViolation(finding.at);
        }
    }
}

Coverage CoverageBuilder::coverage() const
{
    Coverage made = m_impl->totals;
    const auto append = [&made](const Row &row) {
        made.rows.push_back(row.head);
        made.rows.back().properties = row.properties.properties();
    };
    made.rows.reserve(m_impl->rows.size());
    for (std::size_t i = 0; i < m_impl->plannedRows; ++i) {
        append(*m_impl->rows[i]);
        ++made.plannedEvents;
        made.plannedSeen += m_impl->rows[i]->head.count > 0 ? 1 : 0;
    }
    std::vector<const Row *> others;
    for (std::size_t i = m_impl->plannedRows; i < m_impl->rows.size(); ++i) {
        others.push_back(m_impl->rows[i].get());
        made.unplannedEvents += others.back()->head.isUnchecked ? 0 : 1;
    }
    std::ranges::stable_sort(others, std::ranges::greater{}, [](const Row *row) { return row->head.count; });
    for (const Row *row : others) {
        append(*row);
    }
    for (const auto &[name, counts] : m_impl->sources) {
        SourceCoverage &source = made.sources.emplace_back(counts.coverage);
        source.seenEvents = counts.seenRows.size();
        for (std::size_t i = 0; i < m_impl->plannedRows; ++i) {
            source.plannedEvents += isFor(*m_impl->rows[i], name) ? 1 : 0;
        }
    }
    return made;
}

QString stateWord(const EventCoverage &row)
{
    if (row.isPlanned) {
        return row.count > 0 ? u"seen"_s : u"never seen"_s;
    }
    return row.isUnchecked ? u"unchecked"_s : u"unplanned"_s;
}

} // namespace report
