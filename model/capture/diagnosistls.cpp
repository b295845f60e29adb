// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/diagnosistls.h"

#include "capture/useragent.h"

#include <algorithm>

#include <QHostAddress>

namespace capture {

namespace {

using Kind = Observation::Kind;

/// RFC 8446 6, and RFC 5246 7.2 for what only TLS 1.2 has.
enum Alert : int {
    HandshakeFailure = 40,
    BadCertificate = 42,
    UnsupportedCertificate = 43,
    CertificateRevoked = 44,
    CertificateExpired = 45,
    CertificateUnknown = 46,
    UnknownCa = 48,
    AccessDenied = 49,
    ProtocolVersion = 70,
    InsufficientSecurity = 71,
    UserCanceled = 90,
};

/// Spare connections are opened and dropped in mid-handshake: only more than that is a refusal.
constexpr std::uint32_t leavingsOfKnown = 2;
constexpr std::uint32_t leavingsOfUnknown = 3;

enum class Refusal : std::uint8_t { Trust, Version, Left, Other };

Refusal refusalOf(const Client::TlsHost &host)
{
    switch (host.alert) {
    case BadCertificate:
    case UnsupportedCertificate:
    case CertificateRevoked:
    case CertificateExpired:
    case CertificateUnknown:
    case UnknownCa:
    case AccessDenied:
        return Refusal::Trust;
    case HandshakeFailure:
    case ProtocolVersion:
    case InsufficientSecurity:
        return Refusal::Version;
    case UserCanceled:
    case 0: // close_notify
        return Refusal::Left;
    default:
        return host.alert < 0 ? Refusal::Left : Refusal::Other;
    }
}

/// These close the connection without an alert when they don't trust a certificate.
bool refusesByLeaving(const QByteArray &agent)
{
    const Runtime runtime = readUserAgent(agent).runtime;
    return runtime == Runtime::Chromium || runtime == Runtime::Node || runtime == Runtime::Android;
}

bool isDeviceOfNetwork(const Client &client)
{
    return !QHostAddress(QString::fromLatin1(client.address)).isLoopback();
}

/// The client takes our certificate for other names, or another program of its device does. On this machine
/// the latter says nothing: Node, Java, Python and Firefox each have a store of their own.
bool isTrustedElsewhere(const Client &client, const Client::TlsHost &refused, const std::vector<Client> &all)
{
    const auto trusts = [&refused](const Client::TlsHost &each) {
        return each.openedUs > 0 && !each.isRefusing() && each.host != refused.host;
    };
    // Without an agent it may be several programs.
    if (!client.agent.isEmpty() || isDeviceOfNetwork(client)) {
        if (std::any_of(client.tlsHosts.begin(), client.tlsHosts.end(), trusts)) {
            return true;
        }
    }
    return isDeviceOfNetwork(client) && std::any_of(all.begin(), all.end(), [&](const Client &other) {
               return other.address == client.address && other.agent != client.agent &&
                      std::any_of(other.tlsHosts.begin(), other.tlsHosts.end(),
                                  [](const auto &each) { return each.openedUs > 0 && !each.isRefusing(); });
           });
}

bool isAboutVersions(const QByteArray &why)
{
    const QByteArray lower = why.toLower();
    return lower.contains("unsupported protocol") || lower.contains("no shared cipher") ||
           lower.contains("version") || lower.contains("no suitable");
}

class TlsExamination
{
public:
    TlsExamination(const Client &client, const std::vector<Client> &all, const DiagnosisFacts &facts)
        : m_client(client)
        , m_all(all)
        , m_facts(facts)
        , m_events(client.of(Kind::Events))
    {
    }

    std::vector<Diagnosis> told()
    {
        for (const Client::TlsHost &host : m_client.tlsHosts) {
            if (host.isRefusing() && !isForgiven(host)) {
                examine(host);
            }
        }
        examineBroken();
        return std::move(m_told);
    }

private:
    /// The app was led here by another way since.
    [[nodiscard]] bool isForgiven(const Client::TlsHost &host) const
    {
        return host.mode == Mode::EndpointTls && m_events.lastUs > host.refusedUs;
    }

    void examine(const Client::TlsHost &host)
    {
        const QString name = QString::fromUtf8(host.host);
        const QString how = QString::fromUtf8(host.detail);
        switch (refusalOf(host)) {
        case Refusal::Version:
            tell(Ailment::TlsTooOld, {how}, host.refusedUs);
            return;
        case Refusal::Other:
            tell(Ailment::TlsFailed, {name, how}, host.refusedUs);
            return;
        case Refusal::Left:
            examineLeaving(host);
            return;
        case Refusal::Trust:
            tellDistrust(host);
            return;
        }
    }

    void examineLeaving(const Client::TlsHost &host)
    {
        if (refusesByLeaving(m_client.agent) && host.refusals >= leavingsOfKnown) {
            tellDistrust(host);
        } else if (host.refusals >= leavingsOfUnknown) {
            tell(Ailment::LeftHandshake, {QString::fromUtf8(host.host)}, host.refusedUs);
        }
    }

    void tellDistrust(const Client::TlsHost &host)
    {
        const QString name = QString::fromUtf8(host.host);
        if (!host.host.isEmpty() && m_facts.isPermitted && !m_facts.isPermitted(host.host)) {
            tell(Ailment::NotPermitted, {name}, host.refusedUs);
        } else if (isTrustedElsewhere(m_client, host, m_all)) {
            tell(Ailment::Pinned, {name}, host.refusedUs);
        } else {
            tell(Ailment::NotTrusted, {name, QString::fromUtf8(host.detail)}, host.refusedUs);
        }
    }

    void examineBroken()
    {
        const Client::Noted &broken = m_client.of(Kind::TlsBroken);
        const bool isOver = m_client.of(Kind::TlsOpened).lastUs > broken.lastUs ||
                            m_events.lastUs > broken.lastUs || broken.count == 0;
        if (isOver) {
            return;
        }
        const QString why = QString::fromUtf8(broken.last.detail);
        if (isAboutVersions(broken.last.detail)) {
            tell(Ailment::TlsTooOld, {why}, broken.lastUs);
        } else {
            tell(Ailment::TlsFailed, {QString::fromUtf8(broken.last.host), why}, broken.lastUs);
        }
    }

    /// Of several names with the same trouble, the last.
    void tell(Ailment ailment, const QStringList &args, std::int64_t atUs)
    {
        const auto level = m_events.lastUs > atUs ? AilmentLevel::Note : AilmentLevel::Problem;
        const auto same = std::find_if(m_told.begin(), m_told.end(),
                                       [ailment](const Diagnosis &each) { return each.ailment == ailment; });
        if (same == m_told.end()) {
            m_told.push_back({ailment, level, args, atUs});
        } else if (same->atUs < atUs) {
            *same = {ailment, level, args, atUs};
        }
    }

    const Client &m_client;
    const std::vector<Client> &m_all;
    const DiagnosisFacts &m_facts;
    const Client::Noted &m_events;
    std::vector<Diagnosis> m_told;
};

} // namespace

std::vector<Diagnosis> tlsDiagnoses(const Client &client, const std::vector<Client> &all,
                                    const DiagnosisFacts &facts)
{
    return TlsExamination(client, all, facts).told();
}

} // namespace capture
