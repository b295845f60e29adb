// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/planwords.h"

#include "app/engine/clausewords.h"
#include "app/engine/formatwords.h"
#include "app/engine/patternwords.h"
#include "app/engine/typewords.h"
#include "app/engine/valuewords.h"
#include "schema/nearest.h"

#include <algorithm>
#include <iterator>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

using event::Finding;
using event::FindingText;
using enum event::RuleId;

QString arg(const Finding &finding, qsizetype index)
{
    return finding.args.value(index);
}

bool isRequired(const Finding &finding)
{
    return arg(finding, event::RequiredArgument) == u"required"_s;
}

/// What stands beside the finding's own place, by its name.
QString sibling(const Finding &finding, const QString &name)
{
    return finding.at.isRoot() ? inTicks(name) : innerPlace(finding.at.parent().child(name.toStdString()));
}

/// Why the rule holds, as it can stand before any message; empty when it always does.
QString reason(const Finding &finding)
{
    QString words;
    if (const auto clauses = clausesOf(arg(finding, event::ConditionArgument)); !clauses.empty()) {
        const QString condition = conditionWords(clauses);
        words = condition.isEmpty() ? Findings::tr("Because of a condition in the plan, ")
                                    : Findings::tr("Because %1, ").arg(condition);
    }
    const QString count = arg(finding, event::FormCountArgument);
    if (count.isEmpty()) {
        return words;
    }
    const QString title = arg(finding, event::FormArgument);
    const QString form =
        title.isEmpty()
            ? Findings::tr("in the nearest of %1 planned forms, ").arg(numberWords(count.toULongLong()))
            : Findings::tr("in the form %1, ").arg(inQuotes(title));
    return words.isEmpty() ? form.left(1).toUpper() + form.sliced(1) : words + form;
}

QString counted(const QString &count, const QString &one, const QString &many)
{
    return count == u"1"_s ? one : many.arg(count);
}

QString characters(const QString &count)
{
    return counted(count, Findings::tr("1 character"), Findings::tr("%1 characters"));
}

QString items(const QString &count)
{
    return counted(count, Findings::tr("1 item"), Findings::tr("%1 items"));
}

QString properties(const QString &count)
{
    return counted(count, Findings::tr("1 property"), Findings::tr("%1 properties"));
}

/// The fix for what is missing: each item of a list needs it, not the one alone.
QString sendFix(const Finding &finding, const QString &place, const QString &condition)
{
    const json::Pointer object = finding.at.isRoot() ? json::Pointer() : finding.at.parent();
    const std::string index = object.lastToken();
    const bool isInList = condition.isEmpty() && !index.empty() &&
                          std::ranges::all_of(index, [](char c) { return c >= '0' && c <= '9'; });
    QString send = isInList ? Findings::tr("Send %1 in every item of %2")
                                  .arg(inTicks(arg(finding, 0)), innerPlace(object.parent()))
                            : Findings::tr("Send %1").arg(place);
    if (!condition.isEmpty()) {
        send = Findings::tr("%1 when %2").arg(send, condition);
    }
    return Findings::tr("%1, or make it optional in the plan.").arg(send);
}

FindingText requiredText(const Finding &finding, const QString &place)
{
    const QString name = inTicks(arg(finding, 0));
    if (!arg(finding, 1).isEmpty()) {
        const QString near = inTicks(arg(finding, 1));
        return {Findings::tr("%1 is required, but the app sent %2. Did it mean %3?").arg(place, near, name),
                Findings::tr("Rename %1 to %2 in the app, or rename it in the plan.").arg(near, name), name,
                near};
    }
    return {Findings::tr("%1 is required, but it is missing.").arg(place),
            sendFix(finding, place, conditionWords(clausesOf(arg(finding, event::ConditionArgument)))), name,
            Findings::tr("missing")};
}

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

FindingText enumText(const Finding &finding, const QString &place)
{
    // Of older findings no type is known.
    const QString type = arg(finding, 3).isEmpty() ? u"string"_s : arg(finding, 3);
    Choice choice = choiceOf(finding, arg(finding, 0), arg(finding, 4), type, arg(finding, 1));
    choice.nearest = arg(finding, 2);
    if (arg(finding, 3).isEmpty()) {
        std::ranges::transform(choice.allowed, choice.allowed.begin(), inQuotes);
    }
    return choiceText(choice, place);
}

