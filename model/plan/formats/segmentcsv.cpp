// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/segmentcsv.h"

#include "plan/formats/csvtable.h"
#include "plan/formats/roundtriplosses.h"
#include "plan/formats/tablerules.h"
#include "plan/schematree.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace plan::formats {

namespace {

struct TypeWord
{
    QLatin1StringView word;
    QLatin1StringView type; ///< empty: any
};
constexpr std::array typeWords{
    TypeWord{"string"_L1, "string"_L1},   TypeWord{"text"_L1, "string"_L1},
    TypeWord{"int"_L1, "integer"_L1},     TypeWord{"integer"_L1, "integer"_L1},
    TypeWord{"float"_L1, "number"_L1},    TypeWord{"number"_L1, "number"_L1},
    TypeWord{"double"_L1, "number"_L1},   TypeWord{"bool"_L1, "boolean"_L1},
    TypeWord{"boolean"_L1, "boolean"_L1}, TypeWord{"object"_L1, "object"_L1},
    TypeWord{"array"_L1, "array"_L1},     TypeWord{"list"_L1, "array"_L1},
    TypeWord{"null"_L1, "null"_L1},       TypeWord{"any"_L1, ""_L1},
};

/// Columns by number; -1 where the file has none.
struct Columns
{
    explicit Columns(const CsvTable &table)
        : version(table.column({u"Version", u"Event Version"}))
        , type(table.column({u"Event Type", u"Call Type", u"Type"}))
        , event(table.column({u"Event Name", u"Event"}))
        , property(table.column({u"Property Name", u"Property"}))
        , description(table.column({u"Description"}))
        , labels(table.column({u"Labels"}))
        , dataType(table.column({u"Property Data Type", u"Data Type"}))
        , status(table.column({u"Status", u"Required"}))
        , enumValues(table.column({u"Enum Values"}))
        , allowed(table.column({u"Allowed Property Values", u"Permitted Values"}))
    {
    }

    int version, type, event, property, description, labels, dataType, status, enumValues, allowed;
};

struct DataType
{
    QStringList types;
    bool isDateTime = false;
};

DataType dataTypeOf(const QString &text, Problem *problem)
{
    DataType made;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts)) {
        QString word = part.trimmed().toLower();
        word.remove(u' ').remove(u'-').remove(u'_');
        if (word == u"datetime"_s || word == u"date"_s || word == u"timestamp"_s) {
            made.types.append(u"string"_s);
            made.isDateTime = true;
            continue;
        }
        const auto *const known = std::ranges::find(typeWords, word, &TypeWord::word);
        if (known == typeWords.end()) {
            problem->message =
                u"The data type \"%1\" is not known; it is read as any type."_s.arg(part.trimmed());
        } else if (!known->type.isEmpty()) {
            made.types.append(known->type);
        }
    }
    made.types.removeDuplicates();
    return made;
}

/// "owner: growth; pii: yes", or tags alone.
Json labelsFrom(const QString &text)
{
    Json labels = Json::object();
    for (const QString &part : splitValues(text, text.contains(u';') ? u';' : u',')) {
        const qsizetype colon = part.indexOf(u':');
        labels[(colon < 0 ? part : part.first(colon)).trimmed().toStdString()] =
            colon < 0 ? std::string() : part.mid(colon + 1).trimmed().toStdString();
    }
    return labels;
}

QString labelsText(const Json &schema)
{
    const auto labels = schema.find("labels");
    QStringList parts;
    if (labels != schema.end() && labels->is_object()) {
        for (const auto &[key, value] : labels->items()) {
            const QString text = textOf(value);
            parts.append(QString::fromStdString(key) + (text.isEmpty() ? QString() : u": "_s + text));
        }
    }
    return parts.join(u"; "_s);
}

Json valuesFrom(const QString &text, const QStringList &types)
{
    Json values = Json::array();
    for (const QString &value : splitValues(text)) {
        values.push_back(typedValue(value, types));
    }
    return values;
}

/// Reads one file; problems are kept by row.
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
        for (std::size_t row = 0; row < m_table.rowCount(); ++row) {
            readRow(row);
        }
        m_document.rules = m_rules.take();
        if (const QStringList unasked = m_table.unaskedColumns(); !unasked.isEmpty()) {
            m_document.problems.push_back(
                {u"header"_s, u"These columns are not known and left out: %1."_s.arg(unasked.join(u", "_s))});
        }
    }

