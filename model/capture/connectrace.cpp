// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/connectrace.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace capture {

namespace {

constexpr int nextAfterMs = 300;

int openSocket(const QHostAddress &address, std::uint16_t port)
{
    sockaddr_storage storage{};
    socklen_t size = 0;
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        auto &six = reinterpret_cast<sockaddr_in6 &>(storage);
        six.sin6_family = AF_INET6;
        six.sin6_port = htons(port);
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        std::memcpy(&six.sin6_addr, &bytes, sizeof six.sin6_addr);
        const QByteArray scope = address.scopeId().toLatin1();
        bool isNumber = false;
        six.sin6_scope_id = scope.toUInt(&isNumber);
        if (!isNumber && !scope.isEmpty()) {
            six.sin6_scope_id = if_nametoindex(scope.constData());
        }
        size = sizeof six;
    } else {
        auto &four = reinterpret_cast<sockaddr_in &>(storage);
        four.sin_family = AF_INET;
        four.sin_port = htons(port);
        four.sin_addr.s_addr = htonl(address.toIPv4Address());
        size = sizeof four;
    }
    const int socket = ::socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket < 0) {
        return -1;
    }
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&storage), size) != 0 && errno != EINPROGRESS) {
        const int error = errno;
        ::close(socket);
        errno = error;
        return -1;
    }
    return socket;
}

} // namespace

ConnectRace::ConnectRace(const QList<QHostAddress> &addresses, std::uint16_t port, Done done, QObject *parent)
    : QObject(parent)
    , m_port(port)
    , m_done(std::move(done))
    , m_next(this)
{
    // Each family keeps its order; the first address, which the system prefers, begins.
    std::vector<QHostAddress> first, second;
    for (const QHostAddress &address : addresses) {
        (address.protocol() == addresses.front().protocol() ? first : second).push_back(address);
    }
    for (std::size_t at = 0; at < std::max(first.size(), second.size()); ++at) {
        if (at < first.size()) {
            m_waiting.push_back(first[at]);
        }
        if (at < second.size()) {
            m_waiting.push_back(second[at]);
        }
    }
    std::ranges::reverse(m_waiting);
    m_next.setSingleShot(true);
    m_next.setInterval(nextAfterMs);
    connect(&m_next, &QTimer::timeout, this, &ConnectRace::startNext);
}

ConnectRace::~ConnectRace()
{
    for (Runner &runner : m_runners) {
        runner.notifier.reset();
        ::close(runner.socket);
    }
}

void ConnectRace::start()
{
    startNext();
}

void ConnectRace::startNext()
{
    while (!m_waiting.empty()) {
        const QHostAddress address = m_waiting.back();
        m_waiting.pop_back();
        const int socket = openSocket(address, m_port);
        if (socket < 0) {
            failed(address, errno);
            continue;
        }
        auto notifier = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Write);
        connect(notifier.get(), &QSocketNotifier::activated, this, [this, socket] { ready(socket); });
        m_runners.push_back({socket, address, std::move(notifier)});
        m_next.start();
        return;
    }
    if (m_runners.empty()) {
        finish(-1);
    }
}

void ConnectRace::ready(int socket)
{
    const auto runner = std::ranges::find(m_runners, socket, &Runner::socket);
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) != 0) {
        error = errno;
    }
    // It is on the stack: it goes with the loop's next turn.
    runner->notifier->setEnabled(false);
    runner->notifier.release()->deleteLater();
    const QHostAddress address = runner->address;
    m_runners.erase(runner);
    if (error == 0) {
        finish(socket);
        return;
    }
    ::close(socket);
    failed(address, error);
    startNext();
}

void ConnectRace::failed(const QHostAddress &address, int error)
{
    const bool isWeak = error == ENETUNREACH || error == EAFNOSUPPORT || error == EADDRNOTAVAIL;
    if (!m_why.isEmpty() && (isWeak || !m_isWhyWeak)) {
        return;
    }
    m_isWhyWeak = isWeak;
    m_why = u"%1, port %2: %3."_s.arg(address.toString()).arg(m_port).arg(qt_error_string(error));
}

void ConnectRace::finish(int socket)
{
    m_next.stop();
    for (Runner &runner : m_runners) {
        runner.notifier.reset();
        ::close(runner.socket);
    }
    m_runners.clear();
    m_waiting.clear();
    const Done done = std::exchange(m_done, {});
    const QString why = m_why;
    done(socket, why); // may destroy this
}

} // namespace capture
