// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/arrival.h"
#include "capture/dialer.h"
#include "capture/hostport.h"
#include "capture/observation.h"
#include "event/captured.h"
#include "http/requestparser.h"
#include "tls/contexts.h"

#include <memory>
#include <optional>
#include <vector>

namespace capture {

/// What becomes of a request.
struct Handling
{
    enum class Kind : std::uint8_t {
        Answer,      ///< `answer`, now
        AnswerLater, ///< through Connections::answer()
        PassOn,      ///< to the host it was meant for
        PassOnLater, ///< once answer() has come with a status 200; any other goes to the client
    } kind = Kind::AnswerLater;
    std::optional<http::Response> answer; ///< of PassOn: when the host can't be reached

    // Of a later answer:
    std::vector<http::Header> moreHeaders;
    int delayMs = 0; ///< since the request; it is held back till then
    enum class Then : std::uint8_t { Answer, Close } then = Then::Answer;

    [[nodiscard]] static Handling now(http::Response response)
    {
        Handling handling;
        handling.kind = Kind::Answer;
        handling.answer = std::move(response);
        return handling;
    }
    [[nodiscard]] static Handling later() { return {}; }
};

/// What a port that is also a proxy decides. Thread of the connections; must not block.
class Gateway
{
public:
    enum class Way : std::uint8_t {
        Captured,  ///< its requests are ours
        Elsewhere, ///< an untouched tunnel, or a plain request that is handed on
        Here,      ///< this port itself
    };

    virtual ~Gateway() = default;
    /// TLS for a client that begins with it; null: not to be had.
    [[nodiscard]] virtual std::shared_ptr<tls::ServerContexts> tlsContexts() = 0;
    [[nodiscard]] virtual Way wayTo(const HostPort &host) const = 0;
    /// The answer for a client that may not use the proxy.
    [[nodiscard]] virtual std::optional<http::Response> refusal(const Arrival &arrival,
                                                                const http::Request &request) = 0;
    [[nodiscard]] virtual Dialer &dialer() = 0;
    /// Which addresses the client may be connected to.
    [[nodiscard]] virtual Dialer::Guard guardFor(const Arrival &arrival) const = 0;
    /// Sets the time.
    virtual void observe(Observation observation) = 0;
};

/// What is done with the requests that come in. Called on the thread of the connections; must not block.
class RequestHandler
{
public:
    virtual ~RequestHandler() = default;
    /// May take the request's parts, unless it says PassOn or PassOnLater.
    [[nodiscard]] virtual Handling handle(event::ReplyToken token, const Arrival &arrival,
                                          http::Request &&request) = 0;
    /// HTTP itself could not be understood. The connection closes behind the answer. Nothing: it comes later.
    [[nodiscard]] virtual std::optional<http::Response>
    handleRejected(event::ReplyToken token, const Arrival &arrival, http::RequestRejected &&rejected) = 0;
    /// True: no socket is read until it is false again.
    [[nodiscard]] virtual bool isFull() const { return false; }
    /// For a connection more than there may be.
    [[nodiscard]] virtual http::Response tooManyConnections() const = 0;
    /// Null: the port is no proxy and has no TLS.
    [[nodiscard]] virtual Gateway *gateway() { return nullptr; }
};

} // namespace capture
