// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/compare.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

/// "`products.$.sku`"; the event itself where there is no path.
QString placeOf(const Change &change)
{
    if (!change.path.isEmpty()) {
        const bool isBeside = change.path.constFirst().isEmpty();
        return u'`' + change.path.sliced(isBeside ? 1 : 0).join(u'.') + u'`';
    }
    return change.type == event::CallType::None ? u"every event"_s : u"the event"_s;
}

QString typeWords(const QString &type)
{
    static constexpr std::array<std::pair<QStringView, QStringView>, 8> known{
        {{u"integer", u"a whole number"},
         {u"number", u"a number"},
         {u"string", u"text"},
         {u"boolean", u"true or false"},
         {u"array", u"a list"},
         {u"object", u"an object"},
         {u"null", u"null"},
         {u"any", u"anything"}}};
    const auto *const found =
        std::ranges::find(known, QStringView(type), &std::pair<QStringView, QStringView>::first);
    return found == known.end() ? type : found->second.toString();
}

QString typesWords(const QStringList &types)
{
    QStringList words;
    for (const QString &type : types) {
        words += typeWords(type);
    }
    return words.join(u" or "_s);
}

QStringList without(const QStringList &list, const QStringList &others)
{
    QStringList rest;
    std::ranges::copy_if(list, std::back_inserter(rest),
                         [&others](const QString &one) { return !others.contains(one); });
    return rest;
}

QString typeSentence(const Change &change, const QString &place)
{
    const QStringList before = change.before.split(u" or "_s);
    const QStringList after = change.after.split(u" or "_s);
    const QStringList come = without(after, before);
    const QStringList gone = without(before, after);
    if (change.impact == Impact::Loosens) {
        if (change.after == u"any"_s) {
            return u"%1 may now be anything"_s.arg(place);
        }
        if (come == QStringList{u"number"_s} && gone == QStringList{u"integer"_s}) {
            return u"%1 may now also be a fraction"_s.arg(place);
        }
        return u"%1 may now also be %2"_s.arg(place, typesWords(come));
    }
    if (change.impact == Impact::Tightens && come.isEmpty()) {
        return u"%1 may no longer be %2"_s.arg(place, typesWords(gone));
    }
    if (change.impact == Impact::None) {
        return u"the types of %1 are written otherwise"_s.arg(place);
    }
    return change.before == u"any"_s
               ? u"%1 must now be %2"_s.arg(place, typesWords(after))
               : u"%1 must now be %2 instead of %3"_s.arg(place, typesWords(after), typesWords(before));
}

QString enumSentence(const Change &change, const QString &place)
{
    switch (change.kind) {
    case ChangeKind::Added:
        return u"%1 may now also be %2"_s.arg(place, change.after);
    case ChangeKind::Removed:
        return u"%1 may no longer be %2"_s.arg(place, change.before);
    case ChangeKind::Changed:
        break;
    }
    return change.after.isEmpty() ? u"%1 may now have any value, not only %2"_s.arg(place, change.before)
                                  : u"%1 must now be one of %2"_s.arg(place, change.after);
}

/// How a demand reads when it came, when it went and when it became another: %1 place, %2 before, %3 after.
struct Demand
{
    QStringView what;
    QStringView come, gone, changed;
};

constexpr std::array demands{
    Demand{u"required", u"%1 is now required", u"%1 is now optional", u""},
    Demand{u"pattern", u"%1 must now match the pattern %3", u"%1 need no longer match the pattern %2",
           u"%1 must now match the pattern %3 instead of %2"},
    Demand{u"format", u"%1 must now have the format %3", u"%1 need no longer have the format %2",
           u"%1 must now have the format %3 instead of %2"},
    Demand{u"range", u"%1 must now be in the range %3", u"%1 need no longer be in the range %2",
           u"the range of %1 is now %3 instead of %2"},
    Demand{u"length", u"the length of %1 must now be %3", u"the length of %1 need no longer be %2",
           u"the length of %1 must now be %3 instead of %2"},
    Demand{u"items", u"the number of items in %1 must now be %3",
           u"the number of items in %1 need no longer be %2",
           u"the number of items in %1 must now be %3 instead of %2"},
    Demand{u"properties", u"the number of properties of %1 must now be %3",
           u"the number of properties of %1 need no longer be %2",
           u"the number of properties of %1 must now be %3 instead of %2"},
    Demand{u"multipleOf", u"%1 must now be a multiple of %3", u"%1 need no longer be a multiple of %2",
           u"%1 must now be a multiple of %3 instead of %2"},
    Demand{u"uniqueItems", u"%1 must now hold each item once", u"%1 may now hold an item twice", u""},
    Demand{u"deprecated", u"%1 is now deprecated", u"%1 is no longer deprecated",
           u"whether %1 is deprecated is changed"},
    Demand{u"version", u"", u"", u"the version of %1 is now %3 instead of %2"},
    Demand{u"order", u"", u"", u"the properties of %1 stand in another order"},
    Demand{u"$schema", u"", u"", u"%1 is now written for %3 instead of %2"},
};

