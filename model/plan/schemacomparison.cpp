// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/schemacomparison.h"

#include "plan/jsonedit.h"
#include "plan/schemafacts.h"
#include "plan/schematree.h"
#include "schema/nearest.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include <QSet>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

constexpr qsizetype shownCharacters = 200;
/// A property that is gone is looked for among so many new ones.
constexpr std::size_t maxRenameChoices = 64;

const Json anything = Json::object();

/// What the comparison knows the meaning of. Any other keyword may change anything.
constexpr std::array<std::string_view, 26> knownKeywords{"$schema",
                                                         "type",
                                                         "enum",
                                                         "const",
                                                         "required",
                                                         "properties",
                                                         "additionalProperties",
                                                         "unevaluatedProperties",
                                                         "pattern",
                                                         "format",
                                                         "minimum",
                                                         "maximum",
                                                         "exclusiveMinimum",
                                                         "exclusiveMaximum",
                                                         "minLength",
                                                         "maxLength",
                                                         "minItems",
                                                         "maxItems",
                                                         "minProperties",
                                                         "maxProperties",
                                                         "multipleOf",
                                                         "uniqueItems",
                                                         "items",
                                                         "$id",
                                                         "definitions",
                                                         "$defs"};

bool isKnown(std::string_view keyword)
{
    return std::ranges::find(knownKeywords, keyword) != knownKeywords.end();
}

QString cut(const QString &text)
{
    return text.size() > shownCharacters ? text.left(shownCharacters - 1) + u'…' : text;
}

