// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/remedy.h"

#include <QCoreApplication>
#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct Remedies
{
    Q_DECLARE_TR_FUNCTIONS(Remedies)
};

constexpr qsizetype hostsOffered = 3;

std::vector<Remedy> addDomains(const QStringList &args)
{
    std::vector<Remedy> remedies;
    for (const QString &arg : args.join(u' ').split(u' ', Qt::SkipEmptyParts)) {
        QString host = arg;
        while (host.endsWith(u',') || host.endsWith(u'.'))
            host.chop(1);
        // An address can't be a domain of the authority's.
        if (host.contains(u'.') && QHostAddress(host).isNull() &&
            static_cast<qsizetype>(remedies.size()) < hostsOffered)
            remedies.push_back({Remedy::Act::AddDomain, Remedies::tr("Decrypt %1…").arg(host), host});
    }
    return remedies;
}

} // namespace

std::vector<Remedy> remediesFor(const capture::Diagnosis &diagnosis, const capture::Client &client)
{
    using capture::Ailment;
    switch (diagnosis.ailment) {
    case Ailment::NotTrusted:
        return {{Remedy::Act::InstallCertificate, Remedies::tr("How to install it"), {}},
                {Remedy::Act::SaveCertificate, Remedies::tr("Save the certificate…"), {}}};
    case Ailment::NotPermitted:
    case Ailment::OnlyTunnels:
        return addDomains(diagnosis.args);
    case Ailment::HostUnreachable:
        return {{Remedy::Act::SetUpstream, Remedies::tr("Set an upstream proxy"), {}}};
    case Ailment::NotAccepted:
        return {{Remedy::Act::AcceptDevice, Remedies::tr("Accept this device"),
                 QString::fromLatin1(client.address)}};
    case Ailment::OnlyScript:
    case Ailment::WrongPath:
    case Ailment::NoWriteKey:
    case Ailment::NotSegment:
        return {{Remedy::Act::ConnectApp, Remedies::tr("Show the lines to copy"), {}}};
    case Ailment::Well:
    case Ailment::Pinned:
    case Ailment::TlsTooOld:
    case Ailment::TlsFailed:
    case Ailment::Connected:
    case Ailment::LeftHandshake:
    case Ailment::TunnelNotAllowed:
    case Ailment::OnlySettings:
    case Ailment::OnlyPreflights:
    case Ailment::OnlyMetrics:
    case Ailment::BadJson:
    case Ailment::BadEncoding:
    case Ailment::EmptyBody:
    case Ailment::TooLarge:
    case Ailment::Http2:
    case Ailment::BrokenHttp:
    case Ailment::AnsweredErrors:
    case Ailment::Silent:
    case Ailment::SetupOnly:
        return {};
    }
    return {};
}

} // namespace ui
