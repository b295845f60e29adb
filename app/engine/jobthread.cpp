// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/jobthread.h"

#include "base/threadname.h"

#include <algorithm>

namespace engine {

using Clock = std::chrono::steady_clock;

JobThread::JobThread(QString storePath, const char *name)
    : m_storePath(std::move(storePath))
    , m_thread([this, name](const std::stop_token &stop) { run(stop, name); })
{
}

JobThread::~JobThread()
{
    m_thread.request_stop();
    {
        const std::lock_guard lock(m_mutex);
        for (Running &running : m_jobs) {
            running.stop.request_stop();
        }
    }
    m_changed.notify_all();
    m_thread.join();
}

void JobThread::start(Ticket ticket, std::unique_ptr<Job> job)
{
    {
        const std::lock_guard lock(m_mutex);
        // What was asked for last is what someone looks at.
        m_jobs.push_front({ticket, std::move(job), {}, false, m_wakes, {}});
    }
    m_changed.notify_all();
}

void JobThread::cancel(Ticket ticket)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::ranges::find(m_jobs, ticket, &Running::ticket);
        if (found == m_jobs.end()) {
            return;
        }
        found->stop.request_stop();
    }
    m_changed.notify_all();
}

void JobThread::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_wakes;
        if (m_jobs.empty()) {
            return;
        }
    }
    m_changed.notify_all();
}

/// The first job in turn that can take a step; else when the next one can, as far as that is known.
std::list<JobThread::Running>::iterator JobThread::due(Clock::time_point &next)
{
    const auto now = Clock::now();
    for (auto it = m_jobs.begin(); it != m_jobs.end(); ++it) {
        if (!it->isWaiting || it->stop.stop_requested()) {
            return it;
        }
        if (it->wakesSeen != m_wakes) {
            if (now >= it->notBefore) {
                return it;
            }
            next = std::min(next, it->notBefore);
        }
    }
    return m_jobs.end();
}

void JobThread::run(const std::stop_token &stop, const char *name)
{
    base::nameThread(name);
    std::optional<store::Reader> reader;
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        constexpr std::chrono::hours longTime{1};
        auto next = Clock::now() + longTime;
        const auto running = due(next);
        if (running == m_jobs.end()) {
            const std::size_t jobs = m_jobs.size();
            const std::uint64_t wakes = m_wakes;
            m_changed.wait_until(lock, stop, next, [&] {
                return m_jobs.size() != jobs || m_wakes != wakes ||
                       std::ranges::any_of(m_jobs,
                                           [](const Running &one) { return one.stop.stop_requested(); });
            });
            continue;
        }
        const auto drop = [&] {
            std::list<Running> dropped;
            dropped.splice(dropped.end(), m_jobs, running);
            lock.unlock();
            dropped.clear(); // a job's end may take its time
            lock.lock();
        };
        if (running->stop.stop_requested()) {
            drop();
            continue;
        }
        running->wakesSeen = m_wakes;
        // Only this thread takes jobs out of the list, so the job stays while the lock is open.
        lock.unlock();
        Job::Step step;
        if (!reader) {
            auto opened = store::Reader::open(m_storePath);
            if (opened) {
                reader.emplace(std::move(*opened));
            } else {
                running->job->fail(opened.error());
            }
        }
        if (reader) {
            step = running->job->step(*reader, running->stop.get_token());
        }
        lock.lock();
        if (step.next == Job::Next::Done) {
            drop();
            continue;
        }
        running->isWaiting = step.next == Job::Next::Wait;
        running->notBefore = Clock::now() + step.pause;
        m_jobs.splice(m_jobs.end(), m_jobs, running);
    }
}

} // namespace engine
