// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/reader.h"

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

namespace engine {

/// Long work over the store, done in slices so that several take turns.
class Job
{
public:
    virtual ~Job() = default;

    enum class Next : std::uint8_t {
        Again, ///< there is more to do
        Wait,  ///< until JobThread::wake()
        Done,
    };
    struct Step
    {
        Next next = Next::Done;
        std::chrono::milliseconds pause{0}; ///< of Wait: no step before that, whoever wakes
    };
    /// A slice of about Slice::ms. What it has to say it says from here, on the job thread.
    [[nodiscard]] virtual Step step(store::Reader &reader, const std::stop_token &stop) = 0;
    /// The store can't be read: the end of the job.
    virtual void fail(const base::Error &error) = 0;
};

/// The time a slice may take.
class Slice
{
public:
    [[nodiscard]] bool isOver() const { return std::chrono::steady_clock::now() >= m_end; }

private:
    static constexpr std::chrono::milliseconds length{40};
    std::chrono::steady_clock::time_point m_end = std::chrono::steady_clock::now() + length;
};

/// A thread with its own read-only connection to a store that runs jobs in turns. Any thread.
class JobThread
{
public:
    JobThread(QString storePath, const char *name);
    ~JobThread(); ///< ends the slice under way, drops the jobs, joins

    using Ticket = std::uint64_t;
    /// The ticket is the caller's, unlike any other.
    void start(Ticket ticket, std::unique_ptr<Job> job);
    /// The job takes no further step; one under way is told to stop and may still say something.
    void cancel(Ticket ticket);
    /// Those that wait go on.
    void wake();

private:
    struct Running
    {
        Ticket ticket = 0;
        std::unique_ptr<Job> job;
        std::stop_source stop;
        bool isWaiting = false;
        std::uint64_t wakesSeen = 0;
        std::chrono::steady_clock::time_point notBefore;
    };
    void run(const std::stop_token &stop, const char *name);
    [[nodiscard]] std::list<Running>::iterator due(std::chrono::steady_clock::time_point &next);

    const QString m_storePath;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::list<Running> m_jobs; ///< the next one in turn first
    std::uint64_t m_wakes = 0;
    std::jthread m_thread;
};

} // namespace engine
