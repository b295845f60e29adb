// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "tls/session.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tlstest {

/// Starts at the real time, because OpenSSL verifies by it, and can be moved on.
class MovableClock final : public base::Clock
{
public:
    [[nodiscard]] std::int64_t nowUs() const override { return base::SystemClock().nowUs() + aheadUs; }
    void moveDays(std::int64_t days) { aheadUs += days * 86'400 * 1'000'000; }

    std::int64_t aheadUs = 0;
};

/// The value, or the test ends with what went wrong.
template <typename Value>
Value require(base::Result<Value> result)
{
    if (!result) {
        qFatal("%s", qPrintable(result.error().oneLine()));
    }
    return std::move(*result);
}

inline QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("%s: %s", qPrintable(path), qPrintable(file.errorString()));
    }
}

/// An authority of its own, what serves with it, and a client that trusts it.
struct Place
{
    explicit Place(const QStringList &domains = {})
        : authority(require(tls::Authority::create(folder.filePath(QStringLiteral("ca")), domains, clock)))
        , contexts(authority, clock)
        , client(require(tls::ClientContext::create(authority->info().certificatePath)))
    {
    }

    QTemporaryDir folder;
    MovableClock clock;
    std::shared_ptr<const tls::Authority> authority;
    tls::ServerContexts contexts;
    std::unique_ptr<tls::ClientContext> client;
};

/// Both ends of a connection, and the plain text that came out at each.
struct Pair
{
    std::unique_ptr<tls::Session> server, client;
    QByteArray atServer, atClient;

    Pair(Place &place, const QByteArray &host, const QByteArray &fallbackName = "127.0.0.1")
        : server(tls::Session::accept(place.contexts, fallbackName))
        , client(tls::Session::connect(*place.client, host))
    {
    }

    /// Carries bytes to and fro until both are silent, in pieces as `cut` says how long the next may be.
    template <typename Cut>
    void carry(Cut cut)
    {
        for (;;) {
            const QByteArray toServer = client->takeOutput();
            feed(*server, toServer, atServer, cut);
            const QByteArray toClient = server->takeOutput();
            feed(*client, toClient, atClient, cut);
            if (toServer.isEmpty() && toClient.isEmpty()) {
                return;
            }
        }
    }
    void carry()
    {
        carry([](qsizetype left) { return left; });
    }

private:
    template <typename Cut>
    static void feed(tls::Session &session, QByteArrayView bytes, QByteArray &plain, Cut cut)
    {
        while (!bytes.isEmpty()) {
            const qsizetype piece = std::min(bytes.size(), cut(bytes.size()));
            session.feed(bytes.first(piece), plain);
            bytes = bytes.sliced(piece);
        }
    }
};

} // namespace tlstest
