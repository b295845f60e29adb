// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/writerimpl.h"

#include <algorithm>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace store {

namespace {

constexpr qsizetype maxAnswerBytes = 64 * 1024;

} // namespace

base::Result<event::DispatchId> Writer::queueReplay(const QString &destination,
                                                    std::span<const event::EventId> events)
{
    Impl &impl = *m_impl;
    const QString what = u"The replay could not be queued."_s;
    auto exists = impl.database.prepare("SELECT 1 FROM event WHERE id = ?");
    if (!exists) {
        return base::Failure(std::move(exists.error()));
    }
    std::int64_t dispatch = 0;
    std::int64_t queued = 0;
    auto done = impl.inTransaction(what, [&] {
        const QByteArray name = destination.toUtf8();
        const std::int64_t nowUs = impl.clock.nowUs();
        impl.insertDispatch.bindText(1, name);
        impl.insertDispatch.bind(2, std::int64_t{1});
        impl.insertDispatch.bind(3, nowUs);
        impl.insertDispatch.bind(4, nowUs);
        impl.insertDispatch.bind(5, std::int64_t{0});
        if (!impl.insertDispatch.run()) {
            return false;
        }
        dispatch = sqlite3_last_insert_rowid(impl.database.handle());
        std::vector<event::StateChange> changed;
        for (const event::EventId id : events) {
            exists->bind(1, static_cast<std::int64_t>(id));
            const Statement::Step step = exists->step();
            exists->reset();
            if (step == Statement::Step::Failed) {
                return false;
            }
            if (step == Statement::Step::Done) {
                continue;
            }
            impl.insertDelivery.bind(1, static_cast<std::int64_t>(id));
            impl.insertDelivery.bind(2, dispatch);
            impl.insertDelivery.bind(3, queued++);
            if (!impl.insertDelivery.run() || !impl.refreshDelivery(id, changed)) {
                return false;
            }
        }
        return true;
    });
    if (!done) {
        return base::Failure(std::move(done.error()));
    }
    return static_cast<event::DispatchId>(dispatch);
}

base::Result<std::vector<event::StateChange>> Writer::states(event::DispatchId id)
{
    Impl &impl = *m_impl;
    auto select =
        impl.database.prepare(QByteArray("SELECT ") + rowColumns +
                              " FROM delivery d CROSS JOIN event e ON e.id = d.event WHERE d.dispatch = ? "
                              "ORDER BY d.position");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    select->bind(1, static_cast<std::int64_t>(id));
    std::vector<event::StateChange> states;
    Statement::Step step = Statement::Step::Row;
    while ((step = select->step()) == Statement::Step::Row) {
        const EventRow row = readRow(*select, impl.rules);
        states.push_back({row.summary.id, row.state});
    }
    if (step == Statement::Step::Failed) {
        return base::Failure(impl.database.error(u"The deliveries could not be read."_s));
    }
    return states;
}

