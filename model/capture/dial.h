// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/connectrace.h"
#include "capture/dialer.h"
#include "http/responseframe.h"
#include "tls/contexts.h"

class QHostInfo;

namespace capture {

/// One way to a host: name, address, maybe a proxy's CONNECT, maybe TLS. Destroying it gives up. One thread
/// with a loop.
class Dial final : public QObject
{
    Q_OBJECT
public:
    struct Plan
    {
        DialTarget target;
        std::optional<UpstreamProxy> proxy;
        Dialer::Guard isAllowed;
        Dialer::Guard isOwn;
        /// Asked for when TLS begins.
        std::function<base::Result<std::shared_ptr<tls::ClientContext>>()> trust;
        int timeoutMs = 0;
    };

    /// `done` is called once, from the loop; it may destroy this with deleteLater().
    Dial(Plan plan, Dialer::Done done, QObject *parent);
    ~Dial() override;

    void start();

private:
    enum class Step : std::uint8_t { Name, Address, Proxy, Tls, Done };

    void lookUp(const QByteArray &host);
    void lookedUp(const QHostInfo &found);
    void race(const QList<QHostAddress> &addresses);
    void connected(int socket, const QString &why);
    void askProxy();
    void readProxyAnswer();
    void proxyRefused(int status);
    void secure();
    void advanceTls();
    [[nodiscard]] base::Failure tlsFailure() const;
    void watch();
    void readable();
    void writable();
    void flush();
    void timedOut();
    void ended(const QString &why);
    void refuse(const QString &why);
    void fail(const QString &why, const QString &fix);
    void finish(base::Result<Dialed> result);

    Plan m_plan;
    Dialer::Done m_done;
    Step m_step = Step::Name;
    std::unique_ptr<ConnectRace> m_race;
    std::unique_ptr<Channel> m_channel;
    std::unique_ptr<QSocketNotifier> m_reader, m_writer;
    std::vector<char> m_scratch;
    QByteArray m_received;
    http::ResponseFrame m_proxyAnswer;
    QTimer m_deadline;
};

} // namespace capture
