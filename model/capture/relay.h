// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/channel.h"

#include <functional>

namespace capture {

struct ConnectionContext;

/// An untouched tunnel: pumps bytes both ways between two channels, at most 256 KB waiting each way (then the
/// faster side is not read), ends a half when the other side ended its own, closes when both have or one
/// breaks. No timeout while a byte moves; a tunnel silent for ten minutes is closed. Capture thread.
class Relay
{
public:
    struct Totals
    {
        std::uint64_t toHost = 0, toClient = 0; ///< bytes
    };

    /// `clientReceived` and `hostReceived` were read before and go first. `closed` may be empty; it is called
    /// once, from the loop, and the context destroys the relay after it.
    Relay(ConnectionContext &context, std::unique_ptr<Channel> client, QByteArray clientReceived,
          std::unique_ptr<Channel> host, QByteArray hostReceived, std::function<void(Totals)> closed);
    ~Relay();
    Relay(const Relay &) = delete;
    Relay &operator=(const Relay &) = delete;

    [[nodiscard]] std::uint64_t key() const; ///< by which the context knows it
    void start();
    void close();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace capture
