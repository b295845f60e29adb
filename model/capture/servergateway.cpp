// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/servergateway.h"

#include "base/log.h"
#include "segment/replies.h"

#include <algorithm>

namespace capture {

using namespace Qt::StringLiterals;

namespace {

/// IPv4 inside an IPv6 literal leads to the same place.
QHostAddress unmapped(const QHostAddress &address)
{
    bool isFour = false;
    const quint32 four = address.toIPv4Address(&isFour);
    return isFour ? QHostAddress(four) : address;
}

/// Addresses no client is to reach through us: they are no hosts, or lie closer to this machine than to it
/// (link-local carries the credentials of cloud machines).
bool isNoHost(const QHostAddress &address)
{
    bool isFour = false;
    const quint32 four = address.toIPv4Address(&isFour);
    constexpr quint32 thisNetwork = 0x00ff'ffff; // 0.0.0.0/8 means this machine
    return address.isNull() || (isFour && four <= thisNetwork) ||
           address == QHostAddress(QHostAddress::AnyIPv6) || address.isMulticast() || address.isBroadcast() ||
           address.isLinkLocal();
}

} // namespace

ServerGateway::ServerGateway(const base::Clock &clock, Listening listening, TlsFailed tlsFailed)
    : m_clock(clock)
    , m_listening(std::move(listening))
    , m_tlsFailed(std::move(tlsFailed))
{
    m_dialing.isOwn = [this](const QHostAddress &address, std::uint16_t port) {
        return isListenedOn(port) && isOfThisMachine(unmapped(address));
    };
}

base::Result<void> ServerGateway::setProxy(const ProxyOptions &options)
{
    auto route = UpstreamRoute::read(options.upstreamProxy);
    if (!route) {
        return tl::unexpected(route.error());
    }
    if (!options.trustedPem.isEmpty()) {
        if (const auto trusted = tls::ClientContext::create(options.trustedPem); !trusted) {
            return tl::unexpected(trusted.error());
        }
    }
    m_dialing.route = *std::move(route);
    m_dialing.moreTrustedPem = options.trustedPem;
    m_answer = options.answer;
    m_hosts = segment::Hosts(options.domains);
    if (m_dialer != nullptr) {
        m_dialer->setOptions(m_dialing);
    }
    return {};
}

void ServerGateway::authorityChanged()
{
    m_contexts.reset();
    m_authorityFailure.clear();
}

std::shared_ptr<tls::ServerContexts> ServerGateway::tlsContexts()
{
    if (m_contexts == nullptr && m_parts.authority) {
        const auto authority = m_parts.authority();
        if (authority && *authority != nullptr) {
            m_contexts = std::make_shared<tls::ServerContexts>(*authority, m_clock);
        } else if (!authority && authority.error().oneLine() != m_authorityFailure) {
            m_authorityFailure = authority.error().oneLine();
            qCWarning(logCapture) << m_authorityFailure;
        }
    }
    return m_contexts;
}

bool ServerGateway::isListenedOn(std::uint16_t port) const
{
    const std::vector<Address> addresses = m_listening();
    return std::any_of(addresses.begin(), addresses.end(),
                       [port](const Address &each) { return each.port == port; });
}

Gateway::Way ServerGateway::wayTo(const HostPort &host) const
{
    if (host.host == testHost || m_hosts.isCaptured(host.host)) {
        return Way::Captured;
    }
    if (isListenedOn(host.port)) {
        const QHostAddress literal(QString::fromLatin1(host.host));
        const bool isName = host.host == "localhost" || host.host.endsWith(".localhost"); // RFC 6761 6.3
        if (isName || (!literal.isNull() && isOfThisMachine(unmapped(literal)))) {
            return Way::Here;
        }
    }
    return Way::Elsewhere;
}

std::optional<http::Response> ServerGateway::deviceRefusal(const Arrival &arrival,
                                                           const http::Request &request)
{
    if (m_parts.devices == nullptr || arrival.isFromThisMachine()) {
        return std::nullopt;
    }
    const QByteArray agent = request.header("User-Agent");
    if (m_parts.devices->isAccepted(arrival.address(), agent, m_clock.nowUs())) {
        return std::nullopt;
    }
    observe(Observation::Kind::DeviceRefused, arrival, agent, request.target);
    return m_parts.setupSite != nullptr
               ? m_parts.setupSite->notAccepted(request)
               : segment::refused(request, 403, "device_not_accepted", u"This device is not accepted yet."_s);
}

std::optional<http::Response> ServerGateway::refusal(const Arrival &arrival, const http::Request &request)
{
    return deviceRefusal(arrival, request);
}

Dialer &ServerGateway::dialer()
{
    if (m_dialer == nullptr) {
        m_dialer = std::make_unique<Dialer>(m_dialing);
    }
    return *m_dialer;
}

Dialer::Guard ServerGateway::guardFor(const Arrival &arrival) const
{
    return [this, isFromHere = arrival.isFromThisMachine()](const QHostAddress &given, std::uint16_t port) {
        const QHostAddress address = unmapped(given);
        if (isNoHost(address)) {
            return false;
        }
        // A device of the network must not reach through us what only listens for this machine.
        const bool isMatterOfOrigin = !isFromHere || isListenedOn(port);
        return !isMatterOfOrigin || !isOfThisMachine(address);
    };
}

void ServerGateway::observe(Observation observation)
{
    const bool isFailure =
        observation.kind == Observation::Kind::TlsBroken ||
        (observation.kind == Observation::Kind::TlsRefused && observation.detail != "left");
    if (isFailure && observation.mode == Mode::EndpointTls) {
        m_tlsFailed(observation.address);
    }
    if (m_parts.observer != nullptr) {
        observation.atUs = m_clock.nowUs();
        m_parts.observer->observe(observation);
    }
}

void ServerGateway::observe(Observation::Kind kind, const Arrival &arrival, QByteArrayView agent,
                            QByteArrayView path, const std::function<void(Observation &)> &with)
{
    if (m_parts.observer == nullptr) {
        return;
    }
    Observation noted;
    noted.kind = kind;
    noted.address = arrival.address();
    noted.mode = arrival.mode;
    noted.host = arrival.host;
    noted.agent = agent.toByteArray();
    noted.path = path.toByteArray();
    if (with) {
        with(noted);
    }
    observe(std::move(noted));
}

} // namespace capture
