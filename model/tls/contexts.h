// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "tls/authority.h"

#include <memory>

typedef struct ssl_ctx_st SSL_CTX;

namespace tls {

/// OpenSSL's server contexts, one for each host, made when first asked for and kept (the 256 used last), so
/// that a leaf is minted once and sessions are resumed. The chain sent is leaf and authority. ALPN takes
/// http/1.1. One thread.
class ServerContexts
{
public:
    ServerContexts(std::shared_ptr<const Authority> authority, const base::Clock &clock);
    ~ServerContexts();
    ServerContexts(const ServerContexts &) = delete;
    ServerContexts &operator=(const ServerContexts &) = delete;

    /// For a host name or address literal, lower case. Owned by this.
    [[nodiscard]] base::Result<SSL_CTX *> contextFor(const QByteArray &nameOrAddress);
    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] const Authority &authority() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// What is trusted of a server that Trackside calls: the system's certificates, and those of one more PEM
/// file when it is named. One thread.
class ClientContext
{
public:
    [[nodiscard]] static base::Result<std::unique_ptr<ClientContext>>
    create(const QString &moreTrustedPem = {});
    ~ClientContext();

    [[nodiscard]] SSL_CTX *context() const;

private:
    ClientContext();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tls
