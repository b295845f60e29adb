// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/recheck.h"

#include "base/log.h"
#include "base/threadname.h"

#include <algorithm>

namespace intake {

namespace {

constexpr std::uint64_t sliceEvents = 2'000;
constexpr std::size_t sliceIds = 500;
constexpr std::size_t mostEarlier = 4;
constexpr unsigned mostThreads = 4;

/// The first few of `ids`, taken out.
std::vector<event::EventId> takeFrom(std::vector<event::EventId> &ids)
{
    const auto end = ids.begin() + static_cast<std::ptrdiff_t>(std::min(sliceIds, ids.size()));
    std::vector<event::EventId> taken(ids.begin(), end);
    ids.erase(ids.begin(), end);
    return taken;
}

QHash<event::SourceId, QString> namesOfSources(store::Reader &reader)
{
    QHash<event::SourceId, QString> names;
    const auto sources = reader.sources();
    for (const store::Source &source : sources ? *sources : std::vector<store::Source>()) {
        names.insert(source.id, source.name);
    }
    return names;
}

/// That a recheck has begun, or come to its end.
void note(store::WriteQueue &writes, base::Result<void> (store::Writer::*noteIt)(const QByteArray &),
          const QByteArray &fingerprint)
{
    writes.post([noteIt, fingerprint](store::Writer &writer, event::CommitNotice &) {
        if (const auto noted = (writer.*noteIt)(fingerprint); !noted) {
            qCWarning(logStore) << noted.error().oneLine();
        }
    });
}

} // namespace

Recheck::Recheck(QString storePath, store::WriteQueue &writes)
    : m_storePath(std::move(storePath))
    , m_writes(writes)
    , m_thread([this](const std::stop_token &stop) { run(stop); })
{
}

Recheck::~Recheck() = default;

void Recheck::start(Checks checks)
{
    {
        const std::lock_guard lock(m_mutex);
        makeDue(std::move(checks));
    }
    m_wake.notify_all();
}

void Recheck::use(Checks checks)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isWorking) {
            // What is being checked otherwise would be written after this.
            makeDue(std::move(checks));
        } else {
            change(std::move(checks));
            m_earlier = {m_checks};
            m_areNamesDue = true;
        }
    }
    m_wake.notify_all();
}

void Recheck::adopt(Checks checks)
{
    const std::lock_guard lock(m_mutex);
    change(std::move(checks));
    m_earlier.reset();
}

void Recheck::add(std::vector<event::EventId> ids)
{
    {
        const std::lock_guard lock(m_mutex);
        m_late.insert(m_late.end(), ids.begin(), ids.end());
    }
    m_wake.notify_all();
}

void Recheck::prefer(std::vector<event::EventId> ids)
{
    const std::lock_guard lock(m_mutex);
    m_preferred = std::move(ids);
}

void Recheck::cancel()
{
    const std::lock_guard lock(m_mutex);
    breakOff();
}

RecheckProgress Recheck::progress() const
{
    const std::lock_guard lock(m_mutex);
    return m_stage == Stage::Due ? RecheckProgress{0, 1} : RecheckProgress{m_done, m_total};
}

std::uint64_t Recheck::backlog() const
{
    const std::lock_guard lock(m_mutex);
    const std::uint64_t stored = m_stage == Stage::Idle ? 0 : std::max<std::uint64_t>(1, m_total - m_done);
    return stored + m_late.size() + m_inHand;
}

void Recheck::makeDue(Checks checks)
{
    const auto isOfNow = [this](const Checks &earlier) {
        return earlier.checker == m_checks.checker && earlier.health == m_checks.health;
    };
    if (m_earlier && std::ranges::none_of(*m_earlier, isOfNow)) {
        m_earlier->push_back(m_checks);
        if (m_earlier->size() > mostEarlier) {
            m_earlier.reset();
        }
    }
    change(std::move(checks));
    m_stage = Stage::Due;
}

void Recheck::giveUp()
{
    breakOff();
    m_late.clear();
    m_earlier.reset();
    m_areNamesDue = false;
}

void Recheck::change(Checks checks)
{
    breakOff();
    m_checks = std::move(checks);
    ++m_generation;
    m_inHand = 0;
}

void Recheck::breakOff()
{
    if (m_stage == Stage::Running) {
        // Some of what is stored was now checked under other names.
        m_sourceNames.removeIf(
            [this](const auto &entry) { return m_namesAtStart.value(entry.key()) != entry.value(); });
    }
    m_stage = Stage::Idle;
    m_next = 0;
    m_done = 0;
    m_total = 0;
}

void Recheck::run(const std::stop_token &stop)
{
    base::nameThread("recheck");
    base::runBehindOthers();
    const auto hasWork = [this] {
        return m_checks.checker != nullptr && (m_stage != Stage::Idle || m_areNamesDue || !m_late.empty());
    };
    while (true) {
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, hasWork) || stop.stop_requested()) {
                return;
            }
        }
        auto reader = store::Reader::open(m_storePath);
        if (!reader) {
            qCWarning(logStore) << "Stored events keep their old verdict:" << reader.error().oneLine();
            const std::lock_guard lock(m_mutex);
            giveUp();
        } else if (renew(std::move(*reader), stop) == Outcome::Closed) {
            return;
        }
    }
}

