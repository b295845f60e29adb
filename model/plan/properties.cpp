// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/properties.h"

#include "plan/schematree.h"
#include "json/pointer.h"

using namespace Qt::StringLiterals;

namespace plan {

namespace {

// Schemas may nest or refer to themselves without end; nobody reads a table deeper than this.
constexpr int maxDepth = 8;
constexpr std::size_t maxProperties = 5'000;

QString textOf(json::Value value)
{
    const std::string_view text = value.text();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString valueText(json::Value value)
{
    if (value.isString()) {
        return textOf(value);
    }
    const std::string_view raw = value.raw();
    return QString::fromUtf8(raw.data(), static_cast<qsizetype>(raw.size()));
}

class Flattener
{
public:
    explicit Flattener(json::Value root)
        : m_root(root)
    {
    }

    /// The members a schema plans for an object, under a path.
    void members(json::Value schema, const QString &path, int depth)
    {
        schema = followed(schema);
        const json::Value properties = schema.find("properties");
        const json::Value required = schema.find("required");
        for (auto member = properties.firstChild(); properties.isObject() && member; member = member.next()) {
            const std::string_view key = member.key();
            const QString name = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
            add(member.value(), path.isEmpty() ? name : path + u'.' + name, contains(required, key), depth);
        }
    }

    std::vector<Property> take() { return std::move(m_properties); }

private:
    static bool contains(json::Value list, std::string_view text)
    {
        for (auto item = list.firstChild(); list.isArray() && item; item = item.next()) {
            if (item.value().isString() && item.value().text() == text) {
                return true;
            }
        }
        return false;
    }

    /// A `$ref` inside the schema is shown as what it leads to.
    json::Value followed(json::Value schema) const
    {
        for (int hops = 0; hops < maxDepth; ++hops) {
            const std::string_view reference = schema.find("$ref").text();
            if (!reference.starts_with("#/")) {
                break;
            }
            schema = json::Pointer(std::string(reference.substr(1))).resolve(m_root);
        }
        return schema;
    }

    void add(json::Value schema, const QString &path, bool isRequired, int depth)
    {
        if (depth > maxDepth || m_properties.size() >= maxProperties) {
            return;
        }
        const json::Value described = schema;
        schema = followed(schema);
        Property property;
        property.name = path;
        property.isRequired = isRequired;
        property.types = types(schema.find("type"));
        property.description = textOf(described.find("description"));
        if (property.description.isEmpty()) {
            property.description = textOf(schema.find("description"));
        }
        property.pattern = textOf(schema.find("pattern"));
        property.format = textOf(schema.find("format"));
        property.allowed = allowed(schema);
        m_properties.push_back(std::move(property));

        members(schema, path, depth + 1);
        const json::Value items = schema.find("items");
        if (items.isObject()) {
            add(items, path + u".$"_s, false, depth + 1);
        }
    }

    static QStringList types(json::Value value)
    {
        if (value.isString()) {
            return {textOf(value)};
        }
        QStringList types;
        for (auto item = value.firstChild(); value.isArray() && item; item = item.next()) {
            types.append(textOf(item.value()));
        }
        return types;
    }

    static QStringList allowed(json::Value schema)
    {
        if (const json::Value constant = schema.find("const"); !constant.isMissing()) {
            return {valueText(constant)};
        }
        QStringList texts;
        const json::Value list = schema.find("enum");
        for (auto item = list.firstChild(); list.isArray() && item; item = item.next()) {
            texts.append(valueText(item.value()));
        }
        return texts;
    }

    json::Value m_root;
    std::vector<Property> m_properties;
};

} // namespace

std::vector<Property> flattened(json::Value schema, const Rule &rule)
{
    Flattener flattener(schema);
    if (rule.type == event::CallType::None || rule.type == event::CallType::Alias ||
        rule.scope != Scope::Event) {
        flattener.members(schema, {}, 0);
    } else {
        flattener.members(schema.find("properties").find(propertiesKey(rule.type)), {}, 0);
    }
    return flattener.take();
}

} // namespace plan
