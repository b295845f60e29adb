// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/jsonedit.h"
#include "plan/sheetcells.h"
#include "plan/sheetplaces.h"

#include <algorithm>

using namespace Qt::StringLiterals;

/// Rows of the sheet that come, go and move.
namespace plan {

namespace {

QString uniqueName(const Json &properties, const QString &wanted)
{
    const QString base = wanted.isEmpty() ? u"property"_s : wanted;
    QString name = base;
    for (int number = 2; memberOf(properties, name.toStdString()) != nullptr; ++number) {
        name = base + QString::number(number);
    }
    return name;
}

/// Lets a schema be an object (or a list) as well, where it may be something else only.
void becomeType(Json &schema, const QString &type)
{
    if (schema.is_boolean()) {
        schema = Json::object();
    }
    const Json *before = memberOf(schema, "type");
    QStringList types = before != nullptr ? typesIn(schema) : QStringList();
    if (types.contains(type)) {
        return;
    }
    const bool isNullable = types.contains(u"null"_s);
    types = isNullable ? QStringList{type, u"null"_s} : QStringList{type};
    setMember(schema, "type", typeMember(types, before));
}

base::Result<Place> placeOfItems(Json &list)
{
    becomeType(list, u"array"_s);
    if (memberOf(list, "items") == nullptr) {
        setMember(list, "items", Json::object());
    }
    return Place{&list, memberOf(list, "items")};
}

/// The schema that gets another property, and its path: of a list its items.
base::Result<std::pair<Json *, PropertyPath>> parentFor(Json &schema, const RuleSource &rule,
                                                        PropertyPath path)
{
    if (path.isEmpty()) {
        const auto holder = madeHolder(schema, rule);
        if (!holder) {
            return tl::make_unexpected(holder.error());
        }
        return std::pair(*holder, path);
    }
    auto place = placeOf(schema, rule, path);
    if (!place && isItems(path.last()) && path.size() > 1) {
        const auto list = placeOf(schema, rule, path.mid(0, path.size() - 1));
        place = list && oddity(*list->schema).isEmpty() ? placeOfItems(*list->schema) : place;
    }
    if (!place) {
        return tl::make_unexpected(place.error());
    }
    if (const QString why = oddity(*place->schema); !why.isEmpty()) {
        return editedAsJson(path, why);
    }
    const QStringList types = typesIn(*place->schema);
    if (types.contains(u"array"_s) && !types.contains(u"object"_s)) {
        return parentFor(schema, rule, path + QStringList(u"$"_s));
    }
    becomeType(*place->schema, u"object"_s);
    return std::pair(place->schema, path);
}

} // namespace

base::Result<Added> withAdded(const RuleSource &rule, const PropertyPath &parent, const QString &name,
                              const QStringList &types)
{
    Added added{rule, {}};
    auto target = parentFor(added.rule.schema, rule, parent);
    if (!target) {
        return tl::make_unexpected(target.error());
    }
    auto &[schema, path] = *target;
    if (path.size() > maxSheetDepth) {
        return base::failure(base::ErrorCode::Limit, u"A property can't be nested that deep in the sheet."_s,
                             u"It shows %1 levels."_s.arg(maxSheetDepth), u"Edit the rule's JSON."_s);
    }
    const QString wanted = name.trimmed();
    if (isItems(wanted)) {
        return base::failure(base::ErrorCode::BadInput, u"A property can't be called $."_s,
                             u"$ stands for the items of a list."_s, u"Choose another name."_s);
    }
    if (memberOf(*schema, "properties") == nullptr) {
        setMember(*schema, "properties", Json::object());
    }
    Json &properties = *memberOf(*schema, "properties");
    Json property = Json::object();
    if (const auto typed = setTypes(property, types.join(u", "_s)); !typed) {
        return tl::make_unexpected(typed.error());
    }
    const QString unique = uniqueName(properties, wanted);
    setMember(properties, unique.toStdString(), std::move(property));
    added.path = path + QStringList(unique);
    return added;
}

base::Result<RuleSource> withRemoved(const RuleSource &rule, const PropertyPath &path)
{
    RuleSource changed = rule;
    const auto place = placeOf(changed.schema, rule, path);
    if (!place) {
        return tl::make_unexpected(place.error());
    }
    const std::string name = path.last().toStdString();
    if (memberOf(*place->parent, "items") == place->schema) {
        eraseMember(*place->parent, "items");
    } else {
        eraseMember(*memberOf(*place->parent, "properties"), name);
        eraseFromList(*place->parent, "required", name);
    }
    return changed;
}

base::Result<RuleSource> withMoved(const RuleSource &rule, const PropertyPath &path, int position)
{
    RuleSource changed = rule;
    const auto place = placeOf(changed.schema, rule, path);
    if (!place) {
        return tl::make_unexpected(place.error());
    }
    if (memberOf(*place->parent, "items") == place->schema) {
        return base::failure(base::ErrorCode::BadInput, u"The items of a list can't be moved."_s,
                             u"They have no siblings."_s, u"Move the list."_s);
    }
    const std::string name = path.last().toStdString();
    Json &properties = *memberOf(*place->parent, "properties");
    Json::object_t members;
    const auto target = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(position, 0, static_cast<std::ptrdiff_t>(properties.size()) - 1));
    Json moved = std::move(*place->schema);
    for (auto &[key, member] : properties.get_ref<Json::object_t &>()) {
        if (members.size() == target) {
            members.emplace(name, std::move(moved));
        }
        if (key != name) {
            members.emplace(key, std::move(member));
        }
    }
    if (members.size() == target) {
        members.emplace(name, std::move(moved));
    }
    properties = std::move(members);
    return changed;
}

} // namespace plan
