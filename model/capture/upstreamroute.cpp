// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/upstreamroute.h"

#include "base/log.h"
#include "capture/hostport.h"

#include <algorithm>
#include <array>

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace capture {

namespace {

/// curl's, for a proxy without a port.
constexpr char defaultProxyPort[] = ":1080";

base::Failure badProxy(const QString &why)
{
    return base::failure(
        base::ErrorCode::BadInput, u"The upstream proxy can't be used."_s, why,
        u"Write it as http://host:port or http://user:password@host:port, or \"none\" for a direct way."_s);
}

/// `http://[user:password@]host[:port]`, the scheme may be missing.
base::Result<UpstreamProxy> readProxy(const QByteArray &text)
{
    QByteArray rest = text;
    if (const qsizetype mark = rest.indexOf("://"); mark >= 0) {
        const QByteArray scheme = rest.first(mark).toLower();
        rest.remove(0, mark + 3);
        if (scheme.startsWith("socks")) {
            return badProxy(u"It is a SOCKS proxy, and Trackside speaks to HTTP proxies only."_s);
        }
        if (scheme == "https") {
            return badProxy(u"It is spoken to over TLS (https://), and Trackside speaks to proxies in plain "
                            "HTTP only."_s);
        }
        if (scheme != "http") {
            return badProxy(u"Its address does not begin with http://."_s);
        }
    }
    UpstreamProxy proxy;
    // A password may hold any character, so the last @ ends it.
    if (const qsizetype at = rest.lastIndexOf('@'); at >= 0) {
        const QByteArray login = rest.first(at);
        rest.remove(0, at + 1);
        const qsizetype colon = login.indexOf(':');
        const QByteArray user = QByteArray::fromPercentEncoding(colon < 0 ? login : login.first(colon));
        const QByteArray password =
            colon < 0 ? QByteArray() : QByteArray::fromPercentEncoding(login.sliced(colon + 1));
        proxy.authorization = "Basic " + (user + ':' + password).toBase64();
    }
    rest.truncate(std::find(rest.begin(), rest.end(), '/') - rest.begin());
    if (rest.lastIndexOf(':') <= rest.lastIndexOf(']')) {
        rest += defaultProxyPort;
    }
    const auto hostPort = readHostPort(rest);
    if (!hostPort) {
        return badProxy(u"Its address is no host and port."_s);
    }
    proxy.host = hostPort->host;
    proxy.port = hostPort->port;
    return proxy;
}

bool isLoopback(QByteArrayView host)
{
    if (host == QByteArrayView("localhost") || host.endsWith(".localhost")) {
        return true;
    }
    return QHostAddress(QString::fromLatin1(host)).isLoopback();
}

QByteArray withoutFinalDot(QByteArrayView host)
{
    QByteArray lower = host.toByteArray().toLower();
    if (lower.endsWith('.')) {
        lower.chop(1);
    }
    return lower;
}

/// The first of the variables that is set and not empty, as a proxy.
template <std::size_t count>
std::optional<UpstreamProxy> fromEnvironment(const std::array<const char *, count> &names)
{
    for (const char *name : names) {
        const QByteArray text = qgetenv(name).trimmed();
        if (text.isEmpty()) {
            continue;
        }
        auto proxy = readProxy(text);
        if (proxy) {
            return *proxy;
        }
        qCWarning(logCapture).noquote().nospace()
            << "The proxy of the variable " << name << " is ignored: " << proxy.error().why;
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace

QByteArray UpstreamProxy::text() const
{
    return HostPort{host, port}.text();
}

base::Result<UpstreamRoute> UpstreamRoute::read(const QString &setting)
{
    const QString text = setting.trimmed();
    if (text.isEmpty()) {
        return ofEnvironment();
    }
    UpstreamRoute route;
    if (text.compare(u"none"_s, Qt::CaseInsensitive) == 0) {
        return route;
    }
    const auto proxy = readProxy(text.toUtf8());
    if (!proxy) {
        return base::Failure(proxy.error());
    }
    route.m_http = *proxy;
    route.m_https = *proxy;
    return route;
}

UpstreamRoute UpstreamRoute::ofEnvironment()
{
    UpstreamRoute route;
    // HTTP_PROXY is not read: in a CGI script it would be a header of the request.
    route.m_http = fromEnvironment(std::array{"http_proxy", "all_proxy", "ALL_PROXY"});
    route.m_https = fromEnvironment(std::array{"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});

    QByteArray list = qgetenv("no_proxy");
    if (list.isEmpty()) {
        list = qgetenv("NO_PROXY");
    }
    for (QByteArray entry : list.replace(',', ' ').simplified().split(' ')) {
        Direct direct;
        if (const auto hostPort = readHostPort(entry.startsWith('.') ? entry.sliced(1) : entry);
            hostPort && (entry.count(':') == 1 || entry.startsWith('['))) {
            direct = {hostPort->host, hostPort->port};
        } else {
            if (entry.startsWith('[') && entry.endsWith(']')) {
                entry = entry.sliced(1, entry.size() - 2);
            }
            direct.name = withoutFinalDot(entry.startsWith('.') ? entry.sliced(1) : entry);
        }
        if (!direct.name.isEmpty()) {
            route.m_direct.push_back(direct);
        }
    }
    return route;
}

bool UpstreamRoute::isDirect(QByteArrayView host, std::uint16_t port) const
{
    const QByteArray name = withoutFinalDot(host);
    if (isLoopback(name)) {
        return true;
    }
    const QHostAddress address(QString::fromLatin1(name));
    return std::ranges::any_of(m_direct, [&](const Direct &direct) {
        if (direct.port != 0 && direct.port != port) {
            return false;
        }
        if (direct.name == "*" || direct.name == name) {
            return true;
        }
        if (address.isNull()) {
            return name.endsWith('.' + direct.name);
        }
        const QString text = QString::fromLatin1(direct.name);
        return text.contains(u'/') ? address.isInSubnet(QHostAddress::parseSubnet(text))
                                   : address == QHostAddress(text);
    });
}

std::optional<UpstreamProxy> UpstreamRoute::proxyFor(Scheme scheme, QByteArrayView host,
                                                     std::uint16_t port) const
{
    const std::optional<UpstreamProxy> &proxy = scheme == Scheme::Https ? m_https : m_http;
    return proxy && !isDirect(host, port) ? proxy : std::nullopt;
}

} // namespace capture
