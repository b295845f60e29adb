// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deliver/destination.h"
#include "store/writer.h"

#include <QHostAddress>
#include <QObject>

namespace deliver {

struct DestinationHealth
{
    QString name;
    std::uint64_t delivered = 0, failed = 0, pending = 0;
    QString lastError;
};

/// How the queue sends; the defaults are for people, tests want shorter waits.
struct QueueOptions
{
    std::size_t concurrency = 4; ///< requests under way to one destination
    int maxAttempts = 10;
    std::int64_t firstRetryMs = 1'000; ///< doubled at each attempt, give or take a fifth
    std::int64_t longestRetryMs = 60'000;
    int timeoutMs = 30'000;
};

/// Sends what is queued in the store: outgoing requests, retries with exponential backoff and jitter,
/// Retry-After honoured. Survives restarts, because the queue is the store's dispatch table. Lives on the
/// deliver thread (a Qt loop), to which it may be moved before its first event; reads through its own
/// connection, writes through the WriteQueue. Requests to a destination start in the order queued, replays
/// one after the other; while one waits for its next attempt the destination rests, so the order stays. What
/// is queued for a destination that is not configured waits.
class Queue final : public QObject
{
    Q_OBJECT
public:
    Queue(QString storePath, store::WriteQueue &writes, const base::Clock &clock, QObject *parent = nullptr,
          const QueueOptions &options = {});
    ~Queue() override;

    /// Any thread. Replaces all; a destination that leads back to one of `own`, where Trackside itself
    /// listens, is refused with a reason, and nothing changes.
    [[nodiscard]] base::Result<void>
    setDestinations(const std::vector<DestinationConfig> &configs,
                    const std::vector<std::pair<QHostAddress, quint16>> &own);
    /// Names of destinations that forward live; what routing asks. Any thread.
    [[nodiscard]] std::vector<QString> liveDestinations() const;
    /// Any thread: something was queued.
    void wake();
    /// Any thread: queues these events as a replay to a destination, in the order given, split at Segment's
    /// limits.
    void replay(const QString &destination, std::vector<event::EventId> events);
    /// Any thread but the queue's own: waits until all that is due was tried, at most `waitMs`. False: it was
    /// not in that time.
    bool finish(int waitMs);
    /// Sends nothing new. From another thread than its own it lets what is under way end (at most `waitMs`);
    /// from its own, where nothing could end meanwhile, it does not wait. What did not end is sent again by
    /// the next start.
    void close(int waitMs);

signals:
    /// At most four times a second. Delivered and failed count from the start, pending is what waits.
    void healthChanged(const QList<deliver::DestinationHealth> &health);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace deliver
