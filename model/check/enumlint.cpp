// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/enumlint.h"

#include "plan/jsonedit.h"
#include "plan/ruleschema.h"
#include "plan/sheetcells.h"
#include "json/parser.h"

#include <algorithm>
#include <array>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace check {

namespace {

using plan::Json;
using plan::memberOf;

/// Keywords that rule out no value.
constexpr std::array<std::string_view, 15> idle{
    "enum", "description", "title",      "labels",   "default",   "examples",    "$comment", "id",
    "$id",  "$schema",     "deprecated", "readOnly", "writeOnly", "definitions", "$defs"};

QByteArray compact(const Json &value)
{
    return QByteArray::fromStdString(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

QString reasonOf(const event::Finding &finding, const Json &schema)
{
    using event::RuleId;
    const QStringList &args = finding.args;
    switch (finding.rule) {
    case RuleId::PlanType:
        return u"the type is %1."_s.arg(plan::shownTypes(plan::typesIn(schema)));
    case RuleId::PlanConst:
        return u"only %1 may come."_s.arg(args.value(0));
    case RuleId::PlanPattern:
        return u"it does not match the pattern %1."_s.arg(args.value(0));
    case RuleId::PlanFormat:
        return u"it is no %1, as the format says."_s.arg(args.value(0));
    case RuleId::PlanRange:
        return u"it is not %1 %2."_s.arg(args.value(0), args.value(1));
    case RuleId::PlanMultipleOf:
        return u"it is no multiple of %1."_s.arg(args.value(0));
    case RuleId::PlanLength:
        return u"its length is %1, not %2 %3."_s.arg(args.value(2), args.value(0), args.value(1));
    case RuleId::PlanItems:
        return u"it has %1 items, not %2 %3."_s.arg(args.value(2), args.value(0), args.value(1));
    default:
        return u"the rest of the schema rules it out."_s;
    }
}

/// The schema without its list of values; nothing when nothing else of it rules out any.
std::optional<Json> remainder(const Json &schema, std::string_view without)
{
    Json rest = schema;
    plan::eraseMember(rest, without);
    const auto isIdle = [](const auto &member) {
        return member.first.starts_with("x-") || std::ranges::find(idle, member.first) != idle.end();
    };
    return std::ranges::all_of(rest.get_ref<const Json::object_t &>(), isIdle)
               ? std::nullopt
               : std::optional(std::move(rest));
}

} // namespace

EnumFaults enumFaults(const Json &schema, const Json &ruleSchema)
{
    EnumFaults faults;
    const Json *list = memberOf(schema, "enum");
    const Json *constant = memberOf(schema, "const");
    const bool isList = list != nullptr && list->is_array();
    if (!isList && constant == nullptr) {
        return faults;
    }
    const Json values = isList ? *list : Json::array({*constant});
    faults.count = static_cast<qsizetype>(values.size());
    std::unordered_set<std::string> seen;
    for (const Json &value : values) {
        if (!seen.insert(compact(value).toStdString()).second) {
            faults.repeated.append(QString::fromUtf8(compact(value)));
        }
    }
    faults.repeated.removeDuplicates();

    auto rest = remainder(schema, isList ? "enum" : "const");
    // What is behind a reference is another schema; of drafts before 2019 it is all that counts.
    if (!rest || memberOf(*rest, "$ref") != nullptr) {
        return faults;
    }
    if (const Json *dialect = memberOf(ruleSchema, "$schema");
        dialect != nullptr && !rest->contains("$schema")) {
        plan::setMember(*rest, "$schema", *dialect);
    }
    const auto compiled = plan::compileAlone(*rest);
    json::Parser parser;
    const auto document = parser.parse(compact(values));
    if (!compiled || !document) {
        return faults; // a schema that does not compile is a fault of its own
    }
    for (auto item = (*document)->root().firstChild(); item; item = item.next()) {
        const json::Value value = item.value();
        if (compiled->isValid(value)) {
            continue;
        }
        if (faults.unreachable.isEmpty()) {
            const auto findings = compiled->violations(value, {});
            faults.reason = findings.empty() ? QString() : reasonOf(findings.front(), schema);
        }
        const std::string_view raw = value.raw();
        faults.unreachable.append(QString::fromUtf8(raw.data(), static_cast<qsizetype>(raw.size())));
    }
    return faults;
}

} // namespace check
