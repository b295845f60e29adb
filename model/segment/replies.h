// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/message.h"
#include "segment/route.h"

namespace segment {

/// Answers the SDKs expect; each with CORS headers for the request's Origin (echoed, never parsed).
[[nodiscard]] http::Response accepted(const http::Request &request);
/// `accepted` as a call of the script that classic analytics.js waits for, when the query names one.
[[nodiscard]] http::Response jsonp(const http::Request &request, QByteArrayView query);
[[nodiscard]] http::Response pixel(const http::Request &request);
/// {"success":false,"error":..,"code":..,"message":..}: Ruby reads `error`, Python dies without `code` and
/// `message`.
[[nodiscard]] http::Response refused(const http::Request &request, int status, QByteArrayView code,
                                     const QString &message);
[[nodiscard]] http::Response preflight(const http::Request &request);
enum class Redirect : std::uint8_t {
    None,  ///< the app's own apiHost stays: it leads here anyway
    Http,  ///< a browser is told to send its events to this port
    Https, ///< the same over TLS
};
/// The CDN's settings for a write key.
[[nodiscard]] http::Response settings(const http::Request &request, const QString &writeKey,
                                      Redirect redirect = Redirect::Http);
[[nodiscard]] http::Response token(const http::Request &request);
[[nodiscard]] http::Response health(const http::Request &request);
[[nodiscard]] http::Response unknownPath(const http::Request &request, const Route &route);

} // namespace segment
