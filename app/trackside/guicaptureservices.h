// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/engine/engine.h"
#include "app/engine/preferences.h"
#include "ui/captureservices.h"

#include <QTimer>

#include <stop_token>

namespace trackside {

class GuiServices;

/// The window's view of capture beyond the stream. What touches files or ports runs on GuiServices' worker.
/// GUI thread.
class GuiCaptureServices final : public ui::CaptureServices
{
    Q_OBJECT
public:
    GuiCaptureServices(GuiServices &services, engine::Preferences &preferences);
    ~GuiCaptureServices() override;

    /// What the engine is started with.
    void fill(engine::Options &options, engine::Listeners &listeners);
    /// The engine is there.
    void adopt(engine::Engine &engine);

    [[nodiscard]] capture::ProxyOptions proxyOptions() const override;
    base::Result<void> setProxyOptions(const capture::ProxyOptions &options) override;

    [[nodiscard]] AuthorityState authorityState() const override { return m_authority; }
    void makeAuthority() override;
    void removeAuthority() override;
    void exportAuthority(tls::ExportFormat format, QObject *context,
                         std::function<void(base::Result<QByteArray>)> done) override;

    [[nodiscard]] std::vector<capture::Interface> networkInterfaces() const override;
    [[nodiscard]] NetworkState networkState() const override;
    void listenOnNetwork(const QHostAddress &address) override;
    void leaveNetwork() override;
    [[nodiscard]] capture::Devices::Access deviceAccess() const override;
    void setDeviceAccess(capture::Devices::Access access) override;
    [[nodiscard]] std::vector<capture::Device> devices() const override;
    void acceptDevice(const QByteArray &address) override;
    void refuseDevice(const QByteArray &address) override;
    void forgetDevice(const QByteArray &address) override;

    [[nodiscard]] std::vector<capture::ClientReport> clients() const override;
    [[nodiscard]] DiagnosisText words(const capture::Diagnosis &diagnosis,
                                      const capture::Client &client) const override;
    [[nodiscard]] QString clientName(const capture::Client &client) const override;
    void forgetClients() override;

    base::Result<std::uint32_t> startFault(const capture::Fault &fault) override;
    void stopFault(std::uint32_t id) override;
    void clearEndedFaults() override;
    [[nodiscard]] QList<capture::FaultReport> faults() const override;

    [[nodiscard]] std::vector<intake::SourceConfig> sources() const override;
    base::Result<void> setSources(const std::vector<intake::SourceConfig> &configs) override;
    [[nodiscard]] segment::HealthOptions health() const override;
    void setHealth(const segment::HealthOptions &options) override;
    [[nodiscard]] std::vector<RuleText> healthRules() const override;

    void importText(const QByteArray &text, const QString &name, QObject *context,
                    std::function<void(base::Result<Imported>)> done) override;
    void importFile(const QString &path, QObject *context,
                    std::function<void(base::Result<Imported>)> done) override;
    void cancelImports() override;

    /// Ends what is under way; before the engine goes.
    void close();
    /// The network address in use beside the loopback ones; null when none is.
    [[nodiscard]] QHostAddress networkAddress() const { return m_networkAddress; }

private:
    void readAuthority();
    void saveDevices();
    void withDevices(const std::function<void(capture::Devices &devices)> &run);
    using Done = std::function<void(base::Result<Imported>)>;
    /// `read` gives the text; it and the import run on the import worker.
    void import(QObject *context, std::function<base::Result<QByteArray>()> read, const QString &name,
                Done done);

    GuiServices &m_services;
    engine::Preferences &m_preferences;
    engine::Engine *m_engine = nullptr;
    AuthorityState m_authority;
    QHostAddress m_networkAddress;
    QTimer m_clientsTimer; ///< at most four signals a second
    QTimer m_faultsTimer;
    std::stop_source m_importStop;
    std::unique_ptr<class Worker> m_importWorker; ///< an import takes long: the other worker opens ports
};

} // namespace trackside
