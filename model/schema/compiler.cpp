// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/compiler.h"

#include <algorithm>
#include <array>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace schema {

namespace {

constexpr std::size_t maxErrors = 20;

bool isAnnotation(std::string_view word)
{
    static constexpr std::array<std::string_view, 9> words{"title",    "description", "$comment",
                                                           "default",  "examples",    "deprecated",
                                                           "readOnly", "writeOnly",   "id"};
    return std::ranges::find(words, word) != words.end();
}

} // namespace

Compiler::Compiler(const std::shared_ptr<const json::Document> &document, const json::Pointer &at,
                   const CompileOptions &options)
    : m_references(document, at, options.documents, options.draft)
    , m_formats(options.formats)
    , m_patterns(options.patterns ? options.patterns : std::make_shared<PatternCache>())
{
}

base::Result<std::shared_ptr<const Schema::Impl>> Compiler::run()
{
    if (m_references.value(m_references.root()).isMissing()) {
        return base::failure(base::ErrorCode::BadInput, u"There is no schema here"_s,
                             u"%1: nothing stands at this place of the document."_s.arg(
                                 m_references.pointer(m_references.root()).toString()));
    }
    m_program->root = node(m_references.root());
    do {
        while (!m_pending.empty() && m_errors.size() < maxErrors) {
            const auto [place, empty] = m_pending.back();
            m_pending.pop_back();
            fill(place, *empty);
        }
    } while (m_errors.size() < maxErrors && addDynamicTargets());
    for (const References::Remark &one : m_references.remarks()) {
        if (one.isError) {
            fail(one.place, "$schema", one.message);
        } else {
            remark(one.place, "$schema", one.message);
        }
    }
    if (m_errors.empty()) {
        refuseEndlessReferences();
    }
    m_program->documents = m_references.documents();
    if (m_errors.empty()) {
        std::vector<References::Entry> places = m_references.takePlaces();
        m_program->origins.reserve(places.size());
        for (References::Entry &place : places) {
            m_program->origins.push_back({place.parent, std::move(place.step)});
        }
        return std::shared_ptr<const Schema::Impl>(std::move(m_program));
    }
    const SchemaProblem &first = m_errors.front();
    QString why = u"%1: %2."_s.arg(first.at.isRoot() ? u"(root)"_s : first.at.toString(), first.message);
    if (m_errors.size() > 1) {
        why += u" %1 more after it."_s.arg(m_errors.size() - 1);
    }
    return base::failure(base::ErrorCode::BadInput, u"The JSON Schema cannot be used"_s, why,
                         u"Correct the schema at that place."_s);
}

void Compiler::fail(Place place, std::string_view keyword, QString reason)
{
    json::Pointer at = m_references.pointer(place);
    m_errors.push_back({keyword.empty() ? at : at.child(keyword), std::move(reason)});
}

void Compiler::remark(Place place, std::string_view keyword, QString reason)
{
    m_program->problems.push_back({m_references.pointer(place).child(keyword), std::move(reason)});
}

std::optional<Place> Compiler::target(Place place, std::string_view keyword, json::Value reference)
{
    if (!reference.isString()) {
        fail(place, keyword,
             u"\"%1\" must be a text"_s.arg(QString::fromLatin1(keyword.data(), qsizetype(keyword.size()))));
        return std::nullopt;
    }
    const auto found = m_references.resolve(place, reference.text());
    if (!found) {
        fail(place, keyword, found.error());
        return std::nullopt;
    }
    return *found;
}

bool Compiler::isReferenceOnly(Place place, json::Value schema) const
{
    if (!schema.isObject() || schema.find("$ref").isMissing()) {
        return false;
    }
    if (m_references.dialect(place).doesReferenceHideSiblings()) {
        return true;
    }
    for (auto member = schema.firstChild(); member; member = member.next()) {
        if (member.key() != "$ref" && !isAnnotation(member.key())) {
            return false;
        }
    }
    return true;
}

