// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

/// Edits of a schema that leave everything else where it stands.
namespace plan {

/// A member of an object; null when the value is no object or has none of that name.
[[nodiscard]] const Json *memberOf(const Json &value, std::string_view key);
[[nodiscard]] Json *memberOf(Json &value, std::string_view key);
/// A value's text; empty when it is none.
[[nodiscard]] QString stringOf(const Json &value);
/// Text of a member; empty when it is missing or no text.
[[nodiscard]] QString stringMember(const Json &value, std::string_view key);
/// A text as it is, anything else as JSON on one line.
[[nodiscard]] QString shownJson(const Json &value);

/// In its place, or behind all others when it is new.
void setMember(Json &object, std::string_view key, Json value);
/// The member is taken from under one key and stands under another, in its place; behind all others when it
/// is new. A member that had the new key is gone.
void replaceMember(Json &object, std::string_view key, std::string_view newKey, Json value);
void eraseMember(Json &object, std::string_view key);
/// Takes a text out of a list of texts; an empty list leaves its object.
void eraseFromList(Json &object, std::string_view key, std::string_view text);
/// Whether a list member holds a text.
[[nodiscard]] bool listHas(const Json &object, std::string_view key, std::string_view text);

/// A number of exactly these digits; nothing when no number of ours can hold them.
[[nodiscard]] std::optional<Json> numberFromDigits(std::string_view digits);
/// A captured value as JSON to be written; nothing when a number of it can't be held exactly, or it nests
/// deeper than a plan may.
[[nodiscard]] std::optional<Json> jsonFromValue(json::Value value);

/// What a JSON Pointer leads to ("" is the value itself); null when nothing.
[[nodiscard]] const Json *resolved(const Json &root, const json::Pointer &pointer);
[[nodiscard]] Json *resolved(Json &root, const json::Pointer &pointer);
/// Where a `$ref` leads inside its own schema; nothing for any other reference.
[[nodiscard]] std::optional<json::Pointer> pointerOfReference(const Json &schema);

/// Deeper schemas are refused: nobody writes them, and copying them takes a stack frame a level.
inline constexpr int maxSchemaDepth = 500;

} // namespace plan
