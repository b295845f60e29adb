// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "probes.h"

#include "load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

constexpr auto betweenProbes = std::chrono::milliseconds(50);
constexpr auto answerWait = std::chrono::seconds(10);
const QByteArray prefix = QByteArrayLiteral("probe_");

int connectTo(quint16 port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval wait{answerWait.count(), 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address);
    return socket;
}

} // namespace

Probes::Probes(quint16 port)
    : m_port(port)
    , m_thread([this](const std::stop_token &stop) { run(stop); })
{
}

Probes::~Probes() = default;

QByteArray Probes::userOf(int number)
{
    return prefix + QByteArray::number(number);
}

void Probes::run(const std::stop_token &stop)
{
    const int socket = connectTo(m_port);
    std::array<char, 4096> answer{};
    while (!stop.stop_requested() && m_next < maxProbes) {
        const int number = m_next;
        const QByteArray request = probeRequest(userOf(number));
        m_sentAt[static_cast<std::size_t>(number)] = Clock::now().time_since_epoch().count();
        ++m_next;
        if (::send(socket, request.constData(), static_cast<std::size_t>(request.size()), MSG_NOSIGNAL) < 0 ||
            ::recv(socket, answer.data(), answer.size(), 0) <= 0) {
            break;
        }
        std::this_thread::sleep_for(betweenProbes);
    }
    ::close(socket);
}

void Probes::inModel(const QString &user)
{
    const int number = user.mid(prefix.size()).toInt();
    if (!user.startsWith(QLatin1StringView(prefix)) || number >= m_next) {
        return;
    }
    const Clock::time_point sent{Clock::duration{m_sentAt[static_cast<std::size_t>(number)]}};
    m_toModel.ms.push_back(msBetween(sent, Clock::now()));
    m_unpainted.push_back(sent);
}

void Probes::painted(Clock::time_point when)
{
    for (const Clock::time_point sent : m_unpainted) {
        m_toScreen.ms.push_back(msBetween(sent, when));
    }
    m_unpainted.clear();
}

void Probes::forget()
{
    m_toModel = {};
    m_toScreen = {};
    m_unpainted.clear();
}
