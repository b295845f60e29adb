// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/typewriter.h"

#include "plan/formats/carried.h"
#include "plan/formats/rulejson.h"
#include "plan/formats/segmentapi.h"
#include "plan/jsonedit.h"
#include "plan/plantext.h"
#include "plan/schematree.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plan::formats {

namespace {

constexpr const char *metadataKey = "eventMetadata";

bool hasMetadata(const Json &schema)
{
    const Json *metadata = memberOf(schema, metadataKey);
    return metadata != nullptr && metadata->is_object();
}

/// The name and type of the event as its rule has them.
void putMetadata(Json &schema, const RuleSource &rule)
{
    if (!schema.is_object() || rule.type == event::CallType::None) {
        return;
    }
    if (!hasMetadata(schema)) {
        setMember(schema, metadataKey,
                  Json{{"name", rule.name.toStdString()}, {"type", ruleTypeWord(rule.type)}});
        return;
    }
    Json &metadata = *memberOf(schema, metadataKey);
    if (isNamed(rule.type) && stringMember(metadata, "name") != rule.name) {
        setMember(metadata, "name", rule.name.toStdString());
    }
}

} // namespace

bool looksLikeTypewriter(const std::vector<std::pair<json::Pointer, Json>> &rules)
{
    return std::ranges::any_of(rules, [](const auto &rule) {
        const Json *schema = memberOf(rule.second, "jsonSchema");
        return schema != nullptr && hasMetadata(*schema);
    });
}

base::Result<Document> readTypewriter(Envelope envelope, const QString &path)
{
    Document document;
    document.path = path;
    document.format = Format::Typewriter;
    readRules(std::move(envelope), document);
    for (RulePointer &rule : document.rules) {
        const bool isAlone = rule->type != event::CallType::None && rule->type != event::CallType::Alias &&
                             hasMetadata(rule->schema);
        const Scope scope =
            propertiesKey(rule->type) == std::string_view("traits") ? Scope::Traits : Scope::Properties;
        if (isAlone && rule->scope != scope) {
            auto changed = std::make_shared<RuleSource>(*rule);
            changed->scope = scope;
            rule = std::move(changed);
        }
    }
    return document;
}

base::Result<std::vector<WrittenFile>> writeTypewriter(const Document &document)
{
    std::vector<Json> rules;
    rules.reserve(document.rules.size());
    for (const RulePointer &rule : document.rules) {
        const bool isFromFile = document.format == Format::Typewriter && rule->scope != Scope::Event;
        Json schema = isFromFile ? rule->schema : propertiesAlone(*rule);
        if (!isFromFile || hasMetadata(schema)) {
            putMetadata(schema, *rule);
        }
        putSources(schema, *rule);
        putCarried(schema, *rule);
        rules.push_back(ruleObject(withoutCarried(*rule), std::move(schema)));
    }
    return std::vector<WrittenFile>{
        {QString(), writtenJson(enclosed(document, std::move(rules), OwnShape::Plan))}};
}

} // namespace plan::formats
