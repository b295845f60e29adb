// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include "segment/decode.h"
#include "segment/pixel.h"
#include "segment/querystring.h"

namespace fuzz {

/// A query as an event: parameters always make JSON, and decoding never loses the query.
void pixel(QByteArrayView input)
{
    json::Parser parser;
    const auto text = segment::eventOfQuery(input);
    const bool isData = segment::parameter(segment::parameters(input), "data").has_value();
    require(!text || isData || parser.parse(*text, json::Leniency::Strict).has_value(),
            "parameters make strict JSON");
    require(segment::percentDecoded(input, segment::PlusSign::Space).size() <= input.size(),
            "decoding never adds bytes");

    event::CapturedRequest captured;
    captured.receivedUs = 1'795'483'045'000'000;
    captured.request.method = "GET";
    captured.request.target = "/v1/pixel/track?" + input.toByteArray();
    const segment::Decoded decoded = segment::decode(captured, parser, {});
    require(decoded.request.target == captured.request.target, "the query is kept");
    require(decoded.events.empty() == (decoded.request.events.size() == 1),
            "events, or one rejected request");
    for (const segment::DecodedEvent &one : decoded.events) {
        require(one.draft.end <= static_cast<std::uint32_t>(decoded.request.body.size()),
                "the event lies within what was decoded");
    }
}

} // namespace fuzz
