// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/coveragejob.h"

namespace engine {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds sayInterval{250};
/// Of the thread's time that making snapshots of a large plan may take: one part in so many.
constexpr int sayShare = 5;

} // namespace

CoverageControl::CoverageControl(std::shared_ptr<const check::Checker> checker)
    : m_order(Order{std::move(checker), Recount::NewPlan})
{
}

void CoverageControl::recount(std::shared_ptr<const check::Checker> checker, Recount why)
{
    const std::lock_guard lock(m_mutex);
    if (m_order && m_order->why == Recount::NewPlan) {
        why = Recount::NewPlan;
    }
    m_order = Order{std::move(checker), why};
}

std::optional<CoverageControl::Order> CoverageControl::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_order, std::nullopt);
}

CoverageJob::CoverageJob(filter::Query query, std::vector<event::EventId> events,
                         std::shared_ptr<CoverageControl> control,
                         std::function<void(const CoverageState &)> changed)
    : m_query(std::move(query))
    , m_events(std::move(events))
    , m_control(std::move(control))
    , m_changed(std::move(changed))
{
}

void CoverageJob::fail(const base::Error &error)
{
    if (m_shown == nullptr) {
        m_shown = std::make_shared<const report::Coverage>();
    }
    m_changed({m_shown, 1, error});
}

void CoverageJob::begin(const CoverageControl::Order &order)
{
    m_builder.emplace(order.checker);
    m_walk.emplace(m_query, m_events, store::Reader::Order::OldestFirst);
    m_isShownKept = order.why == Recount::NewVerdicts && m_shown != nullptr;
    m_isComplete = false;
    m_isNew = true;
}

void CoverageJob::say(double progress)
{
    const auto started = Clock::now();
    if (!m_isShownKept) {
        m_shown = std::make_shared<const report::Coverage>(m_builder->coverage());
        m_isNew = false;
    }
    m_changed({m_shown, progress, {}});
    const auto took = std::chrono::duration_cast<milliseconds>(Clock::now() - started);
    m_pause = std::max(sayInterval, took * sayShare);
    m_nextSay = Clock::now() + m_pause;
}

Job::Step CoverageJob::step(store::Reader &reader, const std::stop_token &stop)
{
    if (const auto order = m_control->take()) {
        begin(*order);
    }
    const auto hasMore = m_walk->step(
        reader,
        [this](const report::StoredEvent &stored) {
            m_builder->add(report::coveredEvent(stored));
            m_isNew = true;
            return true;
        },
        stop);
    if (!hasMore) {
        if (stop.stop_requested()) {
            return {Next::Done};
        }
        fail(hasMore.error());
        return {Next::Done};
    }
    if (*hasMore) {
        if (Clock::now() >= m_nextSay) {
            // Once all that was stored was counted, what comes is no more a matter of progress.
            say(m_isComplete ? 1 : std::min(m_walk->progress(), 0.999));
        }
        return {Next::Again};
    }
    if (!m_isComplete || m_isNew) {
        m_isComplete = true;
        m_isShownKept = false;
        say(1);
    }
    return {Next::Wait, m_pause};
}

} // namespace engine
