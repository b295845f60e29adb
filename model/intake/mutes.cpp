// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/mutes.h"

#include <algorithm>

namespace intake {

event::Status mute(event::Status status, std::vector<event::Finding> &findings,
                   const segment::HealthOptions &health, const QString &source, const QString &event)
{
    if (health.mutes.empty() || findings.empty()) {
        return status;
    }
    const auto muted = std::erase_if(
        findings, [&](const event::Finding &finding) { return health.isMuted(finding.rule, source, event); });
    const auto isOfThePlan = [](const event::Finding &finding) {
        return event::kindOf(finding.rule) == event::FindingKind::Violation;
    };
    if (muted == 0 || std::ranges::any_of(findings, isOfThePlan)) {
        return status;
    }
    switch (status) {
    case event::Status::Violation:
        return event::Status::Valid;
    case event::Status::Unplanned:
        return event::Status::Unchecked;
    case event::Status::Valid:
    case event::Status::Unchecked:
    case event::Status::Rejected:
        break;
    }
    return status;
}

} // namespace intake
