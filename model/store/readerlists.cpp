// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/readerimpl.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <unordered_map>

namespace store {

base::Result<std::vector<Reader::Row>> Reader::rows(event::EventId after, std::size_t limit)
{
    Impl &impl = *m_impl;
    auto select = impl.database.prepare(QByteArray("SELECT ") + rowColumns +
                                        " FROM event e WHERE e.id > ? ORDER BY e.id LIMIT ?");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    select->bind(1, static_cast<std::int64_t>(after));
    select->bind(2, static_cast<std::int64_t>(limit));
    std::vector<Row> rows;
    if (auto done = impl.forEach(*select,
                                 [&](const Statement &statement) {
                                     const EventRow row = impl.row(statement);
                                     rows.push_back({row.summary, row.state});
                                 });
        !done) {
        return base::Failure(std::move(done.error()));
    }
    return rows;
}

base::Result<std::vector<event::EventId>> Reader::newestIds(event::EventId before, std::size_t limit)
{
    Impl &impl = *m_impl;
    auto select = impl.database.prepare("SELECT id FROM event WHERE id < ? ORDER BY id DESC LIMIT ?");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    constexpr auto newest = std::numeric_limits<std::int64_t>::max();
    const std::uint64_t bound = event::raw(before);
    select->bind(1, bound == 0 || bound > static_cast<std::uint64_t>(newest)
                        ? newest
                        : static_cast<std::int64_t>(bound));
    select->bind(2, static_cast<std::int64_t>(limit));
    std::vector<event::EventId> ids;
    if (auto done =
            impl.forEach(*select, [&](const Statement &row) { ids.push_back(row.as<event::EventId>(0)); });
        !done) {
        return base::Failure(std::move(done.error()));
    }
    return ids;
}

base::Result<Counts> Reader::counts(event::SessionId session)
{
    Impl &impl = *m_impl;
    // Kept by the writer in the transaction that changes a row: exact, and no scan.
    auto select = impl.database.prepare("SELECT sum(total), sum(valid), sum(violations), sum(unplanned), "
                                        "sum(unchecked), sum(lint), sum(rejected), "
                                        "sum(protocol), sum(privacy) FROM session WHERE ?1 = 0 OR id = ?1");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    select->bind(1, std::int64_t{event::raw(session)});
    Counts counts;
    if (auto done = impl.forEach(*select,
                                 [&](const Statement &row) {
                                     int column = 0;
                                     for (std::uint64_t *count :
                                          {&counts.total, &counts.valid, &counts.violations,
                                           &counts.unplanned, &counts.unchecked, &counts.lint,
                                           &counts.rejected, &counts.protocol, &counts.privacy}) {
                                         *count = row.as<std::uint64_t>(column++);
                                     }
                                 });
        !done) {
        return base::Failure(std::move(done.error()));
    }
    return counts;
}

base::Result<std::vector<Source>> Reader::sources()
{
    Impl &impl = *m_impl;
    auto select =
        impl.database.prepare("SELECT id, key_hash, masked_key, name, library, first_seen_us, last_seen_us, "
                              "events, connected FROM source ORDER BY id");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    std::vector<Source> sources;
    if (auto done = impl.forEach(*select,
                                 [&](const Statement &row) {
                                     Source source;
                                     source.id = row.as<event::SourceId>(0);
                                     source.keyHash = row.bytes(1);
                                     source.maskedKey = row.text(2);
                                     source.name = row.text(3);
                                     source.library = row.text(4);
                                     source.firstSeenUs = row.number(5);
                                     source.lastSeenUs = row.number(6);
                                     source.events = row.as<std::uint64_t>(7);
                                     source.isConnected = row.number(8) != 0;
                                     sources.push_back(std::move(source));
                                 });
        !done) {
        return base::Failure(std::move(done.error()));
    }
    return sources;
}

base::Result<std::vector<Session>> Reader::sessions()
{
    Impl &impl = *m_impl;
    auto select = impl.database.prepare("SELECT id, name, test_id, started_us FROM session ORDER BY id");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    std::vector<Session> sessions;
    if (auto done = impl.forEach(
            *select,
            [&](const Statement &row) {
                sessions.push_back({row.as<event::SessionId>(0), row.text(1), row.text(2), row.number(3)});
            });
        !done) {
        return base::Failure(std::move(done.error()));
    }
    return sessions;
}

base::Result<std::vector<Reader::Seen>> Reader::seenEvents(std::stop_token stop)
{
    Impl &impl = *m_impl;
    // One pass over the narrow rows: through an index it would take a look-up for each of them.
    auto select = impl.database.prepare(
        "SELECT type, name, status, received_us FROM event NOT INDEXED WHERE type <> 0");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    std::unordered_map<std::uint64_t, Seen> seen;
    {
        const Interruptible interruptible(impl.database, std::move(stop));
        if (auto done = impl.forEach(*select,
                                     [&](const Statement &row) {
                                         const auto type = row.as<std::uint64_t>(0);
                                         const auto name = row.as<std::uint32_t>(1);
                                         Seen &entry = seen[type << 32U | name];
                                         ++entry.count;
                                         entry.violations +=
                                             row.as<event::Status>(2) == event::Status::Violation ? 1 : 0;
                                         entry.lastUs = std::max(entry.lastUs, row.number(3));
                                     });
            !done) {
            return base::Failure(std::move(done.error()));
        }
    }
    std::vector<Seen> all;
    all.reserve(seen.size());
    for (auto &[key, entry] : seen) {
        entry.type = static_cast<event::CallType>(std::min<std::uint64_t>(key >> 32U, 6));
        entry.name = impl.nameText(static_cast<event::NameId>(key & 0xffff'ffffU));
        all.push_back(std::move(entry));
    }
    std::ranges::sort(all, [](const Seen &left, const Seen &right) {
        return std::tie(left.type, left.name) < std::tie(right.type, right.name);
    });
    return all;
}

} // namespace store
