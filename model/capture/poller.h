// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include <QSocketNotifier>

namespace capture {

/// Whose socket became ready. Owned by the connections' table, found by its key.
class Watcher
{
public:
    virtual ~Watcher() = default;
    virtual void ready(bool isReadable, bool isWritable) = 0;
    /// Now and then, for what took too long.
    virtual void checkTimeouts() = 0;
};

/// Many sockets watched through one: an epoll set in a Qt loop. A QSocketNotifier or QTcpSocket for each
/// would cost an event and a signal per request, and QTcpSocket closes when the client ends its half.
/// One thread.
class Poller
{
public:
    struct Ready
    {
        std::uint64_t key = 0;
        bool isReadable = false; ///< or ended, or broken: reading tells
        bool isWritable = false;
    };
    using Told = std::function<void(std::span<const Ready> ready)>;

    explicit Poller(Told told);
    ~Poller();
    Poller(const Poller &) = delete;
    Poller &operator=(const Poller &) = delete;

    [[nodiscard]] bool isOpen() const { return m_set >= 0; }

    enum class Interest : std::uint8_t { None, Read, Write, ReadAndWrite };
    /// Keys come back with what is ready; with no interest a socket is not watched at all, so that a
    /// broken one does not wake the loop again and again.
    void change(int socket, std::uint64_t key, Interest before, Interest now);

private:
    void take();

    Told m_told;
    int m_set = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace capture
