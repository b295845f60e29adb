// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/writerimpl.h"

#include <algorithm>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace store {

void Tally::count(const event::EventState &state, int by)
{
    statuses.at(static_cast<std::size_t>(state.status)) += by;
    // Rejected requests are no events and counted apart.
    if (state.status == event::Status::Rejected) {
        return;
    }
    total += by;
    lint += state.has(event::Flag::Lint) ? by : 0;
    protocol += state.has(event::Flag::Protocol) ? by : 0;
    privacy += state.has(event::Flag::Privacy) ? by : 0;
}

base::Result<event::CommitNotice> Writer::commit(std::span<event::RequestDraft> requests)
{
    event::CommitNotice notice;
    std::vector<event::Event> events;
    std::size_t count = 0;
    for (const event::RequestDraft &draft : requests) {
        count += draft.events.size();
    }
    events.reserve(count);
    const std::int64_t eventsBefore = m_impl->lastEvent;
    auto done = m_impl->inTransaction(u"The events could not be stored in %1."_s.arg(m_impl->path), [&] {
        if (m_impl->session == event::SessionId{}) {
            if (!m_impl->beginSession({}, {})) {
                return false;
            }
            notice.newSession = m_impl->session;
        }
        Tally tally;
        std::map<event::SourceId, SourceTally> sourceTallies;
        for (const event::RequestDraft &draft : requests) {
            if (!m_impl->storeRequest(draft, events, tally, sourceTallies, notice.sourcesChanged)) {
                return false;
            }
        }
        for (const auto &[source, sourceTally] : sourceTallies) {
            if (!m_impl->addSourceTally(source, sourceTally)) {
                return false;
            }
        }
        return m_impl->addTally(m_impl->session, tally);
    });
    if (!done) {
        return base::Failure(std::move(done.error()));
    }
    notice.added = std::make_shared<const std::vector<event::Event>>(std::move(events));
    m_impl->tidy(eventsBefore);
    return notice;
}

bool Writer::Impl::storeRequest(const event::RequestDraft &draft, std::vector<event::Event> &events,
                                Tally &tally, std::map<event::SourceId, SourceTally> &sourceTallies,
                                bool &sourcesChanged)
{
    const PackedRequest packed = codec.pack(draft);
    const std::int64_t firstEvent = lastEvent + 1;
    ++lastRequest;
    Statement &insert = insertRequest;
    insert.bind(1, lastRequest);
    insert.bind(2, draft.receivedUs);
    insert.bind(3, std::int64_t{event::raw(session)});
    insert.bind(4, firstEvent);
    insert.bind(5, static_cast<std::int64_t>(draft.events.size()));
    insert.bind(6, static_cast<std::int64_t>(packed.codec));
    insert.bind(7, static_cast<std::int64_t>(draft.coding));
    insert.bind(8, static_cast<std::int64_t>(draft.head.size()));
    insert.bind(9, static_cast<std::int64_t>(packed.codec == Codec::WireOnly ? 0 : draft.body.size()));
    insert.bind(10, static_cast<std::int64_t>(draft.wireBody.size()));
    insert.bind(11, std::int64_t{draft.reply.status});
    insert.bindBytes(12, draft.method);
    insert.bindBytes(13, draft.target);
    insert.bindBytes(14, draft.peer);
    if (draft.rejectCode.isEmpty()) {
        insert.bindNull(15);
        insert.bindNull(16);
    } else {
        insert.bindBytes(15, draft.rejectCode);
        insert.bindBytes(16, draft.rejectReason);
    }
    if (packed.head.isEmpty()) {
        insert.bindNull(17);
    } else {
        insert.bindBytes(17, packed.head);
    }
    insert.bindBytes(18, packed.packed);
    if (!insert.run()) {
        return false;
    }
    for (const event::EventDraft &eventDraft : draft.events) {
        event::Event &event = events.emplace_back();
        if (!storeEvent(draft, eventDraft, event, sourcesChanged)) {
            return false;
        }
        tally.count(event.state, 1);
        SourceTally &sourceTally = sourceTallies[event.summary.source];
        sourceTally.events += event.state.status == event::Status::Rejected ? 0 : 1;
        sourceTally.lastSeenUs = std::max(sourceTally.lastSeenUs, draft.receivedUs);
        if (!eventDraft.source.library.isEmpty()) {
            sourceTally.library = eventDraft.source.library;
        }
    }
    return draft.destinations.empty() || draft.events.empty() || queueDispatches(draft, firstEvent);
}

