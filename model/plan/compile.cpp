// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/document.h"

#include "plan/jsonedit.h"
#include "plan/properties.h"
#include "plan/references.h"
#include "plan/rulefingerprint.h"
#include "schema/pattern.h"
#include "json/parser.h"
#include "json/quote.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

constexpr const char *schemaKey = "jsonSchema";

QByteArray compact(const Json &value)
{
    return QByteArray::fromStdString(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

/// What a rule's references lead to outside of its own schema.
struct Needs
{
    bool isShared = false;    ///< members of the file's root
    bool isElsewhere = false; ///< other schemas, by URI
};

Needs needsOf(const Json &schema)
{
    Needs needs;
    eachReference(schema, [&](const std::string &reference) {
        if (!reference.starts_with('#')) {
            needs.isElsewhere = true;
        } else if (const auto pointer = localPointer(reference);
                   pointer && resolved(schema, *pointer) == nullptr) {
            needs.isShared = true;
        }
    });
    return needs;
}

/// Schemas of a plan that have a URI, for the references of the others.
std::vector<std::pair<std::string, const Json *>> namedSchemas(const Document &document)
{
    std::vector<std::pair<std::string, const Json *>> named;
    const auto add = [&named](const Json &schema) {
        const Json *id = memberOf(schema, "$id");
        id = id == nullptr ? memberOf(schema, "id") : id; // draft-04
        if (id != nullptr && id->is_string()) {
            std::string uri = id->get<std::string>();
            uri.resize(std::min(uri.find('#'), uri.size()));
            if (!uri.empty() && !uri.starts_with('/')) {
                named.emplace_back(std::move(uri), &schema);
            }
        }
    };
    for (const RulePointer &rule : document.rules) {
        add(rule->schema);
    }
    if (const Json *files = memberOf(document.shared, sharedFilesKey);
        files != nullptr && files->is_object()) {
        for (const Json &schema : *files) {
            add(schema);
        }
    }
    return named;
}

bool overlap(const QStringList &one, const QStringList &other)
{
    return one.isEmpty() || other.isEmpty() || std::ranges::any_of(one, [&other](const QString &source) {
               return other.contains(source, Qt::CaseInsensitive);
           });
}

} // namespace

struct Compiler::Impl
{
    struct Entry
    {
        RulePointer source; ///< kept, so that its address stays its own
        Rule rule;
        std::vector<schema::SchemaProblem> problems; ///< `at` within the rule
        Needs needs;
        bool isUsed = false;
    };

    void forgetStale(const Document &document);
    Entry &entry(const RulePointer &source, const Document &document);
    void compileSchema(Entry &made, const Document &document);
    const std::vector<schema::NamedDocument> &others();

    std::unordered_map<const RuleSource *, Entry> entries;
    std::shared_ptr<schema::PatternCache> patterns = std::make_shared<schema::PatternCache>();
    Json shared = Json::object();
    std::vector<std::pair<std::string, const Json *>> named;
    std::optional<std::vector<schema::NamedDocument>> namedDocuments; ///< of `named`, once they are needed
    json::Parser parser;
};

/// A rule that leads to others has to be compiled again when one of them was edited.
void Compiler::Impl::forgetStale(const Document &document)
{
    auto nowNamed = namedSchemas(document);
    const bool isSharedNew = shared != document.shared;
    const bool isNamedNew = isSharedNew || named != nowNamed;
    std::erase_if(entries, [&](const auto &known) {
        const Needs needs = known.second.needs;
        return (isSharedNew && needs.isShared) || (isNamedNew && needs.isElsewhere);
    });
    if (isNamedNew) {
        shared = document.shared;
        named = std::move(nowNamed);
        namedDocuments.reset();
    }
    for (auto &[address, known] : entries) {
        known.isUsed = false;
    }
}

const std::vector<schema::NamedDocument> &Compiler::Impl::others()
{
    if (!namedDocuments) {
        namedDocuments.emplace();
        for (const auto &[uri, schema] : named) {
            if (auto parsed = parser.parse(compact(*schema))) {
                namedDocuments->push_back({uri, std::move(*parsed)});
            }
        }
    }
    return *namedDocuments;
}

void Compiler::Impl::compileSchema(Entry &made, const Document &document)
{
    const RuleSource &source = *made.source;
    Rule &rule = made.rule;
    if (source.schema.is_null()) {
        made.problems.push_back({{}, u"The rule has no JSON Schema, so its events can't be checked."_s});
        return;
    }
    rule.schemaJson =
        QByteArray::fromStdString(source.schema.dump(2, ' ', false, Json::error_handler_t::replace));
    // Words for people don't change a verdict, so they are no part of what is compiled.
    Json silent = source.schema;
    eraseMember(silent, "description");
    eraseMember(silent, "labels");
    QByteArray text = "{\""_ba + schemaKey + "\":"_ba + compact(silent);
    if (made.needs.isShared) {
        for (const auto &[key, value] : document.shared.items()) {
            text += ","_ba + json::quoted(key) + ":"_ba + compact(value);
        }
    }
    text += '}';
    const auto parsed = parser.parse(text);
    if (!parsed) {
        made.problems.push_back({json::Pointer().child(schemaKey),
                                 u"%1 Its events are not checked."_s.arg(parsed.error().reason)});
        return;
    }
    const json::Pointer at = json::Pointer().child(schemaKey);
    const json::Value schema = at.resolve((*parsed)->root());
    QByteArrayList compiledFrom{text};
    rule.properties = flattened(schema, rule);
    schema::CompileOptions options;
    options.patterns = patterns;
    if (made.needs.isElsewhere) {
        options.documents = others();
        for (const schema::NamedDocument &other : options.documents) {
            compiledFrom << QByteArray::fromStdString(other.uri) << other.document->source();
        }
    }
    rule.fingerprint = fingerprintOf(rule, compiledFrom);
    auto compiled = schema::compile(*parsed, at, options);
    if (!compiled) {
        made.problems.push_back(
            {at, u"%1: %2 Its events are not checked."_s.arg(compiled.error().what, compiled.error().why)});
        return;
    }
    made.problems = compiled->problems();
    rule.schema = std::move(*compiled);
}

Compiler::Impl::Entry &Compiler::Impl::entry(const RulePointer &source, const Document &document)
{
    const auto [place, isNew] = entries.try_emplace(source.get());
    Entry &made = place->second;
    made.isUsed = true;
    if (!isNew) {
        return made;
    }
    made.source = source;
    made.needs = needsOf(source->schema);
    made.rule.type = source->type;
    made.rule.name = source->name;
    made.rule.description = descriptionOf(*source);
    made.rule.version = source->version;
    made.rule.isDeprecated = source->isDeprecated;
    made.rule.sources = source->sources;
    made.rule.scope = source->type == event::CallType::None ? Scope::Event : source->scope;
    compileSchema(made, document);
    return made;
}

Compiler::Compiler()
    : m_impl(std::make_unique<Impl>())
{
}

Compiler::~Compiler() = default;

std::shared_ptr<const Plan> Compiler::compile(const Document &document)
{
    m_impl->forgetStale(document);
    auto plan = std::make_shared<Plan>();
    plan->name = document.name;
    plan->path = document.path;
    plan->sources = document.sources;
    plan->problems = document.problems;
    plan->rules.reserve(document.rules.size());
    std::map<std::tuple<event::CallType, QString, int>, std::vector<const RuleSource *>> seen;
    std::uint32_t number = 0;
    for (const RulePointer &source : document.rules) {
        const json::Pointer at = json::Pointer().child("rules").child(number++);
        const QString title = titleOf(*source);
        auto &same = seen[{source->type, source->name, source->version}];
        const bool isRepeated = source->type != event::CallType::None &&
                                std::ranges::any_of(same, [&source](const RuleSource *other) {
                                    return overlap(source->sources, other->sources);
                                });
        if (isRepeated) {
            plan->problems.push_back(
                {title, u"The plan has this rule more than once; the first one counts."_s});
            continue;
        }
        same.push_back(source.get());
        const Impl::Entry &made = m_impl->entry(source, document);
        for (const schema::SchemaProblem &problem : made.problems) {
            // Messages of the compiler name the place as the rule's own text has it.
            QString message = problem.message;
            message.replace(u" /jsonSchema"_s, u' ' + at.toString() + u"/jsonSchema"_s);
            plan->problems.push_back(
                {u"%1 (%2)"_s.arg(title, at.toString() + problem.at.toString()), message});
        }
        (source->type == event::CallType::None ? plan->common : plan->rules).push_back(made.rule);
    }
    std::erase_if(m_impl->entries, [](const auto &known) { return !known.second.isUsed; });
    return plan;
}

std::shared_ptr<const Plan> compile(const Document &document)
{
    return Compiler().compile(document);
}

} // namespace plan
