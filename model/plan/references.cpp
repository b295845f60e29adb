// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/references.h"

#include "plan/jsonedit.h"

#include <algorithm>

namespace plan {

namespace {

bool isReferenceKey(const std::string &key)
{
    return key == "$ref" || key == "$dynamicRef" || key == "$recursiveRef";
}

/// Puts `value` at a pointer of `root`, whose objects are made as far as they are missing.
void putAt(Json &root, const json::Pointer &at, const Json &value)
{
    Json *place = &root;
    for (const std::string &token : at.tokens()) {
        if (!place->is_object()) {
            *place = Json::object();
        }
        Json *next = memberOf(*place, token);
        if (next == nullptr) {
            setMember(*place, token, Json());
            next = memberOf(*place, token);
        }
        place = next;
    }
    *place = value;
}

} // namespace

void eachReference(Json &schema, const std::function<void(std::string &)> &visit)
{
    if (schema.is_object()) {
        for (auto &member : schema.get_ref<Json::object_t &>()) {
            if (isReferenceKey(member.first) && member.second.is_string()) {
                visit(member.second.get_ref<std::string &>());
            } else {
                eachReference(member.second, visit);
            }
        }
    } else if (schema.is_array()) {
        for (Json &item : schema) {
            eachReference(item, visit);
        }
    }
}

void eachReference(const Json &schema, const std::function<void(const std::string &)> &visit)
{
    if (schema.is_object()) {
        for (const auto &member : schema.get_ref<const Json::object_t &>()) {
            if (isReferenceKey(member.first) && member.second.is_string()) {
                visit(member.second.get_ref<const std::string &>());
            } else {
                eachReference(member.second, visit);
            }
        }
    } else if (schema.is_array()) {
        for (const Json &item : schema) {
            eachReference(item, visit);
        }
    }
}

std::optional<json::Pointer> localPointer(const std::string &reference)
{
    return pointerOfReference(Json{{"$ref", reference}});
}

Json sharedOf(const Json &root, const std::vector<RuleSource> &rules)
{
    return sharedOf([&root](const json::Pointer &at) { return resolved(root, at); }, rules);
}

Json sharedOf(const Resolver &root, const std::vector<RuleSource> &rules)
{
    Json shared = Json::object();
    std::vector<json::Pointer> wanted;
    const auto want = [&](const Json &own, const std::string &reference) {
        const auto pointer = localPointer(reference);
        if (pointer && !pointer->isRoot() && resolved(own, *pointer) == nullptr &&
            root(*pointer) != nullptr && std::ranges::find(wanted, *pointer) == wanted.end()) {
            wanted.push_back(*pointer);
        }
    };
    for (const RuleSource &rule : rules) {
        eachReference(rule.schema, [&](const std::string &reference) { want(rule.schema, reference); });
    }
    // What is shared may itself refer to more of the root.
    for (std::size_t index = 0; index < wanted.size(); ++index) {
        json::Pointer at = wanted[index];
        // "definitions" are taken whole, so that they stay together.
        if (const std::vector<std::string> tokens = at.tokens();
            tokens.front() == "definitions" || tokens.front() == "$defs") {
            at = json::Pointer().child(tokens.front());
        }
        if (resolved(shared, at) != nullptr) {
            continue;
        }
        const Json *value = root(at);
        putAt(shared, at, *value);
        eachReference(*value, [&](const std::string &reference) { want(Json(), reference); });
    }
    return shared;
}

void putShared(Json &root, const Json &shared)
{
    for (const auto &[key, value] : shared.items()) {
        Json *known = memberOf(root, key);
        if (known != nullptr && known->is_object() && value.is_object()) {
            putShared(*known, value);
        } else if (known == nullptr) {
            setMember(root, key, value);
        } else if (!known->is_array()) { // a list of rules holds its own schemas
            *known = value;
        }
    }
}

} // namespace plan
