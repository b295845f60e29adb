// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <QByteArray>

namespace capture {

/// How a request came to the port.
enum class Mode : std::uint8_t {
    Endpoint,    ///< the app's own host setting names us, plain HTTP
    EndpointTls, ///< the same over TLS
    ProxyHttp,   ///< absolute-form to us as HTTP proxy
    ProxyTls,    ///< inside a CONNECT that was decrypted
};

/// What is known of a request beside its bytes.
struct Arrival
{
    QByteArray peer; ///< "192.168.1.23:40822", "[fe80::1]:4711"
    Mode mode = Mode::Endpoint;
    /// The host the client means, without port, lower case: of CONNECT, of an absolute-form target, else the
    /// TLS server name. Empty in plain endpoint mode.
    QByteArray host;
    std::uint16_t hostPort = 0;
    bool isHostTls = false; ///< passing it on takes TLS (axios sends https:// to a proxy in absolute form)
    /// Where the client runs, as its socket tells; unknown: a loopback peer is of this machine.
    enum class Origin : std::uint8_t { Unknown, ThisMachine, Network } origin = Origin::Unknown;

    /// The peer without its port.
    [[nodiscard]] QByteArray address() const;
    [[nodiscard]] bool isFromThisMachine() const;
};

} // namespace capture
