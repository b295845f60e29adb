// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/planservices.h"

#include <algorithm>
#include <map>
#include <optional>

#include <QPointer>

namespace tests {

/// A ui::PlanServices without an engine: answers what a test put into it, edits its own open plans, says so
/// by the signals, and remembers what it was asked. Callbacks come at once, unless `isHeld`: then those of
/// jobs wait until release() (or are dropped by cancel()). Header only, like FakeServices, which holds one.
class FakePlanServices final : public ui::PlanServices
{
public:
    using ui::PlanServices::PlanServices;

    struct Export
    {
        QString path;
        plan::Format format{};
        QString to;
    };
    struct Inferred
    {
        Selection selection;
        plan::InferOptions options;
    };
    struct BreakQuestion
    {
        plan::Document before, after;
        Selection selection;
    };
    struct Addition
    {
        event::CallType type{};
        QString name, source, path;
    };

    // What a test puts in.
    std::vector<Open> plans;
    std::map<QString, std::vector<check::PlanIssue>> issueLists; ///< by path
    std::map<QString, plan::Document> files;                     ///< what readDocument finds
    std::vector<plan::InferredRule> inferredRules;
    Breaks breaks;
    std::map<QString, std::vector<Example>> exampleLists; ///< by event name
    std::vector<SessionChoice> sessionList;
    CoverageState coverage{std::make_shared<const report::Coverage>(), 1, {}};
    std::optional<AllowanceOffer> offer;
    QString additionPath;                  ///< what addToPlan answers
    std::optional<base::Error> writeError; ///< what save and exportPlan answer
    std::optional<base::Error> jobError;   ///< what infer, checkBreaks, addToPlan and offerAllowance answer
    bool isHeld = false;

    // What it was asked.
    std::vector<std::pair<QString, QString>> created; ///< path and name
    std::vector<std::pair<QString, plan::Document>> edits;
    QStringList saves, reads;
    std::vector<Export> exports;
    std::vector<std::pair<QString, Keep>> resolved;
    std::vector<Inferred> inferences;
    std::vector<BreakQuestion> breakQuestions;
    std::vector<std::pair<event::CallType, QString>> exampleQuestions;
    std::vector<Selection> coverageQuestions;
    std::vector<AllowanceOffer> applied;
    std::vector<Addition> additions;
    int cancels = 0;

    /// Opens a plan as if read from `document.path`, without edits.
    void open(plan::Document document)
    {
        Open opened;
        opened.document = std::make_shared<const plan::Document>(std::move(document));
        plans.push_back(std::move(opened));
        emit plansChanged();
    }
    void close(const QString &path)
    {
        std::erase_if(plans, [&](const Open &open) { return open.document->path == path; });
        emit plansChanged();
    }
    void setIssues(const QString &path, std::vector<check::PlanIssue> issues)
    {
        issueLists[path] = std::move(issues);
        emit issuesChanged(path);
    }
    [[nodiscard]] Open *find(const QString &path)
    {
        const auto found =
            std::ranges::find_if(plans, [&](const Open &open) { return open.document->path == path; });
        return found == plans.end() ? nullptr : &*found;
    }
    /// The file becomes this: taken when nothing was edited here, else a conflict.
    void changeOnDisk(plan::Document document)
    {
        Open *open = find(document.path);
        if (open == nullptr)
            return;
        auto fresh = std::make_shared<const plan::Document>(std::move(document));
        (open->isModified ? open->changedOnDisk : open->document) = std::move(fresh);
        emit plansChanged();
    }
    /// Coverage as it is now, to every watcher.
    void postCoverage(CoverageState state)
    {
        coverage = std::move(state);
        const auto watchers = m_watchers;
        for (const auto &[context, changed] : watchers)
            if (context)
                changed(coverage);
    }
    [[nodiscard]] bool isCoverageWatched() const { return !m_watchers.empty(); }
    /// Answers the jobs that were held.
    void release()
    {
        const auto held = std::exchange(m_held, {});
        for (const Held &job : held)
            if (job.context)
                job.finish();
    }
    /// What a held job would say of its progress.
    void progress(double done)
    {
        for (const Held &job : m_held)
            if (job.context)
                job.progress(done);
    }

