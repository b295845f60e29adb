// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/rulejson.h"

#include "plan/jsonedit.h"
#include "plan/references.h"
#include "plan/schematree.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace plan::formats {

namespace {

// The Public API's way to say "not deprecated": year one.
constexpr std::string_view neverDeprecated = "0001-01-01T00:00:00";
constexpr std::array wholeEventKeys{"$schema", "description", "labels", sourcesKey};

bool saysDeprecated(const Json *deprecatedAt)
{
    return deprecatedAt != nullptr && deprecatedAt->is_string() &&
           !deprecatedAt->get_ref<const std::string &>().empty() &&
           !deprecatedAt->get_ref<const std::string &>().starts_with(neverDeprecated);
}

/// When a rule was deprecated that says nothing of it: the last time it was changed.
std::string deprecationTime(const Json &extra)
{
    const Json *updatedAt = memberOf(extra, "updatedAt");
    return updatedAt != nullptr && updatedAt->is_string() && *updatedAt != ""
               ? updatedAt->get<std::string>()
               : std::string("1970-01-01T00:00:00.000Z");
}

enum class Move : std::uint8_t { In, Out };

/// References that count from the schema's root, which is moved to `prefix`, or back from there.
void moveReferences(Json &schema, const Json &oldRoot, const std::string &prefix, Move move)
{
    if (memberOf(schema, "$id") != nullptr) {
        return; // they count from where the `$id` stands
    }
    eachReference(schema, [&](std::string &reference) {
        const auto pointer = localPointer(reference);
        if (!pointer || (!pointer->isRoot() && resolved(oldRoot, *pointer) == nullptr)) {
            return;
        }
        if (move == Move::In) {
            reference.insert(1, prefix);
        } else if (reference.starts_with("#" + prefix)) {
            reference.erase(1, prefix.size());
        }
    });
}

} // namespace

Json *notesOf(RuleSource &rule)
{
    if (memberOf(rule.extra, notesKey) == nullptr) {
        setMember(rule.extra, notesKey, Json::object());
    }
    return memberOf(rule.extra, notesKey);
}

const Json *noteOf(const RuleSource &rule, std::string_view key)
{
    const Json *notes = memberOf(rule.extra, notesKey);
    return notes == nullptr ? nullptr : memberOf(*notes, key);
}

bool isNamed(event::CallType type)
{
    return type == event::CallType::Track || type == event::CallType::Page || type == event::CallType::Screen;
}

