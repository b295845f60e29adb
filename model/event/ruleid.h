// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/kinds.h"

namespace event {

/// Every check there is. The word ("plan/required") is what the filter's `rule:`, the exports and the
/// store use; it never changes once released. The order may.
/// Arguments of a finding, by rule, are listed behind it; the wording table reads them.
enum class RuleId : std::uint16_t {
    Unknown, ///< a finding of a newer Trackside: shown with its word only

    // Tracking plan (kind violation; unplanned event: status unplanned). Behind its own arguments a finding
    // may have those of PlanArgument. Findings of older stores have fewer.
    PlanRequired, ///< property, nearest property that was sent or ""
    PlanType,     ///< expected types ("integer or null"), actual type, actual text; the values of `enum`
                  ///< or `const` and their number, as PlanEnum has them

    PlanEnum,         ///< first allowed values (JSON, ", " between), actual text, nearest allowed or "",
                      ///< actual type, number of allowed values
    PlanConst,        ///< expected text, actual text, expected type, actual type
    PlanPattern,      ///< pattern, actual text
    PlanPatternLimit, ///< pattern: it ran away, so there is no verdict
    PlanFormat,       ///< format, actual text
    PlanRange,      ///< relation (">=", ">", "<=", "<"), limit, actual text; the other end's relation, limit
    PlanMultipleOf, ///< factor, actual text
    PlanLength,     ///< "at least"/"at most", limit, actual length, the other limit or "", actual text
    PlanItems,      ///< "at least"/"at most", limit, actual count, the other limit or ""
    PlanUnique,     ///< first index, second index, the item
    PlanContains,   ///< clauses that items should fulfil, or ""; "at least"/"at most", limit, actual
                    ///< count: when it is not one that is missing
    PlanProperties, ///< "at least"/"at most", limit, actual count, the other limit or ""
    PlanUnplannedProperty, ///< property, nearest planned property or "", "sent" when that was sent as well
    PlanPropertyName,      ///< property; rule it breaks, that rule's arguments (in parts)
    PlanDependency,        ///< property present, property it needs
    PlanNot,               ///< clauses that are ruled out, or ""
    PlanAnyOf,             ///< number of branches, "0", then what PlanOneOf has
    PlanOneOf,             ///< number of branches, number that matched; titles of those in question or "";
                           ///< the properties they ask for or "" (a branch's in parts);
                           ///< what each expects or "" (in parts: rule, arguments)
    PlanFalse,             ///< (none): the schema allows nothing here
    PlanUnplannedEvent,    ///< event, nearest planned event or ""
    PlanUnplannedSource,   ///< event (its type when it has no name), source, planned sources (", " between)
    PlanDepth,             ///< (none): nested too deep to check

    // Naming conventions (kind lint)
    NameCasing,         ///< name, expected casing, proposal
    NameObjectAction,   ///< name, proposal or ""
    NameTense,          ///< name, the action's word, proposal or ""
    NamePrefix,         ///< name, allowed prefixes
    NamePropertyCasing, ///< property, expected casing, proposal
    NameWhitespace,     ///< name
    NameTooLong,        ///< name, limit
    NameDynamic,        ///< name, the part that looks like a value

    // Segment's protocol (kind protocol)
    ProtocolNotJson,           ///< what, line, column: kept, Segment would refuse the whole request
    ProtocolBigInteger,        ///< digits
    ProtocolLoneSurrogate,     ///< (none)
    ProtocolDuplicateKey,      ///< key
    ProtocolByteOrderMark,     ///< (none)
    ProtocolDeepNesting,       ///< levels
    ProtocolEventTooLarge,     ///< bytes
    ProtocolBatchTooLarge,     ///< bytes
    ProtocolBatchTooMany,      ///< events
    ProtocolNoIdentity,        ///< (none)
    ProtocolIdentityType,      ///< field, actual type
    ProtocolEmptyIdentity,     ///< field
    ProtocolNoEventName,       ///< (none)
    ProtocolNoGroupId,         ///< (none)
    ProtocolAliasIncomplete,   ///< missing field
    ProtocolTypeMismatch,      ///< type in the body, type of the path
    ProtocolUnknownType,       ///< type
    ProtocolNotObject,         ///< field, actual type
    ProtocolEmptyArray,        ///< field: [] where an object belongs
    ProtocolMessageIdLong,     ///< length
    ProtocolDuplicateMessage,  ///< messageId
    ProtocolTimestamp,         ///< field, text
    ProtocolClockSkew,         ///< seconds, the timestamp as Segment corrects it or ""
    ProtocolWriteKeyMismatch,  ///< (none): header and body disagree
    ProtocolNoWriteKey,        ///< (none)
    ProtocolWriteKeyShort,     ///< (none)
    ProtocolIntegrationsAll,   ///< the key as sent ("all")
    ProtocolTooManyProperties, ///< count

    // SDK and protocol health: accepted by Segment, and yet not what its app meant (kind protocol)
    ProtocolNoMessageId,         ///< (none)
    ProtocolRepeatedCall,        ///< milliseconds since the call before it
    ProtocolWrongField,          ///< field, call type, where it belongs or ""
    ProtocolNoSentAt,            ///< (none): there is a timestamp that can't be corrected
    ProtocolSentBeforeTimestamp, ///< seconds
    ProtocolReservedType,        ///< expected ("string", "date", "currency", ..), actual type, actual text
    ProtocolBurst,               ///< calls so far, seconds
    ProtocolLate,                ///< seconds, the timestamp as Segment corrects it
    ProtocolMixedVersions,       ///< library with this version, the one seen before
    ProtocolContextMissing,      ///< fields (", " between), library
    ProtocolDevelopmentKey,      ///< masked key, app or host
    ProtocolRetry,               ///< which attempt it is (2: the first retry)
    ProtocolRepeatedRequest, ///< attempts: a refused request that came again byte for byte, one row for all

    // Privacy and identity: the redaction step stands in the pipeline, its rules come with the privacy
    // engine.
    PrivacyEmailAnonymous, ///< property
};

/// Arguments that any finding of the tracking plan may have behind its own, by index.
enum PlanArgument : std::uint8_t {
    FormArgument = 6,      ///< title of the anyOf or oneOf branch that was taken as meant, or ""
    FormCountArgument = 7, ///< number of branches it was the nearest of, or ""
    ConditionArgument = 8, ///< clauses under which the rule holds (`if`, `dependencies`, a branch), or ""
    RequiredArgument = 9,  ///< "required" when the value is null or empty and can't be left out
};
/// A clause is a place (JSON pointer), a relation ("is", "isNot", "oneOf", "notOneOf", "sent", "notSent",
/// "type", "notType", "matches", "notMatches", "holds", "holdsNot", ">=", ">", "<=", "<", "unknown") and its
/// values, in parts; lists of clauses and of other things are separated by the second of these.
inline constexpr char16_t partSeparator = u'\x1f';
inline constexpr char16_t listSeparator = u'\x1e';

/// "plan/required"; "unknown" for Unknown.
[[nodiscard]] std::string_view word(RuleId rule);
[[nodiscard]] RuleId ruleFromWord(std::string_view word);
[[nodiscard]] FindingKind kindOf(RuleId rule);
/// What the rule counts as until the conventions say otherwise.
[[nodiscard]] Severity defaultSeverity(RuleId rule);
/// Number of rules, Unknown included: RuleIds run from 0 to it.
[[nodiscard]] std::uint16_t ruleCount();

} // namespace event
