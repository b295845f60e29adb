// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/amountwords.h"

#include "app/engine/clausewords.h"
#include "app/engine/valuewords.h"

namespace engine {

using namespace Qt::StringLiterals;
using event::Finding;
using event::FindingText;

namespace {

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

/// "from 1 to 5", "more than 0 and at most 5".
QString rangeWords(const Finding &finding)
{
    const QString relation = argument(finding, 0);
    const QString limit = cut(argument(finding, 1));
    const QString otherRelation = argument(finding, 3);
    const QString otherLimit = cut(argument(finding, 4));
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

} // namespace

FindingText rangeText(const Finding &finding, const QString &place)
{
    const QString range = rangeWords(finding);
    const QString sent = cut(argument(finding, 2));
    return {Findings::tr("%1 should be %2, but the app sent %3.").arg(place, range, sent),
            Findings::tr("Correct the number in the app, or %1 in the plan.")
                .arg(argument(finding, 3).isEmpty() ? Findings::tr("change the limit")
                                                    : Findings::tr("widen the range")),
            range, sent};
}

FindingText multipleText(const Finding &finding, const QString &place)
{
    const QString factor = argument(finding, 0);
    const QString sent = cut(argument(finding, 1));
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

namespace {

/// "at least 1 item", "exactly 3 items", "from 2 to 4 items".
QString countWords(const Finding &finding, QString (*units)(const QString &))
{
    const QString limit = argument(finding, 1);
    const QString other = argument(finding, 3);
    if (other.isEmpty()) {
        return Findings::tr("%1 %2").arg(comparisonWords(argument(finding, 0)), units(limit));
    }
    if (other == limit) {
        return Findings::tr("exactly %1").arg(units(limit));
    }
    const bool isShort = argument(finding, 0) == u"at least"_s;
    return Findings::tr("%1 to %2").arg(isShort ? limit : other, units(isShort ? other : limit));
}

} // namespace

FindingText lengthText(const Finding &finding, const QString &place)
{
    const QString should = countWords(finding, characters);
    const bool isEmpty = argument(finding, 2) == u"0"_s;
    if (isEmpty) {
        const QString wanted =
            argument(finding, 1) == u"1"_s && argument(finding, 3).isEmpty()
                ? Findings::tr("%1 should not be empty, but the app sent an empty text.").arg(place)
                : Findings::tr("%1 should have %2, but the app sent an empty text.").arg(place, should);
        const QString fix =
            isRequired(finding)
                ? Findings::tr("Send a value for %1, or allow empty text in the plan.").arg(place)
                : Findings::tr("Leave %1 out when it has no value, or allow empty text in the plan.")
                      .arg(place);
        return {wanted, fix, should, Findings::tr("an empty text")};
    }
    const QString has = characters(argument(finding, 2));
    const QString text = argument(finding, 4);
    const QString message =
        text.isEmpty()
            ? Findings::tr("%1 should have %2, but it has %3.").arg(place, should, argument(finding, 2))
            : Findings::tr("%1 should have %2, but %3 has %4.")
                  .arg(place, should, inQuotes(text), argument(finding, 2));
    const bool isShort = argument(finding, 0) == u"at least"_s;
    return {message,
            isShort ? Findings::tr("Send a longer text, or allow shorter ones in the plan.")
                    : Findings::tr("Shorten the text in the app, or allow longer ones in the plan."),
            should, has};
}

FindingText itemsText(const Finding &finding, const QString &place)
{
    const QString should = countWords(finding, items);
    const QString count = argument(finding, 2);
    const bool isEmpty = count == u"0"_s;
    return {isEmpty ? Findings::tr("%1 should hold %2, but the app sent an empty list.").arg(place, should)
                    : Findings::tr("%1 should hold %2, but the app sent %3.").arg(place, should, count),
            Findings::tr("Send %1, or change the number in the plan.").arg(should), should,
            isEmpty ? Findings::tr("an empty list") : items(count)};
}

FindingText propertiesText(const Finding &finding, const QString &place)
{
    const QString should = countWords(finding, properties);
    const QString count = argument(finding, 2);
    const bool isEmpty = count == u"0"_s;
    return {isEmpty ? Findings::tr("%1 should have %2, but the app sent an empty object.").arg(place, should)
                    : Findings::tr("%1 should have %2, but the app sent %3.").arg(place, should, count),
            Findings::tr("Send %1, or change the number in the plan.").arg(should), should,
            isEmpty ? Findings::tr("an empty object") : properties(count)};
}

FindingText uniqueText(const Finding &finding, const QString &place)
{
    const QString item = argument(finding, 2);
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
    const bool isOne = argument(finding, 2).isEmpty() || argument(finding, 2) == u"1"_s;
    const QString asked = itemWords(clausesOf(argument(finding, 0)), isOne ? Items::One : Items::Several);

    const QString kind = asked.isEmpty() ? Findings::tr("of the kind that the plan asks for") : asked;
    const QString count = argument(finding, 3);
    if (count.isEmpty() || count == u"0"_s) {
        const QString limit = isOne ? Findings::tr("one item") : items(argument(finding, 2));
        return {Findings::tr("%1 should hold at least %2 %3, but it holds none.").arg(place, limit, kind),
                Findings::tr("Send such an item as well, or drop the demand from the plan."),
                Findings::tr("at least %1 %2").arg(limit, kind), Findings::tr("none")};
    }
    const QString should = Findings::tr("%1 %2 %3")
                               .arg(comparisonWords(argument(finding, 1)), items(argument(finding, 2)), kind);
    return {Findings::tr("%1 should hold %2, but it holds %3.").arg(place, should, count),
            Findings::tr("Send another number of them, or change the number in the plan."), should, count};
}

} // namespace engine
