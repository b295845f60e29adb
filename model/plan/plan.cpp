// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/plan.h"

#include "plan/rulereader.h"
#include "json/parser.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

constexpr qint64 maxFileBytes = qint64{256} * 1024 * 1024;
constexpr int maxEnvelopeDepth = 4; ///< {"data":{"trackingPlan":{"rules":..}}} in a list

/// Where a document of Segment's APIs keeps what.
struct Contents
{
    QString name;
    QStringList sources;
    std::vector<std::pair<json::Value, json::Pointer>> rules;         ///< of the Public API
    std::vector<std::pair<json::Value, json::Pointer>> configEvents;  ///< of the Config API
    std::vector<std::pair<json::Value, json::Pointer>> configGlobals; ///< "global", "identify", "group"
    std::int64_t totalEntries = 0;                                    ///< as the answers' pagination has it
    bool hasRulesList = false;
    bool hasTrackingPlan = false;
};

bool isRule(json::Value value)
{
    return value.isObject() && !value.find("jsonSchema").isMissing();
}

void collectSources(json::Value list, Contents &contents)
{
    for (auto item = list.firstChild(); list.isArray() && item; item = item.next()) {
        const json::Value source = item.value();
        const QString name = textOf(source.isObject() ? source.find("name") : source);
        if (!name.isEmpty()) {
            contents.sources.append(name);
        }
    }
}

void collectConfig(json::Value rules, const json::Pointer &at, Contents &contents)
{
    contents.hasRulesList = true;
    const json::Value events = rules.find("events");
    std::uint32_t index = 0;
    for (auto item = events.firstChild(); item; item = item.next()) {
        contents.configEvents.emplace_back(item.value(), at.child("events").child(index++));
    }
    for (const std::string_view key : {"global", "identify", "group"}) {
        const json::Value schema = rules.find(key);
        if (schema.isObject() && schema.size() > 0) {
            contents.configGlobals.emplace_back(schema, at.child(key));
        }
    }
}

/// Finds rules in an answer of the API, in several of them in a list, or in a file somebody put them together
/// in.
void collect(json::Value value, const json::Pointer &at, int depth, Contents &contents)
{
    if (depth > maxEnvelopeDepth) {
        return;
    }
    if (value.isArray()) {
        std::uint32_t index = 0;
        for (auto item = value.firstChild(); item; item = item.next(), ++index) {
            if (isRule(item.value())) {
                contents.hasRulesList = true;
                contents.rules.emplace_back(item.value(), at.child(index));
            } else {
                collect(item.value(), at.child(index), depth + 1, contents);
            }
        }
        return;
    }
    if (!value.isObject()) {
        return;
    }
    collectSources(value.find("sources"), contents);
    if (const json::Value rules = value.find("rules"); rules.isArray()) {
        contents.hasRulesList = true;
        std::uint32_t index = 0;
        for (auto item = rules.firstChild(); item; item = item.next()) {
            contents.rules.emplace_back(item.value(), at.child("rules").child(index++));
        }
        if (contents.name.isEmpty()) {
            contents.name = textOf(value.find("name"));
        }
    } else if (rules.find("events").isArray()) {
        collectConfig(rules, at.child("rules"), contents);
        contents.name = textOf(value.find("display_name"));
    } else {
        collect(rules, at.child("rules"), depth + 1, contents);
    }
    if (const json::Value plan = value.find("trackingPlan"); plan.isObject()) {
        contents.hasTrackingPlan = true;
        if (const QString name = textOf(plan.find("name")); !name.isEmpty()) {
            contents.name = name;
        }
    }
    for (const std::string_view key : {"data", "trackingPlan", "trackingPlans", "plan"}) {
        collect(value.find(key), at.child(key), depth + 1, contents);
    }
    const std::string_view total = value.find("pagination").find("totalEntries").raw();
    contents.totalEntries = std::max<std::int64_t>(
        contents.totalEntries, QByteArray(total.data(), static_cast<qsizetype>(total.size())).toLongLong());
}

bool isSchema(json::Value root)
{
    if (!root.isObject() || root.find("type").text() == "track" || !root.find("messageId").isMissing()) {
        return false;
    }
    static constexpr std::array<std::string_view, 9> keywords{
        "$schema", "$ref",  "properties", "required",         "additionalProperties",
        "allOf",   "anyOf", "oneOf",      "patternProperties"};
    return std::ranges::any_of(keywords,
                               [root](std::string_view keyword) { return !root.find(keyword).isMissing(); });
}

