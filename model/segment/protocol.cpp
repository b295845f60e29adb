// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/protocol.h"

#include "segment/times.h"

#include <algorithm>

namespace segment {

namespace {

using event::CallType;
using event::RuleId;

constexpr std::uint32_t maxProperties = 10'000;
constexpr std::size_t shortestWriteKey = 8;
constexpr int deepLevels = 100;

QString toString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool isBlank(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
}

json::Pointer at(const char *field)
{
    return json::Pointer{}.child(field);
}

/// Segment identifies nobody by it.
bool isUsableId(json::Value id)
{
    return isSent(id) && !(id.isString() && isBlank(id.text()));
}

/// Levels of nesting in a value, without recursion.
int levelsOf(json::Value value)
{
    int deepest = 0;
    std::vector<json::Value::Child> open;
    if (value.isObject() || value.isArray()) {
        open.push_back(value.firstChild());
        deepest = 1;
    }
    while (!open.empty()) {
        const json::Value::Child child = open.back();
        if (!child) {
            open.pop_back();
            continue;
        }
        open.back() = child.next();
        if (child.value().isObject() || child.value().isArray()) {
            open.push_back(child.value().firstChild());
            deepest = std::max(deepest, static_cast<int>(open.size()));
        }
    }
    return deepest;
}

} // namespace

json::Value valueAt(json::Value root, std::uint32_t offset)
{
    json::Value value = root;
    while (!value.isMissing() && value.begin() != offset) {
        json::Value inner;
        for (auto child = value.firstChild(); child && inner.isMissing(); child = child.next()) {
            if (value.isObject() && child.keyValue().begin() == offset) {
                inner = child.keyValue();
            } else if (child.value().begin() <= offset && offset < child.value().end()) {
                inner = child.value();
            }
        }
        value = inner;
    }
    return value;
}

std::vector<FoundFlaw> sortedFlaws(const json::Document &document)
{
    std::vector<FoundFlaw> flaws;
    flaws.reserve(document.foundFlaws().size());
    for (const auto &[flaw, offset] : document.foundFlaws()) {
        flaws.push_back({offset, flaw});
    }
    std::ranges::stable_sort(flaws, {}, &FoundFlaw::offset);
    const char *const text = document.source().constData();
    constexpr std::uint32_t byteOrderMarkBytes = 3;
    std::uint32_t at = document.has(json::Flaw::ByteOrderMark) ? byteOrderMarkBytes : 0;
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    for (FoundFlaw &found : flaws) {
        for (; at < found.offset; ++at) {
            if (text[at] == '\n') {
                ++line;
                column = 1;
            } else if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) {
                ++column;
            }
        }
        found.line = line;
        found.column = column;
    }
    return flaws;
}

ProtocolCheck::ProtocolCheck(json::Value event, const Fields &fields, const RequestFacts &request,
                             std::vector<event::Finding> &findings)
    : m_event(event)
    , m_fields(fields)
    , m_request(request)
    , m_findings(findings)
{
}

void ProtocolCheck::add(RuleId rule, json::Pointer at, QStringList args)
{
    m_findings.push_back({rule, event::defaultSeverity(rule), std::move(at), std::move(args)});
}

CallType ProtocolCheck::callType()
{
    const json::Value sent = m_fields.type;
    const CallType own = event::callTypeFromWord(sent.text()).value_or(CallType::None);
    if (m_request.pathType != CallType::None) {
        if (isSent(sent) && own != m_request.pathType) {
            add(RuleId::ProtocolTypeMismatch, at("type"),
                {toString(sent.isString() ? sent.text() : sent.raw()),
                 toString(event::word(m_request.pathType))});
        }
        return m_request.pathType;
    }
    if (own == CallType::None) {
        add(RuleId::ProtocolUnknownType, at("type"), {toString(sent.isString() ? sent.text() : sent.raw())});
    }
    return own;
}

