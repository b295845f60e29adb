// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "loadgenerator.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <deque>

#include <QByteArrayList>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;
constexpr qsizetype counterDigits = 10;
constexpr double catchUpSeconds = 0.2;

struct Connection
{
    int socket = -1;
    QByteArray request;
    qsizetype written = 0;
    QByteArray answer;
    Clock::time_point started;
    bool isIdle = false; ///< waits for its turn
};

std::vector<qsizetype> counterPlaces(const QByteArray &request)
{
    std::vector<qsizetype> places;
    const QByteArray mark(counterDigits, '@');
    for (qsizetype at = request.indexOf(mark); at >= 0; at = request.indexOf(mark, at + counterDigits)) {
        places.push_back(at);
    }
    return places;
}

class Load
{
public:
    explicit Load(const LoadPlan &plan)
        : m_plan(plan)
        , m_places(counterPlaces(plan.request))
    {
        m_result.latenciesUs.reserve(1'000'000);
    }

    LoadResult run()
    {
        m_poll = ::epoll_create1(0);
        std::vector<Connection> connections(static_cast<std::size_t>(m_plan.connections));
        for (Connection &connection : connections) {
            connection.request = m_plan.request;
            open(connection);
        }
        m_start = Clock::now();
        std::array<epoll_event, 64> events{};
        while (true) {
            const double running = std::chrono::duration<double>(Clock::now() - m_start).count();
            const bool isEnough = m_plan.maxRequests != 0 && m_result.requests >= m_plan.maxRequests;
            if (running >= m_plan.seconds || isEnough) {
                m_result.seconds = running;
                break;
            }
            sendDue();
            const int waitMs = m_plan.requestsPerSecond > 0 ? 1 : 50;
            const int ready = ::epoll_wait(m_poll, events.data(), static_cast<int>(events.size()), waitMs);
            for (int i = 0; i < ready; ++i) {
                const epoll_event &event = events.at(static_cast<std::size_t>(i));
                auto &connection = *static_cast<Connection *>(event.data.ptr);
                if ((event.events & EPOLLOUT) != 0 && !connection.isIdle) {
                    write(connection);
                }
                if ((event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) {
                    read(connection);
                }
            }
        }
        for (const Connection &connection : connections) {
            ::close(connection.socket);
        }
        ::close(m_poll);
        return std::move(m_result);
    }

private:
    void open(Connection &connection)
    {
        connection.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        const int on = 1;
        ::setsockopt(connection.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(m_plan.port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::connect(connection.socket, reinterpret_cast<const sockaddr *>(&address), sizeof address);
        epoll_event event{};
        event.events = EPOLLIN | EPOLLOUT | EPOLLET;
        event.data.ptr = &connection;
        ::epoll_ctl(m_poll, EPOLL_CTL_ADD, connection.socket, &event);
        if (m_plan.requestsPerSecond > 0) {
            connection.isIdle = true;
            m_idle.push_back(&connection);
        } else {
            prepare(connection);
        }
    }

    void prepare(Connection &connection)
    {
        for (const qsizetype place : m_places) {
            std::uint64_t number = m_next++;
            for (qsizetype digit = counterDigits - 1; digit >= 0; --digit) {
                connection.request[place + digit] = static_cast<char>('0' + number % 10);
                number /= 10;
            }
        }
        connection.written = 0;
        connection.answer.clear();
        connection.started = Clock::now();
    }

    static void write(Connection &connection)
    {
        while (connection.written < connection.request.size()) {
            const auto wrote = ::send(
                connection.socket, connection.request.constData() + connection.written,
                static_cast<std::size_t>(connection.request.size() - connection.written), MSG_NOSIGNAL);
            if (wrote <= 0) {
                return;
            }
            connection.written += wrote;
        }
    }

    void read(Connection &connection)
    {
        std::array<char, 16384> buffer{};
        while (true) {
            const auto got = ::recv(connection.socket, buffer.data(), buffer.size(), 0);
            if (got == 0 || (got < 0 && errno != EAGAIN)) {
                ++m_result.failures;
                ::close(connection.socket);
                open(connection);
                return;
            }
            if (got < 0) {
                return;
            }
            connection.answer.append(buffer.data(), got);
            const qsizetype headEnd = connection.answer.indexOf("\r\n\r\n");
            if (headEnd < 0) {
                continue;
            }
            const QByteArray head = connection.answer.first(headEnd).toLower();
            const qsizetype at = head.indexOf("content-length:");
            const qsizetype length =
                at < 0 ? 0 : head.mid(at + 15, 8).trimmed().split('\r').first().toLongLong();
            if (connection.answer.size() < headEnd + 4 + length) {
                continue;
            }
            if (!head.startsWith("http/1.1 200")) {
                ++m_result.failures;
            }
            ++m_result.requests;
            const auto took =
                std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - connection.started);
            m_result.latenciesUs.push_back(static_cast<std::uint32_t>(took.count()));
            sendNext(connection);
        }
    }

    void sendNext(Connection &connection)
    {
        if (m_plan.requestsPerSecond > 0) {
            connection.isIdle = true;
            m_idle.push_back(&connection);
            return;
        }
        prepare(connection);
        write(connection);
    }

    /// Those whose turn has come; when all are busy the turns are not made up for in a burst.
    void sendDue()
    {
        if (m_plan.requestsPerSecond <= 0) {
            return;
        }
        const double running = std::chrono::duration<double>(Clock::now() - m_start).count();
        const double due = running * m_plan.requestsPerSecond;
        for (; m_turns < due && !m_idle.empty(); ++m_turns) {
            Connection &connection = *m_idle.front();
            m_idle.pop_front();
            connection.isIdle = false;
            prepare(connection);
            write(connection);
        }
        m_turns = std::max(m_turns, due - m_plan.requestsPerSecond * catchUpSeconds);
    }

    const LoadPlan &m_plan;
    std::vector<qsizetype> m_places;
    LoadResult m_result;
    int m_poll = -1;
    std::uint64_t m_next = 1;
    Clock::time_point m_start;
    std::deque<Connection *> m_idle;
    double m_turns = 0;
};

} // namespace

double LoadResult::percentileMs(double part)
{
    if (latenciesUs.empty()) {
        return 0;
    }
    const auto at =
        latenciesUs.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(latenciesUs.size() - 1));
    std::nth_element(latenciesUs.begin(), at, latenciesUs.end());
    return *at / 1000.0;
}

LoadResult runLoad(const LoadPlan &plan)
{
    return Load(plan).run();
}
