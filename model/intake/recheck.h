// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "intake/verdictrenewal.h"
#include "intake/verdictwriting.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace intake {

/// Gives stored events their new verdict when the checker or the mutes change: newest first, in slices, on a
/// few threads of its own that read through connections of their own and write through the queue. Newer
/// checks start over. While a recheck of the whole store has not come to its end, the store says so, and
/// whoever opens it next can start it again.
class Recheck
{
public:
    Recheck(QString storePath, store::WriteQueue &writes);
    ~Recheck(); ///< stops after the slices under way; the queue must still run, or be closed

    // Any thread.

    /// The whole store. Where it is known what the old verdicts were made with, events whose rules did not
    /// change are passed over.
    void start(Checks checks);
    /// What is stored was checked with these already; only what is added is checked again.
    void use(Checks checks);
    /// Nobody knows what the stored verdicts were made with, and they stay; only what is added is checked.
    void adopt(Checks checks);
    /// Events that were checked otherwise and stored after start().
    void add(std::vector<event::EventId> ids);
    /// These before all others, in the recheck under way or else in the next one: the rows on screen.
    /// Replaces those asked for before.
    void prefer(std::vector<event::EventId> ids);
    /// Ends the recheck of the whole store; events it had not come to keep their old verdict.
    void cancel();

    [[nodiscard]] RecheckProgress progress() const;
    /// Events still to do, roughly; 0: none.
    [[nodiscard]] std::uint64_t backlog() const;

private:
    using Outcome = VerdictWriting::State;
    enum class Stage : std::uint8_t { Idle, Due, Running }; ///< of a recheck of the whole store
    struct Slice
    {
        std::vector<event::EventId> ids; ///< empty: a range
        event::EventId first{}, last{};
    };

    void run(const std::stop_token &stop);
    [[nodiscard]] Outcome renew(store::Reader reader, const std::stop_token &stop);
    [[nodiscard]] Outcome work(store::Reader reader, std::uint64_t generation,
                               std::shared_ptr<const Renewal> renewal, VerdictWriting &writing,
                               const std::stop_token &stop);
    [[nodiscard]] std::optional<Slice> take(std::uint64_t generation, const std::stop_token &stop);
    void noteDone(std::uint64_t generation, const Slice &slice);
    [[nodiscard]] bool finish(std::uint64_t generation, Outcome outcome);
    // With m_mutex held.
    void makeDue(Checks checks);
    void change(Checks checks);
    void breakOff();
    void giveUp();

    const QString m_storePath;
    store::WriteQueue &m_writes;
    mutable std::mutex m_mutex; ///< of all that follows
    std::condition_variable_any m_wake;
    Checks m_checks;
    std::uint64_t m_generation = 0;
    /// What the stored verdicts were made with, see Renewal; without `m_checks` while these are only under
    /// way.
    std::optional<std::vector<Checks>> m_earlier;
    QHash<event::SourceId, QString> m_sourceNames, m_namesAtStart;
    bool m_areNamesDue = false; ///< m_sourceNames are to be read as they are now
    std::vector<event::EventId> m_late, m_preferred;
    std::size_t m_inHand = 0; ///< of those, being checked
    Stage m_stage = Stage::Idle;
    bool m_isWorking = false; ///< something may still be written
    std::uint64_t m_next = 0; ///< newest event that no slice has yet; 0: all have
    std::uint64_t m_done = 0, m_total = 0;
    std::jthread m_thread;
};

} // namespace intake
