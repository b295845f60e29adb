// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <QByteArray>
#include <QString>

namespace tls {

template <auto release>
struct Release
{
    template <typename T>
    void operator()(T *object) const
    {
        release(object);
    }
};

using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Constraints = std::unique_ptr<NAME_CONSTRAINTS, Release<NAME_CONSTRAINTS_free>>;
using Bio = std::unique_ptr<BIO, Release<BIO_free>>;
using Ssl = std::unique_ptr<SSL, Release<SSL_free>>;
using SslContext = std::unique_ptr<SSL_CTX, Release<SSL_CTX_free>>;
using SslSession = std::unique_ptr<SSL_SESSION, Release<SSL_SESSION_free>>;

/// Why the last call of OpenSSL failed, as a sentence; empties its queue of errors.
[[nodiscard]] QString takeReason();

[[nodiscard]] Certificate certificateOf(const QByteArray &der);
[[nodiscard]] QByteArray derOf(const X509 *certificate);

} // namespace tls
