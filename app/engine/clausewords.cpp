// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/clausewords.h"

#include "app/engine/patternwords.h"
#include "app/engine/valuewords.h"
#include "event/ruleid.h"

#include <algorithm>
#include <array>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

QString valuesWords(const QString &values)
{
    QStringList words;
    for (const QString &value : jsonList(values)) {
        words += jsonWords(value);
    }
    return orWords(words);
}

QString patternText(const QString &pattern)
{
    const PatternWords words = patternWords(pattern);
    if (!words.values.isEmpty()) {
        QStringList quoted;
        std::ranges::transform(words.values, std::back_inserter(quoted), inQuotes);
        return orWords(quoted);
    }
    return words.expected.isEmpty() ? Findings::tr("text of the form %1").arg(cut(pattern)) : words.expected;
}

bool isNegative(const QString &relation)
{
    return relation == u"isNot"_s || relation == u"notOneOf"_s || relation == u"notType"_s ||
           relation == u"notMatches"_s;
}

/// "`method` is "card"".
QString clauseWords(const ClauseText &clause)
{
    const QString place = innerPlace(clause.at);
    if (clause.relation == u"sent"_s) {
        return Findings::tr("%1 is sent").arg(place);
    }
    if (clause.relation == u"notSent"_s) {
        return Findings::tr("%1 is not sent").arg(place);
    }
    if (clause.relation == u"holds"_s) {
        return Findings::tr("%1 holds %2").arg(place, valuesWords(clause.values));
    }
    if (clause.relation == u"holdsNot"_s) {
        return Findings::tr("%1 does not hold %2").arg(place, valuesWords(clause.values));
    }
    if (clause.relation == u"notOneOf"_s) {
        const QStringList values = jsonList(clause.values);
        return values.size() == 2 ? Findings::tr("%1 is neither %2 nor %3")
                                        .arg(place, jsonWords(values[0]), jsonWords(values[1]))
                                  : Findings::tr("%1 is not one of %2").arg(place, relationWords(clause));
    }
    return isNegative(clause.relation) ? Findings::tr("%1 is not %2").arg(place, relationWords(clause))
                                       : Findings::tr("%1 is %2").arg(place, relationWords(clause));
}

} // namespace

std::vector<ClauseText> clausesOf(const QString &argument)
{
    std::vector<ClauseText> clauses;
    for (const QString &clause : argument.split(event::listSeparator, Qt::SkipEmptyParts)) {
        const QStringList parts = clause.split(event::partSeparator);
        clauses.push_back({json::Pointer(parts.value(0).toStdString()), parts.value(1), parts.value(2)});
    }
    return clauses;
}

QString relationWords(const ClauseText &clause)
{
    if (clause.relation == u"type"_s || clause.relation == u"notType"_s) {
        return typesWords(clause.values);
    }
    if (clause.relation == u"matches"_s || clause.relation == u"notMatches"_s) {
        return patternText(clause.values);
    }
    if (clause.relation.startsWith(u'<') || clause.relation.startsWith(u'>')) {
        return Findings::tr("%1 %2").arg(comparisonWords(clause.relation), cut(clause.values));
    }
    return valuesWords(clause.values);
}

QString conditionWords(const std::vector<ClauseText> &clauses)
{
    QStringList sent;
    QStringList words;
    for (const ClauseText &clause : clauses) {
        if (clause.relation == u"sent"_s) {
            sent += innerPlace(clause.at);
        } else if (clause.relation != u"unknown"_s) {
            words += clauseWords(clause);
        }
    }
    sent.removeDuplicates();
    words.removeDuplicates();
    if (!sent.isEmpty()) {
        words.prepend(sent.size() == 1 ? Findings::tr("%1 is sent").arg(sent[0])
                                       : Findings::tr("%1 are sent").arg(andWords(sent)));
    }
    return andWords(words);
}

QString itemWords(const std::vector<ClauseText> &clauses, Items items)
{
    QStringList words;
    for (const ClauseText &clause : clauses) {
        if (clause.relation == u"sent"_s) {
            const QString has =
                items == Items::One ? Findings::tr("that has %1") : Findings::tr("that have %1");
            words += has.arg(innerPlace(clause.at));
        } else if (clause.at.isRoot()) {
            const QString is = items == Items::One ? Findings::tr("that is %1") : Findings::tr("that are %1");
            words += is.arg(relationWords(clause));
        } else {
            words += Findings::tr("whose %1").arg(clauseWords(clause));
        }
    }
    return andWords(words);
}

QString comparisonWords(const QString &relation)
{
    struct RelationWords
    {
        QLatin1StringView relation;
        const char *words;
    };
    static constexpr std::array known{
        RelationWords{">="_L1, QT_TRANSLATE_NOOP("Findings", "at least")},
        RelationWords{"<="_L1, QT_TRANSLATE_NOOP("Findings", "at most")},
        RelationWords{">"_L1, QT_TRANSLATE_NOOP("Findings", "more than")},
        RelationWords{"<"_L1, QT_TRANSLATE_NOOP("Findings", "less than")},
        RelationWords{"at least"_L1, QT_TRANSLATE_NOOP("Findings", "at least")},
        RelationWords{"at most"_L1, QT_TRANSLATE_NOOP("Findings", "at most")},
    };
    const auto found =
        std::ranges::find_if(known, [&](const RelationWords &row) { return row.relation == relation; });
    return found == known.end() ? relation : Findings::tr(found->words);
}

} // namespace engine
