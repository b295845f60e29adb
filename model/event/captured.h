// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/event.h"
#include "http/contentcoding.h"
#include "http/message.h"

#include <QString>

namespace event {

/// Which request of which connection an answer belongs to.
struct ReplyToken
{
    std::uint64_t connection = 0;
    std::uint64_t request = 0;
};

/// How much of a request is known.
enum class Known : std::uint8_t {
    Request, ///< all of it: captured, or exported by who captured it
    Body,    ///< read from a file of bodies: nothing is known of its head, its write key and its sending
};

/// A whole request that belongs to the pipeline, as the capture thread hands it on.
struct CapturedRequest
{
    ReplyToken token;
    std::int64_t receivedUs = 0;
    QByteArray peer; ///< "127.0.0.1:40822"
    http::Request request;
    /// Not null: HTTP itself could not be understood; kept as a rejected request with these.
    QByteArray rejectCode;
    QByteArray rejectReason;
    int rejectStatus = 0;
    Known known = Known::Request;
    QString source = {}; ///< of Known::Body: the name its file gives; empty: none
};

/// The way into the pipeline; implemented by intake, called on the capture thread, never blocks.
class RequestSink
{
public:
    virtual ~RequestSink() = default;
    virtual void post(CapturedRequest request) = 0;
    /// True while the queues are over their bound: capture stops reading from its sockets.
    [[nodiscard]] virtual bool isFull() const = 0;
};

struct Reply
{
    ReplyToken token;
    http::Response response;
    // What became of the request, for those who watch its client.
    std::uint32_t events = 0;
    QByteArray rejectCode; ///< empty: understood; "store": the store could not take it
    QByteArray keyHash;    ///< of its first event's source
};

/// The way back; implemented by capture, called on the store thread once the events are durable.
class ReplySink
{
public:
    virtual ~ReplySink() = default;
    virtual void post(std::vector<Reply> replies) = 0;
};

/// A write key as the store knows sources: never the key itself.
struct SourceKey
{
    QByteArray keyHash;    ///< first 16 hex digits of SHA-256(write key); "none" without a key
    QString maskedKey;     ///< "…a1b2"
    QString suggestedName; ///< settings' name for the key, else context.app.name, else what the library says
    QString library;       ///< "analytics.js 1.84.3"
};

/// One event before it has its row.
struct EventDraft
{
    CallType type = CallType::None;
    Status status = Status::Unchecked;
    QString name;
    QString userId, anonymousId, messageId;
    QByteArray timestamp; ///< as sent
    SourceKey source;
    std::uint32_t begin = 0, end = 0; ///< byte range in the decoded body
    std::vector<Finding> findings;
    std::uint8_t flags = 0; ///< Flag bits beyond what the findings say
};

/// One request on its way to the store, with what it holds. A rejected one has one draft of type None.
struct RequestDraft
{
    ReplyToken token;
    http::Response reply; ///< what to answer once durable
    std::int64_t receivedUs = 0;
    QByteArray peer;
    QByteArray method, target, head;
    QByteArray wireBody; ///< as received, still coded: what a transparent forward sends
    QByteArray body;     ///< decoded; shares wireBody when the coding is identity
    http::Coding coding = http::Coding::Identity;
    QByteArray rejectCode;   ///< stable word; empty when understood
    QByteArray rejectReason; ///< sentence
    std::vector<EventDraft> events;
    std::vector<QString> destinations; ///< names it is to be forwarded to, decided by routing
};

} // namespace event
