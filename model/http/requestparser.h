// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/message.h"

#include <functional>
#include <memory>
#include <variant>

namespace http {

struct Limits
{
    std::size_t requestLineBytes = std::size_t{64} * 1024; ///< pixels carry whole events in their URL
    std::size_t headBytes = std::size_t{128} * 1024;
    std::size_t headerCount = 200;
    std::size_t bodyBytes = std::size_t{32} * 1024 * 1024;
};

/// The client waits for "100 Continue" before it sends the body (RFC 9110 10.1.1).
struct SendContinue
{
};

struct RequestComplete
{
    Request request;
};

/// What can't be understood or is over a limit. The connection can't go on after it.
struct RequestRejected
{
    int status = 400;
    QByteArray code;   ///< stable word: "bad_request", "head_too_large", "body_too_large", ...
    QByteArray reason; ///< llhttp's own sentence, or which limit was passed
    Request partial;   ///< what was read: head bytes, and the body so far (or the raw bytes)
};

/// CONNECT, or a head that the owner wants to stop at: bytes after it belong to the tunnel, or are the body
/// as sent, and were not consumed.
struct TunnelRequested
{
    Request request;
};

using Action = std::variant<SendContinue, RequestComplete, RequestRejected, TunnelRequested>;

/// HTTP/1.x requests out of bytes, without socket or clock, over llhttp. Keeps its position, so slow
/// input costs linear time; several requests in one call (pipelining) come out in order.
class RequestParser
{
public:
    explicit RequestParser(const Limits &limits = {});
    ~RequestParser();
    RequestParser(RequestParser &&) noexcept;
    RequestParser &operator=(RequestParser &&) noexcept;

    /// Asked at the end of each head; true: it comes as TunnelRequested.
    using Stop = std::function<bool(const Request &head)>;
    void setStop(Stop stop);

    /// After a RequestRejected or TunnelRequested nothing more is read; `consumed` tells how far.
    [[nodiscard]] std::vector<Action> feed(QByteArrayView bytes);
    [[nodiscard]] std::size_t consumed() const; ///< bytes of the last feed() that were used
    /// The client closed its side: a half-sent request comes back as a RequestRejected.
    [[nodiscard]] std::vector<Action> finish();

    enum class State : std::uint8_t { Idle, ReadingHead, ReadingBody, Stopped };
    /// For the timers: idle between requests, or in the middle of one.
    [[nodiscard]] State state() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace http
