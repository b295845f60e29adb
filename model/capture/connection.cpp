// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/connection.h"

#include <algorithm>
#include <cerrno>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace capture {

using State = http::RequestParser::State;

namespace {

/// Reads in one wake-up before others get their turn.
constexpr int maxReadsAtOnce = 8;
/// Answers a client does not fetch; then nothing more is read from it.
constexpr qsizetype maxUnwrittenBytes = qsizetype{1024} * 1024;
constexpr std::int64_t lingerMs = 2'000;

QByteArray peerOf(int socket)
{
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    if (getpeername(socket, reinterpret_cast<sockaddr *>(&storage), &length) != 0) {
        return {};
    }
    QHostAddress host(reinterpret_cast<const sockaddr *>(&storage));
    bool isFour = false;
    if (const quint32 four = host.toIPv4Address(&isFour); isFour) {
        host.setAddress(four); // "::ffff:127.0.0.1" of a socket that takes both
    }
    const quint16 port =
        ntohs(storage.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6 *>(&storage)->sin6_port
                                            : reinterpret_cast<const sockaddr_in *>(&storage)->sin_port);
    return toText({host, port}).toLatin1();
}

} // namespace

Connection::Connection(ConnectionContext &context, std::uint64_t id, int socket)
    : m_context(context)
    , m_id(id)
    , m_socket(socket)
    , m_peer(peerOf(socket))
    , m_parser(context.options.limits)
    , m_stateSinceMs(context.nowMs)
    , m_writeSinceMs(context.nowMs)
{
    const int on = 1;
    setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Connection::~Connection()
{
    if (m_socket >= 0) {
        m_context.poller->change(m_socket, m_id, m_interest, Poller::Interest::None);
        ::close(m_socket);
    }
}

void Connection::start()
{
    updateInterest();
}

void Connection::refuse(const http::Response &response)
{
    m_out = http::serialize(response, "GET", false);
    m_phase = Phase::Ending;
    flush();
}

void Connection::read()
{
    for (int reads = 0; reads < maxReadsAtOnce && isReading(); ++reads) {
        std::vector<char> &buffer = m_context.readBuffer;
        const ssize_t count = recv(m_socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (count < 0) {
            if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
                inputEnded();
                close();
            }
            break;
        }
        if (count == 0) {
            inputEnded();
            break;
        }
        if (m_phase == Phase::Open) {
            if (m_parser.state() == State::ReadingBody) {
                m_stateSinceMs = m_context.nowMs;
            }
            handle(m_parser.feed(QByteArrayView(buffer.data(), count)));
        }
        updateInterest();
        if (static_cast<std::size_t>(count) < buffer.size()) {
            break; // all there was; what comes now wakes the loop again
        }
    }
    noteState();
}

void Connection::handle(std::vector<http::Action> actions)
{
    for (http::Action &action : actions) {
        if (auto *complete = std::get_if<http::RequestComplete>(&action)) {
            handleComplete(std::move(*complete));
        } else if (auto *rejected = std::get_if<http::RequestRejected>(&action)) {
            handleRejected(std::move(*rejected));
        } else if (auto *tunnel = std::get_if<http::TunnelRequested>(&action)) {
            handleRejected({501, "tunnel", "CONNECT opens a proxy tunnel, which is not to be had here",
                            std::move(tunnel->request)});
        } else {
            // It goes out in its turn, behind the answers to what was asked before.
            m_slots.push_back({"HTTP/1.1 100 Continue\r\n\r\n", true});
        }
    }
    moveReadySlots();
}

event::ReplyToken Connection::openSlot(const http::Request &request)
{
    const event::ReplyToken token{m_id, m_firstSlot + m_slots.size()};
    Slot &slot = m_slots.emplace_back();
    slot.isHead = request.method == "HEAD";
    slot.isKeepAlive = request.isKeepAlive;
    return token;
}

void Connection::handleComplete(http::RequestComplete &&complete)
{
    m_stateSinceMs = m_context.nowMs;
    const event::ReplyToken token = openSlot(complete.request);
    if (const auto response = m_context.handler.handle(token, m_peer, std::move(complete.request))) {
        fill(m_slots.back(), *response);
    }
}

void Connection::handleRejected(http::RequestRejected &&rejected)
{
    const event::ReplyToken token = openSlot(rejected.partial);
    m_slots.back().isKeepAlive = false;
    m_slots.back().isSilent = rejected.code == "tls";
    if (const auto response = m_context.handler.handleRejected(token, m_peer, std::move(rejected))) {
        fill(m_slots.back(), *response);
    }
}

void Connection::inputEnded()
{
    m_isInputEnded = true;
    if (m_phase == Phase::Lingering) {
        close();
        return;
    }
    // A client may end its half and still wait for its answers.
    handle(m_parser.finish());
    if (m_slots.empty() && m_out.isEmpty()) {
        close();
    } else {
        updateInterest();
    }
}

void Connection::timeOut(const QByteArray &reason)
{
    std::vector<http::Action> actions = m_parser.finish();
    for (http::Action &action : actions) {
        if (auto *rejected = std::get_if<http::RequestRejected>(&action)) {
            rejected->status = 408;
            rejected->code = "timeout";
            rejected->reason = reason;
        }
    }
    handle(std::move(actions));
    noteState();
    updateInterest();
}

void Connection::fill(Slot &slot, const http::Response &response)
{
    const bool isLast = m_context.isClosing && &slot == &m_slots.back();
    slot.isKeepAlive = slot.isKeepAlive && !isLast;
    if (!slot.isSilent) {
        slot.bytes = http::serialize(response, slot.isHead ? "HEAD" : "GET", slot.isKeepAlive);
    }
    slot.isReady = true;
}

void Connection::answer(std::uint64_t request, const http::Response &response)
{
    const std::uint64_t index = request - m_firstSlot;
    if (request < m_firstSlot || index >= m_slots.size() || m_slots[index].isReady) {
        return;
    }
    fill(m_slots[index], response);
    moveReadySlots();
}

void Connection::moveReadySlots()
{
    if (m_phase == Phase::Closed) {
        return;
    }
    while (!m_slots.empty() && m_slots.front().isReady) {
        Slot &slot = m_slots.front();
        const bool isKeepAlive = slot.isKeepAlive;
        if (m_out.isEmpty()) {
            m_out = std::move(slot.bytes);
            m_writeSinceMs = m_context.nowMs;
        } else {
            m_out += slot.bytes;
        }
        m_slots.pop_front();
        ++m_firstSlot;
        if (!isKeepAlive) {
            m_phase = Phase::Ending;
            m_firstSlot += m_slots.size();
            m_slots.clear();
        }
    }
    if (m_slots.empty() && m_isInputEnded) {
        m_phase = Phase::Ending;
    }
    if (!m_isUnflushed && (!m_out.isEmpty() || m_phase == Phase::Ending)) {
        m_isUnflushed = true;
        m_context.unflushed.push_back(m_id);
    }
}

void Connection::flush()
{
    m_isUnflushed = false;
    if (m_phase == Phase::Closed) {
        return;
    }
    while (m_written < m_out.size()) {
        const ssize_t count =
            send(m_socket, m_out.constData() + m_written, static_cast<std::size_t>(m_out.size() - m_written),
                 MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0) {
            if (errno == EINTR) {
                continue;
            }
            if (errno != EAGAIN && errno != EWOULDBLOCK) {
                close(); // the client is gone; what it sent is kept all the same
                return;
            }
            m_isWaitingToWrite = true;
            break;
        }
        m_written += count;
        m_writeSinceMs = m_context.nowMs;
    }
    if (m_written == m_out.size()) {
        m_out = {};
        m_written = 0;
        m_isWaitingToWrite = false;
        m_stateSinceMs = m_parser.state() == State::Idle ? m_context.nowMs : m_stateSinceMs;
        if (m_phase == Phase::Ending) {
            linger();
            return;
        }
    }
    updateInterest();
}

void Connection::windDown()
{
    if (m_phase == Phase::Lingering || (m_phase == Phase::Open && m_slots.empty() && m_out.isEmpty())) {
        close();
        return;
    }
    m_isInputEnded = true; // reads no more, and ends behind the last answer
    moveReadySlots();
    updateInterest();
}

void Connection::linger()
{
    if (m_isInputEnded || m_context.isClosing) {
        close();
        return;
    }
    shutdown(m_socket, SHUT_WR);
    m_phase = Phase::Lingering;
    m_writeSinceMs = m_context.nowMs;
    updateInterest();
}

void Connection::close()
{
    if (m_phase == Phase::Closed) {
        return;
    }
    m_phase = Phase::Closed;
    updateInterest();
    ::close(m_socket);
    m_socket = -1;
    m_context.closed.push_back(m_id);
}

bool Connection::isReading() const
{
    return m_interest == Poller::Interest::Read || m_interest == Poller::Interest::ReadAndWrite;
}

bool Connection::hasRoom() const
{
    return m_slots.size() < m_context.options.maxUnanswered && m_out.size() - m_written < maxUnwrittenBytes &&
           !m_context.handler.isFull();
}

void Connection::resume()
{
    m_isListedAsPaused = false;
    updateInterest();
}

void Connection::updateInterest()
{
    const bool isLingering = m_phase == Phase::Lingering;
    const bool canRead =
        isLingering || (m_phase == Phase::Open && !m_isInputEnded && m_parser.state() != State::Stopped);
    const bool isRead = isLingering || (canRead && hasRoom());
    const bool wasPaused = std::exchange(m_isPaused, canRead && !isRead);
    if (m_isPaused && !m_isListedAsPaused) {
        m_isListedAsPaused = true;
        m_context.paused.push_back(m_id);
    }
    if (wasPaused && !m_isPaused) {
        m_stateSinceMs = m_context.nowMs; // the pause was ours, not the client's
    }

    const bool isWrite = m_phase != Phase::Closed && m_isWaitingToWrite;
    const Poller::Interest now = isRead && isWrite ? Poller::Interest::ReadAndWrite
                                 : isRead          ? Poller::Interest::Read
                                 : isWrite         ? Poller::Interest::Write
                                                   : Poller::Interest::None;
    m_context.poller->change(m_socket, m_id, m_interest, now);
    m_interest = now;
}

void Connection::noteState()
{
    const State state = m_parser.state();
    if (state != m_lastState) {
        m_lastState = state;
        m_stateSinceMs = m_context.nowMs;
    }
}

void Connection::checkTimeouts()
{
    const std::int64_t now = m_context.nowMs;
    const ServerOptions &options = m_context.options;
    if (m_phase == Phase::Lingering) {
        if (now - m_writeSinceMs > lingerMs) {
            close();
        }
        return;
    }
    if (!m_out.isEmpty() && now - m_writeSinceMs > options.bodyTimeoutMs) {
        close(); // it does not fetch its answers
        return;
    }
    if (m_phase != Phase::Open || m_isPaused || m_isInputEnded) {
        return;
    }
    const std::int64_t waited = now - m_stateSinceMs;
    switch (m_parser.state()) {
    case State::ReadingHead:
        if (waited > options.headTimeoutMs) {
            timeOut("The headers were not complete after " +
                    QByteArray::number(options.headTimeoutMs / 1000) + " s");
        }
        break;
    case State::ReadingBody:
        if (waited > options.bodyTimeoutMs) {
            timeOut("No more of the body came for " + QByteArray::number(options.bodyTimeoutMs / 1000) +
                    " s");
        }
        break;
    case State::Idle:
        if (waited > options.idleTimeoutMs && m_slots.empty() && m_out.isEmpty()) {
            close();
        }
        break;
    case State::Stopped:
        break;
    }
}

} // namespace capture
