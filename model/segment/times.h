// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/protocol.h"

namespace segment {

/// What is wrong with an event's times: no times at all, a skewed clock, a late event, a `sentAt` that is
/// missing or before the `timestamp`. Segment's corrected time is receivedAt - (sentAt - timestamp).
void checkTimes(const Fields &fields, const RequestFacts &request, std::vector<event::Finding> &findings);

} // namespace segment
