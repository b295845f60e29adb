// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/sheet.h"

#include <memory>

namespace tests {

/// A rule with this under `properties.properties` (identify, group: `traits`).
inline plan::RulePointer sampleRule(const QString &name, const char *properties, const char *required = "[]",
                                    event::CallType type = event::CallType::Track)
{
    plan::RuleSource rule = plan::newRule(type, name);
    const char *part =
        type == event::CallType::Identify || type == event::CallType::Group ? "traits" : "properties";
    plan::Json &own = rule.schema["properties"][part];
    own["type"] = "object";
    own["properties"] = plan::Json::parse(properties);
    own["required"] = plan::Json::parse(required);
    return std::make_shared<const plan::RuleSource>(std::move(rule));
}

/// "Order Placed" with four properties, one of them a list of objects; "Order Cancelled"; an identify.
inline plan::Document samplePlan(const QString &name = QStringLiteral("Coco"))
{
    plan::Document document;
    document.name = name;
    document.path = QStringLiteral("/plans/%1.json").arg(name);
    document.rules = {sampleRule(QStringLiteral("Order Placed"),
                                 R"({"orderId": {"type": "string", "description": "Of the shop"},
                       "quantity": {"type": "integer", "minimum": 1},
                       "state": {"type": ["string", "null"], "enum": ["open", "closed"]},
                       "products": {"type": "array", "items": {"type": "object",
                           "properties": {"sku": {"type": "string"}}}}})",
                                 R"(["orderId"])"),
                      sampleRule(QStringLiteral("Order Cancelled"), R"({"reason": {"type": "string"}})"),
                      sampleRule(QString(), R"({"email": {"type": "string", "format": "email"}})", "[]",
                                 event::CallType::Identify)};
    return document;
}

} // namespace tests
