// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace trackside {

/// Runs tasks in order on one thread, for what the window must not wait for (files, ports). The destructor
/// finishes what was posted.
class Worker
{
public:
    Worker();
    ~Worker();

    void post(std::function<void()> task);

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_tasks;
    bool m_isEnding = false;
    std::thread m_thread;
};

} // namespace trackside
