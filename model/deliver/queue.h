// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deliver/destination.h"
#include "store/writer.h"

#include <QHostAddress>
#include <QObject>

namespace deliver {

struct DestinationHealth {
    QString name;
    std::uint64_t delivered = 0, failed = 0, pending = 0;
    QString lastError;
};

/// Sends what is queued in the store: outgoing requests, retries with exponential backoff and jitter,
/// Retry-After honoured. Survives restarts, because the queue is the store's dispatch table. Lives on the
/// deliver thread (a Qt loop); reads through its own connection, writes through the WriteQueue.
class Queue final : public QObject
{
    Q_OBJECT
public:
    /// `ownPorts`: where Trackside itself listens; a destination that leads back there is refused.
    Queue(QString storePath, store::WriteQueue &writes, const base::Clock &clock, QObject *parent = nullptr);
    ~Queue() override;

    /// Any thread. Replaces all; a destination that points at one of `own` is refused with a reason.
    [[nodiscard]] base::Result<void> setDestinations(const std::vector<DestinationConfig> &configs,
                                                     const std::vector<std::pair<QHostAddress, quint16>> &own);
    /// Names of destinations that forward live; what routing asks. Any thread.
    [[nodiscard]] std::vector<QString> liveDestinations() const;
    /// Any thread: something was queued.
    void wake();
    /// Any thread: queues these events as a replay to a destination, in the order given.
    void replay(const QString &destination, std::vector<event::EventId> events);
    /// Sends nothing new, lets what is under way end (at most `waitMs`).
    void close(int waitMs);

signals:
    void healthChanged(const QList<deliver::DestinationHealth> &health);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace deliver
