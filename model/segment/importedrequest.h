// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "event/captured.h"
#include "json/parser.h"

namespace segment {

/// A request as a HAR or a command line holds it.
struct WrittenRequest
{
    QByteArray method;
    QByteArray url; ///< absolute
    std::vector<http::Header> headers;
    QByteArray body;
};

/// As it would have been captured: origin-form target, a Host header, the head's bytes; the user in the URL
/// as Authorization. BadInput when the URL names no host.
[[nodiscard]] base::Result<event::CapturedRequest> asCaptured(WrittenRequest written);

/// "POST https://api.segment.io/v1/t": without the query, which may hold a write key.
[[nodiscard]] QString shownCall(QByteArrayView method, QByteArrayView url);

/// Whether a request to any host is one of Segment's that carries events: by its path, else by its body.
[[nodiscard]] bool carriesEvents(const event::CapturedRequest &request, json::Parser &parser);

/// Someone meant this JSON as an event.
[[nodiscard]] bool looksLikeEvent(json::Value value);

/// The body of one event or of a batch, of which no request is known. Its path is that of the event's call
/// type, or of the type its fields are of when it names none (bodies for Segment's typed paths do).
[[nodiscard]] event::CapturedRequest requestOfBody(json::Value body);

/// An event as a store or one of our own lines has it.
struct StoredEventText
{
    QByteArray body;
    QByteArray envelope; ///< JSON object; empty: it stood alone
    event::CallType type = event::CallType::None;
    QString source;
    std::int64_t receivedUs = 0;
    // Of a rejected request.
    QByteArray rejectCode, rejectReason;
    int rejectStatus = 0;
};

/// Puts the envelope round the event again, so that merging sees it; less its write key, which is masked.
[[nodiscard]] event::CapturedRequest requestOfStored(const StoredEventText &stored, json::Parser &parser);

} // namespace segment
