// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "deliver/rebuild.h"

#include "segment/isotime.h"
#include "segment/merge.h"
#include "json/parser.h"
#include "json/quote.h"

#include <algorithm>
#include <array>

namespace deliver {

namespace {

constexpr std::array<std::string_view, 10> ofTheFirstDelivery{
    "writeKey", "sentAt",    "originalTimestamp", "receivedAt", "projectId",
    "version",  "_metadata", "messageId",         "timestamp",  "type"};

QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QByteArray quoted(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    return json::quoted({utf8.constData(), static_cast<std::size_t>(utf8.size())});
}

/// The same text with null for every number that JSON does not have.
QByteArray withoutNonFinite(const json::Document &document)
{
    if (!document.has(json::Flaw::NonFiniteNumber)) {
        return document.source();
    }
    std::vector<std::uint32_t> offsets;
    for (const auto &[flaw, offset] : document.foundFlaws()) {
        if (flaw == json::Flaw::NonFiniteNumber) {
            offsets.push_back(offset);
        }
    }
    std::ranges::sort(offsets);
    const QByteArray &source = document.source();
    QByteArray text;
    qsizetype at = 0;
    for (const std::uint32_t offset : offsets) {
        text += source.sliced(at, static_cast<qsizetype>(offset) - at) + "null";
        const char first = source.at(offset);
        at = static_cast<qsizetype>(offset) + (first == 'N' ? 3 : first == 'I' ? 8 : 9);
    }
    return text + source.sliced(at);
}

/// When the event happened by our clock (Segment's rule): what was between its time and the sending is
/// subtracted from its arrival. Without both times the one sent stands, else the arrival.
QByteArray happenedAt(const segment::Fields &fields, const segment::Fields &envelope, std::int64_t receivedUs)
{
    const auto timestampUs = segment::parseIsoTimeUs(fields.timestamp.text());
    const json::Value sentAt = segment::isSent(fields.sentAt) ? fields.sentAt : envelope.sentAt;
    const auto sentUs = segment::parseIsoTimeUs(sentAt.text());
    if (timestampUs && sentUs) {
        return segment::isoTime(receivedUs - (*sentUs - *timestampUs));
    }
    return segment::isoTime(timestampUs.value_or(receivedUs));
}

/// The context with the note of what this event was; a note of an earlier replay gives way.
QByteArray contextWithNote(json::Value context, const QString &originalMessageId)
{
    QByteArray text = "{";
    for (auto child = context.firstChild(); child; child = child.next()) {
        if (child.key() != "replay") {
            text += bytes(child.keyValue().raw()) + ':' + bytes(child.value().raw()) + ',';
        }
    }
    return text + "\"replay\":{\"originalMessageId\":" + quoted(originalMessageId) + "}}";
}

} // namespace

QByteArray rebuiltEvent(const ReplayItem &item)
{
    json::Parser parser;
    auto parsed = parser.parse(item.body);
    if (!parsed || !(*parsed)->root().isObject()) {
        return {};
    }
    const auto parsedEnvelope = parser.parse(item.envelope);
    const segment::Fields envelope =
        parsedEnvelope ? segment::fieldsOf((*parsedEnvelope)->root()) : segment::Fields{};
    if (const QByteArray merged =
            segment::mergedText((*parsed)->root(), segment::fieldsOf((*parsed)->root()), envelope);
        !merged.isNull()) {
        parsed = parser.parse(merged);
    }
    if (parsed && (*parsed)->has(json::Flaw::NonFiniteNumber)) {
        parsed = parser.parse(withoutNonFinite(**parsed));
    }
    if (!parsed) {
        return {};
    }
    const json::Value event = (*parsed)->root();
    const segment::Fields fields = segment::fieldsOf(event);
    const std::string_view sentId = fields.messageId.text();
    const QString originalMessageId =
        item.messageId.isEmpty() ? QString::fromUtf8(sentId.data(), static_cast<qsizetype>(sentId.size()))
                                 : item.messageId;
    const bool hasNote =
        !originalMessageId.isEmpty() && (fields.context.isMissing() || fields.context.isObject());

    const std::string_view type = event::word(item.type);
    QByteArray text = "{\"type\":" + (type.empty() && segment::isSent(fields.type) ? bytes(fields.type.raw())
                                                                                   : '"' + bytes(type) + '"');
    text += ",\"messageId\":" + quoted(item.newMessageId);
    text += ",\"timestamp\":\"" + happenedAt(fields, envelope, item.receivedUs) + '"';
    for (auto child = event.firstChild(); child; child = child.next()) {
        const std::string_view key = child.key();
        if (std::ranges::find(ofTheFirstDelivery, key) != ofTheFirstDelivery.end() ||
            (hasNote && key == "context")) {
            continue;
        }
        text += ',' + bytes(child.keyValue().raw()) + ':' + bytes(child.value().raw());
    }
    if (hasNote) {
        text += ",\"context\":" + contextWithNote(fields.context, originalMessageId);
    }
    return text + '}';
}

} // namespace deliver
