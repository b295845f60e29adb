// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/captured.h"
#include "segment/fields.h"
#include "segment/health.h"
#include "segment/route.h"
#include "segment/sources.h"
#include "json/parser.h"

namespace segment {

struct DecodeOptions
{
    std::size_t maxInflatedBytes = 64 * 1024 * 1024;
    std::size_t maxBatchEvents = 100'000;
    /// Answer 400 where Segment would (JSON that strict parsers refuse), instead of 200 with a finding.
    bool isStrict = false;
    std::shared_ptr<const SourceResolver> sources;         ///< null: the settings know none
    std::shared_ptr<const HealthOptions> health = nullptr; ///< null: the defaults
};

/// One event of a decoded request, ready for the checks.
struct DecodedEvent
{
    /// The event with the envelope's context and integrations merged in: what the checks run on.
    /// A view into `Decoded::document`, or into `merged` when there was something to merge.
    json::Value merged;
    std::shared_ptr<const json::Document> mergedDocument; ///< null when nothing was merged
    event::EventDraft draft; ///< type, name, ids, source, byte range, and the findings of decoding
};

struct Decoded
{
    std::shared_ptr<const json::Document> document; ///< null for a rejected request
    event::RequestDraft request;                    ///< everything but `events`
    std::vector<DecodedEvent> events;               ///< empty for a rejected request
};

/// A captured request as the events it holds: undoes the content coding, parses (leniently), tells
/// single events from batches by the presence of a `batch` array, finds write keys (body, header,
/// query), and reports as protocol findings what Segment would refuse or damage. What can't be
/// understood comes back as a rejected request with reason and bytes; nothing is lost. Pure; any thread,
/// one `parser` per thread.
[[nodiscard]] Decoded decode(const event::CapturedRequest &captured, json::Parser &parser,
                             const DecodeOptions &options);

/// The envelope around the events of a stored body (all members but `batch`; the write key masked), as
/// JSON text; empty when the body is a single event.
[[nodiscard]] QByteArray envelopeOf(const QByteArray &body);

/// The event at a byte range of a stored body, with the envelope's context and integrations merged in,
/// as the checks saw it; used when a new plan checks old events. Null when the range holds no object.
struct MergedEvent
{
    std::shared_ptr<const json::Document> document;
    json::Value value;
};
[[nodiscard]] MergedEvent mergedEvent(const QByteArray &body, std::uint32_t begin, std::uint32_t end,
                                      json::Parser &parser);

/// The same for one event after another: a batch is parsed once for all of its events, which is cheapest when
/// they are asked for in their order.
class StoredEvents
{
public:
    [[nodiscard]] MergedEvent merged(const QByteArray &body, std::uint32_t begin, std::uint32_t end,
                                     json::Parser &parser);

private:
    void read(const QByteArray &body, json::Parser &parser);
    [[nodiscard]] json::Value at(std::uint32_t begin, std::uint32_t end);

    QByteArray m_body; ///< of the last event
    std::shared_ptr<const json::Document> m_document;
    Fields m_envelope;           ///< of a batch
    json::Value::Child m_follow; ///< the batch's event after the one last asked for
};

/// The library's plain sentence for the name it sends in context.library.name and the User-Agent.
[[nodiscard]] QString sdkName(json::Value context, QByteArrayView userAgent);

} // namespace segment
