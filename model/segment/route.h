// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/kinds.h"
#include "http/message.h"

#include <QString>

namespace segment {

enum class RouteKind : std::uint8_t {
    Ingest,    ///< POST of one event or a batch, any ingest path; also any POST with a Segment-shaped body
    Pixel,     ///< GET /v1/pixel/<type>
    Jsonp,     ///< GET /v1/t?data=..&callback=.. of classic analytics.js
    Settings,  ///< GET /v1/projects/<writeKey>/settings
    Script,    ///< GET /analytics.js/v1/<writeKey>/analytics.min.js and chunks: not shipped, 404 that says so
    Metrics,   ///< POST /v1/m: SDK telemetry, answered and not listed
    Token,     ///< POST /token: OAuth; body never stored
    Preflight, ///< any OPTIONS
    Health,    ///< GET or HEAD of /
    Unknown,   ///< 404 that names the known paths
};

struct Route
{
    RouteKind kind = RouteKind::Unknown;
    /// The path's call type for single events and pixels; None for batches and unknown paths.
    event::CallType type = event::CallType::None;
    QString writeKey; ///< percent-decoded, of settings paths
    QByteArray path;  ///< without query; origin-form also for absolute-form targets
    QByteArray query; ///< undecoded, without '?'
};

/// Which of Segment's paths a request line means (wire contract: case-sensitive, any prefix before
/// /v1, one trailing slash allowed, query ignored on POST).
[[nodiscard]] Route route(QByteArrayView method, QByteArrayView target);

} // namespace segment
