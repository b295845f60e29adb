// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <optional>

namespace segment {

/// The event of a pixel's (or JSONP's) query as JSON text: base64 in `data`, standard or url-safe, with
/// or without '=', percent-encoded or bare; else parameters with dots for nested objects, all values text.
/// Nothing: no base64, or no parameters at all.
[[nodiscard]] std::optional<QByteArray> eventOfQuery(QByteArrayView query);

} // namespace segment
