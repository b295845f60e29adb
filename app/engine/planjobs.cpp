// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/planjobs.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace engine {

namespace {

using Order = store::Reader::Order;

/// Lets a number through ten times a second.
class ProgressGate
{
public:
    explicit ProgressGate(PlanJobs::Progress told)
        : m_told(std::move(told))
    {
    }

    void tell(double progress)
    {
        constexpr std::chrono::milliseconds interval{100};
        const auto now = std::chrono::steady_clock::now();
        if (m_told && now >= m_next) {
            m_next = now + interval;
            m_told(progress);
        }
    }

private:
    PlanJobs::Progress m_told;
    std::chrono::steady_clock::time_point m_next;
};

/// A question that walks events and has its answer at the end.
class WalkJob : public Job
{
public:
    WalkJob(base::Result<filter::Query> query, std::vector<event::EventId> events,
            PlanJobs::Progress progress)
        : m_query(std::move(query))
        , m_events(std::move(events))
        , m_progress(std::move(progress))
    {
    }

    [[nodiscard]] Step step(store::Reader &reader, const std::stop_token &stop) final
    {
        if (!m_query) {
            fail(m_query.error());
            return {Next::Done};
        }
        if (!m_walk) {
            m_walk.emplace(*m_query, m_events, Order::NewestFirst);
        }
        bool isEnough = false;
        const auto hasMore = m_walk->step(
            reader,
            [&](const report::StoredEvent &stored) {
                isEnough = take(stored) == Wants::Enough;
                return !isEnough;
            },
            stop);
        if (stop.stop_requested()) {
            return {Next::Done};
        }
        if (!hasMore) {
            fail(hasMore.error());
            return {Next::Done};
        }
        if (*hasMore && !isEnough) {
            m_progress.tell(std::max(m_walk->progress(), share()));
            return {Next::Again};
        }
        finish();
        return {Next::Done};
    }

protected:
    enum class Wants : std::uint8_t { More, Enough };
    [[nodiscard]] virtual Wants take(const report::StoredEvent &stored) = 0;
    virtual void finish() = 0;
    /// Of what is wanted at most, 0..1.
    [[nodiscard]] virtual double share() const { return 0; }

private:
    const base::Result<filter::Query> m_query;
    const std::vector<event::EventId> m_events;
    std::optional<SelectionWalk> m_walk;
    ProgressGate m_progress;
};

class InferJob final : public WalkJob
{
public:
    using Done = PlanJobs::Done<std::vector<plan::InferredRule>>;

    InferJob(base::Result<filter::Query> query, std::vector<event::EventId> events, QString name,
             const plan::InferOptions &options, PlanJobs::Progress progress, Done done)
        : WalkJob(std::move(query), std::move(events), std::move(progress))
        , m_name(std::move(name))
        , m_options(options)
        , m_done(std::move(done))
    {
    }

    void fail(const base::Error &error) override { m_done(base::Failure(error)); }

private:
    Wants take(const report::StoredEvent &stored) override
    {
        const event::Event &event = stored.event;
        if (!stored.merged.isMissing() && (m_name.isNull() || event.name == m_name)) {
            m_inference.add(event.summary.type, event.name, event.source, event.summary.receivedUs,
                            stored.merged);
        }
        return m_inference.events() >= PlanJobs::maxInferredEvents ? Wants::Enough : Wants::More;
    }
    void finish() override { m_done(m_inference.rules(m_options)); }
    [[nodiscard]] double share() const override
    {
        return static_cast<double>(m_inference.events()) / static_cast<double>(PlanJobs::maxInferredEvents);
    }

    const QString m_name; ///< null: any
    const plan::InferOptions m_options;
    const Done m_done;
    plan::Inference m_inference;
};

class BreaksJob final : public WalkJob
{
public:
    using Done = PlanJobs::Done<PlanJobs::Breaks>;

    BreaksJob(plan::Document before, plan::Document after, const Selection &selection,
              PlanJobs::Progress progress, Done done)
        : WalkJob(queryOf(selection), selection.events, std::move(progress))
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_done(std::move(done))
    {
    }

    void fail(const base::Error &error) override { m_done(base::Failure(error)); }

private:
    plan::BreakCheck &check()
    {
        // Compiles both plans, so not before the job's own thread.
        return m_check ? *m_check : m_check.emplace(m_before, m_after);
    }
    Wants take(const report::StoredEvent &stored) override
    {
        const event::Event &event = stored.event;
        if (!stored.merged.isMissing()) {
            check().add(event.summary.type, event.name, event.source, event.summary.id, stored.merged);
        }
        return Wants::More;
    }
    void finish() override { m_done(PlanJobs::Breaks{check().events(), check().outcomes()}); }

    const plan::Document m_before, m_after;
    const Done m_done;
    std::optional<plan::BreakCheck> m_check;
};

class ExamplesJob final : public WalkJob
{
public:
    using Take = std::function<void(const report::StoredEvent &)>;

    ExamplesJob(event::CallType type, const QString &name, std::size_t limit, Take take,
                PlanJobs::Done<void> done)
        : WalkJob(queryOf(type, name), {}, {})
        , m_name(name)
        , m_left(limit)
        , m_take(std::move(take))
        , m_done(std::move(done))
    {
    }

    void fail(const base::Error &error) override { m_done(base::Failure(error)); }

private:
    Wants take(const report::StoredEvent &stored) override
    {
        if (m_left > 0 && stored.event.name == m_name) {
            m_take(stored);
            --m_left;
        }
        return m_left == 0 ? Wants::Enough : Wants::More;
    }
    void finish() override { m_done({}); }

