// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

namespace bench {

namespace {

/// `price` and `reason` are what the editions do not agree about.
QByteArray properties(bool isChanged)
{
    return R"json({"type": "object", "properties": {
    "deliveryId": {"type": "string", "pattern": "^del_[0-9]+$"},
    "orderId": {"type": "string", "pattern": "^ord_[0-9]+$"},
    "merchantId": {"type": "string", "minLength": 1, "maxLength": 64},
    "robotId": {"type": "string"},
    "currency": {"type": "string", "enum": ["USD", "EUR", "GBP"]},
    "url": {"type": "string", "format": "uri"},
    "createdAt": {"type": "string", "format": "date-time"},
    "isFirst": {"type": "boolean"},
    "hasTip": {"type": "boolean"},
    "latitude": {"type": "number", "minimum": -90, "maximum": 90},
    "longitude": {"type": "number", "minimum": -180, "maximum": 180},
    "quantity": {"type": ["integer", "null"], "minimum": 0},
    "price": {"type": [)json" +
           QByteArray(isChanged ? R"("number")" : R"("number", "null")") + R"json(], "minimum": 0},
    "reason": {"type": )json" +
           QByteArray(isChanged ? R"("integer")" : R"("string")") + R"json(},
    "products": {"type": "array", "minItems": 1, "maxItems": 100, "items": {"type": "object",
        "required": ["productId", "sku", "name"], "properties": {
        "productId": {"type": "string"},
        "sku": {"type": "string", "pattern": "^G-[0-9]{1,4}$"},
        "name": {"type": "string", "maxLength": 120},
        "price": {"type": "number", "minimum": 0},
        "quantity": {"type": "integer", "minimum": 0}}}}}})json";
}

QByteArray rule(const QByteArray &type, const QByteArray &name, const QByteArray &schema)
{
    return R"({"type":")" + type + R"(","key":")" + name +
           R"(","version":1,"jsonSchema":{"$schema":"http://json-schema.org/draft-07/schema#","type":"object",)" +
           R"("properties":{"context":{"type":"object"},)" + schema + "}}}";
}

} // namespace

QByteArray planJson(const QStringList &events, Edition edition)
{
    QByteArray rules;
    for (const QString &event : events) {
        const bool isChanged = edition == Edition::EveryRuleChanged ||
                               (edition == Edition::OneRuleChanged && event == events.front());
        rules += rule("TRACK", event.toUtf8(), "\"properties\":" + properties(isChanged)) + ",\n";
    }
    const QByteArray title = edition == Edition::EveryRuleChanged ? "integer" : "string";
    rules += rule("PAGE", {},
                  R"("properties":{"type":"object","properties":{"path":{"type":"string"},)"
                  R"("title":{"type":")" +
                      title + R"("}}})") +
             ",\n";
    rules += rule("SCREEN", {}, "\"properties\":" + properties(edition == Edition::EveryRuleChanged)) + ",\n";
    rules += rule("IDENTIFY", {},
                  R"("traits":{"type":"object","required":["email"],"properties":{"email":{"type":"string",)"
                  R"("format":"email"},"plan":{"type":"string"}}})");
    return "{\"name\":\"Benchmark\",\"rules\":[\n" + rules + "\n]}\n";
}

} // namespace bench
