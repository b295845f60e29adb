// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/trackside/guiplanservices.h"

#include "app/trackside/guiservices.h"
#include "app/trackside/worker.h"
#include "ui/captureservices.h"
#include "ui/widgets/jsonformat.h"

namespace trackside {

namespace {

constexpr int checkDelayMs = 300; ///< checking follows an edit within half a second
constexpr int pollIntervalMs = 1'000;
constexpr int tickIntervalMs = 250;

engine::Selection selectionOf(const ui::PlanServices::Selection &selection)
{
    return {selection.filter, selection.events, selection.sessions};
}

ui::PlanServices::Open shown(const engine::PlanBook::Open &open)
{
    return {open.document, open.compiled, open.isModified, open.changedOnDisk};
}

ui::PlanServices::Example exampleOf(const event::Event &event)
{
    ui::PlanServices::Example example;
    example.id = event.summary.id;
    example.receivedUs = event.summary.receivedUs;
    example.source = event.source;
    example.status = event.state.status;
    json::Parser parser;
    const auto parsed = parser.parse(event.body);
    example.body = parsed ? ui::formatJson((*parsed)->root()).toUtf8() : event.body;
    return example;
}

} // namespace

GuiPlanServices::GuiPlanServices(GuiServices &services)
    : m_services(services)
    , m_worker(std::make_unique<Worker>())
{
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(checkDelayMs);
    connect(&m_checkTimer, &QTimer::timeout, this, &GuiPlanServices::wantChecks);
    m_pollTimer.setInterval(pollIntervalMs);
    connect(&m_pollTimer, &QTimer::timeout, this, &GuiPlanServices::poll);
    m_tickTimer.setInterval(tickIntervalMs);
    connect(&m_tickTimer, &QTimer::timeout, this, &GuiPlanServices::tick);
}

GuiPlanServices::~GuiPlanServices() = default;

void GuiPlanServices::adopt(engine::Engine &engine)
{
    m_engine = &engine;
    {
        const std::lock_guard lock(m_jobsMutex);
        m_jobs = std::make_unique<engine::PlanJobs>(engine.storePath());
    }
    for (const auto &waiting : std::exchange(m_waiting, {})) {
        waiting();
    }
    m_pollTimer.start();
}

void GuiPlanServices::close()
{
    m_pollTimer.stop();
    m_checkTimer.stop();
    m_tickTimer.stop();
    m_worker.reset();
    std::unique_ptr<engine::PlanJobs> ending;
    {
        const std::lock_guard lock(m_jobsMutex);
        ending = std::move(m_jobs);
    }
    ending.reset();
    m_engine = nullptr;
}

GuiPlanServices::QuestionId GuiPlanServices::begin(QObject *context, Kind kind)
{
    if (m_contexts.insert(context).second) {
        connect(context, &QObject::destroyed, this, [this, context] {
            m_contexts.erase(context);
            drop(nullptr, [](Kind) { return true; });
        });
    }
    m_questions.emplace(++m_lastQuestion, Question{context, kind, 0});
    return m_lastQuestion;
}

bool GuiPlanServices::end(QuestionId id)
{
    const auto found = m_questions.find(id);
    if (found == m_questions.end()) {
        return false;
    }
    const bool isWanted = found->second.context != nullptr;
    m_questions.erase(found);
    return isWanted;
}

template <typename Run>
void GuiPlanServices::answer(QuestionId id, Run run)
{
    QMetaObject::invokeMethod(
        this,
        [this, id, run = std::move(run)] {
            if (end(id)) {
                run();
            }
        },
        Qt::QueuedConnection);
}

template <typename Run>
void GuiPlanServices::tell(QuestionId id, Run run)
{
    QMetaObject::invokeMethod(
        this,
        [this, id, run = std::move(run)] {
            const auto found = m_questions.find(id);
            if (found != m_questions.end() && found->second.context != nullptr) {
                run();
            }
        },
        Qt::QueuedConnection);
}

void GuiPlanServices::ask(QuestionId id, std::function<engine::PlanJobs::Ticket(engine::PlanJobs &)> ask)
{
    if (m_jobs == nullptr) {
        m_waiting.push_back([this, id, ask = std::move(ask)] {
            if (m_questions.contains(id)) {
                this->ask(id, ask);
            }
        });
        return;
    }
    // An answer is queued, so the question is still there.
    m_questions.at(id).ticket = ask(*m_jobs);
}

/// Of a context; null: of those that are gone.
void GuiPlanServices::drop(QObject *context, const std::function<bool(Kind)> &which)
{
    std::erase_if(m_questions, [&](const auto &entry) {
        const Question &question = entry.second;
        if (question.context != context || !which(question.kind)) {
            return false;
        }
        if (m_jobs != nullptr && question.ticket != 0) {
            m_jobs->cancel(question.ticket);
        }
        return true;
    });
}

std::vector<ui::PlanServices::Open> GuiPlanServices::openPlans() const
{
    std::vector<Open> plans;
    for (const engine::PlanBook::Open &open : m_book.plans()) {
        if (open.compiled != nullptr) { // else it is just being opened
            plans.push_back(shown(open));
        }
    }
    return plans;
}

void GuiPlanServices::createPlan(const QString &path, const QString &name)
{
    m_services.changeChecks(
        [path, name](engine::PlanBook &book) {
            const auto created = book.create(path, name);
            return created ? std::vector<base::Error>() : std::vector{created.error()};
        },
        GuiServices::Reload::WhenPlansChanged, [this] { m_services.savePlanPaths(); });
}

void GuiPlanServices::edit(const QString &path, const plan::Document &document)
{
    m_book.edit(path, document);
    emit plansChanged();
    if (!m_checkTimer.isActive()) {
        m_checkTimer.start();
    }
}

void GuiPlanServices::wantChecks()
{
    if (m_isChecking) {
        m_checkTimer.start(); // the edits since then wait for what is under way
        return;
    }
    m_isChecking = true;
    m_services.changeChecks({}, GuiServices::Reload::WhenPlansChanged, {});
}

void GuiPlanServices::noteBook()
{
    m_isChecking = false;
    emit plansChanged();
    lint();
}

void GuiPlanServices::noteChecker()
{
    m_isRecheckExpected = true;
    if (m_jobs != nullptr) {
        m_jobs->recount(m_services.checker(), engine::Recount::NewPlan);
    }
    lint();
}

void GuiPlanServices::poll()
{
    if (m_isPolling) {
        return;
    }
    QStringList others;
    if (const ui::CaptureServices *capture = m_services.captureServices()) {
        for (const intake::SourceConfig &source : capture->sources()) {
            others += source.plans;
        }
    }
    m_isPolling = true;
    m_services.onWorker([this, others](engine::Engine &) {
        m_book.watch(others);
        const auto polled = m_book.poll();
        QMetaObject::invokeMethod(
            this,
            [this, polled] {
                m_isPolling = false;
                for (const base::Error &problem : polled.problems) {
                    emit m_services.failed(problem);
                }
                if (polled.isChanged) {
                    emit plansChanged();
                }
                if (polled.isChanged || polled.isOtherChanged) {
                    m_services.changeChecks({},
                                            polled.isOtherChanged ? GuiServices::Reload::Always
                                                                  : GuiServices::Reload::WhenPlansChanged,
                                            {});
                }
            },
            Qt::QueuedConnection);
    });
}

void GuiPlanServices::save(const QString &path, QObject *context,
                           std::function<void(base::Result<void>)> done)
{
    const QuestionId id = begin(context, Kind::Short);
    m_services.onWorker([this, id, path, done = std::move(done)](engine::Engine &) {
        const auto saved = m_book.save(path);
        QMetaObject::invokeMethod(
            this,
            [this] {
                emit plansChanged();
                m_checkTimer.start(); // saving looks at the file first, and may have taken its change over
            },
            Qt::QueuedConnection);
        answer(id, [done, saved] { done(saved); });
    });
}

void GuiPlanServices::exportPlan(const QString &path, plan::Format format, const QString &to,
                                 QObject *context, std::function<void(base::Result<void>)> done)
{
    const QuestionId id = begin(context, Kind::Short);
    m_worker->post([this, id, path, format, to, done = std::move(done)] {
        base::Result<void> written;
        if (const auto open = m_book.find(path)) {
            written = plan::writeDocument(*open->document, format, to);
        } else {
            written = base::failure(base::ErrorCode::NotFound, tr("The plan is not open any more."),
                                    tr("%1 was closed.").arg(path), tr("Open it again, then export it."));
        }
        answer(id, [done, written] { done(written); });
    });
}

void GuiPlanServices::resolveConflict(const QString &path, Keep keep)
{
    m_book.resolve(path, keep == Keep::File ? engine::PlanBook::Keep::File : engine::PlanBook::Keep::Edits);
    emit plansChanged();
    wantChecks();
}

void GuiPlanServices::readDocument(const QString &path, QObject *context,
                                   std::function<void(base::Result<plan::Document>)> done)
{
    const QuestionId id = begin(context, Kind::Short);
    m_worker->post([this, id, path, done = std::move(done)] {
        const auto read = std::make_shared<const base::Result<plan::Document>>(plan::readDocument(path));
        answer(id, [done, read] { done(*read); });
    });
}

std::vector<check::PlanIssue> GuiPlanServices::issues(const QString &path) const
{
    const auto found = m_linted.find(path);
    return found == m_linted.end() ? std::vector<check::PlanIssue>() : found->second.issues;
}

void GuiPlanServices::lint()
{
    if (m_isLinting || m_worker == nullptr || m_services.checker() == nullptr) {
        return;
    }
    const auto plans = m_book.plans();
    std::erase_if(m_linted, [&plans](const auto &entry) {
        return std::ranges::none_of(plans, [&entry](const engine::PlanBook::Open &open) {
            return open.document->path == entry.first;
        });
    });
    const QString conventions = m_services.conventions();
    const auto stale = std::ranges::find_if(plans, [&](const engine::PlanBook::Open &open) {
        const auto known = m_linted.find(open.document->path);
        return open.compiled != nullptr &&
               (known == m_linted.end() || known->second.compiled != open.compiled ||
                known->second.conventions != conventions);
    });
    if (stale == plans.end()) {
        return;
    }
    m_isLinting = true;
    m_worker->post([this, open = *stale, conventions, checker = m_services.checker()] {
        auto linted = std::make_shared<Linted>();
        linted->compiled = open.compiled;
        linted->conventions = conventions;
        linted->issues = check::lintPlan(*open.compiledOf, *open.compiled, checker->conventions());
        QMetaObject::invokeMethod(
            this,
            [this, linted, path = open.document->path] {
                m_isLinting = false;
                if (m_book.find(path)) {
                    m_linted[path] = std::move(*linted);
                    emit issuesChanged(path);
                }
                lint(); // the next one, or what was edited meanwhile
            },
            Qt::QueuedConnection);
    });
}

void GuiPlanServices::infer(const Selection &selection, const plan::InferOptions &options, QObject *context,
                            Progress progress,
                            std::function<void(base::Result<std::vector<plan::InferredRule>>)> done)
{
    const QuestionId id = begin(context, Kind::Long);
    ask(id, [=, this, selection = selectionOf(selection)](engine::PlanJobs &jobs) {
        return jobs.infer(
            selection, options,
            [this, id, progress](double share) {
                if (progress) {
                    tell(id, [progress, share] { progress(share); });
                }
            },
            [this, id, done](base::Result<std::vector<plan::InferredRule>> rules) {
                const auto shared = std::make_shared<const decltype(rules)>(std::move(rules));
                answer(id, [done, shared] { done(*shared); });
            });
    });
}

void GuiPlanServices::checkBreaks(const plan::Document &before, const plan::Document &after,
                                  const Selection &selection, QObject *context, Progress progress,
                                  std::function<void(base::Result<Breaks>)> done)
{
    const QuestionId id = begin(context, Kind::Long);
    ask(id, [=, this, selection = selectionOf(selection)](engine::PlanJobs &jobs) {
        return jobs.checkBreaks(
            before, after, selection,
            [this, id, progress](double share) {
                if (progress) {
                    tell(id, [progress, share] { progress(share); });
                }
            },
            [this, id, done](base::Result<engine::PlanJobs::Breaks> found) {
                auto breaks = std::make_shared<base::Result<Breaks>>();
                if (found) {
                    *breaks = Breaks{found->events, std::move(found->outcomes)};
                } else {
                    *breaks = base::Failure(found.error());
                }
                answer(id, [done, breaks] { done(*breaks); });
            });
    });
}

void GuiPlanServices::cancel(QObject *context)
{
    drop(context, [](Kind kind) { return kind == Kind::Long; });
}

void GuiPlanServices::examples(event::CallType type, const QString &name, std::size_t limit, QObject *context,
                               std::function<void(std::vector<Example>)> done)
{
    const QuestionId id = begin(context, Kind::Short);
    ask(id, [=, this](engine::PlanJobs &jobs) {
        auto found = std::make_shared<std::vector<Example>>();
        return jobs.examples(
            type, name, limit,
            [found](const report::StoredEvent &stored) { found->push_back(exampleOf(stored.event)); },
            [this, id, done, found](const base::Result<void> &read) {
                answer(id, [this, done, found, read] {
                    if (!read) {
                        emit m_services.failed(read.error());
                    }
                    done(std::move(*found));
                });
            });
    });
}

void GuiPlanServices::sessions(QObject *context, std::function<void(std::vector<SessionChoice>)> done)
{
    const QuestionId id = begin(context, Kind::Short);
    ask(id, [this, id, done = std::move(done)](engine::PlanJobs &jobs) {
        return jobs.sessions(
            [this, id, done](const base::Result<std::vector<engine::PlanJobs::SessionCount>> &counted) {
                std::vector<SessionChoice> choices;
                for (const auto &one : counted ? *counted : std::vector<engine::PlanJobs::SessionCount>()) {
                    choices.push_back({one.session.id, one.session.name, one.session.startedUs, one.events});
                }
                const auto problem = counted ? std::optional<base::Error>() : counted.error();
                answer(id, [this, done, choices, problem] {
                    if (problem) {
                        emit m_services.failed(*problem);
                    }
                    done(choices);
                });
            });
    });
}

void GuiPlanServices::watchCoverage(const Selection &selection, QObject *context,
                                    std::function<void(const CoverageState &)> changed)
{
    stopCoverage(context);
    const QuestionId id = begin(context, Kind::Coverage);
    ask(id, [=, this, selection = selectionOf(selection)](engine::PlanJobs &jobs) {
        return jobs.cover(selection, m_services.checker(),
                          [this, id, changed](const engine::CoverageState &state) {
                              const CoverageState told{state.coverage, state.progress, state.problem};
                              tell(id, [changed, told] { changed(told); });
                          });
    });
    m_tickTimer.start();
}

void GuiPlanServices::stopCoverage(QObject *context)
{
    drop(context, [](Kind kind) { return kind == Kind::Coverage; });
}

void GuiPlanServices::tick()
{
    const bool isWatched = std::ranges::any_of(
        m_questions, [](const auto &entry) { return entry.second.kind == Kind::Coverage; });
    if (!isWatched || m_engine == nullptr) {
        m_tickTimer.stop();
        return;
    }
    if (m_engine->recheckBacklog() > 0) {
        m_isRecheckExpected = true;
    } else if (std::exchange(m_isRecheckExpected, false)) {
        m_jobs->recount(m_services.checker(), engine::Recount::NewVerdicts);
    }
}

void GuiPlanServices::noteCommit()
{
    const std::lock_guard lock(m_jobsMutex);
    if (m_jobs != nullptr) {
        m_jobs->noteCommit();
    }
}

void GuiPlanServices::offerAllowance(event::EventId event, const event::Finding &finding, QObject *context,
                                     std::function<void(base::Result<AllowanceOffer>)> done)
{
    const QuestionId id = begin(context, Kind::Short);
    ask(id, [=, this](engine::PlanJobs &jobs) {
        return jobs.look(
            event, [this, id, finding, done, plans = m_book.plans(),
                    checker = m_services.checker()](const base::Result<const report::StoredEvent *> &stored) {
                base::Result<AllowanceOffer> offer;
                if (!stored) {
                    offer = base::Failure(stored.error());
                } else if (auto found = engine::offerAllowance(plans, *checker, **stored, finding)) {
                    offer = AllowanceOffer{found->path, found->before, found->allowance};
                } else {
                    offer = base::Failure(found.error());
                }
                answer(id, [done, offer] { done(offer); });
            });
    });
}

void GuiPlanServices::applyAllowance(const AllowanceOffer &offer)
{
    const auto open = m_book.find(offer.path);
    if (!open) {
        emit m_services.failed({base::ErrorCode::NotFound, tr("The plan was not changed."),
                                tr("%1 was closed.").arg(offer.path), tr("Open it again.")});
        return;
    }
    const auto changed = engine::withAllowance(*open->document, {offer.path, offer.before, offer.allowance});
    if (!changed) {
        emit m_services.failed(changed.error());
        return;
    }
    edit(offer.path, *changed);
}

void GuiPlanServices::addToPlan(event::CallType type, const QString &name, const QString &source,
                                const QString &path, QObject *context,
                                std::function<void(base::Result<QString>)> done)
{
    const QuestionId id = begin(context, Kind::Short);
    ask(id, [=, this](engine::PlanJobs &jobs) {
        return jobs.inferNamed(
            type, name, {}, [=, this](base::Result<std::vector<plan::InferredRule>> learnt) {
                const auto shared = std::make_shared<const decltype(learnt)>(std::move(learnt));
                // Of the plan as it is then: it may have been edited meanwhile.
                answer(id, [=, this] { done(added(*shared, type, name, source, path)); });
            });
    });
}

base::Result<QString> GuiPlanServices::added(const base::Result<std::vector<plan::InferredRule>> &learnt,
                                             event::CallType type, const QString &name, const QString &source,
                                             const QString &path)
{
    if (!learnt) {
        return base::Failure(learnt.error());
    }
    std::optional<engine::PlanBook::Open> open;
    if (path.isEmpty()) {
        auto found = engine::planFor(m_book.plans(), *m_services.checker(), source);
        if (!found) {
            return base::Failure(found.error());
        }
        open = std::move(*found);
    } else {
        open = m_book.find(path);
    }
    if (!open) {
        return base::failure(base::ErrorCode::NotFound, tr("The plan was not changed."),
                             tr("%1 is not open.").arg(path), tr("Open it, then add the event."));
    }
    const auto changed = engine::withEvent(*open->document, type, name, source, *learnt);
    if (!changed) {
        return base::Failure(changed.error());
    }
    edit(open->document->path, *changed);
    return open->document->path;
}

} // namespace trackside
