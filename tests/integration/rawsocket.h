// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <optional>
#include <utility>

#include <QByteArray>
#include <QElapsedTimer>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/// A socket that blocks: for tests that count connections and bytes without an event loop.
class RawSocket
{
public:
    RawSocket() = default;
    explicit RawSocket(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    RawSocket(RawSocket &&other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
    {
    }
    RawSocket &operator=(RawSocket &&other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~RawSocket()
    {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }

    /// To 127.0.0.1.
    [[nodiscard]] static RawSocket connectTo(quint16 port)
    {
        RawSocket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        const sockaddr_in address = loopback(port);
        if (::connect(socket.m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) !=
            0) {
            return {};
        }
        return socket;
    }
    /// On a free port of 127.0.0.1.
    [[nodiscard]] static RawSocket listen()
    {
        RawSocket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        const sockaddr_in address = loopback(0);
        constexpr int backlog = 256;
        if (::bind(socket.m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
            ::listen(socket.m_descriptor, backlog) != 0) {
            return {};
        }
        return socket;
    }

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    [[nodiscard]] quint16 port() const
    {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        ::getsockname(m_descriptor, reinterpret_cast<sockaddr *>(&address), &size);
        return ntohs(address.sin_port);
    }
    [[nodiscard]] RawSocket accept() const
    {
        return RawSocket(::accept4(m_descriptor, nullptr, nullptr, SOCK_CLOEXEC));
    }
    /// False when none comes.
    [[nodiscard]] bool hasConnection(int waitMs) const { return isReady(POLLIN, waitMs); }

    /// All of it; false when the peer takes no more.
    bool send(QByteArrayView bytes) const
    {
        while (!bytes.isEmpty()) {
            const ssize_t sent =
                ::send(m_descriptor, bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL);
            if (sent <= 0) {
                return false;
            }
            bytes = bytes.sliced(sent);
        }
        return true;
    }
    /// As much as goes without waiting.
    [[nodiscard]] qsizetype sendSome(QByteArrayView bytes) const
    {
        return ::send(m_descriptor, bytes.data(), static_cast<size_t>(bytes.size()),
                      MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    /// What is there, waiting for the first byte; empty at the end or when nothing comes.
    [[nodiscard]] QByteArray receive(qsizetype most = 64 * 1024, int waitMs = 60'000) const
    {
        QByteArray bytes(most, Qt::Uninitialized);
        if (!isReady(POLLIN, waitMs)) {
            return {};
        }
        const ssize_t got = ::recv(m_descriptor, bytes.data(), static_cast<size_t>(most), 0);
        bytes.truncate(got > 0 ? got : 0);
        return bytes;
    }
    /// Until the end.
    [[nodiscard]] QByteArray receiveAll() const
    {
        QByteArray all;
        for (QByteArray some = receive(); !some.isEmpty(); some = receive()) {
            all += some;
        }
        return all;
    }
    /// Up to and with `mark`; without it when the peer ends before.
    [[nodiscard]] QByteArray receiveUntil(QByteArrayView mark) const
    {
        QByteArray all;
        while (!all.contains(mark)) {
            const QByteArray one = receive(1);
            if (one.isEmpty()) {
                break;
            }
            all += one;
        }
        return all;
    }
    /// The peer has closed or reset it; false when it still stands after the wait.
    [[nodiscard]] bool isClosedWithin(int waitMs) const
    {
        QElapsedTimer waited;
        waited.start();
        while (waited.elapsed() < waitMs) {
            if (isReady(POLLIN, waitMs - static_cast<int>(waited.elapsed())) &&
                receive(64 * 1024, 0).isEmpty()) {
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] bool isWritable(int waitMs) const { return isReady(POLLOUT, waitMs); }
    void endWriting() const { ::shutdown(m_descriptor, SHUT_WR); }

private:
    [[nodiscard]] static sockaddr_in loopback(quint16 port)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }
    [[nodiscard]] bool isReady(short events, int waitMs) const
    {
        pollfd one{m_descriptor, events, 0};
        return ::poll(&one, 1, waitMs) == 1;
    }

    int m_descriptor = -1;
};
