// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tls/contexts.h"

#include "tls/openssl.h"

#include <algorithm>
#include <list>
#include <vector>

#include <QFile>
#include <QHash>

using namespace Qt::StringLiterals;

namespace tls {

namespace {

constexpr std::size_t mostContexts = 256;
constexpr qsizetype mostClientSessions = 128;
constexpr long sessionSeconds = 7200;
constexpr std::int64_t renewAfterUs = std::int64_t{30} * 86'400 * 1'000'000; // of a leaf's 90 days

constexpr unsigned char http11[] = "\x08http/1.1";
constexpr unsigned int http11Bytes = sizeof http11 - 1;

/// Who does not offer http/1.1 gets no answer to its ALPN rather than an alert: what it speaks is seen then.
int chooseProtocol(SSL * /*ssl*/, const unsigned char **out, unsigned char *outBytes, const unsigned char *in,
                   unsigned int inBytes, void * /*argument*/)
{
    unsigned char *chosen = nullptr;
    if (SSL_select_next_proto(&chosen, outBytes, http11, http11Bytes, in, inBytes) !=
        OPENSSL_NPN_NEGOTIATED) {
        return SSL_TLSEXT_ERR_NOACK;
    }
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

void setUp(SSL_CTX *context)
{
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_timeout(context, sessionSeconds);
}

SslContext newServerContext()
{
    SslContext context(SSL_CTX_new(TLS_server_method()));
    if (context != nullptr) {
        setUp(context.get());
        SSL_CTX_set_alpn_select_cb(context.get(), chooseProtocol, nullptr);
        SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_SERVER);
        // One for all hosts: a session begun in the entry context goes on in a host's.
        static constexpr unsigned char id[] = "trackside";
        SSL_CTX_set_session_id_context(context.get(), id, sizeof id - 1);
    }
    return context;
}

base::Failure noContext()
{
    return base::failure(base::ErrorCode::Internal, u"TLS could not be set up."_s, takeReason(),
                         u"Report this as a fault, with the version of OpenSSL."_s);
}

} // namespace

struct ServerContexts::Impl
{
    struct Entry
    {
        QByteArray name;
        SslContext context;
        std::int64_t mintedUs;
    };

    std::shared_ptr<const Authority> authority;
    const base::Clock &clock;
    std::vector<Certificate> chain; ///< behind each leaf
    QByteArray leafKeyDer;          ///< what leafKey was read from; reading it costs more than a signature
    Key leafKey;
    SslContext entryContext = newServerContext();
    std::list<Entry> entries; ///< used last first
    QHash<QByteArray, std::list<Entry>::iterator> byName;

    void forget(std::list<Entry>::iterator entry)
    {
        byName.remove(entry->name);
        entries.erase(entry);
    }

    [[nodiscard]] base::Result<SslContext> make(const QByteArray &nameOrAddress)
    {
        const auto leaf = authority->mint(nameOrAddress, clock);
        if (!leaf) {
            return base::Failure(leaf.error());
        }
        if (leaf->keyDer != leafKeyDer) {
            const auto *bytes = reinterpret_cast<const unsigned char *>(leaf->keyDer.constData());
            leafKey.reset(d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(leaf->keyDer.size())));
            leafKeyDer = leaf->keyDer;
        }
        SslContext context = newServerContext();
        const Certificate certificate = certificateOf(leaf->certificateDer);
        if (context == nullptr || SSL_CTX_use_certificate(context.get(), certificate.get()) != 1 ||
            SSL_CTX_use_PrivateKey(context.get(), leafKey.get()) != 1 ||
            !std::ranges::all_of(chain, [&](const Certificate &link) {
                return SSL_CTX_add1_chain_cert(context.get(), link.get()) == 1;
            })) {
            return noContext();
        }
        return context;
    }
};

