// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/planwords.h"

#include "app/engine/amountwords.h"
#include "app/engine/branchwords.h"
#include "app/engine/choicewords.h"
#include "app/engine/clausewords.h"
#include "app/engine/valuewords.h"

#include <algorithm>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

using event::Finding;
using event::FindingText;
using enum event::RuleId;

/// What stands beside the finding's own place, by its name.
QString sibling(const Finding &finding, const QString &name)
{
    return finding.at.isRoot() ? inTicks(name) : innerPlace(finding.at.parent().child(name.toStdString()));
}

/// Why the rule holds, as it can stand before any message; empty when it always does.
QString reason(const Finding &finding)
{
    QString words;
    if (const auto clauses = clausesOf(argument(finding, event::ConditionArgument)); !clauses.empty()) {
        const QString condition = conditionWords(clauses);
        words = condition.isEmpty() ? Findings::tr("Because of a condition in the plan, ")
                                    : Findings::tr("Because %1, ").arg(condition);
    }
    const QString count = argument(finding, event::FormCountArgument);
    if (count.isEmpty()) {
        return words;
    }
    const QString title = argument(finding, event::FormArgument);
    const QString form =
        title.isEmpty()
            ? Findings::tr("in the nearest of %1 planned forms, ").arg(numberWords(count.toULongLong()))
            : Findings::tr("in the form %1, ").arg(inQuotes(title));
    return words.isEmpty() ? form.left(1).toUpper() + form.sliced(1) : words + form;
}

/// The fix for what is missing: each item of a list needs it, not the one alone.
QString sendFix(const Finding &finding, const QString &place, const QString &condition)
{
    const json::Pointer object = finding.at.isRoot() ? json::Pointer() : finding.at.parent();
    const std::string index = object.lastToken();
    const bool isInList = condition.isEmpty() && !index.empty() &&
                          std::ranges::all_of(index, [](char c) { return c >= '0' && c <= '9'; });
    QString send = isInList ? Findings::tr("Send %1 in every item of %2")
                                  .arg(inTicks(argument(finding, 0)), innerPlace(object.parent()))
                            : Findings::tr("Send %1").arg(place);
    if (!condition.isEmpty()) {
        send = Findings::tr("%1 when %2").arg(send, condition);
    }
    return Findings::tr("%1, or make it optional in the plan.").arg(send);
}

FindingText requiredText(const Finding &finding, const QString &place)
{
    const QString name = inTicks(argument(finding, 0));
    if (!argument(finding, 1).isEmpty()) {
        const QString near = inTicks(argument(finding, 1));
        return {Findings::tr("%1 is required, but the app sent %2. Did it mean %3?").arg(place, near, name),
                Findings::tr("Rename %1 to %2 in the app, or rename it in the plan.").arg(near, name), name,
                near};
    }
    return {Findings::tr("%1 is required, but it is missing.").arg(place),
            sendFix(finding, place, conditionWords(clausesOf(argument(finding, event::ConditionArgument)))),
            name, Findings::tr("missing")};
}

FindingText unplannedText(const Finding &finding, const QString &place)
{
    const std::vector<std::string> tokens = finding.at.tokens();
    const std::string top = tokens.size() > 1 ? tokens.front() : std::string();
    const QString message = top == "traits" ? Findings::tr("%1 is not a planned trait").arg(place)
                            : top == "properties"
                                ? Findings::tr("%1 is not a planned property of this event").arg(place)
                                : Findings::tr("%1 is not in the plan of this event").arg(place);
    const QString name = inTicks(argument(finding, 0));
    const QString stop = Findings::tr("Stop sending %1, or add it to the plan.").arg(name);
    if (argument(finding, 1).isEmpty()) {
        return {message + u'.', stop, {}, name};
    }
    const QString planned = inTicks(argument(finding, 1));
    if (argument(finding, 2) == u"sent"_s) {
        return {Findings::tr("%1; the planned %2 was sent as well.").arg(message, planned), stop, {}, name};
    }
    return {Findings::tr("%1. Did the app mean %2?").arg(message, planned),
            Findings::tr("Rename %1 to %2 in the app, or add %1 to the plan.").arg(name, planned), planned,
            name};
}

FindingText nameText(const Finding &finding, const QString &place)
{
    const QString fix = Findings::tr("Rename it in the app, or allow its name in the plan.");
    const QStringList parts = argument(finding, 1).split(event::partSeparator);
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
    const QString present = sibling(finding, argument(finding, 0));
    return {Findings::tr("Because %1 is sent, %2 is required, but it is missing.").arg(present, place),
            Findings::tr("Send %1 along with %2, or make it optional in the plan.").arg(place, present),
            inTicks(argument(finding, 1)), Findings::tr("missing")};
}

FindingText falseText(const Finding &finding, const QString &place)
{
    const QString condition = conditionWords(clausesOf(argument(finding, event::ConditionArgument)));
    return {Findings::tr("%1 should not be sent, but the app sent it.").arg(place),
            condition.isEmpty()
                ? Findings::tr("Stop sending %1, or allow it in the plan.").arg(place)
                : Findings::tr("Leave %1 out when %2, or allow it in the plan.").arg(place, condition),
            Findings::tr("nothing"), place};
}

FindingText unplannedEventText(const Finding &finding)
{
    if (argument(finding, 0).isEmpty()) {
        return {Findings::tr("The event has no name, so it is not in the tracking plan."),
                Findings::tr("Name the event in the call."),
                {},
                Findings::tr("no name")};
    }
    const QString name = inTicks(argument(finding, 0));
    const QString near = argument(finding, 1);
    if (near.isEmpty()) {
        return {Findings::tr("%1 is not in the tracking plan, and no planned name is near it.").arg(name),
                Findings::tr("Add it to the plan, or stop sending it."),
                {},
                name};
    }
    const QString planned = inTicks(near);
    const QString difference = differenceWords(argument(finding, 0), near);
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
        return argument(finding, 1).toULongLong() > 1 ? ambiguousText(finding, place)
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
