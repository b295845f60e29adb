// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

#include <functional>

namespace plan {

/// Every `$ref`, `$dynamicRef` and `$recursiveRef` of a schema, and what else looks like one.
void eachReference(Json &schema, const std::function<void(std::string &)> &visit);
void eachReference(const Json &schema, const std::function<void(const std::string &)> &visit);

/// Where a reference within its own document leads ("#/definitions/price"); nothing for other documents and
/// for plain names.
[[nodiscard]] std::optional<json::Pointer> localPointer(const std::string &reference);

/// Members of Document::shared that are schemas with an `$id`, by the name of their file: what the schemas of
/// a folder refer to beside each other.
inline constexpr const char *sharedFilesKey = "x-files";

/// What of the file's root the rules' references need and do not find in their own schemas, at its place.
[[nodiscard]] Json sharedOf(const Json &root, const std::vector<RuleSource> &rules);
/// The same where the root is in parts: what a pointer leads to; null when nothing.
using Resolver = std::function<const Json *(const json::Pointer &)>;
[[nodiscard]] Json sharedOf(const Resolver &root, const std::vector<RuleSource> &rules);
/// Puts shared members into an object that stands for a file's root.
void putShared(Json &root, const Json &shared);

} // namespace plan
