// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/evaluator.h"

namespace schema {

template <typename Values, Tracking tracking>
bool verdict(const Schema::Impl &program, typename Values::Value instance)
{
    Budget budget;
    return Evaluator<Values, Mode::Verdict, tracking>(budget, nullptr)
               .evaluate(*program.root, instance, nullptr) &&
           budget.hasVerdict();
}

template <typename Values>
bool verdict(const Schema::Impl &program, typename Values::Value instance)
{
    return program.isTracked ? verdict<Values, Tracking::Whole>(program, instance)
                             : verdict<Values, Tracking::None>(program, instance);
}

/// First whether there is anything to say: valid instances cost no more than their verdict.
template <typename Values>
std::vector<event::Finding> explanation(const Schema::Impl &program, typename Values::Value instance,
                                        const json::Pointer &base)
{
    std::vector<event::Finding> findings;
    if (verdict<Values>(program, instance)) {
        return findings;
    }
    Budget budget;
    Report report(program, base, findings);
    if (program.isTracked) {
        Evaluator<Values, Mode::Explain, Tracking::Whole>(budget, &report)
            .evaluate(*program.root, instance, nullptr);
    } else {
        Evaluator<Values, Mode::Explain, Tracking::None>(budget, &report)
            .evaluate(*program.root, instance, nullptr);
    }
    // A limit may have been met where nothing is recorded: inside a `not`, or in a branch nobody meant.
    if (budget.runaway != nullptr && !report.has(event::RuleId::PlanPatternLimit)) {
        report.add(event::RuleId::PlanPatternLimit, base, {shownText(budget.runaway->text())});
    } else if (budget.isExhausted && budget.runaway == nullptr && !report.has(event::RuleId::PlanDepth)) {
        report.add(event::RuleId::PlanDepth, base, {});
    }
    return findings;
}

} // namespace schema
