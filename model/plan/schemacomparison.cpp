// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/schemacomparison.h"

#include "plan/jsonedit.h"
#include "plan/placecomparison.h"
#include "plan/schemafacts.h"
#include "plan/schematree.h"
#include "schema/nearest.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

/// A property that is gone is looked for among so many new ones.
constexpr std::size_t maxRenameChoices = 64;

const Json anything = Json::object();

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

/// "integer or null, required".
QString shownProperty(const Json &schema, bool isRequired)
{
    const QString types = schema.is_object() ? shownTypeNames(typeNames(schema)) : shownSchema(schema);
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
        Change stem = m_stem;
        stem.path = path;
        addPlaceChanges(before, after, stem, m_changes);
        for (const std::string_view keyword : {"additionalProperties", "unevaluatedProperties"}) {
            others(before, after, path, keyword);
        }
        definitions(before, after, path);
        properties(before, after, path, level);
        items(before, after, path);
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

    void definitions(const Json &before, const Json &after, const QStringList &path)
    {
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
    // Paths begin at the schema's root: a common rule is over the event as it is, another over its properties
    // alone.
    const bool isFromRoot =
        after.type == event::CallType::None || (before.scope == after.scope && after.scope != Scope::Event);
    if (isFromRoot) {
        Comparison(stem, {}, changes).root(before.schema, after.schema);
    } else {
        Comparison(stem, propertiesKey(after.type), changes).root(eventSchema(before), eventSchema(after));
    }
}

} // namespace plan
