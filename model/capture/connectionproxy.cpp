// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/connection.h"

#include <algorithm>
#include <array>

namespace capture {

using namespace Qt::StringLiterals;

namespace {

template <typename Names>
bool isOneOf(QByteArrayView name, const Names &names)
{
    return std::any_of(names.begin(), names.end(),
                       [name](QByteArrayView each) { return name.compare(each, Qt::CaseInsensitive) == 0; });
}

/// What concerns only the way between client and proxy (RFC 9110 7.6.1).
QByteArrayList hopByHop(const http::Request &request, QByteArrayView upgrade)
{
    QByteArrayList names{"Proxy-Connection", "Proxy-Authorization", "Keep-Alive", "Host"};
    if (upgrade.isEmpty()) {
        names << "Connection"_ba;
        for (const QByteArray &named : request.header("Connection").split(',')) {
            names << named.trimmed();
        }
    }
    return names;
}

/// The head as the host is to get it: for one request, and with the Host that the target names, whatever the
/// client says (RFC 9112 3.2.2).
QByteArray headForHost(const http::Request &request, const AbsoluteTarget &target,
                       const std::optional<UpstreamProxy> &proxy)
{
    const QByteArray upgrade = request.header("Upgrade");
    const QByteArrayList left = hopByHop(request, upgrade);
    QByteArray head = request.method + ' ';
    if (proxy) {
        head += "http://" + target.authority;
    }
    head += target.origin + " HTTP/" + QByteArray::number(request.versionMajor) + '.' +
            QByteArray::number(request.versionMinor) + "\r\nHost: " + target.authority + "\r\n";
    for (const http::Header &each : request.headers) {
        if (!isOneOf(each.name, left)) {
            head += each.name + ": " + each.value + "\r\n";
        }
    }
    if (upgrade.isEmpty()) {
        head += "Connection: close\r\n";
    }
    if (proxy && !proxy->authorization.isEmpty()) {
        head += "Proxy-Authorization: " + proxy->authorization + "\r\n";
    }
    return head + "\r\n";
}

http::Response plainText(int status, const QByteArray &why)
{
    return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, "Trackside: " + why + '\n'};
}

} // namespace

void Connection::observe(Observation::Kind kind, const Arrival &arrival,
                         const std::function<void(Observation &)> &with)
{
    if (m_gateway == nullptr) {
        return;
    }
    Observation noted;
    noted.kind = kind;
    noted.address = arrival.address();
    noted.mode = arrival.mode;
    noted.host = arrival.host;
    with(noted);
    if (noted.agent.isEmpty()) {
        noted.agent = m_tunnelAgent;
    }
    m_gateway->observe(std::move(noted));
}

/// The whole of a plain request to another host is handed on as it comes, so its body is not read here.
bool Connection::isForElsewhere(const http::Request &head) const
{
    if (m_isTunnel) {
        return false;
    }
    const auto target = readAbsoluteTarget(head.target);
    return target && m_gateway->wayTo(target->host) == Gateway::Way::Elsewhere;
}

std::optional<Arrival> Connection::absoluteArrival(const http::Request &request) const
{
    if (request.target.startsWith('/')) {
        return std::nullopt;
    }
    const auto target = readAbsoluteTarget(request.target);
    if (!target || m_gateway->wayTo(target->host) != Gateway::Way::Captured) {
        return std::nullopt;
    }
    Arrival arrival = m_arrival;
    arrival.mode = Mode::ProxyHttp;
    arrival.host = target->host.host;
    arrival.hostPort = target->host.port;
    arrival.isHostTls = target->isTls;
    return arrival;
}

void Connection::stopAt(http::Request &&request, QByteArrayView rest)
{
    if (m_gateway == nullptr || (m_isTunnel && request.method == "CONNECT")) {
        handleRejected(
            {501, "tunnel", "CONNECT opens a proxy tunnel, which is not to be had here", std::move(request)});
        return;
    }
    m_protocol = Protocol::HandingOver;
    m_handover = std::make_unique<Handover>();
    m_handover->kind = request.method == "CONNECT" ? Handover::Kind::Connect : Handover::Kind::Absolute;
    m_handover->request = std::move(request);
    m_handover->received = rest.toByteArray();
}

void Connection::beginHandover()
{
    // What was asked before is answered first.
    if (m_handover->hasBegun || !m_slots.empty() || m_phase != Phase::Open) {
        return;
    }
    m_handover->hasBegun = true;
    switch (m_handover->kind) {
    case Handover::Kind::Connect:
        beginConnect();
        break;
    case Handover::Kind::Absolute:
        beginAbsolute();
        break;
    case Handover::Kind::Raw:
        dial(m_arrival.isHostTls ? DialTarget::Kind::Tls : DialTarget::Kind::Tunnel);
        break;
    }
    updateInterest();
}

void Connection::beginConnect()
{
    const http::Request &request = m_handover->request;
    const auto host = readHostPort(request.target);
    if (!host) {
        const QByteArray reason = "CONNECT needs host:port, not \"" + request.target.left(200) + '"';
        const auto handover = std::exchange(m_handover, nullptr);
        handleRejected({400, "bad_request", reason, std::move(handover->request)});
        moveReadySlots();
        return;
    }
    m_handover->host = *host;
    switch (m_gateway->wayTo(*host)) {
    case Gateway::Way::Captured:
        openTunnel();
        return;
    case Gateway::Way::Here:
        refuseHandover(403, "This is Trackside's own port; it needs no tunnel to itself.",
                       Observation::Kind::TunnelRefused);
        return;
    case Gateway::Way::Elsewhere:
        break;
    }
    dial(DialTarget::Kind::Tunnel);
}

