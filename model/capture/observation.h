// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/arrival.h"

#include <QString>

namespace capture {

/// One thing that happened to a client, for the doctor. Value.
struct Observation
{
    enum class Kind : std::uint8_t {
        TlsOpened,     ///< handshake done; host
        TlsRefused,    ///< the client refused our certificate or left; host, alert, detail
        TlsBroken,     ///< something else went wrong in TLS; detail
        Http2,         ///< it spoke HTTP/2 without being asked
        TunnelOpened,  ///< CONNECT to a host that is not Segment's; host
        TunnelRefused, ///< CONNECT that is not allowed (this port, link-local, ...); host, detail
        HostFailed,    ///< the real host could not be reached or verified; host, detail
        Preflight,     ///< path
        Settings,      ///< settings fetched; writeKeyHash
        Metrics,
        Token,
        Script,        ///< a CDN script asked for in endpoint mode, which we don't have; path
        UnknownPath,   ///< path
        OtherHost,     ///< plain proxied request to a host that is not Segment's; host
        Events,        ///< stored and answered with success; count
        Rejected,      ///< kept as rejected; detail: the reject code, status; path
        AnsweredError, ///< answered with an error although understood (store, fault, upstream); status,
                       ///< detail
        DeviceRefused, ///< the device is not accepted yet
        SetupPage,     ///< it opened the setup page
    } kind = Kind::Events;
    std::int64_t atUs = 0;
    QByteArray address; ///< of the client, without port
    QByteArray agent;   ///< User-Agent; empty when none came (yet)
    Mode mode = Mode::Endpoint;
    QByteArray host, path;
    QByteArray writeKeyHash; ///< SourceKey::keyHash, when known
    QByteArray detail;       ///< stable word (reject code, alert name) or sentence
    int status = 0;
    int alert = -1; ///< TLS alert number
    std::uint32_t count = 1;
};

/// Told on the capture thread; must not block.
class Observer
{
public:
    virtual ~Observer() = default;
    virtual void observe(const Observation &observation) = 0;
};

} // namespace capture
