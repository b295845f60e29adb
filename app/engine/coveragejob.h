// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/engine/selection.h"

namespace engine {

/// Why coverage is counted anew.
enum class Recount : std::uint8_t {
    NewPlan,     ///< what is planned changed: what was counted is worth nothing
    NewVerdicts, ///< what was counted is shown until the new count is complete
};

/// How a CoverageJob is told to count anew. Any thread.
class CoverageControl
{
public:
    explicit CoverageControl(std::shared_ptr<const check::Checker> checker);

    void recount(std::shared_ptr<const check::Checker> checker, Recount why);

    struct Order
    {
        std::shared_ptr<const check::Checker> checker;
        Recount why = Recount::NewPlan;
    };
    /// The newest order since the last call; nothing when there was none.
    [[nodiscard]] std::optional<Order> take();

private:
    std::mutex m_mutex;
    std::optional<Order> m_order;
};

struct CoverageState
{
    std::shared_ptr<const report::Coverage> coverage; ///< never null
    double progress = 1;                              ///< below 1: not everything stored is counted
    base::Error problem;
};

/// Counts what is stored, oldest first, then what comes; says so at most four times a second.
class CoverageJob final : public Job
{
public:
    CoverageJob(filter::Query query, std::vector<event::EventId> events,
                std::shared_ptr<CoverageControl> control, std::function<void(const CoverageState &)> changed);

    [[nodiscard]] Step step(store::Reader &reader, const std::stop_token &stop) override;
    void fail(const base::Error &error) override;

private:
    void begin(const CoverageControl::Order &order);
    void say(double progress);

    const filter::Query m_query;
    const std::vector<event::EventId> m_events;
    const std::shared_ptr<CoverageControl> m_control;
    const std::function<void(const CoverageState &)> m_changed;
    std::optional<report::CoverageBuilder> m_builder;
    std::optional<SelectionWalk> m_walk;
    std::shared_ptr<const report::Coverage> m_shown;
    bool m_isShownKept = false; ///< until the count is complete
    bool m_isComplete = false;
    bool m_isNew = true; ///< something was counted that was not said
    std::chrono::steady_clock::time_point m_nextSay;
    std::chrono::milliseconds m_pause{0};
};

} // namespace engine