FindingText typeText(const Finding &finding, const QString &place)
{
    if (!arg(finding, 3).isEmpty()) {
        Choice choice = choiceOf(finding, arg(finding, 3), arg(finding, 4), arg(finding, 1), arg(finding, 2));
        const bool isText = choice.type == u"string"_s;
        if (choice.allowed.contains(isText ? choice.text : inQuotes(choice.text))) {
            choice.nearest = choice.text;
        }
        return choiceText(choice, place);
    }
    const QString should = typesWords(arg(finding, 0));
    const QString sent = sentWords(arg(finding, 1), arg(finding, 2));
    return {Findings::tr("%1 should be %2, but the app sent %3.").arg(place, should, sent), typeFix(finding),
            should, sent};
}

FindingText constText(const Finding &finding, const QString &place)
{
    const QString expectedType = arg(finding, 2);
    const QString expected = valueWords(expectedType, arg(finding, 0));
    QString nearest;
    const bool isText = expectedType == u"string"_s && arg(finding, 3) == u"string"_s;
    const bool isSameText = arg(finding, 0).compare(arg(finding, 1), Qt::CaseInsensitive) == 0;
    if (isSameText || (isText && !differenceWords(arg(finding, 0), arg(finding, 1)).isEmpty())) {
        nearest = arg(finding, 0);
    }
    return choiceText({{expected}, 1, nearest, arg(finding, 3), arg(finding, 1), isRequired(finding)}, place);
}

/// `the text "2"` is said where the type matters; here `"2"` is enough.
QString sentText(const QString &text)
{
    return text.isEmpty() ? Findings::tr("an empty text") : inQuotes(text);
}

FindingText patternText(const Finding &finding, const QString &place)
{
    const QString pattern = arg(finding, 0);
    const QString text = arg(finding, 1);
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
    const QString should = formatWords(arg(finding, 0));
    const QString text = arg(finding, 1);
    const QString sent = sentText(text);
    const FormatFault fault = formatFault(arg(finding, 0), text);
    const QString message =
        fault.what.isEmpty()
            ? Findings::tr("%1 should be %2, but the app sent %3.").arg(place, should, sent)
            : Findings::tr("%1 should be %2, but the app sent %3, %4.").arg(place, should, sent, fault.what);
    QString fix = fault.fix;
    if (fix.isEmpty()) {
        fix = text.isEmpty() && !isRequired(finding)
                  ? Findings::tr("Leave %1 out when it has no value").arg(place)
                  : Findings::tr("Send %1").arg(formatName(arg(finding, 0)));
    }
    return {message, Findings::tr("%1, or remove the format from the plan.").arg(fix), should, sent};
}

/// "from 1 to 5", "more than 0 and at most 5".
QString rangeWords(const Finding &finding)
{
    const QString relation = arg(finding, 0);
    const QString limit = cut(arg(finding, 1));
    const QString otherRelation = arg(finding, 3);
    const QString otherLimit = cut(arg(finding, 4));
    if (otherRelation.isEmpty()) {
        return Findings::tr("%1 %2").arg(comparisonWords(relation), limit);
    }
    const bool isLower = relation.startsWith(u'>');
    const QString lower = isLower ? limit : otherLimit;
    const QString upper = isLower ? otherLimit : limit;
    if (relation.endsWith(u'=') && otherRelation.endsWith(u'=')) {
        return lower == upper ? Findings::tr("exactly %1").arg(lower)
                              : Findings::tr("from %1 to %2").arg(lower, upper);
    }
    return Findings::tr("%1 %2 and %3 %4")
        .arg(comparisonWords(isLower ? relation : otherRelation), lower,
             comparisonWords(isLower ? otherRelation : relation), upper);
}

FindingText rangeText(const Finding &finding, const QString &place)
{
    const QString range = rangeWords(finding);
    const QString sent = cut(arg(finding, 2));
    return {Findings::tr("%1 should be %2, but the app sent %3.").arg(place, range, sent),
            Findings::tr("Correct the number in the app, or %1 in the plan.")
                .arg(arg(finding, 3).isEmpty() ? Findings::tr("change the limit")
                                               : Findings::tr("widen the range")),
            range, sent};
}

