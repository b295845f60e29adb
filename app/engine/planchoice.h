// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/engine/planbook.h"
#include "plan/infer.h"
#include "plan/sheet.h"
#include "report/storedwalk.h"

namespace engine {

/// What "allow this" would change. Value.
struct AllowanceOffer
{
    QString path; ///< of the plan
    plan::RulePointer before;
    plan::Allowance allowance;
};

/// Finds the open plan whose rule made the finding, and how that rule would allow what the event has. Errors:
/// no open plan says so (any more), or the change takes a person. Any thread.
[[nodiscard]] base::Result<AllowanceOffer> offerAllowance(const std::vector<PlanBook::Open> &plans,
                                                          const check::Checker &checker,
                                                          const report::StoredEvent &stored,
                                                          const event::Finding &finding);
/// The plan with the offered rule in place; InUse when the rule was changed since.
[[nodiscard]] base::Result<plan::Document> withAllowance(const plan::Document &document,
                                                         const AllowanceOffer &offer);

/// The first open plan that events of a source are checked against.
[[nodiscard]] base::Result<PlanBook::Open> planFor(const std::vector<PlanBook::Open> &plans,
                                                   const check::Checker &checker, const QString &source);
/// The plan with a rule for what was learnt of one event; when it has the event for other sources only, these
/// are said to send it, too. An error when it has it already, or nothing was learnt.
[[nodiscard]] base::Result<plan::Document> withEvent(const plan::Document &document, event::CallType type,
                                                     const QString &name, const QString &source,
                                                     const std::vector<plan::InferredRule> &learnt);

} // namespace engine
