// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/schemafolder.h"

#include "plan/formats/rulejson.h"
#include "plan/jsonedit.h"
#include "plan/plantext.h"
#include "plan/references.h"

#include <algorithm>
#include <array>
#include <set>

#include <QDir>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace plan::formats {

namespace {

constexpr const char *versionKey = "x-version";
constexpr const char *deprecatedKey = "deprecated";
constexpr const char *fileNote = "file";
constexpr const char *idNote = "madeId";     ///< an `$id` that the file does not have
constexpr const char *aloneNote = "isAlone"; ///< over the properties (or traits) alone
constexpr const char *filesKey = "files";
constexpr const char *oneFileKey = "isOneFile";
constexpr qsizetype maxSlugLength = 80;

/// `const`, or the only value of `enum`.
const Json *onlyValue(const Json &schema)
{
    if (const Json *constant = memberOf(schema, "const")) {
        return constant;
    }
    const Json *values = memberOf(schema, "enum");
    return values != nullptr && values->is_array() && values->size() == 1 ? &values->front() : nullptr;
}

QString onlyText(const Json &schema, const char *property)
{
    const Json *properties = memberOf(schema, "properties");
    const Json *named = properties == nullptr ? nullptr : memberOf(*properties, property);
    const Json *value = named == nullptr ? nullptr : onlyValue(*named);
    return value == nullptr ? QString() : stringOf(*value);
}

event::CallType typeNamed(const Json &schema)
{
    return event::callTypeFromWord(onlyText(schema, "type").toStdString()).value_or(event::CallType::Track);
}

/// Which property of the event names it; null when its title or its file does.
const char *namingProperty(const Json &schema, event::CallType type)
{
    if (type != event::CallType::Track && !onlyText(schema, "name").isEmpty()) {
        return "name";
    }
    return onlyText(schema, "event").isEmpty() ? nullptr : "event";
}

QString eventName(const Json &schema, event::CallType type, const QString &file)
{
    if (!isNamed(type)) {
        return {};
    }
    const char *property = namingProperty(schema, type);
    const QString title = stringMember(schema, "title");
    return property != nullptr ? onlyText(schema, property) : !title.isEmpty() ? title : nameFromFile(file);
}

QString idOf(const Json &schema)
{
    const QString id = stringMember(schema, "$id");
    return id.isEmpty() && stringMember(schema, "$schema").contains(u"draft-04"_s)
               ? stringMember(schema, "id")
               : id;
}

const char *idKey(const Json &schema)
{
    return stringMember(schema, "$schema").contains(u"draft-04"_s) ? "id" : "$id";
}

bool refersElsewhere(const Json &schema)
{
    bool does = false;
    eachReference(schema,
                  [&does](const std::string &reference) { does = does || !reference.starts_with('#'); });
    return does;
}

/// The URIs that the files refer to, without fragments.
std::set<QString> referredUris(const std::vector<SchemaFile> &files)
{
    std::set<QString> uris;
    for (const SchemaFile &file : files) {
        const QUrl base(idOf(file.schema).isEmpty() ? file.name : idOf(file.schema));
        eachReference(file.schema, [&](const std::string &reference) {
            if (!reference.starts_with('#')) {
                const QUrl url = base.resolved(QUrl(QString::fromStdString(reference)));
                uris.insert(QDir::cleanPath(url.toString(QUrl::RemoveFragment)));
            }
        });
    }
    return uris;
}

bool isOnlyShared(const SchemaFile &file, const std::set<QString> &referred)
{
    const QString uri = idOf(file.schema).isEmpty() ? file.name : idOf(file.schema);
    return referred.contains(QDir::cleanPath(uri)) && onlyText(file.schema, "event").isEmpty() &&
           onlyText(file.schema, "type").isEmpty();
}

RuleSource ruleOf(Json schema, const QString &file, const QString &path)
{
    RuleSource rule;
    rule.type = typeNamed(schema);
    rule.name = eventName(schema, rule.type, file.isEmpty() ? path : file);
    rule.schema = std::move(schema);
    rule.scope = scopeOf(rule.schema, rule.type);
    if (!rule.schema.is_object()) {
        return rule;
    }
    takeSources(rule);
    Json notes = Json::object();
    if (const Json *version = memberOf(rule.schema, versionKey);
        version != nullptr && version->is_number_integer() && *version > 1 &&
        *version <= std::numeric_limits<int>::max()) {
        rule.version = takenOut(rule.schema, versionKey, notes)->get<int>();
    }
    if (const Json *deprecated = memberOf(rule.schema, deprecatedKey);
        deprecated != nullptr && *deprecated == true) {
        rule.isDeprecated = takenOut(rule.schema, deprecatedKey, notes).has_value();
    }
    if (!file.isEmpty()) {
        setMember(notes, fileNote, file.toStdString());
    }
    if (rule.scope != Scope::Event) {
        setMember(notes, aloneNote, true); // so that it is that again when it comes back from elsewhere
    }
    if (!notes.empty()) {
        notesOf(rule)->update(notes);
    }
    return rule;
}

/// "Order Completed" -> "order-completed": stable, and safe on every file system.
QString slug(const QString &text)
{
    QString made;
    for (const QChar c : text.normalized(QString::NormalizationForm_C).toLower()) {
        if (c.isLetterOrNumber() || c == u'_') {
            made += c;
        } else if (!made.isEmpty() && !made.endsWith(u'-')) {
            made += u'-';
        }
    }
    made.truncate(maxSlugLength);
    while (made.endsWith(u'-')) {
        made.chop(1);
    }
    return made;
}

QString fileName(const RuleSource &rule, std::set<QString> &taken)
{
    const Json *noted = noteOf(rule, fileNote);
    if (noted != nullptr && taken.insert(stringOf(*noted).toLower()).second) {
        return stringOf(*noted);
    }
    const std::string_view word = event::word(rule.type);
    const QString type = QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
    QString name = slug(rule.name);
    name = name.isEmpty() ? type : rule.type == event::CallType::Track ? name : type + u'-' + name;
    if (rule.version > 1) {
        name += u"-v%1"_s.arg(rule.version);
    }
    QString unique = name + u".json"_s;
    for (int number = 2; !taken.insert(unique.toLower()).second; ++number) {
        unique = u"%1-%2.json"_s.arg(name).arg(number);
    }
    return unique;
}

void setOnlyValue(Json &schema, const char *property, const std::string &text)
{
    Json &named = schema["properties"][property];
    if (!named.is_object()) {
        named = Json::object();
    }
    if (memberOf(named, "const") == nullptr && onlyValue(named) != nullptr) {
        named["enum"] = Json::array({text});
    } else {
        setMember(named, "const", text);
    }
}

/// A rule that was over the properties alone before another format wrapped it.
RuleSource aloneAgain(const RuleSource &rule)
{
    if (rule.scope != Scope::Event || noteOf(rule, aloneNote) == nullptr) {
        return rule;
    }
    RuleSource alone = rule;
    alone.schema = propertiesAlone(rule);
    alone.scope = scopeOf(alone.schema, alone.type);
    const bool isSame = alone.scope != Scope::Event && wholeEventSchema(alone) == rule.schema;
    return isSame ? alone : rule;
}

/// The schema so that reading its file gives this rule again.
Json fileSchema(const RuleSource &given, const Json &shared, const QString &file)
{
    const RuleSource rule = aloneAgain(given);
    Json schema = rule.schema;
    if (!schema.is_object()) {
        return schema;
    }
    const bool isTold = typeNamed(schema) == rule.type && scopeOf(schema, rule.type) == rule.scope;
    if (rule.scope != Scope::Event && !isTold) {
        schema = wholeEventSchema(rule);
    }
    if (typeNamed(schema) != rule.type) {
        setOnlyValue(schema, "type", std::string(event::word(rule.type)));
    }
    if (rule.scope == Scope::Event && scopeOf(schema, rule.type) != Scope::Event) {
        schema["properties"]["context"] = Json::object();
    }
    if (isNamed(rule.type) && eventName(schema, rule.type, file) != rule.name) {
        if (const char *property = namingProperty(schema, rule.type)) {
            setOnlyValue(schema, property, rule.name.toStdString());
        } else {
            restore(schema, "title", rule.name.toStdString(),
                    memberOf(schema, "$schema") == nullptr || memberOf(schema, "title") != nullptr
                        ? nullptr
                        : std::make_unique<Json>(Json{{"title", 1U}}).get());
        }
    }
    const Json *notes = memberOf(rule.extra, notesKey);
    if (noteOf(rule, idNote) != nullptr) {
        eraseMember(schema, idKey(schema));
    }
    putSources(schema, rule);
    if (rule.isDeprecated) {
        restore(schema, deprecatedKey, true, notes);
    }
    if (rule.version > 1) {
        restore(schema, versionKey, rule.version, notes);
    }
    // A file stands by itself: it takes what it needs of the plan with it.
    putShared(schema, sharedOf(shared, {rule}));
    return schema;
}

} // namespace

