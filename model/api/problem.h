// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "filter/query.h"
#include "http/message.h"

namespace api {

[[nodiscard]] http::Response jsonResponse(int status, const QByteArray &json);

/// An error as application/problem+json (RFC 9457): detail says what, why and what to do; `what`, `why`
/// and `fix` stand there apart as well.
[[nodiscard]] http::Response problem(int status, const base::Error &error);
/// With the status that fits the error's code.
[[nodiscard]] http::Response problem(const base::Error &error);
/// A mistake in a filter: 400 with its `position` and `length` (UTF-16 units).
[[nodiscard]] http::Response problem(const filter::SyntaxError &mistake);

} // namespace api
