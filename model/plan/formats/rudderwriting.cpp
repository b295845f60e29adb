// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/roundtriplosses.h"
#include "plan/formats/rudderstack.h"
#include "plan/formats/rudderwords.h"
#include "plan/formats/yamltext.h"
#include "plan/schematree.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace plan::formats {

namespace {

enum class Dialect : std::uint8_t { V1, Legacy };

std::string slug(const QString &text)
{
    QString made;
    for (const QChar c : text) {
        if (c.isLetterOrNumber() && c.unicode() < 128) {
            made += c.toLower();
        } else if (!made.isEmpty() && !made.endsWith(u'_')) {
            made += u'_';
        }
    }
    while (made.endsWith(u'_')) {
        made.chop(1);
    }
    return made.isEmpty() ? "unnamed" : made.toStdString();
}

/// Gives every different thing an id: the one it was read with, else one made of its name.
class Ids
{
public:
    /// The id of a thing; `isNew` when it was not given before.
    std::string idFor(const std::string &wanted, const std::string &content, bool &isNew)
    {
        std::string id = wanted;
        for (int number = 2;; ++number) {
            const auto [known, inserted] = m_contents.emplace(id, content);
            if (inserted || known->second == content) {
                isNew = inserted;
                return id;
            }
            id = wanted + '_' + std::to_string(number);
        }
    }

private:
    std::map<std::string, std::string> m_contents;
};

class Writing
{
public:
    Writing(const Document &document, Dialect dialect)
        : m_source(document)
        , m_dialect(dialect)
    {
    }

    std::vector<WrittenFile> run()
    {
        Json rules = Json::array();
        for (const RulePointer &rule : m_source.rules) {
            if (rule->type != event::CallType::None && rule->type != event::CallType::Alias &&
                rule->version == 1) {
                rules.push_back(writtenRule(*rule));
            }
        }
        const std::string planId =
            m_source.extra.contains("id") && m_source.extra["id"].is_string() && m_source.extra["id"] != ""
                ? m_source.extra["id"].get<std::string>()
                : slug(m_source.name);
        Json spec{{"id", planId}, {"display_name", m_source.name.toStdString()}};
        if (!m_source.description.isEmpty()) {
            spec["description"] = m_source.description.toStdString();
        }
        spec["rules"] = std::move(rules);
        std::vector<std::pair<QString, Json>> documents;
        documents.emplace_back(
            u"tracking-plan.yaml"_s,
            head(m_dialect == Dialect::V1 ? "tracking-plan" : "tp", planId, std::move(spec)));
        documents.emplace_back(u"events.yaml"_s, head("events", group, Json{{"events", m_events}}));
        documents.emplace_back(u"properties.yaml"_s,
                               head("properties", group, Json{{"properties", m_properties}}));
        for (const auto &[name, list, kind] : {std::tuple("customTypes", "types", "custom-types"),
                                               std::tuple("categories", "categories", "categories")}) {
            if (m_source.extra.contains(name) && !m_source.extra[name].empty()) {
                documents.emplace_back(QString::fromLatin1(kind) + u".yaml"_s,
                                       head(kind, group, Json{{list, m_source.extra[name]}}));
            }
        }
        const bool isOneFile = m_source.extra.value("isOneFile", false);
        std::vector<Json> all;
        std::vector<WrittenFile> files;
        for (auto &[name, content] : documents) {
            if (isOneFile) {
                all.push_back(std::move(content));
            } else {
                files.push_back({name, yamlText({content})});
            }
        }
        return isOneFile ? std::vector<WrittenFile>{{QString(), yamlText(all)}} : files;
    }

private:
    static constexpr const char *group = "trackside";

    Json head(const char *kind, const std::string &name, Json spec) const
    {
        return Json{{"version", m_dialect == Dialect::V1 ? "rudder/v1" : "rudder/v0.1"},
                    {"kind", kind},
                    {"metadata", Json{{"name", name}}},
                    {"spec", std::move(spec)}};
    }

    std::string reference(const char *kind, const char *folder, const std::string &id) const
    {
        return m_dialect == Dialect::V1 ? std::string("#") + kind + ':' + id
                                        : std::string("#/") + folder + '/' + group + '/' + id;
    }

