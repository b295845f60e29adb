// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

/// What the JSON formats share: rules as objects, and how to write them back as they were.
namespace plan::formats {

/// Member of RuleSource::extra (and Document::extra) for what we noted when reading: the order of members,
/// and what was moved where. Never written.
inline constexpr const char *notesKey = "#";
inline constexpr const char *orderNote = "order";        ///< of the rule's members
inline constexpr const char *liftedNote = "description"; ///< stood beside the schema
inline constexpr const char *typeNote = "type";          ///< as the file spells it
/// A rule's sources, in its schema.
inline constexpr const char *sourcesKey = "x-sources";

[[nodiscard]] Json *notesOf(RuleSource &rule); ///< made when missing
/// A note; null when there is none.
[[nodiscard]] const Json *noteOf(const RuleSource &rule, std::string_view key);

/// Page, screen and track rules have a name; the others one rule for all events of the type.
[[nodiscard]] bool isNamed(event::CallType type);
/// "TRACK", "COMMON", ...
[[nodiscard]] std::string ruleTypeWord(event::CallType type);
[[nodiscard]] std::optional<event::CallType> ruleTypeFromWord(const QString &word); ///< COMMON: None

/// What of an event a schema is written for, as plan.h has it.
[[nodiscard]] Scope scopeOf(const Json &schema, event::CallType type);

/// The member is taken out of the object; `notes` keep where it stood, so that restored() puts it back there.
[[nodiscard]] std::optional<Json> takenOut(Json &object, const char *key, Json &notes);
void restore(Json &object, const char *key, Json value, const Json *notes);

/// Moves the rule's sources out of its schema, and back.
void takeSources(RuleSource &rule);
void putSources(Json &schema, const RuleSource &rule);

/// A description that stands beside the schema goes into it, unless it has its own.
void liftDescription(RuleSource &rule, const QString &description);
/// The description for beside the schema, which loses it when it came from there.
[[nodiscard]] QString droppedDescription(Json &schema, const RuleSource &rule);

/// An object with these members in the order noted for the rule; members without a note follow.
void noteOrder(RuleSource &rule, const Json &source, const Json &written);
[[nodiscard]] Json ordered(const Json &members, const RuleSource &rule);

/// The schema over the whole event, whatever the rule's scope; references are kept in step.
[[nodiscard]] Json wholeEventSchema(const RuleSource &rule);
/// The schema over the event's properties (or traits) alone.
[[nodiscard]] Json propertiesAlone(const RuleSource &rule);

/// A rule of the Public API: type, key, version, jsonSchema. The error is a sentence.
[[nodiscard]] tl::expected<RuleSource, QString> readRule(const Json &object);
[[nodiscard]] Json ruleObject(const RuleSource &rule, Json schema);

} // namespace plan::formats
