// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/model/store/storetest.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace storetest {

/// A store thread: runs what is posted, one after the other, while it is not held. Remembers which rows
/// changed, in which order.
class StoreThread final : public store::WriteQueue
{
public:
    explicit StoreThread(store::Writer &writer)
        : m_writer(writer)
        , m_thread([this](const std::stop_token &stop) { run(stop); })
    {
    }
    ~StoreThread() override { close(); }

    void post(store::WriteTask task) override
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_isClosed) {
                return;
            }
            m_tasks.push_back(std::move(task));
        }
        m_changed.notify_all();
    }
    [[nodiscard]] bool isWaitedFor() const override { return m_hurries; }

    void hold() { set(true); }
    void release() { set(false); }
    /// As if somebody always waited.
    void hurry() { m_hurries = true; }
    /// What waits is dropped, as when the engine stops.
    void close()
    {
        std::deque<store::WriteTask> dropped;
        {
            const std::lock_guard lock(m_mutex);
            m_isClosed = true;
            dropped.swap(m_tasks);
        }
        m_changed.notify_all();
    }

    [[nodiscard]] std::vector<event::EventId> changed() const
    {
        const std::lock_guard lock(m_mutex);
        return m_ids;
    }
    [[nodiscard]] std::size_t waiting() const
    {
        const std::lock_guard lock(m_mutex);
        return m_tasks.size();
    }
    [[nodiscard]] int runs() const { return m_runs; }

    /// On the store thread, behind what was posted; false when it was closed.
    template <typename Ask>
    auto ask(Ask ask)
    {
        std::promise<decltype(ask(m_writer))> answer;
        auto answered = answer.get_future();
        post([&](store::Writer &writer, event::CommitNotice &) { answer.set_value(ask(writer)); });
        return answered.get();
    }

private:
    void set(bool isHeld)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isHeld = isHeld;
        }
        m_changed.notify_all();
    }

    void run(const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        while (m_changed.wait(lock, stop, [this] { return m_isClosed || (!m_isHeld && !m_tasks.empty()); }) &&
               !m_isClosed) {
            const store::WriteTask task = std::move(m_tasks.front());
            m_tasks.pop_front();
            lock.unlock();
            event::CommitNotice notice;
            task(m_writer, notice);
            ++m_runs;
            lock.lock();
            for (const event::StateChange &change : notice.changed) {
                m_ids.push_back(change.id);
            }
        }
    }

    store::Writer &m_writer;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<store::WriteTask> m_tasks;
    std::vector<event::EventId> m_ids;
    std::atomic<bool> m_hurries = false;
    std::atomic<int> m_runs = 0;
    bool m_isHeld = false;
    bool m_isClosed = false;
    std::jthread m_thread;
};

} // namespace storetest
