// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/decode.h"

#include "segment/healthrules.h"
#include "segment/merge.h"
#include "segment/pixel.h"
#include "segment/protocol.h"
#include "segment/querystring.h"
#include "segment/replies.h"
#include "segment/writekeys.h"
#include "json/quote.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace segment {

namespace {

using event::CallType;

QString toString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// A text as it is, a number by its digits (old SDKs sent numbers), anything else empty.
QString idText(json::Value value)
{
    return toString(value.isNumber() ? value.raw() : value.text());
}

/// The name a row shows: a track call's event; pages and screens have a name, or only a category.
QString eventName(CallType type, const Fields &fields)
{
    switch (type) {
    case CallType::Page:
    case CallType::Screen:
        return toString(fields.name.text().empty() ? fields.category.text() : fields.name.text());
    case CallType::Identify:
    case CallType::Group:
    case CallType::Alias:
        return {};
    case CallType::Track:
    case CallType::None:
        break;
    }
    return toString(fields.event.text());
}

/// An object that someone meant as an event, though no path says so.
bool looksLikeEvent(const Fields &fields)
{
    const auto sent = {fields.type,       fields.event,     fields.userId, fields.anonymousId, fields.groupId,
                       fields.previousId, fields.messageId, fields.traits, fields.properties};
    return std::ranges::any_of(sent, [](json::Value field) { return !field.isMissing(); });
}

/// What only the request itself could show: a file of bodies says nothing of the write key, and little of how
/// its events are sent.
bool isOfTheSending(event::RuleId rule)
{
    using enum event::RuleId;
    return rule == ProtocolNoWriteKey || rule == ProtocolWriteKeyShort || rule == ProtocolNoMessageId ||
           rule == ProtocolNoSentAt;
}

class Decoder
{
public:
    Decoder(const event::CapturedRequest &captured, json::Parser &parser, const DecodeOptions &options)
        : m_captured(captured)
        , m_request(captured.request)
        , m_parser(parser)
        , m_options(options)
        , m_route(route(captured.request.method, captured.request.target))
        , m_sources(options, captured)
    {
    }

    Decoded decode();

private:
    [[nodiscard]] bool isQueryOnly() const
    {
        return m_route.kind == RouteKind::Pixel || m_route.kind == RouteKind::Jsonp;
    }
    [[nodiscard]] http::Response goodReply() const;

    void findWriteKeys();
    bool undoCoding();
    bool parseBody();
    bool parseForm();
    void decodeQuery();
    void decodeBody();
    void decodeLines();
    void decodeBatch(const Fields &envelope);
    void decodeSingle(json::Value root, const Fields &fields);
    void noteFlaws(json::Value batch);
    void addEvent(json::Value event, const Fields &fields, const QString &place);
    void merge(DecodedEvent &decoded, json::Value event, const Fields &fields);
    void reject(int status, const QByteArray &code, const QString &reason);

