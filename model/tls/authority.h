// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <memory>

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace tls {

enum class ExportFormat : std::uint8_t { Pem, Der, MobileConfig };

struct AuthorityInfo
{
    QString name;      ///< common name: "Trackside CA of HOST, 2026-11-25"
    QByteArray sha256; ///< fingerprint of the certificate, raw 32 bytes
    std::int64_t notBeforeUs = 0, notAfterUs = 0;
    QStringList domains; ///< the user's own, as constrained; Segment's and localhost are always there
    QString certificatePath, keyPath;
};

/// A certificate and its key as OpenSSL reads them.
struct Leaf
{
    QByteArray certificateDer;
    QByteArray keyDer; ///< PKCS #8; one key for all leaves of a run
};

/// Trackside's certificate authority: EC P-256, valid one year, its key 0600, and name-constrained (critical,
/// RFC 5280 4.2.1.10): Segment's domains, the user's own, localhost, and the loopback, private and link-local
/// address ranges are permitted, every other name and address is excluded. Clients trust its root, whose key
/// was thrown away once it had signed an issuer with the same constraints; the key that is kept is the
/// issuer's. So the constraints hold with verifiers, too, that overlook those of a trusted root (Java,
/// Android). Immutable; any thread.
class Authority
{
public:
    /// Makes a new one in `folder` (made 0700), in place of the old. `domains` are host names
    /// ("t.example.com", which covers what lies below it); BadInput names a wrong one (an address, a
    /// wildcard, a public suffix of one label, Trackside's own are silently left out).
    [[nodiscard]] static base::Result<std::shared_ptr<const Authority>>
    create(const QString &folder, const QStringList &domains, const base::Clock &clock);
    /// What is there, also an expired one; without any, a new one for `domains`. Two programs that start at
    /// once get the same.
    [[nodiscard]] static base::Result<std::shared_ptr<const Authority>>
    loadOrCreate(const QString &folder, const QStringList &domains, const base::Clock &clock);
    /// NotFound when there is none; Corrupt when its files don't fit; Expired is no failure, see isExpired().
    [[nodiscard]] static base::Result<std::shared_ptr<const Authority>> load(const QString &folder);
    /// Deletes key and certificate, and the folder when nothing else is in it; no failure when there were
    /// none.
    [[nodiscard]] static base::Result<void> remove(const QString &folder);
    ~Authority();

    [[nodiscard]] const AuthorityInfo &info() const;
    [[nodiscard]] bool isExpired(const base::Clock &clock) const;
    /// The root, which clients are to trust.
    [[nodiscard]] QByteArray certificateDer() const;
    /// What a server sends behind its leaf: the issuer, then the root.
    [[nodiscard]] QList<QByteArray> chainDer() const;
    /// The certificate alone, never the key. A .mobileconfig is Apple's profile with the certificate as a
    /// root.
    [[nodiscard]] QByteArray exported(ExportFormat format) const;
    /// Within the constraints: a client that trusts this authority will take a leaf for it.
    [[nodiscard]] bool isPermitted(const QByteArray &nameOrAddress) const;
    /// Signs a leaf for a host name or an address literal (SAN DNS or IP; with a loopback address "localhost"
    /// besides), also for one outside the
    /// constraints: the client is to refuse that itself. Valid from a day ago, 90 days, never longer than the
    /// authority. BadInput when it is neither a name nor an address; Unsupported once the authority is
    /// expired.
    [[nodiscard]] base::Result<Leaf> mint(const QByteArray &nameOrAddress, const base::Clock &clock) const;

private:
    Authority();
    struct Impl;
    std::unique_ptr<Impl> m_impl;

    static std::shared_ptr<Authority> make(std::unique_ptr<Impl> impl);
};

/// $XDG_DATA_HOME/trackside/ca.
[[nodiscard]] QString defaultAuthorityFolder();

/// What every authority permits beside the user's own: "segment.io", "segment.com", "segmentapis.com",
/// "localhost".
[[nodiscard]] const QStringList &builtInDomains();

} // namespace tls