    const QString m_name;
    std::size_t m_left;
    const Take m_take;
    const PlanJobs::Done<void> m_done;
};

/// A question that is answered in one step.
template <typename T>
class ShortJob final : public Job
{
public:
    using Ask = std::function<base::Result<T>(store::Reader &)>;

    ShortJob(Ask ask, PlanJobs::Done<T> done)
        : m_ask(std::move(ask))
        , m_done(std::move(done))
    {
    }

    [[nodiscard]] Step step(store::Reader &reader, const std::stop_token &) override
    {
        m_done(m_ask(reader));
        return {Next::Done};
    }
    void fail(const base::Error &error) override { m_done(base::Failure(error)); }

private:
    const Ask m_ask;
    const PlanJobs::Done<T> m_done;
};

class LookJob final : public Job
{
public:
    using Done = std::function<void(base::Result<const report::StoredEvent *>)>;

    LookJob(event::EventId id, Done done)
        : m_id(id)
        , m_done(std::move(done))
    {
    }

    [[nodiscard]] Step step(store::Reader &reader, const std::stop_token &) override
    {
        report::StoredWalk walk(reader);
        const bool isThere = walk.one(m_id, [this](const report::StoredEvent &stored) {
            m_done(&stored);
            return true;
        });
        if (!isThere) {
            fail({base::ErrorCode::NotFound, u"This event is not in the store any more."_s,
                  u"It was deleted."_s, u"Choose another event."_s});
        }
        return {Next::Done};
    }
    void fail(const base::Error &error) override { m_done(base::Failure(error)); }

private:
    const event::EventId m_id;
    const Done m_done;
};

base::Result<std::vector<PlanJobs::SessionCount>> countSessions(store::Reader &reader)
{
    auto sessions = reader.sessions();
    if (!sessions) {
        return base::Failure(sessions.error());
    }
    std::ranges::reverse(*sessions);
    std::vector<PlanJobs::SessionCount> counted;
    for (store::Session &session : *sessions) {
        const auto counts = reader.counts(session.id);
        if (!counts) {
            return base::Failure(counts.error());
        }
        counted.push_back({std::move(session), counts->total});
    }
    return counted;
}

} // namespace

PlanJobs::PlanJobs(QString storePath)
    : m_questions(storePath, "plan jobs")
    , m_coverages(storePath, "coverage")
{
}

PlanJobs::~PlanJobs() = default;

PlanJobs::Ticket PlanJobs::ask(std::unique_ptr<Job> job)
{
    Ticket ticket = 0;
    {
        const std::lock_guard lock(m_mutex);
        ticket = ++m_lastTicket;
    }
    m_questions.start(ticket, std::move(job));
    return ticket;
}

PlanJobs::Ticket PlanJobs::infer(const Selection &selection, const plan::InferOptions &options,
                                 Progress progress, Done<std::vector<plan::InferredRule>> done)
{
    return ask(std::make_unique<InferJob>(queryOf(selection), selection.events, QString(), options,
                                          std::move(progress), std::move(done)));
}

PlanJobs::Ticket PlanJobs::inferNamed(event::CallType type, const QString &name,
                                      const plan::InferOptions &options,
                                      Done<std::vector<plan::InferredRule>> done)
{
    return ask(std::make_unique<InferJob>(queryOf(type, name), std::vector<event::EventId>(),
                                          name.isNull() ? u""_s : name, options, Progress(),
                                          std::move(done)));
}

PlanJobs::Ticket PlanJobs::checkBreaks(const plan::Document &before, const plan::Document &after,
                                       const Selection &selection, Progress progress, Done<Breaks> done)
{
    return ask(std::make_unique<BreaksJob>(before, after, selection, std::move(progress), std::move(done)));
}

PlanJobs::Ticket PlanJobs::examples(event::CallType type, const QString &name, std::size_t limit,
                                    std::function<void(const report::StoredEvent &)> take, Done<void> done)
{
    return ask(std::make_unique<ExamplesJob>(type, name, limit, std::move(take), std::move(done)));
}

PlanJobs::Ticket PlanJobs::look(event::EventId id,
                                std::function<void(base::Result<const report::StoredEvent *>)> done)
{
    return ask(std::make_unique<LookJob>(id, std::move(done)));
}

PlanJobs::Ticket PlanJobs::sessions(Done<std::vector<SessionCount>> done)
{
    return ask(std::make_unique<ShortJob<std::vector<SessionCount>>>(countSessions, std::move(done)));
}

PlanJobs::Ticket PlanJobs::cover(const Selection &selection, std::shared_ptr<const check::Checker> checker,
                                 std::function<void(const CoverageState &)> changed)
{
    auto query = queryOf(selection);
    auto control = std::make_shared<CoverageControl>(std::move(checker));
    Ticket ticket = 0;
    {
        const std::lock_guard lock(m_mutex);
        ticket = ++m_lastTicket;
        m_controls.emplace_back(ticket, control);
    }
    if (!query) {
        changed({std::make_shared<const report::Coverage>(), 1, query.error()});
        return ticket;
    }
    m_coverages.start(ticket, std::make_unique<CoverageJob>(std::move(*query), selection.events,
                                                            std::move(control), std::move(changed)));
    return ticket;
}

void PlanJobs::recount(const std::shared_ptr<const check::Checker> &checker, Recount why)
{
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[ticket, control] : m_controls) {
            control->recount(checker, why);
        }
    }
    m_coverages.wake();
}

void PlanJobs::noteCommit()
{
    m_coverages.wake();
}

void PlanJobs::cancel(Ticket ticket)
{
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_controls, [ticket](const auto &one) { return one.first == ticket; });
    }
    m_questions.cancel(ticket);
    m_coverages.cancel(ticket);
}

} // namespace engine
