// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include <QByteArray>

class QHostAddress;

namespace capture {

/// Where a client wants to go.
struct HostPort
{
    QByteArray host; ///< lower case, without a final dot; an IPv6 literal without its brackets
    std::uint16_t port = 0;

    /// "api.segment.io:443", "[::1]:443".
    [[nodiscard]] QByteArray text() const;
};

/// "host:port", as CONNECT has it (RFC 9110 9.3.6); nothing when it is anything else.
[[nodiscard]] std::optional<HostPort> readHostPort(QByteArrayView authority);

/// A request target in absolute-form (RFC 9112 3.2.2).
struct AbsoluteTarget
{
    HostPort host;
    bool isTls = false;   ///< https://
    QByteArray authority; ///< as sent, without user and password: what Host must be
    QByteArray origin;    ///< path and query, at least "/"
};

/// Of http:// and https://; nothing for every other target.
[[nodiscard]] std::optional<AbsoluteTarget> readAbsoluteTarget(QByteArrayView target);

/// Loopback, or an address of one of this machine's network cards.
[[nodiscard]] bool isOfThisMachine(const QHostAddress &address);

} // namespace capture
