// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/schemafacts.h"

#include "plan/jsonedit.h"
#include "plan/schematree.h"

#include <algorithm>
#include <array>
#include <set>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

struct NamedType
{
    std::string_view name;
    TypeMask mask;
};

constexpr TypeMask anyType = 0x7f;
constexpr std::array<NamedType, 7> namedTypes{{{"null", 1U << 0U},
                                               {"boolean", 1U << 1U},
                                               {"integer", 1U << 2U},
                                               {"number", (1U << 2U) | (1U << 3U)},
                                               {"string", 1U << 4U},
                                               {"object", objectType},
                                               {"array", arrayType}}};

constexpr std::array<std::string_view, 2> definitionKeys{"definitions", "$defs"};

/// Same items, in any order and any number.
bool isSameSet(const Json &one, const Json &other)
{
    const auto holdsAll = [](const Json &whole, const Json &part) {
        return std::ranges::all_of(part, [&whole](const Json &item) {
            return std::ranges::any_of(whole, [&item](const Json &held) { return isSame(held, item); });
        });
    };
    return holdsAll(one, other) && holdsAll(other, one);
}

/// Visits the `$ref`s of a schema, wherever they stand.
template <typename Schema, typename Visit>
void eachReference(Schema &schema, const Visit &visit)
{
    if (schema.is_object()) {
        for (auto member = schema.begin(); member != schema.end(); ++member) {
            if (member.key() == "$ref" && member.value().is_string()) {
                visit(*member);
            } else {
                eachReference(*member, visit);
            }
        }
    } else if (schema.is_array()) {
        for (auto &item : schema) {
            eachReference(item, visit);
        }
    }
}

/// Belongs to a schema's root, whatever the root is for.
bool isOfRoot(std::string_view keyword)
{
    static constexpr std::array<std::string_view, 3> keywords{"$schema", "$id", "id"};
    return isWording(keyword) || std::ranges::find(keywords, keyword) != keywords.end() ||
           std::ranges::find(definitionKeys, keyword) != definitionKeys.end();
}

/// A reference into the schema keeps its aim when that goes under `properties.<key>`.
void aimReferences(Json &schema, const std::string &key)
{
    eachReference(schema, [&key](Json &reference) {
        auto &text = reference.get_ref<std::string &>();
        const bool isToDefinition = std::ranges::any_of(definitionKeys, [&text](std::string_view name) {
            return text.starts_with("#/" + std::string(name) + '/');
        });
        if (text == "#" || (text.starts_with("#/") && !isToDefinition)) {
            text.insert(1, "/properties/" + key);
        }
    });
}

Json wrapped(const Json &schema, const std::string &key)
{
    Json event = Json::object();
    if (!schema.is_object()) {
        event["properties"] = Json{{key, schema}};
        return event;
    }
    Json properties = Json::object();
    for (const auto &[keyword, value] : schema.items()) {
        setMember(isOfRoot(keyword) ? event : properties, keyword, value);
    }
    aimReferences(properties, key);
    const bool isRequired = memberOf(properties, "required") != nullptr;
    event["type"] = "object";
    event["properties"] = Json::object();
    event["properties"][key] = std::move(properties);
    if (isRequired) {
        event["required"] = Json::array({key});
    }
    return event;
}

Json unwrapped(const Json &schema, const std::string &key)
{
    Json made = Json::object();
    if (schema.is_object()) {
        for (const auto &[keyword, value] : schema.items()) {
            if (isOfRoot(keyword)) {
                setMember(made, keyword, value);
            }
        }
    }
    const Json *members = memberOf(schema, "properties");
    const Json *properties = members != nullptr ? memberOf(*members, key) : nullptr;
    if (properties != nullptr && properties->is_object()) {
        for (const auto &[keyword, value] : properties->items()) {
            if (memberOf(made, keyword) == nullptr) {
                setMember(made, keyword, value);
            }
        }
    }
    return made;
}

std::string scopeKey(const RuleSource &rule)
{
    return rule.scope == Scope::Event        ? propertiesKey(rule.type)
           : rule.scope == Scope::Properties ? "properties"
                                             : "traits";
}

} // namespace

bool isSame(const Json &one, const Json &other)
{
    if (one.is_object() && other.is_object()) {
        return one.size() == other.size() &&
               std::ranges::all_of(one.get_ref<const Json::object_t &>(), [&other](const auto &member) {
                   const Json *found = memberOf(other, member.first);
                   return found != nullptr && isSame(member.second, *found);
               });
    }
    if (one.is_array() && other.is_array()) {
        return std::ranges::equal(one, other, isSame);
    }
    return one == other;
}

