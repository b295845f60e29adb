// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/devices.h"
#include "capture/diagnosis.h"
#include "capture/faults.h"
#include "capture/interfaces.h"
#include "capture/proxy.h"
#include "intake/sourcebook.h"
#include "segment/health.h"
#include "segment/importreader.h"
#include "tls/authority.h"

#include <QObject>
#include <QUrl>

namespace ui {

/// What the window wants of capture beyond the stream: proxy, certificate, network, clients, faults, sources,
/// health, import. app/trackside implements it, tests fake it. GUI thread only; nothing here blocks: answers
/// come as callbacks (dropped when `context` is gone) and signals on the GUI thread; Services::failed tells
/// what failed.
class CaptureServices : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    // Proxy
    [[nodiscard]] virtual capture::ProxyOptions proxyOptions() const = 0;
    /// Saves and applies. New domains need a new authority: ask the user first, then makeAuthority().
    virtual base::Result<void> setProxyOptions(const capture::ProxyOptions &options) = 0;

    // Certificate authority
    struct AuthorityState
    {
        bool exists = false;
        bool isExpired = false;
        tls::AuthorityInfo info;
    };
    [[nodiscard]] virtual AuthorityState authorityState() const = 0;
    /// Makes one, in place of the old, for the domains of the proxy options; authorityChanged follows.
    virtual void makeAuthority() = 0;
    virtual void removeAuthority() = 0;
    /// Makes the authority when there is none yet.
    virtual void exportAuthority(tls::ExportFormat format, QObject *context,
                                 std::function<void(base::Result<QByteArray>)> done) = 0;

    // Local network. Off again when the application ends.
    [[nodiscard]] virtual std::vector<capture::Interface> networkInterfaces() const = 0;
    struct NetworkState
    {
        bool isOn = false;
        QHostAddress address;
        std::uint16_t port = 0;
        QUrl setupPage; ///< with the pairing code: what the QR code holds
    };
    [[nodiscard]] virtual NetworkState networkState() const = 0;
    virtual void
    listenOnNetwork(const QHostAddress &address) = 0; ///< beside loopback; networkChanged follows
    virtual void leaveNetwork() = 0;
    [[nodiscard]] virtual capture::Devices::Access deviceAccess() const = 0;
    virtual void setDeviceAccess(capture::Devices::Access access) = 0;
    [[nodiscard]] virtual std::vector<capture::Device> devices() const = 0;
    virtual void acceptDevice(const QByteArray &address) = 0;
    virtual void refuseDevice(const QByteArray &address) = 0;
    virtual void forgetDevice(const QByteArray &address) = 0;

    // Doctor
    [[nodiscard]] virtual std::vector<capture::ClientReport> clients() const = 0; ///< as of now
    /// Headline and what to do next.
    struct DiagnosisText
    {
        QString what, next;
    };
    [[nodiscard]] virtual DiagnosisText words(const capture::Diagnosis &diagnosis,
                                              const capture::Client &client) const = 0;
    /// "analytics-node 2.3.0 on this machine", "iPhone, 192.168.1.23".
    [[nodiscard]] virtual QString clientName(const capture::Client &client) const = 0;
    virtual void forgetClients() = 0;

    // Fault injection
    virtual base::Result<std::uint32_t> startFault(const capture::Fault &fault) = 0;
    virtual void stopFault(std::uint32_t id) = 0;
    virtual void clearEndedFaults() = 0;
    [[nodiscard]] virtual QList<capture::FaultReport> faults() const = 0;

    // Sources and health
    [[nodiscard]] virtual std::vector<intake::SourceConfig> sources() const = 0;
    virtual base::Result<void> setSources(const std::vector<intake::SourceConfig> &configs) = 0;
    [[nodiscard]] virtual segment::HealthOptions health() const = 0;
    virtual void setHealth(const segment::HealthOptions &options) = 0;
    struct RuleText
    {
        event::RuleId rule;
        QString summary;
    };
    /// The protocol and health rules, for the settings.
    [[nodiscard]] virtual std::vector<RuleText> healthRules() const = 0;

    // Import
    struct Imported
    {
        segment::ImportReport report;
        std::uint64_t events = 0; ///< stored
    };
    /// Text pasted or dropped; `name` for messages ("clipboard", a file's name).
    virtual void importText(const QByteArray &text, const QString &name, QObject *context,
                            std::function<void(base::Result<Imported>)> done) = 0;
    virtual void importFile(const QString &path, QObject *context,
                            std::function<void(base::Result<Imported>)> done) = 0;
    /// Ends what is being imported; what is stored by then stays. Its `done` gets Cancelled.
    virtual void cancelImports() = 0;

signals:
    void proxyChanged();
    void authorityChanged();
    void networkChanged();
    void devicesChanged();
    void clientsChanged(); ///< at most four times a second
    void faultsChanged();  ///< at most four times a second
    void sourcesChanged();
    void healthChanged();
    void importProgressed(quint64 events); ///< stored so far, at most four times a second
};

} // namespace ui
