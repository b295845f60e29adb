// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "capture/address.h"
#include "capture/connections.h"
#include "capture/faults.h"
#include "capture/observation.h"
#include "capture/proxy.h"
#include "capture/setupsite.h"
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

/// What the server asks besides the sink; each may be null (then that part is not there). Must outlive it.
struct ServerParts
{
    /// Makes the authority on first use. Without it TLS is refused, and CONNECT to Segment's hosts with it.
    SetupSite::AuthoritySource authority;
    Observer *observer = nullptr;
    Faults *faults = nullptr;
    Devices *devices = nullptr;
    SetupSite *setupSite = nullptr;
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

    /// Before listen().
    void setParts(ServerParts parts);
    /// Any time; connections that are open keep what they had. BadInput for a proxy or a file that can't be
    /// used.
    [[nodiscard]] base::Result<void> setProxy(const ProxyOptions &options);
    /// The authority was made anew or removed: TLS contexts are thrown away.
    void authorityChanged();

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
