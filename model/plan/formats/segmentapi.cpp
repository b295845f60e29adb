// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/segmentapi.h"

#include "plan/formats/carried.h"
#include "plan/formats/rulejson.h"
#include "plan/jsonedit.h"
#include "plan/plantext.h"
#include "plan/references.h"

using namespace Qt::StringLiterals;

namespace plan::formats {

void readRules(Envelope envelope, Document &document)
{
    document.name = envelope.name().isEmpty() ? nameFromFile(document.path) : envelope.name();
    document.description = envelope.description();
    document.sources = envelope.sources();
    std::vector<RuleSource> rules;
    std::vector<std::pair<std::size_t, Json>> unread;
    std::size_t position = 0;
    const auto entries = envelope.takeRules();
    for (const auto &[at, object] : entries) {
        auto rule = readRule(object);
        if (rule) {
            takeCarried(*rule);
            rules.push_back(std::move(*rule));
        } else {
            document.problems.push_back({at.toString(), rule.error()});
            unread.emplace_back(position, object);
        }
        ++position;
    }
    if (const auto missing = envelope.missingPages()) {
        document.problems.push_back(
            {u"pagination"_s,
             u"The file holds %1 of the plan's %2 rules: fetch the other pages too and put the answers in one JSON list."_s
                 .arg(missing->first)
                 .arg(missing->second)});
    }
    document.shared = sharedOf(
        [&](const json::Pointer &at) -> const Json * {
            for (const auto &[rule, object] : entries) {
                if (at.text().starts_with(rule.text() + "/")) {
                    return resolved(object, json::Pointer(at.text().substr(rule.text().size())));
                }
            }
            return resolved(envelope.root(), at);
        },
        rules);
    if (const Json *files = memberOf(envelope.root(), sharedFilesKey)) {
        document.shared[sharedFilesKey] = *files;
    }
    for (RuleSource &rule : rules) {
        document.rules.push_back(std::make_shared<const RuleSource>(std::move(rule)));
    }
    envelope.keep(document, unread);
}

base::Result<Document> readSegmentApi(Envelope envelope, const QString &path)
{
    Document document;
    document.path = path;
    document.format = Format::SegmentApi;
    readRules(std::move(envelope), document);
    return document;
}

base::Result<std::vector<WrittenFile>> writeSegmentApi(const Document &document)
{
    std::vector<Json> rules;
    rules.reserve(document.rules.size());
    for (const RulePointer &rule : document.rules) {
        // A schema over the properties alone stays as its file has it, when reading it again says so.
        const bool isFromFile =
            document.format == Format::SegmentApi && scopeOf(rule->schema, rule->type) == rule->scope;
        Json schema = isFromFile ? rule->schema : wholeEventSchema(*rule);
        if (rule->scope == Scope::Event && schema.is_object() &&
            scopeOf(schema, rule->type) != Scope::Event) {
            schema["properties"]["context"] = Json::object();
        }
        putSources(schema, *rule);
        putCarried(schema, *rule);
        rules.push_back(ruleObject(withoutCarried(*rule), std::move(schema)));
    }
    return std::vector<WrittenFile>{
        {QString(), writtenJson(enclosed(document, std::move(rules), OwnShape::Answer))}};
}

} // namespace plan::formats