bool looksLikeSchema(const Json &root)
{
    const Json *type = memberOf(root, "type");
    if (!root.is_object() || (type != nullptr && *type == "track") ||
        memberOf(root, "messageId") != nullptr) {
        return false;
    }
    static constexpr std::array keywords{
        "$schema", "$ref",  "properties", "required",         "additionalProperties",
        "allOf",   "anyOf", "oneOf",      "patternProperties"};
    return std::ranges::any_of(keywords, [&root](const char *key) { return memberOf(root, key) != nullptr; });
}

base::Result<Document> readSchemaFolder(std::vector<SchemaFile> files, const QString &path)
{
    Document document;
    document.path = path;
    document.format = Format::SchemaFolder;
    document.name = nameFromFile(QDir::cleanPath(path));
    const bool isOneFile = files.size() == 1 && files.front().name.isEmpty();
    const std::set<QString> referred = isOneFile ? std::set<QString>() : referredUris(files);
    const bool hasReferences =
        std::ranges::any_of(files, [](const SchemaFile &file) { return refersElsewhere(file.schema); });
    Json names = Json::array();
    Json madeIds = Json::array();
    for (SchemaFile &file : files) {
        names.push_back(file.name.toStdString());
        const bool isShared = isOnlyShared(file, referred);
        // Names by which the files find each other.
        const bool needsId =
            !isOneFile && hasReferences && idOf(file.schema).isEmpty() && file.schema.is_object();
        if (needsId) {
            setMember(file.schema, idKey(file.schema), file.name.toStdString());
        }
        if (isShared) {
            if (needsId) {
                madeIds.push_back(file.name.toStdString());
            }
            document.shared[sharedFilesKey][file.name.toStdString()] = std::move(file.schema);
            continue;
        }
        RuleSource rule = ruleOf(std::move(file.schema), file.name, path);
        if (needsId) {
            (*notesOf(rule))[idNote] = true;
        }
        document.rules.push_back(std::make_shared<const RuleSource>(std::move(rule)));
    }
    if (isOneFile) {
        document.extra[oneFileKey] = true;
        if (!document.rules.front()->name.isEmpty()) {
            document.name = document.rules.front()->name;
        }
    } else {
        document.extra[filesKey] = std::move(names);
    }
    if (!madeIds.empty()) {
        document.extra[idNote] = std::move(madeIds);
    }
    return document;
}

