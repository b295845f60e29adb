// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/clientlog.h"

#include "base/secret.h"

#include <algorithm>

#include <QHostAddress>

namespace capture {

namespace {

using Kind = Observation::Kind;

constexpr std::size_t maxClients = 200;
constexpr std::size_t maxTlsHosts = 12;
constexpr std::size_t maxElsewhere = 5;
constexpr std::int64_t recentUs = 5LL * 60 * 1'000'000;
constexpr qsizetype maxAgentBytes = 400;
constexpr qsizetype maxTextBytes = 500;

/// What browsers ask every host for; it tells nothing of an SDK.
bool isAskedEverywhere(QByteArrayView path)
{
    return path == QByteArrayView("/favicon.ico") || path == QByteArrayView("/robots.txt") ||
           path.startsWith("/apple-touch-icon") || path.startsWith("/.well-known/");
}

/// Without its query, and with the write key that settings and script paths hold masked.
QByteArray shownPath(const QByteArray &path)
{
    const qsizetype question = path.indexOf('?');
    QByteArray shown = question < 0 ? path : path.first(question);
    for (const QByteArrayView before : {QByteArrayView("/analytics.js/v1/"), QByteArrayView("/projects/")}) {
        if (const qsizetype at = shown.indexOf(before); at >= 0) {
            const qsizetype begin = at + before.size();
            const qsizetype slash = shown.indexOf('/', begin);
            const qsizetype end = slash < 0 ? shown.size() : slash;
            const QString key = QString::fromUtf8(shown.sliced(begin, end - begin));
            shown.replace(begin, end - begin, key.isEmpty() ? QByteArray() : base::masked(key).toUtf8());
        }
    }
    return shown.left(maxTextBytes);
}

/// Nothing of these tells which program it was.
bool isBeforeAnyRequest(Kind kind)
{
    return kind == Kind::TlsOpened || kind == Kind::TlsRefused || kind == Kind::TlsBroken ||
           kind == Kind::Http2;
}

bool isProxy(Mode mode)
{
    return mode == Mode::ProxyHttp || mode == Mode::ProxyTls;
}

bool isTls(Mode mode)
{
    return mode == Mode::EndpointTls || mode == Mode::ProxyTls;
}

bool isRecent(const Client &client, std::int64_t nowUs)
{
    return nowUs - client.lastUs <= recentUs;
}

/// A device runs few programs, this machine many: there a refusal inside the proxy is none of one that
/// never came by it.
bool canBeOf(const Client &client, const Observation &observation)
{
    const bool cameByProxy = client.cameBy(Mode::ProxyHttp) || client.cameBy(Mode::ProxyTls);
    return !isProxy(observation.mode) || cameByProxy ||
           !QHostAddress(QString::fromLatin1(client.address)).isLoopback();
}

/// Nothing is known of it but TLS handshakes that went well in the end.
bool isOnlyAHandshake(const Client &client)
{
    const bool hasAsked = std::any_of(client.noted.begin(), client.noted.end(), [](const auto &noted) {
        return noted.count > 0 && noted.last.kind != Kind::TlsOpened && noted.last.kind != Kind::TlsRefused;
    });
    const bool isRefusing = std::any_of(client.tlsHosts.begin(), client.tlsHosts.end(),
                                        [](const auto &host) { return host.isRefusing(); });
    return client.agent.isEmpty() && !hasAsked && !isRefusing;
}

Client *find(std::vector<Client> &clients, const QByteArray &address, const QByteArray &agent)
{
    const auto found = std::find_if(clients.begin(), clients.end(), [&](const Client &each) {
        return each.address == address && each.agent == agent;
    });
    return found == clients.end() ? nullptr : &*found;
}

/// The recent clients of that address with an agent that the observation can be of.
std::vector<Client *> candidates(std::vector<Client> &clients, const Observation &observation)
{
    std::vector<Client *> found;
    for (Client &each : clients) {
        if (each.address == observation.address && !each.agent.isEmpty() &&
            isRecent(each, observation.atUs) && canBeOf(each, observation)) {
            found.push_back(&each);
        }
    }
    return found;
}

Client &added(std::vector<Client> &clients, const Observation &observation)
{
    if (clients.size() >= maxClients) {
        clients.erase(std::min_element(clients.begin(), clients.end(), [](const auto &one, const auto &two) {
            return one.lastUs < two.lastUs;
        }));
    }
    Client &client = clients.emplace_back();
    client.address = observation.address;
    client.agent = observation.agent;
    client.firstUs = observation.atUs;
    return client;
}

/// Null: it tells nothing that its request will not tell better.
Client *clientOf(std::vector<Client> &clients, const Observation &observation)
{
    if (Client *known = find(clients, observation.address, observation.agent);
        known != nullptr && !observation.agent.isEmpty()) {
        return known;
    }
    Client *const nameless = find(clients, observation.address, {});
    if (observation.agent.isEmpty()) {
        if (isBeforeAnyRequest(observation.kind)) {
            const std::vector<Client *> possible = candidates(clients, observation);
            if (possible.size() == 1) {
                return possible.front();
            }
            if (possible.size() > 1 && nameless == nullptr && observation.kind == Kind::TlsOpened) {
                return nullptr;
            }
        }
        return nameless != nullptr ? nameless : &added(clients, observation);
    }
    // Whoever asks next by that way is it.
    if (nameless != nullptr && isRecent(*nameless, observation.atUs) && isOnlyAHandshake(*nameless) &&
        nameless->cameBy(observation.mode)) {
        nameless->agent = observation.agent;
        return nameless;
    }
    return &added(clients, observation);
}

Client::TlsHost &tlsHostOf(Client &client, const Observation &observation)
{
    for (Client::TlsHost &each : client.tlsHosts) {
        if (each.host == observation.host && each.mode == observation.mode) {
            return each;
        }
    }
    if (client.tlsHosts.size() >= maxTlsHosts) {
        client.tlsHosts.erase(client.tlsHosts.begin());
    }
    Client::TlsHost &host = client.tlsHosts.emplace_back();
    host.host = observation.host;
    host.mode = observation.mode;
    return host;
}

void noteTls(Client &client, const Observation &observation)
{
    const auto opened = [&observation](Client::TlsHost &host) {
        host.openedUs = observation.atUs;
        host.refusals = 0;
    };
    if (observation.kind == Kind::TlsRefused) {
        Client::TlsHost &host = tlsHostOf(client, observation);
        host.refusedUs = observation.atUs;
        ++host.refusals;
        host.alert = observation.alert;
        host.detail = observation.detail;
    } else if (observation.kind == Kind::TlsOpened) {
        opened(tlsHostOf(client, observation));
    } else if (observation.kind != Kind::TlsBroken && isTls(observation.mode) &&
               !observation.agent.isEmpty() && observation.kind != Kind::TunnelOpened &&
               observation.kind != Kind::TunnelRefused && observation.kind != Kind::HostFailed) {
        // A request inside TLS: it has taken the certificate, whichever connection that was noted of.
        if (observation.mode == Mode::ProxyTls) {
            opened(tlsHostOf(client, observation));
            return;
        }
        for (Client::TlsHost &each : client.tlsHosts) {
            if (each.mode == Mode::EndpointTls) {
                opened(each);
            }
        }
    }
}

void noteElsewhere(Client &client, const QByteArray &host)
{
    std::vector<QByteArray> &hosts = client.elsewhere;
    std::erase(hosts, host);
    hosts.insert(hosts.begin(), host);
    if (hosts.size() > maxElsewhere) {
        hosts.pop_back();
    }
}

} // namespace

void ClientLog::observe(const Observation &observation)
{
    if (observation.kind == Kind::UnknownPath && isAskedEverywhere(observation.path)) {
        return;
    }
    Observation kept = observation;
    kept.agent = observation.agent.left(maxAgentBytes);
    kept.path = shownPath(observation.path);
    kept.detail.truncate(maxTextBytes);
    kept.host.truncate(maxTextBytes);

    const std::lock_guard lock(m_mutex);
    Client *const client = clientOf(m_clients, kept);
    if (client == nullptr) {
        return;
    }
    client->lastUs = std::max(client->lastUs, kept.atUs);
    client->modes = static_cast<std::uint8_t>(client->modes | (1U << static_cast<unsigned>(kept.mode)));
    noteTls(*client, kept);
    if ((kept.kind == Kind::TunnelOpened || kept.kind == Kind::OtherHost) && !kept.host.isEmpty()) {
        noteElsewhere(*client, kept.host);
    }
    if (kept.kind == Kind::TlsOpened && isOnlyAHandshake(*client) && !candidates(m_clients, kept).empty()) {
        // What one of the others refused before it takes now, and will tell itself.
        m_clients.erase(m_clients.begin() + (client - m_clients.data()));
        return;
    }
    Client::Noted &noted = client->noted[static_cast<std::size_t>(kept.kind)];
    if (noted.count == 0) {
        noted.firstUs = kept.atUs;
    }
    noted.count += kept.count;
    noted.lastUs = kept.atUs;
    noted.last = std::move(kept);
}

std::vector<Client> ClientLog::clients() const
{
    std::vector<Client> all;
    {
        const std::lock_guard lock(m_mutex);
        all = m_clients;
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Client &one, const Client &two) { return one.lastUs > two.lastUs; });
    return all;
}

void ClientLog::clear()
{
    const std::lock_guard lock(m_mutex);
    m_clients.clear();
}

} // namespace capture
