// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/choicewords.h"

#include "app/engine/formatwords.h"
#include "app/engine/patternwords.h"
#include "app/engine/typewords.h"
#include "app/engine/valuewords.h"
#include "schema/nearest.h"

#include <algorithm>
#include <iterator>

namespace engine {

using namespace Qt::StringLiterals;
using event::Finding;
using event::FindingText;

namespace {

/// A value that should be one of a few: of `enum`, `const`, or a pattern that lists them.
struct Choice
{
    QStringList allowed;  ///< as shown: in quotes when they are texts
    qulonglong count = 0; ///< of all allowed values
    QString nearest;      ///< as sent values are; empty: none
    QString type;         ///< of what was sent; empty: not known
    QString text;
    bool isRequired = false;
};

/// `"a" or "b"`, `one of "a", "b" or "c"`, `one of "a", .. or 9 more`.
QString allowedWords(const Choice &choice)
{
    constexpr qsizetype shownValues = 6;
    const auto listed = std::min(choice.allowed.size(), shownValues);
    const qulonglong left = choice.count - std::min(choice.count, static_cast<qulonglong>(listed));
    if (left > 1) {
        return Findings::tr("one of %1 or %2 more")
            .arg(choice.allowed.first(listed).join(u", "_s), QString::number(left));
    }
    const QString all = orWords(choice.allowed);
    return choice.count < 3 ? all : Findings::tr("one of %1").arg(all);
}

/// What was sent; its type is said where that is what is wrong with it.
QString sentValue(const Choice &choice)
{
    const bool isText = choice.type == u"string"_s;
    const bool hasSameKind = std::ranges::any_of(
        choice.allowed, [isText](const QString &value) { return value.startsWith(u'"') == isText; });
    return hasSameKind ? valueWords(choice.type, choice.text) : sentWords(choice.type, choice.text);
}

bool isNothing(const Choice &choice)
{
    return choice.type == u"null"_s || (choice.type == u"string"_s && choice.text.isEmpty());
}

/// "or add "lost" to the plan."
QString allowFix(const Choice &choice)
{
    constexpr qsizetype longText = 40;
    if (choice.count == 1) {
        return Findings::tr("or change the value in the plan.");
    }
    if (isNothing(choice)) {
        return Findings::tr("or allow %1 in the plan.").arg(sentWords(choice.type, choice.text));
    }
    const bool isShort =
        choice.text.size() <= longText && choice.type != u"object"_s && choice.type != u"array"_s;
    return isShort ? Findings::tr("or add %1 to the plan.").arg(valueWords(choice.type, choice.text))
                   : Findings::tr("or add this value to the plan.");
}

QString choiceFix(const Choice &choice, const QString &place)
{
    const QString allow = allowFix(choice);
    if (isNothing(choice) && choice.allowed.contains(u"null"_s)) {
        return Findings::tr("Send null when %1 has no value, %2").arg(place, allow);
    }
    if (isNothing(choice) && !choice.isRequired) {
        return Findings::tr("Leave %1 out when it has no value, %2").arg(place, allow);
    }
    return choice.count == 1 ? Findings::tr("Send %1, %2").arg(choice.allowed.value(0), allow)
                             : Findings::tr("Send one of these, %1").arg(allow);
}

/// Whether the nearest value is the same text in another JSON type: "2" for 2.
bool isOtherType(const Choice &choice)
{
    const QString shown = valueWords(choice.type, choice.text);
    return choice.nearest.compare(choice.text, Qt::CaseInsensitive) == 0 && !choice.type.isEmpty() &&
           !choice.allowed.contains(shown) &&
           std::ranges::any_of(choice.allowed, [&choice](const QString &value) {
               const bool isText = value.startsWith(u'"');
               const QString text = isText ? value.mid(1, value.size() - 2) : value;
               return text.compare(choice.text, Qt::CaseInsensitive) == 0 &&
                      isText != (choice.type == u"string"_s);
           });
}

FindingText otherTypeText(const Choice &choice, const QString &place)
{
    const bool isTextSent = choice.type == u"string"_s;
    const bool isWord = choice.nearest.compare(u"true"_s, Qt::CaseInsensitive) == 0 ||
                        choice.nearest.compare(u"false"_s, Qt::CaseInsensitive) == 0 ||
                        choice.nearest == u"null"_s;
    const QString should = !isTextSent ? Findings::tr("the text %1").arg(inQuotes(choice.nearest))
                           : isWord    ? choice.nearest
                                       : Findings::tr("the number %1").arg(choice.nearest);
    const QString sent = sentWords(choice.type, choice.text);
    const QString fix =
        isTextSent
            ? Findings::tr("Send %1 without quotes, or change the type in the plan.").arg(choice.nearest)
            : Findings::tr("Send it as text, in quotes, or change the type in the plan.");
    return {Findings::tr("%1 should be %2, but the app sent %3.").arg(place, should, sent), fix, should,
            sent};
}

FindingText choiceText(const Choice &choice, const QString &place)
{
    const QString sent = sentValue(choice);
    const QString allowed = allowedWords(choice);
    if (isOtherType(choice)) {
        FindingText text = otherTypeText(choice, place);
        text.expected = allowed;
        return text;
    }
    if (choice.nearest.isEmpty() || choice.nearest == choice.text) {
        return {Findings::tr("%1 should be %2, but the app sent %3.").arg(place, allowed, sent),
                choiceFix(choice, place), allowed, sent};
    }
    const QString nearest = inQuotes(choice.nearest);
    const QString fix = Findings::tr("Send %1, %2").arg(nearest, allowFix(choice));
    const QString difference = differenceWords(choice.text, choice.nearest);
    if (!difference.isEmpty()) {
        return {
            Findings::tr("%1 should be %2, but the app sent %3: %4.").arg(place, nearest, sent, difference),
            fix, allowed, sent};
    }
    return {Findings::tr("%1 should be %2, but the app sent %3. Did it mean %4?")
                .arg(place, allowed, sent, nearest),
            fix, allowed, sent};
}

/// The values are JSON in the finding's arguments.
Choice choiceOf(const Finding &finding, const QString &values, const QString &count, const QString &type,
                const QString &text)
{
    Choice choice;
    for (const QString &value : jsonList(values)) {
        choice.allowed += jsonWords(value);
    }
    choice.count = std::max(count.toULongLong(), static_cast<qulonglong>(choice.allowed.size()));
    choice.type = type;
    choice.text = text;
    choice.isRequired = isRequired(finding);
    return choice;
}

} // namespace

FindingText enumText(const Finding &finding, const QString &place)
{
    // Of older findings no type is known.
    const QString type = argument(finding, 3).isEmpty() ? u"string"_s : argument(finding, 3);
    Choice choice = choiceOf(finding, argument(finding, 0), argument(finding, 4), type, argument(finding, 1));
    choice.nearest = argument(finding, 2);
    if (argument(finding, 3).isEmpty()) {
        std::ranges::transform(choice.allowed, choice.allowed.begin(), inQuotes);
    }
    return choiceText(choice, place);
}

FindingText typeText(const Finding &finding, const QString &place)
{
    if (!argument(finding, 3).isEmpty()) {
        Choice choice = choiceOf(finding, argument(finding, 3), argument(finding, 4), argument(finding, 1),
                                 argument(finding, 2));
        const bool isText = choice.type == u"string"_s;
        if (choice.allowed.contains(isText ? choice.text : inQuotes(choice.text))) {
            choice.nearest = choice.text;
        }
        return choiceText(choice, place);
    }
    const QString should = typesWords(argument(finding, 0));
    const QString sent = sentWords(argument(finding, 1), argument(finding, 2));
    return {Findings::tr("%1 should be %2, but the app sent %3.").arg(place, should, sent), typeFix(finding),
            should, sent};
}

FindingText constText(const Finding &finding, const QString &place)
{
    const QString expectedType = argument(finding, 2);
    const QString expected = valueWords(expectedType, argument(finding, 0));
    QString nearest;
    const bool isText = expectedType == u"string"_s && argument(finding, 3) == u"string"_s;
    const bool isSameText = argument(finding, 0).compare(argument(finding, 1), Qt::CaseInsensitive) == 0;
    if (isSameText || (isText && !differenceWords(argument(finding, 0), argument(finding, 1)).isEmpty())) {
        nearest = argument(finding, 0);
    }
    return choiceText(
        {{expected}, 1, nearest, argument(finding, 3), argument(finding, 1), isRequired(finding)}, place);
}

namespace {

/// `the text "2"` is said where the type matters; here `"2"` is enough.
QString sentText(const QString &text)
{
    return text.isEmpty() ? Findings::tr("an empty text") : inQuotes(text);
}

} // namespace

FindingText patternText(const Finding &finding, const QString &place)
{
    const QString pattern = argument(finding, 0);
    const QString text = argument(finding, 1);
    const QString sent = sentText(text);
    const PatternWords words = patternWords(pattern);
    if (!words.values.isEmpty()) {
        QStringList quoted;
        std::vector<std::string> names;
        for (const QString &value : words.values) {
            quoted += inQuotes(value);
            names.push_back(value.toStdString());
        }
        const QString nearest = QString::fromStdString(
            schema::NameIndex(std::move(names)).nearest(text.toStdString()).value_or(std::string()));
        return choiceText(
            {quoted, static_cast<qulonglong>(quoted.size()), nearest, u"string"_s, text, isRequired(finding)},
            place);
    }
    const QString example = words.example.isEmpty() ? QString() : Findings::tr(", as %1").arg(words.example);
    const QString should = words.expected.isEmpty()
                               ? Findings::tr("text of the form %1%2").arg(cut(pattern), example)
                               : words.expected + example;
    QString fix = Findings::tr("Send such a text, or change the pattern in the plan.");
    if (const QString near = nearestMatch(pattern, text); !near.isEmpty()) {
        fix = Findings::tr("Send %1, or change the pattern in the plan.").arg(inQuotes(near));
    } else if (text.isEmpty() && !isRequired(finding)) {
        fix =
            Findings::tr("Leave %1 out when it has no value, or change the pattern in the plan.").arg(place);
    }
    return {Findings::tr("%1 should be %2, but the app sent %3.").arg(place, should, sent), fix, should,
            sent};
}

FindingText formatText(const Finding &finding, const QString &place)
{
    const QString should = formatWords(argument(finding, 0));
    const QString text = argument(finding, 1);
    const QString sent = sentText(text);
    const FormatFault fault = formatFault(argument(finding, 0), text);
    const QString message =
        fault.what.isEmpty()
            ? Findings::tr("%1 should be %2, but the app sent %3.").arg(place, should, sent)
            : Findings::tr("%1 should be %2, but the app sent %3, %4.").arg(place, should, sent, fault.what);
    QString fix = fault.fix;
    if (fix.isEmpty()) {
        fix = text.isEmpty() && !isRequired(finding)
                  ? Findings::tr("Leave %1 out when it has no value").arg(place)
                  : Findings::tr("Send %1").arg(formatName(argument(finding, 0)));
    }
    return {message, Findings::tr("%1, or remove the format from the plan.").arg(fix), should, sent};
}

} // namespace engine
