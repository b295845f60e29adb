// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/observation.h"

#include <array>
#include <mutex>
#include <vector>

#include <QHash>

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

    [[nodiscard]] const Noted &of(Observation::Kind kind) const
    {
        return noted[static_cast<std::size_t>(kind)];
    }
    [[nodiscard]] bool cameBy(Mode mode) const { return (modes & (1U << static_cast<unsigned>(mode))) != 0; }
};

/// The last 200 clients. What comes without an agent (a refused TLS handshake) is put to the one client of
/// that address that came within the last minutes, else kept under no agent. Any thread.
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
