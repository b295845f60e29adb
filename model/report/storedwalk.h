// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/coverage.h"
#include "segment/decode.h"
#include "store/reader.h"

namespace report {

/// One stored event as the checks saw it; its values live as long as the call that hands it over.
struct StoredEvent
{
    const event::Event &event;
    json::Value merged; ///< missing for a rejected request, or a body that can't be read
};

/// As coverage counts it, with the verdict it has in the store.
[[nodiscard]] CoveredEvent coveredEvent(const StoredEvent &stored);

/// Walks the events of a store that match a filter, in either order: for coverage, for learning plans, for
/// judging changes. Bounded memory. One thread, with its own reader.
class StoredWalk
{
public:
    explicit StoredWalk(store::Reader &reader)
        : m_reader(reader)
    {
    }

    struct Range
    {
        store::Reader::Order order = store::Reader::Order::OldestFirst;
        event::EventId from{}; ///< begin behind (or before) this one; 0: at the end of the order
        std::size_t limit = static_cast<std::size_t>(-1);
    };
    /// Called for each; false ends the walk.
    using Take = std::function<bool(const StoredEvent &event)>;
    /// The last event looked at; `from` when there was none. Cancelled when `stop` was asked for.
    [[nodiscard]] base::Result<event::EventId> run(const filter::Query &query, const Range &range,
                                                   const Take &take, const std::stop_token &stop);
    /// One event; false when it is not there.
    [[nodiscard]] bool one(event::EventId id, const Take &take);

private:
    store::Reader &m_reader;
    json::Parser m_parser;
    segment::StoredEvents m_events;
};

} // namespace report
