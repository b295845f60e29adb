// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/avocsv.h"

#include "plan/formats/csvtable.h"
#include "plan/formats/roundtriplosses.h"
#include "plan/formats/tablerules.h"
#include "plan/schematree.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace plan::formats {

namespace {

constexpr const char *propertyTypeKey = "x-avo-property-type";

struct ValueType
{
    QLatin1StringView word;
    QLatin1StringView type;
};
constexpr std::array valueTypes{
    ValueType{"string"_L1, "string"_L1},   ValueType{"int"_L1, "integer"_L1},
    ValueType{"float"_L1, "number"_L1},    ValueType{"bool"_L1, "boolean"_L1},
    ValueType{"object"_L1, "object"_L1},   ValueType{"long"_L1, "integer"_L1},
    ValueType{"integer"_L1, "integer"_L1}, ValueType{"number"_L1, "number"_L1},
    ValueType{"numeric"_L1, "number"_L1},  ValueType{"double"_L1, "number"_L1},
    ValueType{"boolean"_L1, "boolean"_L1}, ValueType{"text"_L1, "string"_L1},
    ValueType{"list"_L1, "array"_L1},      ValueType{"array"_L1, "array"_L1},
    ValueType{"date"_L1, "string"_L1},     ValueType{"any"_L1, ""_L1},
};

struct Columns
{
    explicit Columns(const CsvTable &table)
        : event(table.column({u"Event Name"}))
        , description(
              table.column({u"Event Description", u"Trigger + Event Description", u"Event Definition"}))
        , category(table.column({u"Event Category"}))
        , tags(table.column({u"Event Tags", u"Event Tags (;)"}))
        , sources(table.column({u"Sources", u"Platform", u"Source"}))
        , variant(table.column({u"Event Variant Name"}))
        , property(table.column({u"Property Name"}))
        , propertyDescription(table.column({u"Property Description", u"Property Definition"}))
        , valueType(table.column({u"Property Value Type", u"Data Type"}))
        , propertyType(table.column({u"Property Type", u"Property Type (Event/User/System)"}))
        , isRequired(table.column({u"Is Property Required?", u"Property Required"}))
        , isArray(table.column({u"Is Property Array?", u"Property Array"}))
        , values(table.column({u"Property Enumeration Options"}))
        , pinned(table.column({u"Pinned Value"}))
        , regex(table.column({u"Property Regex"}))
        , sample(table.column({u"Sample Values", u"Property Regex Sample String"}))
    {
    }

    int event, description, category, tags, sources, variant, property, propertyDescription, valueType,
        propertyType, isRequired, isArray, values, pinned, regex, sample;
};

bool saysYes(const QString &text)
{
    const QString word = text.trimmed().toLower();
    return word == u"true"_s || word == u"yes"_s || word == u"1"_s || word == u"required"_s ||
           word.startsWith(u"always"_s);
}

QStringList listOf(const QString &text)
{
    return splitValues(text, text.contains(u';') ? u';' : u',');
}

Json valuesOf(const QStringList &texts, const QStringList &types)
{
    Json values = Json::array();
    for (const QString &text : texts) {
        values.push_back(typedValue(text, types));
    }
    return values;
}

class Reading
{
public:
    Reading(const CsvTable &table, Document &document)
        : m_table(table)
        , m_columns(table)
        , m_document(document)
    {
    }

    void run()
    {
        QString event;
        for (std::size_t row = 0; row < m_table.rowCount(); ++row) {
            const QString name = m_table.cell(row, m_columns.event);
            event = name.isEmpty() ? event : name; // templates name it once
            if (event.isEmpty()) {
                problem(row, u"The row names no event. It is left out."_s);
            } else if (const QString variant = m_table.cell(row, m_columns.variant); !variant.isEmpty()) {
                problem(row, u"The variant \"%1\" of \"%2\" is left out."_s.arg(variant, event));
            } else {
                readRow(row, m_rules.rule(event::CallType::Track, event, 1));
            }
        }
        m_document.rules = m_rules.take();
        if (const QStringList unasked = m_table.unaskedColumns(); !unasked.isEmpty()) {
            m_document.problems.push_back(
                {u"header"_s, u"These columns are not known and left out: %1."_s.arg(unasked.join(u", "_s))});
        }
    }

private:
    void problem(std::size_t row, const QString &message)
    {
        m_document.problems.push_back({u"line %1"_s.arg(m_table.line(row)), message});
    }

