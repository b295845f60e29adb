// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <array>

#include <QByteArray>
#include <QStringList>

namespace tls {

/// The four or sixteen bytes of an address literal, as a certificate has them; a zone is left out, an IPv4
/// address in IPv6 form is an IPv4 address. Empty when it is none.
[[nodiscard]] QByteArray addressBytes(QByteArrayView text);

/// A host name in lower case without its final dot. Empty when it is none, an address included.
[[nodiscard]] QByteArray hostName(QByteArrayView text);

/// `host` is `domain` or lies below it (RFC 5280 4.2.1.10); both as hostName() gives them.
[[nodiscard]] bool isWithin(QByteArrayView host, QByteArrayView domain);

struct AddressRange
{
    const char *address;
    int prefixBits;
};

inline constexpr std::array loopbackRanges{AddressRange{"127.0.0.0", 8}, AddressRange{"::1", 128}};

/// Loopback, private (RFC 1918, RFC 4193) and link-local.
inline constexpr std::array permittedRanges{
    AddressRange{"127.0.0.0", 8},    AddressRange{"10.0.0.0", 8},     AddressRange{"172.16.0.0", 12},
    AddressRange{"192.168.0.0", 16}, AddressRange{"169.254.0.0", 16}, AddressRange{"::1", 128},
    AddressRange{"fc00::", 7},       AddressRange{"fe80::", 10},
};

/// Both as addressBytes() gives them.
[[nodiscard]] bool isWithin(const QByteArray &address, const AddressRange &range);
/// The range's mask, as long as its address.
[[nodiscard]] QByteArray maskOf(const AddressRange &range);

/// The user's domains as they are constrained: lower case, each once, without those that another one or
/// Trackside's own cover. BadInput names the first that can't be one.
[[nodiscard]] base::Result<QStringList> normalisedDomains(const QStringList &domains);

} // namespace tls
