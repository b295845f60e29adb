// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/engine/engine.h"
#include "app/engine/planbook.h"
#include "app/engine/planchoice.h"
#include "app/engine/planjobs.h"
#include "ui/planservices.h"

#include <map>
#include <set>

#include <QPointer>
#include <QTimer>

namespace trackside {

class GuiServices;

/// The window's view of plans. What reads, writes and compiles the open ones runs on GuiServices' worker, in
/// the engine's turn; what may take long beside them (imports, exports, the lint of plans) on a worker of its
/// own; what walks the store on engine::PlanJobs' threads. GUI thread.
class GuiPlanServices final : public ui::PlanServices
{
    Q_OBJECT
public:
    explicit GuiPlanServices(GuiServices &services);
    ~GuiPlanServices() override;

    [[nodiscard]] std::vector<Open> openPlans() const override;
    void createPlan(const QString &path, const QString &name) override;
    void edit(const QString &path, const plan::Document &document) override;
    void save(const QString &path, QObject *context, std::function<void(base::Result<void>)> done) override;
    void exportPlan(const QString &path, plan::Format format, const QString &to, QObject *context,
                    std::function<void(base::Result<void>)> done) override;
    void resolveConflict(const QString &path, Keep keep) override;
    void readDocument(const QString &path, QObject *context,
                      std::function<void(base::Result<plan::Document>)> done) override;
    [[nodiscard]] std::vector<check::PlanIssue> issues(const QString &path) const override;

    void infer(const Selection &selection, const plan::InferOptions &options, QObject *context,
               Progress progress,
               std::function<void(base::Result<std::vector<plan::InferredRule>>)> done) override;
    void checkBreaks(const plan::Document &before, const plan::Document &after, const Selection &selection,
                     QObject *context, Progress progress,
                     std::function<void(base::Result<Breaks>)> done) override;
    void cancel(QObject *context) override;
    void examples(event::CallType type, const QString &name, std::size_t limit, QObject *context,
                  std::function<void(std::vector<Example>)> done) override;
    void sessions(QObject *context, std::function<void(std::vector<SessionChoice>)> done) override;
    void watchCoverage(const Selection &selection, QObject *context,
                       std::function<void(const CoverageState &)> changed) override;
    void stopCoverage(QObject *context) override;
    void offerAllowance(event::EventId id, const event::Finding &finding, QObject *context,
                        std::function<void(base::Result<AllowanceOffer>)> done) override;
    void applyAllowance(const AllowanceOffer &offer) override;
    void addToPlan(event::CallType type, const QString &name, const QString &source, const QString &path,
                   QObject *context, std::function<void(base::Result<QString>)> done) override;

    /// On GuiServices' worker, and on its only: the open plans, for the checker.
    [[nodiscard]] engine::PlanBook &book() { return m_book; }
    /// The open plans were changed or compiled.
    void noteBook();
    /// The checker is another one: coverage hangs on it.
    void noteChecker();
    /// Stored events get new verdicts without a new checker.
    void noteRecheck() { m_isRecheckExpected = true; }
    /// After a commit; any thread.
    void noteCommit();

    void adopt(engine::Engine &engine);
    /// Ends what is under way; before the engine goes.
    void close();

private:
    enum class Kind : std::uint8_t {
        Long,     ///< cancel() ends it
        Short,    ///< runs to its end
        Coverage, ///< has no end of its own
    };
    /// What somebody waits for.
    struct Question
    {
        QPointer<QObject> context;
        Kind kind = Kind::Short;
        engine::PlanJobs::Ticket ticket = 0; ///< of a job; 0: none (yet)
    };
    using QuestionId = std::uint64_t;

    QuestionId begin(QObject *context, Kind kind);
    /// True when the answer is still wanted; forgets the question.
    bool end(QuestionId id);
    /// Runs on the GUI thread when the question is still asked.
    template <typename Run>
    void answer(QuestionId id, Run run);
    template <typename Run>
    void tell(QuestionId id, Run run);
    /// `ask` runs when the jobs are there, at once or after the engine's start.
    void ask(QuestionId id, std::function<engine::PlanJobs::Ticket(engine::PlanJobs &jobs)> ask);
    void drop(QObject *context, const std::function<bool(Kind)> &which);

    /// What addToPlan() does once it has learnt.
    base::Result<QString> added(const base::Result<std::vector<plan::InferredRule>> &learnt,
                                event::CallType type, const QString &name, const QString &source,
                                const QString &path);

    void wantChecks();
    void poll();
    void lint();
    void tick();

    GuiServices &m_services;
    engine::PlanBook m_book;
    engine::Engine *m_engine = nullptr;
    std::unique_ptr<engine::PlanJobs> m_jobs;
    std::mutex m_jobsMutex; ///< the store thread asks for them
    std::unique_ptr<class Worker> m_worker;
    std::vector<std::function<void()>> m_waiting; ///< for the jobs

    std::map<QuestionId, Question> m_questions;
    QuestionId m_lastQuestion = 0;
    std::set<const QObject *> m_contexts; ///< whose end is watched

    struct Linted
    {
        std::shared_ptr<const plan::Plan> compiled;
        QString conventions;
        std::vector<check::PlanIssue> issues;
    };
    std::map<QString, Linted> m_linted; ///< by path
    bool m_isLinting = false;

    QTimer m_checkTimer; ///< from an edit to its check
    QTimer m_pollTimer;
    QTimer m_tickTimer; ///< while a coverage is watched
    bool m_isChecking = false;
    bool m_isPolling = false;
    bool m_isRecheckExpected = false;
};

} // namespace trackside
