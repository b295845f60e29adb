// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/poller.h"

#include <array>

#include <sys/epoll.h>
#include <unistd.h>

namespace capture {

namespace {

constexpr int maxReadyAtOnce = 256;

std::uint32_t eventsFor(Poller::Interest interest)
{
    switch (interest) {
    case Poller::Interest::Read:
        return EPOLLIN;
    case Poller::Interest::Write:
        return EPOLLOUT;
    case Poller::Interest::ReadAndWrite:
        return EPOLLIN | EPOLLOUT;
    case Poller::Interest::None:
        break;
    }
    return 0;
}

} // namespace

Poller::Poller(Told told)
    : m_told(std::move(told))
    , m_set(epoll_create1(EPOLL_CLOEXEC))
{
    if (m_set >= 0) {
        m_notifier = std::make_unique<QSocketNotifier>(m_set, QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] { take(); });
    }
}

Poller::~Poller()
{
    m_notifier.reset();
    if (m_set >= 0) {
        ::close(m_set);
    }
}

void Poller::change(int socket, std::uint64_t key, Interest before, Interest now)
{
    if (before == now) {
        return;
    }
    epoll_event wanted{};
    wanted.events = eventsFor(now);
    wanted.data.u64 = key;
    const int operation = before == Interest::None ? EPOLL_CTL_ADD
                          : now == Interest::None  ? EPOLL_CTL_DEL
                                                   : EPOLL_CTL_MOD;
    epoll_ctl(m_set, operation, socket, &wanted);
}

void Poller::take()
{
    std::array<epoll_event, maxReadyAtOnce>
        events; // NOLINT(cppcoreguidelines-pro-type-member-init): filled below
    const int count = epoll_wait(m_set, events.data(), maxReadyAtOnce, 0);
    if (count <= 0) {
        return;
    }
    std::array<Ready, maxReadyAtOnce> ready;
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[static_cast<std::size_t>(i)];
        const bool isBroken = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
        ready[static_cast<std::size_t>(i)] = {event.data.u64, isBroken || (event.events & EPOLLIN) != 0,
                                              isBroken || (event.events & EPOLLOUT) != 0};
    }
    m_told(std::span<const Ready>(ready.data(), static_cast<std::size_t>(count)));
}

} // namespace capture
