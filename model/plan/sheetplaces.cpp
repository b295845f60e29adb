// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/sheetplaces.h"

#include "plan/jsonedit.h"
#include "plan/sheetcells.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

/// Keywords that demand something the columns don't show.
constexpr std::array<std::string_view, 31> furtherKeywords{"not",
                                                           "if",
                                                           "then",
                                                           "else",
                                                           "allOf",
                                                           "anyOf",
                                                           "oneOf",
                                                           "multipleOf",
                                                           "uniqueItems",
                                                           "contains",
                                                           "minContains",
                                                           "maxContains",
                                                           "minProperties",
                                                           "maxProperties",
                                                           "propertyNames",
                                                           "patternProperties",
                                                           "dependencies",
                                                           "dependentRequired",
                                                           "dependentSchemas",
                                                           "additionalItems",
                                                           "prefixItems",
                                                           "unevaluatedItems",
                                                           "unevaluatedProperties",
                                                           "contentEncoding",
                                                           "contentMediaType",
                                                           "contentSchema",
                                                           "$dynamicRef",
                                                           "$recursiveRef",
                                                           "$ref",
                                                           "disallow",
                                                           "extends"};
constexpr std::array<std::string_view, 8> limits{"minimum",          "maximum",   "exclusiveMinimum",
                                                 "exclusiveMaximum", "minLength", "maxLength",
                                                 "minItems",         "maxItems"};

bool isOpen(const Json *additional)
{
    return additional == nullptr || (additional->is_boolean() && additional->get<bool>());
}

bool saysMore(const Json &schema, bool showsRange)
{
    const auto has = [&schema](std::string_view keyword) { return memberOf(schema, keyword) != nullptr; };
    const Json *items = memberOf(schema, "items");
    const bool hasHiddenRange = !showsRange && std::ranges::any_of(limits, has);
    const bool hasTuple = items != nullptr && items->is_array();
    const bool hasBoth = has("const") && has("enum");
    return hasHiddenRange || hasTuple || hasBoth || !isOpen(memberOf(schema, "additionalProperties")) ||
           std::ranges::any_of(furtherKeywords, has);
}

bool isTypeMember(const Json &type)
{
    return type.is_string() ||
           (type.is_array() && std::ranges::all_of(type, [](const Json &one) { return one.is_string(); }));
}

base::Failure noProperty(const PropertyPath &path)
{
    return base::failure(base::ErrorCode::NotFound, u"There is no property \"%1\"."_s.arg(shownPath(path)),
                         u"It was renamed or removed, or belongs to another event."_s,
                         u"Choose one of the sheet."_s);
}

base::Failure tooDeep(const PropertyPath &path)
{
    return base::failure(base::ErrorCode::Limit, u"\"%1\" is nested too deep."_s.arg(shownPath(path)),
                         u"The sheet shows %1 levels."_s.arg(maxSheetDepth), u"Edit the rule's JSON."_s);
}

} // namespace

QString shownPath(const PropertyPath &path)
{
    return path.join(u'.');
}

bool isItems(const QString &step)
{
    return step == u"$"_s;
}

json::Pointer holderOf(const RuleSource &rule)
{
    if (rule.type == event::CallType::None || rule.scope != Scope::Event) {
        return {};
    }
    const bool hasTraits = rule.type == event::CallType::Identify || rule.type == event::CallType::Group;
    return json::Pointer().child("properties").child(hasTraits ? "traits" : "properties");
}

base::Failure editedAsJson(const PropertyPath &path, const QString &why)
{
    const QString name = path.isEmpty() ? u"The event's properties"_s : u"\"%1\""_s.arg(shownPath(path));
    return base::failure(base::ErrorCode::Unsupported, u"%1 can't be edited in the sheet."_s.arg(name), why,
                         u"Edit the rule's JSON."_s);
}

