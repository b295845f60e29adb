// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deliver/queue.h"
#include "deliver/replayplan.h"
#include "store/reader.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <random>
#include <set>

#include <QNetworkAccessManager>
#include <QTimer>

class QNetworkReply;

namespace deliver {

using SharedDestination = std::shared_ptr<const Destination>;

/// One outgoing request (or the few that one replay needs) between its start and the note of its end.
struct Flight
{
    QString lane;
    store::Dispatch dispatch;
    std::vector<Outgoing> parts;
    std::size_t part = 0;
    std::int64_t startedUs = 0;
};

struct Lane
{
    SharedDestination destination; ///< null: removed while requests were under way
    std::set<event::DispatchId> underWay;
    bool isReplaying = false;
    std::int64_t pausedUntilUs = 0;
    std::uint64_t delivered = 0;
    std::uint64_t failed = 0;
    QString lastError;
};

struct Queue::Impl
{
    /// Lets tasks on the store thread find the queue as long as it lives.
    struct Link
    {
        std::mutex mutex;
        Queue *queue = nullptr;

        void post(std::function<void(Impl &)> task)
        {
            const std::lock_guard lock(mutex);
            if (queue != nullptr) {
                QMetaObject::invokeMethod(
                    queue, [queue = queue, task = std::move(task)] { task(*queue->m_impl); },
                    Qt::QueuedConnection);
            }
        }
    };

    Impl(Queue &owner, QString path, store::WriteQueue &writeQueue, const base::Clock &ownClock,
         const QueueOptions &ownOptions)
        : queue(owner)
        , storePath(std::move(path))
        , writes(writeQueue)
        , clock(ownClock)
        , options(ownOptions)
        , random(std::random_device{}())
    {
    }

    void applyDestinations();
    bool openReader();
    void pump();
    bool startDue(const QString &name, Lane &lane, std::int64_t nowUs, std::int64_t &nextUs);
    void start(const QString &name, Lane &lane, event::DispatchId id);
    base::Result<std::vector<Outgoing>> build(const store::Dispatch &dispatch,
                                              const Destination &destination);
    void send(const std::shared_ptr<Flight> &flight);
    void answered(const std::shared_ptr<Flight> &flight, QNetworkReply &reply);
    void end(const Flight &flight, store::Attempt attempt, Classified verdict);
    [[nodiscard]] std::int64_t retryDelayMs(int attempts, std::int64_t askedMs);
    void noted(const QString &name, event::DispatchId id, bool wasStored);
    void planReplays();
    void tellHealth();
    [[nodiscard]] bool isSending() const;

    Queue &queue;
    const QString storePath;
    store::WriteQueue &writes;
    const base::Clock &clock;
    const QueueOptions options;
    std::shared_ptr<Link> link = std::make_shared<Link>();

    // Shared between threads.
    mutable std::mutex mutex;
    std::map<QString, SharedDestination> configured;
    std::vector<QString> live;
    bool isConfigChanged = false;
    std::atomic<bool> isPumpPosted = false;
    std::atomic<bool> isClosing = false;
    std::condition_variable_any waiting;
    std::uint64_t finishWanted = 0; ///< under `mutex`
    std::uint64_t finishDone = 0;   ///< under `mutex`
    bool isAtRest = true;           ///< under `mutex`: nothing is under way

    // The queue's own thread.
    std::optional<store::Reader> reader;
    std::unique_ptr<QNetworkAccessManager> network;
    std::set<QNetworkReply *> replies;
    std::map<QString, Lane> lanes;
    std::deque<ReplayPlan> plans;
    std::size_t plansInWriting = 0;
    QTimer *dueTimer = nullptr;
    QTimer *healthTimer = nullptr;
    std::mt19937 random;
};

} // namespace deliver
