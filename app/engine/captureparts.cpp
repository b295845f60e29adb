// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/captureparts.h"

namespace engine {

using namespace Qt::StringLiterals;

void CaptureParts::Watch::observe(const capture::Observation &observation)
{
    log.observe(observation);
    if (m_told) {
        m_told();
    }
}

CaptureParts::CaptureParts(const base::Clock &clock, QString authorityFolder, CaptureListeners listeners)
    : devices(listeners.devicesChanged)
    , faults(clock, listeners.faultsChanged)
    , m_clock(clock)
    , m_authorityFolder(std::move(authorityFolder))
    , m_listeners(std::move(listeners))
    , m_watch(m_listeners.clientsChanged)
    , m_setupSite(devices, m_watch.log, [this] { return authority(); })
{
}

base::Result<std::shared_ptr<const tls::Authority>> CaptureParts::authority()
{
    if (auto existing = existingAuthority()) {
        if (existing->isExpired(m_clock)) {
            return base::failure(base::ErrorCode::Permission, u"The certificate authority has expired."_s,
                                 u"It was valid for a year."_s,
                                 u"Make a new one under Setup, Use the proxy, or with "
                                 "'trackside-cli ca create --replace', and install it on your devices."_s);
        }
        return existing;
    }
    {
        const std::lock_guard lock(m_mutex);
        auto made = tls::Authority::loadOrCreate(m_authorityFolder, m_domains, m_clock);
        if (!made) {
            return base::Failure(made.error());
        }
        m_authority = std::move(*made);
    }
    if (m_listeners.authorityChanged) {
        m_listeners.authorityChanged();
    }
    return existingAuthority();
}

std::shared_ptr<const tls::Authority> CaptureParts::existingAuthority()
{
    const std::lock_guard lock(m_mutex);
    if (!m_isLoaded) {
        // A folder that can't be read counts as none: making one then says why it does not work.
        if (auto loaded = tls::Authority::load(m_authorityFolder)) {
            m_authority = std::move(*loaded);
        }
        m_isLoaded = true;
    }
    return m_authority;
}

base::Result<void> CaptureParts::makeAuthority()
{
    {
        const std::lock_guard lock(m_mutex);
        auto made = tls::Authority::create(m_authorityFolder, m_domains, m_clock);
        if (!made) {
            return base::Failure(made.error());
        }
        m_authority = std::move(*made);
        m_isLoaded = true;
    }
    if (m_listeners.authorityChanged) {
        m_listeners.authorityChanged();
    }
    return {};
}

base::Result<void> CaptureParts::removeAuthority()
{
    {
        const std::lock_guard lock(m_mutex);
        if (auto removed = tls::Authority::remove(m_authorityFolder); !removed) {
            return removed;
        }
        m_authority = nullptr;
        m_isLoaded = true;
    }
    if (m_listeners.authorityChanged) {
        m_listeners.authorityChanged();
    }
    return {};
}

bool CaptureParts::isAuthorityExpired()
{
    const auto existing = existingAuthority();
    return existing != nullptr && existing->isExpired(m_clock);
}

void CaptureParts::setDomains(const QStringList &domains)
{
    const std::lock_guard lock(m_mutex);
    m_domains = domains;
}

std::vector<capture::ClientReport> CaptureParts::clients()
{
    const std::vector<capture::Client> all = m_watch.log.clients();
    capture::DiagnosisFacts facts;
    facts.nowUs = m_clock.nowUs();
    if (const auto existing = existingAuthority()) {
        facts.isPermitted = [existing](const QByteArray &host) { return existing->isPermitted(host); };
    }
    std::vector<capture::ClientReport> reports;
    reports.reserve(all.size());
    for (const capture::Client &client : all) {
        reports.push_back({client, capture::diagnose(client, all, facts)});
    }
    return reports;
}

void CaptureParts::forgetClients()
{
    m_watch.log.clear();
    if (m_listeners.clientsChanged) {
        m_listeners.clientsChanged();
    }
}

capture::ServerParts CaptureParts::serverParts()
{
    return {[this] { return authority(); }, &m_watch, &faults, &devices, &m_setupSite};
}

} // namespace engine
