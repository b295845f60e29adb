// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/server.h"
#include "filter/query.h"
#include "store/reader.h"

#include <stop_token>

namespace api {

/// What a reading thread works with.
struct ReadContext
{
    store::Reader &reader;
    json::Parser &parser;
    std::stop_token stop;
};

/// `GET /api/v1/events`, understood.
struct EventsRequest
{
    filter::Query where;
    std::size_t limit = 100;
    event::EventId after{};
    store::Reader::Order order = store::Reader::Order::OldestFirst;
};

struct StatusFacts
{
    QString version, storePath;
    QStringList captureAddresses, planNames;
    std::uint64_t uptimeSeconds = 0;
};

/// Nothing when the query is understood, else the problem to answer.
[[nodiscard]] std::optional<http::Response> readEventsRequest(QByteArrayView query, EventsRequest &request);

[[nodiscard]] http::Response answerEvents(ReadContext context, const EventsRequest &request,
                                          const event::FindingWords &words);
/// `key` is an id or a messageId.
[[nodiscard]] http::Response answerEvent(ReadContext context, const QString &key,
                                         const event::FindingWords &words);
[[nodiscard]] http::Response answerSummary(ReadContext context);
[[nodiscard]] http::Response answerStatus(ReadContext context, const StatusFacts &facts);

/// {"id","name","testId","startedAt"}
[[nodiscard]] QByteArray sessionJson(const store::Session &session);

} // namespace api
