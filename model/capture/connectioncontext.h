// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/connections.h"
#include "capture/poller.h"
#include "capture/relay.h"

#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

namespace capture {

/// What the watchers of one set of connections share: the poller, the table by which it finds them, and what
/// is to be done with them behind the current wake-up. Capture thread.
struct ConnectionContext
{
    ConnectionContext(RequestHandler &shared, const ServerOptions &limits)
        : handler(shared)
        , options(limits)
    {
    }

    RequestHandler &handler;
    const ServerOptions options;
    std::unique_ptr<Poller> poller;
    std::vector<char> readBuffer; ///< for one read; its contents are the reader's until it returns
    std::int64_t nowMs = 0;       ///< of the current wake-up; steady, a second old at most
    bool isClosing = false;

    /// In a constructor: the key for Poller::change(), by which ready() and checkTimeouts() find it.
    [[nodiscard]] std::uint64_t enroll(Watcher &watcher);
    /// In its destructor.
    void dismiss(std::uint64_t key);

    void flushLater(std::uint64_t connection);
    void resumeLater(std::uint64_t connection);
    /// A connection or relay of the table is finished: destroyed once nothing of it is on the stack.
    void removeLater(std::uint64_t key);
    /// Connection::dueNow() at that time.
    void wakeAt(std::int64_t dueMs, std::uint64_t connection);
    /// Keeps it until it closes.
    Relay &adopt(std::unique_ptr<Relay> relay);

    void settleSoon();

    std::uint64_t lastKey = 0;
    std::unordered_map<std::uint64_t, Watcher *> watchers;
    std::unordered_map<std::uint64_t, std::unique_ptr<Relay>> relays;
    std::vector<std::uint64_t> unflushed; ///< connections with something to write
    std::vector<std::uint64_t> paused;    ///< connections that wait for room before they read on
    std::vector<std::uint64_t> removed;
    std::multimap<std::int64_t, std::uint64_t> due;
    bool isSettling = false;      ///< what was put off is seen to behind the current call anyway
    std::function<void()> settle; ///< else this has the loop do it
};

} // namespace capture
