// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace plan {

/// A walk through the properties of a rule's schema as formats with one row for each property see them: names
/// from the event's properties (or traits) down; "$" is the items of a list.
struct TreeProperty
{
    QStringList path;
    const Json &schema;
    bool isRequired = false;
};

/// The schema of the event's properties (or traits) inside a rule's; null when there is none.
[[nodiscard]] const Json *propertiesSchema(const RuleSource &rule);
/// The same, made when it is missing.
[[nodiscard]] Json &madePropertiesSchema(RuleSource &rule);
/// "traits" for identify and group, else "properties".
[[nodiscard]] const char *propertiesKey(event::CallType type);

/// Every property, a parent before its children, in the schema's order. At most 5,000 properties and 8
/// levels.
void eachProperty(const RuleSource &rule, const std::function<void(const TreeProperty &)> &visit);

/// The schema of a property, its parents made as far as they are missing; "$" makes its parent a list.
[[nodiscard]] Json &madeProperty(RuleSource &rule, const QStringList &path);
/// Puts the last name of a path into its parent's `required`; nothing for items.
void require(RuleSource &rule, const QStringList &path);

/// "products.$.sku": names joined by dots, a dot in a name written as "\.".
[[nodiscard]] QString dotted(const QStringList &path);
[[nodiscard]] QStringList undotted(const QString &text);

/// The types of a schema's `type`, with "null" last; empty: any.
[[nodiscard]] QStringList typesOf(const Json &schema);
/// Sets `type`: one text, or a list when there are several; none takes it away.
void setTypes(Json &schema, const QStringList &types);
[[nodiscard]] QString textOf(const Json &value); ///< of a text its contents, else its JSON
[[nodiscard]] QString textMember(const Json &object, const char *key); ///< empty when missing or no text

/// A value typed as text, read as the property's types want it: "5" is a number where numbers are, "true" a
/// boolean.
[[nodiscard]] Json typedValue(const QString &text, const QStringList &types);
/// "a, b, \"c, d\"": values between commas; quotes keep commas and spaces.
[[nodiscard]] QStringList splitValues(const QString &text, QChar separator = u',');
[[nodiscard]] QString joinedValues(const QStringList &values);

} // namespace plan