bool isEvent(json::Value root)
{
    return root.isObject() && (!root.find("messageId").isMissing() || root.find("event").isString() ||
                               event::callTypeFromWord(root.find("type").text()).has_value());
}

/// What a file is that is no plan, for the error.
QString described(json::Value root)
{
    if (isEvent(root)) {
        return u"It is an event, not a plan."_s;
    }
    if (root.find("batch").isArray()) {
        return u"It is a batch of events, not a plan."_s;
    }
    if (const json::Value errors = root.find("errors"); errors.isArray()) {
        return u"It is an error answer of Segment's API: %1"_s.arg(textOf(errors.at(0).find("message")));
    }
    switch (root.type()) {
    case json::Type::Array:
        return isEvent(root.at(0))
                   ? u"It is a list of events, not a plan."_s
                   : u"It is a JSON list of %1 values, none of them a rule."_s.arg(root.size());
    case json::Type::Object: {
        QStringList keys;
        constexpr qsizetype maxKeys = 5;
        for (auto member = root.firstChild(); member && keys.size() < maxKeys; member = member.next()) {
            keys.append(textOf(member.keyValue()));
        }
        return keys.isEmpty() ? u"It is an empty JSON object."_s
                              : u"It is a JSON object with \"%1\", and neither rules nor a schema."_s.arg(
                                    keys.join(u"\", \""_s));
    }
    default:
        return u"It is a single JSON value, not an object."_s;
    }
}

/// What a text is that is no JSON.
QString describedText(const QByteArray &text, const json::ParseError &error)
{
    constexpr qsizetype sniffedBytes = 1024;
    const QByteArray head = text.left(sniffedBytes);
    if (text.trimmed().isEmpty()) {
        return u"The file is empty."_s;
    }
    if (head.contains('\0')) {
        return u"The file holds binary data."_s;
    }
    if (head.trimmed().startsWith('<')) {
        return u"The file is HTML or XML, perhaps a saved web page."_s;
    }
    json::Parser parser;
    const qsizetype lineEnd = text.indexOf('\n');
    if (lineEnd > 0 && parser.parse(text.left(lineEnd)).has_value()) {
        return u"The file holds one JSON text a line (NDJSON), as events are exported."_s;
    }
    return u"Line %1, column %2: %3"_s.arg(error.line).arg(error.column).arg(error.reason);
}

base::Failure noPlan(const QString &path, const QString &why)
{
    return base::failure(
        base::ErrorCode::BadInput, u"%1 is no tracking plan."_s.arg(QFileInfo(path).fileName()), why,
        u"Open the answer of Segment's Public API (GET /tracking-plans/{id}/rules) or a JSON Schema."_s);
}

QString nameFromFile(const QString &path)
{
    QString name = QFileInfo(path).fileName();
    for (const QString &ending : {u".json"_s, u".schema"_s, u".plan"_s}) {
        if (name.endsWith(ending, Qt::CaseInsensitive)) {
            name.chop(ending.size());
        }
    }
    return name;
}

void readContents(const Contents &contents, const std::shared_ptr<const json::Document> &document, Plan &plan)
{
    RuleReader reader(document, plan);
    for (const auto &[rule, at] : contents.rules) {
        reader.addRule(rule, at);
    }
    for (const auto &[event, at] : contents.configEvents) {
        reader.addConfigEvent(event, at);
    }
    for (const auto &[schema, at] : contents.configGlobals) {
        Rule rule;
        const std::string key = at.lastToken();
        rule.type = event::callTypeFromWord(key).value_or(event::CallType::None);
        if (rule.type == event::CallType::None) {
            reader.addCommon(std::move(rule), schema, at);
        } else {
            reader.addSchema(std::move(rule), schema, at);
        }
    }
    const auto count = static_cast<std::int64_t>(contents.rules.size());
    if (contents.totalEntries > count) {
        plan.problems.push_back(
            {u"pagination"_s,
             u"The file holds %1 of the plan's %2 rules: fetch the other pages too and put the answers in one JSON list."_s
                 .arg(count)
                 .arg(contents.totalEntries)});
    }
}

