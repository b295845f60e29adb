// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "event/event.h"

#include <algorithm>
#include <limits>

namespace event {

EventState stateFor(Status status, const std::vector<Finding> &findings, std::uint8_t extraFlags)
{
    EventState state;
    state.status = status;
    state.flags = extraFlags;
    state.findings = static_cast<std::uint16_t>(
        std::min<std::size_t>(findings.size(), std::numeric_limits<std::uint16_t>::max()));
    const auto set = [&state](Flag flag) {
        state.flags = static_cast<std::uint8_t>(state.flags | static_cast<std::uint8_t>(flag));
    };
    for (const Finding &finding : findings) {
        switch (kindOf(finding.rule)) {
        case FindingKind::Violation:
            break;
        case FindingKind::Lint:
            set(Flag::Lint);
            break;
        case FindingKind::Privacy:
            set(Flag::Privacy);
            break;
        case FindingKind::Protocol:
            set(Flag::Protocol);
            break;
        case FindingKind::Identity:
            set(Flag::Identity);
            break;
        }
        if (state.topRule == 0 || finding.severity > state.worst) {
            state.worst = finding.severity;
            state.topRule = static_cast<std::uint16_t>(finding.rule);
        }
    }
    return state;
}

} // namespace event
