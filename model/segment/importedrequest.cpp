// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/importedrequest.h"

#include "segment/fields.h"
#include "segment/hosts.h"
#include "segment/isotime.h"
#include "segment/route.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace segment {

namespace {

using event::CallType;

QByteArray bytesOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

struct UrlParts
{
    QByteArrayView scheme, user, host, target; ///< host with its port; target without fragment, may be empty
};

UrlParts partsOf(QByteArrayView url)
{
    UrlParts parts;
    const qsizetype mark = url.indexOf("://");
    if (mark < 0) {
        return parts;
    }
    parts.scheme = url.first(mark);
    QByteArrayView rest = url.sliced(mark + 3);
    if (const qsizetype hash = rest.indexOf('#'); hash >= 0) {
        rest = rest.first(hash);
    }
    const auto *const end = std::ranges::find_if(rest, [](char c) { return c == '/' || c == '?'; });
    parts.host = rest.first(end - rest.begin());
    parts.target = rest.sliced(end - rest.begin());
    if (const qsizetype at = parts.host.lastIndexOf('@'); at >= 0) {
        parts.user = parts.host.first(at);
        parts.host = parts.host.sliced(at + 1);
    }
    return parts;
}

/// A request line has no room for blanks and controls; browsers have coded them already, people have not.
QByteArray asTarget(QByteArrayView target)
{
    QByteArray coded;
    coded.reserve(target.size() + 1);
    if (!target.startsWith('/')) {
        coded += '/';
    }
    for (const char c : target) {
        if (static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7f) {
            coded += '%' + QByteArray(1, c).toHex().toUpper();
        } else {
            coded += c;
        }
    }
    return coded;
}

/// A line end in a header would begin another one.
QByteArray oneLine(QByteArray text)
{
    std::ranges::replace_if(
        text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    return text.trimmed();
}

QByteArray headOf(const http::Request &request)
{
    QByteArray head = request.method + ' ' + request.target + " HTTP/1.1\r\n";
    for (const http::Header &header : request.headers) {
        head += header.name + ": " + header.value + "\r\n";
    }
    return head + "\r\n";
}

/// When the event says that it was sent, else that it happened; 0: it does not say.
std::int64_t timeOf(const Fields &fields, json::Value event)
{
    for (const json::Value value :
         {fields.sentAt, fields.timestamp, event.find("originalTimestamp"), event.find("receivedAt")}) {
        if (const auto timeUs = parseIsoTimeUs(value.text())) {
            return *timeUs;
        }
    }
    return 0;
}

/// Of the word in the event; else of a field that only one type of call has.
CallType pathTypeOf(const Fields &fields)
{
    if (fields.type.isString()) {
        return event::callTypeFromWord(fields.type.text()).value_or(CallType::None);
    }
    if (isSent(fields.event)) {
        return CallType::Track;
    }
    if (isSent(fields.previousId)) {
        return CallType::Alias;
    }
    if (isSent(fields.groupId)) {
        return CallType::Group;
    }
    return isSent(fields.traits) ? CallType::Identify : CallType::None;
}

QByteArray pathOf(CallType type)
{
    return type == CallType::None ? "/v1/batch" : "/v1/" + bytesOf(event::word(type));
}

event::CapturedRequest bodyOnly(QByteArray body, QByteArray path)
{
    event::CapturedRequest captured;
    captured.known = event::Known::Body;
    captured.peer = "import";
    captured.request.method = "POST";
    captured.request.target = std::move(path);
    captured.request.headers = {{"Content-Type", "application/json"}};
    captured.request.head = headOf(captured.request);
    captured.request.body = std::move(body);
    return captured;
}

bool isCallOfSegment(json::Value value)
{
    const Fields fields = fieldsOf(value);
    const auto identified = {fields.userId, fields.anonymousId, fields.messageId};
    return event::callTypeFromWord(fields.type.text()).has_value() && std::ranges::any_of(identified, isSent);
}

} // namespace

base::Result<event::CapturedRequest> asCaptured(WrittenRequest written)
{
    const UrlParts parts = partsOf(written.url);
    if (parts.host.isEmpty()) {
        return base::failure(base::ErrorCode::BadInput, u"The address of the request names no host."_s);
    }
    event::CapturedRequest captured;
    captured.peer = "import";
    http::Request &request = captured.request;
    request.method = oneLine(std::move(written.method)).toUpper().replace(' ', "");
    request.target = asTarget(parts.target);
    request.body = std::move(written.body);
    if (http::header(written.headers, "Host").isNull()) {
        request.headers.push_back({"Host", oneLine(parts.host.toByteArray())});
    }
    for (http::Header &header : written.headers) {
        // HTTP/2 has the request line among its headers: ":method".
        if (header.name = oneLine(std::move(header.name));
            !header.name.isEmpty() && header.name.front() != ':') {
            request.headers.push_back({std::move(header.name), oneLine(std::move(header.value))});
        }
    }
    if (!parts.user.isEmpty() && request.header("Authorization").isNull()) {
        const QByteArray user = parts.user.toByteArray();
        request.headers.push_back(
            {"Authorization", "Basic " + (user.contains(':') ? user : user + ':').toBase64()});
    }
    request.head = headOf(request);
    return captured;
}

QString shownCall(QByteArrayView method, QByteArrayView url)
{
    const UrlParts parts = partsOf(url);
    // Neither a query nor a path with a write key is shown.
    const RouteKind kind = route(method, url).kind;
    const qsizetype query = parts.target.indexOf('?');
    QByteArrayView path = query < 0 ? parts.target : parts.target.first(query);
    if (kind == RouteKind::Settings || kind == RouteKind::Script) {
        path = {};
    }
    return QString::fromUtf8(method.toByteArray() + ' ' + parts.scheme.toByteArray() + "://" +
                             parts.host.toByteArray() + path.toByteArray());
}

bool carriesEvents(const event::CapturedRequest &captured, json::Parser &parser)
{
    const http::Request &request = captured.request;
    const Route called = route(request.method, request.target);
    if (called.kind == RouteKind::Pixel || called.kind == RouteKind::Jsonp) {
        return true;
    }
    if (called.kind != RouteKind::Ingest) {
        return false;
    }
    const QByteArray host = request.header("Host");
    if (Hosts().isCaptured(host.first(host.indexOf(':') < 0 ? host.size() : host.indexOf(':')))) {
        return true;
    }
    // A proxy of the user's own, or another service altogether: the body tells.
    constexpr std::size_t mostBytes = std::size_t{64} * 1024 * 1024;
    const auto body = http::decodeBody(request.body, request.header("Content-Encoding"), mostBytes);
    const auto parsed = parser.parse(body ? body->bytes : request.body);
    if (!parsed) {
        return false;
    }
    const json::Value root = (*parsed)->root();
    const json::Value batch = root.find("batch");
    return batch.isArray() ? isCallOfSegment(batch.at(0))
                           : isCallOfSegment(root) || (called.type != CallType::None && looksLikeEvent(root));
}

bool looksLikeEvent(json::Value value)
{
    return value.isObject() && (value.find("type").isString() || value.find("event").isString() ||
                                value.find("messageId").isString() || value.find("userId").isString() ||
                                value.find("anonymousId").isString());
}

event::CapturedRequest requestOfBody(json::Value body)
{
    const Fields fields = fieldsOf(body);
    const bool isBatch = fields.batch.isArray();
    event::CapturedRequest captured =
        bodyOnly(bytesOf(body.raw()), pathOf(isBatch ? CallType::None : pathTypeOf(fields)));
    captured.receivedUs = timeOf(fields, body);
    if (isBatch && captured.receivedUs == 0) {
        const json::Value first = fields.batch.at(0);
        captured.receivedUs = timeOf(fieldsOf(first), first);
    }
    return captured;
}

event::CapturedRequest requestOfStored(const StoredEventText &stored, json::Parser &parser)
{
    QByteArray members;
    // The parser's documents are values of their own: the second does not disturb the first.
    const auto envelope = parser.parse(stored.envelope);
    const bool isBody = stored.rejectCode.isEmpty() && parser.parse(stored.body).has_value();
    if (envelope && isBody) {
        for (auto child = (*envelope)->root().firstChild(); child; child = child.next()) {
            if (child.keyValue().isString() && child.key() != "writeKey" && child.key() != "batch") {
                members += ',' + bytesOf(child.keyValue().raw()) + ':' + bytesOf(child.value().raw());
            }
        }
    }
    const bool isBatch = isBody && !stored.envelope.isEmpty();
    event::CapturedRequest captured =
        isBatch ? bodyOnly("{\"batch\":[" + stored.body + ']' + members + '}', pathOf(CallType::None))
                : bodyOnly(stored.body, pathOf(stored.type));
    captured.receivedUs = stored.receivedUs;
    captured.source = stored.source;
    captured.rejectCode = stored.rejectCode;
    captured.rejectReason = stored.rejectReason;
    captured.rejectStatus = stored.rejectStatus;
    return captured;
}

} // namespace segment
