// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <QByteArray>

namespace segment {

/// ISO 8601 as SDKs write it: a date, or a date and a time with 0 to 9 digits of fraction and Z, +hh:mm,
/// +hhmm, +hh or no zone (read as UTC). Microseconds since the epoch; nothing when it is no such time.
[[nodiscard]] std::optional<std::int64_t> parseIsoTimeUs(std::string_view text);

/// "2026-11-24T01:37:25.672Z", the form of Segment's own libraries.
[[nodiscard]] QByteArray isoTime(std::int64_t timeUs);

} // namespace segment
