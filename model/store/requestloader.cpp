// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/requestloader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace store {

base::Result<void> RequestLoader::prepare(Database &database)
{
    auto select =
        database.prepare("SELECT first_event, events, codec, coding, head_bytes, body_bytes, wire_bytes, "
                         "reply_status, method, target, peer, reject_code, reject_reason, head, packed "
                         "FROM request WHERE id = ?");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    m_database = &database;
    m_select = *std::move(select);
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
    const auto coding =
        std::clamp<std::int64_t>(m_select.number(3), 0, static_cast<std::int64_t>(http::Coding::Deflate));
    request->coding = static_cast<http::Coding>(coding);
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

QByteArray slice(const QByteArray &body, std::uint32_t begin, std::uint32_t end)
{
    return begin == 0 && static_cast<qsizetype>(end) == body.size() ? body : body.mid(begin, end - begin);
}

} // namespace store