    void readRow(std::size_t row, RuleSource &rule)
    {
        if (const QString text = m_table.cell(row, m_columns.description);
            !text.isEmpty() && !rule.schema.contains("description")) {
            rule.schema["description"] = text.toStdString();
        }
        if (const QString text = m_table.cell(row, m_columns.category); !text.isEmpty()) {
            rule.schema["labels"]["category"] = text.toStdString();
        }
        if (const QString text = m_table.cell(row, m_columns.tags); !text.isEmpty()) {
            rule.schema["labels"]["tags"] = text.toStdString();
        }
        if (const QString text = m_table.cell(row, m_columns.sources);
            !text.isEmpty() && rule.sources.isEmpty()) {
            rule.sources = listOf(text);
        }
        if (const QString name = m_table.cell(row, m_columns.property); !name.isEmpty()) {
            readProperty(row, rule, name);
        }
    }

    QStringList typesAt(std::size_t row, bool &isList)
    {
        // Amplitude's template calls the value's type "Property Type".
        const QString own = m_table.cell(row, m_columns.valueType);
        const QString text =
            (own.isEmpty() ? m_table.cell(row, m_columns.propertyType) : own).trimmed().toLower();
        isList = saysYes(m_table.cell(row, m_columns.isArray)) || text.startsWith(u"list of"_s);
        const QString word = text.startsWith(u"list of "_s) ? text.mid(8) : text;
        const auto *const known = std::ranges::find(valueTypes, word, &ValueType::word);
        if (known == valueTypes.end() && !word.isEmpty() && !own.isEmpty()) {
            problem(row, u"The value type \"%1\" is not known; it is read as any type."_s.arg(own));
        }
        return known == valueTypes.end() || known->type.isEmpty() ? QStringList() : QStringList{known->type};
    }

    void readProperty(std::size_t row, RuleSource &rule, const QString &name)
    {
        // By itself: a new member may move the others of its object.
        bool isList = false;
        const QStringList types = typesAt(row, isList);
        Json values = Json::object();
        setTypes(values, types);
        if (const QString text = m_table.cell(row, m_columns.values); !text.isEmpty()) {
            values["enum"] = valuesOf(listOf(text), types);
        }
        if (const QString text = m_table.cell(row, m_columns.regex); !text.isEmpty()) {
            values["pattern"] = text.toStdString();
        }
        if (const QString text = m_table.cell(row, m_columns.pinned); !text.isEmpty()) {
            values["const"] = typedValue(text, types);
        }
        Json schema = isList ? Json{{"type", "array"}, {"items", values}} : values;
        if (const QString text = m_table.cell(row, m_columns.propertyDescription); !text.isEmpty()) {
            schema["description"] = text.toStdString();
        }
        if (const QString text = m_table.cell(row, m_columns.sample); !text.isEmpty()) {
            schema["examples"] = valuesOf(listOf(text), types);
        }
        const QString kind = m_table.cell(row, m_columns.propertyType).trimmed();
        if (kind.startsWith(u"User"_s, Qt::CaseInsensitive) ||
            kind.startsWith(u"System"_s, Qt::CaseInsensitive)) {
            schema[propertyTypeKey] = kind.toStdString();
        }
        madeProperty(rule, {name}) = std::move(schema);
        if (saysYes(m_table.cell(row, m_columns.isRequired))) {
            require(rule, {name});
        }
    }

