// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "figures.h"

#include <array>
#include <atomic>
#include <thread>

#include <QHash>

/// Single calls sent twenty times a second from a thread of their own. The window tells when it saw one:
/// how long from the request to the screen.
class Probes
{
public:
    explicit Probes(quint16 port);
    ~Probes();

    /// The user of probe n, for the rows.
    [[nodiscard]] static QByteArray userOf(int number);
    /// GUI thread: the probe's row is in the model; shown with the next frame.
    void inModel(const QString &user);
    void painted(Clock::time_point when);

    [[nodiscard]] Samples toModel() const { return m_toModel; }
    [[nodiscard]] Samples toScreen() const { return m_toScreen; }
    [[nodiscard]] int sent() const { return m_next; }
    void forget(); ///< the samples so far

private:
    static constexpr int maxProbes = 20'000;
    void run(const std::stop_token &stop);

    quint16 m_port;
    std::vector<std::atomic<Clock::rep>> m_sentAt = std::vector<std::atomic<Clock::rep>>(maxProbes);
    std::atomic<int> m_next = 0;
    std::vector<Clock::time_point> m_unpainted; ///< when those in the model but not on screen were sent
    Samples m_toModel, m_toScreen;
    std::jthread m_thread;
};
