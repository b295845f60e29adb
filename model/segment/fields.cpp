// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/fields.h"

#include <array>

namespace segment {

namespace {

struct Known
{
    std::string_view key;
    json::Value Fields::*field;
};

constexpr std::array known{
    Known{"type", &Fields::type},
    Known{"event", &Fields::event},
    Known{"name", &Fields::name},
    Known{"category", &Fields::category},
    Known{"userId", &Fields::userId},
    Known{"anonymousId", &Fields::anonymousId},
    Known{"groupId", &Fields::groupId},
    Known{"previousId", &Fields::previousId},
    Known{"messageId", &Fields::messageId},
    Known{"timestamp", &Fields::timestamp},
    Known{"sentAt", &Fields::sentAt},
    Known{"writeKey", &Fields::writeKey},
    Known{"context", &Fields::context},
    Known{"integrations", &Fields::integrations},
    Known{"properties", &Fields::properties},
    Known{"traits", &Fields::traits},
    Known{"batch", &Fields::batch},
};

} // namespace

Fields fieldsOf(json::Value object)
{
    Fields fields;
    if (!object.isObject()) {
        return fields;
    }
    for (auto child = object.firstChild(); child; child = child.next()) {
        const std::string_view key = child.key();
        for (const Known &each : known) {
            if (each.key == key) {
                fields.*each.field = child.value();
                break;
            }
        }
    }
    return fields;
}

std::string_view typeWord(json::Value value)
{
    switch (value.type()) {
    case json::Type::Null:
        return "null";
    case json::Type::Bool:
        return "boolean";
    case json::Type::Number:
        return value.raw().find_first_of(".eE") == std::string_view::npos ? "integer" : "number";
    case json::Type::String:
        return "string";
    case json::Type::Array:
        return "array";
    case json::Type::Object:
        return "object";
    }
    return {};
}

} // namespace segment
