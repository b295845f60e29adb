// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

/// What comparing and merging ask of schemas.
namespace plan {

/// Equal as JSON Schema has it: the order of members is nothing, 1 is 1.0.
[[nodiscard]] bool isSame(const Json &one, const Json &other);
/// The same for a keyword's values: of `type`, `enum` and `required` the order is nothing either.
[[nodiscard]] bool isSameKeyword(std::string_view keyword, const Json &one, const Json &other);

/// Bits for the kinds of values that a schema's `type` lets in; whole numbers and fractions are two.
using TypeMask = std::uint8_t;
inline constexpr TypeMask objectType = 1U << 5U;
inline constexpr TypeMask arrayType = 1U << 6U;
[[nodiscard]] TypeMask typeMask(const Json &schema);
/// Names in `type`, as they stand there; empty: any.
[[nodiscard]] QStringList typeNames(const Json &schema);
/// "integer or null"; "any".
[[nodiscard]] QString shownTypeNames(const QStringList &names);

/// Keywords that are for people or other tools, and demand nothing: `description`, `labels`, `x-...`.
[[nodiscard]] bool isWording(std::string_view keyword);
/// Texts of a list; what is no text is left out.
[[nodiscard]] std::vector<std::string_view> texts(const Json *list);

/// The rule's schema as one over the whole event, whatever its scope.
[[nodiscard]] Json eventSchema(const RuleSource &rule);
/// The rule's schema as one for `scope`; what it says of the event around its properties is lost when that is
/// not the whole event.
[[nodiscard]] Json schemaForScope(const RuleSource &rule, Scope scope);

/// The plan's rules with the shared definitions that they refer to as their own, but for those that another
/// plan has as well in its own (`there`), so that they can go into it.
[[nodiscard]] std::vector<RulePointer> selfContained(const Document &document, const Json &there);

} // namespace plan
