// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/schematree.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

constexpr int maxDepth = 8;
constexpr int maxProperties = 5'000;

bool holds(const Json &list, const std::string &text)
{
    return list.is_array() && std::ranges::find(list, Json(text)) != list.end();
}

const Json *member(const Json &object, const char *key)
{
    if (!object.is_object()) {
        return nullptr;
    }
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

class Walk
{
public:
    explicit Walk(const std::function<void(const TreeProperty &)> &visit)
        : m_visit(visit)
    {
    }

    void members(const Json &schema, const QStringList &path, int depth)
    {
        const Json *properties = member(schema, "properties");
        if (properties == nullptr || !properties->is_object() || depth > maxDepth) {
            return;
        }
        const Json *required = member(schema, "required");
        for (const auto &[name, child] : properties->items()) {
            one(child, path + QStringList{QString::fromStdString(name)},
                required != nullptr && holds(*required, name), depth);
        }
    }

private:
    void one(const Json &schema, const QStringList &path, bool isRequired, int depth)
    {
        if (++m_count > maxProperties) {
            return;
        }
        m_visit({path, schema, isRequired});
        members(schema, path, depth + 1);
        const Json *items = member(schema, "items");
        if (items != nullptr && items->is_object() && depth < maxDepth) {
            one(*items, path + QStringList{u"$"_s}, false, depth + 1);
        }
    }

    const std::function<void(const TreeProperty &)> &m_visit;
    int m_count = 0;
};

Json &madeObject(Json &parent, const char *key)
{
    Json &made = parent[key];
    if (!made.is_object()) {
        made = Json::object();
    }
    return made;
}

/// Adds a type that the schema must allow to have what is written under it.
void allowType(Json &schema, const QString &type)
{
    QStringList types = typesOf(schema);
    if (!types.contains(type)) {
        types.prepend(type);
        setTypes(schema, types);
    }
}

} // namespace

const char *propertiesKey(event::CallType type)
{
    return type == event::CallType::Identify || type == event::CallType::Group ? "traits" : "properties";
}

const Json *propertiesSchema(const RuleSource &rule)
{
    if (!rule.schema.is_object()) {
        return nullptr;
    }
    if (rule.type == event::CallType::None || rule.scope != Scope::Event) {
        return &rule.schema;
    }
    const Json *whole = member(rule.schema, "properties");
    return whole == nullptr ? nullptr : member(*whole, propertiesKey(rule.type));
}

Json &madePropertiesSchema(RuleSource &rule)
{
    if (!rule.schema.is_object()) {
        rule.schema = Json::object();
    }
    if (rule.type == event::CallType::None || rule.scope != Scope::Event) {
        return rule.schema;
    }
    if (!rule.schema.contains("type")) {
        rule.schema["type"] = "object";
    }
    Json &made = madeObject(madeObject(rule.schema, "properties"), propertiesKey(rule.type));
    if (!made.contains("type")) {
        made["type"] = "object";
    }
    return made;
}

void eachProperty(const RuleSource &rule, const std::function<void(const TreeProperty &)> &visit)
{
    if (const Json *schema = propertiesSchema(rule)) {
        Walk(visit).members(*schema, {}, 0);
    }
}

Json &madeProperty(RuleSource &rule, const QStringList &path)
{
    Json *schema = &madePropertiesSchema(rule);
    bool isTop = true;
    for (const QString &step : path) {
        if (step == u"$"_s && !isTop) {
            allowType(*schema, u"array"_s);
            schema = &madeObject(*schema, "items");
        } else {
            if (!isTop) {
                allowType(*schema, u"object"_s);
            }
            Json &properties = madeObject(*schema, "properties");
            Json &child = properties[step.toStdString()];
            if (!child.is_object()) {
                child = Json::object();
            }
            schema = &child;
        }
        isTop = false;
    }
    return *schema;
}