/// A value as JSON on one line: a text in quotes.
QString asJson(const Json &value)
{
    return QString::fromStdString(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

QString textOrNothing(const Json *value)
{
    return value == nullptr ? QString() : cut(shownJson(*value));
}

Impact tightensIf(bool isTighter)
{
    return isTighter ? Impact::Tightens : Impact::Loosens;
}

/// Of a demand that is there or not, and means something else with each value.
Impact demandImpact(const Json *before, const Json *after)
{
    return before == nullptr ? Impact::Tightens : after == nullptr ? Impact::Loosens : Impact::Both;
}

/// `multipleOf`: what is a multiple of 10 is one of 5.
Impact multipleImpact(const Json *before, const Json *after)
{
    if (before != nullptr && after != nullptr && before->is_number_integer() && after->is_number_integer()) {
        const auto from = before->get<std::int64_t>();
        const auto to = after->get<std::int64_t>();
        if (from > 0 && to > 0 && (from % to == 0 || to % from == 0)) {
            return tightensIf(to > from);
        }
    }
    return demandImpact(before, after);
}

/// Allowed values; nothing when any is.
std::optional<std::vector<Json>> choicesOf(const Json &schema)
{
    const Json *constant = memberOf(schema, "const");
    const Json *list = memberOf(schema, "enum");
    std::optional<std::vector<Json>> choices;
    if (list != nullptr && list->is_array()) {
        choices.emplace(list->begin(), list->end());
    }
    if (constant == nullptr) {
        return choices;
    }
    const auto isConstant = [constant](const Json &value) { return isSame(value, *constant); };
    const bool isRuledOut = choices && std::ranges::none_of(*choices, isConstant);
    return isRuledOut ? std::vector<Json>() : std::vector<Json>{*constant};
}

QString shownValues(const std::vector<Json> &values)
{
    QStringList shown;
    for (const Json &value : values) {
        shown += asJson(value);
    }
    return cut(shown.join(u", "_s));
}

/// Values of one list that another lacks.
std::vector<Json> without(const std::vector<Json> &values, const std::vector<Json> &others)
{
    std::vector<Json> missing;
    std::ranges::copy_if(values, std::back_inserter(missing), [&others](const Json &value) {
        return std::ranges::none_of(others, [&value](const Json &other) { return isSame(value, other); });
    });
    return missing;
}

/// The members of an object by name.
using Members = std::unordered_map<std::string_view, const Json *>;

Members membersOf(const Json *object)
{
    Members members;
    if (object != nullptr && object->is_object()) {
        for (const auto &[name, value] : object->get_ref<const Json::object_t &>()) {
            members.emplace(name, &value);
        }
    }
    return members;
}

std::vector<std::string_view> namesOf(const Json *object)
{
    std::vector<std::string_view> names;
    if (object != nullptr && object->is_object()) {
        for (const auto &[name, value] : object->get_ref<const Json::object_t &>()) {
            names.emplace_back(name);
        }
    }
    return names;
}

QString shownName(std::string_view name)
{
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

/// One end of a range.
struct Bound
{
    Json limit; ///< null: none
    bool isExclusive = false;
};

enum class End : std::uint8_t { Lower, Upper };

/// Below zero when `one` lets more in than `other`, above when less.
int compareBounds(const Bound &one, const Bound &other, End end)
{
    if (one.limit.is_null() || other.limit.is_null()) {
        return static_cast<int>(other.limit.is_null()) - static_cast<int>(one.limit.is_null());
    }
    if (one.limit == other.limit) {
        return static_cast<int>(one.isExclusive) - static_cast<int>(other.isExclusive);
    }
    return (one.limit < other.limit) == (end == End::Lower) ? -1 : 1;
}

Bound boundOf(const Json &schema, std::string_view keyword, std::string_view exclusive, End end)
{
    Bound bound;
    if (const Json *limit = memberOf(schema, keyword); limit != nullptr && limit->is_number()) {
        bound.limit = *limit;
    }
    const Json *open = exclusive.empty() ? nullptr : memberOf(schema, exclusive);
    if (open != nullptr && open->is_boolean()) {
        bound.isExclusive = open->get<bool>() && !bound.limit.is_null(); // draft-04
    } else if (open != nullptr && open->is_number()) {
        if (const Bound other{*open, true}; compareBounds(other, bound, end) > 0) {
            bound = other;
        }
    }
    return bound;
}

QString shownRange(const Bound &lower, const Bound &upper)
{
    if (!lower.limit.is_null() && !upper.limit.is_null() && !lower.isExclusive && !upper.isExclusive) {
        return lower.limit == upper.limit ? asJson(lower.limit)
                                          : asJson(lower.limit) + u".."_s + asJson(upper.limit);
    }
    QStringList parts;
    if (!lower.limit.is_null()) {
        parts += (lower.isExclusive ? u"> "_s : u">= "_s) + asJson(lower.limit);
    }
    if (!upper.limit.is_null()) {
        parts += (upper.isExclusive ? u"< "_s : u"<= "_s) + asJson(upper.limit);
    }
    return parts.join(u", "_s);
}

/// A keyword with two ends and how it is called.
struct Range
{
    QStringView what;
    std::string_view lower, upper;
    std::string_view openLower = {}, openUpper = {};
};
constexpr std::array<Range, 4> ranges{
    {{u"range", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"},
     {u"length", "minLength", "maxLength"},
     {u"items", "minItems", "maxItems"},
     {u"properties", "minProperties", "maxProperties"}}};

QString shownLabels(const Json *labels)
{
    if (labels == nullptr || !labels->is_object()) {
        return textOrNothing(labels);
    }
    QStringList shown;
    for (const auto &[name, value] : labels->get_ref<const Json::object_t &>()) {
        shown += QString::fromStdString(name) + u": "_s + shownJson(value);
    }
    return cut(shown.join(u", "_s));
}

/// "integer or null, required".
QString shownProperty(const Json &schema, bool isRequired)
{
    const QString types = schema.is_object() ? shownTypeNames(typeNames(schema)) : asJson(schema);
    return isRequired ? types + u", required"_s : types;
}

/// "http://json-schema.org/draft-07/schema#" is what a schema without a word on it is.
QString dialectOf(const Json &schema)
{
    QString dialect = stringMember(schema, "$schema");
    while (dialect.endsWith(u'#')) {
        dialect.chop(1);
    }
    dialect.replace(u"https://json-schema.org/draft-"_s, u"http://json-schema.org/draft-"_s);
    return dialect.isEmpty() ? u"http://json-schema.org/draft-07/schema"_s : dialect;
}

/// Walks two schemas of one place.
class Comparison
{
public:
    /// `stem` has the event; `section` is the member of the event's root that paths begin in, if any.
    Comparison(Change stem, std::string section, std::vector<Change> &changes)
        : m_stem(std::move(stem))
        , m_section(std::move(section))
        , m_changes(changes)
    {
    }

    void root(const Json &before, const Json &after)
    {
        if (dialectOf(before) != dialectOf(after)) {
            add(ChangeKind::Changed, Impact::Both, {}, u"$schema"_s, dialectOf(before), dialectOf(after));
        }
        node(before, after, {}, m_section.empty() ? Level::Below : Level::Event);
    }

    void place(const Json &before, const Json &after) { node(before, after, {}, Level::Below); }

private:
    enum class Level : std::uint8_t { Event, Below };
    struct Property
    {
        std::string_view name;
        const Json *schema;
    };

    void add(ChangeKind kind, Impact impact, const QStringList &path, const QString &what,
             const QString &before, const QString &after)
    {
        Change &change = m_changes.emplace_back(m_stem);
        change.kind = kind;
        change.impact = impact;
        change.path = path;
        change.what = what;
        change.before = before;
        change.after = after;
    }

    void node(const Json &given, const Json &givenAfter, const QStringList &path, Level level)
    {
        if (given == givenAfter) {
            return;
        }
        const Json &before = given.is_boolean() && given.get<bool>() ? anything : given;
        const Json &after = givenAfter.is_boolean() && givenAfter.get<bool>() ? anything : givenAfter;
        if (!before.is_object() || !after.is_object()) {
            if (before != after) {
                const Impact impact = before.is_boolean()  ? Impact::Loosens
                                      : after.is_boolean() ? Impact::Tightens
                                                           : Impact::Both;
                add(ChangeKind::Changed, impact, path, u"schema"_s, shownSchema(given),
                    shownSchema(givenAfter));
            }
            return;
        }
        types(before, after, path);
        choices(before, after, path);
        for (const std::string_view keyword : {"format", "pattern", "multipleOf"}) {
            demand(before, after, path, keyword);
        }
        unique(before, after, path);
        for (const Range &range : ranges) {
            bounds(before, after, path, range);
        }
        for (const std::string_view keyword : {"additionalProperties", "unevaluatedProperties"}) {
            others(before, after, path, keyword);
        }
        unknown(before, after, path);
        words(before, after, path);
        properties(before, after, path, level);
        items(before, after, path);
    }

    void types(const Json &before, const Json &after, const QStringList &path)
    {
        const QStringList from = typeNames(before);
        const QStringList to = typeNames(after);
        if (QSet<QString>(from.begin(), from.end()) == QSet<QString>(to.begin(), to.end())) {
            return;
        }
        const TypeMask had = typeMask(before);
        const TypeMask has = typeMask(after);
        const bool isWider = (had & has) == had;
        const bool isNarrower = (had & has) == has;
        const Impact impact = isWider && isNarrower ? Impact::None
                              : isWider             ? Impact::Loosens
                              : isNarrower          ? Impact::Tightens
                                                    : Impact::Both;
        add(ChangeKind::Changed, impact, path, u"type"_s, shownTypeNames(from), shownTypeNames(to));
    }

    void choices(const Json &before, const Json &after, const QStringList &path)
    {
        const auto from = choicesOf(before);
        const auto to = choicesOf(after);
        if (!from && !to) {
            return;
        }
        if (!from || !to) {
            add(ChangeKind::Changed, tightensIf(to.has_value()), path, u"enum"_s,
                from ? shownValues(*from) : QString(), to ? shownValues(*to) : QString());
            return;
        }
        if (const auto gone = without(*from, *to); !gone.empty()) {
            add(ChangeKind::Removed, Impact::Tightens, path, u"enum"_s, shownValues(gone), {});
        }
        if (const auto come = without(*to, *from); !come.empty()) {
            add(ChangeKind::Added, Impact::Loosens, path, u"enum"_s, {}, shownValues(come));
        }
    }

    void demand(const Json &before, const Json &after, const QStringList &path, std::string_view keyword)
    {
        const Json *from = memberOf(before, keyword);
        const Json *to = memberOf(after, keyword);
        if ((from == nullptr) == (to == nullptr) && (from == nullptr || isSame(*from, *to))) {
            return;
        }
        const Impact impact = keyword == "multipleOf" ? multipleImpact(from, to) : demandImpact(from, to);
        add(ChangeKind::Changed, impact, path, shownName(keyword), textOrNothing(from), textOrNothing(to));
    }

    void unique(const Json &before, const Json &after, const QStringList &path)
    {
        const auto isUnique = [](const Json &schema) {
            const Json *unique = memberOf(schema, "uniqueItems");
            return unique != nullptr && unique->is_boolean() && unique->get<bool>();
        };
        if (isUnique(before) != isUnique(after)) {
            add(ChangeKind::Changed, tightensIf(isUnique(after)), path, u"uniqueItems"_s,
                isUnique(before) ? u"true"_s : QString(), isUnique(after) ? u"true"_s : QString());
        }
    }

    void bounds(const Json &before, const Json &after, const QStringList &path, const Range &range)
    {
        const auto lower = [&range](const Json &schema) {
            return boundOf(schema, range.lower, range.openLower, End::Lower);
        };
        const auto upper = [&range](const Json &schema) {
            return boundOf(schema, range.upper, range.openUpper, End::Upper);
        };
        const int below = compareBounds(lower(after), lower(before), End::Lower);
        const int above = compareBounds(upper(after), upper(before), End::Upper);
        if (below == 0 && above == 0) {
            return;
        }
        const Impact impact = below <= 0 && above <= 0   ? Impact::Loosens
                              : below >= 0 && above >= 0 ? Impact::Tightens
                                                         : Impact::Both;
        add(ChangeKind::Changed, impact, path, range.what.toString(),
            shownRange(lower(before), upper(before)), shownRange(lower(after), upper(after)));
    }

    void others(const Json &before, const Json &after, const QStringList &path, std::string_view keyword)
    {
        const auto schemaOf = [keyword](const Json &schema) -> const Json & {
            const Json *found = memberOf(schema, keyword);
            return found == nullptr ? anything : *found;
        };
        const auto shown = [](const Json &schema) {
            return schema.is_boolean() && !schema.get<bool>() ? u"not allowed"_s
                   : schema.is_boolean() || schema.empty()    ? u"allowed"_s
                                                              : shownTypeNames(typeNames(schema));
        };
        const Json &from = schemaOf(before);
        const Json &to = schemaOf(after);
        std::vector<Change> inner;
        Comparison(Change{}, {}, inner).place(from, to);
        if (!inner.empty()) {
            add(ChangeKind::Changed, impactOf(from, to), path, u"additionalProperties"_s, shown(from),
                shown(to));
        }
    }

    /// Conditions, references, and what a later draft may bring.
    void unknown(const Json &before, const Json &after, const QStringList &path)
    {
        const auto each = [&](const Json &schema, const Json &other, bool isBefore) {
            for (const auto &[keyword, value] : schema.get_ref<const Json::object_t &>()) {
                const Json *counterpart = memberOf(other, keyword);
                const bool isSecond = !isBefore && counterpart != nullptr;
                if (isKnown(keyword) || isWording(keyword) || isSecond ||
                    (counterpart != nullptr && isSame(value, *counterpart))) {
                    continue;
                }
                const auto shown = [&name = keyword](const Json &held) {
                    return shownSchema(Json{{name, held}});
                };
                const QString mine = shown(value);
                const QString theirs = counterpart != nullptr ? shown(*counterpart) : QString();
                add(ChangeKind::Changed, Impact::Both, path, u"schema"_s, isBefore ? mine : theirs,
                    isBefore ? theirs : mine);
            }
        };
        each(before, after, true);
        each(after, before, false);
        for (const std::string_view keyword : {"definitions", "$defs"}) {
            const Json *from = memberOf(before, keyword);
            const Json *to = memberOf(after, keyword);
            const Json &had = from != nullptr ? *from : anything;
            const Json &has = to != nullptr ? *to : anything;
            if (!isSame(had, has)) {
                add(ChangeKind::Changed, Impact::Both, path, u"definitions"_s, textOrNothing(from),
                    textOrNothing(to));
            }
        }
    }

    void words(const Json &before, const Json &after, const QStringList &path)
    {
        const auto each = [&](const Json &schema, const Json &other, bool isBefore) {
            for (const auto &[keyword, value] : schema.get_ref<const Json::object_t &>()) {
                const Json *counterpart = memberOf(other, keyword);
                if ((!isWording(keyword) && keyword != "$id") || (!isBefore && counterpart != nullptr) ||
                    (counterpart != nullptr && isSame(value, *counterpart))) {
                    continue;
                }
                const Json *from = isBefore ? &value : counterpart;
                const Json *to = isBefore ? counterpart : &value;
                const bool isLabels = keyword == "labels";
                const QString had = isLabels ? shownLabels(from) : textOrNothing(from);
                const QString has = isLabels ? shownLabels(to) : textOrNothing(to);
                if (had != has) { // "" and {} say as little as nothing
                    add(ChangeKind::Changed, Impact::None, path, shownName(keyword), had, has);
                }
            }
        };
        each(before, after, true);
        each(after, before, false);
    }

    QStringList below(const QStringList &path, std::string_view name, Level level) const
    {
        if (level == Level::Event) {
            // What stands beside the event's properties, marked by an empty first name.
            return name == m_section ? QStringList() : QStringList{QString(), shownName(name)};
        }
        return path + QStringList{shownName(name)};
    }

    void properties(const Json &before, const Json &after, const QStringList &path, Level level)
    {
        const Json *beforeList = memberOf(before, "properties");
        const Json *afterList = memberOf(after, "properties");
        const Members had = membersOf(beforeList);
        const Members has = membersOf(afterList);
        const auto neededBefore = texts(memberOf(before, "required"));
        const auto neededAfter = texts(memberOf(after, "required"));
        const std::unordered_set<std::string_view> wasNeeded(neededBefore.begin(), neededBefore.end());
        const std::unordered_set<std::string_view> isNeeded(neededAfter.begin(), neededAfter.end());

        std::vector<Property> gone;
        for (const std::string_view name : namesOf(beforeList)) {
            if (!has.contains(name) && !(level == Level::Event && name == m_section)) {
                gone.push_back({name, had.at(name)});
            }
        }
        const auto need = [&](std::string_view name, const QStringList &at) {
            if (wasNeeded.contains(name) != isNeeded.contains(name)) {
                add(ChangeKind::Changed, tightensIf(isNeeded.contains(name)), at, u"required"_s,
                    wasNeeded.contains(name) ? u"required"_s : QString(),
                    isNeeded.contains(name) ? u"required"_s : QString());
            }
        };
        const auto needImpact = [&](std::string_view name) {
            return wasNeeded.contains(name) == isNeeded.contains(name) ? Impact::None
                                                                       : tightensIf(isNeeded.contains(name));
        };
        for (const std::string_view name : namesOf(afterList)) {
            const QStringList at = below(path, name, level);
            const Json &schema = *has.at(name);
            const bool isSection = level == Level::Event && name == m_section;
            if (const auto known = had.find(name); known != had.end() || isSection) {
                // The section is the event itself: its own `required` is told under its name.
                need(name, isSection ? QStringList{QString(), shownName(name)} : at);
                node(known != had.end() ? *known->second : anything, schema, at, Level::Below);
                continue;
            }
            if (const auto renamed = renamedFrom(name, schema, gone)) {
                const Property old = *renamed;
                std::erase_if(gone, [&old](const Property &one) { return one.name == old.name; });
                const Impact impact =
                    joined(impactOf(*old.schema, openOf(after)), impactOf(openOf(before), schema));
                const bool isNeed = wasNeeded.contains(old.name) || isNeeded.contains(name);
                add(ChangeKind::Changed, isNeed ? Impact::Both : impact, at, u"renamed"_s,
                    shownName(old.name), shownName(name));
                if (wasNeeded.contains(old.name) != isNeeded.contains(name)) {
                    add(ChangeKind::Changed, tightensIf(isNeeded.contains(name)), at, u"required"_s,
                        wasNeeded.contains(old.name) ? u"required"_s : QString(),
                        isNeeded.contains(name) ? u"required"_s : QString());
                }
                continue;
            }
            add(ChangeKind::Added,
                joined(hasPatterns(before) ? Impact::Both : impactOf(openOf(before), schema),
                       needImpact(name)),
                at, u"property"_s, {}, shownProperty(schema, isNeeded.contains(name)));
        }
        for (const Property &property : gone) {
            add(ChangeKind::Removed,
                joined(hasPatterns(after) ? Impact::Both : impactOf(*property.schema, openOf(after)),
                       needImpact(property.name)),
                below(path, property.name, level), u"property"_s,
                shownProperty(*property.schema, wasNeeded.contains(property.name)), {});
        }
        if (level == Level::Event && had.contains(m_section) && !has.contains(m_section)) {
            need(m_section, {QString(), QString::fromStdString(m_section)});
            node(*had.at(m_section), anything, {}, Level::Below);
        }
        // Required without a word on what it is.
        for (const auto *list : {&neededBefore, &neededAfter}) {
            for (const std::string_view name : *list) {
                const bool isTold = list == &neededAfter && wasNeeded.contains(name);
                if (!had.contains(name) && !has.contains(name) && !isTold) {
                    need(name, level == Level::Event ? QStringList{QString(), shownName(name)}
                                                     : path + QStringList{shownName(name)});
                }
            }
        }
        order(namesOf(beforeList), namesOf(afterList), had, has, path);
    }

    void order(std::vector<std::string_view> from, std::vector<std::string_view> to, const Members &had,
               const Members &has, const QStringList &path)
    {
        std::erase_if(from, [&has](std::string_view name) { return !has.contains(name); });
        std::erase_if(to, [&had](std::string_view name) { return !had.contains(name); });
        if (from != to) {
            const auto shown = [](const std::vector<std::string_view> &names) {
                QStringList list;
                for (const std::string_view name : names) {
                    list += shownName(name);
                }
                return cut(list.join(u", "_s));
            };
            add(ChangeKind::Changed, Impact::None, path, u"order"_s, shown(from), shown(to));
        }
    }

    /// What was, or is, demanded of a property without a word of its own.
    static const Json &openOf(const Json &schema)
    {
        for (const std::string_view keyword : {"additionalProperties", "unevaluatedProperties"}) {
            if (const Json *open = memberOf(schema, keyword)) {
                return *open;
            }
        }
        return anything;
    }

    static bool hasPatterns(const Json &schema) { return memberOf(schema, "patternProperties") != nullptr; }

    static std::optional<Property> renamedFrom(std::string_view name, const Json &schema,
                                               const std::vector<Property> &gone)
    {
        std::optional<Property> nearest;
        unsigned least = 0;
        std::size_t tried = 0;
        for (const Property &one : gone) {
            if (!isSame(*one.schema, schema)) {
                continue;
            }
            if (++tried > maxRenameChoices) {
                break;
            }
            const auto distance = schema::nameDistance(one.name, name);
            if (distance && (!nearest || *distance < least)) {
                nearest = one;
                least = *distance;
            }
        }
        return nearest;
    }

    void items(const Json &before, const Json &after, const QStringList &path)
    {
        const Json *from = memberOf(before, "items");
        const Json *to = memberOf(after, "items");
        const Json &had = from == nullptr ? anything : *from;
        const Json &has = to == nullptr ? anything : *to;
        if (!had.is_array() && !has.is_array()) {
            node(had, has, path + QStringList{u"$"_s}, Level::Below);
        } else if (!isSame(had, has)) {
            add(ChangeKind::Changed, Impact::Both, path, u"schema"_s,
                from != nullptr ? shownSchema(Json{{"items", had}}) : QString(),
                to != nullptr ? shownSchema(Json{{"items", has}}) : QString());
        }
    }

    Change m_stem;
    std::string m_section;
    std::vector<Change> &m_changes;
};

Impact sourcesImpact(const QStringList &before, const QStringList &after)
{
    const auto holdsAll = [](const QStringList &whole, const QStringList &part) {
        return whole.isEmpty() ||
               (!part.isEmpty() && std::ranges::all_of(part, [&whole](const QString &name) {
                   return whole.contains(name, Qt::CaseInsensitive);
               }));
    };
    const bool isWider = holdsAll(after, before);
    const bool isNarrower = holdsAll(before, after);
    return isWider && isNarrower ? Impact::None
           : isWider             ? Impact::Loosens
           : isNarrower          ? Impact::Tightens
                                 : Impact::Both;
}

} // namespace

Impact joined(Impact one, Impact other)
{
    return one == Impact::None || one == other ? other : other == Impact::None ? one : Impact::Both;
}

Impact impactOf(const Json &before, const Json &after)
{
    std::vector<Change> changes;
    Comparison(Change{}, {}, changes).place(before, after);
    Impact impact = Impact::None;
    for (const Change &change : changes) {
        impact = joined(impact, change.impact);
    }
    return impact;
}

QString shownSchema(const Json &schema)
{
    return cut(asJson(schema));
}

void addSourcesChange(const QStringList &before, const QStringList &after, Change stem,
                      std::vector<Change> &changes)
{
    if (before == after) {
        return;
    }
    stem.impact = sourcesImpact(before, after);
    stem.what = u"sources"_s;
    stem.before = before.join(u", "_s);
    stem.after = after.join(u", "_s);
    changes.push_back(std::move(stem));
}

void addRuleChanges(const RuleSource &before, const RuleSource &after, std::vector<Change> &changes)
{
    Change stem;
    stem.type = after.type;
    stem.name = after.name;
    stem.version = after.version;
    addSourcesChange(before.sources, after.sources, stem, changes);
    if (before.isDeprecated != after.isDeprecated) {
        Change &change = changes.emplace_back(stem);
        change.what = u"deprecated"_s;
        change.before = before.isDeprecated ? u"deprecated"_s : QString();
        change.after = after.isDeprecated ? u"deprecated"_s : QString();
    }
    // A common rule is over the event as it is: its paths begin at the root.
    if (after.type == event::CallType::None) {
        Comparison(stem, {}, changes).root(before.schema, after.schema);
    } else if (before.scope == after.scope && after.scope != Scope::Event) {
        Comparison(stem, {}, changes).root(before.schema, after.schema);
    } else {
        Comparison(stem, propertiesKey(after.type), changes).root(eventSchema(before), eventSchema(after));
    }
}

} // namespace plan
