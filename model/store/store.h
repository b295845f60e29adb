// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "event/captured.h"
#include "filter/query.h"

#include <stop_token>

namespace store {

/// A source as the user sees it.
struct Source
{
    event::SourceId id{};
    QByteArray keyHash;
    QString maskedKey, name, library;
    std::int64_t firstSeenUs = 0, lastSeenUs = 0;
    std::uint64_t events = 0;
    bool isConnected = false; ///< settings were fetched, whether or not events came
};

struct Session
{
    event::SessionId id{};
    QString name, testId;
    std::int64_t startedUs = 0;
};

struct Counts
{
    std::uint64_t total = 0, valid = 0, violations = 0, unplanned = 0, unchecked = 0, lint = 0, rejected = 0;
    std::uint64_t protocol = 0, privacy = 0;
};

/// One attempt to send a dispatch.
struct Attempt
{
    std::int64_t startedUs = 0;
    std::int64_t durationUs = 0;
    int status = 0;    ///< HTTP status; 0: no answer
    QByteArray answer; ///< body, at most 64 KB
    QByteArray answerHead;
    QString error; ///< when there was no answer
};

/// One outgoing request with everything known of it.
struct Dispatch
{
    event::DispatchId id{};
    QString destination;
    bool isReplay = false;
    event::DeliveryState state = event::DeliveryState::Pending;
    std::int64_t createdUs = 0;
    std::int64_t nextAttemptUs = 0; ///< of a pending one
    event::RequestId request{};     ///< a live forward's original request; 0 for a replay
    std::vector<event::EventId> events;
    QByteArray sentHead; ///< method, url and headers as sent, secrets masked
    QByteArray sentBody; ///< empty when it is the original request's body
    std::vector<Attempt> attempts;
};

/// Everything about one row, for the inspector and the API.
struct EventDetail
{
    event::Event event; ///< body: the event's own bytes
    event::RequestId request{};
    QString anonymousId, userId, messageId;
    QByteArray timestamp;
    QString sessionName;
    std::uint32_t begin = 0, end = 0;
    std::uint32_t indexInBatch = 0, batchCount = 1;
    QByteArray method, target, head, peer;
    QByteArray requestBody; ///< decoded, whole
    http::Coding coding = http::Coding::Identity;
    std::uint64_t wireBytes = 0;
    int replyStatus = 200;
    QByteArray rejectCode, rejectReason;
    std::vector<Dispatch> dispatches;
};

} // namespace store