FindingText multipleText(const Finding &finding, const QString &place)
{
    const QString factor = arg(finding, 0);
    const QString sent = cut(arg(finding, 1));
    const bool isDecimal =
        factor.startsWith(u"0."_s) && factor.endsWith(u'1') && factor.count(u'0') == factor.size() - 2;
    if (isDecimal) {
        const auto count = static_cast<qulonglong>(factor.size() - 2);
        const QString decimals =
            count == 1 ? Findings::tr("one decimal") : Findings::tr("%1 decimals").arg(numberWords(count));
        return {Findings::tr("%1 should have at most %2, but the app sent %3.").arg(place, decimals, sent),
                Findings::tr("Round it to %1 in the app, or allow more in the plan.").arg(decimals),
                Findings::tr("a number with at most %1").arg(decimals), sent};
    }
    const bool isWhole = factor == u"1"_s;
    const QString should =
        isWhole ? typeWords(u"integer"_s) : Findings::tr("a multiple of %1").arg(cut(factor));
    return {Findings::tr("%1 should be %2, but the app sent %3.").arg(place, should, sent),
            Findings::tr("Round it to %1 in the app, or %2 in the plan.")
                .arg(should, isWhole ? Findings::tr("allow decimals") : Findings::tr("change the step")),
            should, sent};
}

/// "at least 1 item", "exactly 3 items", "from 2 to 4 items".
QString countWords(const Finding &finding, QString (*units)(const QString &))
{
    const QString limit = arg(finding, 1);
    const QString other = arg(finding, 3);
    if (other.isEmpty()) {
        return Findings::tr("%1 %2").arg(comparisonWords(arg(finding, 0)), units(limit));
    }
    if (other == limit) {
        return Findings::tr("exactly %1").arg(units(limit));
    }
    const bool isShort = arg(finding, 0) == u"at least"_s;
    return Findings::tr("%1 to %2").arg(isShort ? limit : other, units(isShort ? other : limit));
}

FindingText lengthText(const Finding &finding, const QString &place)
{
    const QString should = countWords(finding, characters);
    const bool isEmpty = arg(finding, 2) == u"0"_s;
    if (isEmpty) {
        const QString wanted =
            arg(finding, 1) == u"1"_s && arg(finding, 3).isEmpty()
                ? Findings::tr("%1 should not be empty, but the app sent an empty text.").arg(place)
                : Findings::tr("%1 should have %2, but the app sent an empty text.").arg(place, should);
        const QString fix =
            isRequired(finding)
                ? Findings::tr("Send a value for %1, or allow empty text in the plan.").arg(place)
                : Findings::tr("Leave %1 out when it has no value, or allow empty text in the plan.")
                      .arg(place);
        return {wanted, fix, should, Findings::tr("an empty text")};
    }
    const QString has = characters(arg(finding, 2));
    const QString text = arg(finding, 4);
    const QString message =
        text.isEmpty() ? Findings::tr("%1 should have %2, but it has %3.").arg(place, should, arg(finding, 2))
                       : Findings::tr("%1 should have %2, but %3 has %4.")
                             .arg(place, should, inQuotes(text), arg(finding, 2));
    const bool isShort = arg(finding, 0) == u"at least"_s;
    return {message,
            isShort ? Findings::tr("Send a longer text, or allow shorter ones in the plan.")
                    : Findings::tr("Shorten the text in the app, or allow longer ones in the plan."),
            should, has};
}

FindingText itemsText(const Finding &finding, const QString &place)
{
    const QString should = countWords(finding, items);
    const QString count = arg(finding, 2);
    const bool isEmpty = count == u"0"_s;
    return {isEmpty ? Findings::tr("%1 should hold %2, but the app sent an empty list.").arg(place, should)
                    : Findings::tr("%1 should hold %2, but the app sent %3.").arg(place, should, count),
            Findings::tr("Send %1, or change the number in the plan.").arg(should), should,
            isEmpty ? Findings::tr("an empty list") : items(count)};
}

