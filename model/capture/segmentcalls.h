// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/message.h"
#include "segment/hosts.h"
#include "segment/route.h"

namespace capture {

/// Whether a call to a host that is decrypted is one of Segment's. A domain of the user's own may carry other
/// things beside it, which are none of ours: there the path must be Segment's, or the body look like events.
[[nodiscard]] bool isSegmentCall(segment::HostKind host, const segment::Route &route,
                                 const http::Request &request);

/// Event calls: what goes to the pipeline.
[[nodiscard]] bool holdsEvents(const segment::Route &route);

} // namespace capture
