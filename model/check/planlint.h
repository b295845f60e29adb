// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/conventions.h"
#include "plan/document.h"

namespace check {

/// What can be wrong with a plan itself.
enum class PlanFault : std::uint8_t {
    Unreadable,   ///< reading left something out
    BadSchema,    ///< does not compile: its events are not checked
    Remark,       ///< compiled, but something in it has no effect (an unknown format, Go's pattern syntax)
    RepeatedRule, ///< same type, name and version twice
    SimilarNames, ///< "Order Complete" beside "Order Completed"
    SimilarProperties, ///< `delivery_id` beside `deliveryId` in one event
    Convention,        ///< a name that breaks the conventions
    UnreachableEnum,   ///< a value of `enum` that type, pattern, format or range rule out; a repeated one
    Contradiction,   ///< nothing can satisfy it: minimum above maximum, a required property that is ruled out
    RequiredUnknown, ///< required, but not described, in a schema that is closed
    TypeClash,       ///< a property has another type in another event
    RunawayPattern,  ///< a pattern that can run away
    UnknownSource,   ///< kept for callers that know the sources
};
[[nodiscard]] std::string_view word(PlanFault fault); ///< "bad-schema", ...

struct PlanIssue
{
    PlanFault fault{};
    event::Severity severity = event::Severity::Warning;
    event::CallType type = event::CallType::None;
    QString name; ///< of the rule; empty with type None: the plan as a whole
    int version = 1;
    QStringList path; ///< property, as plan::PropertyPath; empty: the event
    QString message;  ///< a sentence
    QString fix;      ///< what to do
};

/// All that is wrong with a plan, most severe first, then in the plan's order. `compiled` is
/// plan::compile(document). Any thread.
[[nodiscard]] std::vector<PlanIssue> lintPlan(const plan::Document &document, const plan::Plan &compiled,
                                              const Conventions &conventions);

} // namespace check
