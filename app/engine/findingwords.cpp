// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/findingwords.h"

#include "app/engine/formatwords.h"
#include "app/engine/planwords.h"
#include "app/engine/valuewords.h"

#include <algorithm>
#include <array>

#include <QDateTime>
#include <QLocale>

namespace engine {

namespace {

using namespace Qt::StringLiterals;
using event::Finding;
using event::FindingText;
using enum event::RuleId;

/// Sentences of a rule before its arguments are filled in: %0 is the place ("`products[0].sku`", "The
/// event"), %1 to %3 are the finding's arguments as `shownArgs` prepares them.
struct Sentences
{
    const char *message;
    const char *fix;
    const char *expected = "";
    const char *actual = "";
};

struct Row
{
    event::RuleId rule;
    Sentences sentences;
    int optionalArg = 0; ///< the argument that may be empty (from 1), and then `without` is said
    Sentences without = {"", ""};
};

constexpr qsizetype shownCharacters = 80;

// Marks a text for lupdate; it is translated when it is shown.
#define WORDS(text) QT_TRANSLATE_NOOP("Findings", text)

const std::array rows{
    Row{Unknown,
        {WORDS("A check that this version of Trackside does not know found something here."),
         WORDS("Open the capture with the newer Trackside that wrote it.")}},

    Row{PlanPatternLimit,
        {WORDS("%0 could not be checked: its pattern in the plan took too long on this text."),
         WORDS("Write the pattern %1 in the plan without nested repeats."), WORDS("%1")}},
    Row{PlanUnplannedSource,
        {WORDS("`%1` came from %2, but it is planned for %3 only."),
         WORDS("Stop sending it from %2, or add %2 to the event's sources in the plan."), WORDS("%3"),
         WORDS("%2")}},
    Row{PlanDepth,
        {WORDS("%0 is nested too deep to be checked against the plan."),
         WORDS("Send a flatter structure; most destinations cut deep ones.")}},

    Row{NameCasing,
        {WORDS("`%1` should be written in %2."), WORDS("Rename it to `%3`."), WORDS("`%3`"), WORDS("`%1`")},
        3,
        {WORDS("`%1` should be written in %2."), WORDS("Rename it in %2."), WORDS("%2"), WORDS("`%1`")}},
    Row{NameObjectAction,
        {WORDS("`%1` should name the object first and then what happened to it."),
         WORDS("Rename it to `%2`."), WORDS("`%2`"), WORDS("`%1`")},
        2,
        {WORDS("`%1` should name an object and what happened to it."),
         WORDS("Name the object first, then the action, as in `Order Completed`."), "", WORDS("`%1`")}},
    Row{NameTense,
        {WORDS("`%1` should say in the past tense what happened; `%2` does not."),
         WORDS("Rename it to `%3`."), WORDS("`%3`"), WORDS("`%1`")},
        3,
        {WORDS("`%1` should say in the past tense what happened; `%2` does not."),
         WORDS("Put the action in the past tense, as in `Order Completed`."), "", WORDS("`%1`")}},
    Row{NamePrefix,
        {WORDS("`%1` does not begin with a prefix of its domain."),
         WORDS("Begin the name with one of these: %2."), WORDS("%2"), WORDS("`%1`")}},
    Row{NamePropertyCasing,
        {WORDS("The property `%1` should be written in %2."), WORDS("Rename it to `%3`."), WORDS("`%3`"),
         WORDS("`%1`")},
        3,
        {WORDS("The property `%1` should be written in %2."), WORDS("Rename it in %2."), WORDS("%2"),
         WORDS("`%1`")}},
    Row{NameWhitespace,
        {WORDS("The name `%1` has spaces at an end, several in a row, or other white space, so it is not the "
               "same as its neat twin."),
         WORDS("Write the name with single spaces, and none at its ends."), "", WORDS("`%1`")}},
    Row{NameTooLong,
        {WORDS("The name `%1` is longer than %2 characters; destinations may cut it."),
         WORDS("Shorten the name, and send the details as properties."), WORDS("at most %2 characters")}},
    Row{NameDynamic,
        {WORDS("The name `%1` holds a value (`%2`), so each value makes an event of its own."),
         WORDS("Leave the value out of the name, and send it as a property."), "", WORDS("`%2`")}},

    Row{ProtocolNotJson,
        {WORDS("The body is not valid JSON (%1, line %2, column %3): Segment would answer 400 and refuse the "
               "whole request."),
         WORDS("Write the body with a JSON library, and send null where a number has no value."),
         WORDS("valid JSON"), WORDS("%1")}},
    Row{ProtocolBigInteger,
        {WORDS("%0 is the number %1, which JavaScript and many destinations cannot keep exactly."),
         WORDS("Send such a number as text, in quotes."), "", WORDS("%1")}},
    Row{ProtocolLoneSurrogate,
        {WORDS("%0 holds half of a character (a lone surrogate), which destinations replace or refuse."),
         WORDS("Cut texts between characters, not inside an emoji.")}},
    Row{ProtocolDuplicateKey,
        {WORDS("The key `%1` stands twice in the same object: Segment keeps the last one only."),
         WORDS("Send each key once.")}},
    Row{ProtocolByteOrderMark,
        {WORDS("The body begins with a byte order mark, which JSON does not have."),
         WORDS("Send UTF-8 without a byte order mark.")}},
    Row{ProtocolDeepNesting,
        {WORDS("The event is nested %1 levels deep; destinations cut or refuse such structures."),
         WORDS("Send a flatter structure."), "", WORDS("%1 levels")}},
    Row{ProtocolEventTooLarge,
        {WORDS("The event has %1 bytes: Segment answers 400 to events over 32 KB."),
         WORDS("Send fewer or shorter properties."), WORDS("at most 32 KB"), WORDS("%1 bytes")}},
    Row{ProtocolBatchTooLarge,
        {WORDS("The batch has %1 bytes: Segment answers 400 to batches over 500 KB."),
         WORDS("Flush more often, or send smaller events."), WORDS("at most 500 KB"), WORDS("%1 bytes")}},
    Row{ProtocolBatchTooMany,
        {WORDS("The batch holds %1 events: over 2,500 Segment answers 200 and drops them all silently."),
         WORDS("Flush more often: at most 2,500 events in a batch."), WORDS("at most 2,500 events"),
         WORDS("%1 events")}},
    Row{ProtocolNoIdentity,
        {WORDS("The event has neither a `userId` nor an `anonymousId`: Segment does not accept it."),
         WORDS("Send `userId` for known people, and `anonymousId` for all others."),
         WORDS("`userId` or `anonymousId`"), WORDS("neither")}},
    Row{ProtocolIdentityType,
        {WORDS("`%1` should be text, but the app sent %2: Segment may drop it or turn it into text."),
         WORDS("Send the id as text, in quotes."), WORDS("text"), WORDS("%2")}},
    Row{ProtocolEmptyIdentity,
        {WORDS("`%1` is empty, so it names nobody: for Segment such people are all the same person."),
         WORDS("Leave `%1` out while the person is not known."), WORDS("an id"), WORDS("empty")}},
    Row{ProtocolNoEventName,
        {WORDS("This track call has no `event` name: Segment does not accept it."),
         WORDS("Name the event in the call, as in track(\"Order Completed\")."), WORDS("`event`"),
         WORDS("missing")}},
    Row{ProtocolNoGroupId,
        {WORDS("This group call has no `groupId`: Segment does not accept it."),
         WORDS("Name the group in the call."), WORDS("`groupId`"), WORDS("missing")}},
    Row{ProtocolAliasIncomplete,
        {WORDS("This alias call has no `%1`, so Segment cannot join the two identities."),
         WORDS("Send both `previousId` and `userId`."), WORDS("`%1`"), WORDS("missing")}},
    Row{ProtocolTypeMismatch,
        {WORDS("The body says `%1`, but it was sent to the path of `%2` calls; the path counts."),
         WORDS("Send the call to the path of its type, or leave `type` out."), WORDS("`%2`"), WORDS("`%1`")}},
    Row{ProtocolUnknownType,
        {WORDS("`%1` is not a call type of Segment: the event is dropped."),
         WORDS("Use track, identify, page, screen, group or alias."),
         WORDS("track, identify, page, screen, group or alias"), WORDS("`%1`")},
        1,
        {WORDS("The event has no `type`, so Segment cannot tell which call it is, and drops it."),
         WORDS("Send `type`: track, identify, page, screen, group or alias."),
         WORDS("track, identify, page, screen, group or alias"), WORDS("missing")}},
    Row{ProtocolNotObject,
        {WORDS("`%1` should be an object, but the app sent %2: Segment cannot read it."),
         WORDS("Send `%1` as an object of names and values, or leave it out."), WORDS("an object"),
         WORDS("%2")}},
    Row{ProtocolEmptyArray,
        {WORDS("`%1` is an empty list where an object belongs; it is read as an empty object."),
         WORDS("Send {} instead; PHP writes it for `(object) []`."), WORDS("an object"),
         WORDS("an empty list")}},
    Row{ProtocolMessageIdLong,
        {WORDS("The `messageId` has %1 characters: Segment allows at most 100."),
         WORDS("Use a UUID as the `messageId`, or leave it to the SDK."), WORDS("at most 100 characters"),
         WORDS("%1 characters")}},
    Row{ProtocolDuplicateMessage,
        {WORDS("The `messageId` %1 came before: Segment keeps the first one of a day and drops this one."),
         WORDS("If it is no retry of the SDK, give each event its own `messageId`."),
         WORDS("a new `messageId`"), WORDS("%1")}},
    Row{ProtocolTimestamp,
        {WORDS("`%1` is %2, which is not a time that Segment understands."),
         WORDS("Send times in ISO 8601 with a time zone, as in 2026-11-24T10:30:00.000Z."),
         WORDS("an ISO 8601 time"), WORDS("%2")}},
    Row{ProtocolClockSkew,
        {WORDS("The sender's clock is %1 seconds away from ours, or the event waited that long; Segment "
               "corrects its `timestamp` to %2."),
         WORDS("Check the clock of the device; after a time offline this is only the delay."), "",
         WORDS("%1 seconds")},
        2,
        {WORDS("The sender's clock is %1 seconds away from ours, or the event waited that long; Segment "
               "shifts its `timestamp` by it."),
         WORDS("Check the clock of the device; after a time offline this is only the delay."), "",
         WORDS("%1 seconds")}},
    Row{ProtocolWriteKeyMismatch,
        {WORDS("The write key in the body is another one than in the Authorization header."),
         WORDS("Use one write key for the whole request.")}},
    Row{ProtocolNoWriteKey,
        {WORDS("The request carries no write key: Segment cannot tell its source, and refuses it."),
         WORDS("Give the SDK its write key; a browser takes it from the settings reply."),
         WORDS("a write key"), WORDS("none")}},
    Row{ProtocolWriteKeyShort,
        {WORDS("The write key is too short to be one: Segment answers 400."),
         WORDS("Copy the whole write key from the source's settings.")}},
    Row{ProtocolIntegrationsAll,
        {WORDS("`integrations` holds `%1`, but Segment knows only `All`, so it has no effect."),
         WORDS("Write the key as `All`."), WORDS("`All`"), WORDS("`%1`")}},
    Row{ProtocolTooManyProperties,
        {WORDS("The event has %1 properties: Segment takes at most 10,000."),
         WORDS("Send lists as lists, not as one property for each item."), WORDS("at most 10,000"),
         WORDS("%1")}},

    Row{ProtocolNoMessageId,
        {WORDS("The event has no `messageId`, so Segment cannot tell a second delivery of it from a new "
               "event."),
         WORDS("Send a UUID as `messageId`, the same one at each attempt; SDKs do so by themselves."),
         WORDS("`messageId`"), WORDS("missing")}},
    Row{ProtocolRepeatedCall,
        {WORDS("The same call came %1 ms before, with the same values and another `messageId`: it counts "
               "twice."),
         WORDS("Look for a handler that runs twice, as one bound at each render."), WORDS("one call"),
         WORDS("two within %1 ms")}},
    Row{ProtocolWrongField,
        {WORDS("A call of type %2 has no field `%1`: Segment passes it by."), WORDS("Send it as `%3`."),
         WORDS("`%3`"), WORDS("`%1`")},
        3,
        {WORDS("A call of type %2 has no field `%1`: Segment passes it by."),
         WORDS("Leave `%1` out of such calls."), "", WORDS("`%1`")}},
    Row{ProtocolNoSentAt,
        {WORDS("The event has a `timestamp` but no `sentAt`, so Segment cannot correct a device's wrong "
               "clock."),
         WORDS("Send `sentAt` with the request: the time by the same clock when it is sent."),
         WORDS("`sentAt`"), WORDS("missing")}},
    Row{ProtocolSentBeforeTimestamp,
        {WORDS("`sentAt` is %1 seconds before the event's `timestamp`: it was sent before it happened."),
         WORDS("Take both from the same clock, in UTC, and do not set a `timestamp` that is still to come."),
         "", WORDS("%1 seconds before")}},
    Row{ProtocolReservedType,
        {WORDS("%0 has a fixed meaning for Segment and should be %1, but the app sent %2."),
         WORDS("Send %1, or give the value another name."), WORDS("%1"), WORDS("%2")}},
    Row{ProtocolBurst,
        {WORDS("This call came %1 times within %2 seconds from the same person: that looks like a loop."),
         WORDS(
             "Look for a call in a loop, in a timer or at each render; send often repeated ones less often."),
         "", WORDS("%1 calls")}},
    Row{ProtocolLate,
        {WORDS("The event was sent %1 seconds after it happened; Segment files it under %2."),
         WORDS("After a time offline this is expected; else flush earlier."), "", WORDS("%1 seconds")}},
    Row{ProtocolMixedVersions,
        {WORDS("This source sends with %1, and with version %2 on the same day."),
         WORDS("Update all builds of the app to one version of the library."), WORDS("one version"),
         WORDS("%1")}},
    Row{ProtocolContextMissing,
        {WORDS("The context lacks %1, which %2 always sends by itself."),
         WORDS("Look for a plugin or middleware that removes it, or for a context that the app replaces."),
         WORDS("%1"), WORDS("missing")}},
    Row{ProtocolDevelopmentKey,
        {WORDS("%2 is a production app, but it sends with the development write key %1."),
         WORDS("Give the production build the production source's write key."),
         WORDS("a production write key"), WORDS("%1")}},
    Row{ProtocolRetry,
        {WORDS("This is attempt %1 of the SDK: the one before it failed."),
         WORDS("Nothing to do here; look for the answer that the attempt before it got."), "",
         WORDS("attempt %1")}},
    Row{ProtocolRepeatedRequest,
        {WORDS("The same request came again and again: %1 attempts, all refused."),
         WORDS("Mend what it was refused for; the SDK gives up only after its last attempt."), "",
         WORDS("%1 attempts")}},

    Row{PrivacyEmailAnonymous,
        {WORDS("`%1` holds an e-mail address, though nobody is signed in (the event has no `userId`)."),
         WORDS("Leave the address out until the person is signed in."), WORDS("no e-mail address")}},
};

#undef WORDS

const Row &rowOf(event::RuleId rule)
{
    const auto found = std::ranges::find(rows, rule, &Row::rule);
    return found == rows.end() ? rows.front() : *found;
}

QString casingWords(const QString &casing)
{
    struct CasingWords
    {
        QLatin1StringView casing;
        const char *words;
    };
    static constexpr std::array known{
        CasingWords{"title"_L1, QT_TRANSLATE_NOOP("Findings", "Title Case")},
        CasingWords{"sentence"_L1, QT_TRANSLATE_NOOP("Findings", "Sentence case")},
        CasingWords{"camel"_L1, QT_TRANSLATE_NOOP("Findings", "camelCase")},
        CasingWords{"pascal"_L1, QT_TRANSLATE_NOOP("Findings", "PascalCase")},
        CasingWords{"snake"_L1, QT_TRANSLATE_NOOP("Findings", "snake_case")},
        CasingWords{"kebab"_L1, QT_TRANSLATE_NOOP("Findings", "kebab-case")},
    };
    const auto found =
        std::ranges::find_if(known, [&](const CasingWords &row) { return row.casing == casing; });
    return found == known.end() ? casing : Findings::tr(found->words);
}

/// The type that Segment's spec gives a field.
QString reservedWords(const QString &expected)
{
    if (expected == u"currency"_s) {
        return Findings::tr("a currency of ISO 4217 (three letters, as EUR)");
    }
    return expected == u"date"_s ? formatWords(expected + u"-time"_s) : typeWords(expected);
}

/// "2026-11-24 01:37:25 UTC" of an ISO time.
QString timeWords(const QString &time)
{
    const QDateTime moment = QDateTime::fromString(time, Qt::ISODateWithMs);
    return moment.isValid() ? moment.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s) + u" UTC"_s : cut(time);
}

/// Counts with the separators of the user's language; other texts as they are.
QString countWords(const QString &number)
{
    bool isNumber = false;
    const qlonglong count = number.toLongLong(&isNumber);
    return isNumber ? QLocale().toString(count) : cut(number);
}

/// The arguments as the sentences show them.
QStringList shownArgs(const Finding &finding)
{
    QStringList args = finding.args;
    while (args.size() < 3) {
        args += QString();
    }
    switch (finding.rule) {
    case NameCasing:
    case NamePropertyCasing:
        return {cut(args[0]), casingWords(args[1]), cut(args[2])};
    case ProtocolEventTooLarge:
    case ProtocolBatchTooLarge:
    case ProtocolBatchTooMany:
    case ProtocolDeepNesting:
    case ProtocolMessageIdLong:
    case ProtocolTooManyProperties:
    case ProtocolRepeatedCall:
    case ProtocolSentBeforeTimestamp:
    case ProtocolRepeatedRequest:
        return {countWords(args[0]), QString(), QString()};
    case ProtocolClockSkew:
    case ProtocolLate:
        return {countWords(args[0]), timeWords(args[1]), QString()};
    case ProtocolBurst:
        return {countWords(args[0]), countWords(args[1]), QString()};
    case ProtocolReservedType:
        return {reservedWords(args[0]), sentWords(args[1], args[2]), QString()};
    case ProtocolIdentityType:
    case ProtocolNotObject:
        return {cut(args[0]), typeWords(args[1]), QString()};
    case ProtocolTimestamp:
        return {cut(args[0]), inQuotes(args[1]), QString()};
    default:
        break;
    }
    std::ranges::transform(args, args.begin(), cut);
    return args;
}

/// In one pass, so that a % in what the app sent stays as it is.
QString filled(const QString &sentence, const QString &place, const QStringList &args)
{
    QString text;
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        const bool isMark = sentence[i] == u'%' && i + 1 < sentence.size() && sentence[i + 1].isDigit();
        if (!isMark) {
            text += sentence[i];
            continue;
        }
        ++i;
        const int number = sentence[i].digitValue();
        text += number == 0 ? place : args.value(number - 1);
    }
    return text;
}

} // namespace

FindingText findingText(const Finding &finding)
{
    if (auto plan = planText(finding)) {
        return std::move(*plan);
    }
    const Row &row = rowOf(finding.rule);
    const QStringList args = shownArgs(finding);
    const bool isWithout = row.optionalArg > 0 && args[row.optionalArg - 1].isEmpty();
    const Sentences &sentences = isWithout ? row.without : row.sentences;
    const QString place = quotedPlace(finding.at);
    const auto worded = [&](const char *text) {
        return *text == '\0' ? QString() : filled(Findings::tr(text), place, args);
    };
    return {worded(sentences.message), worded(sentences.fix), worded(sentences.expected),
            worded(sentences.actual)};
}

} // namespace engine
