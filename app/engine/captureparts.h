// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/clientlog.h"
#include "capture/devices.h"
#include "capture/diagnosis.h"
#include "capture/faults.h"
#include "capture/server.h"
#include "capture/setupsite.h"
#include "tls/authority.h"

#include <mutex>

namespace engine {

/// What of capture changes; told on the thread of the change, must not block.
struct CaptureListeners
{
    std::function<void()> authorityChanged;
    std::function<void()> devicesChanged;
    std::function<void()> clientsChanged; ///< for every observation
    std::function<void()> faultsChanged;
};

/// What the capture server asks beside the pipeline, with the certificate authority in its folder. The parts
/// are safe on any thread; so is this.
class CaptureParts
{
public:
    CaptureParts(const base::Clock &clock, QString authorityFolder, CaptureListeners listeners);

    /// Loads it, or makes it on first use.
    [[nodiscard]] base::Result<std::shared_ptr<const tls::Authority>> authority();
    /// Null when there is none (yet).
    [[nodiscard]] std::shared_ptr<const tls::Authority> existingAuthority();
    base::Result<void> makeAuthority();
    base::Result<void> removeAuthority();
    [[nodiscard]] bool isAuthorityExpired();
    /// The domains an authority made from now on permits beside Segment's.
    void setDomains(const QStringList &domains);

    [[nodiscard]] std::vector<capture::ClientReport> clients();
    void forgetClients();

    capture::Devices devices;
    capture::Faults faults;

    [[nodiscard]] capture::ServerParts serverParts();

private:
    /// Passes on what is observed.
    class Watch final : public capture::Observer
    {
    public:
        explicit Watch(std::function<void()> told)
            : m_told(std::move(told))
        {
        }
        void observe(const capture::Observation &observation) override;
        capture::ClientLog log;

    private:
        std::function<void()> m_told;
    };

    const base::Clock &m_clock;
    const QString m_authorityFolder;
    const CaptureListeners m_listeners;
    Watch m_watch;
    capture::SetupSite m_setupSite;
    std::mutex m_mutex;
    std::shared_ptr<const tls::Authority> m_authority;
    bool m_isLoaded = false;
    QStringList m_domains;
};

} // namespace engine
