// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/writerimpl.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace store {

namespace {

constexpr std::size_t verdictsBetweenLooks = 64; ///< a millisecond, roughly

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

/// Reads rows and writes their new state, within a transaction.
class RowUpdate
{
public:
    enum class Found : std::uint8_t { Row, Gone, Failed };

    explicit RowUpdate(Writer::Impl &impl)
        : m_impl(impl)
    {
    }

    base::Result<void> prepare()
    {
        if (m_impl.verdictRow.isPrepared()) {
            return {};
        }
        auto select = m_impl.database.prepare(QByteArray("SELECT ") + rowColumns +
                                              ", e.found FROM event e WHERE e.id = ?");
        auto update = m_impl.database.prepare("UPDATE event SET status = ?, findings = ?, flags = ?, "
                                              "worst = ?, top_rule = ?, found = ? WHERE id = ?");
        if (!select || !update) {
            return base::Failure(select ? update.error() : select.error());
        }
        m_impl.verdictRow = *std::move(select);
        m_impl.setVerdict = *std::move(update);
        return {};
    }

    Found read(event::EventId id)
    {
        m_impl.verdictRow.bind(1, static_cast<std::int64_t>(id));
        const Statement::Step step = m_impl.verdictRow.step();
        if (step == Statement::Step::Row) {
            m_row = readRow(m_impl.verdictRow, m_impl.rules);
            m_found = m_impl.verdictRow.bytes(rowColumnCount);
        }
        m_impl.verdictRow.reset();
        return step == Statement::Step::Row    ? Found::Row
               : step == Statement::Step::Done ? Found::Gone // in the meantime
                                               : Found::Failed;
    }
    [[nodiscard]] const EventRow &row() const { return m_row; }
    [[nodiscard]] std::vector<event::Finding> findings() const { return event::decodeFindings(m_found); }

    /// Of the row last read.
    bool write(event::Status status, const std::vector<event::Finding> &findings)
    {
        event::EventState state = event::stateFor(status, findings, ownFlags(m_row.state));
        state.delivery = m_row.state.delivery;
        const QByteArray found = event::encodeFindings(findings);
        if (isSame(state, m_row.state) && found == m_found) {
            return true;
        }
        m_impl.setVerdict.bind(1, static_cast<std::int64_t>(state.status));
        m_impl.setVerdict.bind(2, std::int64_t{state.findings});
        m_impl.setVerdict.bind(3, std::int64_t{state.flags});
        m_impl.setVerdict.bind(4, static_cast<std::int64_t>(state.worst));
        m_impl.setVerdict.bind(5, state.topRule == 0 ? std::int64_t{0} : m_impl.rules.number(state.topRule));
        if (found.isEmpty()) {
            m_impl.setVerdict.bindNull(6);
        } else {
            m_impl.setVerdict.bindBytes(6, found);
        }
        m_impl.setVerdict.bind(7, static_cast<std::int64_t>(m_row.summary.id));
        if (!m_impl.setVerdict.run()) {
            return false;
        }
        Tally &tally = m_tallies[m_row.summary.session];
        tally.count(m_row.state, -1);
        tally.count(state, 1);
        m_changes.push_back({m_row.summary.id, state});
        return true;
    }

    bool finish()
    {
        return std::ranges::all_of(
            m_tallies, [&](const auto &entry) { return m_impl.addTally(entry.first, entry.second); });
    }
    [[nodiscard]] std::vector<event::StateChange> takeChanges() { return std::move(m_changes); }

private:
    Writer::Impl &m_impl;
    EventRow m_row;
    QByteArray m_found;
    std::map<event::SessionId, Tally> m_tallies;
    std::vector<event::StateChange> m_changes;
};

} // namespace

std::vector<event::Finding> Writer::findingsAfter(const NewVerdict &verdict,
                                                  std::vector<event::Finding> stored)
{
    const std::vector<event::Finding> &fresh = verdict.findings;
    std::vector<event::Finding> all = fresh;
    for (event::Finding &old : stored) {
        // What decoding found stays: a recheck does not see the wire.
        const bool isProtocol = event::kindOf(old.rule) == event::FindingKind::Protocol;
        // Protocol rules run again, too; only the severity may have changed.
        const bool isRepeated =
            isProtocol && std::ranges::any_of(fresh, [&](const event::Finding &finding) {
                return finding.rule == old.rule && finding.at == old.at && finding.args == old.args;
            });
        const bool isMuted = std::ranges::find(verdict.muted, old.rule) != verdict.muted.end();
        if (isProtocol && !isRepeated && !isMuted) {
            all.push_back(std::move(old));
        }
    }
    std::ranges::stable_sort(all, std::ranges::greater{}, &event::Finding::severity);
    return all;
}

base::Result<Writer::VerdictsSet> Writer::setVerdicts(std::span<const NewVerdict> verdicts,
                                                      const std::function<bool()> &isWaitedFor)
{
    RowUpdate update(*m_impl);
    if (auto prepared = update.prepare(); !prepared) {
        return base::Failure(std::move(prepared.error()));
    }
    const QString what = u"The new verdicts could not be stored in %1."_s.arg(m_impl->path);
    std::size_t doneCount = 0;
    const auto writeAll = [&] {
        for (const NewVerdict &verdict : verdicts) {
            if (doneCount != 0 && doneCount % verdictsBetweenLooks == 0 && isWaitedFor && isWaitedFor()) {
                break;
            }
            ++doneCount;
            const RowUpdate::Found found = update.read(verdict.id);
            if (found == RowUpdate::Found::Failed) {
                return false;
            }
            if (found == RowUpdate::Found::Gone || update.row().state.status == event::Status::Rejected) {
                continue;
            }
            if (!update.write(verdict.status, findingsAfter(verdict, update.findings()))) {
                return false;
            }
        }
        return update.finish();
    };
    // Else captured events that are to be committed would wait for the disk twice.
    auto done = m_impl->inTransaction(what, writeAll, Durability::WithTheNext);
    if (!done) {
        return base::Failure(std::move(done.error()));
    }
    return VerdictsSet{update.takeChanges(), doneCount};
}

base::Result<std::vector<event::StateChange>> Writer::noteRepeats(std::span<const Repeat> repeats)
{
    std::map<event::EventId, int> attempts;
    for (const Repeat &repeat : repeats) {
        attempts[repeat.id] = repeat.attempts;
    }
    RowUpdate update(*m_impl);
    if (auto prepared = update.prepare(); !prepared) {
        return base::Failure(std::move(prepared.error()));
    }
    auto done =
        m_impl->inTransaction(u"A repeated request could not be counted in %1."_s.arg(m_impl->path), [&] {
            for (const auto &[id, count] : attempts) {
                const RowUpdate::Found found = update.read(id);
                if (found == RowUpdate::Found::Failed) {
                    return false;
                }
                if (found == RowUpdate::Found::Gone) {
                    continue;
                }
                constexpr auto rule = event::RuleId::ProtocolRepeatedRequest;
                std::vector<event::Finding> findings = update.findings();
                std::erase_if(findings, [](const event::Finding &old) { return old.rule == rule; });
                findings.push_back({rule, event::defaultSeverity(rule), {}, {QString::number(count)}});
                if (!update.write(update.row().state.status, findings)) {
                    return false;
                }
            }
            return update.finish();
        });
    if (!done) {
        return base::Failure(std::move(done.error()));
    }
    return update.takeChanges();
}

} // namespace store
