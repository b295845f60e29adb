// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/avojson.h"

#include "plan/formats/envelope.h"
#include "plan/formats/rulejson.h"
#include "plan/jsonedit.h"
#include "plan/plantext.h"
#include "plan/references.h"

#include <algorithm>
#include <array>
#include <set>

using namespace Qt::StringLiterals;

namespace plan::formats {

namespace {

constexpr const char *mappingKey = "nameMapping";
constexpr const char *rootKey = "root";
constexpr QLatin1StringView exportedName = "Exported Tracking Plan: "_L1;

struct Action
{
    const char *word;
    event::CallType type;
};
/// What an event does in Avo, and the call Segment's destination makes of it; the first that is there counts.
constexpr std::array actions{
    Action{"logEvent", event::CallType::Track},
    Action{"logPage", event::CallType::Page},
    Action{"identifyUser", event::CallType::Identify},
    Action{"updateUserProperties", event::CallType::Identify},
    Action{"updateGroups", event::CallType::Group},
};

event::CallType typeOf(const Json &object)
{
    const Json *listed = memberOf(object, "actions");
    for (const Action &action : actions) {
        if (listed != nullptr && listed->is_array() &&
            std::ranges::find(*listed, Json(action.word)) != listed->end()) {
            return action.type;
        }
    }
    return event::CallType::Track;
}

/// Takes "nameMapping" out of `required` here and below; `noted` keeps where it stood.
void takeMappings(Json &schema, const json::Pointer &at, Json &noted)
{
    if (!schema.is_object()) {
        return;
    }
    Json *properties = memberOf(schema, "properties");
    Json *required = memberOf(schema, "required");
    if (required != nullptr && required->is_array() && memberOf(schema, mappingKey) != nullptr &&
        (properties == nullptr || memberOf(*properties, mappingKey) == nullptr)) {
        auto &names = required->get_ref<Json::array_t &>();
        const auto found = std::ranges::find(names, Json(mappingKey));
        if (found != names.end()) {
            noted.push_back(Json{{"at", at.text()}, {"position", found - names.begin()}});
            names.erase(found);
        }
    }
    if (properties != nullptr && properties->is_object()) {
        for (auto &[name, property] : properties->get_ref<Json::object_t &>()) {
            takeMappings(property, at.child("properties").child(name), noted);
        }
    }
    if (Json *items = memberOf(schema, "items")) {
        takeMappings(*items, at.child("items"), noted);
    }
}

void putMappings(Json &schema, const Json &noted)
{
    for (const Json &one : noted) {
        Json *place = resolved(schema, json::Pointer(stringMember(one, "at").toStdString()));
        if (place == nullptr || !place->is_object() || memberOf(*place, mappingKey) == nullptr) {
            continue;
        }
        if (memberOf(*place, "required") == nullptr) {
            setMember(*place, "required", Json::array());
        }
        Json &required = *memberOf(*place, "required");
        const Json *position = memberOf(one, "position");
        const std::size_t index = position != nullptr && position->is_number_integer()
                                      ? std::min(position->get<std::size_t>(), required.size())
                                      : required.size();
        required.insert(required.begin() + static_cast<std::ptrdiff_t>(index), mappingKey);
    }
}

/// Avo says of each event that there is no other name for it.
void makeMapping(Json &schema)
{
    if (!schema.is_object() || memberOf(schema, mappingKey) != nullptr) {
        return;
    }
    setMember(schema, mappingKey, Json::array());
    if (memberOf(schema, "required") == nullptr) {
        setMember(schema, "required", Json::array());
    }
    if (Json &required = *memberOf(schema, "required"); required.is_array()) {
        required.push_back(mappingKey);
    }
}

/// The sources of the file that the rule still has, as they stood, and new ones by name.
Json sourceList(const RuleSource &rule, const QStringList &sources, const std::vector<RulePointer> &rules)
{
    Json made = Json::array();
    QStringList left = sources;
    const Json *own = memberOf(rule.extra, "sources");
    for (const Json &source : own == nullptr ? Json::array() : *own) {
        const QString name = stringMember(source, "name");
        if (name.isEmpty() || left.removeOne(name)) {
            made.push_back(source);
        }
    }
    for (const QString &name : left) {
        Json source{{"name", name.toStdString()}};
        for (const RulePointer &other : rules) {
            const Json *theirs = memberOf(other->extra, "sources");
            for (const Json &known : theirs == nullptr ? Json::array() : *theirs) {
                source = stringMember(known, "name") == name ? known : source;
            }
        }
        made.push_back(std::move(source));
    }
    return made;
}

struct EventParts
{
    Json schema;
    Json sources;
};

Json eventObject(const RuleSource &rule, EventParts parts)
{
    const Json *order = noteOf(rule, orderNote);
    const auto stood = [order](const char *key) {
        return order == nullptr || std::ranges::find(*order, Json(key)) != order->end();
    };
    Json made = Json::object();
    if (const Json *id = memberOf(rule.extra, "id")) {
        setMember(made, "id", *id);
    }
    const Json *ownName = memberOf(rule.extra, "name");
    if (!rule.name.isEmpty()) {
        setMember(made, "name", rule.name.toStdString());
    } else if (ownName != nullptr) {
        setMember(made, "name", *ownName);
    } else {
        setMember(made, "name", std::string(event::word(rule.type)));
    }
    const Json *ownDescription = memberOf(rule.extra, "description"); // beside another in the schema
    const QString description = stringMember(parts.schema, "description");
    if (ownDescription != nullptr) {
        setMember(made, "description", *ownDescription);
    } else if (stood("description") || !description.isEmpty()) {
        setMember(made, "description", description.toStdString());
        eraseMember(parts.schema, "description");
    }
    for (const char *list : {"triggers", "tags", "categories"}) {
        if (order == nullptr && memberOf(rule.extra, list) == nullptr) {
            setMember(made, list, Json::array());
        }
    }
    for (const auto &[key, value] : rule.extra.items()) {
        if (key != notesKey && key != "sources" && memberOf(made, key) == nullptr) {
            setMember(made, key, value);
        }
    }
    const bool hasAction =
        stood("actions") && typeOf(made) == rule.type && memberOf(made, "actions") != nullptr;
    if (!hasAction && (order == nullptr || typeOf(made) != rule.type)) {
        setMember(made, "actions", Json::array({std::ranges::find(actions, rule.type, &Action::type)->word}));
    }
    if (stood("sources") || !parts.sources.empty()) {
        setMember(made, "sources", std::move(parts.sources));
    }
    if (!parts.schema.is_null() || stood("rules")) {
        setMember(made, "rules", std::move(parts.schema));
    }
    return ordered(made, rule);
}

std::optional<RuleSource> readEvent(const Json &object)
{
    RuleSource rule;
    rule.type = typeOf(object);
    const QString name = stringMember(object, "name");
    if (name.isEmpty()) {
        return std::nullopt;
    }
    rule.name = isNamed(rule.type) ? name : QString();
    const Json *schema = memberOf(object, "rules");
    rule.schema = schema == nullptr ? Json() : *schema;
    for (const auto &[key, value] : object.items()) {
        if (key != "rules" && key != "description" && !(key == "name" && !rule.name.isEmpty())) {
            setMember(rule.extra, key, value);
        }
    }
    if (const Json *sources = memberOf(object, "sources"); sources != nullptr && sources->is_array()) {
        for (const Json &source : *sources) {
            if (const QString sourceName = stringMember(source, "name"); !sourceName.isEmpty()) {
                rule.sources.append(sourceName);
            }
        }
        rule.sources.removeDuplicates();
    }
    Json mappings = Json::array();
    takeMappings(rule.schema, {}, mappings);
    if (!mappings.empty()) {
        (*notesOf(rule))[mappingKey] = std::move(mappings);
    }
    if (const Json *description = memberOf(object, "description")) {
        const bool isLifted = description->is_string() && rule.schema.is_object() &&
                              memberOf(rule.schema, "description") == nullptr;
        if (isLifted && *description != "") {
            setMember(rule.schema, "description", *description);
        } else if (!isLifted) {
            setMember(rule.extra, "description", *description);
        }
    }
    rule.scope = scopeOf(rule.schema, rule.type);
    noteOrder(rule, object, eventObject(rule, {}));
    return rule;
}

} // namespace

bool looksLikeAvoJson(const Json &root)
{
    const Json *events = memberOf(root, "events");
    if (events == nullptr || !events->is_array()) {
        return false;
    }
    return stringMember(root, "name").startsWith(exportedName) ||
           std::ranges::any_of(*events, [](const Json &event) {
               const Json *rules = memberOf(event, "rules");
               return rules != nullptr && rules->is_object() && memberOf(event, "name") != nullptr;
           });
}

base::Result<Document> readAvoJson(Json root, const QString &path)
{
    Document document;
    document.path = path;
    document.format = Format::AvoJson;
    document.name = stringMember(root, "name");
    document.name = document.name.isEmpty() ? nameFromFile(path) : document.name;
    const Json events = std::exchange(*memberOf(root, "events"), Json::array());
    std::vector<RuleSource> rules;
    Json unread = Json::array();
    std::size_t position = 0;
    for (const Json &object : events) {
        if (auto rule = readEvent(object)) {
            rules.push_back(std::move(*rule));
        } else {
            document.problems.push_back(
                {u"event %1"_s.arg(position + 1), u"The event has no \"name\". It is left out."_s});
            unread.push_back(Json{{"position", position}, {"rule", object}});
        }
        ++position;
    }
    // An event without sources is for all, so then the plan is, too.
    if (std::ranges::none_of(rules, [](const RuleSource &rule) { return rule.sources.isEmpty(); })) {
        for (const RuleSource &rule : rules) {
            document.sources += rule.sources;
        }
        document.sources.removeDuplicates();
    }
    document.shared = sharedOf(root, rules);
    for (RuleSource &rule : rules) {
        document.rules.push_back(std::make_shared<const RuleSource>(std::move(rule)));
    }
    document.extra[rootKey] = std::move(root);
    if (!unread.empty()) {
        document.extra["unread"] = std::move(unread);
    }
    return document;
}

std::vector<bool> avoJsonHolds(const Document &document)
{
    std::set<std::pair<event::CallType, QString>> seen;
    std::vector<bool> held;
    for (const RulePointer &rule : document.rules) {
        const bool isCall = std::ranges::find(actions, rule->type, &Action::type) != actions.end();
        held.push_back(isCall &&
                       (document.format == Format::AvoJson || seen.insert({rule->type, rule->name}).second));
    }
    return held;
}

base::Result<std::vector<WrittenFile>> writeAvoJson(const Document &document)
{
    std::vector<Json> events;
    const std::vector<bool> held = avoJsonHolds(document);
    for (std::size_t number = 0; number < held.size(); ++number) {
        const RuleSource &rule = *document.rules[number];
        if (!held[number]) {
            continue;
        }
        EventParts parts;
        parts.schema = wholeEventSchema(rule);
        if (const Json *mappings = noteOf(rule, mappingKey)) {
            putMappings(parts.schema, *mappings);
        } else if (rule.extra.empty()) {
            makeMapping(parts.schema);
        }
        parts.sources =
            sourceList(rule, rule.sources.isEmpty() ? document.sources : rule.sources, document.rules);
        events.push_back(eventObject(rule, std::move(parts)));
    }
    putUnread(document, events);
    const Json *kept = memberOf(document.extra, rootKey);
    Json root = kept == nullptr ? Json{{"name", document.name.toStdString()}} : *kept;
    if (stringMember(root, "name") != document.name &&
        (memberOf(root, "name") != nullptr || document.name != nameFromFile(document.path))) {
        setMember(root, "name", document.name.toStdString());
    }
    setMember(root, "events", Json(std::move(events)));
    putShared(root, document.shared);
    return std::vector<WrittenFile>{{QString(), writtenJson(root)}};
}

} // namespace plan::formats
