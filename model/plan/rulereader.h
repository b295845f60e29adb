// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/plan.h"
#include "plan/rulefingerprint.h"

namespace plan {

/// Reads the rules of one document into a plan. Patterns are compiled once for all of them.
class RuleReader
{
public:
    RuleReader(std::shared_ptr<const json::Document> document, Plan &plan);

    /// A rule of the Public API: type, key, version, jsonSchema.
    void addRule(json::Value rule, const json::Pointer &at);
    /// An event of the Config API: name, version, rules.
    void addConfigEvent(json::Value event, const json::Pointer &at);
    /// A schema by itself; `given` has type, name and description.
    void addSchema(Rule given, json::Value schema, const json::Pointer &at);
    /// A COMMON schema: for every event.
    void addCommon(Rule given, json::Value schema, const json::Pointer &at);

private:
    void complete(Rule &rule, json::Value schema, const json::Pointer &at);
    void problem(const Rule &rule, const json::Pointer &at, const QString &message);

    std::shared_ptr<const json::Document> m_document;
    Plan &m_plan;
    schema::CompileOptions m_options;
    RuleFingerprints m_fingerprints;
};

/// Name of a rule for people: "track \"Order Loaded\"", "identify".
[[nodiscard]] QString ruleTitle(const Rule &rule);
[[nodiscard]] QString textOf(json::Value value);

/// The properties a schema plans for an event's `properties` or `traits`, nested ones by their path.
[[nodiscard]] std::vector<Property> flattened(json::Value schema, const Rule &rule);
/// What of an event a schema is written for, as plan.h has it.
[[nodiscard]] Scope scopeOf(json::Value schema, event::CallType type);

} // namespace plan