    const CsvTable &m_table;
    const Columns m_columns;
    Document &m_document;
    TableRules m_rules;
};

QString valueTypeText(const Json &schema)
{
    QStringList types = typesOf(schema);
    types.removeAll(u"null"_s);
    if (types.size() != 1) {
        return u"any"_s;
    }
    const auto *const known = std::ranges::find(valueTypes, types.constFirst(), &ValueType::type);
    return known == valueTypes.end() ? u"any"_s : QString(known->word);
}

QString listText(const Json &schema, const char *key)
{
    const auto list = schema.is_object() ? schema.find(key) : schema.end();
    QStringList values;
    if (schema.is_object() && list != schema.end() && list->is_array()) {
        for (const Json &value : *list) {
            values.append(textOf(value));
        }
    }
    return joinedValues(values);
}

QString labelText(const RuleSource &rule, const QString &name)
{
    for (const auto &[label, value] : labelsOf(rule)) {
        if (label == name) {
            return value;
        }
    }
    return {};
}

} // namespace

bool looksLikeAvoCsv(const QByteArray &bytes)
{
    const auto table = CsvTable::read(bytes.left(bytes.indexOf('\n') + 1));
    return table && table->column({u"Event Name"}) >= 0 &&
           table->column({u"Property Value Type", u"Event Description", u"Event Definition",
                          u"Trigger + Event Description", u"Is Property Required?"}) >= 0;
}

base::Result<Document> readAvoCsv(const QByteArray &bytes, const QString &path)
{
    const auto table = CsvTable::read(bytes);
    if (!table) {
        return base::Failure(table.error());
    }
    Document document;
    document.path = path;
    document.name = nameOfFile(path);
    document.format = Format::AvoCsv;
    Reading(*table, document).run();
    if (document.rules.empty()) {
        return base::failure(base::ErrorCode::BadInput, u"The CSV holds no events."_s,
                             u"No row has a name in its column \"Event Name\"."_s,
                             u"Give Avo's CSV, with one row for each property."_s);
    }
    return document;
}

base::Result<std::vector<WrittenFile>> writeAvoCsv(const Document &document)
{
    const QStringList header{u"Event Name"_s,
                             u"Event Description"_s,
                             u"Event Category"_s,
                             u"Event Tags"_s,
                             u"Sources"_s,
                             u"Property Name"_s,
                             u"Property Description"_s,
                             u"Property Type"_s,
                             u"Property Value Type"_s,
                             u"Is Property Required?"_s,
                             u"Is Property Array?"_s,
                             u"Property Enumeration Options"_s,
                             u"Pinned Value"_s,
                             u"Property Regex"_s,
                             u"Property Regex Sample String"_s};
    std::vector<QStringList> rows;
    for (const RulePointer &rule : document.rules) {
        if (rule->type != event::CallType::Track || rule->version != 1) {
            continue;
        }
        const QStringList head{rule->name, descriptionOf(*rule), labelText(*rule, u"category"_s),
                               labelText(*rule, u"tags"_s), joinedValues(rule->sources)};
        const std::size_t before = rows.size();
        eachProperty(*rule, [&](const TreeProperty &property) {
            if (property.path.size() != 1 || property.path.front().isEmpty() ||
                !property.schema.is_object()) {
                return;
            }
            const Json &schema = property.schema;
            const bool isList = typesOf(schema).contains(u"array"_s);
            const auto items = schema.find("items");
            const Json values = !isList                                       ? schema
                                : items != schema.end() && items->is_object() ? *items
                                                                              : Json::object();
            const QString kind = textMember(schema, propertyTypeKey);
            const auto constant = values.find("const");
            rows.push_back(head + QStringList{property.path.constFirst(), textMember(schema, "description"),
                                              kind.isEmpty() ? u"Event"_s : kind, valueTypeText(values),
                                              property.isRequired ? u"True"_s : u"False"_s,
                                              isList ? u"True"_s : u"False"_s, listText(values, "enum"),
                                              constant == values.end() ? QString() : textOf(*constant),
                                              textMember(values, "pattern"), listText(schema, "examples")});
        });
        if (rows.size() == before) {
            rows.push_back(head + QStringList(10));
        }
    }
    return std::vector<WrittenFile>{{QString(), csvText(header, rows)}};
}

std::vector<Loss> avoCsvLosses(const Document &document)
{
    const auto files = writeAvoCsv(document);
    const auto again = files ? readAvoCsv(files->front().bytes, document.path)
                             : base::Result<Document>(base::Failure(files.error()));
    return roundTripLosses(document, again ? *again : Document{});
}

} // namespace plan::formats
