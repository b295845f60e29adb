// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "intake/processing.h"
#include "store/writer.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace intake {

/// Gives stored events their new verdict when the checker or the mutes change: newest first, in slices, on a
/// thread of its own that reads through its own connection and writes through the queue. Newer checks start
/// over.
class Recheck
{
public:
    Recheck(QString storePath, store::WriteQueue &writes);
    ~Recheck(); ///< stops after the slice under way

    /// Any thread.
    void start(Checks checks);
    /// Any thread. What is stored was checked with these already; only what is added is checked again.
    void use(Checks checks);
    /// Events that were checked otherwise and stored after start().
    void add(std::vector<event::EventId> ids);
    /// Events still to do, roughly; 0: none.
    [[nodiscard]] std::uint64_t backlog() const;

private:
    void run(const std::stop_token &stop);
    bool checkSlice(class SliceReader &reader, const Checks &checks, const std::vector<event::EventId> &ids);
    void set(Checks checks, bool isWholeStore);
    void noteChecked(const Checks &checks);

    const QString m_storePath;
    store::WriteQueue &m_writes;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Checks m_checks;
    std::vector<event::EventId> m_late;
    std::uint64_t m_generation = 0;
    bool m_isWholeStore = false; ///< of this generation
    std::uint64_t m_backlog = 0;
    std::jthread m_thread;
};

} // namespace intake
