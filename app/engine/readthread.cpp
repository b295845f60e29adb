// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/readthread.h"

#include "base/log.h"
#include "base/threadname.h"

#include <algorithm>

namespace engine {

ReadThread::ReadThread(QString storePath)
    : m_storePath(std::move(storePath))
    , m_thread([this](const std::stop_token &stop) { run(stop); })
{
}

ReadThread::~ReadThread()
{
    m_thread.request_stop();
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.clear();
        m_running.request_stop();
    }
    m_wake.notify_all();
}

void ReadThread::post(ReadKind kind, Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        if (kind != ReadKind::Other) {
            std::erase_if(m_tasks, [kind](const auto &waiting) { return waiting.first == kind; });
        }
        if (kind == ReadKind::Search && m_runningKind == ReadKind::Search) {
            m_running.request_stop();
        }
        m_tasks.emplace_back(kind, std::move(task));
    }
    m_wake.notify_all();
}

void ReadThread::run(const std::stop_token &stop)
{
    base::nameThread("read");
    std::optional<store::Reader> reader;
    while (true) {
        Task task;
        std::stop_token taskStop;
        {
            std::unique_lock lock(m_mutex);
            m_runningKind = ReadKind::Other;
            if (!m_wake.wait(lock, stop, [this] { return !m_tasks.empty(); })) {
                return;
            }
            m_running = std::stop_source();
            taskStop = m_running.get_token();
            m_runningKind = m_tasks.front().first;
            task = std::move(m_tasks.front().second);
            m_tasks.pop_front();
        }
        if (!reader) {
            auto opened = store::Reader::open(m_storePath);
            if (!opened) {
                qCWarning(logStore) << opened.error().oneLine();
                continue;
            }
            reader = std::move(*opened);
        }
        task(*reader, taskStop);
    }
}

} // namespace engine
