// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/captured.h"
#include "store/bodycodec.h"
#include "store/database.h"

namespace store {

/// One row of `request`, unpacked.
struct LoadedRequest
{
    event::RequestId id{};
    std::int64_t firstEvent = 0;
    std::uint32_t events = 0;
    http::Coding coding = http::Coding::Identity;
    std::uint64_t wireBytes = 0;
    int replyStatus = 200;
    QByteArray method, target, peer, rejectCode, rejectReason;
    UnpackedRequest bytes;
};

/// Reads requests, and remembers the last one: the events of a batch are asked for one after the other.
class RequestLoader
{
public:
    [[nodiscard]] base::Result<void> prepare(Database &database);
    /// Null when the store does not have it.
    [[nodiscard]] base::Result<std::shared_ptr<const LoadedRequest>> load(event::RequestId id);
    /// Its body alone, decoded; empty when it has none or the store does not have it. Not remembered.
    [[nodiscard]] base::Result<QByteArray> loadBody(event::RequestId id);
    /// Bytes packed by themselves.
    [[nodiscard]] base::Result<QByteArray> unpackBytes(QByteArrayView packed)
    {
        return m_codec.unpackBytes(packed);
    }

private:
    Database *m_database = nullptr;
    Statement m_select, m_selectBody;
    BodyCodec m_codec;
    std::shared_ptr<const LoadedRequest> m_last;
};

/// An event's own bytes: all of the body shared, a part of it copied.
[[nodiscard]] QByteArray slice(const QByteArray &body, std::uint32_t begin, std::uint32_t end);

} // namespace store
