// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/recheck.h"

#include "base/log.h"
#include "base/threadname.h"
#include "intake/mutes.h"
#include "segment/decode.h"
#include "store/reader.h"

#include <future>

namespace intake {

namespace {

constexpr std::size_t sliceEvents = 500;

} // namespace

/// The stored event's new verdict, read and checked with the thread's own connection and parser.
class SliceReader
{
public:
    explicit SliceReader(store::Reader reader)
        : m_reader(std::move(reader))
    {
    }

    [[nodiscard]] store::Reader &reader() { return m_reader; }

    [[nodiscard]] std::optional<store::Writer::NewVerdict> verdict(event::EventId id, const Checks &checks)
    {
        const auto stored = m_reader.event(id);
        if (!stored || stored->event.summary.type == event::CallType::None) {
            return std::nullopt;
        }
        const segment::MergedEvent merged =
            m_events.merged(stored->requestBody, stored->begin, stored->end, m_parser);
        if (merged.document == nullptr) {
            return std::nullopt;
        }
        const event::Event &event = stored->event;
        plan::Verdict verdict =
            checks.checker->check(check::EventView{event.summary.type, event.name, event.source, merged.value,
                                                   event.summary.bodyBytes, event.summary.receivedUs});
        verdict.status = mute(verdict.status, verdict.findings, *checks.health, event.source, event.name);
        store::Writer::NewVerdict fresh{id, verdict.status, std::move(verdict.findings), {}};
        for (const event::Finding &old : event.findings) {
            if (checks.health->isMuted(old.rule, event.source, event.name)) {
                fresh.muted.push_back(old.rule);
            }
        }
        return fresh;
    }

private:
    store::Reader m_reader;
    json::Parser m_parser;
    segment::StoredEvents m_events;
};

Recheck::Recheck(QString storePath, store::WriteQueue &writes)
    : m_storePath(std::move(storePath))
    , m_writes(writes)
    , m_thread([this](const std::stop_token &stop) { run(stop); })
{
}

Recheck::~Recheck() = default;

void Recheck::start(Checks checks)
{
    set(std::move(checks), true);
}

void Recheck::use(Checks checks)
{
    set(std::move(checks), false);
}

void Recheck::set(Checks checks, bool isWholeStore)
{
    {
        const std::lock_guard lock(m_mutex);
        m_checks = std::move(checks);
        m_late.clear();
        ++m_generation;
        m_isWholeStore = isWholeStore;
        m_backlog = isWholeStore ? 1 : 0;
    }
    m_wake.notify_all();
}

void Recheck::add(std::vector<event::EventId> ids)
{
    {
        const std::lock_guard lock(m_mutex);
        m_late.insert(m_late.end(), ids.begin(), ids.end());
    }
    m_wake.notify_all();
}

std::uint64_t Recheck::backlog() const
{
    const std::lock_guard lock(m_mutex);
    return m_backlog + m_late.size();
}

void Recheck::run(const std::stop_token &stop)
{
    base::nameThread("recheck");
    std::uint64_t generation = 0;
    while (true) {
        Checks checks;
        std::vector<event::EventId> late;
        bool startsOver = false;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [&] { return m_generation != generation || !m_late.empty(); })) {
                return;
            }
            startsOver = m_generation != generation && m_isWholeStore;
            generation = m_generation;
            checks = m_checks;
            late = std::exchange(m_late, {});
        }
        if (checks.checker == nullptr || (!startsOver && late.empty())) {
            continue;
        }
        auto opened = store::Reader::open(m_storePath);
        if (!opened) {
            qCWarning(logStore) << "Stored events keep their old verdict:" << opened.error().oneLine();
            const std::lock_guard lock(m_mutex);
            m_backlog = 0;
            continue;
        }
        SliceReader reader(std::move(*opened));
        const auto isStale = [&] {
            const std::lock_guard lock(m_mutex);
            return stop.stop_requested() || m_generation != generation;
        };
        const auto setBacklog = [this](std::uint64_t backlog) {
            const std::lock_guard lock(m_mutex);
            m_backlog = backlog;
        };
        if (!late.empty() && !checkSlice(reader, checks, late)) {
            return;
        }
        event::EventId before{};
        while (startsOver && !isStale()) {
            const auto ids = reader.reader().newestIds(before, sliceEvents);
            if (!ids || ids->empty()) {
                break;
            }
            if (!checkSlice(reader, checks, *ids)) {
                return;
            }
            before = ids->back();
            setBacklog(event::raw(before));
        }
        if (!isStale()) {
            if (startsOver) {
                noteChecked(checks);
            }
            setBacklog(0);
        }
    }
}

/// So that the next start need not do it all again.
void Recheck::noteChecked(const Checks &checks)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_late.empty()) {
            return;
        }
    }
    m_writes.post([fingerprint = checks.fingerprint](store::Writer &writer, event::CommitNotice &) {
        if (const auto noted = writer.noteCheckedBy(fingerprint); !noted) {
            qCWarning(logStore) << noted.error().oneLine();
        }
    });
}

bool Recheck::checkSlice(SliceReader &reader, const Checks &checks, const std::vector<event::EventId> &ids)
{
    auto verdicts = std::make_shared<std::vector<store::Writer::NewVerdict>>();
    for (const event::EventId id : ids) {
        if (auto verdict = reader.verdict(id, checks)) {
            verdicts->push_back(std::move(*verdict));
        }
    }
    if (verdicts->empty()) {
        return true;
    }
    // One slice at a time, so that the capture's own commits never wait behind a queue of ours.
    auto isWritten = std::make_shared<std::promise<void>>();
    auto written = isWritten->get_future();
    m_writes.post([verdicts, isWritten](store::Writer &writer, event::CommitNotice &notice) {
        auto changes = writer.setVerdicts(*verdicts);
        if (changes) {
            notice.changed.insert(notice.changed.end(), changes->begin(), changes->end());
        } else {
            qCWarning(logStore) << "New verdicts were not stored:" << changes.error().oneLine();
        }
        isWritten->set_value();
    });
    isWritten.reset();
    try {
        written.get();
    } catch (const std::future_error &) {
        return false; // the queue closed with the task in it: the engine is stopping
    }
    return true;
}

} // namespace intake
