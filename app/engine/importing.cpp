// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/importing.h"

#include <algorithm>
#include <deque>

using namespace Qt::StringLiterals;

namespace engine {

namespace {

constexpr std::size_t mostBytesUnderWay = std::size_t{8} * 1024 * 1024;
constexpr std::size_t mostRequestsUnderWay = 10'000;
/// A token's request is the run and the number within it.
constexpr unsigned runShift = 40;

std::size_t bytesOf(const event::CapturedRequest &request)
{
    return static_cast<std::size_t>(request.request.body.size() + request.request.head.size());
}

} // namespace

struct Importer::Run
{
    std::uint64_t id = 0;
    std::uint64_t sent = 0;
    std::stop_source ending; ///< of whoever asks first
    // The rest is under the mutex.
    std::deque<std::size_t> underWay; ///< bytes of each request without its reply; they come in order
    std::size_t bytesUnderWay = 0;
    std::uint64_t events = 0, rejected = 0;
    bool hasStoreFailed = false;

    [[nodiscard]] bool hasRoom() const
    {
        return underWay.size() < mostRequestsUnderWay && bytesUnderWay < mostBytesUnderWay;
    }
};

Importer::Importer(event::RequestSink &pipeline, event::ReplySink &others, const base::Clock &clock)
    : m_pipeline(pipeline)
    , m_others(others)
    , m_clock(clock)
{
}

Importer::~Importer()
{
    close();
}

base::Result<ImportTotals> Importer::run(const ReadRequests &read,
                                         const std::function<void(std::uint64_t)> &progress,
                                         const std::stop_token &stop)
{
    Run run;
    const std::stop_callback stopped(stop, [&run] { run.ending.request_stop(); });
    const std::stop_callback closed(m_closing.get_token(), [&run] { run.ending.request_stop(); });
    const std::stop_token end = run.ending.get_token();
    {
        const std::lock_guard lock(m_mutex);
        run.id = ++m_lastRun;
        m_runs.emplace(run.id, &run);
    }
    const auto tell = [this, &run, &progress] {
        std::uint64_t events = 0;
        {
            const std::lock_guard lock(m_mutex);
            events = run.events;
        }
        if (progress) {
            progress(events);
        }
    };
    auto report = read(
        [&](segment::ImportedRequest imported) {
            if (!send(run, std::move(imported.request), end)) {
                run.ending.request_stop();
            }
            tell();
        },
        end);
    ImportTotals totals;
    bool hasStoreFailed = false;
    {
        // What is under way is stored, whatever became of the rest.
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&run] { return run.underWay.empty(); });
        m_runs.erase(run.id);
        totals.events = run.events;
        totals.rejected = run.rejected;
        hasStoreFailed = run.hasStoreFailed;
        m_changed.notify_all(); // under the lock: close() may be followed by the end of this object
    }
    if (progress) {
        progress(totals.events);
    }
    if (hasStoreFailed) {
        return base::failure(base::ErrorCode::Io, u"The store could not take everything."_s,
                             u"%1 events were stored before it failed."_s.arg(totals.events),
                             u"Make room on the disk, then import again: events that are there already are "
                             "told by their messageId."_s);
    }
    if (end.stop_requested()) {
        return base::failure(base::ErrorCode::Cancelled, u"The import was stopped."_s,
                             u"%1 events were stored until then."_s.arg(totals.events));
    }
    if (!report) {
        return base::Failure(report.error());
    }
    totals.report = std::move(*report);
    return totals;
}

bool Importer::send(Run &run, event::CapturedRequest request, const std::stop_token &stop)
{
    const std::int64_t nowUs = m_clock.nowUs();
    if (request.receivedUs <= 0 || request.receivedUs > nowUs) {
        request.receivedUs = nowUs;
    }
    request.token = {connection, (run.id << runShift) | ++run.sent};
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, stop, [&run] { return run.hasRoom() || run.hasStoreFailed; });
        if (run.hasStoreFailed || stop.stop_requested()) {
            return false;
        }
        run.underWay.push_back(bytesOf(request));
        run.bytesUnderWay += run.underWay.back();
    }
    m_pipeline.post(std::move(request));
    return true;
}

void Importer::close()
{
    m_closing.request_stop();
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_runs.empty(); });
}

void Importer::post(std::vector<event::Reply> replies)
{
    const auto own = std::stable_partition(replies.begin(), replies.end(), [](const event::Reply &reply) {
        return reply.token.connection != connection;
    });
    if (own != replies.end()) {
        const std::lock_guard lock(m_mutex);
        for (auto reply = own; reply != replies.end(); ++reply) {
            const auto found = m_runs.find(reply->token.request >> runShift);
            if (found == m_runs.end()) {
                continue;
            }
            Run &run = *found->second;
            run.events += reply->events;
            run.hasStoreFailed = run.hasStoreFailed || reply->rejectCode == "store";
            run.rejected += reply->rejectCode.isEmpty() || reply->rejectCode == "store" ? 0 : 1;
            run.bytesUnderWay -= run.underWay.front();
            run.underWay.pop_front();
        }
        m_changed.notify_all();
        replies.erase(own, replies.end());
    }
    if (!replies.empty()) {
        m_others.post(std::move(replies));
    }
}

} // namespace engine
