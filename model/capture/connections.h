// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/address.h"
#include "capture/requesthandler.h"

#include <memory>

#include <QObject>

namespace capture {

struct ServerOptions
{
    http::Limits limits;
    int headTimeoutMs = 10'000;
    int bodyTimeoutMs = 20'000; ///< without progress
    int idleTimeoutMs = 75'000;
    int maxConnections = 2'000;
    std::size_t maxUnanswered = 64; ///< requests of one connection; then its socket is not read
};

/// Listening sockets and their HTTP/1.x connections, plain, in TLS or through tunnels, with limits, timeouts
/// and backpressure. Answers go out in the order of the requests, whatever order they come in. When there are
/// as many as may be, those that have long been silent make room. One thread with a Qt loop: created
/// there, or moved there before listen().
class Connections final : public QObject
{
    Q_OBJECT
public:
    Connections(RequestHandler &handler, const ServerOptions &options, QObject *parent = nullptr);
    ~Connections() override;

    /// All or none; an IPv6 loopback the machine does not have is left out when there is another address.
    /// With port 0 all get the same free port. Called again, it changes the addresses and keeps the
    /// connections; when that fails, all stays as it was. InUse names the process that holds the port when it
    /// can be told.
    [[nodiscard]] base::Result<void> listen(const std::vector<Address> &addresses);
    /// Stops accepting and reading, lets open answers come, then closes; drained() follows.
    void close();
    [[nodiscard]] std::vector<Address> addresses() const;
    [[nodiscard]] int count() const; ///< tunnels included

    /// What a request was, until it is answered; null when it is not known (any more).
    struct Asked
    {
        const Arrival *arrival = nullptr;
        QByteArray agent, path;
    };
    [[nodiscard]] std::optional<Asked> asked(event::ReplyToken token) const;

    /// Takes an answer; flush() after the last of a batch writes them out, each connection's at once.
    void answer(event::ReplyToken token, const http::Response &response);
    void flush();

signals:
    void drained();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace capture