FindingText propertiesText(const Finding &finding, const QString &place)
{
    const QString should = countWords(finding, properties);
    const QString count = arg(finding, 2);
    const bool isEmpty = count == u"0"_s;
    return {isEmpty ? Findings::tr("%1 should have %2, but the app sent an empty object.").arg(place, should)
                    : Findings::tr("%1 should have %2, but the app sent %3.").arg(place, should, count),
            Findings::tr("Send %1, or change the number in the plan.").arg(should), should,
            isEmpty ? Findings::tr("an empty object") : properties(count)};
}

FindingText uniqueText(const Finding &finding, const QString &place)
{
    const QString item = arg(finding, 2);
    const auto itemPlace = [&finding](qsizetype index) {
        return innerPlace(finding.at.child(finding.args.value(index).toUInt()));
    };
    const QString message = Findings::tr("%1 should hold each item once, but %2 and %3 are the same")
                                .arg(place, itemPlace(0), itemPlace(1));
    const bool isShort = !item.isEmpty() && !item.startsWith(u'{') && !item.startsWith(u'[');
    return {isShort ? Findings::tr("%1: %2.").arg(message, jsonWords(item)) : message + u'.',
            Findings::tr("Send each item once, or allow repeated items in the plan."),
            Findings::tr("each item once"),
            isShort ? Findings::tr("%1 twice").arg(jsonWords(item)) : Findings::tr("one item twice")};
}

FindingText containsText(const Finding &finding, const QString &place)
{
    const bool isOne = arg(finding, 2).isEmpty() || arg(finding, 2) == u"1"_s;
    const QString asked = itemWords(clausesOf(arg(finding, 0)), isOne ? Items::One : Items::Several);

    const QString kind = asked.isEmpty() ? Findings::tr("of the kind that the plan asks for") : asked;
    const QString count = arg(finding, 3);
    if (count.isEmpty() || count == u"0"_s) {
        const QString limit = isOne ? Findings::tr("one item") : items(arg(finding, 2));
        return {Findings::tr("%1 should hold at least %2 %3, but it holds none.").arg(place, limit, kind),
                Findings::tr("Send such an item as well, or drop the demand from the plan."),
                Findings::tr("at least %1 %2").arg(limit, kind), Findings::tr("none")};
    }
    const QString should =
        Findings::tr("%1 %2 %3").arg(comparisonWords(arg(finding, 1)), items(arg(finding, 2)), kind);
    return {Findings::tr("%1 should hold %2, but it holds %3.").arg(place, should, count),
            Findings::tr("Send another number of them, or change the number in the plan."), should, count};
}

FindingText unplannedText(const Finding &finding, const QString &place)
{
    const std::vector<std::string> tokens = finding.at.tokens();
    const std::string top = tokens.size() > 1 ? tokens.front() : std::string();
    const QString message = top == "traits" ? Findings::tr("%1 is not a planned trait").arg(place)
                            : top == "properties"
                                ? Findings::tr("%1 is not a planned property of this event").arg(place)
                                : Findings::tr("%1 is not in the plan of this event").arg(place);
    const QString name = inTicks(arg(finding, 0));
    const QString stop = Findings::tr("Stop sending %1, or add it to the plan.").arg(name);
    if (arg(finding, 1).isEmpty()) {
        return {message + u'.', stop, {}, name};
    }
    const QString planned = inTicks(arg(finding, 1));
    if (arg(finding, 2) == u"sent"_s) {
        return {Findings::tr("%1; the planned %2 was sent as well.").arg(message, planned), stop, {}, name};
    }
    return {Findings::tr("%1. Did the app mean %2?").arg(message, planned),
            Findings::tr("Rename %1 to %2 in the app, or add %1 to the plan.").arg(name, planned), planned,
            name};
}

