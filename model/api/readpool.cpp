// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/readpool.h"

#include "api/problem.h"

namespace api {

namespace {

/// One for a search that takes long, one for all that is asked meanwhile.
constexpr int threadCount = 2;

} // namespace

ReadPool::ReadPool(QString storePath, Done done)
    : m_storePath(std::move(storePath))
    , m_done(std::move(done))
{
    for (int i = 0; i < threadCount; ++i) {
        m_threads.emplace_back([this](const std::stop_token &stop) { run(stop); });
    }
}

ReadPool::~ReadPool()
{
    for (std::jthread &thread : m_threads) {
        thread.request_stop();
    }
}

void ReadPool::post(event::ReplyToken token, Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.emplace_back(token, std::move(job));
    }
    m_wake.notify_one();
}

void ReadPool::run(const std::stop_token &stop)
{
    std::optional<store::Reader> reader;
    json::Parser parser;
    for (;;) {
        std::unique_lock lock(m_mutex);
        if (!m_wake.wait(lock, stop, [this] { return !m_jobs.empty(); })) {
            return;
        }
        auto [token, job] = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();

        if (!reader) {
            base::Result<store::Reader> opened = store::Reader::open(m_storePath);
            if (!opened) {
                m_done(token, problem(500, opened.error()));
                continue;
            }
            reader.emplace(std::move(*opened));
        }
        m_done(token, job({*reader, parser, stop}));
    }
}

} // namespace api