bool Writer::Impl::storeEvent(const event::RequestDraft &draft, const event::EventDraft &eventDraft,
                              event::Event &event, bool &sourcesChanged)
{
    std::uint32_t name = 0;
    std::uint32_t user = 0;
    SourceEntry source;
    const QString &person = eventDraft.userId.isEmpty() ? eventDraft.anonymousId : eventDraft.userId;
    if (!intern(names, findName, insertName, eventDraft.name, name) ||
        !intern(users, findUser, insertUser, person, user) ||
        !sourceOf(eventDraft.source, draft.receivedUs, source, sourcesChanged)) {
        return false;
    }
    ++lastEvent;
    const auto bodyBytes = static_cast<std::uint32_t>(std::min<qsizetype>(draft.body.size(), 0xffff'ffff));
    const std::uint32_t end = std::min(eventDraft.end, bodyBytes);
    const std::uint32_t begin = std::min(eventDraft.begin, end);

    event.summary.id = static_cast<event::EventId>(lastEvent);
    event.summary.receivedUs = draft.receivedUs;
    event.summary.name = static_cast<event::NameId>(name);
    event.summary.source = source.id;
    event.summary.user = static_cast<event::UserKey>(user);
    event.summary.session = session;
    event.summary.bodyBytes = end - begin;
    event.summary.type = eventDraft.type;
    event.state = event::stateFor(eventDraft.status, eventDraft.findings, eventDraft.flags);
    event.state.delivery =
        draft.destinations.empty() ? event::DeliveryState::None : event::DeliveryState::Pending;
    // A single event is its request's whole body; one of a batch gets bytes of its own, so that whoever keeps
    // it does not keep the batch.
    event.body = begin == 0 && end == bodyBytes ? draft.body : draft.body.mid(begin, end - begin);
    event.name = eventDraft.name;
    event.source = source.name;
    event.user = person;
    event.findings = eventDraft.findings;

    const QByteArray found = event::encodeFindings(eventDraft.findings);
    Statement &insert = insertEvent;
    insert.bind(1, lastEvent);
    insert.bind(2, draft.receivedUs);
    insert.bind(3, static_cast<std::int64_t>(eventDraft.type));
    insert.bind(4, static_cast<std::int64_t>(event.state.status));
    insert.bind(5, std::int64_t{name});
    insert.bind(6, std::int64_t{event::raw(source.id)});
    insert.bind(7, std::int64_t{user});
    insert.bind(8, std::int64_t{event::raw(session)});
    insert.bind(9, std::int64_t{event.state.findings});
    insert.bind(10, std::int64_t{event.state.flags});
    insert.bind(11, static_cast<std::int64_t>(event.state.worst));
    insert.bind(12, event.state.topRule == 0 ? std::int64_t{0} : rules.number(event.state.topRule));
    insert.bind(13, static_cast<std::int64_t>(event.state.delivery));
    insert.bind(14, lastRequest);
    insert.bind(15, std::int64_t{begin});
    insert.bind(16, std::int64_t{end});
    if (found.isEmpty()) {
        insert.bindNull(17);
    } else {
        insert.bindBytes(17, found);
    }
    return insert.run();
}

bool Writer::Impl::intern(GenerationCache<QString, std::uint32_t> &cache, Statement &find, Statement &insert,
                          const QString &text, std::uint32_t &id)
{
    if (text.isEmpty()) {
        id = 0;
        return true;
    }
    if (const std::uint32_t *known = cache.find(text)) {
        id = *known;
        return true;
    }
    const QByteArray utf8 = text.toUtf8();
    find.bindText(1, utf8);
    const Statement::Step step = find.step();
    if (step == Statement::Step::Row) {
        id = find.as<std::uint32_t>(0);
    }
    find.reset();
    if (step == Statement::Step::Failed) {
        return false;
    }
    if (step == Statement::Step::Done) {
        insert.bindText(1, utf8);
        if (!insert.run()) {
            return false;
        }
        id = static_cast<std::uint32_t>(sqlite3_last_insert_rowid(database.handle()));
    }
    cache.put(text, id);
    return true;
}

bool Writer::Impl::queueDispatches(const event::RequestDraft &draft, std::int64_t firstEvent)
{
    const std::int64_t nowUs = clock.nowUs();
    for (const QString &destination : draft.destinations) {
        const QByteArray name = destination.toUtf8();
        insertDispatch.bindText(1, name);
        insertDispatch.bind(2, std::int64_t{0});
        insertDispatch.bind(3, nowUs);
        insertDispatch.bind(4, nowUs);
        insertDispatch.bind(5, lastRequest);
        if (!insertDispatch.run()) {
            return false;
        }
        const std::int64_t dispatch = sqlite3_last_insert_rowid(database.handle());
        for (std::int64_t id = firstEvent; id <= lastEvent; ++id) {
            insertDelivery.bind(1, id);
            insertDelivery.bind(2, dispatch);
            insertDelivery.bind(3, id - firstEvent);
            if (!insertDelivery.run()) {
                return false;
            }
        }
    }
    return true;
}

bool Writer::Impl::addTally(event::SessionId toSession, const Tally &tally)
{
    const auto status = [&](event::Status of) { return tally.statuses.at(static_cast<std::size_t>(of)); };
    int parameter = 0;
    for (const std::int64_t difference :
         {tally.total, status(event::Status::Valid), status(event::Status::Violation),
          status(event::Status::Unplanned), status(event::Status::Unchecked), status(event::Status::Rejected),
          tally.lint, tally.protocol, tally.privacy, std::int64_t{event::raw(toSession)}}) {
        tallySession.bind(++parameter, difference);
    }
    return tallySession.run();
}

bool Writer::Impl::addSourceTally(event::SourceId source, const SourceTally &tally)
{
    const QByteArray library = tally.library.toUtf8();
    tallySource.bind(1, tally.events);
    tallySource.bind(2, tally.lastSeenUs);
    tallySource.bindText(3, library);
    tallySource.bind(4, std::int64_t{event::raw(source)});
    return tallySource.run();
}

} // namespace store
