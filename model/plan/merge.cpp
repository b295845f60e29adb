// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/compare.h"

#include "plan/jsonedit.h"
#include "plan/rulematching.h"
#include "plan/schemacomparison.h"
#include "plan/schemafacts.h"
#include "plan/schematree.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace plan {

namespace {

bool isOneOf(std::string_view keyword, std::initializer_list<std::string_view> keywords)
{
    return std::ranges::find(keywords, keyword) != keywords.end();
}

bool isDefinitions(std::string_view keyword)
{
    return isOneOf(keyword, {"definitions", "$defs"});
}

/// Keywords that say together what one of them may say alone: where the other plan has one of a group, its
/// words stand for the whole group.
constexpr std::array<std::array<std::string_view, 2>, 3> groups{
    {{"enum", "const"}, {"minimum", "exclusiveMinimum"}, {"maximum", "exclusiveMaximum"}}};

bool isEmptyWording(const Json &value)
{
    return value.is_null() || (value.is_string() && value.get_ref<const std::string &>().empty()) ||
           (value.is_structured() && value.empty());
}

/// Merges one rule's schema into another's, place by place.
class SchemaMerge
{
public:
    /// `section`: the member of the event's root that holds its properties; empty for rules that are not over
    /// the event.
    SchemaMerge(MergeMode mode, std::string section)
        : m_mode(mode)
        , m_section(std::move(section))
    {
    }

    void root(Json &into, const Json &from)
    {
        if (m_section.empty()) {
            node(into, from, m_mode);
            addDefinitions(into, from);
            return;
        }
        // What a plan says of the event around its properties is in few formats: its absence says nothing.
        node(into, from, m_mode == MergeMode::AddOnly ? m_mode : MergeMode::AddAndUpdate, Level::Event);
        addDefinitions(into, from);
    }

private:
    enum class Level : std::uint8_t { Event, Below };

    void node(Json &into, const Json &from, MergeMode mode, Level level = Level::Below)
    {
        if (into == from) {
            return;
        }
        const bool isOdd = !into.is_object() || !from.is_object();
        if (isOdd || into.contains("$ref") || from.contains("$ref")) {
            if (mode != MergeMode::AddOnly && !isSame(into, from)) {
                replace(into, from);
            }
            return;
        }
        if (mode != MergeMode::AddOnly) {
            update(into, from, mode, level);
        }
        members(into, from, mode, level);
        items(into, from, mode);
    }

    /// By what can't be merged word by word; what is for people stays where the other says nothing.
    static void replace(Json &into, const Json &from)
    {
        Json made = from;
        if (into.is_object() && made.is_object()) {
            for (const auto &[keyword, value] : into.items()) {
                if (isWording(keyword) && memberOf(made, keyword) == nullptr) {
                    setMember(made, keyword, value);
                }
            }
        }
        into = std::move(made);
    }

    void update(Json &into, const Json &from, MergeMode mode, Level level)
    {
        const bool isOtherType = typeMask(into) != typeMask(from);
        if (mode == MergeMode::AddUpdateAndRemove) {
            std::vector<std::string> gone;
            for (const auto &[keyword, value] : into.items()) {
                if (!isWording(keyword) && !isOneOf(keyword, {"$schema", "$id"}) &&
                    memberOf(from, keyword) == nullptr) {
                    gone.push_back(keyword);
                }
            }
            for (const std::string &keyword : gone) {
                eraseMember(into, keyword);
            }
        }
        for (const auto &group : groups) {
            const bool isSaid = memberOf(from, group[0]) != nullptr || memberOf(from, group[1]) != nullptr;
            // Values planned for one type are none of another.
            const bool isVoid = isOtherType && group[0] == "enum" && memberOf(from, "type") != nullptr;
            for (const std::string_view keyword : group) {
                if ((isSaid || isVoid) && memberOf(from, keyword) == nullptr) {
                    eraseMember(into, keyword);
                }
            }
        }
        for (const auto &[keyword, value] : from.items()) {
            const bool isElsewhere =
                isOneOf(keyword, {"properties", "items", "required"}) || isDefinitions(keyword);
            const Json *had = memberOf(into, keyword);
            const bool isKept = had != nullptr && (isOneOf(keyword, {"$schema", "$id", "id"}) ||
                                                   (isWording(keyword) && isEmptyWording(value)) ||
                                                   isSameKeyword(keyword, *had, value));
            if (!isElsewhere && !isKept && !(had == nullptr && isWording(keyword) && isEmptyWording(value))) {
                setMember(into, keyword, value);
            }
        }
        required(into, from, mode, level);
    }