std::vector<bool> schemaFolderHolds(const Document &document)
{
    std::vector<bool> held;
    std::ranges::transform(document.rules, std::back_inserter(held),
                           [](const RulePointer &rule) { return rule->type != event::CallType::None; });
    return held;
}

QStringList schemaFileNames(const Document &document)
{
    QStringList names;
    const Json *files = memberOf(document.extra, filesKey);
    for (const Json &name : files == nullptr ? Json::array() : *files) {
        names.append(stringOf(name));
    }
    return names;
}

base::Result<std::vector<WrittenFile>> writeSchemaFolder(const Document &document)
{
    const std::vector<bool> held = schemaFolderHolds(document);
    if (memberOf(document.extra, oneFileKey) != nullptr && document.rules.size() == 1 && held.front()) {
        return std::vector<WrittenFile>{
            {QString(), writtenJson(fileSchema(*document.rules.front(), document.shared, document.path))}};
    }
    std::vector<WrittenFile> files;
    std::set<QString> taken;
    if (const Json *shared = memberOf(document.shared, sharedFilesKey);
        shared != nullptr && shared->is_object()) {
        const Json *madeIds = memberOf(document.extra, idNote);
        for (const auto &[name, schema] : shared->items()) {
            Json written = schema;
            if (madeIds != nullptr && std::ranges::find(*madeIds, Json(name)) != madeIds->end()) {
                eraseMember(written, idKey(written));
            }
            taken.insert(QString::fromStdString(name).toLower());
            files.push_back({QString::fromStdString(name), writtenJson(written)});
        }
    }
    // Names that files have already come first, so that a new event does not take one.
    std::vector<QString> names(document.rules.size());
    for (const bool isNoted : {true, false}) {
        for (std::size_t number = 0; number < held.size(); ++number) {
            const RuleSource &rule = *document.rules[number];
            if (held[number] && (noteOf(rule, fileNote) != nullptr) == isNoted) {
                names[number] = fileName(rule, taken);
            }
        }
    }
    for (std::size_t number = 0; number < held.size(); ++number) {
        if (held[number]) {
            files.push_back({names[number], writtenJson(fileSchema(*document.rules[number], document.shared,
                                                                   names[number]))});
        }
    }
    std::ranges::sort(files, {}, &WrittenFile::name);
    return files;
}

} // namespace plan::formats