void ProtocolCheck::check(CallType type, const WriteKeyFacts &writeKey)
{
    sizes();
    required(type);
    identity(type);
    objects();
    checkTimes(m_fields, m_request, m_findings);
    writeKeys(writeKey);
    if (m_event.document()->flaws() != 0) {
        flaws();
    }
}

void ProtocolCheck::sizes()
{
    const HealthOptions &limits = *m_request.limits;
    const std::uint32_t bytes = m_event.end() - m_event.begin();
    if (bytes > limits.maxEventBytes) {
        add(RuleId::ProtocolEventTooLarge, {}, {QString::number(bytes)});
    }
    if (m_request.isBatch && m_request.bodyBytes > limits.maxBatchBytes) {
        add(RuleId::ProtocolBatchTooLarge, {}, {QString::number(m_request.bodyBytes)});
    }
    if (m_request.batchCount > limits.maxBatchEvents) {
        add(RuleId::ProtocolBatchTooMany, {}, {QString::number(m_request.batchCount)});
    }
    const std::string_view messageId = m_fields.messageId.text();
    const auto mostCharacters = static_cast<std::size_t>(std::max(limits.maxMessageIdCharacters, 0));
    if (messageId.size() > mostCharacters) {
        const auto characters = std::ranges::count_if(
            messageId, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
        if (static_cast<std::size_t>(characters) > mostCharacters) {
            add(RuleId::ProtocolMessageIdLong, at("messageId"), {QString::number(characters)});
        }
    }
    for (const auto &[field, value] :
         {std::pair("properties", m_fields.properties), std::pair("traits", m_fields.traits)}) {
        if (value.isObject() && value.size() > maxProperties) {
            add(RuleId::ProtocolTooManyProperties, at(field), {QString::number(value.size())});
        }
    }
}

void ProtocolCheck::required(CallType type)
{
    if (type == CallType::Track && (!m_fields.event.isString() || isBlank(m_fields.event.text()))) {
        add(RuleId::ProtocolNoEventName, at("event"));
    }
    if (type == CallType::Group && !isUsableId(m_fields.groupId)) {
        add(RuleId::ProtocolNoGroupId, at("groupId"));
    }
    if (type == CallType::Alias) {
        if (!isUsableId(m_fields.previousId)) {
            add(RuleId::ProtocolAliasIncomplete, at("previousId"), {QStringLiteral("previousId")});
        }
        if (!isUsableId(m_fields.userId)) {
            add(RuleId::ProtocolAliasIncomplete, at("userId"), {QStringLiteral("userId")});
        }
    }
}

void ProtocolCheck::identity(CallType type)
{
    // An alias has its own rule for what it lacks.
    if (type != CallType::Alias && !isUsableId(m_fields.userId) && !isUsableId(m_fields.anonymousId)) {
        add(RuleId::ProtocolNoIdentity, at("userId"));
    }
    idField("userId", m_fields.userId);
    idField("anonymousId", m_fields.anonymousId);
    if (type == CallType::Group) {
        idField("groupId", m_fields.groupId);
    }
    if (type == CallType::Alias) {
        idField("previousId", m_fields.previousId);
    }
}

void ProtocolCheck::idField(const char *field, json::Value value)
{
    if (!isSent(value)) {
        return;
    }
    if (!value.isString()) {
        add(RuleId::ProtocolIdentityType, at(field), {QString::fromLatin1(field), toString(typeWord(value))});
    } else if (isBlank(value.text())) {
        add(RuleId::ProtocolEmptyIdentity, at(field), {QString::fromLatin1(field)});
    }
}

void ProtocolCheck::objects()
{
    objectField("context", m_fields.context);
    objectField("integrations", m_fields.integrations);
    objectField("properties", m_fields.properties);
    objectField("traits", m_fields.traits);
    const bool isOwn = m_fields.integrations.isObject();
    const json::Value integrations = isOwn ? m_fields.integrations : m_request.envelope.integrations;
    for (auto child = integrations.firstChild(); integrations.isObject() && child; child = child.next()) {
        const std::string_view key = child.key();
        if (key.size() == 3 && key != "All" &&
            toString(key).compare(QLatin1StringView("all"), Qt::CaseInsensitive) == 0) {
            add(RuleId::ProtocolIntegrationsAll, at("integrations").child(key), {toString(key)});
        }
    }
}

void ProtocolCheck::objectField(const char *field, json::Value value)
{
    if (value.isMissing() || value.isObject()) {
        return;
    }
    if (value.isArray() && value.size() == 0) {
        add(RuleId::ProtocolEmptyArray, at(field), {QString::fromLatin1(field)});
    } else {
        add(RuleId::ProtocolNotObject, at(field), {QString::fromLatin1(field), toString(typeWord(value))});
    }
}

void ProtocolCheck::writeKeys(const WriteKeyFacts &writeKey)
{
    if (writeKey.used.empty()) {
        add(RuleId::ProtocolNoWriteKey, at("writeKey"));
    } else if (writeKey.used.size() < shortestWriteKey) {
        add(RuleId::ProtocolWriteKeyShort, at("writeKey"));
    }
    if (writeKey.bodyAndHeaderDiffer) {
        add(RuleId::ProtocolWriteKeyMismatch, at("writeKey"));
    }
}

void ProtocolCheck::flaws()
{
    using json::Flaw;
    const auto first = std::ranges::lower_bound(m_request.flaws, m_event.begin(), {}, &FoundFlaw::offset);
    const auto last = std::ranges::lower_bound(m_request.flaws, m_event.end(), {}, &FoundFlaw::offset);
    const auto firstOf = [&](Flaw flaw) {
        return std::find_if(first, last, [flaw](const FoundFlaw &each) { return each.flaw == flaw; });
    };

    if (const auto own = firstOf(Flaw::NonFiniteNumber); own != last) {
        notJson(json::Pointer::toOffset(m_event, own->offset), *own,
                toString(valueAt(m_event, own->offset).raw()));
    } else if (m_request.envelopeNotJson) {
        notJson({}, *m_request.envelopeNotJson, m_request.envelopeNotJsonText);
    }
    if (m_event.document()->has(Flaw::ByteOrderMark)) {
        add(RuleId::ProtocolByteOrderMark, {});
    }
    for (const QString &key : m_request.envelopeDuplicateKeys) {
        add(RuleId::ProtocolDuplicateKey, {}, {key});
    }
    if (firstOf(Flaw::DeepNesting) != last) {
        if (const int levels = levelsOf(m_event); levels > deepLevels) {
            add(RuleId::ProtocolDeepNesting, {}, {QString::number(levels)});
        }
    }
    eachFlaw(Flaw::BigInteger, first, last, [this](const json::Pointer &place, json::Value value) {
        add(RuleId::ProtocolBigInteger, place, {toString(value.raw())});
    });
    eachFlaw(Flaw::HugeNumber, first, last, [this](const json::Pointer &place, json::Value value) {
        add(RuleId::ProtocolBigInteger, place, {toString(value.raw())});
    });
    eachFlaw(Flaw::LoneSurrogate, first, last,
             [this](const json::Pointer &place, json::Value) { add(RuleId::ProtocolLoneSurrogate, place); });
    eachFlaw(Flaw::DuplicateKey, first, last, [this](const json::Pointer &place, json::Value value) {
        add(RuleId::ProtocolDuplicateKey, place, {toString(value.text())});
    });
}

template <typename Iterator, typename Report>
void ProtocolCheck::eachFlaw(json::Flaw flaw, Iterator first, Iterator last, Report report)
{
    int count = 0;
    for (Iterator at = first; at != last && count < maxFlawFindings; ++at) {
        if (at->flaw == flaw) {
            report(json::Pointer::toOffset(m_event, at->offset), valueAt(m_event, at->offset));
            ++count;
        }
    }
}

void ProtocolCheck::notJson(json::Pointer place, const FoundFlaw &found, const QString &text)
{
    add(RuleId::ProtocolNotJson, std::move(place),
        {text, QString::number(found.line), QString::number(found.column)});
}

} // namespace segment
