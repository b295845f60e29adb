// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/rulereader.h"

#include "schema/pattern.h"

#include <algorithm>
#include <array>
#include <charconv>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

// The Public API's way to say "not deprecated": year one.
constexpr std::string_view neverDeprecated = "0001-01-01T00:00:00";

/// Types of the Public API are the call types in capitals, and COMMON.
std::optional<event::CallType> callType(std::string_view word)
{
    std::string lower;
    for (const char c : word) {
        lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return event::callTypeFromWord(lower);
}

int versionOf(json::Value value)
{
    const std::string_view digits = value.isNumber() ? value.raw() : std::string_view{};
    int version = 1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
    return error == std::errc() && end == digits.data() + digits.size() ? version : 1;
}

bool isDeprecated(json::Value deprecatedAt)
{
    return deprecatedAt.isString() && !deprecatedAt.text().empty() &&
           !deprecatedAt.text().starts_with(neverDeprecated);
}

bool isNamed(event::CallType type)
{
    return type == event::CallType::Track || type == event::CallType::Page || type == event::CallType::Screen;
}

} // namespace

QString textOf(json::Value value)
{
    const std::string_view text = value.text();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString ruleTitle(const Rule &rule)
{
    if (rule.type == event::CallType::None) {
        return u"common rule"_s;
    }
    const std::string_view type = event::word(rule.type);
    QString title = QString::fromLatin1(type.data(), static_cast<qsizetype>(type.size()));
    if (!rule.name.isEmpty()) {
        title += u" \""_s + rule.name + u'"';
    }
    return rule.version > 1 ? u"%1, version %2"_s.arg(title).arg(rule.version) : title;
}

Scope scopeOf(json::Value schema, event::CallType type)
{
    // None: a common rule, which is always over the whole event.
    if (type == event::CallType::None) {
        return Scope::Event;
    }
    const json::Value properties = schema.find("properties");
    static constexpr std::array<std::string_view, 4> eventFields{"properties", "traits", "event", "context"};
    const bool isOverEvent = std::ranges::any_of(
        eventFields, [properties](std::string_view field) { return properties.find(field).isObject(); });
    if (isOverEvent) {
        return Scope::Event;
    }
    const bool hasTraits = type == event::CallType::Identify || type == event::CallType::Group;
    return hasTraits ? Scope::Traits : Scope::Properties;
}

RuleReader::RuleReader(std::shared_ptr<const json::Document> document, Plan &plan)
    : m_document(std::move(document))
    , m_plan(plan)
    , m_fingerprints(m_document)
{
    m_options.patterns = std::make_shared<schema::PatternCache>();
}

void RuleReader::problem(const Rule &rule, const json::Pointer &at, const QString &message)
{
    m_plan.problems.push_back({u"%1 (%2)"_s.arg(ruleTitle(rule), at.toString()), message});
}

void RuleReader::addRule(json::Value value, const json::Pointer &at)
{
    Rule rule;
    rule.name = textOf(value.find("key"));
    rule.description = textOf(value.find("description"));
    rule.version = versionOf(value.find("version"));
    rule.isDeprecated = isDeprecated(value.find("deprecatedAt"));
    const json::Value schema = value.find("jsonSchema");
    const std::string_view type = value.find("type").text();
    if (type == "COMMON" || type == "common") {
        rule.type = event::CallType::None;
        addCommon(std::move(rule), schema, at.child("jsonSchema"));
        return;
    }
    const auto known = callType(type);
    if (!known) {
        m_plan.problems.push_back(
            {at.toString(),
             u"A rule's \"type\" must be TRACK, PAGE, SCREEN, IDENTIFY, GROUP, ALIAS or COMMON, "
             "but here it is \"%1\". The rule is left out."_s.arg(textOf(value.find("type")))});
        return;
    }
    rule.type = *known;
    if (!isNamed(rule.type)) {
        rule.name.clear();
    } else if (rule.type == event::CallType::Track && rule.name.isEmpty()) {
        problem(rule, at, u"A track rule needs a \"key\", the event's name. The rule is left out."_s);
        return;
    }
    addSchema(std::move(rule), schema, at.child("jsonSchema"));
}

void RuleReader::addConfigEvent(json::Value value, const json::Pointer &at)
{
    Rule rule;
    rule.type = event::CallType::Track;
    rule.name = textOf(value.find("name"));
    rule.description = textOf(value.find("description"));
    rule.version = versionOf(value.find("version"));
    if (rule.name.isEmpty()) {
        problem(rule, at, u"The event has no \"name\". It is left out."_s);
        return;
    }
    addSchema(std::move(rule), value.find("rules"), at.child("rules"));
}

void RuleReader::complete(Rule &rule, json::Value schema, const json::Pointer &at)
{
    if (schema.isMissing() || schema.isNull()) {
        problem(rule, at, u"The rule has no JSON Schema, so its events can't be checked."_s);
        return;
    }
    rule.scope = scopeOf(schema, rule.type);
    const std::string_view raw = schema.raw();
    rule.schemaJson = QByteArray(raw.data(), static_cast<qsizetype>(raw.size()));
    if (rule.description.isEmpty()) {
        rule.description = textOf(schema.find("description"));
    }
    rule.fingerprint = m_fingerprints.of(rule, schema);
    rule.properties = flattened(schema, rule);
    auto compiled = schema::compile(m_document, at, m_options);
    if (!compiled) {
        problem(rule, at,
                u"%1: %2 Its events are not checked."_s.arg(compiled.error().what, compiled.error().why));
        return;
    }
    for (const schema::SchemaProblem &remark : compiled->problems()) {
        problem(rule, remark.at, remark.message);
    }
    rule.schema = std::move(*compiled);
}

void RuleReader::addSchema(Rule rule, json::Value schema, const json::Pointer &at)
{
    complete(rule, schema, at);
    m_plan.rules.push_back(std::move(rule));
}

void RuleReader::addCommon(Rule rule, json::Value schema, const json::Pointer &at)
{
    complete(rule, schema, at);
    m_plan.common.push_back(std::move(rule));
}

} // namespace plan
