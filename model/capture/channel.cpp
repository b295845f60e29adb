// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/channel.h"

#include <cerrno>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace capture {

namespace {

/// Sent bytes are cut off the front once there are this many, so that a long answer does not pile up.
constexpr qsizetype cutBytes = qsizetype{64} * 1024;

} // namespace

Channel::Channel(int socket, std::unique_ptr<tls::Session> session)
    : m_socket(socket)
    , m_session(std::move(session))
{
    const int on = 1;
    setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    takeCipher();
}

Channel::~Channel()
{
    ::close(m_socket);
}

void Channel::secure(std::unique_ptr<tls::Session> session, QByteArrayView received, QByteArray &plain,
                     std::shared_ptr<const void> contexts)
{
    m_contexts = std::move(contexts);
    m_session = std::move(session);
    m_session->feed(received, plain);
    takeCipher();
}

Channel::Read Channel::receive(std::vector<char> &scratch, qsizetype &count)
{
    count = 0;
    const ssize_t got = recv(m_socket, scratch.data(), scratch.size(), MSG_DONTWAIT);
    if (got < 0) {
        m_isDrained = errno != EINTR;
        return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? Read::Nothing : Read::Broken;
    }
    count = got;
    m_isDrained = static_cast<std::size_t>(got) < scratch.size();
    return got == 0 ? Read::Ended : Read::Data;
}

Channel::Read Channel::decrypt(Read read, QByteArrayView cipher, QByteArray &plain)
{
    if (read == Read::Data) {
        m_session->feed(cipher, plain);
    } else if (read == Read::Ended) {
        m_session->inputEnded();
    } else {
        return read;
    }
    takeCipher();
    switch (m_session->state()) {
    case tls::Session::State::Failed:
        return Read::Broken;
    case tls::Session::State::PeerEnded:
        return Read::Ended;
    case tls::Session::State::Handshaking:
    case tls::Session::State::Open:
        break;
    }
    return read;
}

Channel::Read Channel::read(std::vector<char> &scratch, QByteArray &plain)
{
    qsizetype count = 0;
    const Read read = receive(scratch, count);
    const QByteArrayView came(scratch.data(), count);
    if (m_session != nullptr) {
        return decrypt(read, came, plain);
    }
    plain += came;
    return read;
}

Channel::Read Channel::readInPlace(std::vector<char> &scratch, QByteArrayView &plain)
{
    qsizetype count = 0;
    Read read = receive(scratch, count);
    plain = QByteArrayView(scratch.data(), count);
    if (m_session != nullptr) {
        m_decrypted.resize(0); // keeps its room
        read = decrypt(read, plain, m_decrypted);
        plain = m_decrypted;
    }
    return read;
}

Channel::Read Channel::discard(std::vector<char> &scratch)
{
    qsizetype count = 0;
    return receive(scratch, count);
}

void Channel::takeCipher()
{
    if (m_session == nullptr) {
        return;
    }
    QByteArray cipher = m_session->takeOutput();
    if (m_out.isEmpty()) {
        m_out = std::move(cipher);
    } else {
        m_out += cipher;
    }
}

void Channel::write(QByteArrayView plain)
{
    if (m_session != nullptr) {
        m_session->write(plain);
        takeCipher();
    } else {
        m_out += plain;
    }
}

void Channel::write(QByteArray &&plain)
{
    if (m_session == nullptr && m_out.isEmpty()) {
        m_out = std::move(plain);
    } else {
        write(QByteArrayView(plain));
    }
}

Channel::Flush Channel::flush()
{
    takeCipher();
    while (m_sent < m_out.size()) {
        const ssize_t count =
            send(m_socket, m_out.constData() + m_sent, static_cast<std::size_t>(m_out.size() - m_sent),
                 MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0) {
            if (errno == EINTR) {
                continue;
            }
            if (errno != EAGAIN && errno != EWOULDBLOCK) {
                return Flush::Broken;
            }
            if (m_sent >= cutBytes && m_sent >= m_out.size() / 2) {
                m_out.remove(0, m_sent);
                m_sent = 0;
            }
            return Flush::Waiting;
        }
        m_sent += count;
    }
    m_out = {};
    m_sent = 0;
    if (m_isEnding && !m_isEnded) {
        m_isEnded = true;
        shutdown(m_socket, SHUT_WR);
    }
    return Flush::Done;
}

void Channel::endWriting()
{
    if (m_isEnding) {
        return;
    }
    m_isEnding = true;
    if (m_session != nullptr) {
        m_session->end();
        takeCipher();
    }
}

} // namespace capture
