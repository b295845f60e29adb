// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

// What a Compiler makes of each keyword.
#include "schema/compiler.h"
#include "schema/equality.h"
#include "schema/jsonvalues.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace schema {

namespace {

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

bool Compiler::isKind(const Met &met, bool isRight, const QString &kind)
{
    if (!isRight) {
        fail(met.place, met.word, u"\"%1\" must be %2"_s.arg(shown(met.word), kind));
    }
    return isRight;
}

std::uint64_t Compiler::count(const Met &met)
{
    const auto number = met.value.isNumber() ? Decimal::parse(met.value.raw()) : std::nullopt;
    const auto whole = number ? number->toCount() : std::nullopt;
    isKind(met, whole.has_value(), u"a whole number, not negative"_s);
    return whole.value_or(0);
}

std::optional<Limit> Compiler::limit(const Met &met)
{
    auto number = met.value.isNumber() ? Limit::parse(met.value.raw()) : std::nullopt;
    isKind(met, number.has_value(), u"a number"_s);
    return number;
}

bool Compiler::referenceKeyword(const Met &met, Node &node)
{
    switch (met.keyword) {
    case Keyword::Ref:
        if (const auto end = target(met.place, met.word, met.value)) {
            made(node.logic).reference = this->node(*end);
        }
        return true;
    case Keyword::DynamicRef:
    case Keyword::RecursiveRef:
        dynamicReference(met, node);
        return true;
    default:
        return false;
    }
}

void Compiler::dynamicReference(const Met &met, Node &node)
{
    const auto end = target(met.place, met.word, met.value);
    if (!end) {
        return;
    }
    made(node.logic).dynamicReference = this->node(*end);
    // Dynamic only when it leads to a dynamic anchor as it stands; else it is a plain `$ref`.
    const std::string_view reference = met.value.text();
    const std::size_t hash = std::min(reference.find('#'), reference.size());
    const std::string name = met.keyword == Keyword::RecursiveRef || hash == reference.size()
                                 ? std::string()
                                 : percentDecoded(reference.substr(hash + 1));
    const bool isNamed = met.keyword == Keyword::RecursiveRef || !name.empty();
    if (isNamed && m_references.isDynamicAnchor(*end, name)) {
        node.logic->dynamicTargets = &m_program->dynamicTargets[name];
    }
}

bool Compiler::numberKeyword(const Met &met, Node &node)
{
    // In draft-04 the exclusive ones are booleans and are read with their limits.
    const bool isFlag = m_references.dialect(met.place).draft == Draft::Draft4;
    switch (met.keyword) {
    case Keyword::Minimum:
        made(node.number).minimum = limit(met);
        return true;
    case Keyword::Maximum:
        made(node.number).maximum = limit(met);
        return true;
    case Keyword::ExclusiveMinimum:
    case Keyword::ExclusiveMaximum:
        if (isFlag) {
            isKind(met, met.value.isBool(), u"true or false (in draft-04)"_s);
        } else if (met.keyword == Keyword::ExclusiveMinimum) {
            made(node.number).exclusiveMinimum = limit(met);
        } else {
            made(node.number).exclusiveMaximum = limit(met);
        }
        return true;
    case Keyword::MultipleOf:
        break;
    default:
        return false;
    }
    constexpr std::int64_t maxDigits = 18;
    const auto factor = limit(met);
    if (factor && (factor->value().isZero() || factor->value().isNegative())) {
        fail(met.place, met.word, u"\"multipleOf\" must be above zero"_s);
    } else if (factor && factor->value().digitCount() > maxDigits) {
        fail(met.place, met.word, u"\"multipleOf\" may have 18 significant digits at most"_s);
    } else {
        made(node.number).multipleOf = factor;
    }
    return true;
}

std::shared_ptr<const Pattern> Compiler::pattern(const Met &met, std::string_view text)
{
    auto compiled = m_patterns->get(std::string(text));
    if (!compiled) {
        fail(met.place, met.word, u"%1: %2"_s.arg(compiled.error().what, compiled.error().why));
        return nullptr;
    }
    if ((*compiled)->isGoSyntax()) {
        remark(met.place, met.word,
               u"the pattern \"%1\" is no ECMA-262; it is read in Go's syntax, as Segment does"_s.arg(
                   shown(text)));
    }
    return *compiled;
}

void Compiler::format(const Met &met, Node &node)
{
    if (!isKind(met, met.value.isString(), u"a text"_s)) {
        return;
    }
    const auto format = formatFromWord(met.value.text());
    if (!format) {
        remark(met.place, met.word,
               u"the format \"%1\" is not known and not checked"_s.arg(shown(met.value.text())));
    } else if (m_formats == FormatAssertion::On ||
               m_references.dialect(met.place).has(FormatAssertionVocabulary)) {
        made(node.string).format = format;
    }
}

bool Compiler::stringKeyword(const Met &met, Node &node)
{
    switch (met.keyword) {
    case Keyword::MinLength:
        made(node.string).minLength = count(met);
        return true;
    case Keyword::MaxLength:
        made(node.string).maxLength = count(met);
        return true;
    case Keyword::Pattern:
        if (isKind(met, met.value.isString(), u"a text"_s)) {
            made(node.string).pattern = pattern(met, met.value.text());
        }
        return true;
    case Keyword::Format:
        format(met, node);
        return true;
    default:
        return false;
    }
}

void Compiler::items(const Met &met, ArrayRules &rules)
{
    if (!met.value.isArray()) {
        rules.items = childNode(met);
        rules.restKeyword = met.word;
        return;
    }
    if (m_references.dialect(met.place).draft == Draft::Draft2020) {
        fail(met.place, met.word, u"since draft 2020-12 a list of schemas is \"prefixItems\""_s);
        return;
    }
    for (auto item = met.value.firstChild(); item; item = item.next()) {
        rules.tuple.push_back(childNode(met, item.value(), std::to_string(rules.tuple.size())));
    }
}

bool Compiler::arrayKeyword(const Met &met, Node &node)
{
    switch (met.keyword) {
    case Keyword::Items:
        items(met, made(node.array));
        return true;
    case Keyword::PrefixItems:
        made(node.array).tuple = childNodes(met);
        return true;
    case Keyword::AdditionalItems:
        made(node.array); // read with `items`, which may stand behind it
        return true;
    case Keyword::Contains:
        made(node.array).contains = childNode(met);
        return true;
    case Keyword::MinContains:
        made(node.array).minContains = count(met);
        return true;
    case Keyword::MaxContains:
        made(node.array).maxContains = count(met);
        return true;
    case Keyword::MinItems:
        made(node.array).minItems = count(met);
        return true;
    case Keyword::MaxItems:
        made(node.array).maxItems = count(met);
        return true;
    case Keyword::UniqueItems:
        isKind(met, met.value.isBool(), u"true or false"_s);
        made(node.array).hasUniqueItems = met.value.toBool();
        return true;
    case Keyword::UnevaluatedItems:
        made(node.array).unevaluated = childNode(met);
        return true;
    default:
        return false;
    }
}

bool Compiler::objectKeyword(const Met &met, Node &node)
{
    const bool isFalse = met.value.isBool() && !met.value.toBool();
    switch (met.keyword) {
    case Keyword::Properties:
        properties(met, made(node.object));
        return true;
    case Keyword::Required:
        required(met, made(node.object));
        return true;
    case Keyword::PatternProperties:
        patternProperties(met, made(node.object));
        return true;
    case Keyword::AdditionalProperties:
        made(node.object).additional = childNode(met);
        node.object->isClosed = isFalse;
        return true;
    case Keyword::UnevaluatedProperties:
        made(node.object).unevaluated = childNode(met);
        node.object->isClosedToUnevaluated = isFalse;
        return true;
    case Keyword::PropertyNames:
        made(node.object).names = childNode(met);
        return true;
    case Keyword::MinProperties:
        made(node.object).minProperties = count(met);
        return true;
    case Keyword::MaxProperties:
        made(node.object).maxProperties = count(met);
        return true;
    case Keyword::Dependencies:
    case Keyword::DependentRequired:
    case Keyword::DependentSchemas:
        dependencies(met, made(node.object));
        return true;
    default:
        return false;
    }
}

void Compiler::properties(const Met &met, ObjectRules &rules)
{
    if (!isKind(met, met.value.isObject(), u"an object"_s)) {
        return;
    }
    for (auto member = met.value.firstChild(); member; member = member.next()) {
        // Of repeated names the last one counts, as everywhere.
        PropertyTable::Entry &entry = rules.table.insert(member.key());
        if (entry.node == nullptr) {
            rules.planned.push_back(member.key());
        }
        entry.node = childNode(met, member.value(), member.key());
    }
}

std::optional<std::vector<std::string_view>> Compiler::names(const Met &met, json::Value value)
{
    std::vector<std::string_view> names;
    bool hasOnlyTexts = value.isArray();
    for (auto item = value.firstChild(); hasOnlyTexts && item; item = item.next()) {
        hasOnlyTexts = item.value().isString();
        names.push_back(item.value().text());
    }
    if (!isKind(met, hasOnlyTexts, u"a list of property names"_s)) {
        return std::nullopt;
    }
    return names;
}

void Compiler::required(const Met &met, ObjectRules &rules)
{
    constexpr std::size_t maskBits = 64;
    const auto listed = names(met, met.value);
    if (!listed) {
        return;
    }
    for (const std::string_view name : *listed) {
        PropertyTable::Entry &entry = rules.table.insert(name);
        if (entry.isRequired) {
            continue;
        }
        entry.isRequired = true;
        if (rules.required.size() < maskBits) {
            entry.requiredBit = static_cast<std::int16_t>(rules.required.size());
            rules.requiredMask |= std::uint64_t{1} << rules.required.size();
        }
        rules.required.push_back(name);
    }
}

void Compiler::patternProperties(const Met &met, ObjectRules &rules)
{
    if (!isKind(met, met.value.isObject(), u"an object"_s)) {
        return;
    }
    for (auto member = met.value.firstChild(); member; member = member.next()) {
        const Node *end = childNode(met, member.value(), member.key());
        if (auto compiled = pattern(met, member.key())) {
            rules.patterns.emplace_back(std::move(compiled), end);
        }
    }
}

void Compiler::dependencies(const Met &met, ObjectRules &rules)
{
    if (!isKind(met, met.value.isObject(), u"an object"_s)) {
        return;
    }
    for (auto member = met.value.firstChild(); member; member = member.next()) {
        Dependency dependency;
        dependency.property = member.key();
        dependency.keyword = met.word;
        const bool isList = met.keyword == Keyword::DependentRequired ||
                            (met.keyword == Keyword::Dependencies && member.value().isArray());
        if (isList) {
            if (const auto needed = names(met, member.value())) {
                dependency.needed.assign(needed->begin(), needed->end());
            }
        } else {
            dependency.node = childNode(met, member.value(), member.key());
        }
        rules.dependencies.push_back(std::move(dependency));
    }
}

void Compiler::types(const Met &met, Node &node)
{
    node.types = 0;
    const auto add = [&](json::Value word) {
        const std::uint8_t bits = typeBits(word.text());
        if (bits == 0) {
            fail(met.place, "type",
                 u"\"type\" must name JSON types, and %1 is none"_s.arg(shown(word.raw())));
        }
        node.types |= bits;
    };
    if (!met.value.isArray()) {
        add(met.value);
        return;
    }
    isKind(met, met.value.size() > 0, u"at least one JSON type"_s);
    for (auto item = met.value.firstChild(); item; item = item.next()) {
        add(item.value());
    }
}

void Compiler::allowedValues(const Met &met, Node &node)
{
    ValueRules &rules = made(node.value);
    rules.hasEnum = true;
    if (!isKind(met, met.value.isArray(), u"a list"_s)) {
        return;
    }
    for (auto item = met.value.firstChild(); item; item = item.next()) {
        rules.allowed.push_back(item.value());
    }
    if (rules.allowed.size() <= ValueRules::maxSearched) {
        return;
    }
    rules.byHash.reserve(rules.allowed.size());
    for (std::uint32_t i = 0; i < rules.allowed.size(); ++i) {
        rules.byHash.emplace_back(hashOf<JsonValues>(rules.allowed[i]), i);
    }
    std::ranges::sort(rules.byHash);
}

bool Compiler::valueKeyword(const Met &met, Node &node)
{
    switch (met.keyword) {
    case Keyword::Type:
        types(met, node);
        return true;
    case Keyword::Enum:
        allowedValues(met, node);
        return true;
    case Keyword::Const:
        made(node.value).constant = met.value;
        return true;
    case Keyword::Title:
        node.title = met.value.text();
        return true;
    default:
        return false;
    }
}

bool Compiler::logicKeyword(const Met &met, Node &node)
{
    switch (met.keyword) {
    case Keyword::AllOf:
        made(node.logic).allOf = childNodes(met);
        return true;
    case Keyword::AnyOf:
        made(node.logic).anyOf = childNodes(met);
        return true;
    case Keyword::OneOf:
        made(node.logic).oneOf = childNodes(met);
        return true;
    case Keyword::Not:
        made(node.logic).negated = childNode(met);
        return true;
    case Keyword::If:
        made(node.logic).condition = childNode(met);
        return true;
    case Keyword::Then:
        made(node.logic).whenTrue = childNode(met);
        return true;
    case Keyword::Else:
        made(node.logic).whenFalse = childNode(met);
        return true;
    default:
        return false;
    }
}

} // namespace schema
