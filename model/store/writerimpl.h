// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "store/bodycodec.h"
#include "store/database.h"
#include "store/eventrow.h"
#include "store/generationcache.h"
#include "store/lockfile.h"
#include "store/writer.h"

#include <map>

namespace store {

struct SourceEntry
{
    event::SourceId id{};
    QString name;
    QString library;
    int naming = 0;
};

/// What a transaction adds to a session's counters; differences, so they may be below zero.
struct Tally
{
    std::int64_t total = 0;
    std::array<std::int64_t, 5> statuses{}; ///< by Status
    std::int64_t lint = 0, protocol = 0, privacy = 0;

    /// `by` is 1 for a row that came, -1 for one whose state is about to change.
    void count(const event::EventState &state, int by);
};

/// When a transaction is on the disk.
enum class Durability : std::uint8_t {
    OnCommit,
    WithTheNext, ///< a crash of the machine may take it back, whole: for what can be worked out again
};

struct SourceTally
{
    std::int64_t events = 0;
    std::int64_t lastSeenUs = 0;
    QString library;
};

struct Writer::Impl
{
    // The lock goes last: not before the database has closed.
    LockFile lock;
    Database database;
    QString path;
    const base::Clock &clock;
    BodyCodec codec;
    RuleNumbers rules;
    event::SessionId session{};
    std::int64_t lastRequest = 0;
    std::int64_t lastEvent = 0;
    std::uint64_t walPages = 0;                   ///< after the last commit
    Durability durability = Durability::OnCommit; ///< of the connection now
    QByteArray checkedBy;
    QByteArray unfinishedRecheck;

    GenerationCache<QString, std::uint32_t> names{8'192};
    GenerationCache<QString, std::uint32_t> users{65'536};
    GenerationCache<QByteArray, SourceEntry> sources{4'096};

    Statement findName, insertName, findUser, insertUser, findSource, insertSource;
    Statement insertSession, tallySession, tallySource;
    Statement insertRequest, insertEvent, insertDispatch, insertDelivery;
    // Prepared when first needed.
    Statement deliveryStates, deliveryRow, setDelivery;
    Statement verdictRow, setVerdict;

    explicit Impl(const base::Clock &worldClock)
        : clock(worldClock)
    {
    }
    ~Impl();
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    [[nodiscard]] base::Result<void> prepare();

    /// Runs `work` in a transaction; when it or the commit fails, nothing is stored and what was remembered
    /// of it is forgotten. `work` returns false when a statement failed.
    template <typename Work>
    [[nodiscard]] base::Result<void> inTransaction(const QString &what, Work work,
                                                   Durability wanted = Durability::OnCommit)
    {
        const auto before = std::tuple(session, lastRequest, lastEvent);
        base::Result<void> done = setDurability(wanted);
        base::Result<Transaction> transaction = done ? Transaction::begin(database, Transaction::Kind::Write)
                                                     : base::Result<Transaction>(base::Failure(done.error()));
        if (!transaction) {
            done = base::Failure(transaction.error());
        } else if (!work()) {
            done = base::Failure(database.error(what));
        } else {
            done = transaction->commit();
        }
        if (!done) {
            done.error().what = what;
            std::tie(session, lastRequest, lastEvent) = before;
            names.clear();
            users.clear();
            sources.clear();
        }
        return done;
    }

    [[nodiscard]] base::Result<void> setDurability(Durability wanted);
    /// Keys of `meta` with their values.
    [[nodiscard]] base::Result<void>
    setMeta(std::initializer_list<std::pair<const char *, QByteArray>> values);

    // Steps of a transaction; false: the statement failed.
    [[nodiscard]] bool beginSession(const QString &name, const QString &testId);
    [[nodiscard]] bool intern(GenerationCache<QString, std::uint32_t> &cache, Statement &find,
                              Statement &insert, const QString &text, std::uint32_t &id);
    /// `isNew` is set when the source was not there or got a better name.
    [[nodiscard]] bool sourceOf(const event::SourceKey &key, std::int64_t seenUs, SourceEntry &entry,
                                bool &isNew);
    [[nodiscard]] bool storeRequest(const event::RequestDraft &draft, std::vector<event::Event> &events,
                                    Tally &tally, std::map<event::SourceId, SourceTally> &sourceTallies,
                                    bool &sourcesChanged);
    [[nodiscard]] bool storeEvent(const event::RequestDraft &draft, const event::EventDraft &eventDraft,
                                  event::Event &event, bool &sourcesChanged);
    [[nodiscard]] bool queueDispatches(const event::RequestDraft &draft, std::int64_t firstEvent);
    [[nodiscard]] bool addTally(event::SessionId toSession, const Tally &tally);
    [[nodiscard]] bool addSourceTally(event::SourceId source, const SourceTally &tally);

    /// Worst state of an event's deliveries (of each destination the newest), put into its row; adds to
    /// `changed` when that changed it.
    [[nodiscard]] bool refreshDelivery(event::EventId id, std::vector<event::StateChange> &changed);

    /// After a commit: the planner's statistics at certain sizes, and a checkpoint when the WAL got too long.
    void tidy(std::int64_t eventsBefore);
};

} // namespace store