/// All that is to do now, on as many threads as it is worth.
Recheck::Outcome Recheck::renew(store::Reader reader, const std::stop_token &stop)
{
    QHash<event::SourceId, QString> names = namesOfSources(reader);
    const std::uint64_t newest = event::raw(reader.newestId().value_or(event::EventId{}));
    auto renewal = std::make_shared<Renewal>();
    std::uint64_t generation = 0;
    bool isBegun = false;
    {
        const std::lock_guard lock(m_mutex);
        generation = m_generation;
        m_isWorking = true;
        if (std::exchange(m_areNamesDue, false)) {
            m_sourceNames = names;
        }
        if (m_stage == Stage::Due) {
            m_stage = Stage::Running;
            m_namesAtStart = std::move(names);
            m_next = newest;
            m_total = newest;
            isBegun = true;
        }
        *renewal = {m_checks, m_earlier, m_sourceNames};
    }
    if (isBegun) {
        note(m_writes, &store::Writer::noteRecheckBegun, renewal->checks.fingerprint);
    }
    VerdictWriting writing(m_writes);
    const auto workTo = [this, generation, renewal, &writing, &stop](store::Reader own, Outcome &outcome) {
        outcome = work(std::move(own), generation, renewal, writing, stop);
        if (outcome != Outcome::Written) {
            // So that the other threads end as well.
            const std::lock_guard lock(m_mutex);
            if (m_generation == generation) {
                m_next = 0;
                m_late.clear();
            }
        }
    };
    const unsigned cores = std::clamp(std::thread::hardware_concurrency(), 1U, mostThreads);
    const bool isWorthIt = newest > 4 * sliceEvents;
    std::vector<Outcome> outcomes(isWorthIt ? cores : 1, Outcome::Written);
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < outcomes.size(); ++i) {
        if (auto another = store::Reader::open(m_storePath)) {
            others.emplace_back([&workTo, &outcome = outcomes[i], own = std::move(*another)]() mutable {
                base::nameThread("recheck");
                base::runBehindOthers();
                workTo(std::move(own), outcome);
            });
        }
    }
    workTo(std::move(reader), outcomes.front());
    others.clear(); // joins
    const Outcome outcome = std::ranges::max(outcomes);
    if (finish(generation, outcome)) {
        note(m_writes, &store::Writer::noteCheckedBy, renewal->checks.fingerprint);
    }
    return outcome;
}

Recheck::Outcome Recheck::work(store::Reader reader, std::uint64_t generation,
                               std::shared_ptr<const Renewal> renewal, VerdictWriting &writing,
                               const std::stop_token &stop)
{
    VerdictRenewal verdicts(std::move(reader), std::move(renewal));
    while (const auto slice = take(generation, stop)) {
        auto changed =
            slice->ids.empty() ? verdicts.changed(slice->first, slice->last) : verdicts.changed(slice->ids);
        if (!changed) {
            qCWarning(logStore) << "Stored events keep their old verdict:" << changed.error().oneLine();
            return Outcome::Failed;
        }
        if (const Outcome outcome = writing.write(*std::move(changed)); outcome != Outcome::Written) {
            return outcome;
        }
        noteDone(generation, *slice);
    }
    return writing.wait();
}

std::optional<Recheck::Slice> Recheck::take(std::uint64_t generation, const std::stop_token &stop)
{
    const std::lock_guard lock(m_mutex);
    if (stop.stop_requested() || m_generation != generation) {
        return std::nullopt;
    }
    Slice slice;
    if (m_stage == Stage::Running && !m_preferred.empty()) {
        slice.ids = takeFrom(m_preferred);
    } else if (!m_late.empty()) {
        slice.ids = takeFrom(m_late);
    } else if (m_next != 0) {
        slice.last = static_cast<event::EventId>(m_next);
        m_next -= std::min(m_next, sliceEvents);
        slice.first = static_cast<event::EventId>(m_next + 1);
    } else {
        return std::nullopt;
    }
    m_inHand += slice.ids.size();
    return slice;
}

void Recheck::noteDone(std::uint64_t generation, const Slice &slice)
{
    const std::lock_guard lock(m_mutex);
    if (m_generation != generation) {
        return;
    }
    m_inHand -= slice.ids.size();
    if (slice.ids.empty() && m_stage == Stage::Running) {
        m_done += event::raw(slice.last) - event::raw(slice.first) + 1;
    }
}

/// True when the recheck of the whole store has come to its end.
bool Recheck::finish(std::uint64_t generation, Outcome outcome)
{
    const std::lock_guard lock(m_mutex);
    m_isWorking = false;
    if (m_generation != generation) {
        return false;
    }
    m_inHand = 0;
    if (outcome != Outcome::Written) {
        giveUp();
        return false;
    }
    // Stopped, cancelled, or with some still to do, which the next round does.
    if (m_stage != Stage::Running || m_next != 0 || !m_late.empty()) {
        return false;
    }
    m_earlier = {m_checks};
    m_sourceNames = m_namesAtStart;
    m_preferred.clear();
    m_stage = Stage::Idle;
    m_done = 0;
    m_total = 0;
    return true;
}

} // namespace intake
