// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/dialer.h"
#include "capture/poller.h"
#include "http/message.h"

namespace capture {

struct ConnectionContext;

/// A connection to a real host, for the requests of one client that are passed on to it, one after the other;
/// the answer's bytes are handed back as they come, unchanged. Dials when first needed and again when the
/// host has closed. Capture thread.
class Exchange final : public Watcher
{
public:
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

    /// The request in origin-form (absolute through an upstream proxy), with its head's lines as they came
    /// but Proxy-* removed, and its body with a Content-Length when it was chunked. One at a time.
    void send(const DialTarget &target, const http::Request &request);
    [[nodiscard]] bool isBusy() const;
    void pause(); ///< the client does not fetch what came
    void resume();

    void ready(bool isReadable, bool isWritable) override;
    void checkTimeouts() override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace capture
