// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "http/message.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QList>
#include <QString>

namespace segment {
class SourceResolver;
}

namespace capture {

/// A fault to be played on the calls of a source: does the SDK keep every event?
struct Fault
{
    enum class Kind : std::uint8_t {
        Status429, ///< with Retry-After
        Status500,
        Status503, ///< with Retry-After when it is not 0
        Close,     ///< the connection closes without an answer
        Stall,     ///< stored, but never answered; the connection closes after `delayMs`
        Slow,      ///< stored, and answered `delayMs` late
    } kind = Kind::Status500;
    QByteArray source; ///< SourceKey::keyHash, "none" for calls without a key; empty: every source
    int times = 0;     ///< requests it is played on; 0: no limit but the time
    int seconds = 0;   ///< how long it is on; 0: no limit but the count
    int retryAfterSeconds = 0;
    int delayMs = 5'000;
};

/// How a fault went.
struct FaultReport
{
    std::uint32_t id = 0;
    Fault fault;
    std::int64_t startedUs = 0, endedUs = 0; ///< endedUs 0: still on
    std::uint64_t requests = 0;              ///< it was played on
    std::uint64_t events = 0;                ///< in them, told apart by messageId
    std::uint64_t sentAgain = 0;             ///< of those, that came again and were stored
    std::uint64_t missing = 0;   ///< not stored since: lost when the app has given up. A stalled or slow
                                 ///< call is stored, so its events are not missing
    std::uint64_t doubled = 0;   ///< that were stored more than once
    std::uint64_t attempts = 0;  ///< most deliveries of one event
    std::uint64_t withoutId = 0; ///< events that can't be followed: no messageId, or one too many
};

[[nodiscard]] QString word(Fault::Kind kind); ///< "429", "500", "503", "close", "stall", "slow"
[[nodiscard]] std::optional<Fault::Kind> faultKindFromWord(QStringView word);

/// Plays faults and follows the events they hit, by messageId, until half an hour after; at most 16 reports
/// and 100,000 events a report. Commands from any thread; see() on the capture thread.
class Faults
{
public:
    explicit Faults(const base::Clock &clock, std::function<void()> changed = {});
    ~Faults();
    Faults(const Faults &) = delete;
    Faults &operator=(const Faults &) = delete;

    /// The pipeline's, so that a fault finds the calls of a source its user defined. Null: by write key.
    void setSources(std::shared_ptr<const segment::SourceResolver> sources);
    /// BadInput when it has neither count nor time, or a number out of range (times 1..1,000,000, seconds
    /// 1..86,400, delay 1..600,000 ms, Retry-After 0..3,600 s); Limit when 16 are on. The oldest that has
    /// ended makes room.
    [[nodiscard]] base::Result<std::uint32_t> start(const Fault &fault);
    void stop(std::uint32_t id);
    void stopAll();
    void clearEnded();
    [[nodiscard]] QList<FaultReport> reports() const; ///< latest first

    struct Action
    {
        Fault fault;
        std::uint32_t id = 0;
    };
    /// False when nothing is on or followed: see() need not be called.
    [[nodiscard]] bool isWatching() const;
    /// An ingest request before it goes to the pipeline: what to play on it. Faulted requests with a status
    /// or a close are kept as rejected requests (code "fault"), so the event stored is the one sent again.
    /// Of several faults that fit, the one started first.
    [[nodiscard]] std::optional<Action> see(const http::Request &request);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace capture
