// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/hostport.h"

#include <algorithm>

#include <QHostAddress>
#include <QNetworkInterface>

namespace capture {

namespace {

bool isHostCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
}

bool isLiteralCharacter(char c)
{
    return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') || c == ':' || c == '.';
}

std::optional<QByteArray> readHost(QByteArrayView text)
{
    if (text.startsWith('[') && text.endsWith(']')) {
        const QByteArrayView literal = text.sliced(1, text.size() - 2);
        if (literal.isEmpty() || !std::all_of(literal.begin(), literal.end(), isLiteralCharacter)) {
            return std::nullopt;
        }
        return literal.toByteArray().toLower();
    }
    if (text.endsWith('.')) {
        text.chop(1); // the same name, fully qualified
    }
    if (text.isEmpty() || text.size() > 253 || !std::all_of(text.begin(), text.end(), isHostCharacter)) {
        return std::nullopt;
    }
    return text.toByteArray().toLower();
}

std::optional<std::uint16_t> readPort(QByteArrayView text)
{
    bool isNumber = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const int port = isNumber ? text.toInt(&isNumber) : 0;
    if (!isNumber || port <= 0 || port > 65535) {
        return std::nullopt;
    }
    return static_cast<std::uint16_t>(port);
}

/// Where the port begins, behind the colon; -1 without one.
qsizetype portAt(QByteArrayView authority)
{
    const qsizetype colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? colon + 1 : -1;
}

} // namespace

QByteArray HostPort::text() const
{
    const QByteArray digits = QByteArray::number(port);
    return host.contains(':') ? '[' + host + "]:" + digits : host + ':' + digits;
}

std::optional<HostPort> readHostPort(QByteArrayView authority)
{
    const qsizetype at = portAt(authority);
    if (at < 1) {
        return std::nullopt;
    }
    const auto host = readHost(authority.first(at - 1));
    const auto port = readPort(authority.sliced(at));
    if (!host || !port) {
        return std::nullopt;
    }
    return HostPort{*host, *port};
}

std::optional<AbsoluteTarget> readAbsoluteTarget(QByteArrayView target)
{
    const qsizetype end = target.indexOf("://");
    if (end < 0 || target.startsWith('/')) {
        return std::nullopt;
    }
    const QByteArray scheme = target.first(end).toByteArray().toLower();
    if (scheme != "http" && scheme != "https") {
        return std::nullopt;
    }
    AbsoluteTarget absolute;
    absolute.isTls = scheme == "https";

    const QByteArrayView rest = target.sliced(end + 3);
    const auto authorityEnd =
        std::find_if(rest.begin(), rest.end(), [](char c) { return c == '/' || c == '?' || c == '#'; });
    const qsizetype size = authorityEnd - rest.begin();
    QByteArrayView authority = rest.first(size);
    authority = authority.sliced(authority.lastIndexOf('@') + 1);
    absolute.authority = authority.toByteArray();
    const qsizetype port = portAt(authority);
    if (port < 0 || port == authority.size()) { // "host:" means the scheme's port (RFC 3986 3.2.3)
        const auto host = readHost(port < 0 ? authority : authority.chopped(1));
        if (!host) {
            return std::nullopt;
        }
        absolute.host = {*host, static_cast<std::uint16_t>(absolute.isTls ? 443 : 80)};
    } else if (const auto host = readHostPort(authority)) {
        absolute.host = *host;
    } else {
        return std::nullopt;
    }

    absolute.origin = rest.sliced(size).toByteArray();
    if (!absolute.origin.startsWith('/')) {
        absolute.origin.prepend('/');
    }
    return absolute;
}

bool isOfThisMachine(const QHostAddress &address)
{
    return address.isLoopback() || QNetworkInterface::allAddresses().contains(address);
}

} // namespace capture
