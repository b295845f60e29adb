// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/writer.h"

#include <condition_variable>
#include <mutex>

namespace intake {

/// The way of a recheck's threads to the store: one write at a time for all of them, which makes room as soon
/// as somebody else wants to write. Meanwhile the threads check what follows.
class VerdictWriting
{
public:
    enum class State : std::uint8_t {
        Written,
        Failed, ///< the store refused some; it was logged
        Closed, ///< the queue takes nothing any more
    };

    /// `writes` must run or be closed until the last write has ended.
    explicit VerdictWriting(store::WriteQueue &writes);
    ~VerdictWriting(); ///< waits for the last write

    // Any thread.

    /// Waits for the one before, then hands these over. What became of all before.
    [[nodiscard]] State write(std::vector<store::Writer::NewVerdict> verdicts);
    /// Waits until all is written.
    [[nodiscard]] State wait();

private:
    class Turn;
    void end(State state);

    store::WriteQueue &m_writes;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    bool m_isUnderWay = false;
    State m_state = State::Written;
};

} // namespace intake