FindingText nameText(const Finding &finding, const QString &place)
{
    const QString fix = Findings::tr("Rename it in the app, or allow its name in the plan.");
    const QStringList parts = arg(finding, 1).split(event::partSeparator);
    const event::RuleId rule = event::ruleFromWord(parts.value(0).toStdString());
    const auto broken = planText({rule, finding.severity, finding.at, parts.sliced(1)});
    if (!broken || broken->expected.isEmpty()) {
        return {
            Findings::tr("%1 is a property name that the plan does not allow.").arg(place), fix, {}, place};
    }
    const QString message = rule == PlanLength ? Findings::tr("The property name %1 should have %2.")
                                               : Findings::tr("The property name %1 should be %2.");
    return {message.arg(place, broken->expected), fix, broken->expected, place};
}

FindingText dependencyText(const Finding &finding, const QString &place)
{
    const QString present = sibling(finding, arg(finding, 0));
    return {Findings::tr("Because %1 is sent, %2 is required, but it is missing.").arg(present, place),
            Findings::tr("Send %1 along with %2, or make it optional in the plan.").arg(place, present),
            inTicks(arg(finding, 1)), Findings::tr("missing")};
}

/// "isNot" says what should be; so does the other side of a limit.
QString oppositeOf(const QString &relation)
{
    return relation == u"isNot"_s ? u"is"_s
           : relation == u">="_s  ? u"<"_s
           : relation == u">"_s   ? u"<="_s
           : relation == u"<="_s  ? u">"_s
           : relation == u"<"_s   ? u">="_s
                                  : QString();
}

QString togetherMessage(const QStringList &names)
{
    const QString message = Findings::tr("%1 should not be sent together").arg(andWords(names));
    return names.size() == 2 ? Findings::tr("%1, but the app sent both.").arg(message)
                             : Findings::tr("%1, but the app sent all of them.").arg(message);
}

FindingText notText(const Finding &finding, const QString &place)
{
    const auto clauses = clausesOf(arg(finding, 0));
    const QString fix = Findings::tr("Change the value in the app, or allow it in the plan.");
    if (clauses.empty()) {
        return {Findings::tr("%1 has a form that the plan rules out.").arg(place), fix, {}, {}};
    }
    const auto isSent = [](const ClauseText &clause) { return clause.relation == u"sent"_s; };
    if (clauses.size() == 1) {
        const ClauseText &clause = clauses.front();
        const QString at = quotedPlace(clause.at);
        if (isSent(clause)) {
            return {Findings::tr("%1 should not be sent, but the app sent it.").arg(at),
                    Findings::tr("Stop sending %1, or allow it in the plan.").arg(at),
                    Findings::tr("nothing"), at};
        }
        if (clause.relation == u"notSent"_s) {
            return {Findings::tr("%1 is required, but it is missing.").arg(at),
                    Findings::tr("Send %1, or make it optional in the plan.").arg(at), at,
                    Findings::tr("missing")};
        }
        if (const QString opposite = oppositeOf(clause.relation); !opposite.isEmpty()) {
            const QString should = relationWords({clause.at, opposite, clause.values});
            return {Findings::tr("%1 should be %2, but it is not.").arg(at, should), fix, should, {}};
        }
        if (clause.relation == u"is"_s || clause.relation == u"type"_s || clause.relation == u"matches"_s) {
            const QString ruledOut = relationWords(clause);
            return {Findings::tr("%1 should not be %2, but it is.").arg(at, ruledOut), fix,
                    Findings::tr("not %1").arg(ruledOut), ruledOut};
        }
    }
    if (std::ranges::all_of(clauses, isSent)) {
        QStringList names;
        std::ranges::transform(clauses, std::back_inserter(names),
                               [](const ClauseText &clause) { return innerPlace(clause.at); });
        return {togetherMessage(names),
                Findings::tr("Leave one of them out, or allow them together in the plan."),
                Findings::tr("not all of them"), andWords(names)};
    }
    const QString ruledOut = conditionWords(clauses);
    return {Findings::tr("%1, which the plan rules out.").arg(ruledOut), fix, {}, ruledOut};
}

/// "`email` or `phone`", "`email`, or `first` with `last`," of a list of names for each branch.
struct PropertyChoice
{
    QStringList choices;
    bool isLong = false; ///< some are of several properties
};

