// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/requesthandler.h"
#include "capture/server.h"
#include "segment/hosts.h"

namespace capture {

/// What the capture port decides as a proxy, with the parts the server was given. Capture thread.
class ServerGateway final : public Gateway
{
public:
    using Listening = std::function<std::vector<Address>()>;

    /// A client spoke TLS to the port itself, and it came to nothing.
    using TlsFailed = std::function<void(const QByteArray &address)>;

    ServerGateway(const base::Clock &clock, Listening listening, TlsFailed tlsFailed);

    void setParts(const ServerParts &parts) { m_parts = parts; }
    [[nodiscard]] base::Result<void> setProxy(const ProxyOptions &options);
    void authorityChanged();

    [[nodiscard]] const ServerParts &parts() const { return m_parts; }
    [[nodiscard]] ProxyAnswer answer() const { return m_answer; }
    [[nodiscard]] segment::HostKind kindOf(QByteArrayView host) const { return m_hosts.kindOf(host); }
    [[nodiscard]] bool isObserved() const { return m_parts.observer != nullptr; }
    /// By a client at a path, with the time set.
    void observe(Observation::Kind kind, const Arrival &arrival, QByteArrayView agent, QByteArrayView path,
                 const std::function<void(Observation &)> &with = {});
    /// The answer for a device that is not accepted (yet).
    [[nodiscard]] std::optional<http::Response> deviceRefusal(const Arrival &arrival,
                                                              const http::Request &request);

    [[nodiscard]] std::shared_ptr<tls::ServerContexts> tlsContexts() override;
    [[nodiscard]] Way wayTo(const HostPort &host) const override;
    [[nodiscard]] std::optional<http::Response> refusal(const Arrival &arrival,
                                                        const http::Request &request) override;
    [[nodiscard]] Dialer &dialer() override;
    [[nodiscard]] Dialer::Guard guardFor(const Arrival &arrival) const override;
    void observe(Observation observation) override;

private:
    [[nodiscard]] bool isListenedOn(std::uint16_t port) const;

    const base::Clock &m_clock;
    Listening m_listening;
    TlsFailed m_tlsFailed;
    ServerParts m_parts;
    segment::Hosts m_hosts;
    ProxyAnswer m_answer = ProxyAnswer::Here;
    Dialer::Options m_dialing;
    std::unique_ptr<Dialer> m_dialer; ///< made on first use, so that it lives on the capture thread
    std::shared_ptr<tls::ServerContexts> m_contexts;
    QString m_authorityFailure; ///< the last that was logged
};

} // namespace capture