    const event::CapturedRequest &m_captured;
    const http::Request &m_request;
    json::Parser &m_parser;
    const DecodeOptions &m_options;
    Route m_route;
    SourceNamer m_sources;
    QByteArray m_headerKey;
    QByteArray m_queryKey;
    QByteArray m_origin;
    RequestFacts m_facts;
    Decoded m_decoded;
};

Decoded Decoder::decode()
{
    event::RequestDraft &draft = m_decoded.request;
    draft.token = m_captured.token;
    draft.receivedUs = m_captured.receivedUs;
    draft.peer = m_captured.peer;
    draft.method = m_request.method;
    draft.target = m_request.target;
    draft.head = m_request.head;
    draft.wireBody = m_request.body;
    draft.body = m_request.body;
    m_facts.receivedUs = m_captured.receivedUs;
    m_facts.pathType = m_route.type;
    m_facts.isQuery = isQueryOnly();
    m_facts.limits = m_options.health != nullptr ? m_options.health : std::make_shared<const HealthOptions>();
    m_facts.retries = m_request.header("X-Retry-Count").toUInt();
    m_origin = m_request.header("Origin");
    findWriteKeys();

    if (!m_captured.rejectCode.isEmpty()) {
        reject(m_captured.rejectStatus, m_captured.rejectCode, QString::fromUtf8(m_captured.rejectReason));
    } else if (isQueryOnly()) {
        decodeQuery();
    } else if (undoCoding()) {
        if (m_request.header("Content-Type").toLower().startsWith("application/x-ndjson")) {
            decodeLines();
        } else if (parseBody()) {
            decodeBody();
        }
    }
    return std::move(m_decoded);
}

http::Response Decoder::goodReply() const
{
    switch (m_route.kind) {
    case RouteKind::Pixel:
        return pixel(m_request);
    case RouteKind::Jsonp:
        return jsonp(m_request, m_route.query);
    default:
        return accepted(m_request);
    }
}

void Decoder::findWriteKeys()
{
    m_headerKey = basicWriteKey(m_request.header("Authorization"));
    if (!m_route.query.isEmpty()) {
        m_queryKey = parameter(parameters(m_route.query), "writeKey").value_or(QByteArray());
    }
}

bool Decoder::undoCoding()
{
    auto undone =
        http::decodeBody(m_request.body, m_request.header("Content-Encoding"), m_options.maxInflatedBytes);
    if (undone) {
        m_decoded.request.body = std::move(undone->bytes);
        m_decoded.request.coding = undone->coding;
        return true;
    }
    const base::Error &error = undone.error();
    const QString reason = error.why.isEmpty() ? error.what : error.what + u' ' + error.why;
    if (error.code == base::ErrorCode::Limit) {
        reject(413, "too_large", reason);
    } else if (error.code == base::ErrorCode::Unsupported) {
        reject(415, "unsupported_encoding", reason);
    } else {
        reject(400, "bad_gzip", reason);
    }
    return false;
}

bool Decoder::parseBody()
{
    if (m_decoded.request.body.isEmpty()) {
        reject(400, "empty_body", u"The request has no body."_s);
        return false;
    }
    auto parsed = m_parser.parse(m_decoded.request.body);
    if (parsed) {
        m_decoded.document = std::move(*parsed);
        return true;
    }
    if (parseForm()) {
        return true;
    }
    const json::ParseError &error = parsed.error();
    reject(400, "invalid_json",
           u"%1 (line %2, column %3)"_s.arg(error.reason).arg(error.line).arg(error.column));
    return false;
}

/// Hand-written clients post the JSON as a form's field.
bool Decoder::parseForm()
{
    const QByteArray &body = m_decoded.request.body;
    if (!body.startsWith("data=") && !body.startsWith("json=")) {
        return false;
    }
    const std::vector<Parameter> form = parameters(body);
    QByteArray text = percentDecoded(form.front().rawValue, PlusSign::Space);
    if (!text.startsWith('{')) {
        text = eventOfQuery("data=" + form.front().rawValue).value_or(QByteArray());
    }
    auto parsed = m_parser.parse(text);
    if (!parsed) {
        return false;
    }
    m_decoded.document = std::move(*parsed);
    m_decoded.request.body = text;
    return true;
}

void Decoder::decodeQuery()
{
    std::optional<QByteArray> text = eventOfQuery(m_route.query);
    if (!text) {
        reject(400, "bad_pixel",
               m_route.query.isEmpty() ? u"The address carries no event: it has no parameters."_s
                                       : u"The parameter data is not base64."_s);
        return;
    }
    m_decoded.request.body = *text;
    auto parsed = m_parser.parse(*text);
    if (!parsed) {
        const json::ParseError &error = parsed.error();
        reject(400, "bad_pixel",
               u"The parameter data holds no JSON: %1 (line %2, column %3)"_s.arg(error.reason)
                   .arg(error.line)
                   .arg(error.column));
        return;
    }
    if (!(*parsed)->root().isObject()) {
        reject(400, "bad_pixel", u"The parameter data holds JSON, but no object."_s);
        return;
    }
    m_decoded.document = std::move(*parsed);
    decodeBody();
}

void Decoder::decodeBody()
{
    const json::Value root = m_decoded.document->root();
    const Fields fields = fieldsOf(root);
    m_facts.bodyBytes = static_cast<std::uint32_t>(m_decoded.document->source().size());
    noteFlaws(fields.batch);
    m_decoded.request.reply = goodReply();
    if (fields.batch.isArray()) {
        decodeBatch(fields);
    } else if (!fields.batch.isMissing()) {
        reject(400, "no_batch",
               u"`batch` must be an array of events, but is another type: %1."_s.arg(
                   toString(typeWord(fields.batch))));
    } else if (root.isObject() && (m_facts.pathType != CallType::None || looksLikeEvent(fields))) {
        decodeSingle(root, fields);
    } else if (m_route.path.endsWith("/batch") || m_route.path.endsWith("/b") ||
               m_route.path.contains("/import")) {
        reject(400, "no_batch", u"The body has no `batch` array, and is no event itself."_s);
    } else {
        reject(400, "not_an_event", u"The body is JSON, but neither a Segment event nor a batch of them."_s);
    }
    if (m_options.isStrict && m_decoded.document != nullptr &&
        m_decoded.document->has(json::Flaw::NonFiniteNumber) && m_route.kind == RouteKind::Ingest &&
        m_decoded.request.rejectCode.isEmpty()) {
        m_decoded.request.reply = refused(m_request, 400, "invalid_json",
                                          u"The body is no valid JSON: it holds NaN or Infinity."_s);
    }
}

void Decoder::decodeLines()
{
    const QByteArray body = m_decoded.request.body;
    qsizetype begin = 0;
    int number = 0;
    while (begin < body.size()) {
        const qsizetype lineBreak = body.indexOf('\n', begin);
        const qsizetype end = lineBreak < 0 ? body.size() : lineBreak;
        const QByteArray line = body.sliced(begin, end - begin);
        const auto offset = static_cast<std::uint32_t>(begin);
        begin = end + 1;
        ++number;
        if (line.trimmed().isEmpty()) {
            continue;
        }
        auto parsed = m_parser.parse(line);
        if (!parsed || !(*parsed)->root().isObject()) {
            m_decoded.events.clear();
            reject(400, "invalid_json",
                   u"Line %1 is no JSON object. %2"_s.arg(number)
                       .arg(parsed ? QString() : parsed.error().reason)
                       .trimmed());
            return;
        }
        // Each line is a document of its own; only the byte range is one of the body.
        const auto document = std::move(*parsed);
        m_decoded.document = document;
        noteFlaws({});
        addEvent(document->root(), fieldsOf(document->root()), u"line %1"_s.arg(number));
        DecodedEvent &added = m_decoded.events.back();
        if (added.mergedDocument == nullptr) {
            added.mergedDocument = document;
        }
        added.draft.begin += offset;
        added.draft.end += offset;
    }
    if (m_decoded.events.empty()) {
        reject(400, "empty_body", u"The request has no body."_s);
        return;
    }
    m_decoded.request.reply = goodReply();
}

void Decoder::decodeBatch(const Fields &envelope)
{
    m_facts.envelope = envelope;
    m_facts.isBatch = true;
    m_facts.pathType = CallType::None;
    m_facts.batchCount = envelope.batch.size();
    if (m_facts.batchCount == 0) {
        // Segment answers 200; the row shows that someone knocked.
        reject(200, "empty_batch", u"The batch holds no events."_s);
        return;
    }
    if (m_facts.batchCount > m_options.maxBatchEvents) {
        reject(413, "too_large",
               u"The batch holds %1 events; at most %2 are read."_s.arg(m_facts.batchCount)
                   .arg(m_options.maxBatchEvents));
        return;
    }
    m_decoded.events.reserve(m_facts.batchCount);
    std::uint32_t index = 0;
    for (auto child = envelope.batch.firstChild(); child; child = child.next(), ++index) {
        const json::Value event = child.value();
        addEvent(event, fieldsOf(event), event.isObject() ? QString() : u"batch[%1]"_s.arg(index));
    }
}

void Decoder::decodeSingle(json::Value root, const Fields &fields)
{
    addEvent(root, fields, {});
}

/// Sorts the document's flaws, so that each event finds its own, and keeps those outside of all.
void Decoder::noteFlaws(json::Value batch)
{
    const json::Document &document = *m_decoded.document;
    m_facts.flaws = sortedFlaws(document);
    if (!batch.isArray()) {
        return;
    }
    for (const FoundFlaw &found : m_facts.flaws) {
        if (found.offset >= batch.begin() && found.offset < batch.end()) {
            continue;
        }
        if (found.flaw == json::Flaw::NonFiniteNumber && !m_facts.envelopeNotJson) {
            m_facts.envelopeNotJson = found;
            m_facts.envelopeNotJsonText = toString(valueAt(document.root(), found.offset).raw());
        } else if (found.flaw == json::Flaw::DuplicateKey &&
                   m_facts.envelopeDuplicateKeys.size() < maxFlawFindings) {
            const json::Pointer place = json::Pointer::toOffset(document.root(), found.offset);
            m_facts.envelopeDuplicateKeys += toString(place.lastToken());
        }
    }
}

void Decoder::addEvent(json::Value event, const Fields &fields, const QString &place)
{
    DecodedEvent decoded;
    event::EventDraft &draft = decoded.draft;
    draft.begin = event.begin();
    draft.end = event.end();

    const std::string_view ownKey = fields.writeKey.text();
    const std::string_view bodyKey = ownKey.empty() ? m_facts.envelope.writeKey.text() : ownKey;
    const std::string_view headerKey(m_headerKey.constData(), static_cast<std::size_t>(m_headerKey.size()));
    const std::string_view queryKey(m_queryKey.constData(), static_cast<std::size_t>(m_queryKey.size()));
    WriteKeyFacts keys;
    keys.used = !bodyKey.empty() ? bodyKey : !headerKey.empty() ? headerKey : queryKey;
    keys.bodyAndHeaderDiffer = !bodyKey.empty() && !headerKey.empty() && bodyKey != headerKey;

    merge(decoded, event, fields);
    const json::Value context =
        decoded.mergedDocument == nullptr ? fields.context : decoded.merged.find("context");
    draft.source = m_sources.source(keys.used, decoded.merged, context);
    if (!event.isObject()) {
        draft.findings.push_back({event::RuleId::ProtocolNotObject,
                                  event::defaultSeverity(event::RuleId::ProtocolNotObject),
                                  {},
                                  {place, toString(typeWord(event))}});
        m_decoded.events.push_back(std::move(decoded));
        return;
    }
    ProtocolCheck checks(event, fields, m_facts, draft.findings);
    draft.type = checks.callType();
    checks.check(draft.type, keys);
    checkHealth(fields, m_facts,
                {draft.type, context, m_sources.writeKeyHash(), draft.source.maskedKey,
                 hostOf({m_origin.constData(), static_cast<std::size_t>(m_origin.size())})},
                draft.findings);
    if (m_captured.known == event::Known::Body) {
        std::erase_if(draft.findings,
                      [](const event::Finding &finding) { return isOfTheSending(finding.rule); });
    }
    draft.name = eventName(draft.type, fields);
    draft.userId = idText(fields.userId);
    draft.anonymousId = idText(fields.anonymousId);
    draft.messageId = idText(fields.messageId);
    draft.timestamp = bytes(fields.timestamp.isString() ? fields.timestamp.text() : fields.timestamp.raw());
    m_decoded.events.push_back(std::move(decoded));
}

void Decoder::merge(DecodedEvent &decoded, json::Value event, const Fields &fields)
{
    decoded.merged = event;
    if (!event.isObject()) {
        return;
    }
    const QByteArray text = mergedText(event, fields, m_facts.envelope);
    if (text.isNull()) {
        return;
    }
    if (auto parsed = m_parser.parse(text)) {
        decoded.mergedDocument = std::move(*parsed);
        decoded.merged = decoded.mergedDocument->root();
    }
}

void Decoder::reject(int status, const QByteArray &code, const QString &reason)
{
    event::RequestDraft &request = m_decoded.request;
    request.rejectCode = code;
    request.rejectReason = reason.toUtf8();
    if (status < 300 || m_route.kind == RouteKind::Pixel) {
        request.reply = goodReply();
    } else {
        request.reply = refused(m_request, status, code, reason);
    }
    event::EventDraft draft;
    draft.status = event::Status::Rejected;
    draft.name = QString::fromLatin1(code);
    draft.end = static_cast<std::uint32_t>(request.body.size());
    const std::string_view envelopeKey = m_decoded.document == nullptr
                                             ? std::string_view{}
                                             : m_decoded.document->root().find("writeKey").text();
    const QByteArray &key = m_headerKey.isEmpty() ? m_queryKey : m_headerKey;
    draft.source = m_sources.source(
        envelopeKey.empty() ? std::string_view(key.constData(), static_cast<std::size_t>(key.size()))
                            : envelopeKey,
        {}, {});
    request.events.push_back(std::move(draft));
    m_decoded.document = nullptr;
}

} // namespace

Decoded decode(const event::CapturedRequest &captured, json::Parser &parser, const DecodeOptions &options)
{
    return Decoder(captured, parser, options).decode();
}

} // namespace segment
