// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "deliver/loopguard.h"

#include <algorithm>

#include <QHostInfo>
#include <QNetworkInterface>

using namespace Qt::StringLiterals;

namespace deliver {

namespace {

/// ::ffff:127.0.0.1 and 127.0.0.1 are the same place.
QHostAddress plain(const QHostAddress &address)
{
    bool isMapped = false;
    const quint32 v4 = address.toIPv4Address(&isMapped);
    return isMapped ? QHostAddress(v4) : address;
}

bool isOurs(const QHostAddress &address)
{
    const QHostAddress target = plain(address);
    // Connecting to "any" reaches the machine itself.
    if (target.isLoopback() || target == QHostAddress(QHostAddress::AnyIPv4) ||
        target == QHostAddress(QHostAddress::AnyIPv6)) {
        return true;
    }
    return std::ranges::any_of(QNetworkInterface::allAddresses(),
                               [&](const QHostAddress &each) { return each.isEqual(target); });
}

bool isLocalName(const QString &host)
{
    // RFC 6761: names under localhost are loopback wherever they resolve to.
    return host == u"localhost"_s || host.endsWith(u".localhost"_s);
}

} // namespace

bool leadsBackHere(const QUrl &url, const std::vector<std::pair<QHostAddress, quint16>> &own)
{
    const int port = url.port(url.scheme() == u"https"_s ? 443 : 80);
    if (std::ranges::none_of(own, [port](const auto &address) { return address.second == port; })) {
        return false;
    }
    QString host = url.host().toLower();
    if (host.endsWith(u'.')) {
        host.chop(1);
    }
    if (isLocalName(host)) {
        return true;
    }
    if (const QHostAddress literal(host); !literal.isNull()) {
        return isOurs(literal);
    }
    return std::ranges::any_of(QHostInfo::fromName(host).addresses(), isOurs);
}

} // namespace deliver
