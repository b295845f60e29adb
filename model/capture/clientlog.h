// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/observation.h"

#include <array>
#include <mutex>
#include <vector>

#include <QByteArray>

namespace capture {

/// Everything noted of one client: a program on this machine or a device, told apart by address and agent.
struct Client
{
    struct Noted
    {
        std::uint64_t count = 0;
        std::int64_t firstUs = 0, lastUs = 0;
        Observation last;
    };
    static constexpr std::size_t kinds = static_cast<std::size_t>(Observation::Kind::SetupPage) + 1;

    QByteArray address, agent;
    std::int64_t firstUs = 0, lastUs = 0;
    std::uint8_t modes = 0; ///< bit per Mode
    std::array<Noted, kinds> noted;

    /// How TLS went for one name.
    struct TlsHost
    {
        QByteArray host;
        Mode mode = Mode::EndpointTls;
        std::int64_t openedUs = 0, refusedUs = 0;
        std::uint32_t refusals = 0; ///< since it was last opened
        int alert = -1;             ///< of the last one
        QByteArray detail;          ///< alert name, "left"

        [[nodiscard]] bool isRefusing() const { return refusals > 0; }
    };
    std::vector<TlsHost> tlsHosts;     ///< at most 12, in the order first seen
    std::vector<QByteArray> elsewhere; ///< the last five hosts reached through us, latest first

    [[nodiscard]] const Noted &of(Observation::Kind kind) const
    {
        return noted[static_cast<std::size_t>(kind)];
    }
    [[nodiscard]] bool cameBy(Mode mode) const { return (modes & (1U << static_cast<unsigned>(mode))) != 0; }
};

/// The last 200 clients. What comes without an agent (a refused TLS handshake) is put to the one client of
/// that address that came within the last minutes, else kept under no agent until its agent is known. Write
/// keys in paths are masked. Any thread.
class ClientLog final : public Observer
{
public:
    void observe(const Observation &observation) override;
    /// Latest first.
    [[nodiscard]] std::vector<Client> clients() const;
    void clear();

private:
    mutable std::mutex m_mutex;
    std::vector<Client> m_clients;
};

} // namespace capture