    [[nodiscard]] std::vector<Open> openPlans() const override { return plans; }
    void createPlan(const QString &path, const QString &name) override
    {
        created.emplace_back(path, name);
        plan::Document document;
        document.path = path;
        document.name = name;
        open(std::move(document));
    }
    void edit(const QString &path, const plan::Document &document) override
    {
        edits.emplace_back(path, document);
        if (Open *open = find(path)) {
            open->document = std::make_shared<const plan::Document>(document);
            open->isModified = true;
        }
        emit plansChanged();
    }
    void save(const QString &path, QObject * /*context*/,
              std::function<void(base::Result<void>)> done) override
    {
        saves.append(path);
        if (writeError) {
            done(base::Failure(*writeError));
            return;
        }
        if (Open *open = find(path)) {
            open->isModified = false;
            open->changedOnDisk = nullptr;
        }
        emit plansChanged();
        done({});
    }
    void exportPlan(const QString &path, plan::Format format, const QString &to, QObject * /*context*/,
                    std::function<void(base::Result<void>)> done) override
    {
        exports.push_back({path, format, to});
        if (writeError)
            done(base::Failure(*writeError));
        else
            done({});
    }
    void resolveConflict(const QString &path, Keep keep) override
    {
        resolved.emplace_back(path, keep);
        if (Open *open = find(path); open != nullptr && open->changedOnDisk != nullptr) {
            if (keep == Keep::File) {
                open->document = open->changedOnDisk;
                open->isModified = false;
            }
            open->changedOnDisk = nullptr;
        }
        emit plansChanged();
    }
    void readDocument(const QString &path, QObject * /*context*/,
                      std::function<void(base::Result<plan::Document>)> done) override
    {
        reads.append(path);
        if (const auto found = files.find(path); found != files.end())
            done(found->second);
        else
            done(base::failure(base::ErrorCode::NotFound, QStringLiteral("There is no such file.")));
    }
    [[nodiscard]] std::vector<check::PlanIssue> issues(const QString &path) const override
    {
        const auto found = issueLists.find(path);
        return found == issueLists.end() ? std::vector<check::PlanIssue>{} : found->second;
    }
    void infer(const Selection &selection, const plan::InferOptions &options, QObject *context,
               Progress progress,
               std::function<void(base::Result<std::vector<plan::InferredRule>>)> done) override
    {
        inferences.push_back({selection, options});
        run(context, std::move(progress), std::move(done), inferredRules);
    }
    void checkBreaks(const plan::Document &before, const plan::Document &after, const Selection &selection,
                     QObject *context, Progress progress,
                     std::function<void(base::Result<Breaks>)> done) override
    {
        breakQuestions.push_back({before, after, selection});
        run(context, std::move(progress), std::move(done), breaks);
    }
    void cancel(QObject *context) override
    {
        ++cancels;
        std::erase_if(m_held, [context](const Held &job) { return job.context == context; });
    }
    void examples(event::CallType type, const QString &name, std::size_t limit, QObject * /*context*/,
                  std::function<void(std::vector<Example>)> done) override
    {
        exampleQuestions.emplace_back(type, name);
        std::vector<Example> found = exampleLists[name];
        found.resize(std::min(found.size(), limit));
        done(std::move(found));
    }
    void sessions(QObject * /*context*/, std::function<void(std::vector<SessionChoice>)> done) override
    {
        done(sessionList);
    }
    void watchCoverage(const Selection &selection, QObject *context,
                       std::function<void(const CoverageState &)> changed) override
    {
        coverageQuestions.push_back(selection);
        stopCoverage(context);
        m_watchers.emplace_back(context, changed);
        changed(coverage);
    }
    void stopCoverage(QObject *context) override
    {
        std::erase_if(m_watchers, [context](const auto &watcher) { return watcher.first == context; });
    }
    void offerAllowance(event::EventId /*id*/, const event::Finding & /*finding*/, QObject * /*context*/,
                        std::function<void(base::Result<AllowanceOffer>)> done) override
    {
        if (jobError || !offer)
            done(base::Failure(jobError.value_or(
                base::Error{base::ErrorCode::Unsupported, QStringLiteral("It takes a person."), {}, {}})));
        else
            done(*offer);
    }
    void applyAllowance(const AllowanceOffer &chosen) override { applied.push_back(chosen); }
    void addToPlan(event::CallType type, const QString &name, const QString &source, const QString &path,
                   QObject * /*context*/, std::function<void(base::Result<QString>)> done) override
    {
        additions.push_back({type, name, source, path});
        if (jobError)
            done(base::Failure(*jobError));
        else
            done(additionPath);
    }

private:
    struct Held
    {
        QPointer<QObject> context;
        Progress progress;
        std::function<void()> finish;
    };
    template <typename T>
    void run(QObject *context, Progress progress, std::function<void(base::Result<T>)> done, T answer)
    {
        const auto finish = [this, done = std::move(done), answer = std::move(answer)] {
            if (jobError)
                done(base::Failure(*jobError));
            else
                done(answer);
        };
        if (isHeld)
            m_held.push_back({context, std::move(progress), finish});
        else
            finish();
    }

    std::vector<Held> m_held;
    std::vector<std::pair<QPointer<QObject>, std::function<void(const CoverageState &)>>> m_watchers;
};

} // namespace tests
