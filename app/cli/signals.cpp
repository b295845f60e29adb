// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/signals.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace cli {

namespace {

// A signal handler reaches nothing but a global; the pipe is the self-pipe trick.
std::array<int, 2> pipeEnds{-1, -1};

extern "C" void noteSignal(int /*signal*/)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(pipeEnds[1], &byte, 1);
}

} // namespace

Signals::Signals(std::function<void()> ended)
{
    if (::pipe2(pipeEnds.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return;
    }
    m_notifier = std::make_unique<QSocketNotifier>(pipeEnds[0], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [ended = std::move(ended)] {
                         char byte = 0;
                         [[maybe_unused]] const auto taken = ::read(pipeEnds[0], &byte, 1);
                         ended();
                     });
    std::signal(SIGINT, noteSignal);
    std::signal(SIGTERM, noteSignal);
}

Signals::~Signals()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    m_notifier.reset();
    ::close(pipeEnds[0]);
    ::close(pipeEnds[1]);
}

} // namespace cli
