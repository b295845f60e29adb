// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/channel.h"
#include "capture/poller.h"

#include <functional>

namespace capture {

struct ConnectionContext;

/// An untouched tunnel: pumps bytes both ways between two channels, at most 256 KB waiting each way (then the
/// faster side is not read), ends a half when the other side ended its own, closes when both have or one
/// breaks. No timeout while a byte moves; a tunnel silent for ten minutes is closed. Capture thread.
class Relay final : public Watcher
{
public:
    struct Totals
    {
        std::uint64_t toHost = 0, toClient = 0;
    };

    /// `clientReceived` and `hostReceived` were read before and go first. `closed` is called once, from the
    /// loop.
    Relay(ConnectionContext &context, std::unique_ptr<Channel> client, QByteArray clientReceived,
          std::unique_ptr<Channel> host, QByteArray hostReceived, std::function<void(Totals)> closed);
    ~Relay() override;

    void start();
    void ready(bool isReadable, bool isWritable) override;
    void checkTimeouts() override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace capture
