// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include "segment/decode.h"

namespace fuzz {

/// A request's body as events: their ranges are within it, none is lost, and what is no event is kept.
void decode(QByteArrayView input)
{
    constexpr const char *targets[] = {"/v1/b",   "/v1/t",        "/v1/import/",
                                       "/custom", "/v1/identify", "/v1/page"};
    const std::uint8_t choice = takeByte(input);
    event::CapturedRequest captured;
    captured.receivedUs = 1'795'483'045'000'000;
    captured.known = choice % 2 == 1 ? event::Known::Body : event::Known::Request;
    captured.request.method = "POST";
    captured.request.target = targets[choice / 2U % 6];
    captured.request.body = input.toByteArray();
    const bool isLines = choice / 12U % 4 == 3;
    if (isLines) {
        captured.request.headers = {{"Content-Type", "application/x-ndjson"}};
    }

    segment::DecodeOptions options;
    options.maxInflatedBytes = std::size_t{256} * 1024;
    options.maxBatchEvents = 100;
    json::Parser parser;
    const segment::Decoded decoded = segment::decode(captured, parser, options);
    const QByteArray &body = decoded.request.body;
    require(decoded.request.wireBody == input, "the bytes of the wire are kept");
    require(decoded.events.empty() == !decoded.request.rejectCode.isEmpty(), "events, or a reason why not");
    require(!decoded.events.empty() || decoded.request.events.size() == 1, "a rejected request is one row");
    require(decoded.request.reply.status >= 200, "there is an answer");

    std::uint32_t last = 0;
    for (const segment::DecodedEvent &one : decoded.events) {
        const event::EventDraft &draft = one.draft;
        require(draft.begin <= draft.end && draft.end <= static_cast<std::uint32_t>(body.size()),
                "an event lies within the body");
        require(draft.begin >= last, "events are in the order sent and apart");
        last = draft.end;
        const QByteArray own = body.sliced(draft.begin, draft.end - draft.begin);
        require(parser.parse(own).has_value(), "an event's own bytes are JSON");
        const segment::MergedEvent merged = segment::mergedEvent(body, draft.begin, draft.end, parser);
        require(merged.value.isObject() == one.merged.isObject(), "a stored event is what was checked");
    }
    const QByteArray envelope = segment::envelopeOf(body);
    require(envelope.isEmpty() || parser.parse(envelope).has_value(), "an envelope is JSON");

    const auto parsed = parser.parse(body);
    if (parsed && decoded.request.rejectCode.isEmpty() && !isLines) {
        const json::Value batch = (*parsed)->root().find("batch");
        require(decoded.events.size() == (batch.isArray() ? batch.size() : 1),
                "every event of a batch is there");
    }
}

} // namespace fuzz
