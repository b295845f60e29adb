// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/captured.h"
#include "store/writer.h"

#include <unordered_map>

namespace intake {

/// What makes two refused requests the same: target, source, reason and bytes. 0: understood, or refused by
/// us on purpose (a fault), where each attempt counts.
[[nodiscard]] std::uint64_t refusalOf(const event::RequestDraft &draft);

/// An SDK that tries a refused request again and again (Go: ten times) fills no list: the first one gets a
/// row, those equal to it within ten minutes of the last are counted there. Memory is bounded. Store thread
/// only.
class RepeatedRequests
{
public:
    /// True: the draft needs no row of its own.
    [[nodiscard]] bool isRepeat(std::uint64_t refusal, std::int64_t receivedUs,
                                event::SessionId session) const;
    /// The first one has its row.
    void add(std::uint64_t refusal, std::int64_t receivedUs, event::EventId row, event::SessionId session);
    /// One more came.
    [[nodiscard]] store::Writer::Repeat count(std::uint64_t refusal, std::int64_t receivedUs);

private:
    struct Known
    {
        event::EventId row{};
        event::SessionId session{};
        int attempts = 1;
        std::int64_t lastUs = 0;
    };
    std::unordered_map<std::uint64_t, Known> m_known;
};

} // namespace intake
