// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/schema.h"

#include "schema/compiler.h"
#include "schema/evaluator.h"

namespace schema {

Schema::Schema(std::shared_ptr<const Impl> impl)
    : m_impl(std::move(impl))
{
}

bool Schema::isValid(json::Value instance) const
{
    Budget budget;
    return Evaluator<JsonValues, Mode::Verdict>(budget, nullptr).evaluate(*m_impl->root, instance, nullptr) &&
           budget.hasVerdict();
}

std::vector<event::Finding> Schema::violations(json::Value instance, const json::Pointer &base) const
{
    std::vector<event::Finding> findings;
    if (isValid(instance)) {
        return findings;
    }
    Budget budget;
    Report report(base, findings);
    Evaluator<JsonValues, Mode::Explain>(budget, &report).evaluate(*m_impl->root, instance, nullptr);
    // A limit may have been met where nothing is recorded: inside a `not`, or in a branch nobody meant.
    if (budget.runaway != nullptr && !report.has(event::RuleId::PlanPatternLimit)) {
        report.add(event::RuleId::PlanPatternLimit, base, {shownText(budget.runaway->text())});
    } else if (budget.isExhausted && budget.runaway == nullptr && !report.has(event::RuleId::PlanDepth)) {
        report.add(event::RuleId::PlanDepth, base, {});
    }
    return findings;
}

const std::vector<SchemaProblem> &Schema::problems() const
{
    return m_impl->problems;
}

base::Result<Schema> compile(const std::shared_ptr<const json::Document> &document, const json::Pointer &at,
                             FormatAssertion formats)
{
    return compile(document, at, CompileOptions{formats, {}, nullptr});
}

base::Result<Schema> compile(const std::shared_ptr<const json::Document> &document, const json::Pointer &at,
                             const CompileOptions &options)
{
    auto program = Compiler(document, at, options).run();
    if (!program) {
        return base::Failure(program.error());
    }
    return Schema(std::move(*program));
}

} // namespace schema
