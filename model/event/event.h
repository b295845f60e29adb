// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"
#include "event/ids.h"

#include <atomic>
#include <memory>
#include <span>

#include <QByteArray>

namespace event {

/// What never changes of one row of the stream.
struct EventSummary
{
    EventId id{};
    std::int64_t receivedUs = 0; ///< UTC, microseconds since the epoch
    NameId name{};               ///< track: event; page and screen: name; rejected: the reason's code; else 0
    SourceId source{};
    UserKey user{}; ///< userId, else anonymousId
    SessionId session{};
    std::uint32_t bodyBytes = 0;
    CallType type = CallType::None;
};

enum class Flag : std::uint8_t {
    Lint = 1U << 0U,
    Privacy = 1U << 1U,
    Protocol = 1U << 2U,
    Identity = 1U << 3U,
    Bookmark = 1U << 4U,
    Note = 1U << 5U,
    Duplicate = 1U << 6U, ///< its messageId came before
    Replay = 1U << 7U,
};

/// What a new plan or a delivery can change of a row.
struct EventState
{
    std::uint16_t findings = 0;
    Status status = Status::Unchecked;
    DeliveryState delivery = DeliveryState::None;
    std::uint8_t flags = 0;          ///< Flag bits
    Severity worst = Severity::Info; ///< of its findings
    std::uint16_t topRule = 0;       ///< RuleId of its most severe finding: what the row shows

    [[nodiscard]] bool has(Flag flag) const { return (flags & static_cast<std::uint8_t>(flag)) != 0; }
};

static_assert(sizeof(EventSummary) == 40 && std::is_trivially_copyable_v<EventSummary>);
static_assert(sizeof(EventState) == 8 && std::atomic<EventState>::is_always_lock_free);

/// Status, counts and flags that follow from findings.
[[nodiscard]] EventState stateFor(Status status, const std::vector<Finding> &findings,
                                  std::uint8_t extraFlags);

/// One event as the stream gets it after its commit.
struct Event
{
    EventSummary summary;
    EventState state;
    QByteArray body;            ///< as sent; shares its request's bytes
    QString name, source, user; ///< texts behind the ids
    std::vector<Finding> findings;
};

using EventBatch = std::shared_ptr<const std::vector<Event>>;

/// A row whose state a new verdict or a delivery changed.
struct StateChange
{
    EventId id{};
    EventState state;
};

/// What one commit did, for whoever watches the stream.
struct CommitNotice
{
    EventBatch added; ///< may be null
    std::vector<StateChange> changed;
    SessionId newSession{};      ///< not 0: a session began with this commit
    bool sourcesChanged = false; ///< a source was seen first or renamed
};

/// Implemented by the stream; called from the store thread, must not block.
class CommitSink
{
public:
    virtual ~CommitSink() = default;
    virtual void post(CommitNotice notice) = 0;
};

} // namespace event