    std::string writtenEvent(const RuleSource &rule)
    {
        Json event{{"id", ""},
                   {"name", rule.name.toStdString()},
                   {"event_type", std::string(event::word(rule.type))}};
        if (rule.name.isEmpty()) {
            event.erase("name");
        }
        if (const QString description = descriptionOf(rule); !description.isEmpty()) {
            event["description"] = description.toStdString();
        }
        for (const auto &[label, value] : labelsOf(rule)) {
            if (label == QLatin1StringView(rudderCategoryLabel)) {
                event["category"] = reference("category", "categories", value.toStdString());
            }
        }
        const std::string wanted = rule.extra.contains("eventId") && rule.extra["eventId"].is_string()
                                       ? rule.extra["eventId"].get<std::string>()
                                       : slug(rule.name.isEmpty() ? titleOf(rule) : rule.name);
        bool isNew = false;
        const std::string id = m_eventIds.idFor(wanted, event.dump(), isNew);
        if (isNew) {
            event["id"] = id;
            m_events.push_back(std::move(event));
        }
        return id;
    }

    Json writtenRule(const RuleSource &rule)
    {
        const std::string eventId = writtenEvent(rule);
        const std::string section =
            rule.extra.contains(rudderSectionKey) && rule.extra[rudderSectionKey].is_string()
                ? rule.extra[rudderSectionKey].get<std::string>()
                : std::string();
        const Json *properties = propertiesSchema(rule);
        if (section == "context.traits") {
            const auto context =
                rule.schema.value(Json::json_pointer("/properties/context/properties"), Json::object());
            m_section = context.value("traits", Json::object());
            properties = &m_section;
        }
        const Json empty = Json::object();
        const Json &schema = properties != nullptr ? *properties : empty;
        const std::string ruleId =
            rule.extra.contains("id") && rule.extra["id"].is_string() && rule.extra["id"] != ""
                ? rule.extra["id"].get<std::string>()
                : eventId + "_rule";
        bool isNew = false;
        Json made{{"type", "event_rule"}, {"id", m_ruleIds.idFor(ruleId, eventId + ruleId, isNew)}};
        const bool allowsMore =
            schema.value("additionalProperties", true) && schema.value("unevaluatedProperties", true);
        if (m_dialect == Dialect::V1) {
            made["event"] = reference("event", "events", eventId);
            if (!section.empty()) {
                made["identity_section"] = section;
            }
            made["additional_properties"] = allowsMore;
        } else {
            made["event"] =
                Json{{"$ref", reference("event", "events", eventId)}, {"allow_unplanned", allowsMore}};
            if (!section.empty()) {
                made["identity_section"] = section;
            }
        }
        made["properties"] = listedProperties(schema);
        if (schema.contains(rudderVariantsKey)) {
            made["variants"] = schema[rudderVariantsKey];
            notePropertiesOf(schema);
        }
        return made;
    }

    /// The properties that only variants have must be written, too.
    void notePropertiesOf(const Json &schema)
    {
        const auto conditions = schema.find("allOf");
        for (std::size_t i = 0;
             conditions != schema.end() && conditions->is_array() && i < conditions->size(); ++i) {
            static_cast<void>(listedProperties((*conditions)[i].value("then", Json::object())));
        }
    }

    Json listedProperties(const Json &schema)
    {
        Json list = Json::array();
        const auto properties = schema.find("properties");
        if (properties == schema.end() || !properties->is_object()) {
            return list;
        }
        const Json required = schema.value("required", Json::array());
        for (const auto &[name, property] : properties->items()) {
            const std::string id = writtenProperty(name, property.is_object() ? property : Json::object());
            Json one;
            if (m_dialect == Dialect::V1) {
                one["property"] = reference("property", "properties", id);
            } else {
                one["$ref"] = reference("property", "properties", id);
            }
            one["required"] = std::ranges::find(required, Json(name)) != required.end();
            if (property.is_object() && !property.contains(rudderCustomTypeKey)) {
                const bool isList = typesOf(property).contains(u"array"_s);
                const Json inside = isList ? property.value("items", Json::object()) : property;
                const bool hasNested =
                    inside.is_object() && inside.contains("properties") && !inside["properties"].empty();
                if (hasNested && !inside.contains(rudderCustomTypeKey)) {
                    one["properties"] = listedProperties(inside);
                    if (inside.contains("additionalProperties") &&
                        inside["additionalProperties"].is_boolean()) {
                        one["additional_properties"] = inside["additionalProperties"];
                    }
                }
            }
            list.push_back(std::move(one));
        }
        return list;
    }

