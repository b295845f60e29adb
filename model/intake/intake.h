// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/checker.h"
#include "event/captured.h"
#include "segment/decode.h"
#include "store/reader.h"
#include "store/writer.h"

#include <functional>

namespace intake {

/// Runs before anything reaches the disk: takes out of a request what must not be stored. Implementations
/// edit bytes in place by range and move the drafts' ranges along.
class Redactor
{
public:
    virtual ~Redactor() = default;
    virtual void redact(segment::Decoded &decoded) const = 0;
};

/// No rules: keeps everything.
class KeepAll final : public Redactor
{
public:
    void redact(segment::Decoded &decoded) const override;
};

/// Which destinations a request goes to, decided as it is committed. Any pipeline thread.
using Router = std::function<std::vector<QString>(const event::RequestDraft &request)>;

struct Options
{
    segment::DecodeOptions decode;
    unsigned workers = 0; ///< 0: cores - 1, at least 1
    std::size_t queueBytes = 64 * 1024 * 1024;
};

/// What a request gets whose JSON strict parsers refuse.
enum class JsonAnswer : std::uint8_t {
    AlwaysAccept, ///< 200, with a finding that says what Segment would do
    AsSegment,    ///< 400; kept all the same
};

/// How far the recheck of the stored events is.
struct RecheckProgress
{
    std::uint64_t done = 0;
    std::uint64_t total = 0; ///< 0: there is none
};

/// Told when the store can't take events (a full disk) and again when it can.
struct StoreHealth
{
    bool isFailing = false;
    base::Error error;
};

/// The pipeline: workers decode -> redact -> check; the store thread commits all that waits, then
/// answers, then tells the stream. One connection always goes to the same worker, so its requests stay
/// in order. Also runs write tasks between commits, and gives old events their new verdict when the
/// checker changes (newest first, in slices).
class Intake final : public event::RequestSink, public store::WriteQueue
{
public:
    Intake(store::Writer writer, std::shared_ptr<const check::Checker> checker,
           std::unique_ptr<Redactor> redactor, Options options);
    ~Intake() override; ///< drains, then joins

    /// Before start(): where answers and news go. All must outlive this.
    void connectTo(event::ReplySink *replies, event::CommitSink *commits);
    void setRouter(Router router);
    void onHealth(std::function<void(const StoreHealth &)> told); ///< on the store thread
    void onCommit(std::function<void()> told);                    ///< on the store thread, after each commit
    void start();
    /// No more requests; what is queued is committed and answered. Blocks until then.
    void stop();

    void post(event::CapturedRequest request) override;
    [[nodiscard]] bool isFull() const override;
    void post(store::WriteTask task) override;
    [[nodiscard]] bool isWaitedFor() const override;

    void setJsonAnswer(JsonAnswer answer); ///< from the next request on; any thread
    /// From the next request on; with a store path, stored events are checked again in the background.
    void setChecker(std::shared_ptr<const check::Checker> checker);
    [[nodiscard]] std::shared_ptr<const check::Checker> checker() const;
    /// From the next request on; any thread; null: the defaults. Limits count for what comes from then on.
    /// When the mutes changed, stored events are checked again in the background, which brings back findings
    /// of plans and conventions that are not muted any more; a protocol finding muted away is gone for good,
    /// as the wire it was made from.
    void setHealth(std::shared_ptr<const segment::HealthOptions> health);
    /// Who knows the user's sources, from the next request on; any thread; null: nobody. What is stored keeps
    /// its source.
    void setSources(std::shared_ptr<const segment::SourceResolver> sources);
    /// Any thread: gives stored events their verdict anew, in the background; for what the checker does not
    /// know of, as the names of sources.
    void recheckStored();
    /// Events still to get their new verdict; 0: none.
    [[nodiscard]] std::uint64_t recheckBacklog() const;
    [[nodiscard]] RecheckProgress recheckProgress() const;
    /// Any thread: these first, in the recheck under way or the next one.
    void preferForRecheck(std::vector<event::EventId> ids);
    /// Any thread. What it had not come to keeps its verdict until recheckStored(), the next checker, or the
    /// next start with the same checks.
    void cancelRecheck();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace intake
