// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/captureservices.h"

#include <algorithm>
#include <map>
#include <optional>

namespace tests {

/// A ui::CaptureServices without an engine: answers what a test put into it, does what it is asked to its own
/// state, says so by the signals, and remembers the requests. Callbacks come at once. Header only, like
/// FakeServices, which holds one.
class FakeCaptureServices final : public ui::CaptureServices
{
public:
    using ui::CaptureServices::CaptureServices;

    // What a test puts in.
    capture::ProxyOptions proxy;
    std::optional<base::Error> proxyError; ///< what setProxyOptions answers
    AuthorityState authority;
    std::optional<base::Error> exportError; ///< what exportAuthority answers
    QByteArray exported = "-----BEGIN CERTIFICATE-----\n";
    std::vector<capture::Interface> interfaces{{capture::Interface::Kind::Wifi, QStringLiteral("wlp3s0"),
                                                QHostAddress(QStringLiteral("192.168.1.20"))}};
    NetworkState network;
    bool isNetworkRefused = false; ///< listening there does not work: nothing changes
    capture::Devices::Access access = capture::Devices::Access::Accepted;
    std::vector<capture::Device> deviceList;
    std::vector<capture::ClientReport> clientList;
    std::map<capture::Ailment, DiagnosisText> diagnosisTexts; ///< else made of the arguments
    QList<capture::FaultReport> faultList;
    std::optional<base::Error> faultError; ///< what startFault answers
    std::vector<intake::SourceConfig> sourceConfigs;
    std::optional<base::Error> sourcesError; ///< what setSources answers
    segment::HealthOptions healthOptions;
    std::vector<RuleText> ruleTexts;
    Imported imported;
    std::optional<base::Error> importError; ///< what both imports answer

    // What it was asked.
    int authorityMade = 0;
    int authorityRemoved = 0;
    int networkLeft = 0;
    int clientsForgotten = 0;
    int endedFaultsCleared = 0;
    QList<tls::ExportFormat> exports;
    QList<QHostAddress> listenedOn;
    QList<QByteArray> accepted, refused, forgotten;
    std::vector<capture::Fault> startedFaults;
    std::vector<std::uint32_t> stoppedFaults;
    std::vector<std::pair<QByteArray, QString>> importedTexts;
    int importCancels = 0;
    bool isImportHeld = false;                              ///< then `done` waits here
    std::function<void(base::Result<Imported>)> heldImport; ///< text and name
    QStringList importedFiles;

    [[nodiscard]] capture::ProxyOptions proxyOptions() const override { return proxy; }
    base::Result<void> setProxyOptions(const capture::ProxyOptions &options) override
    {
        if (proxyError)
            return base::Failure(*proxyError);
        proxy = options;
        emit proxyChanged();
        return {};
    }

    [[nodiscard]] AuthorityState authorityState() const override { return authority; }
    void makeAuthority() override
    {
        ++authorityMade;
        authority.exists = true;
        authority.isExpired = false;
        authority.info.name = QStringLiteral("Trackside CA of desk, number %1").arg(authorityMade);
        authority.info.sha256 = QByteArray(32, static_cast<char>(authorityMade));
        authority.info.notBeforeUs = 1'795'600'000'000'000;
        authority.info.notAfterUs = authority.info.notBeforeUs + 365LL * 86'400'000'000;
        authority.info.domains = proxy.domains;
        authority.info.certificatePath = QStringLiteral("/home/anna/.local/share/trackside/ca/ca.pem");
        authority.info.keyPath = QStringLiteral("/home/anna/.local/share/trackside/ca/ca.key");
        emit authorityChanged();
    }
    void removeAuthority() override
    {
        ++authorityRemoved;
        authority = {};
        emit authorityChanged();
    }
    void exportAuthority(tls::ExportFormat format, QObject * /*context*/,
                         std::function<void(base::Result<QByteArray>)> done) override
    {
        exports.append(format);
        if (exportError) {
            done(base::Failure(*exportError));
            return;
        }
        if (!authority.exists)
            makeAuthority();
        done(exported);
    }

