// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/address.h"
#include "event/captured.h"
#include "http/requestparser.h"

#include <memory>
#include <optional>

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

/// What is done with the requests that come in. Called on the thread of the connections; must not block.
class RequestHandler
{
public:
    virtual ~RequestHandler() = default;
    /// The answer when it is known at once. Nothing: it comes later, through Connections::answer().
    [[nodiscard]] virtual std::optional<http::Response>
    handle(event::ReplyToken token, const QByteArray &peer, http::Request &&request) = 0;
    /// HTTP itself could not be understood. The connection closes behind the answer.
    [[nodiscard]] virtual std::optional<http::Response>
    handleRejected(event::ReplyToken token, const QByteArray &peer, http::RequestRejected &&rejected) = 0;
    /// True: no socket is read until it is false again.
    [[nodiscard]] virtual bool isFull() const { return false; }
    /// For a connection more than there may be.
    [[nodiscard]] virtual http::Response tooManyConnections() const = 0;
};

/// Listening sockets and their HTTP/1.x connections, with limits, timeouts and backpressure. Answers go
/// out in the order of the requests, whatever order they come in. One thread with a Qt loop: created
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
    [[nodiscard]] int count() const;

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