    Json typesText(const Json &schema) const
    {
        if (schema.contains(rudderCustomTypeKey)) {
            return reference("custom-type", "custom-types", schema[rudderCustomTypeKey].get<std::string>());
        }
        const QStringList types = typesOf(schema);
        if (types.isEmpty()) {
            return "any";
        }
        if (types.size() == 1 || m_dialect == Dialect::Legacy) {
            return types.join(u", "_s).toStdString();
        }
        Json list = Json::array();
        for (const QString &type : types) {
            list.push_back(type.toStdString());
        }
        return list;
    }

    std::string writtenProperty(const std::string &name, const Json &schema)
    {
        Json property{{"id", ""}, {"name", name}};
        Json types = typesText(schema);
        const char *const typeKey = types.is_array() ? "types" : "type";
        property[typeKey] = std::move(types);
        if (const QString description = textMember(schema, "description"); !description.isEmpty()) {
            property["description"] = description.toStdString();
        }
        Json config = Json::object();
        for (const RudderConfig &one : rudderConfigs) {
            if (schema.contains(one.keyword) && !schema.contains(rudderCustomTypeKey)) {
                config[m_dialect == Dialect::V1 ? one.name : one.legacyName] = schema[one.keyword];
            }
        }
        const auto items = schema.find("items");
        if (items != schema.end() && items->is_object() &&
            (items->contains("type") || items->contains(rudderCustomTypeKey))) {
            Json itemTypes = typesText(*items);
            if (m_dialect == Dialect::V1) {
                const char *const itemKey = itemTypes.is_array() ? "item_types" : "item_type";
                property[itemKey] = std::move(itemTypes);
            } else {
                Json list = itemTypes.is_array() ? itemTypes : Json::array({itemTypes});
                config["itemTypes"] = std::move(list);
            }
        }
        if (!config.empty()) {
            property[m_dialect == Dialect::V1 ? "config" : "propConfig"] = std::move(config);
        }
        const std::string wanted = schema.contains(rudderIdKey) && schema[rudderIdKey].is_string()
                                       ? schema[rudderIdKey].get<std::string>()
                                       : slug(QString::fromStdString(name));
        bool isNew = false;
        const std::string id = m_propertyIds.idFor(wanted, property.dump(), isNew);
        if (isNew) {
            property["id"] = id;
            m_properties.push_back(std::move(property));
        }
        return id;
    }

    const Document &m_source;
    const Dialect m_dialect;
    Json m_events = Json::array();
    Json m_properties = Json::array();
    Json m_section;
    Ids m_eventIds, m_propertyIds, m_ruleIds;
};

base::Result<std::vector<WrittenFile>> write(const Document &document, Dialect dialect)
{
    try {
        return Writing(document, dialect).run();
    } catch (const Json::exception &error) {
        return base::failure(base::ErrorCode::BadInput, u"The plan cannot be written as RudderStack YAML."_s,
                             QString::fromUtf8(error.what()) + u'.', u"Look at the schema of its rules."_s);
    }
}

std::vector<Loss> losses(const Document &document, Dialect dialect)
{
    const auto files = write(document, dialect);
    const auto again =
        files ? readRudderStack(*files, document.path) : base::Result<Document>(base::Failure(files.error()));
    return roundTripLosses(document, again ? *again : Document{});
}

} // namespace

base::Result<std::vector<WrittenFile>> writeRudderStack(const Document &document)
{
    return write(document, Dialect::V1);
}

base::Result<std::vector<WrittenFile>> writeRudderLegacy(const Document &document)
{
    return write(document, Dialect::Legacy);
}

std::vector<Loss> rudderStackLosses(const Document &document)
{
    return losses(document, Dialect::V1);
}

std::vector<Loss> rudderLegacyLosses(const Document &document)
{
    return losses(document, Dialect::Legacy);
}

} // namespace plan::formats
