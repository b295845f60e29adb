// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/branchwords.h"

#include "app/engine/clausewords.h"
#include "app/engine/planwords.h"
#include "app/engine/valuewords.h"

#include <algorithm>
#include <iterator>

namespace engine {

using namespace Qt::StringLiterals;
using event::Finding;
using event::FindingText;
using enum event::RuleId;

namespace {

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

} // namespace

FindingText notText(const Finding &finding, const QString &place)
{
    const auto clauses = clausesOf(argument(finding, 0));
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

namespace {

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
    for (const QString &branch : argument(finding, 4).split(event::listSeparator, Qt::SkipEmptyParts)) {
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

} // namespace

FindingText branchesText(const Finding &finding, const QString &place)
{
    const QString count = numberWords(argument(finding, 0).toULongLong());
    const QString fix = Findings::tr("Send one of the planned forms, or add this one to the plan.");
    if (const QString list = argument(finding, 3); !list.isEmpty()) {
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
    const QStringList sentParts = argument(finding, 5).split(event::partSeparator);
    const QString sent = sentWords(sentParts.value(0), sentParts.value(1));
    if (const QString expected = expectationWords(finding); !expected.isEmpty()) {
        return {Findings::tr("%1 should be %2, but the app sent %3.").arg(place, expected, sent), fix,
                expected, sent};
    }
    const QString titles = titleWords(argument(finding, 2));
    const QString forms = titles.isEmpty() ? Findings::tr("one of %1 planned forms").arg(count)
                                           : Findings::tr("one of the planned forms %1").arg(titles);
    return {Findings::tr("%1 should have %2, but it fits none of them.").arg(place, forms), fix, forms,
            Findings::tr("none of them")};
}

FindingText ambiguousText(const Finding &finding, const QString &place)
{
    const auto count = argument(finding, 0).toULongLong();
    const auto matched = argument(finding, 1).toULongLong();
    if (const QString list = argument(finding, 3); !list.isEmpty()) {
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
    const QString titles = titleWords(argument(finding, 2));
    return {titles.isEmpty() ? Findings::tr("%1 should fit only one of %2 planned forms, but it fits %3.")
                                   .arg(place, numberWords(count), fits)
                             : Findings::tr("%1 should fit only one of the planned forms %2, but it fits %3.")
                                   .arg(place, titles, fits),
            fix, Findings::tr("only one form"), Findings::tr("%1 forms fit").arg(numberWords(matched))};
}

} // namespace engine
