// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/rudderstack.h"

#include "plan/formats/rudderwords.h"
#include "plan/formats/tablerules.h"
#include "plan/formats/yamltext.h"
#include "plan/schematree.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace plan::formats {

namespace {

constexpr int maxTypeDepth = 16; ///< a custom type may hold itself

const Json *find(const Json &object, const char *key)
{
    if (!object.is_object()) {
        return nullptr;
    }
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string text(const Json &object, const char *key)
{
    const Json *value = find(object, key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

bool isTrue(const Json *value)
{
    return value != nullptr && value->is_boolean() && value->get<bool>();
}

/// What a reference names: "#event:signup" or "#/events/group/signup" -> "signup".
std::string referred(const Json &value)
{
    const Json *inside = find(value, "$ref");
    const std::string reference = value.is_string()                          ? value.get<std::string>()
                                  : inside != nullptr && inside->is_string() ? inside->get<std::string>()
                                                                             : "";
    const std::size_t end = reference.find_last_of(reference.starts_with("#/") ? "/" : ":");
    return end == std::string::npos ? std::string() : reference.substr(end + 1);
}

class Reading
{
public:
    explicit Reading(Document &document)
        : m_document(document)
    {
    }

    void sort(const std::vector<Json> &documents)
    {
        for (const Json &one : documents) {
            const std::string kind = text(one, "kind");
            const Json *spec = find(one, "spec");
            if (spec == nullptr) {
                continue;
            }
            m_isLegacy = m_isLegacy || text(one, "version").find("0.1") != std::string::npos;
            if (kind == "tracking-plan" || kind == "tp") {
                m_plans.push_back(*spec);
                m_metadata = find(one, "metadata") != nullptr ? *find(one, "metadata") : Json::object();
            } else if (kind == "events") {
                index(*spec, "events", m_events);
            } else if (kind == "properties") {
                index(*spec, "properties", m_properties);
            } else if (kind == "custom-types") {
                index(*spec, "types", m_types);
            } else if (kind == "categories") {
                index(*spec, "categories", m_categories);
            }
        }
    }

    [[nodiscard]] bool hasPlan() const { return !m_plans.empty(); }
    [[nodiscard]] bool isLegacy() const { return m_isLegacy; }

    void read()
    {
        const Json &plan = m_plans.front();
        m_document.name = QString::fromStdString(text(plan, "display_name"));
        m_document.description = QString::fromStdString(text(plan, "description"));
        m_document.extra["id"] = text(plan, "id");
        m_document.extra["metadata"] = m_metadata;
        keep("customTypes", m_types);
        keep("categories", m_categories);
        if (m_plans.size() > 1) {
            problem(u"plan"_s,
                    u"The files hold %1 tracking plans; the first one is read."_s.arg(m_plans.size()));
        }
        const Json *rules = find(plan, "rules");
        std::vector<RulePointer> made;
        for (std::size_t i = 0; rules != nullptr && rules->is_array() && i < rules->size(); ++i) {
            if (auto rule = readRule((*rules)[i], i)) {
                made.push_back(std::make_shared<const RuleSource>(std::move(*rule)));
            }
        }
        m_document.rules = std::move(made);
    }

private:
    using Index = std::map<std::string, Json>;

    void problem(const QString &where, const QString &message)
    {
        m_document.problems.push_back({where, message});
    }

    static void index(const Json &spec, const char *list, Index &into)
    {
        const Json *items = find(spec, list);
        for (std::size_t i = 0; items != nullptr && items->is_array() && i < items->size(); ++i) {
            into.emplace(text((*items)[i], "id"), (*items)[i]);
        }
    }

    void keep(const char *name, const Index &index)
    {
        for (const auto &[id, value] : index) {
            m_document.extra[name].push_back(value);
        }
    }

    std::optional<RuleSource> readRule(const Json &source, std::size_t number)
    {
        const QString where = u"rule %1"_s.arg(number + 1);
        const Json *reference = find(source, "event");
        const auto event = reference == nullptr ? m_events.end() : m_events.find(referred(*reference));
        if (event == m_events.end()) {
            problem(where, u"The event it refers to (%1) is not in the files. The rule is left out."_s.arg(
                               reference == nullptr ? u"none"_s : textOf(*reference)));
            return std::nullopt;
        }
        const auto type = callTypeOf(QString::fromStdString(text(event->second, "event_type")));
        if (!type || *type == event::CallType::None) {
            problem(where,
                    u"The event \"%1\" has no \"event_type\" of Segment's. The rule is left out."_s.arg(
                        QString::fromStdString(event->first)));
            return std::nullopt;
        }
        RuleSource rule;
        rule.type = *type;
        rule.name = QString::fromStdString(text(event->second, "name"));
        rule.extra["id"] = text(source, "id");
        rule.extra["eventId"] = event->first;
        const Json *variants = find(source, "variants");
        const bool hasVariants = variants != nullptr && variants->is_array() && !variants->empty();
        rule.schema = Json{{"$schema", hasVariants ? "https://json-schema.org/draft/2019-09/schema"
                                                   : "http://json-schema.org/draft-07/schema#"},
                           {"type", "object"}};
        if (const std::string description = text(event->second, "description"); !description.empty()) {
            rule.schema["description"] = description;
        }
        if (const Json *category = find(event->second, "category")) {
            rule.schema["labels"][rudderCategoryLabel] =
                referred(*category).empty() ? textOf(*category).toStdString() : referred(*category);
        }
        Json &properties = madePropertiesSchema(rule);
        const Json *listed = find(source, "properties");
        if (listed != nullptr) {
            addProperties(*listed, properties, titleOf(rule), 0);
        }
        if (hasVariants) {
            properties[rudderVariantsKey] = *variants;
            properties["allOf"] = rudderConditions(
                *variants, [this](const Json &one) { return nameOfProperty(one); },
                [this, title = titleOf(rule)](const Json &list, Json &schema) {
                    addProperties(list, schema, title, 0);
                });
        }
        const Json *others = m_isLegacy && reference != nullptr ? find(*reference, "allow_unplanned")
                                                                : find(source, "additional_properties");
        if (!isTrue(others)) {
            properties[hasVariants ? "unevaluatedProperties" : "additionalProperties"] = false;
        }
        placeSection(source, rule);
        return rule;
    }

    /// Where the traits stand in the event.
    static void placeSection(const Json &source, RuleSource &rule)
    {
        const std::string section = text(source, "identity_section");
        if (section.empty()) {
            return;
        }
        rule.extra[rudderSectionKey] = section;
        if (section == "context.traits") {
            Json traits = madePropertiesSchema(rule);
            rule.schema["properties"].erase(propertiesKey(rule.type));
            rule.schema["properties"]["context"] =
                Json{{"type", "object"}, {"properties", Json{{"traits", std::move(traits)}}}};
        }
    }

    std::string nameOfProperty(const Json &one) const
    {
        const Json *reference = find(one, "property");
        const auto found = m_properties.find(referred(reference != nullptr ? *reference : one));
        return found == m_properties.end() ? std::string() : text(found->second, "name");
    }

    void addProperties(const Json &list, Json &objectSchema, const QString &title, int depth)
    {
        for (std::size_t i = 0; list.is_array() && i < list.size() && depth < maxTypeDepth; ++i) {
            const Json &one = list[i];
            const Json *reference = find(one, "property");
            const auto found = m_properties.find(referred(reference != nullptr ? *reference : one));
            if (found == m_properties.end()) {
                problem(title, u"A property it refers to (%1) is not in the files. It is left out."_s.arg(
                                   textOf(reference != nullptr ? *reference : one)));
                continue;
            }
            const std::string name = text(found->second, "name");
            Json schema = propertySchema(found->second, depth);
            if (const Json *nested = find(one, "properties")) {
                const bool isList = typesOf(schema).contains(u"array"_s);
                if (isList && !schema.contains("items")) {
                    schema["items"] = Json{{"type", "object"}};
                }
                Json &inside = isList ? schema["items"] : schema;
                addProperties(*nested, inside, title, depth + 1);
                if (const Json *others = find(one, "additional_properties")) {
                    inside["additionalProperties"] = isTrue(others);
                }
            }
            objectSchema["properties"][name] = std::move(schema);
            if (isTrue(find(one, "required"))) {
                objectSchema["required"].push_back(name);
            }
        }
    }

    /// Types by name; a custom type is filled in.
    void setTypesOf(const Json &source, const char *one, const char *many, Json &schema, int depth)
    {
        QStringList types;
        const auto add = [&](const Json &value) {
            if (const std::string id = referred(value); !id.empty()) {
                addCustomType(id, schema, depth);
            } else if (value.is_string() && value != "any") {
                for (const QString &part : textOf(value).split(u',')) {
                    types.append(part.trimmed());
                }
            }
        };
        if (const Json *type = find(source, one)) {
            add(*type);
        }
        const Json *list = find(source, many);
        for (std::size_t i = 0; list != nullptr && list->is_array() && i < list->size(); ++i) {
            add((*list)[i]);
        }
        if (!types.isEmpty()) {
            setTypes(schema, types);
        }
    }

    void addCustomType(const std::string &id, Json &schema, int depth)
    {
        const auto found = m_types.find(id);
        if (found == m_types.end() || depth >= maxTypeDepth) {
            return;
        }
        const Json &type = found->second;
        setTypesOf(type, "type", "types", schema, depth + 1);
        addConfig(type, schema, depth + 1);
        if (const Json *listed = find(type, "properties")) {
            addProperties(*listed, schema, u"custom type %1"_s.arg(QString::fromStdString(id)), depth + 1);
        }
        schema[rudderCustomTypeKey] = id;
    }

    void addConfig(const Json &source, Json &schema, int depth)
    {
        const Json *config =
            find(source, m_isLegacy && find(source, "propConfig") != nullptr ? "propConfig" : "config");
        const Json &demands = config != nullptr ? *config : Json::object();
        for (const RudderConfig &one : rudderConfigs) {
            const Json *value = find(demands, one.name);
            value = value != nullptr ? value : find(demands, one.legacyName);
            if (value != nullptr) {
                schema[one.keyword] = *value;
            }
        }
        Json items = Json::object();
        for (const Json *from : {&source, &demands}) {
            setTypesOf(*from, "item_type", "item_types", items, depth);
            setTypesOf(*from, "itemType", "itemTypes", items, depth);
        }
        if (!items.empty()) {
            schema["items"] = std::move(items);
        }
    }

    Json propertySchema(const Json &property, int depth)
    {
        Json schema = Json::object();
        setTypesOf(property, "type", "types", schema, depth);
        if (const std::string description = text(property, "description"); !description.empty()) {
            schema["description"] = description;
        }
        addConfig(property, schema, depth);
        schema[rudderIdKey] = text(property, "id");
        return schema;
    }

    Document &m_document;
    std::vector<Json> m_plans;
    Json m_metadata = Json::object();
    Index m_events, m_properties, m_types, m_categories;
    bool m_isLegacy = false;
};

} // namespace

Json rudderConditions(const Json &variants, const std::function<std::string(const Json &)> &nameOf,
                      const RudderProperties &addProperties)
{
    Json conditions = Json::array();
    for (const Json &variant : variants) {
        const Json *discriminator = find(variant, "discriminator");
        const std::string name = discriminator == nullptr ? std::string() : nameOf(*discriminator);
        if (name.empty()) {
            continue;
        }
        Json matched = Json::array();
        const Json *cases = find(variant, "cases");
        for (std::size_t i = 0; cases != nullptr && cases->is_array() && i < cases->size(); ++i) {
            const Json &one = (*cases)[i];
            const Json values = one.value("match", Json::array());
            Json then = Json::object();
            if (const std::string title = text(one, "display_name"); !title.empty()) {
                then["title"] = title;
            }
            if (const Json *properties = find(one, "properties")) {
                addProperties(*properties, then);
            }
            matched.insert(matched.end(), values.begin(), values.end());
            conditions.push_back(Json{
                {"if", Json{{"properties", Json{{name, Json{{"enum", values}}}}}, {"required", Json{name}}}},
                {"then", std::move(then)}});
        }
        if (const Json *others = find(variant, "default")) {
            Json otherwise = Json::object();
            addProperties(*others, otherwise);
            conditions.push_back(
                Json{{"if", Json{{"properties", Json{{name, Json{{"not", Json{{"enum", matched}}}}}}}}},
                     {"then", std::move(otherwise)}});
        }
    }
    return conditions;
}

bool looksLikeRudderStack(const QByteArray &bytes)
{
    constexpr qsizetype sniffedBytes = 64 * 1024;
    const QByteArray head = bytes.left(sniffedBytes);
    return head.contains("rudder/") && head.contains("kind:");
}

base::Result<Document> readRudderStack(const std::vector<WrittenFile> &files, const QString &path)
{
    Document document;
    document.path = path;
    Reading reading(document);
    for (const WrittenFile &file : files) {
        const auto documents = readYaml(file.bytes);
        if (!documents) {
            base::Error error = documents.error();
            if (!file.name.isEmpty()) {
                error.why = file.name + u": "_s + error.why;
            }
            return base::Failure(std::move(error));
        }
        reading.sort(*documents);
    }
    if (!reading.hasPlan()) {
        return base::failure(base::ErrorCode::BadInput, u"The YAML holds no tracking plan."_s,
                             u"There is no document of the kind \"tracking-plan\" (or \"tp\")."_s,
                             u"Open the folder that holds the plan with its events and properties."_s);
    }
    reading.read();
    document.format = reading.isLegacy() ? Format::RudderLegacy : Format::RudderStack;
    if (document.name.isEmpty()) {
        document.name = nameOfFile(path);
    }
    document.extra["isOneFile"] = files.size() == 1 && files.front().name.isEmpty();
    return document;
}

base::Result<Document> readRudderStack(const QByteArray &bytes, const QString &path)
{
    return readRudderStack(std::vector<WrittenFile>{{QString(), bytes}}, path);
}

} // namespace plan::formats
