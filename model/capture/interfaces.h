// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QHostAddress>

namespace capture {

/// An address of this machine that others of the network reach.
struct Interface
{
    enum class Kind : std::uint8_t { Ethernet, Wifi, Virtual, Other } kind = Kind::Other;
    QString name; ///< "wlp3s0"
    QHostAddress address;
};

/// Up, not loopback, not link-local; IPv4 before IPv6, real cards before bridges and VPNs.
[[nodiscard]] std::vector<Interface> networkInterfaces();
/// The same choice and order, of any list.
[[nodiscard]] std::vector<Interface> arranged(std::vector<Interface> interfaces);

} // namespace capture