QString oddity(const Json &schema)
{
    if (!schema.is_object()) {
        const bool isAny = schema.is_boolean() && schema.get<bool>();
        return isAny ? QString() : u"Its schema is %1."_s.arg(shownJson(schema).left(40));
    }
    for (const std::string_view keyword : {"$ref", "$dynamicRef", "$recursiveRef"}) {
        if (const Json *reference = memberOf(schema, keyword)) {
            return u"It is described elsewhere, at %1."_s.arg(shownJson(*reference));
        }
    }
    const Json *type = memberOf(schema, "type");
    if (type != nullptr && !isTypeMember(*type)) {
        return u"Its type is written in an unusual way."_s;
    }
    for (const std::string_view keyword : {"anyOf", "oneOf"}) {
        if (type == nullptr && memberOf(schema, keyword) != nullptr) {
            return u"It may be one of several things (%1)."_s.arg(
                QString::fromLatin1(keyword.data(), static_cast<qsizetype>(keyword.size())));
        }
    }
    const Json *properties = memberOf(schema, "properties");
    return properties != nullptr && !properties->is_object() ? u"Its \"properties\" are no object."_s
                                                             : QString();
}

SheetRow rowOf(const Json &described, const Json &schema, PropertyPath path)
{
    SheetRow row;
    row.path = std::move(path);
    row.types = typesIn(schema);
    row.description = stringMember(described, "description");
    if (row.description.isEmpty()) {
        row.description = stringMember(schema, "description");
    }
    row.allowed = allowedOf(schema);
    row.pattern = stringMember(schema, "pattern");
    row.format = stringMember(schema, "format");
    row.range = rangeOf(schema);
    row.labels = shownLabels(labelPairs(memberOf(described, "labels") != nullptr ? described : schema));
    row.isReadOnly = !oddity(described).isEmpty();
    row.hasMore = saysMore(schema, !row.range.isEmpty());
    return row;
}

Json *stepInto(Json &schema, const QString &step)
{
    if (isItems(step)) {
        Json *items = memberOf(schema, "items");
        if (items != nullptr && !items->is_array()) {
            return items;
        }
    }
    Json *properties = memberOf(schema, "properties");
    return properties != nullptr ? memberOf(*properties, step.toStdString()) : nullptr;
}

base::Result<Json *> madeHolder(Json &schema, const RuleSource &rule)
{
    Json *holder = &schema;
    const auto tokens = holderOf(rule).tokens();
    if (!schema.is_object()) {
        return editedAsJson({}, oddity(schema));
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool isProperties = i == 0; // the member "properties" of the event's schema, no schema itself
        Json *below = memberOf(*holder, tokens[i]);
        if (below == nullptr) {
            setMember(*holder, tokens[i], isProperties ? Json::object() : Json{{"type", "object"}});
            below = memberOf(*holder, tokens[i]);
        } else if (below->is_boolean() && below->get<bool>() && !isProperties) {
            *below = Json{{"type", "object"}};
        }
        if (!below->is_object()) {
            return editedAsJson({}, oddity(*below));
        }
        holder = below;
    }
    if (!tokens.empty() && !oddity(*holder).isEmpty()) {
        return editedAsJson({}, oddity(*holder));
    }
    return holder;
}

base::Result<Place> placeOf(Json &schema, const RuleSource &rule, const PropertyPath &path)
{
    if (path.isEmpty()) {
        return noProperty(path);
    }
    if (path.size() > maxSheetDepth + 1) {
        return tooDeep(path);
    }
    Place place{nullptr, resolved(schema, holderOf(rule))};
    for (qsizetype i = 0; i < path.size(); ++i) {
        if (place.schema == nullptr) {
            break;
        }
        if (memberOf(*place.schema, "$ref") != nullptr) {
            return editedAsJson(path, oddity(*place.schema));
        }
        place = {place.schema, stepInto(*place.schema, path[i])};
    }
    return place.schema == nullptr ? base::Result<Place>(noProperty(path)) : place;
}

} // namespace plan
