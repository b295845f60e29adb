// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/report.h"

namespace schema {

/// A property of a branch that has a `const` or an `enum`: schemas tell their variants apart by such.
struct Discriminator
{
    std::string_view name;
    std::vector<json::Value> allowed;
    QString sent; ///< JSON of what was sent; empty: nothing
    bool isFulfilled = false;
};

/// One branch of an anyOf or oneOf of which none matched, and what is wrong with the value if it was meant.
struct Branch
{
    QString title;
    std::vector<json::Value> allowed; ///< its own `const` or `enum`
    std::vector<Discriminator> discriminators;
    std::vector<std::string_view> sent; ///< properties that were sent and that it names
    std::vector<event::Finding> findings;
};

/// The value that no branch matched, as findings show it.
struct Unmatched
{
    json::Pointer at;
    QString type;
    QString text;
};

/// Says what is wrong with the value: one sentence where all branches say the same of it (another type,
/// another value, one of several properties); else what the branch says that was meant, by how little is
/// wrong with it: a wrong type of the whole value counts most, then a property that tells the branches apart,
/// then the number of findings. `rule` is PlanAnyOf or PlanOneOf: that only when no branch comes near.
void explainBranches(Report &report, event::RuleId rule, const Unmatched &value,
                     std::vector<Branch> branches);

/// The values that `const` or `enum` allow.
[[nodiscard]] std::vector<json::Value> allowedValues(const ValueRules &rules);
/// Arguments of PlanEnum.
[[nodiscard]] QStringList enumArguments(const std::vector<json::Value> &allowed, const QString &actualType,
                                        const QString &actualText);

} // namespace schema
