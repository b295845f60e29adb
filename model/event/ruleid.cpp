// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "event/ruleid.h"

#include <array>
#include <unordered_map>

namespace event {

namespace {

struct Row
{
    RuleId rule;
    std::string_view word;
    FindingKind kind;
    Severity severity;
};

using enum RuleId;
using enum FindingKind;
using enum Severity;

constexpr std::array rows{
    Row{Unknown, "unknown", Protocol, Info},
    Row{PlanRequired, "plan/required", Violation, Error},
    Row{PlanType, "plan/type", Violation, Error},
    Row{PlanEnum, "plan/enum", Violation, Error},
    Row{PlanConst, "plan/const", Violation, Error},
    Row{PlanPattern, "plan/pattern", Violation, Error},
    Row{PlanPatternLimit, "plan/pattern-limit", Violation, Error},
    Row{PlanFormat, "plan/format", Violation, Error},
    Row{PlanRange, "plan/range", Violation, Error},
    Row{PlanMultipleOf, "plan/multiple-of", Violation, Error},
    Row{PlanLength, "plan/length", Violation, Error},
    Row{PlanItems, "plan/items", Violation, Error},
    Row{PlanUnique, "plan/unique", Violation, Error},
    Row{PlanContains, "plan/contains", Violation, Error},
    Row{PlanProperties, "plan/properties", Violation, Error},
    Row{PlanUnplannedProperty, "plan/unplanned-property", Violation, Error},
    Row{PlanPropertyName, "plan/property-name", Violation, Error},
    Row{PlanDependency, "plan/dependency", Violation, Error},
    Row{PlanNot, "plan/not", Violation, Error},
    Row{PlanAnyOf, "plan/any-of", Violation, Error},
    Row{PlanOneOf, "plan/one-of", Violation, Error},
    Row{PlanFalse, "plan/false", Violation, Error},
    Row{PlanUnplannedEvent, "plan/unplanned-event", Violation, Warning},
    Row{PlanUnplannedSource, "plan/unplanned-source", Violation, Warning},
    Row{PlanDepth, "plan/depth", Violation, Error},
    Row{NameCasing, "name/casing", Lint, Warning},
    Row{NameObjectAction, "name/object-action", Lint, Warning},
    Row{NameTense, "name/tense", Lint, Warning},
    Row{NamePrefix, "name/prefix", Lint, Warning},
    Row{NamePropertyCasing, "name/property-casing", Lint, Warning},
    Row{NameWhitespace, "name/whitespace", Lint, Warning},
    Row{NameTooLong, "name/too-long", Lint, Warning},
    Row{NameDynamic, "name/dynamic", Lint, Warning},
    Row{ProtocolNotJson, "protocol/not-json", Protocol, Error},
    Row{ProtocolBigInteger, "protocol/big-integer", Protocol, Warning},
    Row{ProtocolLoneSurrogate, "protocol/lone-surrogate", Protocol, Warning},
    Row{ProtocolDuplicateKey, "protocol/duplicate-key", Protocol, Warning},
    Row{ProtocolByteOrderMark, "protocol/byte-order-mark", Protocol, Info},
    Row{ProtocolDeepNesting, "protocol/deep-nesting", Protocol, Warning},
    Row{ProtocolEventTooLarge, "protocol/event-too-large", Protocol, Error},
    Row{ProtocolBatchTooLarge, "protocol/batch-too-large", Protocol, Error},
    Row{ProtocolBatchTooMany, "protocol/batch-too-many", Protocol, Error},
    Row{ProtocolNoIdentity, "protocol/no-identity", Protocol, Error},
    Row{ProtocolIdentityType, "protocol/identity-type", Protocol, Warning},
    Row{ProtocolEmptyIdentity, "protocol/empty-identity", Protocol, Warning},
    Row{ProtocolNoEventName, "protocol/no-event-name", Protocol, Error},
    Row{ProtocolNoGroupId, "protocol/no-group-id", Protocol, Error},
    Row{ProtocolAliasIncomplete, "protocol/alias-incomplete", Protocol, Error},
    Row{ProtocolTypeMismatch, "protocol/type-mismatch", Protocol, Warning},
    Row{ProtocolUnknownType, "protocol/unknown-type", Protocol, Error},
    Row{ProtocolNotObject, "protocol/not-object", Protocol, Error},
    Row{ProtocolEmptyArray, "protocol/empty-array", Protocol, Info},
    Row{ProtocolMessageIdLong, "protocol/message-id-long", Protocol, Warning},
    Row{ProtocolDuplicateMessage, "protocol/duplicate-message", Protocol, Warning},
    Row{ProtocolTimestamp, "protocol/timestamp", Protocol, Warning},
    Row{ProtocolClockSkew, "protocol/clock-skew", Protocol, Info},
    Row{ProtocolWriteKeyMismatch, "protocol/write-key-mismatch", Protocol, Warning},
    Row{ProtocolNoWriteKey, "protocol/no-write-key", Protocol, Warning},
    Row{ProtocolWriteKeyShort, "protocol/write-key-short", Protocol, Warning},
    Row{ProtocolIntegrationsAll, "protocol/integrations-all", Protocol, Warning},
    Row{ProtocolTooManyProperties, "protocol/too-many-properties", Protocol, Warning},
    Row{ProtocolNoMessageId, "protocol/no-message-id", Protocol, Info},
    Row{ProtocolRepeatedCall, "protocol/repeated-call", Protocol, Warning},
    Row{ProtocolWrongField, "protocol/wrong-field", Protocol, Info},
    Row{ProtocolNoSentAt, "protocol/no-sent-at", Protocol, Info},
    Row{ProtocolSentBeforeTimestamp, "protocol/sent-before-timestamp", Protocol, Warning},
    Row{ProtocolReservedType, "protocol/reserved-type", Protocol, Warning},
    Row{ProtocolBurst, "protocol/burst", Protocol, Warning},
    Row{ProtocolLate, "protocol/late", Protocol, Info},
    Row{ProtocolMixedVersions, "protocol/mixed-versions", Protocol, Info},
    Row{ProtocolContextMissing, "protocol/context-missing", Protocol, Info},
    Row{ProtocolDevelopmentKey, "protocol/development-key", Protocol, Warning},
    Row{ProtocolRetry, "protocol/retry", Protocol, Info},
    Row{ProtocolRepeatedRequest, "protocol/repeated-request", Protocol, Warning},
    Row{PrivacyEmailAnonymous, "privacy/email-anonymous", Privacy, Warning},
};

const Row &rowOf(RuleId rule)
{
    const auto index = static_cast<std::size_t>(rule);
    return index < rows.size() ? rows[index] : rows.front();
}

constexpr bool rowsFollowTheEnum()
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (static_cast<std::size_t>(rows[i].rule) != i) {
            return false;
        }
    }
    return true;
}
static_assert(rowsFollowTheEnum());

} // namespace

std::string_view word(RuleId rule)
{
    return rowOf(rule).word;
}
FindingKind kindOf(RuleId rule)
{
    return rowOf(rule).kind;
}
Severity defaultSeverity(RuleId rule)
{
    return rowOf(rule).severity;
}
std::uint16_t ruleCount()
{
    return static_cast<std::uint16_t>(rows.size());
}

RuleId ruleFromWord(std::string_view word)
{
    static const auto byWord = [] {
        std::unordered_map<std::string_view, RuleId> map;
        for (const Row &row : rows) {
            map.emplace(row.word, row.rule);
        }
        return map;
    }();
    const auto found = byWord.find(word);
    return found == byWord.end() ? Unknown : found->second;
}

} // namespace event
