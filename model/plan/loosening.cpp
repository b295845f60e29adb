// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/loosening.h"

#include "plan/jsonedit.h"
#include "plan/seenschema.h"
#include "schema/numbers.h"
#include "schema/utf8.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

using event::RuleId;
using Loosened = std::optional<QString>;

/// "a string", "an integer", "null".
QString withArticle(const QString &type)
{
    if (type == u"null"_s) {
        return type;
    }
    const bool isVowel = type.startsWith(u'i') || type.startsWith(u'a') || type.startsWith(u'o');
    return (isVowel ? u"an "_s : u"a "_s) + type;
}

Loosened loosenType(Json &schema, const Broken &broken)
{
    QString type = seenType(broken.value);
    const QString said = u"`%1` may also be %2"_s.arg(broken.name, withArticle(type));
    const Json *before = memberOf(schema, "type");
    if (before == nullptr) {
        for (const std::string_view keyword : {"anyOf", "oneOf"}) {
            Json *branches = memberOf(schema, keyword);
            if (branches != nullptr && branches->is_array() && !typesIn(schema).isEmpty()) {
                branches->push_back(Json{{"type", type.toStdString()}});
                return said;
            }
        }
        return std::nullopt;
    }
    QStringList types = typesIn(schema);
    // Draft-04 takes 1.0 for no integer.
    if (type == u"integer"_s && types.contains(type)) {
        type = u"number"_s;
    }
    const QStringList had = types;
    addSeenType(types, type);
    if (types == had) {
        return std::nullopt;
    }
    setMember(schema, "type", typeMember(types, before));
    return said;
}

Loosened loosenValues(Json &schema, const Broken &broken)
{
    auto value = jsonFromValue(broken.value);
    if (!value) {
        return std::nullopt;
    }
    const std::string_view raw = broken.value.raw();
    const QString shown = QString::fromUtf8(raw.data(), static_cast<qsizetype>(raw.size())).left(200);
    const QString said = u"`%1` may also be %2"_s.arg(broken.name, shown);
    Json *list = memberOf(schema, "enum");
    if (broken.finding.rule == RuleId::PlanConst) {
        const Json *constant = memberOf(schema, "const");
        if (constant == nullptr) {
            return std::nullopt;
        }
        Json values = Json::array({*constant, std::move(*value)});
        if (list != nullptr) {
            eraseMember(schema, "const");
            setMember(schema, "enum", std::move(values)); // the const was all it could be
        } else {
            replaceMember(schema, "const", "enum", std::move(values));
        }
        return said;
    }
    if (list == nullptr || !list->is_array() || std::ranges::find(*list, *value) != list->end()) {
        return std::nullopt;
    }
    list->push_back(std::move(*value));
    return said;
}

Loosened takeAway(Json &schema, std::string_view keyword, const QString &said)
{
    if (memberOf(schema, keyword) == nullptr) {
        return std::nullopt;
    }
    eraseMember(schema, keyword);
    return said;
}

std::strong_ordering compared(const Json &limit, std::string_view digits)
{
    const std::string held = limit.dump();
    const auto one = schema::Decimal::parse(held);
    const auto other = schema::Decimal::parse(digits);
    return one && other ? *one <=> *other : std::strong_ordering::equal;
}