    /// The other plan decides on what it names; in its place, or behind the others.
    static void required(Json &into, const Json &from, MergeMode mode, Level level)
    {
        const Json *needed = memberOf(from, "required");
        const Json *named = memberOf(from, "properties");
        const bool isWhole = mode == MergeMode::AddUpdateAndRemove && level == Level::Below;
        std::vector<std::string> gone;
        for (const std::string_view name : texts(memberOf(into, "required"))) {
            const bool isNamed = isWhole || (named != nullptr && memberOf(*named, name) != nullptr);
            if (isNamed && !listHas(from, "required", name)) {
                gone.emplace_back(name);
            }
        }
        for (const std::string &name : gone) {
            eraseFromList(into, "required", name);
        }
        for (const std::string_view name : texts(needed)) {
            require(into, name);
        }
    }

    static void require(Json &into, std::string_view name)
    {
        if (listHas(into, "required", name)) {
            return;
        }
        Json *list = memberOf(into, "required");
        if (list == nullptr || !list->is_array()) {
            setMember(into, "required", Json::array());
            list = memberOf(into, "required");
        }
        list->push_back(std::string(name));
    }

    void members(Json &into, const Json &from, MergeMode mode, Level level)
    {
        const Json *others = memberOf(from, "properties");
        if (others == nullptr || !others->is_object()) {
            return;
        }
        if (mode == MergeMode::AddOnly && (typeMask(into) & objectType) == 0) {
            return; // planned as no object
        }
        Json *own = memberOf(into, "properties");
        if (own == nullptr) {
            if (others->empty() && mode == MergeMode::AddOnly) {
                return;
            }
            setMember(into, "properties", Json::object());
            own = memberOf(into, "properties");
        }
        if (!own->is_object()) {
            return;
        }
        if (mode == MergeMode::AddUpdateAndRemove) {
            std::vector<std::string> gone;
            for (const auto &[name, schema] : own->items()) {
                if (memberOf(*others, name) == nullptr) {
                    gone.push_back(name);
                }
            }
            for (const std::string &name : gone) {
                eraseMember(*own, name);
            }
        }
        std::unordered_map<std::string, std::size_t> places;
        const auto &held = own->get_ref<const Json::object_t &>();
        for (const auto &[name, schema] : held) {
            places.emplace(name, places.size());
        }
        std::vector<std::string_view> added;
        for (const auto &[name, schema] : others->get_ref<const Json::object_t &>()) {
            auto &object = own->get_ref<Json::object_t &>();
            if (const auto place = places.find(name); place != places.end()) {
                const bool isSection = level == Level::Event && name == m_section;
                node((object.begin() + static_cast<std::ptrdiff_t>(place->second))->second, schema,
                     isSection ? m_mode : mode);
            } else {
                object.push_back({name, schema});
                added.emplace_back(name);
            }
        }
        for (const std::string_view name : added) {
            if (mode == MergeMode::AddOnly && listHas(from, "required", name)) {
                require(into, name);
            }
        }
    }

    void items(Json &into, const Json &from, MergeMode mode)
    {
        const Json *others = memberOf(from, "items");
        if (others == nullptr || (mode == MergeMode::AddOnly && (typeMask(into) & arrayType) == 0)) {
            return;
        }
        Json *own = memberOf(into, "items");
        if (own == nullptr) {
            setMember(into, "items", *others);
        } else if (own->is_array() || others->is_array()) {
            if (mode != MergeMode::AddOnly && !isSame(*own, *others)) {
                *own = *others;
            }
        } else {
            node(*own, *others, mode);
        }
    }

    /// What the other's references lead to.
    void addDefinitions(Json &into, const Json &from) const
    {
        for (const std::string_view group : {"definitions", "$defs"}) {
            const Json *others = memberOf(from, group);
            if (others == nullptr || !others->is_object() || !into.is_object()) {
                continue;
            }
            if (memberOf(into, group) == nullptr) {
                setMember(into, group, Json::object());
            }
            Json &own = *memberOf(into, group);
            for (const auto &[name, schema] : others->items()) {
                const Json *had = memberOf(own, name);
                if (had == nullptr || (m_mode != MergeMode::AddOnly && !isSame(*had, schema))) {
                    setMember(own, name, schema);
                }
            }
        }
    }

