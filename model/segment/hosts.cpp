// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/hosts.h"

#include <array>

namespace segment {

namespace {

struct KnownHost
{
    QByteArrayView name;
    HostKind kind;
};

/// Every host an SDK posts events to, or fetches settings, scripts or tokens from, in all regions. What lies
/// beside them (the Public API, edge functions, the Object API) carries no events.
constexpr std::array knownHosts{
    KnownHost{"api.segment.io", HostKind::Tracking},
    KnownHost{"events.eu1.segmentapis.com", HostKind::Tracking},
    KnownHost{"api.segment.com", HostKind::Tracking},        // named once in Segment's guides
    KnownHost{"in.eu2.segmentapis.com", HostKind::Tracking}, // in the tests of analytics-ios
    KnownHost{"cdn.segment.com", HostKind::Cdn},             // browser
    KnownHost{"cdn-settings.segment.com", HostKind::Cdn},    // mobile
    KnownHost{"oauth2.segment.io", HostKind::OAuth},
    KnownHost{"oauth2.eu1.segmentapis.com", HostKind::OAuth},
};

QByteArray plainName(QByteArrayView host)
{
    QByteArray name = host.toByteArray().trimmed().toLower();
    if (name.endsWith('.')) {
        name.chop(1);
    }
    return name;
}

} // namespace

Hosts::Hosts(const QStringList &customDomains)
{
    for (const QString &domain : customDomains) {
        QByteArray name = plainName(domain.toUtf8());
        if (name.startsWith("*.")) {
            name.remove(0, 2);
        }
        if (!name.isEmpty()) {
            m_customDomains.push_back(name);
        }
    }
}

HostKind Hosts::kindOf(QByteArrayView host) const
{
    const QByteArray name = plainName(host);
    for (const KnownHost &known : knownHosts) {
        if (known.name == name) {
            return known.kind;
        }
    }
    for (const QByteArray &domain : m_customDomains) {
        if (name == domain || (name.size() > domain.size() && name.endsWith(domain) &&
                               name.at(name.size() - domain.size() - 1) == '.')) {
            return HostKind::Custom;
        }
    }
    return HostKind::Other;
}

} // namespace segment