PropertyChoice propertyChoice(const Finding &finding, const QString &list)
{
    PropertyChoice choice;
    for (const QString &branch : list.split(event::listSeparator)) {
        QStringList names;
        for (const QString &name : branch.split(event::partSeparator)) {
            names += innerPlace(finding.at.child(name.toStdString()));
        }
        choice.isLong = choice.isLong || names.size() > 1;
        choice.choices += names.join(Findings::tr(" with "));
    }
    return choice;
}

QString choiceWords(const PropertyChoice &choice)
{
    return choice.isLong ? choice.choices.join(Findings::tr(", or ")) + u',' : orWords(choice.choices);
}

QString titleWords(const QString &titles)
{
    QStringList quoted;
    for (const QString &title : titles.split(event::listSeparator, Qt::SkipEmptyParts)) {
        quoted += inQuotes(title);
    }
    return orWords(quoted);
}

/// What the branches expect of the value as a whole: "an e-mail address, as .., or a URL, as ..".
QString expectationWords(const Finding &finding)
{
    QStringList expected;
    for (const QString &branch : arg(finding, 4).split(event::listSeparator, Qt::SkipEmptyParts)) {
        const QStringList parts = branch.split(event::partSeparator);
        const event::RuleId rule = event::ruleFromWord(parts.value(0).toStdString());
        const auto text = planText({rule, finding.severity, finding.at, parts.sliced(1)});
        if (!text || text->expected.isEmpty()) {
            return {};
        }
        expected += rule == PlanLength  ? Findings::tr("text with %1").arg(text->expected)
                    : rule == PlanRange ? Findings::tr("a number of %1").arg(text->expected)
                                        : text->expected;
    }
    expected.removeDuplicates();
    return expected.join(Findings::tr(", or "));
}

FindingText branchesText(const Finding &finding, const QString &place)
{
    const QString count = numberWords(arg(finding, 0).toULongLong());
    const QString fix = Findings::tr("Send one of the planned forms, or add this one to the plan.");
    if (const QString list = arg(finding, 3); !list.isEmpty()) {
        const PropertyChoice choice = propertyChoice(finding, list);
        const QString words = choiceWords(choice);
        const QString required = finding.rule == PlanOneOf ? Findings::tr("Either %1 is required").arg(words)
                                                           : Findings::tr("%1 is required").arg(words);
        const QString send = words.endsWith(u',') ? words.chopped(1) : words;
        return {choice.choices.size() == 2 ? Findings::tr("%1, but the app sent neither.").arg(required)
                                           : Findings::tr("%1, but the app sent none of them.").arg(required),
                Findings::tr("Send %1, or make them optional in the plan.").arg(send), send,
                Findings::tr("missing")};
    }
    const QStringList sentParts = arg(finding, 5).split(event::partSeparator);
    const QString sent = sentWords(sentParts.value(0), sentParts.value(1));
    if (const QString expected = expectationWords(finding); !expected.isEmpty()) {
        return {Findings::tr("%1 should be %2, but the app sent %3.").arg(place, expected, sent), fix,
                expected, sent};
    }
    const QString titles = titleWords(arg(finding, 2));
    const QString forms = titles.isEmpty() ? Findings::tr("one of %1 planned forms").arg(count)
                                           : Findings::tr("one of the planned forms %1").arg(titles);
    return {Findings::tr("%1 should have %2, but it fits none of them.").arg(place, forms), fix, forms,
            Findings::tr("none of them")};
}

FindingText ambiguousText(const Finding &finding, const QString &place)
{
    const auto count = arg(finding, 0).toULongLong();
    const auto matched = arg(finding, 1).toULongLong();
    if (const QString list = arg(finding, 3); !list.isEmpty()) {
        const PropertyChoice choice = propertyChoice(finding, list);
        const QString either = choiceWords(choice);
        const QString message =
            !choice.isLong ? togetherMessage(choice.choices)
            : matched == 2 ? Findings::tr("Either %1 should be sent, but the app sent both.").arg(either)
                           : Findings::tr("Either %1 should be sent, but the app sent several.").arg(either);
        return {message, Findings::tr("Send only one of them, or allow them together in the plan."),
                Findings::tr("one of %1").arg(andWords(choice.choices)), andWords(choice.choices)};
    }
    const QString fix =
        Findings::tr("Send what fits one form only, or make the plan's forms exclude each other.");
    const QString fits = matched == 2 && count == 2 ? Findings::tr("both") : numberWords(matched);
    const QString titles = titleWords(arg(finding, 2));
    return {titles.isEmpty() ? Findings::tr("%1 should fit only one of %2 planned forms, but it fits %3.")
                                   .arg(place, numberWords(count), fits)
                             : Findings::tr("%1 should fit only one of the planned forms %2, but it fits %3.")
                                   .arg(place, titles, fits),
            fix, Findings::tr("only one form"), Findings::tr("%1 forms fit").arg(numberWords(matched))};
}

