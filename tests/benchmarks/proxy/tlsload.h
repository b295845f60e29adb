// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <QByteArray>
#include <QList>

/// What a client does with its connections through the proxy.
enum class TlsPace : std::uint8_t {
    KeepAlive, ///< one connection each, request after request
    NewEach,   ///< CONNECT, handshake, one request, close
};

struct TlsLoadPlan
{
    quint16 proxyPort = 0;
    QByteArray host; ///< CONNECT host:443, and SNI
    QByteArray request;
    int connections = 16;
    double seconds = 4;
    TlsPace pace = TlsPace::KeepAlive;
};

struct TlsLoadResult
{
    std::uint64_t requests = 0, failures = 0;
    double seconds = 0;
    double clientCpuSeconds = 0; ///< what the load itself took of the shared cores

    [[nodiscard]] double perSecond() const { return static_cast<double>(requests) / seconds; }
};

/// HTTPS through an HTTP proxy over OpenSSL, a thread for each connection. The certificate is not verified:
/// all proxies are asked the same.
[[nodiscard]] TlsLoadResult runTlsLoad(const TlsLoadPlan &plan);

/// Milliseconds from connecting to the whole answer of one call on a new connection; negative when it failed.
[[nodiscard]] double firstAnswerMs(const TlsLoadPlan &plan);
