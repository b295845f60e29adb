// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/readerimpl.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace store {

base::Result<std::vector<Dispatch>> Reader::dueDispatches(std::int64_t nowUs, std::size_t limit)
{
    Impl &impl = *m_impl;
    auto select = impl.database.prepare("SELECT id FROM dispatch WHERE state = 1 AND next_attempt_us <= ? "
                                        "ORDER BY next_attempt_us, id LIMIT ?");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    select->bind(1, nowUs);
    select->bind(2, static_cast<std::int64_t>(limit));
    std::vector<event::DispatchId> ids;
    if (auto done =
            impl.forEach(*select, [&](const Statement &row) { ids.push_back(row.as<event::DispatchId>(0)); });
        !done) {
        return base::Failure(std::move(done.error()));
    }
    std::vector<Dispatch> due;
    for (const event::DispatchId id : ids) {
        auto loaded = dispatch(id);
        if (!loaded) {
            return base::Failure(std::move(loaded.error()));
        }
        due.push_back(*std::move(loaded));
    }
    return due;
}

base::Result<Dispatch> Reader::dispatch(event::DispatchId id)
{
    Impl &impl = *m_impl;
    auto select =
        impl.database.prepare("SELECT destination, is_replay, state, created_us, next_attempt_us, request, "
                              "sent_head, sent_body FROM dispatch WHERE id = ?");
    auto events = impl.database.prepare("SELECT event FROM delivery WHERE dispatch = ? ORDER BY position");
    auto attempts =
        impl.database.prepare("SELECT started_us, duration_us, status, answer_head, answer, error "
                              "FROM attempt WHERE dispatch = ? ORDER BY number");
    for (auto *statement : {&select, &events, &attempts}) {
        if (!*statement) {
            return base::Failure(statement->error());
        }
        (*statement)->bind(1, static_cast<std::int64_t>(id));
    }
    switch (select->step()) {
    case Statement::Step::Row:
        break;
    case Statement::Step::Done:
        return base::failure(base::ErrorCode::NotFound,
                             u"There is no delivery %1 in this store."_s.arg(event::raw(id)), {}, {});
    case Statement::Step::Failed:
        return base::Failure(impl.error());
    }
    // Bytes that can't be unpacked are left out: what is known of the delivery is worth more than an error.
    const auto bytes = [&impl](const Statement &row, int column) {
        return impl.requests.unpackBytes(row.view(column)).value_or(QByteArray());
    };
    Dispatch found;
    found.id = id;
    found.destination = select->text(0);
    found.isReplay = select->number(1) != 0;
    found.state = static_cast<event::DeliveryState>(std::clamp<std::int64_t>(select->number(2), 0, 3));
    found.createdUs = select->number(3);
    found.nextAttemptUs = select->number(4);
    found.request = select->as<event::RequestId>(5);
    found.sentHead = bytes(*select, 6);
    found.sentBody = bytes(*select, 7);
    auto done = impl.forEach(
        *events, [&](const Statement &row) { found.events.push_back(row.as<event::EventId>(0)); });
    if (done) {
        done = impl.forEach(*attempts, [&](const Statement &row) {
            Attempt attempt;
            attempt.startedUs = row.number(0);
            attempt.durationUs = row.number(1);
            attempt.status = row.as<int>(2);
            attempt.answerHead = bytes(row, 3);
            attempt.answer = bytes(row, 4);
            attempt.error = row.text(5);
            found.attempts.push_back(std::move(attempt));
        });
    }
    if (!done) {
        return base::Failure(std::move(done.error()));
    }
    return found;
}

base::Result<std::vector<Reader::QueuedDispatch>> Reader::queued(const QString &destination,
                                                                 std::size_t limit)
{
    Impl &impl = *m_impl;
    auto select =
        impl.database.prepare("SELECT id, next_attempt_us, is_replay FROM dispatch WHERE state = 1 AND "
                              "destination = ? ORDER BY id LIMIT ?");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    const QByteArray name = destination.toUtf8();
    select->bindText(1, name);
    select->bind(2, static_cast<std::int64_t>(limit));
    std::vector<QueuedDispatch> queued;
    if (auto done = impl.forEach(
            *select,
            [&](const Statement &row) {
                queued.push_back({row.as<event::DispatchId>(0), row.number(1), row.number(2) != 0});
            });
        !done) {
        return base::Failure(std::move(done.error()));
    }
    return queued;
}

base::Result<std::uint64_t> Reader::queuedCount(const QString &destination)
{
    Impl &impl = *m_impl;
    auto select = impl.database.prepare("SELECT count(*) FROM dispatch WHERE state = 1 AND destination = ?");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    const QByteArray name = destination.toUtf8();
    select->bindText(1, name);
    std::uint64_t count = 0;
    if (auto done = impl.forEach(*select, [&](const Statement &row) { count = row.as<std::uint64_t>(0); });
        !done) {
        return base::Failure(std::move(done.error()));
    }
    return count;
}

} // namespace store
