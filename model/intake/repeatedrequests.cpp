// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/repeatedrequests.h"

#include <algorithm>

namespace intake {

namespace {

constexpr std::int64_t windowUs = 600LL * 1'000'000;
constexpr std::size_t mostKnown = 1'000;

} // namespace

std::uint64_t refusalOf(const event::RequestDraft &draft)
{
    if (draft.rejectCode.isEmpty() || draft.rejectCode == "fault" || draft.events.empty()) {
        return 0;
    }
    const std::size_t hash = qHashMulti(0x5eed, draft.method, draft.target, draft.rejectCode,
                                        draft.events.front().source.keyHash, draft.wireBody);
    return hash == 0 ? 1 : hash;
}

bool RepeatedRequests::isRepeat(std::uint64_t refusal, std::int64_t receivedUs,
                                event::SessionId session) const
{
    const auto known = m_known.find(refusal);
    return known != m_known.end() && known->second.session == session &&
           receivedUs - known->second.lastUs <= windowUs;
}

void RepeatedRequests::add(std::uint64_t refusal, std::int64_t receivedUs, event::EventId row,
                           event::SessionId session)
{
    if (m_known.size() >= mostKnown) {
        std::erase_if(m_known,
                      [&](const auto &entry) { return receivedUs - entry.second.lastUs > windowUs; });
    }
    if (m_known.size() >= mostKnown) {
        m_known.clear();
    }
    m_known[refusal] = {row, session, 1, receivedUs};
}

store::Writer::Repeat RepeatedRequests::count(std::uint64_t refusal, std::int64_t receivedUs)
{
    Known &known = m_known[refusal];
    known.lastUs = receivedUs;
    return {known.row, ++known.attempts};
}

} // namespace intake
