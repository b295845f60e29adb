// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <optional>

#include <QByteArray>
#include <QList>

namespace capture {

struct UpstreamProxy
{
    QByteArray host; ///< an IPv6 literal without its brackets
    std::uint16_t port = 0;
    QByteArray authorization; ///< "Basic ..."; never logged

    /// "proxy.example.com:3128".
    [[nodiscard]] QByteArray text() const;
};

/// Which proxy leads to the world: of the settings, else of the environment (https_proxy, http_proxy,
/// all_proxy and no_proxy as curl reads them). Value.
class UpstreamRoute
{
public:
    /// Direct.
    UpstreamRoute() = default;
    /// `setting`: empty: the environment's; "none": direct; else http://[user:password@]host:port for
    /// everything but loopback. BadInput says what is wrong with it, without its user and password. What of
    /// the environment can't be used is left out, with a line in the log.
    [[nodiscard]] static base::Result<UpstreamRoute> read(const QString &setting);

    enum class Scheme : std::uint8_t { Http, Https };
    [[nodiscard]] std::optional<UpstreamProxy> proxyFor(Scheme scheme, QByteArrayView host,
                                                        std::uint16_t port) const;

private:
    struct Direct
    {
        QByteArray name;        ///< and what lies below it; "*": every host
        std::uint16_t port = 0; ///< 0: any
    };

    [[nodiscard]] static UpstreamRoute ofEnvironment();
    [[nodiscard]] bool isDirect(QByteArrayView host, std::uint16_t port) const;

    std::optional<UpstreamProxy> m_http, m_https;
    QList<Direct> m_direct;
};

} // namespace capture
