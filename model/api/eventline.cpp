// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/jsonwriter.h"
#include "api/server.h"
#include "segment/decode.h"

#include <QStringDecoder>

namespace api {

namespace {

/// JSON as anybody reads it, and on one line: it may stand in another document as it is.
bool isPlainJson(const QByteArray &bytes, json::Parser &parser)
{
    return !bytes.isEmpty() && !bytes.contains('\n') && !bytes.contains('\r') &&
           parser.parse(bytes, json::Leniency::Strict).has_value();
}

bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(bytes);
    return !decoder.hasError() && !text.isNull();
}

void writeBody(ObjectWriter &line, const QByteArray &body, json::Parser &parser)
{
    if (body.isEmpty()) {
        return;
    }
    if (isPlainJson(body, parser)) {
        line.raw("body", body);
    } else if (isUtf8(body)) {
        line.text("bodyText", body);
    } else {
        line.text("bodyBase64", body.toBase64());
    }
}

void writeEnvelope(ObjectWriter &line, const store::EventDetail &detail, json::Parser &parser)
{
    // A single event is its body; only ranges of a larger one have something around them.
    if (detail.end - detail.begin == static_cast<std::uint32_t>(detail.requestBody.size())) {
        return;
    }
    QByteArray envelope = segment::envelopeOf(detail.requestBody);
    if (envelope.isEmpty()) {
        return;
    }
    // Line ends can only stand between its parts: strings have them escaped.
    envelope.replace('\n', ' ').replace('\r', ' ');
    if (isPlainJson(envelope, parser)) {
        line.raw("envelope", envelope);
    } else {
        line.text("envelopeText", envelope);
    }
}

QByteArray findingsOf(const event::Event &event, const event::FindingWords &words)
{
    QByteArray all = "[";
    for (const event::Finding &finding : event.findings) {
        const event::FindingText text = words ? words(finding) : event::FindingText{};
        ObjectWriter one;
        one.text("rule", event::word(finding.rule));
        one.text("kind", event::word(event::kindOf(finding.rule)));
        one.text("severity", event::word(finding.severity));
        one.text("at", finding.at.text());
        one.textIfAny("message", text.message);
        one.textIfAny("fix", text.fix);
        all += (all.size() > 1 ? "," : "") + one.take();
    }
    return all + ']';
}

QByteArray deliveriesOf(const store::EventDetail &detail)
{
    QByteArray all = "[";
    for (const store::Dispatch &dispatch : detail.dispatches) {
        ObjectWriter one;
        one.text("destination", dispatch.destination);
        one.text("state", event::word(dispatch.state));
        one.number("attempts", dispatch.attempts.size());
        if (!dispatch.attempts.empty() && dispatch.attempts.back().status != 0) {
            one.number("status", static_cast<std::uint64_t>(dispatch.attempts.back().status));
        }
        all += (all.size() > 1 ? "," : "") + one.take();
    }
    return all + ']';
}

} // namespace

QByteArray eventLine(const store::EventDetail &detail, const event::FindingWords &words)
{
    json::Parser parser;
    return eventLine(detail, words, parser);
}

QByteArray eventLine(const store::EventDetail &detail, const event::FindingWords &words, json::Parser &parser)
{
    const event::Event &event = detail.event;
    const bool isRejected = event.state.status == event::Status::Rejected;
    ObjectWriter line;
    line.number("id", event::raw(event.summary.id));
    line.text("receivedAt", isoTime(event.summary.receivedUs));
    line.number("session", event::raw(event.summary.session));
    line.textIfAny("source", event.source);
    if (event.summary.type != event::CallType::None) {
        line.text("type", event::word(event.summary.type));
    }
    if (!isRejected) {
        line.textIfAny("event", event.name);
    }
    line.textIfAny("userId", detail.userId);
    line.textIfAny("anonymousId", detail.anonymousId);
    line.textIfAny("messageId", detail.messageId);
    if (!detail.timestamp.isEmpty()) {
        line.text("timestamp", detail.timestamp);
    }
    line.text("status", event::word(event.state.status));
    if (isRejected) {
        ObjectWriter rejected;
        rejected.text("code", detail.rejectCode);
        rejected.text("reason", detail.rejectReason);
        rejected.number("status", static_cast<std::uint64_t>(std::max(detail.replyStatus, 0)));
        line.raw("rejected", rejected.take());
    }
    line.raw("findings", findingsOf(event, words));
    line.raw("deliveries", deliveriesOf(detail));
    writeBody(line, event.body, parser);
    writeEnvelope(line, detail, parser);
    return line.take();
}

} // namespace api