Loosened loosenRange(Json &schema, const Broken &broken)
{
    const QString relation = broken.finding.args.value(0);
    const bool isLow = relation.startsWith(u'>');
    const std::string_view inclusive = isLow ? "minimum" : "maximum";
    const std::string_view exclusive = isLow ? "exclusiveMinimum" : "exclusiveMaximum";
    const std::string_view digits = broken.value.raw();
    auto number = numberFromDigits(digits);
    if (!number) {
        return std::nullopt;
    }
    const QString said = u"`%1` may be as %2 as %3"_s.arg(
        broken.name, isLow ? u"low"_s : u"high"_s,
        QString::fromUtf8(digits.data(), static_cast<qsizetype>(digits.size())));
    const auto isOutside = [&](const Json &limit) {
        const auto order = compared(limit, digits);
        return isLow ? order > 0 : order < 0;
    };
    Json *limit = memberOf(schema, inclusive);
    const Json *flag = memberOf(schema, exclusive);
    const bool isFlag = flag != nullptr && flag->is_boolean();
    if (relation.endsWith(u'=') || isFlag) {
        const bool isExcluded =
            isFlag && flag->get<bool>() && limit != nullptr && compared(*limit, digits) == 0;
        if (limit == nullptr || !(isOutside(*limit) || isExcluded)) {
            return std::nullopt;
        }
        *limit = std::move(*number);
        if (isFlag) {
            eraseMember(schema, exclusive);
        }
        return said;
    }
    if (flag == nullptr || !(isOutside(*flag) || compared(*flag, digits) == 0)) {
        return std::nullopt;
    }
    if (limit != nullptr && isOutside(*limit)) {
        eraseMember(schema, exclusive); // a finding of its own
    } else if (limit != nullptr) {
        *limit = std::move(*number);
        eraseMember(schema, exclusive);
    } else {
        replaceMember(schema, exclusive, inclusive, std::move(*number));
    }
    return said;
}

Loosened loosenCount(Json &schema, const Broken &broken, std::string_view least, std::string_view most,
                     std::uint64_t count, const QString &said)
{
    const bool isLow = broken.finding.args.value(0) == u"at least"_s;
    Json *limit = memberOf(schema, isLow ? least : most);
    const std::string digits = std::to_string(count);
    if (limit == nullptr || !limit->is_number() ||
        (isLow ? compared(*limit, digits) <= 0 : compared(*limit, digits) >= 0)) {
        return std::nullopt;
    }
    *limit = count;
    return said.arg(broken.name, QString::number(count));
}

Loosened loosenUnplanned(Json &schema, const Broken &broken)
{
    const auto isClosedBy = [&schema](std::string_view keyword) {
        const Json *others = memberOf(schema, keyword);
        return others != nullptr && others->is_boolean() && !others->get<bool>();
    };
    if (!isClosedBy("additionalProperties") && !isClosedBy("unevaluatedProperties")) {
        return std::nullopt;
    }
    const std::string name = broken.finding.at.lastToken();
    if (memberOf(schema, "properties") == nullptr) {
        setMember(schema, "properties", Json::object());
    }
    Json *properties = memberOf(schema, "properties");
    if (!properties->is_object() || memberOf(*properties, name) != nullptr) {
        return std::nullopt;
    }
    Json seen = seenSchema(broken.value.find(name));
    const QString type = stringMember(seen, "type");
    setMember(*properties, name, std::move(seen));
    return type.isEmpty() ? u"`%1` is planned, with any value"_s.arg(broken.name)
                          : u"`%1` is planned, as %2"_s.arg(broken.name, withArticle(type));
}

Loosened loosenRequired(Json &schema, const Broken &broken)
{
    const std::string name = broken.finding.at.lastToken();
    if (!listHas(schema, "required", name)) {
        return std::nullopt;
    }
    eraseFromList(schema, "required", name);
    return u"`%1` is no longer required"_s.arg(broken.name);
}

Loosened loosenDependency(Json &schema, const Broken &broken)
{
    const std::string present = broken.finding.args.value(0).toStdString();
    const std::string needed = broken.finding.at.lastToken();
    for (const std::string_view keyword : {"dependencies", "dependentRequired"}) {
        Json *dependencies = memberOf(schema, keyword);
        if (dependencies == nullptr || !listHas(*dependencies, present, needed)) {
            continue;
        }
        eraseFromList(*dependencies, present, needed);
        if (dependencies->empty()) {
            eraseMember(schema, keyword);
        }
        return u"`%1` is no longer needed with `%2`"_s.arg(broken.name, broken.finding.args.value(0));
    }
    return std::nullopt;
}

Loosened loosenFalse(Json &schema, const Broken &broken)
{
    if (!schema.is_boolean() || schema.get<bool>()) {
        return std::nullopt;
    }
    schema = seenSchema(broken.value);
    return u"`%1` may be sent"_s.arg(broken.name);
}

