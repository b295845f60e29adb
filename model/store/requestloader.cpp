// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/requestloader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace store {

namespace {

http::Coding codingAt(const Statement &statement, int column)
{
    return static_cast<http::Coding>(std::clamp<std::int64_t>(
        statement.number(column), 0, static_cast<std::int64_t>(http::Coding::Deflate)));
}

} // namespace

base::Result<void> RequestLoader::prepare(Database &database)
{
    auto select =
        database.prepare("SELECT first_event, events, codec, coding, head_bytes, body_bytes, wire_bytes, "
                         "reply_status, method, target, peer, reject_code, reject_reason, head, packed "
                         "FROM request WHERE id = ?");
    auto selectBody = database.prepare(
        "SELECT codec, coding, head_bytes, body_bytes, head, packed FROM request WHERE id = ?");
    if (!select || !selectBody) {
        return base::Failure(select ? selectBody.error() : select.error());
    }
    m_database = &database;
    m_select = *std::move(select);
    m_selectBody = *std::move(selectBody);
    m_last.reset();
    return {};
}

base::Result<std::shared_ptr<const LoadedRequest>> RequestLoader::load(event::RequestId id)
{
    if (m_last != nullptr && m_last->id == id) {
        return m_last;
    }
    m_select.bind(1, static_cast<std::int64_t>(id));
    const Statement::Step step = m_select.step();
    if (step != Statement::Step::Row) {
        base::Result<std::shared_ptr<const LoadedRequest>> nothing;
        if (step == Statement::Step::Failed) {
            nothing = base::Failure(m_database->error(u"The request could not be read."_s));
        }
        m_select.reset();
        return nothing;
    }
    auto request = std::make_shared<LoadedRequest>();
    request->id = id;
    request->firstEvent = m_select.number(0);
    request->events = m_select.as<std::uint32_t>(1);
    request->coding = codingAt(m_select, 3);
    request->wireBytes = m_select.as<std::uint64_t>(6);
    request->replyStatus = m_select.as<int>(7);
    request->method = m_select.bytes(8);
    request->target = m_select.bytes(9);
    request->peer = m_select.bytes(10);
    request->rejectCode = m_select.bytes(11);
    request->rejectReason = m_select.bytes(12);
    const PackedRequest packed{m_select.as<Codec>(2), m_select.bytes(13), m_select.bytes(14)};
    const auto headBytes = m_select.as<std::size_t>(4);
    const auto bodyBytes = m_select.as<std::size_t>(5);
    m_select.reset();
    auto unpacked = m_codec.unpack(packed, request->coding, headBytes, bodyBytes);
    if (!unpacked) {
        return base::Failure(std::move(unpacked.error()));
    }
    request->bytes = *std::move(unpacked);
    m_last = std::move(request);
    return m_last;
}

base::Result<QByteArray> RequestLoader::loadBody(event::RequestId id)
{
    m_selectBody.bind(1, static_cast<std::int64_t>(id));
    const Statement::Step step = m_selectBody.step();
    base::Result<QByteArray> body;
    if (step == Statement::Step::Row) {
        const PackedRequest packed{m_selectBody.as<Codec>(0), m_selectBody.bytes(4), m_selectBody.bytes(5)};
        auto unpacked = m_codec.unpack(packed, codingAt(m_selectBody, 1), m_selectBody.as<std::size_t>(2),
                                       m_selectBody.as<std::size_t>(3));
        if (unpacked) {
            body = std::move(unpacked->body);
        } else {
            body = base::Failure(std::move(unpacked.error()));
        }
    } else if (step == Statement::Step::Failed) {
        body = base::Failure(m_database->error(u"The request could not be read."_s));
    }
    m_selectBody.reset();
    return body;
}

QByteArray slice(const QByteArray &body, std::uint32_t begin, std::uint32_t end)
{
    return begin == 0 && static_cast<qsizetype>(end) == body.size() ? body : body.mid(begin, end - begin);
}

} // namespace store
