// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/ruleschema.h"

#include "plan/jsonedit.h"
#include "plan/sheetcells.h"
#include "plan/sheetplaces.h"
#include "json/parser.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

constexpr std::string_view writtenDraft = "http://json-schema.org/draft-07/schema#";

base::Failure noSchema(const QString &why)
{
    return base::failure(base::ErrorCode::BadInput, u"This is no JSON Schema."_s, why,
                         u"Correct it there, or undo the change."_s);
}

QString placed(const QByteArray &text, std::uint32_t offset, const QString &why)
{
    const QByteArray before = text.left(static_cast<qsizetype>(offset));
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    return u"Line %1, column %2: %3"_s.arg(before.count('\n') + 1)
        .arg(QString::fromUtf8(before.mid(lineStart)).size() + 1)
        .arg(why);
}

/// What of a text could not be kept as typed.
base::Result<void> checkKept(const json::Document &document)
{
    const QByteArray &text = document.source();
    if (const auto repeated = document.firstFlaw(json::Flaw::DuplicateKey)) {
        return noSchema(placed(text, *repeated, u"this name stands in the object twice."_s));
    }
    for (const json::Flaw flaw : {json::Flaw::NonFiniteNumber, json::Flaw::HugeNumber}) {
        if (const auto number = document.firstFlaw(flaw)) {
            return noSchema(placed(text, *number, u"JSON has no such number."_s));
        }
    }
    struct Level
    {
        json::Value::Child next;
    };
    std::vector<Level> open{{document.root().firstChild()}};
    while (!open.empty()) {
        json::Value::Child &child = open.back().next;
        if (!child) {
            open.pop_back();
            continue;
        }
        const json::Value value = child.value();
        child = child.next();
        if (value.isNumber() && !numberFromDigits(value.raw())) {
            return noSchema(
                placed(text, value.begin(), u"the number has more digits than a plan can hold."_s));
        }
        if (value.isObject() || value.isArray()) {
            if (open.size() >= static_cast<std::size_t>(maxSchemaDepth)) {
                return noSchema(
                    placed(text, value.begin(), u"it nests deeper than %1 levels."_s.arg(maxSchemaDepth)));
            }
            open.push_back({value.firstChild()});
        }
    }
    return {};
}

bool isReferenceKnown(const Json &root, const Json &schema)
{
    if (memberOf(schema, "$ref") == nullptr) {
        return true;
    }
    const auto pointer = pointerOfReference(schema);
    return pointer && resolved(root, *pointer) != nullptr;
}

/// References that lead out of the rule lead to what this rule alone does not have.
void dropForeignReferences(Json &value, const Json &root)
{
    if (value.is_object()) {
        const Json *reference = memberOf(value, "$ref");
        if (reference != nullptr && reference->is_string() && !isReferenceKnown(root, value)) {
            eraseMember(value, "$ref");
        }
    }
    if (value.is_structured()) {
        for (Json &below : value) {
            dropForeignReferences(below, root);
        }
    }
}

} // namespace

base::Result<schema::Schema> compileAlone(const Json &ruleSchema)
{
    Json own = ruleSchema;
    dropForeignReferences(own, ruleSchema);
    json::Parser parser;
    const auto document =
        parser.parse(QByteArray::fromStdString(own.dump(-1, ' ', false, Json::error_handler_t::replace)));
    if (!document) {
        return noSchema(document.error().reason);
    }
    return schema::compile(*document, {});
}

QString schemaText(const RuleSource &rule)
{
    return QString::fromStdString(rule.schema.dump(2, ' ', false, Json::error_handler_t::replace));
}

base::Result<RuleSource> withSchemaText(const RuleSource &rule, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    json::Parser parser;
    const auto document = parser.parse(bytes, json::Leniency::Strict);
    if (!document) {
        const json::ParseError &error = document.error();
        return noSchema(u"Line %1, column %2: %3"_s.arg(error.line).arg(error.column).arg(error.reason));
    }
    if (!(*document)->root().isObject()) {
        return noSchema(u"A rule's schema is an object: it begins with {."_s);
    }
    if (const auto kept = checkKept(**document); !kept) {
        return tl::make_unexpected(kept.error());
    }
    RuleSource changed = rule;
    changed.schema = Json::parse(bytes.toStdString(), nullptr, false);
    if (!changed.schema.is_object()) {
        return noSchema(u"The text could not be read."_s);
    }
    if (const auto compiled = compileAlone(changed.schema); !compiled) {
        return noSchema(compiled.error().why);
    }
    return changed;
}

RuleSource withDescription(const RuleSource &rule, const QString &description)
{
    RuleSource changed = rule;
    if (description.isEmpty()) {
        eraseMember(changed.schema, "description");
    } else if (stringMember(rule.schema, "description") != description) {
        setMember(changed.schema, "description", description.toStdString());
    }
    return changed;
}

RuleSource withLabels(const RuleSource &rule, const std::vector<std::pair<QString, QString>> &labels)
{
    RuleSource changed = rule;
    setLabelPairs(changed.schema, labels);
    return changed;
}

bool allowsOthers(const RuleSource &rule)
{
    const Json *holder = resolved(rule.schema, holderOf(rule));
    if (holder == nullptr) {
        return true;
    }
    const auto isClosedBy = [holder](std::string_view keyword) {
        const Json *others = memberOf(*holder, keyword);
        return others != nullptr && others->is_boolean() && !others->get<bool>();
    };
    return !isClosedBy("additionalProperties") && !isClosedBy("unevaluatedProperties");
}

RuleSource withOthers(const RuleSource &rule, Others others)
{
    RuleSource changed = rule;
    const bool isAllowed = others == Others::Allowed;
    if (isAllowed == allowsOthers(rule)) {
        return changed;
    }
    const auto holder = madeHolder(changed.schema, rule);
    if (!holder) {
        return rule; // said in a way of its own; the sheet shows it as such
    }
    Json *unevaluated = memberOf(**holder, "unevaluatedProperties");
    if (isAllowed && unevaluated != nullptr) {
        *unevaluated = true;
    }
    if (!isAllowed || memberOf(**holder, "additionalProperties") != nullptr) {
        setMember(**holder, "additionalProperties", isAllowed);
    }
    return changed;
}

RuleSource newRule(event::CallType type, const QString &name)
{
    RuleSource rule;
    rule.type = type;
    rule.name = name;
    rule.schema = Json{{"$schema", std::string(writtenDraft)}, {"type", "object"}};
    if (type != event::CallType::None && type != event::CallType::Alias) {
        const std::string holder = holderOf(rule).lastToken();
        rule.schema["properties"] = Json::object();
        rule.schema["properties"][holder] = Json{{"type", "object"}};
    }
    return rule;
}

} // namespace plan
