// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream/stream.h"

#include <atomic>

namespace engine {

/// Hands what was committed to the stream and to whoever listens.
class CommitFan final : public event::CommitSink
{
public:
    CommitFan(stream::Stream *stream, event::SessionId session,
              std::function<void(const event::CommitNotice &)> told)
        : m_stream(stream)
        , m_session(session)
        , m_told(std::move(told))
    {
    }

    [[nodiscard]] event::SessionId session() const { return m_session; }

    void post(event::CommitNotice notice) override
    {
        if (notice.newSession != event::SessionId{}) {
            m_session = notice.newSession;
        }
        if (m_told) {
            m_told(notice);
        }
        if (m_stream != nullptr) {
            m_stream->post(std::move(notice));
        }
    }

private:
    stream::Stream *m_stream;
    std::atomic<event::SessionId> m_session;
    std::function<void(const event::CommitNotice &)> m_told;
};

} // namespace engine