void require(RuleSource &rule, const QStringList &path)
{
    if (path.isEmpty() || path.constLast() == u"$"_s) {
        return;
    }
    Json &parent =
        path.size() == 1 ? madePropertiesSchema(rule) : madeProperty(rule, path.mid(0, path.size() - 1));
    Json &required = parent["required"];
    if (!required.is_array()) {
        required = Json::array();
    }
    const std::string name = path.constLast().toStdString();
    if (!holds(required, name)) {
        required.push_back(name);
    }
}

QString dotted(const QStringList &path)
{
    QStringList steps = path;
    for (QString &step : steps) {
        step.replace(u'\\', u"\\\\"_s).replace(u'.', u"\\."_s);
    }
    return steps.join(u'.');
}

QStringList undotted(const QString &text)
{
    QStringList path{QString()};
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\\' && i + 1 < text.size() && (text[i + 1] == u'.' || text[i + 1] == u'\\')) {
            path.last() += text[++i];
        } else if (text[i] == u'.') {
            path.append(QString());
        } else {
            path.last() += text[i];
        }
    }
    return path;
}

QStringList typesOf(const Json &schema)
{
    QStringList types;
    const Json *type = member(schema, "type");
    if (type != nullptr && type->is_string()) {
        types.append(textOf(*type));
    }
    for (std::size_t i = 0; type != nullptr && type->is_array() && i < type->size(); ++i) {
        types.append(textOf((*type)[i]));
    }
    if (types.removeAll(u"null"_s) > 0) {
        types.append(u"null"_s);
    }
    return types;
}

void setTypes(Json &schema, const QStringList &types)
{
    if (types.isEmpty()) {
        schema.erase("type");
    } else if (types.size() == 1) {
        schema["type"] = types.constFirst().toStdString();
    } else {
        Json list = Json::array();
        for (const QString &type : types) {
            list.push_back(type.toStdString());
        }
        schema["type"] = std::move(list);
    }
}

QString textOf(const Json &value)
{
    return QString::fromStdString(value.is_string()
                                      ? value.get_ref<const std::string &>()
                                      : value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

QString textMember(const Json &object, const char *key)
{
    const Json *value = member(object, key);
    return value != nullptr && value->is_string() ? textOf(*value) : QString();
}

Json typedValue(const QString &text, const QStringList &types)
{
    const auto isNumberType = [](const QString &type) { return type == u"integer"_s || type == u"number"_s; };
    if (types.isEmpty() || !types.contains(u"string"_s)) {
        const Json parsed = Json::parse(text.toStdString(), nullptr, false);
        const bool fits =
            (parsed.is_number() && (types.isEmpty() || std::ranges::any_of(types, isNumberType))) ||
            (parsed.is_boolean() && (types.isEmpty() || types.contains(u"boolean"_s))) ||
            (parsed.is_null() && types.contains(u"null"_s));
        if (!parsed.is_discarded() && fits) {
            return parsed;
        }
    }
    return text.toStdString();
}

QStringList splitValues(const QString &text, QChar separator)
{
    QStringList values;
    QString value;
    bool isQuoted = false;
    bool wasQuoted = false;
    const auto finish = [&] {
        const QString one = wasQuoted ? value : value.trimmed();
        if (wasQuoted || !one.isEmpty()) {
            values.append(one);
        }
        value.clear();
        wasQuoted = false;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuoted && c == u'\\' && i + 1 < text.size()) {
            value += text[++i];
        } else if (c == u'"' && (isQuoted || value.trimmed().isEmpty()) && !(wasQuoted && !isQuoted)) {
            value = isQuoted ? value : QString();
            wasQuoted = true;
            isQuoted = !isQuoted;
        } else if (c == separator && !isQuoted) {
            finish();
        } else if (!wasQuoted || isQuoted || !c.isSpace()) {
            value += c;
        }
    }
    finish();
    return values;
}

QString joinedValues(const QStringList &values)
{
    QStringList shown;
    for (QString value : values) {
        if (value.isEmpty() || value.contains(u',') || value.contains(u'"') || value.trimmed() != value) {
            value = u'"' + value.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
        }
        shown.append(value);
    }
    return shown.join(u", "_s);
}

} // namespace plan