    MergeMode m_mode;
    std::string m_section;
};

RuleSource mergedRule(const RuleSource &into, const RuleSource &from, MergeMode mode)
{
    RuleSource made = into;
    const bool isOverEvent = into.type != event::CallType::None && into.scope == Scope::Event;
    SchemaMerge merge(mode, isOverEvent ? propertiesKey(into.type) : std::string());
    if (from.scope == into.scope) {
        merge.root(made.schema, from.schema);
    } else {
        merge.root(made.schema, schemaForScope(from, into.scope));
    }
    if (mode != MergeMode::AddOnly) {
        made.isDeprecated = from.isDeprecated;
        if (!from.sources.isEmpty()) {
            made.sources = from.sources;
        }
    }
    return made;
}

/// Place of a step's rule in a plan that may have gone on since; null for one that is to be added. Common
/// rules are told apart by nothing else than themselves.
std::optional<std::size_t> placeOf(const Document &document, const RuleSource &rule,
                                   const RulePointer &pointer)
{
    const auto same = pointer == nullptr ? document.rules.end() : std::ranges::find(document.rules, pointer);
    const bool isCommon = rule.type == event::CallType::None;
    const auto found =
        same != document.rules.end() || isCommon
            ? same
            : std::ranges::find_if(document.rules, [&rule](const RulePointer &one) {
                  return one->type == rule.type && one->name == rule.name && one->version == rule.version;
              });
    return found == document.rules.end()
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(found - document.rules.begin()));
}

} // namespace

std::vector<RulePointer> rulesFor(const Document &into, const Document &from)
{
    std::vector<RulePointer> rules = selfContained(from, into.shared);
    for (RulePointer &rule : rules) {
        if (into.format != from.format && !rule->extra.empty()) {
            RuleSource made = *rule;
            made.extra = Json::object();
            rule = std::make_shared<const RuleSource>(std::move(made));
        }
    }
    return rules;
}

std::vector<MergeStep> mergeSteps(const Document &into, const std::vector<RulePointer> &from, MergeMode mode)
{
    std::vector<MergeStep> steps;
    RuleIndex own(into.rules);
    const RuleNames ownNames(into.rules);
    std::unordered_set<RuleKey, RuleKeyHash> seen;
    for (const RulePointer &rule : from) {
        // Of several rules for one event the first counts; there may be several common ones.
        if (!seen.insert({rule->type, rule->name, rule->version, 0}).second &&
            rule->type != event::CallType::None) {
            continue;
        }
        MergeStep step;
        if (const auto place = own.take(*rule)) {
            step.before = into.rules[*place];
            auto made = std::make_shared<const RuleSource>(mergedRule(*step.before, *rule, mode));
            if (*made == *step.before) {
                continue;
            }
            step.kind = ChangeKind::Changed;
            step.after = std::move(made);
            addRuleChanges(*step.before, *step.after, step.changes);
        } else {
            step.kind = ChangeKind::Added;
            step.after = rule;
            step.changes.push_back(comingChange(*rule, ownNames));
        }
        steps.push_back(std::move(step));
    }
    if (mode == MergeMode::AddUpdateAndRemove) {
        const RuleNames staying(from);
        for (const std::size_t left : own.left()) {
            MergeStep &step = steps.emplace_back();
            step.kind = ChangeKind::Removed;
            step.before = into.rules[left];
            step.changes.push_back(goingChange(*step.before, staying));
        }
    }
    return steps;
}

Document merged(const Document &into, const std::vector<MergeStep> &steps)
{
    Document made = into;
    std::vector<std::size_t> removed;
    for (const MergeStep &step : steps) {
        const RuleSource &rule = step.before ? *step.before : *step.after;
        const auto place = placeOf(made, rule, step.before);
        if (step.kind == ChangeKind::Removed) {
            if (place) {
                removed.push_back(*place);
            }
        } else if (place) {
            made.rules[*place] = step.after;
        } else {
            made.rules.push_back(step.after);
        }
    }
    // At the end: the places of the others hold until then.
    std::ranges::sort(removed, std::ranges::greater{});
    for (const std::size_t place : removed) {
        made.rules.erase(made.rules.begin() + static_cast<std::ptrdiff_t>(place));
    }
    return made;
}

} // namespace plan
