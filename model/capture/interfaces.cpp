// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/interfaces.h"

#include <algorithm>
#include <array>

#include <QNetworkInterface>

namespace capture {

using namespace Qt::StringLiterals;

namespace {

/// What containers, virtual machines and VPNs call theirs; the kernel says Ethernet of most of them.
bool isVirtualName(const QString &name)
{
    static constexpr std::array<QLatin1StringView, 14> prefixes{
        "docker"_L1, "br-"_L1, "veth"_L1, "virbr"_L1, "vmnet"_L1,     "vboxnet"_L1, "lxc"_L1,
        "lxd"_L1,    "tun"_L1, "tap"_L1,  "wg"_L1,    "tailscale"_L1, "zt"_L1,      "podman"_L1};
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&name](QLatin1StringView prefix) { return name.startsWith(prefix); });
}

Interface::Kind kindOf(const QNetworkInterface &card)
{
    if (isVirtualName(card.name())) {
        return Interface::Kind::Virtual;
    }
    switch (card.type()) {
    case QNetworkInterface::Ethernet:
        return card.name().startsWith(u"wl"_s) ? Interface::Kind::Wifi : Interface::Kind::Ethernet;
    case QNetworkInterface::Wifi:
        return Interface::Kind::Wifi;
    case QNetworkInterface::Virtual:
        return Interface::Kind::Virtual;
    default:
        return Interface::Kind::Other;
    }
}

} // namespace

std::vector<Interface> arranged(std::vector<Interface> interfaces)
{
    const auto rank = [](const Interface &each) {
        const bool isReal = each.kind == Interface::Kind::Ethernet || each.kind == Interface::Kind::Wifi;
        const int kind = isReal ? 0 : each.kind == Interface::Kind::Other ? 1 : 2;
        const int family = each.address.protocol() == QAbstractSocket::IPv4Protocol ? 0 : 1;
        return std::pair(family, kind);
    };
    std::erase_if(interfaces, [](const Interface &each) {
        return each.address.isNull() || each.address.isLoopback() || each.address.isLinkLocal() ||
               each.address.isMulticast();
    });
    std::stable_sort(interfaces.begin(), interfaces.end(),
                     [&rank](const Interface &one, const Interface &two) { return rank(one) < rank(two); });
    return interfaces;
}

std::vector<Interface> networkInterfaces()
{
    std::vector<Interface> found;
    const QList<QNetworkInterface> cards = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &card : cards) {
        const QNetworkInterface::InterfaceFlags flags = card.flags();
        if (!flags.testFlag(QNetworkInterface::IsUp) || !flags.testFlag(QNetworkInterface::IsRunning) ||
            flags.testFlag(QNetworkInterface::IsLoopBack)) {
            continue;
        }
        const QList<QNetworkAddressEntry> entries = card.addressEntries();
        for (const QNetworkAddressEntry &entry : entries) {
            QHostAddress address = entry.ip();
            address.setScopeId({});
            found.push_back({kindOf(card), card.name(), address});
        }
    }
    return arranged(std::move(found));
}

} // namespace capture
