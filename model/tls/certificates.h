// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "tls/openssl.h"

#include <QStringList>

namespace tls {

/// A new EC P-256 key; null only when OpenSSL itself is broken.
[[nodiscard]] Key newKey();

/// Clients trust `root`; `issuer` signs. Both are constrained alike, because a verifier that goes by RFC 5280
/// alone (Java, Android) does not look at the constraints of what it trusts, only at those below it.
struct AuthorityCertificates
{
    Certificate root;
    Certificate issuer;
};

/// For `issuerKey`; the root's key is made, signs the issuer, and is no more. `place` becomes part of the
/// names. Permitted are the built-in domains and `domains`, from a day before `nowUs` for one year.
[[nodiscard]] base::Result<AuthorityCertificates>
makeAuthority(EVP_PKEY *issuerKey, const QString &place, const QStringList &domains, std::int64_t nowUs);

/// A server's certificate signed by `issuer`: from a day before `nowUs`, 90 days, never longer than the
/// issuer. One for a loopback address is good for "localhost", too. BadInput when the name is neither a host
/// name nor an address.
[[nodiscard]] base::Result<Certificate> makeLeaf(EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuerKey,
                                                 QByteArrayView nameOrAddress, std::int64_t nowUs);

/// The host names a constrained authority permits, in its order; nothing when it is not one of ours: no
/// critical constraints, or none on names or none on addresses.
[[nodiscard]] std::optional<QStringList> permittedDomains(const X509 *authority);

[[nodiscard]] std::int64_t microsecondsOf(const ASN1_TIME *time);

} // namespace tls