base::Result<std::vector<event::StateChange>>
Writer::noteAttempt(event::DispatchId id, const Attempt &attempt, event::DeliveryState state,
                    std::int64_t nextAttemptUs, const QByteArray &sentHead, const QByteArray &sentBody)
{
    Impl &impl = *m_impl;
    const QString what = u"The delivery could not be noted."_s;
    auto update = impl.database.prepare("UPDATE dispatch SET state = ?, next_attempt_us = ?, sent_head = ?, "
                                        "sent_body = ? WHERE id = ?");
    auto insert =
        impl.database.prepare("INSERT INTO attempt(dispatch, number, started_us, duration_us, status, "
                              "answer_head, answer, error) SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, "
                              "?4, ?5, ?6, ?7 FROM attempt WHERE dispatch = ?1");
    auto select = impl.database.prepare("SELECT event FROM delivery WHERE dispatch = ? ORDER BY position");
    for (const auto *statement : {&update, &insert, &select}) {
        if (!*statement) {
            return base::Failure(statement->error());
        }
    }
    const auto dispatch = static_cast<std::int64_t>(id);
    std::vector<event::StateChange> changes;
    bool isKnown = true;
    auto done = impl.inTransaction(what, [&] {
        const QByteArray head = impl.codec.packBytes(sentHead);
        const QByteArray body = impl.codec.packBytes(sentBody);
        update->bind(1, static_cast<std::int64_t>(state));
        update->bind(2, nextAttemptUs);
        update->bindBytes(3, head);
        update->bindBytes(4, body);
        update->bind(5, dispatch);
        if (!update->run()) {
            return false;
        }
        isKnown = sqlite3_changes(impl.database.handle()) > 0;
        if (!isKnown) {
            return true;
        }
        const QByteArray answerHead = impl.codec.packBytes(attempt.answerHead);
        const QByteArray answer =
            impl.codec.packBytes(attempt.answer.first(std::min(attempt.answer.size(), maxAnswerBytes)));
        const QByteArray error = attempt.error.toUtf8();
        insert->bind(1, dispatch);
        insert->bind(2, attempt.startedUs);
        insert->bind(3, attempt.durationUs);
        insert->bind(4, std::int64_t{attempt.status});
        insert->bindBytes(5, answerHead);
        insert->bindBytes(6, answer);
        insert->bindText(7, error);
        if (!insert->run()) {
            return false;
        }
        std::vector<event::EventId> events;
        select->bind(1, dispatch);
        Statement::Step step = Statement::Step::Row;
        while ((step = select->step()) == Statement::Step::Row) {
            events.push_back(select->as<event::EventId>(0));
        }
        select->reset();
        return step == Statement::Step::Done && std::ranges::all_of(events, [&](event::EventId event) {
                   return impl.refreshDelivery(event, changes);
               });
    });
    if (!done) {
        return base::Failure(std::move(done.error()));
    }
    if (!isKnown) {
        return base::failure(base::ErrorCode::NotFound, what,
                             u"The store has no dispatch %1."_s.arg(dispatch), {});
    }
    return changes;
}

bool Writer::Impl::refreshDelivery(event::EventId id, std::vector<event::StateChange> &changed)
{
    if (!deliveryStates.isPrepared()) {
        // Of each destination the newest dispatch counts: a replay that arrived mends what failed before it.
        auto prepared = database.prepare(
            "SELECT max(state = 3), max(state = 1), max(state = 2) FROM (SELECT max(p.id), p.state AS state "
            "FROM delivery d CROSS JOIN dispatch p ON p.id = d.dispatch WHERE d.event = ? GROUP BY "
            "p.destination)");
        auto row = database.prepare(QByteArray("SELECT ") + rowColumns + " FROM event e WHERE e.id = ?");
        auto update = database.prepare("UPDATE event SET delivery = ? WHERE id = ?");
        if (!prepared || !row || !update) {
            return false;
        }
        deliveryStates = *std::move(prepared);
        deliveryRow = *std::move(row);
        setDelivery = *std::move(update);
    }
    const auto event = static_cast<std::int64_t>(id);
    deliveryRow.bind(1, event);
    const Statement::Step found = deliveryRow.step();
    EventRow row;
    if (found == Statement::Step::Row) {
        row = readRow(deliveryRow, rules);
    }
    deliveryRow.reset();
    if (found != Statement::Step::Row) {
        return found == Statement::Step::Done;
    }
    deliveryStates.bind(1, event);
    if (deliveryStates.step() != Statement::Step::Row) {
        deliveryStates.reset();
        return false;
    }
    auto worst = event::DeliveryState::None;
    if (deliveryStates.number(0) != 0) {
        worst = event::DeliveryState::Failed;
    } else if (deliveryStates.number(1) != 0) {
        worst = event::DeliveryState::Pending;
    } else if (deliveryStates.number(2) != 0) {
        worst = event::DeliveryState::Delivered;
    }
    deliveryStates.reset();
    if (worst == row.state.delivery) {
        return true;
    }
    setDelivery.bind(1, static_cast<std::int64_t>(worst));
    setDelivery.bind(2, event);
    if (!setDelivery.run()) {
        return false;
    }
    row.state.delivery = worst;
    changed.push_back({id, row.state});
    return true;
}

} // namespace store
