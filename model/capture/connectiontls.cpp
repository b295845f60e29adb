// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/connection.h"

#include "capture/address.h"

#include <algorithm>

#include <sys/socket.h>

namespace capture {

namespace {

/// No method of HTTP is longer; what comes behind is told by then.
constexpr qsizetype maxMethodBytes = 24;

/// A method is a token of upper case letters, and a space follows it.
enum class Looks : std::uint8_t { LikeHttp, LikeSomethingElse, TooShortToTell };

Looks looks(QByteArrayView bytes)
{
    const auto isLineEnd = [](char c) { return c == '\r' || c == '\n'; };
    const auto begin = std::find_if_not(bytes.begin(), bytes.end(), isLineEnd); // RFC 9112 2.2
    const auto end = std::find_if_not(begin, bytes.end(),
                                      [](char c) { return (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; });
    if (end - begin > maxMethodBytes) {
        return Looks::LikeSomethingElse;
    }
    if (end == bytes.end()) {
        return Looks::TooShortToTell;
    }
    return *end == ' ' && end != begin ? Looks::LikeHttp : Looks::LikeSomethingElse;
}

QByteArray localAddress(int socket)
{
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    if (getsockname(socket, reinterpret_cast<sockaddr *>(&storage), &length) != 0) {
        return "localhost";
    }
    QHostAddress host(reinterpret_cast<const sockaddr *>(&storage));
    bool isFour = false;
    if (const quint32 four = host.toIPv4Address(&isFour); isFour) {
        host.setAddress(four);
    }
    host.setScopeId({});
    return host.toString().toLatin1();
}

} // namespace

/// What the certificate is for: the name the client asked for, else where it wanted to go.
QByteArray Connection::tlsName() const
{
    const tls::Session *const session = m_channel->session();
    const QByteArray asked = session != nullptr ? session->serverName() : QByteArray();
    if (!asked.isEmpty()) {
        return asked;
    }
    return m_isTunnel ? m_arrival.host : localAddress(m_channel->socket());
}

void Connection::beginTls(std::shared_ptr<tls::ServerContexts> contexts, QByteArrayView hello)
{
    m_protocol = Protocol::Handshaking;
    m_arrival.mode = m_isTunnel ? Mode::ProxyTls : Mode::EndpointTls;
    if (m_isTunnel) {
        m_arrival.isHostTls = true;
    }
    QByteArray plain;
    std::unique_ptr<tls::Session> session = tls::Session::accept(*contexts, tlsName());
    m_channel->secure(std::move(session), hello, plain, std::move(contexts));
    noteTls();
    flushSoon();
    if (!plain.isEmpty() && m_phase == Phase::Open) {
        receive(plain);
    }
}

void Connection::noteTls()
{
    if (m_isTlsTold) {
        return;
    }
    const tls::Session &session = *m_channel->session();
    if (session.failure()) {
        m_isTlsTold = true;
        tlsFailed(*session.failure());
    } else if (m_protocol == Protocol::Handshaking && session.state() != tls::Session::State::Handshaking) {
        tlsOpened();
    } else if (m_hasAsked) {
        m_isTlsTold = true; // whatever comes now, the client has taken our certificate
    }
}

void Connection::tlsOpened()
{
    const QByteArray name = tlsName();
    if (!m_isTunnel) {
        m_arrival.host = m_channel->session()->serverName();
        // The machine's own name service leads Segment's hosts here.
        if (m_gateway->wayTo({m_arrival.host, 443}) == Gateway::Way::Captured) {
            m_arrival.mode = Mode::ProxyTls;
            m_arrival.hostPort = 443;
            m_arrival.isHostTls = true;
        }
    }
    m_protocol = m_arrival.mode == Mode::ProxyTls ? Protocol::Sniffing : Protocol::Http;
    m_stateSinceMs = m_context.nowMs;
    observe(Observation::Kind::TlsOpened, m_arrival, [&name](Observation &noted) { noted.host = name; });
}

void Connection::tlsFailed(const tls::SessionFailure &failure)
{
    using Side = tls::SessionFailure::Side;
    const bool isRefused = failure.side == Side::Peer && (failure.alert >= 0 || failure.leftSilently);
    const auto kind = isRefused ? Observation::Kind::TlsRefused : Observation::Kind::TlsBroken;
    observe(kind, m_arrival, [this, &failure, isRefused](Observation &noted) {
        noted.host = tlsName();
        noted.alert = failure.alert;
        noted.detail = failure.leftSilently ? "left" : isRefused ? failure.alertName : failure.why.toUtf8();
    });
}

void Connection::sniff(QByteArrayView bytes)
{
    m_sniffed += bytes;
    const Looks like = looks(m_sniffed);
    if (like == Looks::TooShortToTell) {
        return;
    }
    const QByteArray received = std::exchange(m_sniffed, {});
    if (like == Looks::LikeHttp) {
        m_protocol = Protocol::Http;
        feed(received);
        return;
    }
    m_protocol = Protocol::HandingOver;
    m_handover = std::make_unique<Handover>();
    m_handover->kind = Handover::Kind::Raw;
    m_handover->host = {m_arrival.host, m_arrival.hostPort};
    m_handover->received = received;
    beginHandover();
}

} // namespace capture
