// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/seenschema.h"

#include "plan/jsonedit.h"
#include "plan/sheetcells.h"
#include "plan/sheetplaces.h"
#include "schema/numbers.h"

using namespace Qt::StringLiterals;

namespace plan {

QString seenType(json::Value value)
{
    switch (value.type()) {
    case json::Type::Null:
        return u"null"_s;
    case json::Type::Bool:
        return u"boolean"_s;
    case json::Type::Number:
        return schema::isIntegerText(value.raw()) ? u"integer"_s : u"number"_s;
    case json::Type::String:
        return u"string"_s;
    case json::Type::Array:
        return u"array"_s;
    case json::Type::Object:
        return u"object"_s;
    }
    return {};
}

void addSeenType(QStringList &types, const QString &type)
{
    if (type == u"number"_s && types.contains(u"integer"_s)) {
        types.replace(types.indexOf(u"integer"_s), type);
    } else if (!types.contains(type)) {
        types.append(type);
    }
}

namespace {

/// What some values of a list look like together.
void merge(Json &one, const Json &other)
{
    if (one == other) {
        return;
    }
    QStringList types = typesIn(one);
    for (const QString &type : typesIn(other)) {
        if (!(type == u"integer"_s && types.contains(u"number"_s))) {
            addSeenType(types, type);
        }
    }
    if (one.empty() || other.empty()) {
        one = Json::object(); // a null: nothing is known of the type
        return;
    }
    setMember(one, "type", typeMember(types, memberOf(one, "type")));
    if (const Json *added = memberOf(other, "properties")) {
        if (memberOf(one, "properties") == nullptr) {
            setMember(one, "properties", Json::object());
        }
        Json &properties = *memberOf(one, "properties");
        for (const auto &[key, schema] : added->get_ref<const Json::object_t &>()) {
            if (Json *known = memberOf(properties, key)) {
                merge(*known, schema);
            } else {
                setMember(properties, key, schema);
            }
        }
    }
    if (const Json *items = memberOf(other, "items")) {
        if (Json *known = memberOf(one, "items")) {
            merge(*known, *items);
        } else {
            setMember(one, "items", *items);
        }
    }
}

Json seenAt(json::Value value, int depth)
{
    if (value.isNull() || value.isMissing()) {
        return Json::object(); // null says nothing of what else will come
    }
    Json seen{{"type", seenType(value).toStdString()}};
    if (depth >= maxSheetDepth) {
        return seen;
    }
    if (value.isObject() && value.size() > 0) {
        Json properties = Json::object();
        for (auto member = value.firstChild(); member; member = member.next()) {
            setMember(properties, member.key(), seenAt(member.value(), depth + 1));
        }
        setMember(seen, "properties", std::move(properties));
    } else if (value.isArray() && value.size() > 0) {
        Json items = seenAt(value.at(0), depth + 1);
        for (auto item = value.firstChild().next(); item; item = item.next()) {
            merge(items, seenAt(item.value(), depth + 1));
        }
        setMember(seen, "items", std::move(items));
    }
    return seen;
}

} // namespace

Json seenSchema(json::Value value)
{
    return seenAt(value, 0);
}

} // namespace plan
