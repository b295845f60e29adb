// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "capture/channel.h"
#include "capture/upstreamroute.h"

#include <functional>
#include <memory>

#include <QHostAddress>
#include <QObject>

namespace capture {

struct DialTarget
{
    enum class Kind : std::uint8_t {
        Tunnel, ///< a bare connection to host:port, through the proxy's CONNECT when there is one
        Http,   ///< for one plain HTTP request; through a proxy it takes the absolute form
        Tls,    ///< verified TLS to the host
    } kind = Kind::Tunnel;
    QByteArray host; ///< lower case, an IPv6 literal without its brackets
    std::uint16_t port = 0;

    friend bool operator==(const DialTarget &, const DialTarget &) = default;
};

struct Dialed
{
    std::unique_ptr<Channel> channel;   ///< connected; for Tls the handshake is done
    QByteArray received;                ///< plain bytes that came already
    std::optional<UpstreamProxy> proxy; ///< Http: the request must name the whole address
};

/// Connects to hosts: names are looked up off this thread, every address of a name is tried (IPv6 and IPv4 in
/// turn, the next one after 300 ms), 10 s in all. `isAllowed` is asked for each address before it is tried,
/// so that no name leads to a forbidden one; the upstream proxy's own address is not asked for. Behind a
/// proxy only an address literal can be asked for: a name is looked up there. A proxy that is one of our own
/// ports is left out. Errors: Network, or Permission when every address is forbidden or our own. Capture
/// thread.
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

    /// For what is dialed from now on.
    void setOptions(Options options);
    /// `done` is called once, later, from the loop; never after cancel().
    std::uint64_t dial(const DialTarget &target, Guard isAllowed, Done done);
    void cancel(std::uint64_t id);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace capture
