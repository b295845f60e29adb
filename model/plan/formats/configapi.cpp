// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/configapi.h"

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

struct Global
{
    const char *key;
    event::CallType type;
};
constexpr std::array globals{Global{"global", event::CallType::None},
                             Global{"identify", event::CallType::Identify},
                             Global{"group", event::CallType::Group}};

/// The members of an event that are ours; the schema is put in later.
Json eventObject(const RuleSource &rule, Json schema)
{
    const Json *order = noteOf(rule, orderNote);
    const auto stood = [order](const char *key) {
        return order == nullptr || std::ranges::find(*order, Json(key)) != order->end();
    };
    Json made{{"name", rule.name.toStdString()}};
    const Json *own = memberOf(rule.extra, "description"); // beside another in the schema
    QString description;
    if (own == nullptr) {
        description = stringMember(schema, "description");
        eraseMember(schema, "description");
    }
    if (own != nullptr) {
        setMember(made, "description", *own);
    } else if (stood("description") || !description.isEmpty()) {
        setMember(made, "description", description.toStdString());
    }
    if (!schema.is_null() || stood("rules")) {
        setMember(made, "rules", std::move(schema));
    }
    if (stood("version") || rule.version != 1) {
        setMember(made, "version", rule.version);
    }
    for (const auto &[key, value] : rule.extra.items()) {
        if (key != notesKey && memberOf(made, key) == nullptr) {
            setMember(made, key, value);
        }
    }
    return ordered(made, rule);
}

std::optional<RuleSource> readEvent(const Json &object)
{
    RuleSource rule;
    rule.name = stringMember(object, "name");
    if (rule.name.isEmpty()) {
        return std::nullopt;
    }
    const Json *version = memberOf(object, "version");
    const bool hasVersion = version != nullptr && version->is_number_integer() && *version > 0 &&
                            *version <= std::numeric_limits<int>::max();
    rule.version = hasVersion ? version->get<int>() : 1;
    const Json *schema = memberOf(object, "rules");
    rule.schema = schema == nullptr ? Json() : *schema;
    for (const auto &[key, value] : object.items()) {
        if (key != "name" && key != "rules" && key != "description" && !(key == "version" && hasVersion)) {
            setMember(rule.extra, key, value);
        }
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
    takeSources(rule);
    noteOrder(rule, object, eventObject(rule, Json()));
    return rule;
}

} // namespace

std::vector<bool> configApiHolds(const Document &document)
{
    std::set<event::CallType> seen;
    std::vector<bool> held;
    for (const RulePointer &rule : document.rules) {
        const bool isGlobal = std::ranges::find(globals, rule->type, &Global::type) != globals.end();
        held.push_back(rule->type == event::CallType::Track ||
                       (isGlobal && rule->version == 1 && seen.insert(rule->type).second));
    }
    return held;
}

base::Result<Document> readConfigApi(Envelope envelope, const QString &path)
{
    Document document;
    document.path = path;
    document.format = Format::ConfigApi;
    document.name = envelope.name().isEmpty() ? nameFromFile(path) : envelope.name();
    document.sources = envelope.sources();
    std::vector<RuleSource> rules;
    std::vector<std::pair<std::size_t, Json>> unread;
    Json &config = envelope.config();
    const Json events = std::exchange(config["events"], Json::array());
    std::size_t position = 0;
    for (const Json &object : events) {
        if (auto rule = readEvent(object)) {
            rules.push_back(std::move(*rule));
        } else {
            document.problems.push_back(
                {u"event %1"_s.arg(position + 1), u"The event has no \"name\". It is left out."_s});
            unread.emplace_back(position, object);
        }
        ++position;
    }
    for (const Global &global : globals) {
        Json *schema = memberOf(config, global.key);
        if (schema == nullptr || !schema->is_object() || schema->empty()) {
            continue;
        }
        RuleSource rule;
        rule.type = global.type;
        rule.schema = std::exchange(*schema, Json::object());
        rule.scope = scopeOf(rule.schema, rule.type);
        takeSources(rule);
        rules.push_back(std::move(rule));
    }
    document.shared = sharedOf(envelope.root(), rules);
    for (RuleSource &rule : rules) {
        document.rules.push_back(std::make_shared<const RuleSource>(std::move(rule)));
    }
    envelope.keep(document, unread);
    return document;
}

base::Result<std::vector<WrittenFile>> writeConfigApi(const Document &document)
{
    Json config = keptConfig(document);
    std::vector<Json> events;
    std::vector<std::pair<const char *, Json>> single;
    const std::vector<bool> held = configApiHolds(document);
    for (std::size_t number = 0; number < held.size(); ++number) {
        const RuleSource &rule = *document.rules[number];
        if (!held[number]) {
            continue;
        }
        const bool isFromFile =
            document.format == Format::ConfigApi && scopeOf(rule.schema, rule.type) == rule.scope;
        Json schema = isFromFile ? rule.schema : wholeEventSchema(rule);
        putSources(schema, rule);
        if (rule.type == event::CallType::Track) {
            events.push_back(eventObject(rule, std::move(schema)));
        } else {
            single.emplace_back(std::ranges::find(globals, rule.type, &Global::type)->key, std::move(schema));
        }
    }
    putUnread(document, events);
    setMember(config, "events", Json(std::move(events)));
    for (auto &[key, schema] : single) {
        setMember(config, key, std::move(schema));
    }
    return std::vector<WrittenFile>{{QString(), writtenJson(enclosedConfig(document, std::move(config)))}};
}

} // namespace plan::formats