std::optional<Place> Compiler::followed(Place place)
{
    // Only within one resource: which resources a check came through decides where `$dynamicRef` leads, and
    // findings name the place where they left the rule's own schema.
    std::vector<Place> chain;
    std::unordered_set<Place> seen;
    while (true) {
        if (const auto known = m_followed.find(place); known != m_followed.end()) {
            place = known->second;
            break;
        }
        const json::Value schema = m_references.value(place);
        if (!isReferenceOnly(place, schema)) {
            break;
        }
        if (!seen.insert(place).second) {
            fail(place, "$ref", u"\"$ref\" leads back to itself and never to a schema"_s);
            return std::nullopt;
        }
        const auto next = target(place, "$ref", schema.find("$ref"));
        if (!next) {
            return std::nullopt;
        }
        if (m_references.resource(*next) != m_references.resource(place) ||
            m_references.isElsewhere(*next) != m_references.isElsewhere(place)) {
            break;
        }
        chain.push_back(place);
        place = *next;
    }
    for (const Place passed : chain) {
        m_followed.emplace(passed, place);
    }
    return place;
}

const Node *Compiler::node(Place place)
{
    const auto end = followed(place);
    if (!end) {
        return nullptr;
    }
    Node *&known = m_nodes[*end];
    if (known == nullptr) {
        known = &m_program->nodes.emplace_back();
        known->place = *end;
        known->resource = m_references.resource(*end);
        known->isElsewhere = m_references.isElsewhere(*end);
        m_pending.emplace_back(*end, known);
    }
    return known;
}

const Node *Compiler::childNode(const Met &met)
{
    return childNode(met, met.value, {});
}

const Node *Compiler::childNode(const Met &met, json::Value schema, std::string_view member)
{
    return node(m_references.child(met.place, schema, met.word, member));
}

std::vector<const Node *> Compiler::childNodes(const Met &met)
{
    std::vector<const Node *> nodes;
    const json::Value list = met.value;
    if (!isKind(met, list.isArray() && list.size() > 0, u"a list of at least one schema"_s)) {
        return nodes;
    }
    for (auto item = list.firstChild(); item; item = item.next()) {
        nodes.push_back(childNode(met, item.value(), std::to_string(nodes.size())));
    }
    return nodes;
}

void Compiler::fill(Place place, Node &node)
{
    const json::Value schema = m_references.value(place);
    if (schema.isBool()) {
        node.isNever = !schema.toBool();
        return;
    }
    if (!schema.isObject()) {
        fail(place, {}, u"a schema must be an object, true or false"_s);
        return;
    }
    const Dialect dialect = m_references.dialect(place);
    const bool isReference = isReferenceOnly(place, schema);
    for (auto member = schema.firstChild(); member; member = member.next()) {
        const KeywordRule *rule = keywordRule(member.key(), dialect);
        if (rule == nullptr || (isReference && rule->keyword != Keyword::Ref)) {
            continue;
        }
        const Met met{place, rule->keyword, rule->word, member.value()};
        // Not the first that takes it: what is none of these has been read by References (`definitions`).
        referenceKeyword(met, node) || numberKeyword(met, node) || stringKeyword(met, node) ||
            arrayKeyword(met, node) || objectKeyword(met, node) || valueKeyword(met, node) ||
            logicKeyword(met, node);
    }
    finishNumbers(place, schema, node);
    finishArrays(place, schema, node);
    node.isPlainInteger = dialect.draft == Draft::Draft4 && (node.types & numberBits) == IntegerBit;
    node.hasUnevaluated = (node.array && node.array->unevaluated != nullptr) ||
                          (node.object && node.object->unevaluated != nullptr);
    node.isLeaf = !node.isNever && !node.array && !node.object && !node.logic;
    m_program->isTracked =
        m_program->isTracked || node.hasUnevaluated || (node.logic && node.logic->dynamicTargets != nullptr);
}

