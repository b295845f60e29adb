// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <stop_token>
#include <utility>
#include <vector>

namespace base {

/// Between two stages of the pipeline: any thread posts, one thread takes.
/// Bounded in bytes by consent: post() never refuses (nothing is dropped), but isFull() tells the
/// first stage to stop reading from its sockets until the queue has drained below half.
template <typename T>
class BoundedQueue
{
public:
    explicit BoundedQueue(std::size_t maxBytes)
        : m_maxBytes(maxBytes)
    {
    }

    /// `bytes` is what the value holds in memory, roughly. False once the queue is closed.
    bool post(T value, std::size_t bytes)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_isClosed) {
                return false;
            }
            m_items.emplace_back(std::move(value), bytes);
            m_bytes += bytes;
            m_isFull = m_isFull || m_bytes > m_maxBytes;
        }
        m_wake.notify_one();
        return true;
    }

    /// Waits for at least one value and takes up to `maxCount`, or until they hold `maxBytes` together.
    /// Empty: closed and drained.
    [[nodiscard]] std::vector<T> take(std::size_t maxCount, std::size_t maxBytes)
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_isClosed || !m_items.empty(); });
        std::vector<T> taken;
        taken.reserve(std::min(maxCount, m_items.size()));
        std::size_t takenBytes = 0;
        while (!m_items.empty() && taken.size() < maxCount && takenBytes < maxBytes) {
            taken.push_back(std::move(m_items.front().first));
            takenBytes += m_items.front().second;
            m_items.pop_front();
        }
        m_bytes -= takenBytes;
        if (m_bytes < m_maxBytes / 2) {
            m_isFull = false;
        }
        return taken;
    }

    /// No more values are taken in; what is queued can still be taken out.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isClosed = true;
        }
        m_wake.notify_all();
    }

    [[nodiscard]] bool isFull() const
    {
        const std::lock_guard lock(m_mutex);
        return m_isFull;
    }

    [[nodiscard]] std::size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_items.size();
    }

private:
    const std::size_t m_maxBytes;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::pair<T, std::size_t>> m_items;
    std::size_t m_bytes = 0;
    bool m_isFull = false;
    bool m_isClosed = false;
};

} // namespace base
