// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/segmentcalls.h"

#include "http/contentcoding.h"

namespace capture {

namespace {

using segment::RouteKind;

/// Of a single event, or /v1/b, /v1/batch, /v1/import.
bool isKnownEventPath(const segment::Route &route)
{
    if (route.type != event::CallType::None) {
        return true;
    }
    QByteArrayView path = route.path;
    if (path.endsWith('/')) {
        path.chop(1);
    }
    return path.endsWith("/v1/b") || path.endsWith("/v1/batch") || path.endsWith("/v1/import");
}

bool looksLikeEvents(const http::Request &request)
{
    constexpr std::size_t maxLookedAtBytes = std::size_t{32} * 1024 * 1024;
    const auto decoded = http::decodeBody(request.body, request.header("Content-Encoding"), maxLookedAtBytes);
    const QByteArray &body = decoded ? decoded->bytes : request.body;
    const bool isEvent = body.contains("\"messageId\"") || body.contains("\"anonymousId\"") ||
                         (body.contains("\"userId\"") && body.contains("\"type\""));
    return isEvent || (body.contains("\"batch\"") && body.contains("\"type\""));
}

} // namespace

bool holdsEvents(const segment::Route &route)
{
    return route.kind == RouteKind::Ingest || route.kind == RouteKind::Pixel ||
           route.kind == RouteKind::Jsonp;
}

bool isSegmentCall(segment::HostKind host, const segment::Route &route, const http::Request &request)
{
    const bool isMixed = host == segment::HostKind::Custom;
    switch (route.kind) {
    case RouteKind::Ingest:
        return !isMixed || isKnownEventPath(route) || looksLikeEvents(request);
    case RouteKind::Pixel:
    case RouteKind::Jsonp:
        return true;
    case RouteKind::Metrics:
        return !isMixed || route.path.endsWith("/v1/m");
    case RouteKind::Token:
        return !isMixed;
    case RouteKind::Preflight: {
        const segment::Route asked = segment::route("POST", request.target);
        return !isMixed || isKnownEventPath(asked) || asked.path.endsWith("/v1/m");
    }
    case RouteKind::Settings:
    case RouteKind::Script:
    case RouteKind::Health:
    case RouteKind::Unknown:
        break;
    }
    return false;
}

} // namespace capture