void Connection::beginAbsolute()
{
    const AbsoluteTarget target = *readAbsoluteTarget(m_handover->request.target);
    m_handover->host = target.host;
    observe(Observation::Kind::OtherHost, m_arrival, [this](Observation &noted) {
        noted.host = m_handover->host.host;
        noted.agent = m_handover->request.header("User-Agent");
        noted.mode = Mode::ProxyHttp;
    });
    dial(target.isTls ? DialTarget::Kind::Tls : DialTarget::Kind::Http);
}

void Connection::openTunnel()
{
    const bool isTlsAlready = m_channel->session() != nullptr;
    if (isTlsAlready || m_gateway->tlsContexts() == nullptr) {
        const QByteArray why = isTlsAlready
                                   ? "A tunnel in TLS to a host that is decrypted here is not to be had: "
                                     "reach the proxy by http://"
                                   : "CONNECT opens a proxy tunnel, which is not to be had here";
        const auto handover = std::exchange(m_handover, nullptr);
        handleRejected({501, "tunnel", why, std::move(handover->request)});
        moveReadySlots();
        return;
    }
    const auto handover = std::exchange(m_handover, nullptr);
    m_isTunnel = true;
    m_tunnelAgent = handover->request.header("User-Agent");
    m_arrival.mode = Mode::ProxyHttp; // until the first byte tells of TLS
    m_arrival.host = handover->host.host;
    m_arrival.hostPort = handover->host.port;
    m_parser = http::RequestParser(m_context.options.limits);
    m_protocol = Protocol::Fresh;
    m_stateSinceMs = m_context.nowMs;
    m_channel->write(QByteArrayView("HTTP/1.1 200 Connection Established\r\n\r\n"));
    flushSoon();
    if (!handover->received.isEmpty()) {
        receive(handover->received);
    }
}

void Connection::dial(DialTarget::Kind kind)
{
    const Dialer::Guard guard = m_gateway->guardFor(m_arrival);
    const HostPort &host = m_handover->host;
    if (const auto refusal = m_gateway->refusal(m_arrival, m_handover->request)) {
        if (m_handover->kind == Handover::Kind::Raw) {
            close();
            return;
        }
        const auto handover = std::exchange(m_handover, nullptr);
        (void)openSlot(handover->request);
        m_slots.back().isKeepAlive = false;
        fill(m_slots.back(), *refusal);
        moveReadySlots();
        return;
    }
    const QHostAddress literal(QString::fromLatin1(host.host));
    if (!literal.isNull() && !guard(literal, host.port)) {
        refuseHandover(403, host.text() + " is an address that Trackside connects nobody to.",
                       Observation::Kind::TunnelRefused);
        return;
    }
    m_handover->dial =
        m_gateway->dialer().dial({kind, host.host, host.port}, guard,
                                 [this](base::Result<Dialed> result) { dialed(std::move(result)); });
}

void Connection::refuseHandover(int status, const QByteArray &why, Observation::Kind kind)
{
    const auto handover = std::exchange(m_handover, nullptr);
    observe(kind, m_arrival, [&](Observation &noted) {
        noted.host = handover->host.host;
        noted.agent = handover->request.header("User-Agent");
        noted.detail = why;
        noted.status = status;
        noted.mode = handover->kind == Handover::Kind::Absolute ? Mode::ProxyHttp : Mode::ProxyTls;
    });
    if (handover->kind == Handover::Kind::Raw) {
        close(); // no HTTP is spoken here
        return;
    }
    (void)openSlot(handover->request);
    m_slots.back().isKeepAlive = false;
    fill(m_slots.back(), plainText(status, why));
    moveReadySlots();
}

void Connection::dialed(base::Result<Dialed> result)
{
    m_handover->dial = 0;
    if (!result) {
        const base::Error &error = result.error();
        const bool isForbidden = error.code == base::ErrorCode::Permission;
        refuseHandover(isForbidden ? 403 : 502, error.oneLine().toUtf8(),
                       isForbidden ? Observation::Kind::TunnelRefused : Observation::Kind::HostFailed);
        return;
    }
    const auto handover = std::exchange(m_handover, nullptr);
    switch (handover->kind) {
    case Handover::Kind::Connect:
        observe(Observation::Kind::TunnelOpened, m_arrival, [&](Observation &noted) {
            noted.host = handover->host.host;
            noted.agent = handover->request.header("User-Agent");
            noted.mode = Mode::ProxyTls;
        });
        m_channel->write(QByteArrayView("HTTP/1.1 200 Connection Established\r\n\r\n"));
        break;
    case Handover::Kind::Absolute:
        handover->received.prepend(
            headForHost(handover->request, *readAbsoluteTarget(handover->request.target), result->proxy));
        break;
    case Handover::Kind::Raw:
        break;
    }
    becomeRelay(std::move(result->channel), std::move(handover->received), std::move(result->received));
}

void Connection::becomeRelay(std::unique_ptr<Channel> host, QByteArray clientReceived,
                             QByteArray hostReceived)
{
    m_phase = Phase::Closed;
    updateInterest();
    m_context.removeLater(m_id);
    Relay &relay =
        m_context.adopt(std::make_unique<Relay>(m_context, std::move(m_channel), std::move(clientReceived),
                                                std::move(host), std::move(hostReceived), nullptr));
    relay.start();
}

} // namespace capture
