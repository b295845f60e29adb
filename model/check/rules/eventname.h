// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/checker.h"

namespace check {

/// Track names are the house's own and get all rules; a page's or screen's name is a title for people.
[[nodiscard]] inline bool isTrackName(const EventView &event)
{
    return event.type == event::CallType::Track && !event.name.isEmpty();
}

[[nodiscard]] inline bool hasName(const EventView &event)
{
    return !event.name.isEmpty() &&
           (event.type == event::CallType::Track || event.type == event::CallType::Page ||
            event.type == event::CallType::Screen);
}

/// A finding at the name's place in the body, with the rule's default severity.
[[nodiscard]] inline event::Finding nameFinding(const EventView &event, event::RuleId rule, QStringList args)
{
    const char *at = event.type == event::CallType::Track ? "/event" : "/name";
    return {rule, event::defaultSeverity(rule), json::Pointer(at), std::move(args)};
}

} // namespace check