/// Two rules for the same event and version: the first one counts.
void dropRepeated(Plan &plan)
{
    std::map<std::tuple<event::CallType, QString, int>, int> seen;
    std::vector<Rule> kept;
    for (Rule &rule : plan.rules) {
        if (++seen[{rule.type, rule.name, rule.version}] == 1) {
            kept.push_back(std::move(rule));
        } else {
            plan.problems.push_back(
                {ruleTitle(rule), u"The plan has this rule more than once; the first one counts."_s});
        }
    }
    plan.rules = std::move(kept);
}

/// First of `const` and `enum`, as text.
QString onlyValue(json::Value schema)
{
    const json::Value constant = schema.find("const");
    return textOf(constant.isMissing() && schema.find("enum").size() == 1 ? schema.find("enum").at(0)
                                                                          : constant);
}

void readSchema(const std::shared_ptr<const json::Document> &document, Plan &plan)
{
    const json::Value root = document->root();
    const json::Value properties = root.find("properties");
    Rule rule;
    rule.type = event::callTypeFromWord(onlyValue(properties.find("type")).toStdString())
                    .value_or(event::CallType::Track);
    rule.name = onlyValue(properties.find("event"));
    if (rule.name.isEmpty()) {
        rule.name = textOf(root.find("title"));
    }
    if (rule.name.isEmpty()) {
        rule.name = plan.name;
    }
    if (rule.type == event::CallType::Identify || rule.type == event::CallType::Group ||
        rule.type == event::CallType::Alias) {
        rule.name.clear();
    } else {
        plan.name = rule.name;
    }
    RuleReader(document, plan).addSchema(std::move(rule), root, {});
}

} // namespace

base::Result<std::shared_ptr<const Plan>> parse(const QByteArray &json, const QString &path)
{
    json::Parser parser;
    const auto document = parser.parse(json);
    if (!document) {
        return noPlan(path, describedText(json, document.error()));
    }
    const json::Value root = (*document)->root();
    auto plan = std::make_shared<Plan>();
    plan->path = path;
    plan->name = nameFromFile(path);

    Contents contents;
    collect(root, {}, 0, contents);
    if (contents.hasRulesList) {
        readContents(contents, *document, *plan);
        if (plan->rules.empty() && plan->common.empty()) {
            return noPlan(path, plan->problems.empty()
                                    ? u"Its list of rules is empty."_s
                                    : u"None of its rules can be used. %1: %2"_s.arg(
                                          plan->problems.front().where, plan->problems.front().message));
        }
        if (!contents.name.isEmpty()) {
            plan->name = contents.name;
        }
        dropRepeated(*plan);
    } else if (contents.hasTrackingPlan) {
        return base::failure(
            base::ErrorCode::BadInput, u"%1 has no rules."_s.arg(QFileInfo(path).fileName()),
            u"It describes the tracking plan \"%1\", but not its rules."_s.arg(contents.name),
            u"Save the answer of GET /tracking-plans/{id}/rules, alone or in one JSON list with this one."_s);
    } else if (isSchema(root)) {
        readSchema(*document, *plan);
        if (!plan->rules.front().schema) {
            return noPlan(path, plan->problems.front().message);
        }
    } else {
        return noPlan(path, described(root));
    }
    plan->sources = contents.sources;
    plan->sources.removeDuplicates();
    return std::shared_ptr<const Plan>(std::move(plan));
}

base::Result<std::shared_ptr<const Plan>> load(const QString &path)
{
    QFile file(path);
    if (!file.exists()) {
        return base::failure(base::ErrorCode::NotFound, u"The tracking plan %1 cannot be read."_s.arg(path),
                             u"There is no such file."_s, u"Check the path."_s);
    }
    if (QFileInfo(path).isDir()) {
        return base::failure(base::ErrorCode::BadInput, u"The tracking plan %1 cannot be read."_s.arg(path),
                             u"It is a folder."_s, u"Give the plan's file."_s);
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return base::failure(base::ErrorCode::Io, u"The tracking plan %1 cannot be read."_s.arg(path),
                             file.errorString(), u"Check who may read the file."_s);
    }
    if (file.size() > maxFileBytes) {
        return base::failure(base::ErrorCode::Limit, u"The tracking plan %1 is too large."_s.arg(path),
                             u"A plan has 256 MB at most."_s, u"Check that this is the plan."_s);
    }
    return parse(file.readAll(), path);
}

} // namespace plan
