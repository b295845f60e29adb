// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream/stream.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace stream {

/// Who watches. Updates are posted without a lock held; unsubscribing waits for the one that is on its way.
class Audience
{
public:
    void add(Subscriber *subscriber)
    {
        const std::lock_guard lock(m_mutex);
        m_members.push_back({subscriber, true});
    }

    /// Not from inside the subscriber's post().
    void remove(Subscriber *subscriber)
    {
        std::unique_lock lock(m_mutex);
        std::erase_if(m_members,
                      [subscriber](const Member &member) { return member.subscriber == subscriber; });
        m_posted.wait(lock, [&] { return m_posting != subscriber; });
    }

    [[nodiscard]] bool hasNew() const
    {
        const std::lock_guard lock(m_mutex);
        return std::ranges::any_of(m_members, &Member::isNew);
    }

    enum class Which : std::uint8_t { New, Old };
    /// Stream thread. Those that are new are old afterwards.
    void post(Which which, const StreamUpdate &update)
    {
        std::vector<Subscriber *> receivers;
        {
            const std::lock_guard lock(m_mutex);
            for (Member &member : m_members) {
                if (member.isNew == (which == Which::New)) {
                    member.isNew = false;
                    receivers.push_back(member.subscriber);
                }
            }
        }
        for (Subscriber *receiver : receivers) {
            if (begin(receiver)) {
                receiver->post(update);
                end();
            }
        }
    }

private:
    struct Member
    {
        Subscriber *subscriber = nullptr;
        bool isNew = true;
    };

    bool begin(Subscriber *subscriber)
    {
        const std::lock_guard lock(m_mutex);
        const bool isHere = std::ranges::any_of(
            m_members, [subscriber](const Member &member) { return member.subscriber == subscriber; });
        m_posting = isHere ? subscriber : nullptr;
        return isHere;
    }
    void end()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_posting = nullptr;
        }
        m_posted.notify_all();
    }

    mutable std::mutex m_mutex;
    std::condition_variable m_posted;
    std::vector<Member> m_members;
    Subscriber *m_posting = nullptr;
};

} // namespace stream
