// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/answers.h"

namespace api {

/// A body of `POST /api/v1/faults`, understood: {"kind", "source"?, "times"?, "seconds"?, "retryAfter"?,
/// "delayMs"?}.
struct FaultRequest
{
    capture::Fault fault; ///< all but its source
    QString source;       ///< a source's name or key; empty: every source
};

/// Nothing when the body is understood, else the problem to answer.
[[nodiscard]] std::optional<http::Response> readFaultRequest(const QByteArray &body, FaultRequest &request);

/// `GET /api/v1/faults`: {"faults":[{"id","kind","source","sourceKey","times",..,"missing",..}]}, latest
/// first.
[[nodiscard]] http::Response answerFaults(ReadContext context, const Services &services);
/// 201 with its report; 404 for a source that is not there, 409 when too many are on.
[[nodiscard]] http::Response startFault(ReadContext context, const Services &services, FaultRequest request);
/// Its report, once it is over; 404 when there is none of that id.
[[nodiscard]] http::Response stopFault(ReadContext context, const Services &services, std::uint32_t id);

} // namespace api
