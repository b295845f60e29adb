// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deliver/destination.h"
#include "store/reader.h"

#include <optional>

namespace deliver {

/// Reads stored events as what a replay sends. Events of one batch mostly follow one another, so the last
/// envelope is kept.
class ReplayReader
{
public:
    /// Nothing for rows that hold no event (any more).
    [[nodiscard]] std::optional<ReplayItem> item(store::Reader &reader, event::EventId id);

private:
    event::RequestId m_request{};
    QByteArray m_envelope;
};

/// Cuts a replay into requests that keep to Segment's limits, a slice of events at a time.
class ReplayPlan
{
public:
    ReplayPlan(QString destination, std::vector<event::EventId> events);

    [[nodiscard]] const QString &destination() const { return m_destination; }
    [[nodiscard]] bool isDone() const { return m_at == m_events.size() && m_request.empty(); }
    /// Reads on, and gives the requests that are full (or the last one).
    [[nodiscard]] std::vector<std::vector<event::EventId>> next(store::Reader &reader,
                                                                const Destination &destination);

private:
    QString m_destination;
    std::vector<event::EventId> m_events;
    std::size_t m_at = 0;
    std::vector<event::EventId> m_request; ///< being filled
    qsizetype m_bytes = 0;
    ReplayReader m_items;
};

/// A new messageId for an event of a dispatch, the same at every attempt.
[[nodiscard]] QString replayMessageId(const store::Dispatch &dispatch, event::EventId id);

} // namespace deliver
