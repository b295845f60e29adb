// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"
#include "segment/health.h"

namespace intake {

/// Takes out the findings that are muted for this source and event. What is left decides the status that is
/// returned: a violation of nothing is valid, and an event whose absence from the plan is muted counts as not
/// checked.
[[nodiscard]] event::Status mute(event::Status status, std::vector<event::Finding> &findings,
                                 const segment::HealthOptions &health, const QString &source,
                                 const QString &event);

} // namespace intake
