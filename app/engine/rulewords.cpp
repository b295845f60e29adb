// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/rulewords.h"

#include <QCoreApplication>

namespace engine {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RuleWords", text);
}

} // namespace

QString ruleSummary(event::RuleId rule)
{
    using enum event::RuleId;
    switch (rule) {
    case ProtocolNotJson:
        return tr("JSON that strict parsers refuse (NaN, Infinity)");
    case ProtocolBigInteger:
        return tr("Numbers too large to be read exactly");
    case ProtocolLoneSurrogate:
        return tr("Text with half of a character");
    case ProtocolDuplicateKey:
        return tr("The same key twice in one object");
    case ProtocolByteOrderMark:
        return tr("A byte order mark before the JSON");
    case ProtocolDeepNesting:
        return tr("Very deep nesting");
    case ProtocolEventTooLarge:
        return tr("An event over Segment's size");
    case ProtocolBatchTooLarge:
        return tr("A batch over Segment's size");
    case ProtocolBatchTooMany:
        return tr("A batch with more events than Segment takes");
    case ProtocolNoIdentity:
        return tr("Neither userId nor anonymousId");
    case ProtocolIdentityType:
        return tr("An id that is no text");
    case ProtocolEmptyIdentity:
        return tr("An id that is empty");
    case ProtocolNoEventName:
        return tr("A track call without event");
    case ProtocolNoGroupId:
        return tr("A group call without groupId");
    case ProtocolAliasIncomplete:
        return tr("An alias call that lacks one of its ids");
    case ProtocolTypeMismatch:
        return tr("A type that is not the path's");
    case ProtocolUnknownType:
        return tr("A type that Segment does not know");
    case ProtocolNotObject:
        return tr("Properties, traits or context that are no object");
    case ProtocolEmptyArray:
        return tr("[] where an object belongs");
    case ProtocolMessageIdLong:
        return tr("A messageId that is too long");
    case ProtocolDuplicateMessage:
        return tr("A messageId that came before");
    case ProtocolTimestamp:
        return tr("A time that can't be read");
    case ProtocolClockSkew:
        return tr("The device's clock differs from this machine's");
    case ProtocolWriteKeyMismatch:
        return tr("Two write keys that disagree");
    case ProtocolNoWriteKey:
        return tr("No write key");
    case ProtocolWriteKeyShort:
        return tr("A write key that is too short to be one");
    case ProtocolIntegrationsAll:
        return tr("\"All\" written another way in integrations");
    case ProtocolTooManyProperties:
        return tr("More properties than Segment takes");
    case ProtocolNoMessageId:
        return tr("No messageId");
    case ProtocolRepeatedCall:
        return tr("The same call twice within a moment");
    case ProtocolWrongField:
        return tr("A field that does not belong to the call");
    case ProtocolNoSentAt:
        return tr("No sentAt, so that the time can't be corrected");
    case ProtocolSentBeforeTimestamp:
        return tr("sentAt before the event's own time");
    case ProtocolReservedType:
        return tr("A reserved trait, property or context field of another type");
    case ProtocolBurst:
        return tr("A burst or loop of one call");
    case ProtocolLate:
        return tr("An event that came long after it happened");
    case ProtocolMixedVersions:
        return tr("Versions of a library mixed");
    case ProtocolContextMissing:
        return tr("Automatic context that this library always sends is missing");
    case ProtocolDevelopmentKey:
        return tr("A development write key in a production app");
    case ProtocolRetry:
        return tr("A call that was sent again");
    case ProtocolRepeatedRequest:
        return tr("A refused request that came again");
    default:
        break;
    }
    const std::string_view word = event::word(rule);
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

} // namespace engine
