// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"
#include "segment/fields.h"

namespace segment {

/// Where the query of a pixel carried the event, every value is text.
enum class Values : std::uint8_t { Json, Texts };

/// Traits, properties and context that Segment's spec gives a type (spec/identify, spec/group, spec/track,
/// spec/page, spec/common) and that were sent with another one.
void checkReserved(event::CallType type, const Fields &fields, Values values,
                   std::vector<event::Finding> &findings);

} // namespace segment
