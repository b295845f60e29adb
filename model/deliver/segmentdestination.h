// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deliver/destination.h"

namespace deliver {

/// Segment's tracking API, or anything that speaks it.
class SegmentDestination final : public Destination
{
public:
    explicit SegmentDestination(DestinationConfig config);

    [[nodiscard]] const DestinationConfig &config() const override { return m_config; }
    [[nodiscard]] base::Result<Outgoing> forward(const QByteArray &method, const QByteArray &target,
                                                 const QByteArray &head, const QByteArray &wireBody,
                                                 const QByteArray &body, http::Coding coding) const override;
    [[nodiscard]] base::Result<std::vector<Outgoing>> replay(const std::vector<ReplayItem> &items,
                                                             std::int64_t nowUs) const override;
    [[nodiscard]] Classified classify(int status, const std::vector<http::Header> &headers,
                                      const QByteArray &body) const override;

private:
    [[nodiscard]] QUrl address(const QByteArray &path, const QByteArray &query) const;
    [[nodiscard]] Outgoing batchOf(const QByteArray &events, std::int64_t nowUs) const;

    DestinationConfig m_config;
    QByteArray m_writeKey;
};

} // namespace deliver
