// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "tls/openssl.h"

#include <QStringList>

namespace tls {

/// A new EC P-256 key; null only when OpenSSL itself is broken.
[[nodiscard]] Key newKey();

/// A self-signed authority, named `commonName`, for the built-in domains and `domains`; from a day before
/// `nowUs` for one year.
[[nodiscard]] base::Result<Certificate> makeAuthority(EVP_PKEY *key, const QString &commonName,
                                                      const QStringList &domains, std::int64_t nowUs);

/// A server's certificate signed by `authority`: from a day before `nowUs`, 90 days, never longer than the
/// authority. BadInput when the name is neither a host name nor an address.
[[nodiscard]] base::Result<Certificate> makeLeaf(EVP_PKEY *key, X509 *authority, EVP_PKEY *authorityKey,
                                                 QByteArrayView nameOrAddress, std::int64_t nowUs);

/// The host names a constrained authority permits, in its order; nothing when it is not one of ours: no
/// critical constraints, or none on names or none on addresses.
[[nodiscard]] std::optional<QStringList> permittedDomains(const X509 *authority);

[[nodiscard]] std::int64_t microsecondsOf(const ASN1_TIME *time);

} // namespace tls
