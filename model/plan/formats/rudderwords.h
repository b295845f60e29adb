// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

#include <array>

namespace plan::formats {

inline constexpr const char *rudderIdKey = "x-rudder-id";
inline constexpr const char *rudderVariantsKey = "x-rudder-variants";
inline constexpr const char *rudderCustomTypeKey = "x-rudder-custom-type";
inline constexpr const char *rudderSectionKey = "identitySection"; ///< of RuleSource::extra
inline constexpr const char *rudderCategoryLabel = "category";

/// A demand of a property's `config`: its name in v1, in v0.1, and in JSON Schema.
struct RudderConfig
{
    const char *name;
    const char *legacyName;
    const char *keyword;
};
inline constexpr std::array rudderConfigs{
    RudderConfig{"enum", "enum", "enum"},
    RudderConfig{"format", "format", "format"},
    RudderConfig{"pattern", "pattern", "pattern"},
    RudderConfig{"min_length", "minLength", "minLength"},
    RudderConfig{"max_length", "maxLength", "maxLength"},
    RudderConfig{"minimum", "minimum", "minimum"},
    RudderConfig{"maximum", "maximum", "maximum"},
    RudderConfig{"exclusive_minimum", "exclusiveMinimum", "exclusiveMinimum"},
    RudderConfig{"exclusive_maximum", "exclusiveMaximum", "exclusiveMaximum"},
    RudderConfig{"multiple_of", "multipleOf", "multipleOf"},
    RudderConfig{"min_items", "minItems", "minItems"},
    RudderConfig{"max_items", "maxItems", "maxItems"},
    RudderConfig{"unique_items", "uniqueItems", "uniqueItems"},
};

/// The schema's `allOf` that variants mean; `propertySchema` answers the schemas of a case's properties.
using RudderProperties = std::function<void(const Json &listed, Json &objectSchema)>;
[[nodiscard]] Json rudderConditions(const Json &variants,
                                    const std::function<std::string(const Json &)> &nameOf,
                                    const RudderProperties &addProperties);

} // namespace plan::formats
