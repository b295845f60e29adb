// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/answers.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace api {

/// Threads that read the store, each through its own connection: a search over a million events must not
/// keep the server from answering others.
class ReadPool
{
public:
    using Job = std::function<http::Response(ReadContext context)>;
    using Done = std::function<void(event::ReplyToken token, http::Response response)>;

    /// `done` is called on those threads.
    ReadPool(QString storePath, Done done);
    /// Stops what runs; what waits is dropped.
    ~ReadPool();
    ReadPool(const ReadPool &) = delete;
    ReadPool &operator=(const ReadPool &) = delete;

    void post(event::ReplyToken token, Job job);

private:
    void run(const std::stop_token &stop);

    const QString m_storePath;
    const Done m_done;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<std::pair<event::ReplyToken, Job>> m_jobs;
    std::vector<std::jthread> m_threads; ///< last: they end before the rest goes
};

} // namespace api
