// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "segment/importreader.h"

#include <condition_variable>
#include <map>
#include <mutex>

namespace engine {

struct ImportTotals
{
    segment::ImportReport report;
    std::uint64_t events = 0;   ///< stored
    std::uint64_t rejected = 0; ///< requests that were kept, but not understood
};

/// Gives each request to `take`, as segment::readImport does.
using ReadRequests = std::function<base::Result<segment::ImportReport>(const segment::TakeRequest &take,
                                                                       const std::stop_token &stop)>;

/// Runs what is read through the pipeline, beside the requests of capture: it stands where the pipeline's
/// replies go, keeps those to its own requests and passes the others on. Holds a bounded number of bytes on
/// their way, so that capture keeps its share of the queues.
class Importer final : public event::ReplySink
{
public:
    /// The token's connection of every imported request; capture counts its own from 1.
    static constexpr std::uint64_t connection = 0;

    /// Both outlive this.
    Importer(event::RequestSink &pipeline, event::ReplySink &others, const base::Clock &clock);
    ~Importer() override;

    /// Any thread; blocks until all that was read is stored. Several may run at once. `progress` gets the
    /// number of stored events, on this thread; it may be empty. Cancelled when stopped, Io when the store
    /// could not take everything: what was stored until then stays.
    [[nodiscard]] base::Result<ImportTotals> run(const ReadRequests &read,
                                                 const std::function<void(std::uint64_t)> &progress,
                                                 const std::stop_token &stop);
    /// Stops what runs and waits for it; later runs are cancelled at once. Before the pipeline stops.
    void close();

    void post(std::vector<event::Reply> replies) override;

private:
    struct Run;
    bool send(Run &run, event::CapturedRequest request, const std::stop_token &stop);

    event::RequestSink &m_pipeline;
    event::ReplySink &m_others;
    const base::Clock &m_clock;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::map<std::uint64_t, Run *> m_runs;
    std::uint64_t m_lastRun = 0;
    std::stop_source m_closing;
};

} // namespace engine
