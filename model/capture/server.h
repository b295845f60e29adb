// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "capture/address.h"
#include "capture/connections.h"
#include "event/captured.h"

#include <QObject>

namespace capture {

/// What a settings fetch or a request that is no event tells the Setup page.
struct Sighting
{
    enum class Kind : std::uint8_t {
        SettingsFetched,
        MetricsPosted,
        TokenAsked,
        TlsOnPlainPort,
        Http2,
        UnknownPath,
        Preflight
    } kind;
    QString writeKey; ///< of SettingsFetched; never logged
    QString detail;   ///< path, or what the client seems to be
};

/// Listens, reads requests, answers at once what needs no store (preflights, settings, health, metrics,
/// tokens), hands the rest to the sink and answers it when the reply comes. Lives on the capture thread:
/// created there, or moved there before listen(). Replies come from any thread.
class Server final : public QObject, public event::ReplySink
{
    Q_OBJECT
public:
    Server(event::RequestSink &sink, const base::Clock &clock, ServerOptions options = {},
           QObject *parent = nullptr);
    ~Server() override;

    /// All or none; again with others to move. InUse names the process that holds the port when it can be
    /// told.
    [[nodiscard]] base::Result<void> listen(const std::vector<Address> &addresses);
    /// Stops accepting, answers what is in the pipeline, then closes; returns at once, see drained().
    void close();
    [[nodiscard]] std::vector<Address> addresses() const;
    [[nodiscard]] int connectionCount() const;

    void post(std::vector<event::Reply> replies) override;

signals:
    void sighted(const capture::Sighting &sighting);
    /// After close(): the last connection is gone.
    void drained();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace capture