void Compiler::finishNumbers(Place place, json::Value schema, Node &node)
{
    if (!node.number || m_references.dialect(place).draft != Draft::Draft4) {
        return;
    }
    // In draft-04 `exclusiveMinimum: true` says how `minimum` is meant.
    if (node.number->minimum && schema.find("exclusiveMinimum").toBool()) {
        node.number->exclusiveMinimum = std::exchange(node.number->minimum, std::nullopt);
    }
    if (node.number->maximum && schema.find("exclusiveMaximum").toBool()) {
        node.number->exclusiveMaximum = std::exchange(node.number->maximum, std::nullopt);
    }
}

void Compiler::finishArrays(Place place, json::Value schema, Node &node)
{
    if (!node.array) {
        return;
    }
    const Dialect dialect = m_references.dialect(place);
    node.array->doesContainsEvaluate = dialect.draft == Draft::Draft2020;
    const KeywordRule *rule = keywordRule("additionalItems", dialect);
    const json::Value additional = schema.find("additionalItems");
    // Without a list `additionalItems` says nothing; `items` as one schema has been kept already.
    if (rule != nullptr && !additional.isMissing() && schema.find("items").isArray()) {
        node.array->isClosed = additional.isBool() && !additional.toBool();
        node.array->items = childNode({place, rule->keyword, rule->word, additional});
        node.array->restKeyword = rule->word;
    }
    if (dialect.draft == Draft::Draft2020 && !node.array->tuple.empty()) {
        const json::Value rest = schema.find("items");
        node.array->isClosed = rest.isBool() && !rest.toBool();
    }
}

bool Compiler::addDynamicTargets()
{
    bool hasAdded = false;
    // By index: a node that is made may bring in documents with anchors of their own.
    for (std::size_t i = 0; i < m_references.dynamicAnchors().size(); ++i) {
        const References::DynamicAnchor anchor = m_references.dynamicAnchors()[i];
        const auto wanted = m_program->dynamicTargets.find(anchor.name);
        if (wanted == m_program->dynamicTargets.end()) {
            continue;
        }
        auto &known = wanted->second.byResource;
        if (std::ranges::find(known, anchor.resource, &std::pair<std::uint32_t, const Node *>::first) ==
            known.end()) {
            known.emplace_back(anchor.resource, node(anchor.place));
            hasAdded = true;
        }
    }
    return hasAdded || !m_pending.empty();
}

void Compiler::refuseEndlessReferences()
{
    // What leads from a schema to itself over `$ref` and `allOf` alone never comes to a property or an item,
    // so no check of it could end.
    enum class State : std::uint8_t { Open, Done };
    std::unordered_map<const Node *, State> states;
    const auto next = [](const Node &node, std::size_t index) -> const Node * {
        if (!node.logic) {
            return nullptr;
        }
        if (index == 0 && node.logic->reference != nullptr) {
            return node.logic->reference;
        }
        index -= node.logic->reference != nullptr ? 1 : 0;
        return index < node.logic->allOf.size() ? node.logic->allOf[index] : nullptr;
    };
    for (const Node &start : m_program->nodes) {
        if (!start.logic || states.contains(&start)) {
            continue;
        }
        std::vector<std::pair<const Node *, std::size_t>> path{{&start, 0}};
        states.emplace(&start, State::Open);
        while (!path.empty()) {
            auto &[node, index] = path.back();
            const Node *target = next(*node, index++);
            if (target == nullptr) {
                states[node] = State::Done;
                path.pop_back();
                continue;
            }
            const auto known = states.find(target);
            if (known == states.end()) {
                states.emplace(target, State::Open);
                path.emplace_back(target, 0);
            } else if (known->second == State::Open) {
                fail(
                    target->place, {},
                    u"this schema leads back to itself and never to a property or an item, so no check of it "
                    "could end"_s);
                return;
            }
        }
    }
}

} // namespace schema
