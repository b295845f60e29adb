// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/jsonedit.h"

#include "schema/numbers.h"

#include <algorithm>
#include <charconv>

namespace plan {

const Json *memberOf(const Json &value, std::string_view key)
{
    if (!value.is_object()) {
        return nullptr;
    }
    const auto &members = value.get_ref<const Json::object_t &>();
    const auto found =
        std::ranges::find_if(members, [key](const auto &member) { return member.first == key; });
    return found == members.end() ? nullptr : &found->second;
}

Json *memberOf(Json &value, std::string_view key)
{
    return const_cast<Json *>(memberOf(std::as_const(value), key));
}

QString stringOf(const Json &value)
{
    return value.is_string() ? QString::fromStdString(value.get_ref<const std::string &>()) : QString();
}

QString stringMember(const Json &value, std::string_view key)
{
    const Json *member = memberOf(value, key);
    return member != nullptr ? stringOf(*member) : QString();
}

QString shownJson(const Json &value)
{
    return value.is_string()
               ? stringOf(value)
               : QString::fromStdString(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void setMember(Json &object, std::string_view key, Json value)
{
    if (Json *member = memberOf(object, key)) {
        *member = std::move(value);
    } else {
        object.push_back({std::string(key), std::move(value)});
    }
}

void replaceMember(Json &object, std::string_view key, std::string_view newKey, Json value)
{
    if (key == newKey || memberOf(object, key) == nullptr) {
        setMember(object, newKey, std::move(value));
        return;
    }
    Json::object_t members;
    for (auto &member : object.get_ref<Json::object_t &>()) {
        if (member.first == key) {
            members.emplace(std::string(newKey), std::move(value));
        } else if (member.first != newKey) {
            members.emplace(member.first, std::move(member.second));
        }
    }
    object = std::move(members);
}

void eraseMember(Json &object, std::string_view key)
{
    if (object.is_object()) {
        object.erase(std::string(key));
    }
}

bool listHas(const Json &object, std::string_view key, std::string_view text)
{
    const Json *list = memberOf(object, key);
    return list != nullptr && list->is_array() && std::ranges::any_of(*list, [text](const Json &item) {
               return item.is_string() && item.get_ref<const std::string &>() == text;
           });
}

void eraseFromList(Json &object, std::string_view key, std::string_view text)
{
    Json *list = memberOf(object, key);
    if (list == nullptr || !list->is_array()) {
        return;
    }
    std::erase_if(list->get_ref<Json::array_t &>(), [text](const Json &item) {
        return item.is_string() && item.get_ref<const std::string &>() == text;
    });
    if (list->empty()) {
        eraseMember(object, key);
    }
}

std::optional<Json> numberFromDigits(std::string_view digits)
{
    const auto typed = schema::Decimal::parse(digits);
    if (!typed) {
        return std::nullopt;
    }
    Json number = Json::parse(digits, nullptr, false);
    if (!number.is_number()) {
        return std::nullopt;
    }
    const std::string written = number.dump();
    const auto held = schema::Decimal::parse(written);
    return held && *held == *typed ? std::optional(std::move(number)) : std::nullopt;
}

namespace {

bool convert(json::Value value, Json &result, int depth)
{
    if (depth > maxSchemaDepth) {
        return false;
    }
    switch (value.type()) {
    case json::Type::Null:
        result = nullptr;
        return true;
    case json::Type::Bool:
        result = value.toBool();
        return true;
    case json::Type::String:
        result = std::string(value.text());
        return true;
    case json::Type::Number:
        if (auto number = numberFromDigits(value.raw())) {
            result = std::move(*number);
            return true;
        }
        return false;
    case json::Type::Array:
        result = Json::array();
        for (auto item = value.firstChild(); item; item = item.next()) {
            result.push_back(nullptr);
            if (!convert(item.value(), result.back(), depth + 1)) {
                return false;
            }
        }
        return true;
    case json::Type::Object:
        result = Json::object();
        for (auto member = value.firstChild(); member; member = member.next()) {
            Json held;
            if (!convert(member.value(), held, depth + 1)) {
                return false;
            }
            setMember(result, member.key(), std::move(held));
        }
        return true;
    }
    return false;
}

} // namespace

std::optional<Json> jsonFromValue(json::Value value)
{
    Json result;
    return convert(value, result, 0) ? std::optional(std::move(result)) : std::nullopt;
}

const Json *resolved(const Json &root, const json::Pointer &pointer)
{
    const Json *value = &root;
    for (const std::string &token : pointer.tokens()) {
        if (value->is_array()) {
            std::size_t index = 0;
            const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
            const bool isIndex = error == std::errc() && end == token.data() + token.size();
            value = isIndex && index < value->size() ? &(*value)[index] : nullptr;
        } else {
            value = memberOf(*value, token);
        }
        if (value == nullptr) {
            return nullptr;
        }
    }
    return value;
}

Json *resolved(Json &root, const json::Pointer &pointer)
{
    return const_cast<Json *>(resolved(std::as_const(root), pointer));
}

std::optional<json::Pointer> pointerOfReference(const Json &schema)
{
    const Json *reference = memberOf(schema, "$ref");
    if (reference == nullptr || !reference->is_string()) {
        return std::nullopt;
    }
    const std::string &text = reference->get_ref<const std::string &>();
    if (text != "#" && !text.starts_with("#/")) {
        return std::nullopt;
    }
    return json::Pointer(
        QByteArray::fromPercentEncoding(QByteArray::fromStdString(text.substr(1))).toStdString());
}

} // namespace plan
