// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "deliver/queue.h"

#include "deliver/loopguard.h"
#include "deliver/queueimpl.h"

#include <QNetworkReply>
#include <QThread>

using namespace Qt::StringLiterals;

namespace deliver {

namespace {

constexpr int healthIntervalMs = 250;

} // namespace

Queue::Queue(QString storePath, store::WriteQueue &writes, const base::Clock &clock, QObject *parent,
             const QueueOptions &options)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(*this, std::move(storePath), writes, clock, options))
{
    m_impl->link->queue = this;
    m_impl->dueTimer = new QTimer(this);
    m_impl->dueTimer->setSingleShot(true);
    connect(m_impl->dueTimer, &QTimer::timeout, this, [this] { m_impl->pump(); });
    m_impl->healthTimer = new QTimer(this);
    m_impl->healthTimer->setSingleShot(true);
    m_impl->healthTimer->setInterval(healthIntervalMs);
    connect(m_impl->healthTimer, &QTimer::timeout, this, [this] { m_impl->tellHealth(); });
}

Queue::~Queue()
{
    {
        const std::lock_guard lock(m_impl->link->mutex);
        m_impl->link->queue = nullptr;
    }
    for (QNetworkReply *reply : m_impl->replies) {
        disconnect(reply, nullptr, this, nullptr);
    }
}

base::Result<void> Queue::setDestinations(const std::vector<DestinationConfig> &configs,
                                          const std::vector<std::pair<QHostAddress, quint16>> &own)
{
    std::map<QString, SharedDestination> made;
    std::vector<QString> live;
    for (const DestinationConfig &config : configs) {
        auto destination = makeDestination(config);
        if (!destination) {
            return base::Failure(std::move(destination.error()));
        }
        if (leadsBackHere(config.baseUrl, own)) {
            return base::failure(
                base::ErrorCode::BadInput, u"The destination %1 can't be used."_s.arg(config.name),
                u"%1 is where Trackside itself listens: every event would come back without end."_s.arg(
                    config.baseUrl.toString()),
                u"Use https://api.segment.io, or another receiver."_s);
        }
        if (!made.emplace(config.name, std::move(*destination)).second) {
            return base::failure(base::ErrorCode::BadInput,
                                 u"Two destinations have the name %1."_s.arg(config.name), {},
                                 u"Give each its own name."_s);
        }
        if (config.isLive) {
            live.push_back(config.name);
        }
    }
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->configured = std::move(made);
        m_impl->live = std::move(live);
        m_impl->isConfigChanged = true;
    }
    wake();
    return {};
}

std::vector<QString> Queue::liveDestinations() const
{
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->live;
}

void Queue::wake()
{
    // Commits come by the thousand a second: one call under way is enough.
    if (!m_impl->isPumpPosted.exchange(true)) {
        m_impl->link->post([](Impl &impl) {
            impl.isPumpPosted = false;
            impl.pump();
        });
    }
}

void Queue::replay(const QString &destination, std::vector<event::EventId> events)
{
    m_impl->link->post([plan = std::make_shared<ReplayPlan>(destination, std::move(events))](Impl &impl) {
        impl.plans.push_back(std::move(*plan));
        impl.planReplays();
    });
}

bool Queue::finish(int waitMs)
{
    std::unique_lock lock(m_impl->mutex);
    const std::uint64_t wanted = ++m_impl->finishWanted;
    lock.unlock();
    m_impl->link->post([](Impl &impl) { impl.pump(); });
    lock.lock();
    return m_impl->waiting.wait_for(lock, std::chrono::milliseconds(waitMs),
                                    [&] { return m_impl->finishDone >= wanted; });
}

void Queue::close(int waitMs)
{
    m_impl->isClosing = true;
    if (QThread::currentThread() == thread()) {
        return;
    }
    std::unique_lock lock(m_impl->mutex);
    m_impl->waiting.wait_for(lock, std::chrono::milliseconds(waitMs), [this] { return m_impl->isAtRest; });
}

} // namespace deliver
