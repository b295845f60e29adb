// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "http/message.h"
#include "store/store.h"

#include <QUrl>

namespace deliver {

/// Settings of one destination; the write key is a secret and lives in the secrets file.
struct DestinationConfig
{
    QString name;
    QString kind = QStringLiteral("segment");
    QUrl baseUrl; ///< "https://api.segment.io", an EU host, or anything compatible
    QString writeKey;
    bool isLive = false; ///< forwards as events come; off until the user turns it on

    /// A destination file: {"kind":"segment","name":..,"baseUrl":..,"writeKey":..}. Errors name the key.
    [[nodiscard]] static base::Result<DestinationConfig> fromFile(const QString &path);
    [[nodiscard]] base::Result<void> validate() const;
};

/// One event for a replay.
struct ReplayItem
{
    QByteArray body;     ///< the event as sent
    QByteArray envelope; ///< its batch's context and integrations, or empty
    std::int64_t receivedUs = 0;
    event::CallType type = event::CallType::None;
    QString messageId; ///< empty: the body's own
    /// The messageId to send: a new one, for Segment drops what it has seen within a day. The same at each
    /// attempt, so that a repeated attempt does no harm.
    QString newMessageId;
};

struct Outgoing
{
    QUrl url;
    QByteArray method = "POST";
    std::vector<http::Header> headers;
    QByteArray body;
};

enum class Outcome : std::uint8_t { Delivered, Retry, Failed };
struct Classified
{
    Outcome outcome = Outcome::Failed;
    std::int64_t retryAfterMs = -1; ///< what the answer asked for; -1: our own backoff
    QString reason;
};

/// Pure mapping; the queue does the network and the retries.
class Destination
{
public:
    virtual ~Destination() = default;
    [[nodiscard]] virtual const DestinationConfig &config() const = 0;
    /// Live: the request's own bytes, write key swapped where the original had it.
    [[nodiscard]] virtual base::Result<Outgoing> forward(const QByteArray &method, const QByteArray &target,
                                                         const QByteArray &head, const QByteArray &wireBody,
                                                         const QByteArray &body,
                                                         http::Coding coding) const = 0;
    /// Rebuilt events in as few requests as Segment's limits allow, in the order given: an event over 32 KB
    /// goes alone, so that it does not spoil others. Events that are no objects are left out.
    [[nodiscard]] virtual base::Result<std::vector<Outgoing>> replay(const std::vector<ReplayItem> &items,
                                                                     std::int64_t nowUs) const = 0;
    [[nodiscard]] virtual Classified classify(int status, const std::vector<http::Header> &headers,
                                              const QByteArray &body) const = 0;
};

[[nodiscard]] base::Result<std::unique_ptr<Destination>> makeDestination(const DestinationConfig &config);

} // namespace deliver
