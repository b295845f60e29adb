// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/store.h"

namespace store {

/// The only connection that writes a store. Lives on the store thread, except for open().
class Writer
{
public:
    struct Impl;
    explicit Writer(std::unique_ptr<Impl> impl);
    ~Writer();
    Writer(Writer &&) noexcept;
    Writer &operator=(Writer &&) noexcept;

    /// Creates or opens the file, takes its lock file (code InUse names the holder's process), runs the
    /// migrations. A file that is no store is Corrupt, one of a newer Trackside is Newer; neither is touched.
    [[nodiscard]] static base::Result<Writer> open(const QString &path, const base::Clock &clock);

    /// Stores the requests, their events and queued deliveries in one transaction; durable when it
    /// returns (WAL, synchronous=FULL). The batch holds the events in the drafts' order, rejected ones
    /// included. On failure (a full disk) nothing of it is stored and the drafts may be tried again. Begins a
    /// session without a name when none was begun since open(); the notice says so.
    [[nodiscard]] base::Result<event::CommitNotice> commit(std::span<event::RequestDraft> requests);

    struct NewVerdict
    {
        event::EventId id{};
        event::Status status = event::Status::Unchecked;
        std::vector<event::Finding> findings; ///< replaces all but those of kind protocol found at capture
        std::vector<event::RuleId> muted;     ///< whose protocol findings go as well
    };
    /// What a row's findings become: the verdict's, and of the stored ones what only the wire showed.
    [[nodiscard]] static std::vector<event::Finding> findingsAfter(const NewVerdict &verdict,
                                                                   std::vector<event::Finding> stored);
    struct VerdictsSet
    {
        std::vector<event::StateChange> changed; ///< rows, for the stream
        std::size_t done = 0;                    ///< of the verdicts, from the first on
    };
    /// Ends early, but for the first few, once `isWaitedFor` says that others want to write. On the disk for
    /// good with the next commit.
    [[nodiscard]] base::Result<VerdictsSet> setVerdicts(std::span<const NewVerdict> verdicts,
                                                        const std::function<bool()> &isWaitedFor = {});

    struct Repeat
    {
        event::EventId id{};
        int attempts = 1;
    };
    /// A refused request came again: its row says how often (the finding protocol/repeated-request). Of
    /// several for one row the last counts.
    [[nodiscard]] base::Result<std::vector<event::StateChange>> noteRepeats(std::span<const Repeat> repeats);

    /// Fingerprint of the checker that every event in the store was checked with; empty: of several, or not
    /// known.
    [[nodiscard]] const QByteArray &checkedBy() const;
    /// Also ends the recheck that was noted as begun.
    [[nodiscard]] base::Result<void> noteCheckedBy(const QByteArray &fingerprint);
    /// From now on the events are of several checkers, until noteCheckedBy().
    [[nodiscard]] base::Result<void> noteRecheckBegun(const QByteArray &fingerprint);
    /// Fingerprint of the checker of a recheck that has not come to its end; empty: there is none.
    [[nodiscard]] const QByteArray &unfinishedRecheck() const;
    /// No event was ever stored in it.
    [[nodiscard]] bool isEmpty() const;

    [[nodiscard]] base::Result<event::SessionId> beginSession(const QString &name, const QString &testId);
    [[nodiscard]] base::Result<void> renameSource(event::SourceId id, const QString &name);
    /// An SDK fetched its settings: the source is connected even when it sends nothing.
    [[nodiscard]] base::Result<void> noteConnected(const event::SourceKey &source);

    /// A replay: queues one dispatch for these events, sent in this order. Ids the store does not have are
    /// left out; states() tells what the rows show from then on.
    [[nodiscard]] base::Result<event::DispatchId> queueReplay(const QString &destination,
                                                              std::span<const event::EventId> events);
    /// The events of a dispatch as their rows stand now.
    [[nodiscard]] base::Result<std::vector<event::StateChange>> states(event::DispatchId id);
    /// After each attempt. `state` Pending keeps it queued until nextAttemptUs.
    [[nodiscard]] base::Result<std::vector<event::StateChange>>
    noteAttempt(event::DispatchId id, const Attempt &attempt, event::DeliveryState state,
                std::int64_t nextAttemptUs, const QByteArray &sentHead, const QByteArray &sentBody);

    [[nodiscard]] QString path() const;
    [[nodiscard]] event::SessionId session() const;
    /// All files of the store, the text index included.
    [[nodiscard]] std::uint64_t sizeBytes() const;
    /// The file never grows beyond this; what would need more fails as on a full disk. 0: no limit.
    void limitTo(std::uint64_t bytes);

private:
    std::unique_ptr<Impl> m_impl;
};

/// The way for other threads to have something written: runs on the store thread, between commits.
/// What it changed of the rows goes into `notice`.
using WriteTask = std::function<void(Writer &writer, event::CommitNotice &notice)>;
class WriteQueue
{
public:
    virtual ~WriteQueue() = default;
    virtual void post(WriteTask task) = 0;
    /// For a task that is running: whether others wait for it to end.
    [[nodiscard]] virtual bool isWaitedFor() const { return false; }
};

} // namespace store
