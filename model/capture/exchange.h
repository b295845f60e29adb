// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/dialer.h"
#include "capture/poller.h"
#include "http/message.h"

namespace capture {

struct ConnectionContext;

/// A connection to a real host, for the requests of one client that are passed on to it, one after the other;
/// the answer's bytes are handed back as they come, unchanged. Dials when first needed, for another target,
/// and once more when a kept connection turns out closed before any byte of an answer. Fails after 30 s in
/// which no byte moved. Capture thread.
class Exchange final : public Watcher
{
public:
    /// What becomes of a request: of the last three one is called, once, and never from within send(). Each
    /// may destroy the exchange or send the next request.
    class Client
    {
    public:
        virtual ~Client() = default;
        /// Bytes of the answer, as received.
        virtual void answerBytes(QByteArrayView bytes) = 0;
        /// The answer is whole. Not keep-alive: the client's connection must close behind it.
        virtual void answerDone(bool isKeepAlive) = 0;
        /// 101: behind the answer's head, both sides are a tunnel. The channel is the client's now.
        virtual void upgraded(std::unique_ptr<Channel> channel, QByteArray received) = 0;
        /// Nothing or only a part of an answer came.
        virtual void answerFailed(const base::Error &error, bool hasBegun) = 0;
    };

    Exchange(ConnectionContext &context, Dialer &dialer, Dialer::Guard isAllowed, Client &client);
    ~Exchange() override;

    /// One at a time, head as passedHead() has it; bodies of any size.
    void send(const DialTarget &target, const http::Request &request);
    [[nodiscard]] bool isBusy() const;
    void pause(); ///< the client does not fetch what came
    void resume();

    void ready(bool isReadable, bool isWritable) override;
    void checkTimeouts() override;

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl; ///< shared with the calls under way, which may destroy this
};

} // namespace capture
