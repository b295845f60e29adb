// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/sheet.h"

namespace plan {

// Schemas may nest or refer to themselves without end; nobody reads a sheet deeper than this.
inline constexpr int maxSheetDepth = 8;
inline constexpr std::size_t maxSheetRows = 5'000;

/// The step of a path into a list's items.
[[nodiscard]] bool isItems(const QString &step);

/// Where the schema of the event's properties (traits, of a common rule the event) stands in the rule's.
[[nodiscard]] json::Pointer holderOf(const RuleSource &rule);
/// The same, made where the rule says nothing of properties yet; an error when it says it in an odd way.
[[nodiscard]] base::Result<Json *> madeHolder(Json &schema, const RuleSource &rule);

/// A property's schema and what it stands in; both in the rule's schema.
struct Place
{
    Json *parent = nullptr; ///< has `properties` with it, or `items`
    Json *schema = nullptr;
};
/// Errors: there is none; or the way leads through a `$ref` or an odd shape, which are edited as JSON.
[[nodiscard]] base::Result<Place> placeOf(Json &schema, const RuleSource &rule, const PropertyPath &path);

/// A member's schema under a step of a path; null when there is none. Of a `$` the items, else the property.
[[nodiscard]] Json *stepInto(Json &schema, const QString &step);
/// Why the sheet can't edit what a schema says; empty when it can.
[[nodiscard]] QString oddity(const Json &schema);
/// "It is edited as JSON."
[[nodiscard]] base::Failure editedAsJson(const PropertyPath &path, const QString &why);

/// One row of a property's own schema.
[[nodiscard]] SheetRow rowOf(const Json &described, const Json &schema, PropertyPath path);

} // namespace plan
