// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <unordered_set>

#include <QString>

namespace intake {

/// Remembers the messageIds of the last events, as hashes, to tell a delivery that came before (browser
/// batching sends a hidden tab's buffer twice; retries keep their id). Segment looks back 24 hours over all
/// sources; this looks back `window` events. Store thread only.
class Duplicates
{
public:
    explicit Duplicates(std::size_t window = 200'000);

    /// True when the id was noted before. Empty ids never are.
    [[nodiscard]] bool note(const QString &messageId);
    /// The event was not stored after all: its next delivery is the first.
    void forget(const QString &messageId);

private:
    std::size_t m_window;
    std::unordered_set<std::uint64_t> m_seen;
    std::deque<std::uint64_t> m_order;
};

} // namespace intake