ServerContexts::ServerContexts(std::shared_ptr<const Authority> authority, const base::Clock &clock)
    : m_impl(new Impl{.authority = std::move(authority),
                      .clock = clock,
                      .chain = {},
                      .leafKeyDer = {},
                      .leafKey = {},
                      .entries = {},
                      .byName = {}})
{
    for (const QByteArray &der : m_impl->authority->chainDer()) {
        m_impl->chain.push_back(certificateOf(der));
    }
}

ServerContexts::~ServerContexts() = default;

base::Result<SSL_CTX *> ServerContexts::contextFor(const QByteArray &nameOrAddress)
{
    const std::int64_t nowUs = m_impl->clock.nowUs();
    if (const auto found = m_impl->byName.constFind(nameOrAddress); found != m_impl->byName.cend()) {
        const auto entry = *found;
        if (nowUs - entry->mintedUs < renewAfterUs) {
            m_impl->entries.splice(m_impl->entries.begin(), m_impl->entries, entry);
            return entry->context.get();
        }
        m_impl->forget(entry);
    }
    auto context = m_impl->make(nameOrAddress);
    if (!context) {
        return base::Failure(context.error());
    }
    if (m_impl->entries.size() >= mostContexts) {
        m_impl->forget(std::prev(m_impl->entries.end()));
    }
    m_impl->entries.push_front({nameOrAddress, std::move(*context), nowUs});
    m_impl->byName.insert(nameOrAddress, m_impl->entries.begin());
    return m_impl->entries.front().context.get();
}

SSL_CTX *ServerContexts::entryContext() const
{
    return m_impl->entryContext.get();
}

std::size_t ServerContexts::count() const
{
    return m_impl->entries.size();
}

const Authority &ServerContexts::authority() const
{
    return *m_impl->authority;
}

struct ClientContext::Impl
{
    SslContext context;
    QHash<QByteArray, std::shared_ptr<SSL_SESSION>> sessions;
};

ClientContext::ClientContext()
    : m_impl(std::make_unique<Impl>())
{
}

ClientContext::~ClientContext() = default;

base::Result<std::unique_ptr<ClientContext>> ClientContext::create(const QString &moreTrustedPem)
{
    std::unique_ptr<ClientContext> client(new ClientContext);
    SslContext &context = client->m_impl->context;
    context.reset(SSL_CTX_new(TLS_client_method()));
    if (context == nullptr || SSL_CTX_set_default_verify_paths(context.get()) != 1) {
        return noContext();
    }
    setUp(context.get());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_alpn_protos(context.get(), http11, http11Bytes);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    if (!moreTrustedPem.isEmpty() &&
        SSL_CTX_load_verify_file(context.get(), QFile::encodeName(moreTrustedPem).constData()) != 1) {
        const bool isThere = QFile::exists(moreTrustedPem);
        return base::failure(isThere ? base::ErrorCode::BadInput : base::ErrorCode::NotFound,
                             u"The certificates in %1 can't be used."_s.arg(moreTrustedPem),
                             isThere ? takeReason() : u"There is no such file."_s,
                             u"Name a PEM file with the certificates to trust."_s);
    }
    return client;
}

SSL_CTX *ClientContext::context() const
{
    return m_impl->context.get();
}

SSL_SESSION *ClientContext::takeSession(const QByteArray &host)
{
    const std::shared_ptr<SSL_SESSION> session = m_impl->sessions.value(host);
    if (session == nullptr) {
        return nullptr;
    }
    if (SSL_SESSION_get_protocol_version(session.get()) == TLS1_3_VERSION) {
        m_impl->sessions.remove(host);
    }
    SSL_SESSION_up_ref(session.get());
    return session.get();
}

void ClientContext::keepSession(const QByteArray &host, SSL_SESSION *session)
{
    const std::shared_ptr<SSL_SESSION> kept(session, SSL_SESSION_free);
    if (m_impl->sessions.size() >= mostClientSessions && !m_impl->sessions.contains(host)) {
        m_impl->sessions.erase(m_impl->sessions.begin());
    }
    m_impl->sessions.insert(host, kept);
}

} // namespace tls