FindingText falseText(const Finding &finding, const QString &place)
{
    const QString condition = conditionWords(clausesOf(arg(finding, event::ConditionArgument)));
    return {Findings::tr("%1 should not be sent, but the app sent it.").arg(place),
            condition.isEmpty()
                ? Findings::tr("Stop sending %1, or allow it in the plan.").arg(place)
                : Findings::tr("Leave %1 out when %2, or allow it in the plan.").arg(place, condition),
            Findings::tr("nothing"), place};
}

FindingText unplannedEventText(const Finding &finding)
{
    if (arg(finding, 0).isEmpty()) {
        return {Findings::tr("The event has no name, so it is not in the tracking plan."),
                Findings::tr("Name the event in the call."),
                {},
                Findings::tr("no name")};
    }
    const QString name = inTicks(arg(finding, 0));
    const QString near = arg(finding, 1);
    if (near.isEmpty()) {
        return {Findings::tr("%1 is not in the tracking plan, and no planned name is near it.").arg(name),
                Findings::tr("Add it to the plan, or stop sending it."),
                {},
                name};
    }
    const QString planned = inTicks(near);
    const QString difference = differenceWords(arg(finding, 0), near);
    return {
        difference.isEmpty()
            ? Findings::tr("%1 is not in the tracking plan. Did the app mean %2?").arg(name, planned)
            : Findings::tr("%1 is not in the tracking plan, but %2 is: %3.").arg(name, planned, difference),
        Findings::tr("Rename it to %1 in the app, or add %2 to the plan.").arg(planned, name), planned, name};
}

std::optional<FindingText> bareText(const Finding &finding)
{
    const QString place = quotedPlace(finding.at);
    switch (finding.rule) {
    case PlanRequired:
        return requiredText(finding, place);
    case PlanType:
        return typeText(finding, place);
    case PlanEnum:
        return enumText(finding, place);
    case PlanConst:
        return constText(finding, place);
    case PlanPattern:
        return patternText(finding, place);
    case PlanFormat:
        return formatText(finding, place);
    case PlanRange:
        return rangeText(finding, place);
    case PlanMultipleOf:
        return multipleText(finding, place);
    case PlanLength:
        return lengthText(finding, place);
    case PlanItems:
        return itemsText(finding, place);
    case PlanUnique:
        return uniqueText(finding, place);
    case PlanContains:
        return containsText(finding, place);
    case PlanProperties:
        return propertiesText(finding, place);
    case PlanUnplannedProperty:
        return unplannedText(finding, place);
    case PlanPropertyName:
        return nameText(finding, place);
    case PlanDependency:
        return dependencyText(finding, place);
    case PlanNot:
        return notText(finding, place);
    case PlanAnyOf:
        return branchesText(finding, place);
    case PlanOneOf:
        return arg(finding, 1).toULongLong() > 1 ? ambiguousText(finding, place)
                                                 : branchesText(finding, place);
    case PlanFalse:
        return falseText(finding, place);
    case PlanUnplannedEvent:
        return unplannedEventText(finding);
    default:
        return std::nullopt;
    }
}

} // namespace

std::optional<FindingText> planText(const Finding &finding)
{
    auto text = bareText(finding);
    if (!text) {
        return text;
    }
    if (const QString why = reason(finding); !why.isEmpty()) {
        // "The event" begins a sentence no more.
        const QString start = Findings::tr("The event");
        text->message = why + (text->message.startsWith(start)
                                   ? Findings::tr("the event") + text->message.sliced(start.size())
                                   : text->message);
    }
    return text;
}

} // namespace engine