    [[nodiscard]] std::vector<capture::Interface> networkInterfaces() const override { return interfaces; }
    [[nodiscard]] NetworkState networkState() const override { return network; }
    void listenOnNetwork(const QHostAddress &address) override
    {
        listenedOn.append(address);
        if (isNetworkRefused)
            return;
        network.isOn = true;
        network.address = address;
        network.port = 8765;
        network.setupPage =
            QUrl(QStringLiteral("http://%1:8765/trackside/?code=7KQ2M9XP").arg(address.toString()));
        emit networkChanged();
    }
    void leaveNetwork() override
    {
        ++networkLeft;
        network = {};
        emit networkChanged();
    }
    [[nodiscard]] capture::Devices::Access deviceAccess() const override { return access; }
    void setDeviceAccess(capture::Devices::Access wanted) override
    {
        access = wanted;
        emit devicesChanged();
    }
    [[nodiscard]] std::vector<capture::Device> devices() const override { return deviceList; }
    void acceptDevice(const QByteArray &address) override
    {
        accepted.append(address);
        setState(address, capture::Device::State::Accepted);
    }
    void refuseDevice(const QByteArray &address) override
    {
        refused.append(address);
        setState(address, capture::Device::State::Refused);
    }
    void forgetDevice(const QByteArray &address) override
    {
        forgotten.append(address);
        std::erase_if(deviceList, [&](const capture::Device &device) { return device.address == address; });
        emit devicesChanged();
    }

    [[nodiscard]] std::vector<capture::ClientReport> clients() const override { return clientList; }
    [[nodiscard]] DiagnosisText words(const capture::Diagnosis &diagnosis,
                                      const capture::Client & /*client*/) const override
    {
        if (const auto found = diagnosisTexts.find(diagnosis.ailment); found != diagnosisTexts.end())
            return found->second;
        return {.what = QStringLiteral("Ailment %1: %2.")
                            .arg(static_cast<int>(diagnosis.ailment))
                            .arg(diagnosis.args.join(QStringLiteral(", "))),
                .next =
                    diagnosis.level == capture::AilmentLevel::Good ? QString() : QStringLiteral("Mend it.")};
    }
    [[nodiscard]] QString clientName(const capture::Client &client) const override
    {
        return client.agent.isEmpty() ? QString::fromLatin1(client.address)
                                      : QString::fromLatin1(client.agent);
    }
    void forgetClients() override
    {
        ++clientsForgotten;
        clientList.clear();
        emit clientsChanged();
    }

    base::Result<std::uint32_t> startFault(const capture::Fault &fault) override
    {
        if (faultError)
            return base::Failure(*faultError);
        startedFaults.push_back(fault);
        capture::FaultReport report;
        report.id = static_cast<std::uint32_t>(startedFaults.size());
        report.fault = fault;
        report.startedUs = 1'795'600'805'000'000;
        faultList.prepend(report);
        emit faultsChanged();
        return report.id;
    }
    void stopFault(std::uint32_t id) override
    {
        stoppedFaults.push_back(id);
        for (capture::FaultReport &report : faultList) {
            if (report.id == id && report.endedUs == 0)
                report.endedUs = report.startedUs + 1'000'000;
        }
        emit faultsChanged();
    }
    void clearEndedFaults() override
    {
        ++endedFaultsCleared;
        faultList.removeIf([](const capture::FaultReport &report) { return report.endedUs != 0; });
        emit faultsChanged();
    }
    [[nodiscard]] QList<capture::FaultReport> faults() const override { return faultList; }

    [[nodiscard]] std::vector<intake::SourceConfig> sources() const override { return sourceConfigs; }
    base::Result<void> setSources(const std::vector<intake::SourceConfig> &configs) override
    {
        if (sourcesError)
            return base::Failure(*sourcesError);
        sourceConfigs = configs;
        emit sourcesChanged();
        return {};
    }
    [[nodiscard]] segment::HealthOptions health() const override { return healthOptions; }
    void setHealth(const segment::HealthOptions &options) override
    {
        healthOptions = options;
        emit healthChanged();
    }
    [[nodiscard]] std::vector<RuleText> healthRules() const override { return ruleTexts; }

    void importText(const QByteArray &text, const QString &name, QObject * /*context*/,
                    std::function<void(base::Result<Imported>)> done) override
    {
        importedTexts.emplace_back(text, name);
        answer(done);
    }
    void importFile(const QString &path, QObject * /*context*/,
                    std::function<void(base::Result<Imported>)> done) override
    {
        importedFiles.append(path);
        answer(done);
    }
    void cancelImports() override { ++importCancels; }

private:
    void setState(const QByteArray &address, capture::Device::State state)
    {
        for (capture::Device &device : deviceList) {
            if (device.address == address)
                device.state = state;
        }
        emit devicesChanged();
    }
    void answer(const std::function<void(base::Result<Imported>)> &done)
    {
        if (isImportHeld)
            heldImport = done;
        else if (importError)
            done(base::Failure(*importError));
        else
            done(imported);
    }
};

} // namespace tests
