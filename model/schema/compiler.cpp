// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/compiler.h"

#include "schema/metaschema.h"

#include <algorithm>
#include <array>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace schema {

namespace {

constexpr std::size_t maxErrors = 20;

QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

template <typename Rules>
Rules &made(std::unique_ptr<Rules> &rules)
{
    if (!rules) {
        rules = std::make_unique<Rules>();
    }
    return *rules;
}

std::uint8_t typeBits(std::string_view word)
{
    static constexpr std::array<std::pair<std::string_view, std::uint8_t>, 7> words{{
        {"null", NullBit},
        {"boolean", BoolBit},
        {"integer", IntegerBit},
        {"number", numberBits},
        {"string", StringBit},
        {"array", ArrayBit},
        {"object", ObjectBit},
    }};
    const auto *const found =
        std::ranges::find(words, word, &std::pair<std::string_view, std::uint8_t>::first);
    return found == words.end() ? std::uint8_t{0} : found->second;
}

} // namespace

Compiler::Compiler(const std::shared_ptr<const json::Document> &document, const json::Pointer &at,
                   const CompileOptions &options)
    : m_references(document, at, options.documents)
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
    while (!m_pending.empty() && m_errors.size() < maxErrors) {
        const auto [place, empty] = m_pending.back();
        m_pending.pop_back();
        fill(place, *empty);
    }
    m_program->documents = m_references.documents();
    if (m_errors.empty()) {
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

std::optional<Place> Compiler::followed(Place place)
{
    std::unordered_set<Place> seen;
    while (true) {
        const json::Value schema = m_references.value(place);
        const json::Value reference = schema.isObject() ? schema.find("$ref") : json::Value{};
        if (reference.isMissing()) {
            return place;
        }
        if (!reference.isString()) {
            fail(place, "$ref", u"\"$ref\" must be a text"_s);
            return std::nullopt;
        }
        if (!seen.insert(place).second) {
            fail(place, "$ref", u"\"$ref\" leads back to itself and never to a schema"_s);
            return std::nullopt;
        }
        const auto target = m_references.resolve(place, reference.text());
        if (!target) {
            fail(place, "$ref", target.error());
            return std::nullopt;
        }
        place = *target;
    }
}

const Node *Compiler::node(Place place)
{
    const auto target = followed(place);
    if (!target) {
        return nullptr;
    }
    Node *&known = m_nodes[*target];
    if (known == nullptr) {
        known = &m_program->nodes.emplace_back();
        m_pending.emplace_back(*target, known);
    }
    return known;
}

const Node *Compiler::childNode(Place parent, json::Value schema, std::string_view keyword,
                                std::string_view member)
{
    return node(m_references.child(parent, schema, keyword, member));
}

std::vector<const Node *> Compiler::childNodes(Place parent, json::Value list, std::string_view keyword)
{
    std::vector<const Node *> nodes;
    if (!list.isArray() || list.size() == 0) {
        fail(parent, keyword, u"\"%1\" must be a list of at least one schema"_s.arg(shown(keyword)));
        return nodes;
    }
    for (auto item = list.firstChild(); item; item = item.next()) {
        nodes.push_back(childNode(parent, item.value(), keyword, std::to_string(nodes.size())));
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
    for (auto member = schema.firstChild(); member; member = member.next()) {
        keyword(place, member.key(), member.value(), node);
    }
    if (node.array) {
        // Without a list `additionalItems` says nothing; `items` as one schema has been kept already.
        const json::Value additional = schema.find("additionalItems");
        if (schema.find("items").isArray() && !additional.isMissing()) {
            node.array->isClosed = additional.isBool() && !additional.toBool();
            node.array->items = childNode(place, additional, "additionalItems");
        }
    }
}

bool Compiler::keyword(Place place, std::string_view name, json::Value value, Node &node)
{
    return numberKeyword(place, name, value, node) || stringKeyword(place, name, value, node) ||
           arrayKeyword(place, name, value, node) || objectKeyword(place, name, value, node) ||
           valueKeyword(place, name, value, node) || logicKeyword(place, name, value, node);
}

std::uint64_t Compiler::count(Place place, std::string_view name, json::Value value)
{
    const auto number = value.isNumber() ? Decimal::parse(value.raw()) : std::nullopt;
    const auto whole = number ? number->toCount() : std::nullopt;
    if (!whole) {
        fail(place, name, u"\"%1\" must be a whole number, not negative"_s.arg(shown(name)));
        return 0;
    }
    return *whole;
}

std::optional<Limit> Compiler::limit(Place place, std::string_view name, json::Value value)
{
    auto number = value.isNumber() ? Limit::parse(value.raw()) : std::nullopt;
    if (!number) {
        fail(place, name, u"\"%1\" must be a number"_s.arg(shown(name)));
    }
    return number;
}

bool Compiler::numberKeyword(Place place, std::string_view name, json::Value value, Node &node)
{
    static constexpr std::array<std::pair<std::string_view, std::optional<Limit> NumberRules::*>, 4> limits{{
        {"minimum", &NumberRules::minimum},
        {"maximum", &NumberRules::maximum},
        {"exclusiveMinimum", &NumberRules::exclusiveMinimum},
        {"exclusiveMaximum", &NumberRules::exclusiveMaximum},
    }};
    for (const auto &[word, member] : limits) {
        if (name == word) {
            made(node.number).*member = limit(place, name, value);
            return true;
        }
    }
    if (name != "multipleOf") {
        return false;
    }
    constexpr std::int64_t maxDigits = 18;
    const auto factor = limit(place, name, value);
    if (factor && (factor->value().isZero() || factor->value().isNegative())) {
        fail(place, name, u"\"multipleOf\" must be above zero"_s);
    } else if (factor && factor->value().digitCount() > maxDigits) {
        fail(place, name, u"\"multipleOf\" may have 18 significant digits at most"_s);
    } else {
        made(node.number).multipleOf = factor;
    }
    return true;
}

std::shared_ptr<const Pattern> Compiler::pattern(Place place, std::string_view keyword, std::string_view text)
{
    auto compiled = m_patterns->get(std::string(text));
    if (!compiled) {
        fail(place, keyword, u"%1: %2"_s.arg(compiled.error().what, compiled.error().why));
        return nullptr;
    }
    if ((*compiled)->isGoSyntax()) {
        remark(place, keyword,
               u"the pattern \"%1\" is no ECMA-262; it is read in Go's syntax, as Segment does"_s.arg(
                   shown(text)));
    }
    return *compiled;
}

bool Compiler::stringKeyword(Place place, std::string_view name, json::Value value, Node &node)
{
    if (name == "minLength") {
        made(node.string).minLength = count(place, name, value);
    } else if (name == "maxLength") {
        made(node.string).maxLength = count(place, name, value);
    } else if (name == "pattern") {
        if (value.isString()) {
            made(node.string).pattern = pattern(place, name, value.text());
        } else {
            fail(place, name, u"\"pattern\" must be a text"_s);
        }
    } else if (name == "format") {
        if (!value.isString()) {
            fail(place, name, u"\"format\" must be a text"_s);
        } else if (const auto format = formatFromWord(value.text()); !format) {
            remark(place, name, u"the format \"%1\" is not known and not checked"_s.arg(shown(value.text())));
        } else if (m_formats == FormatAssertion::On) {
            made(node.string).format = format;
        }
    } else {
        return false;
    }
    return true;
}

void Compiler::items(Place place, json::Value value, ArrayRules &rules)
{
    if (!value.isArray()) {
        rules.items = childNode(place, value, "items");
        return;
    }
    for (auto item = value.firstChild(); item; item = item.next()) {
        rules.tuple.push_back(childNode(place, item.value(), "items", std::to_string(rules.tuple.size())));
    }
}

bool Compiler::arrayKeyword(Place place, std::string_view name, json::Value value, Node &node)
{
    if (name == "items") {
        items(place, value, made(node.array));
    } else if (name == "additionalItems") {
        made(node.array); // read with `items`, which may stand behind it
    } else if (name == "contains") {
        made(node.array).contains = childNode(place, value, name);
    } else if (name == "minItems") {
        made(node.array).minItems = count(place, name, value);
    } else if (name == "maxItems") {
        made(node.array).maxItems = count(place, name, value);
    } else if (name == "uniqueItems") {
        if (!value.isBool()) {
            fail(place, name, u"\"uniqueItems\" must be true or false"_s);
        }
        made(node.array).hasUniqueItems = value.toBool();
    } else {
        return false;
    }
    return true;
}

bool Compiler::objectKeyword(Place place, std::string_view name, json::Value value, Node &node)
{
    if (name == "properties") {
        properties(place, value, made(node.object));
    } else if (name == "required") {
        required(place, value, made(node.object));
    } else if (name == "patternProperties") {
        patternProperties(place, value, made(node.object));
    } else if (name == "additionalProperties") {
        made(node.object).additional = childNode(place, value, name);
        node.object->isClosed = value.isBool() && !value.toBool();
    } else if (name == "propertyNames") {
        made(node.object).names = childNode(place, value, name);
    } else if (name == "minProperties") {
        made(node.object).minProperties = count(place, name, value);
    } else if (name == "maxProperties") {
        made(node.object).maxProperties = count(place, name, value);
    } else if (name == "dependencies") {
        dependencies(place, value, made(node.object));
    } else {
        return false;
    }
    return true;
}

void Compiler::properties(Place place, json::Value value, ObjectRules &rules)
{
    if (!value.isObject()) {
        fail(place, "properties", u"\"properties\" must be an object"_s);
        return;
    }
    for (auto member = value.firstChild(); member; member = member.next()) {
        // Of repeated names the last one counts, as everywhere.
        PropertyTable::Entry &entry = rules.table.insert(member.key());
        if (entry.node == nullptr) {
            rules.planned.push_back(member.key());
        }
        entry.node = childNode(place, member.value(), "properties", member.key());
    }
}

std::optional<std::vector<std::string_view>> Compiler::names(Place place, std::string_view keyword,
                                                             json::Value value)
{
    std::vector<std::string_view> names;
    bool hasOnlyTexts = value.isArray();
    for (auto item = value.firstChild(); hasOnlyTexts && item; item = item.next()) {
        hasOnlyTexts = item.value().isString();
        names.push_back(item.value().text());
    }
    if (!hasOnlyTexts) {
        fail(place, keyword, u"\"%1\" must be a list of property names"_s.arg(shown(keyword)));
        return std::nullopt;
    }
    return names;
}

void Compiler::required(Place place, json::Value value, ObjectRules &rules)
{
    constexpr std::size_t maskBits = 64;
    const auto listed = names(place, "required", value);
    if (!listed) {
        return;
    }
    for (const std::string_view name : *listed) {
        PropertyTable::Entry &entry = rules.table.insert(name);
        if (entry.requiredBit != PropertyTable::notRequired ||
            std::ranges::find(rules.required, name) != rules.required.end()) {
            continue;
        }
        if (rules.required.size() < maskBits) {
            entry.requiredBit = static_cast<std::int16_t>(rules.required.size());
            rules.requiredMask |= std::uint64_t{1} << rules.required.size();
        }
        rules.required.push_back(name);
    }
}

void Compiler::patternProperties(Place place, json::Value value, ObjectRules &rules)
{
    if (!value.isObject()) {
        fail(place, "patternProperties", u"\"patternProperties\" must be an object"_s);
        return;
    }
    for (auto member = value.firstChild(); member; member = member.next()) {
        const Node *target = childNode(place, member.value(), "patternProperties", member.key());
        if (auto compiled = pattern(place, "patternProperties", member.key())) {
            rules.patterns.emplace_back(std::move(compiled), target);
        }
    }
}

void Compiler::dependencies(Place place, json::Value value, ObjectRules &rules)
{
    if (!value.isObject()) {
        fail(place, "dependencies", u"\"dependencies\" must be an object"_s);
        return;
    }
    for (auto member = value.firstChild(); member; member = member.next()) {
        Dependency dependency;
        dependency.property = member.key();
        if (member.value().isArray()) {
            if (const auto needed = names(place, "dependencies", member.value())) {
                dependency.needed.assign(needed->begin(), needed->end());
            }
        } else {
            dependency.node = childNode(place, member.value(), "dependencies", member.key());
        }
        rules.dependencies.push_back(std::move(dependency));
    }
}

void Compiler::types(Place place, json::Value value, Node &node)
{
    node.types = 0;
    const auto add = [&](json::Value word) {
        const std::uint8_t bits = typeBits(word.text());
        if (bits == 0) {
            fail(place, "type", u"\"type\" must name JSON types, and %1 is none"_s.arg(shown(word.raw())));
        }
        node.types |= bits;
    };
    if (!value.isArray()) {
        add(value);
        return;
    }
    if (value.size() == 0) {
        fail(place, "type", u"\"type\" must name at least one JSON type"_s);
    }
    for (auto item = value.firstChild(); item; item = item.next()) {
        add(item.value());
    }
}

bool Compiler::valueKeyword(Place place, std::string_view name, json::Value value, Node &node)
{
    if (name == "type") {
        types(place, value, node);
    } else if (name == "enum") {
        if (!value.isArray()) {
            fail(place, name, u"\"enum\" must be a list"_s);
        }
        made(node.value).hasEnum = true;
        for (auto item = value.firstChild(); value.isArray() && item; item = item.next()) {
            node.value->allowed.push_back(item.value());
        }
    } else if (name == "const") {
        made(node.value).constant = value;
    } else if (name == "title") {
        node.title = value.text();
    } else if (name == "$schema") {
        checkDialect(place, value);
    } else {
        return false;
    }
    return true;
}

void Compiler::checkDialect(Place place, json::Value value)
{
    std::string_view uri = value.text();
    if (uri.ends_with('#')) {
        uri.remove_suffix(1);
    }
    if (uri != metaschemaUri && uri != "https://json-schema.org/draft-07/schema") {
        remark(place, "$schema", u"the dialect \"%1\" is read as draft-07"_s.arg(shown(value.text())));
    }
}

bool Compiler::logicKeyword(Place place, std::string_view name, json::Value value, Node &node)
{
    static constexpr std::array<std::pair<std::string_view, std::vector<const Node *> LogicRules::*>, 3>
        lists{{{"allOf", &LogicRules::allOf}, {"anyOf", &LogicRules::anyOf}, {"oneOf", &LogicRules::oneOf}}};
    static constexpr std::array<std::pair<std::string_view, const Node * LogicRules::*>, 4> singles{
        {{"not", &LogicRules::negated},
         {"if", &LogicRules::condition},
         {"then", &LogicRules::whenTrue},
         {"else", &LogicRules::whenFalse}}};
    for (const auto &[word, member] : lists) {
        if (name == word) {
            made(node.logic).*member = childNodes(place, value, name);
            return true;
        }
    }
    for (const auto &[word, member] : singles) {
        if (name == word) {
            made(node.logic).*member = childNode(place, value, name);
            return true;
        }
    }
    return false;
}

} // namespace schema
