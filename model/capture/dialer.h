// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "capture/channel.h"

#include <functional>
#include <memory>
#include <optional>

#include <QHostAddress>
#include <QObject>

namespace capture {

struct UpstreamProxy
{
    QByteArray host;
    std::uint16_t port = 0;
    QByteArray authorization; ///< "Basic ..."; never logged
};

/// Which proxy leads to the world: of the settings, else of the environment (https_proxy, http_proxy,
/// all_proxy and no_proxy as curl reads them). Value.
class UpstreamRoute
{
public:
    UpstreamRoute() = default;
    /// `setting`: empty: the environment's; "none": direct; else http://[user:password@]host:port for
    /// everything but loopback. BadInput says what is wrong with it.
    [[nodiscard]] static base::Result<UpstreamRoute> read(const QString &setting);

    enum class Scheme : std::uint8_t { Http, Https };
    [[nodiscard]] std::optional<UpstreamProxy> proxyFor(Scheme scheme, QByteArrayView host) const;

private:
    std::optional<UpstreamProxy> m_http, m_https;
    QList<QByteArray> m_direct;
};

struct DialTarget
{
    enum class Kind : std::uint8_t {
        Tunnel, ///< a bare connection to host:port, through the proxy's CONNECT when there is one
        Http,   ///< for one plain HTTP request; through a proxy it takes the absolute form
        Tls,    ///< verified TLS to the host
    } kind = Kind::Tunnel;
    QByteArray host;
    std::uint16_t port = 0;
};

struct Dialed
{
    std::unique_ptr<Channel> channel;   ///< connected; for Tls the handshake is done
    QByteArray received;                ///< bytes that came already
    std::optional<UpstreamProxy> proxy; ///< Http: the request must name the whole address
};

/// Connects to hosts: names are looked up off this thread, every address of a name is tried (IPv6 and IPv4),
/// 10 s in all. `isAllowed` is asked for each address before it is tried, so that no name leads to a
/// forbidden one; the upstream proxy's own address is not asked for, but one of `own` is refused (a loop).
/// Capture thread.
class Dialer final : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        UpstreamRoute route;
        QString moreTrustedPem; ///< trusted beside the system's certificates
        int timeoutMs = 10'000;
        /// Our own ports, which a connection must never lead to.
        std::function<bool(const QHostAddress &address, std::uint16_t port)> isOwn;
    };
    using Guard = std::function<bool(const QHostAddress &address, std::uint16_t port)>;
    using Done = std::function<void(base::Result<Dialed>)>;

    explicit Dialer(Options options, QObject *parent = nullptr);
    ~Dialer() override;

    void setOptions(Options options);
    /// `done` is called once, later, from the loop; never after cancel().
    std::uint64_t dial(const DialTarget &target, Guard isAllowed, Done done);
    void cancel(std::uint64_t id);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace capture
