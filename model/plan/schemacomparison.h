// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/compare.h"
#include "plan/rulematching.h"

namespace plan {

/// Changes between two rules for one event, added to `changes`; those of the event itself first.
void addRuleChanges(const RuleSource &before, const RuleSource &after, std::vector<Change> &changes);

/// The change of the sources a rule, or a plan, is for; `stem` has whose.
void addSourcesChange(const QStringList &before, const QStringList &after, Change stem,
                      std::vector<Change> &changes);

/// A rule that comes into a plan, or goes from it; `without` are the rules that are there without it.
[[nodiscard]] Change comingChange(const RuleSource &rule, const RuleNames &without);
[[nodiscard]] Change goingChange(const RuleSource &rule, const RuleNames &without);

/// What putting one schema in another's place does to values that were valid.
[[nodiscard]] Impact impactOf(const Json &before, const Json &after);
[[nodiscard]] Impact joined(Impact one, Impact other);

} // namespace plan