std::string ruleTypeWord(event::CallType type)
{
    std::string word(type == event::CallType::None ? "common" : event::word(type));
    std::ranges::transform(word, word.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    return word;
}

std::optional<event::CallType> ruleTypeFromWord(const QString &word)
{
    const QString lower = word.toLower();
    return lower == u"common"_s ? event::CallType::None : event::callTypeFromWord(lower.toStdString());
}

Scope scopeOf(const Json &schema, event::CallType type)
{
    // A common rule is over the whole event; so is alias, which has neither properties nor traits.
    if (type == event::CallType::None || type == event::CallType::Alias || !schema.is_object()) {
        return Scope::Event;
    }
    if (const Json *properties = memberOf(schema, "properties")) {
        static constexpr std::array eventFields{"properties", "traits", "event", "context"};
        const bool isOverEvent = std::ranges::any_of(eventFields, [properties](const char *field) {
            const Json *schemaOfField = memberOf(*properties, field);
            return schemaOfField != nullptr && schemaOfField->is_object();
        });
        if (isOverEvent) {
            return Scope::Event;
        }
    }
    // One that demands nothing yet is Segment's: what is added to it goes where Segment looks.
    static constexpr std::array silent{"$schema", "$id",         "id",     "type",
                                       "title",   "description", "labels", "x-sources"};
    const bool demandsNothing = std::ranges::all_of(schema.items(), [](const auto &member) {
        return std::ranges::find(silent, member.key()) != silent.end() ||
               (member.key() == "properties" && member.value().empty());
    });
    if (demandsNothing) {
        return Scope::Event;
    }
    const bool hasTraits = type == event::CallType::Identify || type == event::CallType::Group;
    return hasTraits ? Scope::Traits : Scope::Properties;
}

std::optional<Json> takenOut(Json &object, const char *key, Json &notes)
{
    Json *found = memberOf(object, key);
    if (found == nullptr) {
        return std::nullopt;
    }
    Json value = std::move(*found);
    std::size_t index = 0;
    for (const auto &member : object.items()) {
        if (member.key() == key) {
            break;
        }
        ++index;
    }
    if (index + 1 < object.size()) {
        notes[key] = index;
    }
    eraseMember(object, key);
    return value;
}

void restore(Json &object, const char *key, Json value, const Json *notes)
{
    const Json *noted = notes == nullptr ? nullptr : memberOf(*notes, key);
    const std::size_t index =
        noted != nullptr && noted->is_number_unsigned() ? noted->get<std::size_t>() : object.size();
    if (index >= object.size() || memberOf(object, key) != nullptr) {
        setMember(object, key, std::move(value));
        return;
    }
    Json whole = Json::object();
    auto &members = whole.get_ref<Json::object_t &>();
    members.reserve(object.size() + 1);
    for (auto &member : object.get_ref<Json::object_t &>()) {
        if (members.size() == index) {
            members.emplace_back(std::string(key), std::move(value));
        }
        members.emplace_back(member.first, std::move(member.second));
    }
    object = std::move(whole);
}

void takeSources(RuleSource &rule)
{
    const Json *listed = memberOf(rule.schema, sourcesKey);
    if (listed == nullptr || !listed->is_array() ||
        !std::ranges::all_of(*listed, [](const Json &name) { return name.is_string() && name != ""; })) {
        return;
    }
    Json notes = Json::object();
    const auto taken = takenOut(rule.schema, sourcesKey, notes);
    for (const Json &name : *taken) {
        rule.sources.append(stringOf(name));
    }
    if (const Json *index = memberOf(notes, sourcesKey)) {
        (*notesOf(rule))[sourcesKey] = *index;
    }
}

void putSources(Json &schema, const RuleSource &rule)
{
    if (rule.sources.isEmpty() || !schema.is_object()) {
        return;
    }
    Json listed = Json::array();
    for (const QString &source : rule.sources) {
        listed.push_back(source.toStdString());
    }
    restore(schema, sourcesKey, std::move(listed), memberOf(rule.extra, notesKey));
}

void liftDescription(RuleSource &rule, const QString &description)
{
    if (!description.isEmpty() && rule.schema.is_object() &&
        memberOf(rule.schema, "description") == nullptr) {
        setMember(rule.schema, "description", description.toStdString());
        (*notesOf(rule))[liftedNote] = "lifted";
    }
}

QString droppedDescription(Json &schema, const RuleSource &rule)
{
    const QString description = stringMember(schema, "description");
    if (noteOf(rule, liftedNote) != nullptr) {
        eraseMember(schema, "description");
    }
    return description;
}

void noteOrder(RuleSource &rule, const Json &source, const Json &written)
{
    Json keys = Json::array();
    for (const auto &member : source.items()) {
        keys.push_back(member.key());
    }
    Json ours = Json::array();
    for (const auto &member : written.items()) {
        ours.push_back(member.key());
    }
    if (keys != ours) {
        (*notesOf(rule))[orderNote] = std::move(keys);
    }
}

Json ordered(const Json &members, const RuleSource &rule)
{
    const Json *order = noteOf(rule, orderNote);
    if (order == nullptr || !order->is_array()) {
        return members;
    }
    Json made = Json::object();
    for (const Json &key : *order) {
        const std::string &name = key.get_ref<const std::string &>();
        if (const Json *value = memberOf(members, name)) {
            setMember(made, name, *value);
        }
    }
    for (const auto &[key, value] : members.items()) {
        if (memberOf(made, key) == nullptr) {
            setMember(made, key, value);
        }
    }
    return made;
}

Json wholeEventSchema(const RuleSource &rule)
{
    if (rule.scope == Scope::Event || rule.type == event::CallType::None || !rule.schema.is_object()) {
        return rule.schema;
    }
    const bool hasTraits = rule.scope == Scope::Traits;
    Json inner = rule.schema;
    moveReferences(inner, rule.schema, hasTraits ? "/properties/traits" : "/properties/properties", Move::In);
    Json whole = Json::object();
    for (const char *key : wholeEventKeys) {
        if (const Json *value = memberOf(inner, key)) {
            setMember(whole, key, *value);
            eraseMember(inner, key);
        }
    }
    setMember(whole, "type", "object");
    Json properties = Json::object();
    setMember(properties, "context", Json::object());
    setMember(properties, "traits", hasTraits ? inner : Json{{"type", "object"}});
    setMember(properties, "properties", hasTraits ? Json::object() : inner);
    setMember(whole, "properties", std::move(properties));
    return whole;
}

Json propertiesAlone(const RuleSource &rule)
{
    if (rule.scope != Scope::Event || rule.type == event::CallType::None ||
        rule.type == event::CallType::Alias || !rule.schema.is_object()) {
        return rule.schema;
    }
    const char *key = propertiesKey(rule.type);
    const Json *properties = memberOf(rule.schema, "properties");
    const Json *found = properties == nullptr ? nullptr : memberOf(*properties, key);
    Json alone = Json::object();
    for (const char *name : wholeEventKeys) {
        const Json *value = memberOf(rule.schema, name);
        if (value != nullptr && (found == nullptr || memberOf(*found, name) == nullptr)) {
            setMember(alone, name, *value);
        }
    }
    if (found != nullptr && found->is_object()) {
        Json inner = *found;
        moveReferences(inner, rule.schema, std::string("/properties/") + key, Move::Out);
        for (const auto &[name, value] : inner.items()) {
            setMember(alone, name, value);
        }
    }
    if (memberOf(alone, "type") == nullptr && memberOf(alone, "$ref") == nullptr) {
        setMember(alone, "type", "object");
    }
    // The definitions that its references count on stood beside it.
    for (const char *name : {"definitions", "$defs"}) {
        const Json *beside = memberOf(rule.schema, name);
        if (beside == nullptr) {
            continue;
        }
        Json *own = memberOf(alone, name);
        if (own == nullptr || !own->is_object() || !beside->is_object()) {
            if (own == nullptr) {
                setMember(alone, name, *beside);
            }
            continue;
        }
        for (const auto &[definition, schema] : beside->items()) {
            if (memberOf(*own, definition) == nullptr) {
                setMember(*own, definition, schema);
            }
        }
    }
    return alone;
}

tl::expected<RuleSource, QString> readRule(const Json &object)
{
    RuleSource rule;
    const QString type = stringMember(object, "type");
    const auto known = ruleTypeFromWord(type);
    if (!known) {
        return tl::make_unexpected(
            u"A rule's \"type\" must be TRACK, PAGE, SCREEN, IDENTIFY, GROUP, ALIAS or COMMON, "
            "but here it is \"%1\". The rule is left out."_s.arg(type));
    }
    rule.type = *known;
    rule.name = isNamed(rule.type) ? stringMember(object, "key") : QString();
    if (rule.type == event::CallType::Track && rule.name.isEmpty()) {
        return tl::make_unexpected(
            u"A track rule needs a \"key\", the event's name. The rule is left out."_s);
    }
    const Json *version = memberOf(object, "version");
    const bool hasVersion = version != nullptr && version->is_number_integer() && *version > 0 &&
                            *version <= std::numeric_limits<int>::max();
    rule.version = hasVersion ? version->get<int>() : 1;
    rule.isDeprecated = saysDeprecated(memberOf(object, "deprecatedAt"));
    const Json *schema = memberOf(object, "jsonSchema");
    rule.schema = schema == nullptr ? Json() : *schema;
    for (const auto &[key, value] : object.items()) {
        const bool isOurs = key == "type" || key == "jsonSchema" || (key == "version" && hasVersion) ||
                            (key == "key" && (!rule.name.isEmpty() || value.is_null()));
        if (!isOurs) {
            setMember(rule.extra, key, value);
        }
    }
    rule.scope = scopeOf(rule.schema, rule.type);
    if (type.toStdString() != ruleTypeWord(rule.type)) {
        (*notesOf(rule))[typeNote] = type.toStdString();
    }
    liftDescription(rule, stringMember(object, "description"));
    takeSources(rule);
    noteOrder(rule, object, ruleObject(rule, {}));
    return rule;
}

Json ruleObject(const RuleSource &rule, Json schema)
{
    const Json *order = noteOf(rule, orderNote);
    const auto stood = [order](const char *key) {
        return order != nullptr && std::ranges::find(*order, Json(key)) != order->end();
    };
    Json made = Json::object();
    const Json *spelled = noteOf(rule, typeNote);
    const bool isSpelled = spelled != nullptr && ruleTypeFromWord(stringOf(*spelled)) == rule.type;
    setMember(made, "type", isSpelled ? *spelled : Json(ruleTypeWord(rule.type)));
    if (!rule.name.isEmpty()) {
        setMember(made, "key", rule.name.toStdString());
    } else if (stood("key") && memberOf(rule.extra, "key") == nullptr) {
        setMember(made, "key", nullptr);
    }
    if (memberOf(rule.extra, "description") != nullptr) {
        const QString description = droppedDescription(schema, rule);
        if (noteOf(rule, liftedNote) != nullptr) {
            setMember(made, "description", description.toStdString());
        }
    }
    if (!schema.is_null() || order == nullptr || stood("jsonSchema")) {
        setMember(made, "jsonSchema", std::move(schema));
    }
    if (order == nullptr || stood("version") || rule.version != 1) {
        setMember(made, "version", rule.version);
    }
    for (const auto &[key, value] : rule.extra.items()) {
        if (key != notesKey && memberOf(made, key) == nullptr) {
            setMember(made, key, value);
        }
    }
    if (rule.isDeprecated != saysDeprecated(memberOf(rule.extra, "deprecatedAt"))) {
        setMember(made, "deprecatedAt",
                  rule.isDeprecated ? deprecationTime(rule.extra) : std::string(neverDeprecated) + ".000Z");
    }
    return ordered(made, rule);
}

} // namespace plan::formats
