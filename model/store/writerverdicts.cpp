// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/writerimpl.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace store {

namespace {

/// The new verdict's findings and what decoding found: that stays, because a recheck does not see the wire.
std::vector<event::Finding> merge(const std::vector<event::Finding> &fresh,
                                  std::vector<event::Finding> stored)
{
    std::vector<event::Finding> all = fresh;
    for (event::Finding &old : stored) {
        const bool isProtocol = event::kindOf(old.rule) == event::FindingKind::Protocol;
        // Protocol rules run again, too; only the severity may have changed.
        const bool isRepeated = std::ranges::any_of(fresh, [&](const event::Finding &finding) {
            return finding.rule == old.rule && finding.at == old.at && finding.args == old.args;
        });
        if (isProtocol && !isRepeated) {
            all.push_back(std::move(old));
        }
    }
    std::ranges::stable_sort(all, std::ranges::greater{}, &event::Finding::severity);
    return all;
}

/// Flags that no finding gives.
std::uint8_t ownFlags(const event::EventState &state)
{
    std::uint8_t flags = 0;
    for (const event::Flag flag :
         {event::Flag::Bookmark, event::Flag::Note, event::Flag::Duplicate, event::Flag::Replay}) {
        if (state.has(flag)) {
            flags = static_cast<std::uint8_t>(flags | static_cast<std::uint8_t>(flag));
        }
    }
    return flags;
}

bool isSame(const event::EventState &left, const event::EventState &right)
{
    const auto all = [](const event::EventState &state) {
        return std::tie(state.findings, state.status, state.delivery, state.flags, state.worst,
                        state.topRule);
    };
    return all(left) == all(right);
}

} // namespace

base::Result<std::vector<event::StateChange>> Writer::setVerdicts(std::span<const NewVerdict> verdicts)
{
    Impl &impl = *m_impl;
    const QString what = u"The new verdicts could not be stored in %1."_s.arg(impl.path);
    auto select =
        impl.database.prepare(QByteArray("SELECT ") + rowColumns + ", e.found FROM event e WHERE e.id = ?");
    auto update = impl.database.prepare("UPDATE event SET status = ?, findings = ?, flags = ?, worst = ?, "
                                        "top_rule = ?, found = ? WHERE id = ?");
    if (!select || !update) {
        return base::Failure(select ? update.error() : select.error());
    }
    std::vector<event::StateChange> changes;
    auto done = impl.inTransaction(what, [&] {
        std::map<event::SessionId, Tally> tallies;
        for (const NewVerdict &verdict : verdicts) {
            select->bind(1, static_cast<std::int64_t>(verdict.id));
            const Statement::Step step = select->step();
            if (step == Statement::Step::Failed) {
                return false;
            }
            if (step == Statement::Step::Done) {
                select->reset();
                continue; // gone in the meantime
            }
            const EventRow row = readRow(*select, impl.rules);
            const QByteArray oldFound = select->bytes(rowColumnCount);
            select->reset();
            if (row.state.status == event::Status::Rejected) {
                continue;
            }
            const std::vector<event::Finding> findings =
                merge(verdict.findings, event::decodeFindings(oldFound));
            event::EventState state = event::stateFor(verdict.status, findings, ownFlags(row.state));
            state.delivery = row.state.delivery;
            const QByteArray found = event::encodeFindings(findings);
            if (isSame(state, row.state) && found == oldFound) {
                continue;
            }
            update->bind(1, static_cast<std::int64_t>(state.status));
            update->bind(2, std::int64_t{state.findings});
            update->bind(3, std::int64_t{state.flags});
            update->bind(4, static_cast<std::int64_t>(state.worst));
            update->bind(5, state.topRule == 0 ? std::int64_t{0} : impl.rules.number(state.topRule));
            if (found.isEmpty()) {
                update->bindNull(6);
            } else {
                update->bindBytes(6, found);
            }
            update->bind(7, static_cast<std::int64_t>(verdict.id));
            if (!update->run()) {
                return false;
            }
            Tally &tally = tallies[row.summary.session];
            tally.count(row.state, -1);
            tally.count(state, 1);
            changes.push_back({verdict.id, state});
        }
        return std::ranges::all_of(
            tallies, [&](const auto &entry) { return impl.addTally(entry.first, entry.second); });
    });
    if (!done) {
        return base::Failure(std::move(done.error()));
    }
    return changes;
}

} // namespace store
