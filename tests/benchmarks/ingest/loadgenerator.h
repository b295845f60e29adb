// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <QByteArray>

/// Keep-alive connections of one thread, each sending its next request when the last was answered.
struct LoadResult
{
    std::uint64_t requests = 0;
    std::uint64_t failures = 0; ///< answers other than 200, connections that broke
    double seconds = 0;
    std::vector<std::uint32_t> latenciesUs;

    [[nodiscard]] double perSecond() const
    {
        return seconds > 0 ? static_cast<double>(requests) / seconds : 0;
    }
    [[nodiscard]] double percentileMs(double part);
};

struct LoadPlan
{
    quint16 port = 0;
    int connections = 32;
    double seconds = 4;            ///< ends after this long ...
    std::uint64_t maxRequests = 0; ///< ... or after so many, when not 0
    double requestsPerSecond = 0;  ///< as fast as it goes when 0
    QByteArray request;            ///< every "@@@@@@@@@@" in it becomes a number of its own
};

[[nodiscard]] LoadResult runLoad(const LoadPlan &plan);
