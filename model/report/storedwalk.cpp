// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "report/storedwalk.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace report {

namespace {

constexpr std::size_t pageEvents = 1'000;

} // namespace

CoveredEvent coveredEvent(const StoredEvent &stored)
{
    const event::Event &event = stored.event;
    return {event.summary.id,         event.summary.type, event.name,     event.source,
            event.summary.receivedUs, event.state.status, event.findings, stored.merged};
}

bool StoredWalk::one(event::EventId id, const Take &take)
{
    const auto stored = m_reader.event(id);
    if (!stored) {
        return false; // erased meanwhile
    }
    segment::MergedEvent merged;
    if (stored->event.summary.type != event::CallType::None) {
        merged = m_events.merged(stored->requestBody, stored->begin, stored->end, m_parser);
    }
    return take({stored->event, merged.value});
}

base::Result<event::EventId> StoredWalk::run(const filter::Query &query, const Range &range, const Take &take,
                                             const std::stop_token &stop)
{
    event::EventId last = range.from;
    std::size_t left = range.limit;
    while (left > 0) {
        const auto page = m_reader.find(query, range.order, last, std::min(left, pageEvents), stop, {});
        if (!page) {
            return base::Failure(page.error());
        }
        for (const event::EventId id : page->ids) {
            if (stop.stop_requested()) {
                return base::failure(base::ErrorCode::Cancelled, u"Reading was stopped."_s);
            }
            last = id;
            bool goesOn = true;
            static_cast<void>(one(id, [&](const StoredEvent &event) { return goesOn = take(event); }));
            if (!goesOn) {
                return last;
            }
        }
        left -= page->ids.size();
        if (page->isComplete || page->ids.empty()) {
            break;
        }
    }
    return last;
}

} // namespace report
