// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace capture {

/// Who answers a call that came through the proxy for one of Segment's hosts.
enum class ProxyAnswer : std::uint8_t {
    Here,   ///< event calls are answered here once they are stored; settings, scripts and the rest come from
            ///< the real host, and settings from here when it can't be reached
    PassOn, ///< everything is passed on once it is stored, and the real answer handed back
};

struct ProxyOptions
{
    ProxyAnswer answer = ProxyAnswer::Here;
    QStringList domains;   ///< the user's own, decrypted beside Segment's
    QString upstreamProxy; ///< as UpstreamRoute::read takes it
    QString trustedPem;    ///< a file trusted for real hosts beside the system's certificates
};

} // namespace capture
