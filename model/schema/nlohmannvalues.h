// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace schema {

/// What the evaluator asks of a value, answered for nlohmann's: the editor, imports and tests. Its numbers
/// have lost their digits: integers beyond 64 bits are doubles here.
struct NlohmannValues
{
    using Json = nlohmann::ordered_json;
    using Array = Json::array_t;
    using Object = Json::object_t;

    /// A value, or a member's key in its place.
    struct Value
    {
        const Json *json = nullptr;
        const std::string *key = nullptr;
    };

    static json::Type type(Value value)
    {
        if (value.key != nullptr) {
            return json::Type::String;
        }
        switch (value.json->type()) {
        case Json::value_t::boolean:
            return json::Type::Bool;
        case Json::value_t::number_integer:
        case Json::value_t::number_unsigned:
        case Json::value_t::number_float:
            return json::Type::Number;
        case Json::value_t::string:
            return json::Type::String;
        case Json::value_t::array:
            return json::Type::Array;
        case Json::value_t::object:
            return json::Type::Object;
        default:
            return json::Type::Null;
        }
    }
    static bool isTrue(Value value)
    {
        return value.json->is_boolean() && *value.json->get_ptr<const bool *>();
    }
    static std::string_view text(Value value)
    {
        return value.key != nullptr ? *value.key : *value.json->get_ptr<const std::string *>();
    }
    static std::string raw(Value value)
    {
        if (value.json->is_number_float() && !std::isfinite(*value.json->get_ptr<const double *>())) {
            return "NaN";
        }
        return value.json->dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    static bool isWrittenAsInteger(Value value)
    {
        // Where doubles hold no fractions it most likely was an integer of more than 64 bits.
        constexpr double beyondIntegers = 9.3e18;
        return value.json->is_number_integer() ||
               std::abs(*value.json->get_ptr<const double *>()) > beyondIntegers;
    }
    /// Of a number that may have had more digits than a double keeps; nothing when its text is exact.
    static std::optional<double> roundedNumber(Value value)
    {
        constexpr double exactIntegers = 9007199254740992.0; // 2^53
        const double *number = value.json->get_ptr<const double *>();
        const bool isRounded =
            number != nullptr && std::isfinite(*number) && std::abs(*number) >= exactIntegers;
        return isRounded ? std::optional(*number) : std::nullopt;
    }
    static std::uint32_t itemCount(Value value) { return static_cast<std::uint32_t>(value.json->size()); }
    static std::uint32_t memberCount(Value value) { return static_cast<std::uint32_t>(value.json->size()); }

    static Value member(Value value, std::string_view key)
    {
        for (const auto &[name, member] : *value.json->get_ptr<const Object *>()) {
            if (name == key) {
                return {&member, nullptr};
            }
        }
        return {};
    }
    static bool isMissing(Value value) { return value.json == nullptr && value.key == nullptr; }

    template <typename Visit>
    static void eachItem(Value value, Visit &&visit)
    {
        std::uint32_t index = 0;
        for (const Json &item : *value.json->get_ptr<const Array *>()) {
            if (!visit(index++, Value{&item, nullptr})) {
                return;
            }
        }
    }

    template <typename Visit>
    static void eachMember(Value value, Visit &&visit)
    {
        for (const auto &[name, member] : *value.json->get_ptr<const Object *>()) {
            if (!visit(std::string_view(name), Value{nullptr, &name}, Value{&member, nullptr})) {
                return;
            }
        }
    }
};

} // namespace schema