private:
    QString cell(std::size_t row, int column) const { return m_table.cell(row, column); }
    void problem(std::size_t row, const QString &message)
    {
        m_document.problems.push_back({u"line %1"_s.arg(m_table.line(row)), message});
    }

    void readRow(std::size_t row)
    {
        const QString typeText = cell(row, m_columns.type);
        const auto type = typeText.isEmpty() ? event::CallType::Track : callTypeOf(typeText);
        if (!type) {
            problem(
                row,
                u"\"%1\" is no call type: Track, Identify, Group, Page, Screen or Alias. The row is left out."_s
                    .arg(typeText));
            return;
        }
        const QString name = cell(row, m_columns.event);
        if (*type == event::CallType::Track && name.isEmpty()) {
            problem(row, u"The row names no event. It is left out."_s);
            return;
        }
        bool isNumber = false;
        const int version = cell(row, m_columns.version).toInt(&isNumber);
        const bool isNamed = *type == event::CallType::Track || *type == event::CallType::Page ||
                             *type == event::CallType::Screen;
        RuleSource &rule = m_rules.rule(*type, isNamed ? name : QString(), isNumber ? version : 1);
        const QString property = cell(row, m_columns.property);
        if (property.isEmpty()) {
            describe(rule.schema, row);
        } else {
            readProperty(row, rule, undotted(property));
        }
    }

    void describe(Json &schema, std::size_t row) const
    {
        if (const QString text = cell(row, m_columns.description); !text.isEmpty()) {
            schema["description"] = text.toStdString();
        }
        if (const QString text = cell(row, m_columns.labels); !text.isEmpty()) {
            schema["labels"] = labelsFrom(text);
        }
    }

    void readProperty(std::size_t row, RuleSource &rule, const QStringList &path)
    {
        Json &schema = madeProperty(rule, path);
        Problem told;
        const DataType type = dataTypeOf(cell(row, m_columns.dataType), &told);
        if (!told.message.isEmpty()) {
            problem(row, told.message);
        }
        setTypes(schema, type.types);
        if (type.isDateTime) {
            schema["format"] = "date-time";
        }
        describe(schema, row);
        if (const QString values = cell(row, m_columns.enumValues); !values.isEmpty()) {
            schema["enum"] = valuesFrom(values, type.types);
        }
        if (const QString values = cell(row, m_columns.allowed); !values.isEmpty()) {
            schema["pattern"] =
                splitValues(values, values.contains(u'|') ? u'|' : u',').join(u'|').toStdString();
        }
        const QString status = cell(row, m_columns.status).toLower();
        const bool isRequired = m_columns.status >= 0
                                    ? status == u"required"_s || status == u"true"_s || status == u"yes"_s
                                    : !type.types.isEmpty() && !type.types.contains(u"null"_s);
        if (isRequired) {
            require(rule, path);
        }
    }

    const CsvTable &m_table;
    const Columns m_columns;
    Document &m_document;
    TableRules m_rules;
};

QString dataTypeText(const Json &schema)
{
    const QStringList types = typesOf(schema);
    if (textMember(schema, "format") == u"date-time"_s && types.contains(u"string"_s)) {
        return types.contains(u"null"_s) ? u"date-time,null"_s : u"date-time"_s;
    }
    QStringList words;
    for (const QString &type : types) {
        words.append(type == u"integer"_s   ? u"int"_s
                     : type == u"number"_s  ? u"float"_s
                     : type == u"boolean"_s ? u"bool"_s
                                            : type);
    }
    return words.isEmpty() ? u"any"_s : words.join(u',');
}

QString enumText(const Json &schema)
{
    const auto list = schema.find("enum");
    QStringList values;
    for (std::size_t i = 0; list != schema.end() && list->is_array() && i < list->size(); ++i) {
        values.append(textOf((*list)[i]));
    }
    return joinedValues(values);
}

} // namespace

bool looksLikeSegmentCsv(const QByteArray &bytes)
{
    const auto table = CsvTable::read(bytes.left(bytes.indexOf('\n') + 1));
    return table && table->column({u"Event Name"}) >= 0 && table->column({u"Property Name"}) >= 0 &&
           (table->column({u"Property Data Type", u"Data Type"}) >= 0 || table->column({u"Event Type"}) >= 0);
}

base::Result<Document> readSegmentCsv(const QByteArray &bytes, const QString &path)
{
    const auto table = CsvTable::read(bytes);
    if (!table) {
        return base::Failure(table.error());
    }
    Document document;
    document.path = path;
    document.name = nameOfFile(path);
    document.format = Format::SegmentCsv;
    Reading(*table, document).run();
    if (document.rules.empty()) {
        return base::failure(base::ErrorCode::BadInput, u"The CSV holds no events."_s,
                             document.problems.empty() ? u"It has a header and no rows."_s
                                                       : document.problems.front().where + u": "_s +
                                                             document.problems.front().message,
                             u"Give the CSV that Segment downloads, with one row for each property."_s);
    }
    return document;
}

base::Result<std::vector<WrittenFile>> writeSegmentCsv(const Document &document)
{
    const QStringList header{u"Version"_s,
                             u"Event Type"_s,
                             u"Event Name"_s,
                             u"Property Name"_s,
                             u"Description"_s,
                             u"Labels"_s,
                             u"Property Data Type"_s,
                             u"Status"_s,
                             u"Enum Values"_s,
                             u"Allowed Property Values"_s};
    std::vector<QStringList> rows;
    for (const RulePointer &rule : document.rules) {
        const QStringList head{QString::number(rule->version), callTypeTitle(rule->type), rule->name};
        rows.push_back(head + QStringList{QString(), descriptionOf(*rule), labelsText(rule->schema),
                                          QString(), QString(), QString(), QString()});
        eachProperty(*rule, [&](const TreeProperty &property) {
            if (property.path.contains(QString())) {
                return; // a row without a property's name is the event's
            }
            const Json &schema = property.schema.is_object() ? property.schema : Json::object();
            const QStringList alternatives = alternativesOf(textMember(schema, "pattern"));
            rows.push_back(head + QStringList{dotted(property.path), textMember(schema, "description"),
                                              labelsText(schema), dataTypeText(schema),
                                              property.isRequired ? u"required"_s : u"optional"_s,
                                              enumText(schema), joinedValues(alternatives)});
        });
    }
    return std::vector<WrittenFile>{{QString(), csvText(header, rows)}};
}

std::vector<Loss> segmentCsvLosses(const Document &document)
{
    const auto files = writeSegmentCsv(document);
    const auto again = files ? readSegmentCsv(files->front().bytes, document.path)
                             : base::Result<Document>(base::Failure(files.error()));
    return roundTripLosses(document, again ? *again : Document{});
}

} // namespace plan::formats
