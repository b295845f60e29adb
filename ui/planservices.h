// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/planlint.h"
#include "filter/query.h"
#include "plan/compare.h"
#include "plan/infer.h"
#include "plan/sheet.h"
#include "report/coverage.h"

#include <QObject>

namespace ui {

/// What the window wants of plans: documents that are edited, saved, learnt, compared, and held against what
/// was captured. app/trackside implements it, tests fake it. GUI thread only; nothing here blocks: answers
/// come as callbacks (dropped when `context` is gone) and signals on the GUI thread; Services::failed tells
/// what failed.
class PlanServices : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    using DocumentPointer = std::shared_ptr<const plan::Document>;

    /// A plan that is open: events are checked against the document as it is here, saved or not.
    struct Open
    {
        DocumentPointer document;
        std::shared_ptr<const plan::Plan>
            compiled;            ///< of this or, for a moment after an edit, the one before
        bool isModified = false; ///< differs from its file
        /// Not null: the file was changed by someone else while there were edits here.
        DocumentPointer changedOnDisk;
    };
    /// In the order they were opened; by `document->path`.
    [[nodiscard]] virtual std::vector<Open> openPlans() const = 0;
    /// A new, empty plan at a path that does not exist yet; written at once, opened, checked against.
    virtual void createPlan(const QString &path, const QString &name) = 0;
    /// An edit: checking follows within half a second, plansChanged() at once.
    virtual void edit(const QString &path, const plan::Document &document) = 0;
    /// In the format it was read in.
    virtual void save(const QString &path, QObject *context,
                      std::function<void(base::Result<void>)> done) = 0;
    /// A copy elsewhere (export); the open plan stays where it is.
    virtual void exportPlan(const QString &path, plan::Format format, const QString &to, QObject *context,
                            std::function<void(base::Result<void>)> done) = 0;
    /// Both changed: take the file's, or keep what is here (the next save overwrites the file).
    enum class Keep : std::uint8_t { File, Edits };
    virtual void resolveConflict(const QString &path, Keep keep) = 0;
    /// Reads without opening: for compare, merge and import.
    virtual void readDocument(const QString &path, QObject *context,
                              std::function<void(base::Result<plan::Document>)> done) = 0;

    /// What is wrong with an open plan; recomputed off the GUI thread after each edit; issuesChanged() tells.
    [[nodiscard]] virtual std::vector<check::PlanIssue> issues(const QString &path) const = 0;

    /// Which captured events are looked at; both empty: all of the store.
    struct Selection
    {
        QString filter;                         ///< of the filter language
        std::vector<event::EventId> events;     ///< when not empty: these alone
        std::vector<event::SessionId> sessions; ///< when not empty: of these alone
    };
    using Progress = std::function<void(double)>; ///< 0..1; at most ten times a second
    virtual void infer(const Selection &selection, const plan::InferOptions &options, QObject *context,
                       Progress progress,
                       std::function<void(base::Result<std::vector<plan::InferredRule>>)> done) = 0;
    struct Breaks
    {
        std::uint64_t events = 0;
        std::vector<plan::BreakCheck::Outcome> outcomes;
    };
    virtual void checkBreaks(const plan::Document &before, const plan::Document &after,
                             const Selection &selection, QObject *context, Progress progress,
                             std::function<void(base::Result<Breaks>)> done) = 0;
    /// Ends infer() or checkBreaks() of a context; its `done` is not called.
    virtual void cancel(QObject *context) = 0;

    /// The newest captured events of one name, as formatted JSON with their ids: examples beside a rule.
    struct Example
    {
        event::EventId id{};
        std::int64_t receivedUs = 0;
        QString source;
        event::Status status{};
        QByteArray body;
    };
    virtual void examples(event::CallType type, const QString &name, std::size_t limit, QObject *context,
                          std::function<void(std::vector<Example>)> done) = 0;

    struct SessionChoice
    {
        event::SessionId id{};
        QString name;
        std::int64_t startedUs = 0;
        std::uint64_t events = 0;
    };
    virtual void sessions(QObject *context, std::function<void(std::vector<SessionChoice>)> done) = 0;

    /// Coverage of a selection, live: `changed` is called with what is counted so far (progress below 1),
    /// then at most four times a second while events come or verdicts change, until stopCoverage() or the
    /// context ends. One at a time for each context.
    struct CoverageState
    {
        std::shared_ptr<const report::Coverage> coverage; ///< never null
        double progress = 1;
        base::Error problem; ///< a filter that can't be read
    };
    virtual void watchCoverage(const Selection &selection, QObject *context,
                               std::function<void(const CoverageState &)> changed) = 0;
    virtual void stopCoverage(QObject *context) = 0;

    /// "The plan is wrong: allow this": of a stored event's finding. The answer names the plan and what would
    /// change; nothing is changed until applyAllowance().
    struct AllowanceOffer
    {
        QString path; ///< of the plan
        plan::RulePointer before;
        plan::Allowance allowance;
    };
    virtual void offerAllowance(event::EventId id, const event::Finding &finding, QObject *context,
                                std::function<void(base::Result<AllowanceOffer>)> done) = 0;
    virtual void applyAllowance(const AllowanceOffer &offer) = 0;
    /// "Add to plan": a rule inferred from all captured events of that name, added to the plan that covers
    /// the source (or the one at `path` when not empty). plansChanged() follows; `done` has the path of the
    /// plan.
    virtual void addToPlan(event::CallType type, const QString &name, const QString &source,
                           const QString &path, QObject *context,
                           std::function<void(base::Result<QString>)> done) = 0;

signals:
    void plansChanged(); ///< documents, their modified state, conflicts
    void issuesChanged(const QString &path);
};

} // namespace ui
