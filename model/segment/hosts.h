// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

namespace segment {

enum class HostKind : std::uint8_t {
    Other,    ///< not decrypted
    Tracking, ///< api.segment.io and its regions
    Cdn,      ///< cdn.segment.com, cdn-settings.segment.com
    OAuth,    ///< tokens: bodies are not stored
    Custom,   ///< the user's own domain, or below it
};

/// Which hosts are decrypted in proxy mode (wire contract, "Hosts to decrypt"). Value; any thread.
class Hosts
{
public:
    Hosts() = default;
    explicit Hosts(const QStringList &customDomains);

    /// Without port, any case, a final dot allowed.
    [[nodiscard]] HostKind kindOf(QByteArrayView host) const;
    [[nodiscard]] bool isCaptured(QByteArrayView host) const { return kindOf(host) != HostKind::Other; }

private:
    QList<QByteArray> m_customDomains;
};

} // namespace segment