bool isSameKeyword(std::string_view keyword, const Json &one, const Json &other)
{
    if (keyword == "type") {
        return typeMask(Json{{"type", one}}) == typeMask(Json{{"type", other}});
    }
    const bool isSet = keyword == "enum" || keyword == "required";
    return isSet && one.is_array() && other.is_array() ? isSameSet(one, other) : isSame(one, other);
}

QStringList typeNames(const Json &schema)
{
    const Json *type = memberOf(schema, "type");
    if (type == nullptr) {
        return {};
    }
    if (type->is_string()) {
        return {stringOf(*type)};
    }
    QStringList names;
    for (const std::string_view name : texts(type)) {
        names += QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    }
    return names;
}

QString shownTypeNames(const QStringList &names)
{
    return names.isEmpty() ? u"any"_s : names.join(u" or "_s);
}

TypeMask typeMask(const Json &schema)
{
    const QStringList names = typeNames(schema);
    if (names.isEmpty()) {
        return anyType;
    }
    TypeMask mask = 0;
    for (const NamedType &type : namedTypes) {
        if (names.contains(QLatin1StringView(type.name.data(), static_cast<qsizetype>(type.name.size())))) {
            mask |= type.mask;
        }
    }
    return mask;
}

bool isWording(std::string_view keyword)
{
    static constexpr std::array<std::string_view, 11> words{"description", "title",   "$comment", "examples",
                                                            "default",     "labels",  "readOnly", "writeOnly",
                                                            "deprecated",  "example", "id"};
    return keyword.starts_with("x-") || std::ranges::find(words, keyword) != words.end();
}

std::vector<std::string_view> texts(const Json *list)
{
    std::vector<std::string_view> found;
    if (list != nullptr && list->is_array()) {
        for (const Json &item : *list) {
            if (item.is_string()) {
                found.emplace_back(item.get_ref<const std::string &>());
            }
        }
    }
    return found;
}

Json eventSchema(const RuleSource &rule)
{
    return schemaForScope(rule, Scope::Event);
}

Json schemaForScope(const RuleSource &rule, Scope scope)
{
    if (rule.scope == scope) {
        return rule.schema;
    }
    const std::string key = scopeKey(rule);
    Json event = rule.scope == Scope::Event ? rule.schema : wrapped(rule.schema, key);
    return scope == Scope::Event ? std::move(event) : unwrapped(event, key);
}

std::vector<RulePointer> selfContained(const Document &document, const Json &there)
{
    using Name = std::pair<std::string, std::string>; // "definitions" and the name in them
    const auto definition = [](const Json &root, const Name &name) -> const Json * {
        const Json *group = memberOf(root, name.first);
        return group == nullptr ? nullptr : memberOf(*group, name.second);
    };
    std::vector<RulePointer> rules;
    rules.reserve(document.rules.size());
    for (const RulePointer &rule : document.rules) {
        std::set<Name> known;
        std::vector<Name> missing;
        const auto look = [&](const Json &schema) {
            eachReference(schema, [&](const Json &reference) {
                const auto pointer = pointerOfReference(Json{{"$ref", reference}});
                const std::vector<std::string> tokens =
                    pointer ? pointer->tokens() : std::vector<std::string>{};
                if (tokens.size() < 2 || resolved(rule->schema, *pointer) != nullptr) {
                    return;
                }
                Name name(tokens[0], tokens[1]);
                if (definition(document.shared, name) != nullptr && known.insert(name).second) {
                    missing.push_back(std::move(name));
                }
            });
        };
        look(rule->schema);
        if (missing.empty()) {
            rules.push_back(rule);
            continue;
        }
        RuleSource made = *rule;
        while (!missing.empty()) {
            const Name name = missing.back();
            missing.pop_back();
            const Json &wanted = *definition(document.shared, name);
            look(wanted); // definitions refer to others
            if (const Json *same = definition(there, name); same != nullptr && isSame(*same, wanted)) {
                continue;
            }
            if (memberOf(made.schema, name.first) == nullptr) {
                setMember(made.schema, name.first, Json::object());
            }
            setMember(*memberOf(made.schema, name.first), name.second, wanted);
        }
        rules.push_back(std::make_shared<const RuleSource>(std::move(made)));
    }
    return rules;
}

} // namespace plan
