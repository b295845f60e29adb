// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "deliver/replayplan.h"

#include "segment/decode.h"
#include "segment/protocol.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace deliver {

namespace {

constexpr std::size_t sliceEvents = 200;
/// Single requests are a little larger than their share of a joint one, so the sum of them is a bound.
constexpr qsizetype maxRequestBytes = static_cast<qsizetype>(segment::maxBatchBytes) - 2048;

} // namespace

std::optional<ReplayItem> ReplayReader::item(store::Reader &reader, event::EventId id)
{
    const auto stored = reader.event(id);
    if (!stored || stored->event.state.status == event::Status::Rejected) {
        return std::nullopt;
    }
    if (stored->request != m_request || event::raw(m_request) == 0) {
        m_request = stored->request;
        m_envelope = segment::envelopeOf(stored->requestBody);
    }
    ReplayItem item;
    item.body = stored->event.body;
    item.envelope = m_envelope;
    item.receivedUs = stored->event.summary.receivedUs;
    item.type = stored->event.summary.type;
    return item;
}

ReplayPlan::ReplayPlan(QString destination, std::vector<event::EventId> events)
    : m_destination(std::move(destination))
    , m_events(std::move(events))
{
}

std::vector<std::vector<event::EventId>> ReplayPlan::next(store::Reader &reader,
                                                          const Destination &destination)
{
    std::vector<std::vector<event::EventId>> full;
    const auto flush = [&] {
        if (!m_request.empty()) {
            full.push_back(std::exchange(m_request, {}));
            m_bytes = 0;
        }
    };
    const std::size_t end = std::min(m_at + sliceEvents, m_events.size());
    for (; m_at < end; ++m_at) {
        const event::EventId id = m_events[m_at];
        const auto item = m_items.item(reader, id);
        if (!item) {
            continue;
        }
        const auto alone = destination.replay({*item}, item->receivedUs);
        if (!alone) {
            continue;
        }
        const qsizetype bytes = alone->front().body.size();
        const bool isLarge = bytes > static_cast<qsizetype>(segment::maxEventBytes);
        if (isLarge || m_bytes + bytes > maxRequestBytes || m_request.size() == segment::maxBatchCount) {
            flush();
        }
        m_request.push_back(id);
        m_bytes += bytes;
        if (isLarge) {
            flush();
        }
    }
    if (m_at == m_events.size()) {
        flush();
    }
    return full;
}

QString replayMessageId(const store::Dispatch &dispatch, event::EventId id)
{
    constexpr qsizetype shownDigits = 32;
    const QByteArray unique = QByteArray::number(static_cast<qlonglong>(dispatch.createdUs)) + '/' +
                              QByteArray::number(static_cast<qulonglong>(event::raw(dispatch.id))) + '/' +
                              QByteArray::number(static_cast<qulonglong>(event::raw(id)));
    return u"replay-"_s +
           QString::fromLatin1(
               QCryptographicHash::hash(unique, QCryptographicHash::Sha256).toHex().first(shownDigits));
}

} // namespace deliver
