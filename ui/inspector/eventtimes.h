// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/store.h"

#include <optional>

#include <QString>

namespace ui {

/// When an event happened and was sent by the client's clock, and when it came by ours. Microseconds UTC.
struct EventTimes
{
    std::optional<std::int64_t> timestampUs; ///< Segment keeps it as originalTimestamp
    std::optional<std::int64_t> sentUs;      ///< the event's own, else its batch's
    std::int64_t receivedUs = 0;

    /// Below zero: the client's clock is ahead of ours.
    [[nodiscard]] std::optional<std::int64_t> skewUs() const;
    /// By our clock, as Segment corrects it: what lay between timestamp and sentAt before the arrival.
    [[nodiscard]] std::optional<std::int64_t> correctedUs() const;
};

/// Reads the request's body when the event itself has no sentAt: not above 64 KB on the GUI thread.
[[nodiscard]] EventTimes timesOf(const store::EventDetail &detail);

/// "clock 2 min 5 s behind", "clock right, within 2 s".
[[nodiscard]] QString skewText(std::int64_t skewUs);

/// The value of X-Retry-Count in a request's head; empty when it is not there or 0.
[[nodiscard]] QByteArray retryCount(const QByteArray &head);

} // namespace ui
