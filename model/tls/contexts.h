// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "tls/authority.h"

#include <memory>

typedef struct ssl_ctx_st SSL_CTX;
typedef struct ssl_session_st SSL_SESSION;

namespace tls {

/// OpenSSL's server contexts, one for each host, made when first asked for and kept (the 256 used last), so
/// that a leaf is minted once and sessions are resumed. The chain sent is leaf, issuer and root. ALPN takes
/// http/1.1 when it is offered. One thread.
class ServerContexts
{
public:
    ServerContexts(std::shared_ptr<const Authority> authority, const base::Clock &clock);
    ~ServerContexts();
    ServerContexts(const ServerContexts &) = delete;
    ServerContexts &operator=(const ServerContexts &) = delete;

    /// For a host name or address literal, lower case. Owned by this.
    [[nodiscard]] base::Result<SSL_CTX *> contextFor(const QByteArray &nameOrAddress);
    /// What every session begins with, until the name is known; its tickets are good for all names.
    [[nodiscard]] SSL_CTX *entryContext() const;
    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] const Authority &authority() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// What is trusted of a server that Trackside calls: the system's certificates, and those of one more PEM
/// file when it is named. Keeps a server's last session, so that the next connection resumes it. One thread.
class ClientContext
{
public:
    /// NotFound or BadInput when `moreTrustedPem`, a path, has no certificates.
    [[nodiscard]] static base::Result<std::unique_ptr<ClientContext>>
    create(const QString &moreTrustedPem = {});
    ~ClientContext();

    [[nodiscard]] SSL_CTX *context() const;
    /// A session to resume with a host; null without. One of TLS 1.3 is handed out once (RFC 8446 C.4). The
    /// caller's to free.
    [[nodiscard]] SSL_SESSION *takeSession(const QByteArray &host);
    /// Takes ownership.
    void keepSession(const QByteArray &host, SSL_SESSION *session);

private:
    ClientContext();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tls
