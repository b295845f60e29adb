// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/engine/coveragejob.h"
#include "plan/compare.h"
#include "plan/infer.h"

namespace engine {

/// What is asked of the stored events for the sake of plans: on threads of its own, one for questions and one
/// for coverage, each with its own reader. Any thread asks; callbacks come on those threads and must not
/// block long. Progress is 0..1, at most ten times a second.
class PlanJobs
{
public:
    explicit PlanJobs(QString storePath);
    ~PlanJobs(); ///< nothing is called back any more once it returns

    using Ticket = JobThread::Ticket;
    using Progress = std::function<void(double)>;
    template <typename T>
    using Done = std::function<void(base::Result<T>)>;

    /// A plan is learnt from so many events at most, the newest.
    static constexpr std::uint64_t maxInferredEvents = 100'000;
    Ticket infer(const Selection &selection, const plan::InferOptions &options, Progress progress,
                 Done<std::vector<plan::InferredRule>> done);
    /// The same of the events of exactly this name.
    Ticket inferNamed(event::CallType type, const QString &name, const plan::InferOptions &options,
                      Done<std::vector<plan::InferredRule>> done);

    struct Breaks
    {
        std::uint64_t events = 0;
        std::vector<plan::BreakCheck::Outcome> outcomes;
    };
    Ticket checkBreaks(const plan::Document &before, const plan::Document &after, const Selection &selection,
                       Progress progress, Done<Breaks> done);

    /// The newest of exactly this name; `take` is called for each, then `done`.
    Ticket examples(event::CallType type, const QString &name, std::size_t limit,
                    std::function<void(const report::StoredEvent &)> take, Done<void> done);
    /// One event; NotFound when it is gone. The value lives as long as the call.
    Ticket look(event::EventId id, std::function<void(base::Result<const report::StoredEvent *>)> done);

    struct SessionCount
    {
        store::Session session;
        std::uint64_t events = 0;
    };
    /// Newest first.
    Ticket sessions(Done<std::vector<SessionCount>> done);

    /// Live, until cancel(). A filter that can't be read is the state's problem.
    Ticket cover(const Selection &selection, std::shared_ptr<const check::Checker> checker,
                 std::function<void(const CoverageState &)> changed);
    /// All coverages, from the start.
    void recount(const std::shared_ptr<const check::Checker> &checker, Recount why);
    /// Something was stored. From the store thread: quick.
    void noteCommit();

    /// Nothing more is done for it; what it has said already may be on its way.
    void cancel(Ticket ticket);

private:
    Ticket ask(std::unique_ptr<Job> job);

    std::mutex m_mutex;
    Ticket m_lastTicket = 0;
    std::vector<std::pair<Ticket, std::shared_ptr<CoverageControl>>> m_controls;
    JobThread m_questions;
    JobThread m_coverages;
};

} // namespace engine