base::Failure refused(const QString &why, const QString &fix)
{
    return base::failure(base::ErrorCode::Unsupported, u"This can't be allowed at a click."_s, why, fix);
}

} // namespace

bool isAboutMember(RuleId rule)
{
    return rule == RuleId::PlanRequired || rule == RuleId::PlanUnplannedProperty ||
           rule == RuleId::PlanDependency;
}

Loosened loosen(Json &schema, const Broken &broken)
{
    if (broken.finding.rule == RuleId::PlanFalse) {
        return loosenFalse(schema, broken);
    }
    if (!schema.is_object()) {
        return std::nullopt;
    }
    const QStringList &args = broken.finding.args;
    switch (broken.finding.rule) {
    case RuleId::PlanRequired:
        return loosenRequired(schema, broken);
    case RuleId::PlanType:
        return loosenType(schema, broken);
    case RuleId::PlanEnum:
    case RuleId::PlanConst:
        return loosenValues(schema, broken);
    case RuleId::PlanPattern:
    case RuleId::PlanPatternLimit:
        return takeAway(schema, "pattern",
                        u"`%1` no longer has to match the pattern %2"_s.arg(broken.name, args.value(0)));
    case RuleId::PlanFormat:
        return takeAway(schema, "format",
                        u"`%1` no longer has to have the format %2"_s.arg(broken.name, args.value(0)));
    case RuleId::PlanMultipleOf:
        return takeAway(schema, "multipleOf",
                        u"`%1` no longer has to be a multiple of %2"_s.arg(broken.name, args.value(0)));
    case RuleId::PlanUnique:
        return takeAway(schema, "uniqueItems", u"`%1` may have the same item twice"_s.arg(broken.name));
    case RuleId::PlanRange:
        return loosenRange(schema, broken);
    case RuleId::PlanLength:
        return loosenCount(schema, broken, "minLength", "maxLength",
                           schema::codePointCount(broken.value.text()), u"the length of `%1` may be %2"_s);
    case RuleId::PlanItems:
        return loosenCount(schema, broken, "minItems", "maxItems", broken.value.size(),
                           u"the number of items of `%1` may be %2"_s);
    case RuleId::PlanProperties:
        return loosenCount(schema, broken, "minProperties", "maxProperties", broken.value.size(),
                           u"the number of properties of `%1` may be %2"_s);
    case RuleId::PlanUnplannedProperty:
        return loosenUnplanned(schema, broken);
    case RuleId::PlanDependency:
        return loosenDependency(schema, broken);
    default:
        return std::nullopt;
    }
}

std::optional<base::Failure> notForUs(const event::Finding &finding)
{
    const QString edit = u"Edit the rule's JSON."_s;
    switch (finding.rule) {
    case RuleId::PlanUnplannedEvent:
        return refused(u"The plan has no rule for this event."_s, u"Add the event to the plan."_s);
    case RuleId::PlanUnplannedSource:
        return refused(u"The plan has this event for other sources."_s,
                       u"Add the source to the event's sources in the plan."_s);
    case RuleId::PlanAnyOf:
    case RuleId::PlanOneOf:
        return refused(
            u"The rule offers several forms of this value, and only people know which was meant."_s, edit);
    case RuleId::PlanNot:
        return refused(u"The rule excludes this value on purpose (\"not\")."_s, edit);
    case RuleId::PlanContains:
        return refused(u"The rule wants an item of a certain kind in this list, and there is none."_s, edit);
    case RuleId::PlanPropertyName:
        return refused(u"The rule says how the names in this object are written."_s, edit);
    case RuleId::PlanDepth:
        return refused(u"The event is nested too deep to be checked; that is no matter of the plan."_s,
                       u"Send flatter events."_s);
    default:
        break;
    }
    if (event::kindOf(finding.rule) != event::FindingKind::Violation) {
        return refused(u"This finding does not come from the plan."_s,
                       u"Look at the conventions or at the app."_s);
    }
    return std::nullopt;
}

} // namespace plan
