// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/sheet.h"

namespace plan {

/// A place of a rule's schema that says something of a value.
struct SchemaPlace
{
    json::Pointer at;      ///< into the rule's schema
    bool isShared = false; ///< reached through a `$ref`: others may be described there as well
};

/// All places that may say something of the value `at` (inside what the schema is over), those that surely do
/// first; branches of anyOf, oneOf and conditions last. At most 200.
[[nodiscard]] std::vector<SchemaPlace> placesFor(const Json &schema, const json::Pointer &at);
/// Whether what describes the value (or something around it) stands outside of the rule.
[[nodiscard]] bool isDescribedElsewhere(const Json &schema, const json::Pointer &at);

} // namespace plan
