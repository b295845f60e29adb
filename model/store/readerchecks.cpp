// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/readerimpl.h"

#include <algorithm>

namespace store {

Reader::CheckedRow Reader::Impl::checkedRow(const Statement &statement)
{
    const EventRow own = row(statement);
    return {own.summary, own.state, own.request, own.begin, own.end, statement.bytes(rowColumnCount)};
}

base::Result<std::vector<Reader::CheckedRow>> Reader::checkedRows(event::EventId first, event::EventId last)
{
    Impl &impl = *m_impl;
    if (!impl.selectChecked.isPrepared()) {
        auto prepared = impl.database.prepare(QByteArray("SELECT ") + rowColumns +
                                              ", e.found FROM event e WHERE e.id >= ? ORDER BY e.id");
        if (!prepared) {
            return base::Failure(std::move(prepared.error()));
        }
        impl.selectChecked = *std::move(prepared);
    }
    Statement &select = impl.selectChecked;
    // The one before shows whether a request began earlier.
    const auto begin = static_cast<std::int64_t>(first);
    select.bind(1, begin - 1);
    std::vector<CheckedRow> rows;
    constexpr int idColumn = 0;
    constexpr int requestColumn = 13;
    event::RequestId before{};
    Statement::Step step = Statement::Step::Row;
    while ((step = select.step()) == Statement::Step::Row) {
        const auto request = select.as<event::RequestId>(requestColumn);
        if (select.number(idColumn) < begin) {
            before = request;
        } else if (select.as<event::EventId>(idColumn) > last &&
                   (rows.empty() || request != rows.back().request)) {
            break;
        } else if (request != before) {
            rows.push_back(impl.checkedRow(select));
        }
    }
    select.reset();
    if (step == Statement::Step::Failed) {
        return base::Failure(impl.error());
    }
    return rows;
}

base::Result<std::vector<Reader::CheckedRow>> Reader::checkedRows(std::span<const event::EventId> ids)
{
    Impl &impl = *m_impl;
    std::vector<event::EventId> sorted(ids.begin(), ids.end());
    std::ranges::sort(sorted);
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    std::vector<CheckedRow> rows;
    rows.reserve(sorted.size());
    for (const event::EventId id : sorted) {
        impl.selectEvent.bind(1, static_cast<std::int64_t>(id));
        const Statement::Step step = impl.selectEvent.step();
        if (step == Statement::Step::Row) {
            rows.push_back(impl.checkedRow(impl.selectEvent));
        }
        impl.selectEvent.reset();
        if (step == Statement::Step::Failed) {
            return base::Failure(impl.error());
        }
    }
    return rows;
}

base::Result<QByteArray> Reader::requestBody(event::RequestId id)
{
    return m_impl->requests.loadBody(id);
}

base::Result<event::EventId> Reader::newestId()
{
    const auto newest = m_impl->database.number("SELECT max(id) FROM event");
    if (!newest) {
        return base::Failure(newest.error());
    }
    return static_cast<event::EventId>(*newest);
}

QString Reader::sourceText(event::SourceId id)
{
    return m_impl->sourceText(id);
}

} // namespace store
