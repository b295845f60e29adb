// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/reader.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace engine {

/// Reads of one kind each (details, searches), so that a newer request of a kind drops a waiting older one.
enum class ReadKind : std::uint8_t { Detail, Search, Sources, Seen, Other };

/// A thread with its own read-only connection. Any thread posts; tasks run in order; of `Detail`, `Search`,
/// `Sources` and `Seen` only the newest waiting one runs, and a running search is stopped by a newer one.
class ReadThread
{
public:
    using Task = std::function<void(store::Reader &reader, const std::stop_token &stop)>;

    explicit ReadThread(QString storePath);
    ~ReadThread(); ///< stops the running task, drops the rest, joins

    void post(ReadKind kind, Task task);

private:
    void run(const std::stop_token &stop);

    const QString m_storePath;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<std::pair<ReadKind, Task>> m_tasks;
    std::stop_source m_running;
    ReadKind m_runningKind = ReadKind::Other;
    std::jthread m_thread;
};

} // namespace engine
