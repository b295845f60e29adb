// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream/stream.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace stream {

struct FilterRequest
{
    filter::Query query;
    event::SessionId session{};
    std::uint64_t generation = 0;
};

struct SearchAnswer
{
    std::uint64_t ticket = 0; ///< of the search it belongs to
    std::vector<event::EventId> ids;
    bool isComplete = false;
};

/// What other threads have for the stream thread. Shared with the searches, whose answers may come when the
/// stream is gone.
class Inbox
{
public:
    struct Contents
    {
        std::vector<Stream::Loaded> loads;
        std::vector<event::CommitNotice> notices;
        std::vector<std::pair<event::SourceId, QString>> sourceNames;
        std::optional<FilterRequest> filter;
        std::vector<SearchAnswer> answers;
        bool hasSubscriber = false; ///< somebody new waits for a first update

        [[nodiscard]] bool isEmpty() const
        {
            return loads.empty() && notices.empty() && sourceNames.empty() && !filter && answers.empty() &&
                   !hasSubscriber;
        }
    };
    using Time = std::chrono::steady_clock::time_point;

    template <typename Put>
    void post(Put put)
    {
        {
            const std::lock_guard lock(m_mutex);
            put(m_contents);
        }
        m_wake.notify_one();
    }

    /// Everything there is, once there is something or the time has come.
    [[nodiscard]] Contents take(const std::stop_token &stop, std::optional<Time> until)
    {
        std::unique_lock lock(m_mutex);
        const auto hasSome = [this] { return !m_contents.isEmpty(); };
        if (until) {
            m_wake.wait_until(lock, stop, *until, hasSome);
        } else {
            m_wake.wait(lock, stop, hasSome);
        }
        return std::exchange(m_contents, {});
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Contents m_contents;
};

} // namespace stream