/// Words for people: "description", "labels", "title" and what else demands nothing.
QString wordsSentence(const Change &change, const QString &place)
{
    const QStringView did = change.before.isEmpty()  ? u"added"
                            : change.after.isEmpty() ? u"removed"
                                                     : u"changed";
    const QString what = change.what == u"labels"_s || change.what == u"examples"_s ? u"the %1 of %2 are %3"_s
                                                                                    : u"the %1 of %2 is %3"_s;
    return what.arg(change.what, place, did);
}

QString othersSentence(const Change &change)
{
    const QString place = change.path.isEmpty() ? QString() : u" in "_s + placeOf(change);
    if (change.after == u"allowed"_s) {
        return u"properties that are not planned may now come%1"_s.arg(place);
    }
    if (change.after == u"not allowed"_s) {
        return u"properties that are not planned may no longer come%1"_s.arg(place);
    }
    return u"properties that are not planned%1 must now be %2"_s.arg(
        place, typesWords(change.after.split(u" or "_s)));
}

QString sourcesSentence(const Change &change)
{
    const bool isPlan = change.type == event::CallType::None && change.name.isEmpty();
    const QString who = isPlan ? u"the plan now covers"_s : u"the event now belongs to"_s;
    const auto named = [](const QString &sources) { return sources.isEmpty() ? u"all sources"_s : sources; };
    return u"%1 %2 instead of %3"_s.arg(who, named(change.after), named(change.before));
}

/// "string, required" as "text, required".
QString propertyWords(const QString &shown)
{
    const qsizetype comma = shown.indexOf(u", "_s);
    const QString types = comma < 0 ? shown : shown.left(comma);
    return typesWords(types.split(u" or "_s)) + (comma < 0 ? QString() : shown.sliced(comma));
}

} // namespace

QString sentenceOf(const Change &change)
{
    const QString place = placeOf(change);
    if (change.what == u"event"_s) {
        const QString rule = change.type == event::CallType::None ? u"the common rule"_s : u"the event"_s;
        return change.kind == ChangeKind::Added ? u"%1 is new"_s.arg(rule)
                                                : u"%1 is no longer planned"_s.arg(rule);
    }
    if (change.what == u"property"_s) {
        return change.kind == ChangeKind::Added
                   ? u"%1 is new: %2"_s.arg(place, propertyWords(change.after))
                   : u"%1 is no longer planned; it was %2"_s.arg(place, propertyWords(change.before));
    }
    if (change.what == u"renamed"_s) {
        return change.path.isEmpty() ? u"the event is renamed: it was `%1`"_s.arg(change.before)
                                     : u"%1 is renamed: it was `%2`"_s.arg(place, change.before);
    }
    if (change.what == u"type"_s) {
        return typeSentence(change, place);
    }
    if (change.what == u"enum"_s) {
        return enumSentence(change, place);
    }
    if (change.what == u"additionalProperties"_s) {
        return othersSentence(change);
    }
    if (change.what == u"sources"_s) {
        return sourcesSentence(change);
    }
    if (change.what == u"schema"_s) {
        return u"%1 has other conditions in its JSON Schema"_s.arg(place);
    }
    if (change.what == u"definitions"_s) {
        return u"definitions that schemas refer to are changed"_s;
    }
    const auto *const demand = std::ranges::find(demands, QStringView(change.what), &Demand::what);
    if (demand == demands.end()) {
        return wordsSentence(change, place);
    }
    const QStringView words = change.before.isEmpty()  ? demand->come
                              : change.after.isEmpty() ? demand->gone
                                                       : demand->changed;
    // In one go: a pattern may hold "%1".
    QString sentence;
    for (qsizetype at = 0; at < words.size(); ++at) {
        if (words[at] == u'%' && at + 1 < words.size()) {
            ++at;
            sentence += words[at] == u'1' ? place : words[at] == u'2' ? change.before : change.after;
        } else {
            sentence += words[at];
        }
    }
    return sentence;
}

} // namespace plan
