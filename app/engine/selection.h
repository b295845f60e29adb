// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/engine/jobthread.h"
#include "report/storedwalk.h"

namespace engine {

/// Which stored events are meant; all empty: every one.
struct Selection
{
    QString filter;
    std::vector<event::EventId> events; ///< when not empty: of these alone
    std::vector<event::SessionId> sessions;
};

/// What a filter's text means, and these sessions alone; an error says where the text can't be read.
[[nodiscard]] base::Result<filter::Query> queryOf(const Selection &selection);
/// Events of one type and name; the language knows no difference in case.
[[nodiscard]] filter::Query queryOf(event::CallType type, const QString &name);

/// Walks what is selected, slice by slice. One thread, with the same reader each time.
class SelectionWalk
{
public:
    /// `events` in place of the store's own order when not empty.
    SelectionWalk(filter::Query query, std::vector<event::EventId> events, store::Reader::Order order);

    /// False when there was nothing left; later there may be, oldest first.
    [[nodiscard]] base::Result<bool> step(store::Reader &reader, const report::StoredWalk::Take &take,
                                          const std::stop_token &stop);
    /// 0..1 of what there was at the first step.
    [[nodiscard]] double progress() const;

private:
    void measure(store::Reader &reader);

    filter::Query m_query;
    std::vector<event::EventId> m_events;
    std::size_t m_nextEvent = 0;
    store::Reader::Order m_order;
    std::optional<report::StoredWalk> m_walk;
    event::EventId m_last{};
    std::uint64_t m_first = 0, m_newest = 0; ///< ids when it began
};

} // namespace engine
