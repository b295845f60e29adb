// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tls/session.h"

#include "tls/alerts.h"
#include "tls/names.h"
#include "tls/wire.h"

#include <algorithm>
#include <utility>

#include <openssl/err.h>

using namespace Qt::StringLiterals;

namespace tls {

namespace {

constexpr qsizetype recordBytes = SSL3_RT_MAX_PLAIN_LENGTH;

} // namespace

struct Session::Impl
{
    Wire wire;
    Ssl ssl;
    State state = State::Handshaking;
    QByteArray early; ///< written before the handshake was done
    bool isEnding = false;
    int alertSent = -1;
    std::optional<SessionFailure> failure;

    ServerContexts *contexts = nullptr; ///< server side
    QByteArray fallbackName;
    QString mintingError;

    ClientContext *client = nullptr; ///< client side
    QByteArray host;

    void setUp(SSL_CTX *context);
    void advance(QByteArray &plain);
    void readInto(QByteArray &plain);
    void send(QByteArrayView plain);
    void sendEnd();
    void settle(int result);
    void fail();
    void failSilently();

    static Impl *of(const SSL *ssl) { return static_cast<Impl *>(SSL_get_ex_data(ssl, 0)); }
    static int chooseCertificate(SSL *ssl, int *alert, void *argument);
    static int keepSession(SSL *ssl, SSL_SESSION *session);
    static void noteAlert(const SSL *ssl, int where, int value);
};

void Session::Impl::setUp(SSL_CTX *context)
{
    ssl.reset(SSL_new(context));
    Bio bio = newBio(wire);
    if (ssl == nullptr || bio == nullptr) {
        ssl.reset();
        fail();
        return;
    }
    SSL_set_bio(ssl.get(), bio.get(), bio.get());
    static_cast<void>(bio.release()); // the session's now
    SSL_set_ex_data(ssl.get(), 0, this);
    SSL_set_info_callback(ssl.get(), noteAlert);
}

int Session::Impl::chooseCertificate(SSL *ssl, int *alert, void * /*argument*/)
{
    Impl *impl = of(ssl);
    const char *asked = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    // Some clients send an address, which RFC 6066 forbids; it is what they want a certificate for.
    const QByteArrayView text(asked == nullptr ? "" : asked);
    const QByteArray name = addressBytes(text).isEmpty() ? hostName(text) : text.toByteArray().toLower();
    const auto context = impl->contexts->contextFor(name.isEmpty() ? impl->fallbackName : name);
    if (!context || SSL_set_SSL_CTX(ssl, *context) == nullptr) {
        impl->mintingError = context ? takeReason() : context.error().oneLine();
        *alert = SSL_AD_INTERNAL_ERROR;
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    }
    return SSL_TLSEXT_ERR_OK;
}

int Session::Impl::keepSession(SSL *ssl, SSL_SESSION *session)
{
    const Impl *impl = of(ssl);
    impl->client->keepSession(impl->host, session);
    return 1; // ours now
}

void Session::Impl::noteAlert(const SSL *ssl, int where, int value)
{
    if ((where & SSL_CB_WRITE_ALERT) == SSL_CB_WRITE_ALERT) {
        of(ssl)->alertSent = value & 0xff;
    }
}

void Session::Impl::advance(QByteArray &plain)
{
    if (state == State::Handshaking) {
        ERR_clear_error();
        if (const int done = SSL_do_handshake(ssl.get()); done != 1) {
            settle(done);
            return;
        }
        state = State::Open;
        send(std::exchange(early, {}));
        if (isEnding) {
            sendEnd();
        }
    }
    if (state == State::Open) {
        readInto(plain);
    }
}

void Session::Impl::readInto(QByteArray &plain)
{
    qsizetype used = plain.size();
    while (!wire.input.isEmpty() || SSL_has_pending(ssl.get()) == 1) {
        // Plain text is never longer than its records; of those one may have begun in an earlier feed.
        const qsizetype room =
            SSL_has_pending(ssl.get()) == 1 ? recordBytes : std::min(recordBytes, wire.input.size());
        plain.resize(used + room);
        ERR_clear_error();
        std::size_t got = 0;
        const int result = SSL_read_ex(ssl.get(), plain.data() + used, static_cast<std::size_t>(room), &got);
        if (result != 1) {
            plain.truncate(used);
            settle(result);
            return;
        }
        used += static_cast<qsizetype>(got);
        plain.truncate(used);
    }
}

void Session::Impl::send(QByteArrayView plain)
{
    if (plain.isEmpty()) {
        return;
    }
    ERR_clear_error();
    std::size_t written = 0;
    // Whole, since the output never blocks.
    if (SSL_write_ex(ssl.get(), plain.data(), static_cast<std::size_t>(plain.size()), &written) != 1) {
        fail();
    }
}

void Session::Impl::sendEnd()
{
    ERR_clear_error();
    SSL_shutdown(ssl.get());
}

void Session::Impl::settle(int result)
{
    switch (SSL_get_error(ssl.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        return;
    case SSL_ERROR_ZERO_RETURN:
        if (state == State::Open) {
            state = State::PeerEnded;
            return;
        }
        state = State::Failed;
        failure = SessionFailure{.side = SessionFailure::Side::Peer,
                                 .alert = SSL_AD_CLOSE_NOTIFY,
                                 .alertName = nameOfAlert(SSL_AD_CLOSE_NOTIFY),
                                 .why = u"The peer ended the handshake."_s};
        return;
    default:
        fail();
    }
}

void Session::Impl::fail()
{
    state = State::Failed;
    const int reason = ERR_GET_REASON(ERR_peek_error());
    SessionFailure &told = failure.emplace();
    told.why = takeReason();
    if (reason > SSL_AD_REASON_OFFSET && reason <= SSL_AD_REASON_OFFSET + 255) {
        told.side = SessionFailure::Side::Peer;
        told.alert = reason - SSL_AD_REASON_OFFSET;
        // OpenSSL's own words name SSL 3 for alerts as old as that.
        told.why = u"The peer sent the TLS alert %1."_s.arg(QString::fromLatin1(nameOfAlert(told.alert)));
    } else {
        told.side = isOurRefusal(reason) ? SessionFailure::Side::Us : SessionFailure::Side::Protocol;
        told.alert = alertSent;
    }
    if (told.alert >= 0) {
        told.alertName = nameOfAlert(told.alert);
    }
    if (!mintingError.isEmpty()) {
        told.side = SessionFailure::Side::Us;
        told.why = mintingError;
    } else if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED) {
        told.why =
            QString::fromLatin1(X509_verify_cert_error_string(SSL_get_verify_result(ssl.get()))) + u'.';
    }
}

void Session::Impl::failSilently()
{
    state = State::Failed;
    failure = SessionFailure{.side = SessionFailure::Side::Peer,
                             .alertName = {},
                             .why = u"The connection ended in the middle of the handshake."_s,
                             .leftSilently = true};
}

Session::Session()
    : m_impl(std::make_unique<Impl>())
{
}

Session::~Session()
{
    // Since TLS 1.1 an end without close_notify spoils no session (RFC 5246 7.2.1); to OpenSSL it does.
    if (m_impl->ssl != nullptr && m_impl->state != State::Failed) {
        SSL_set_shutdown(m_impl->ssl.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    }
}

std::unique_ptr<Session> Session::accept(ServerContexts &contexts, const QByteArray &fallbackName)
{
    std::unique_ptr<Session> session(new Session);
    Impl &impl = *session->m_impl;
    impl.contexts = &contexts;
    impl.fallbackName = fallbackName;
    // The macros of OpenSSL for these two cast as C does.
    SSL_CTX_callback_ctrl(contexts.entryContext(), SSL_CTRL_SET_TLSEXT_SERVERNAME_CB,
                          reinterpret_cast<void (*)()>(Impl::chooseCertificate));
    impl.setUp(contexts.entryContext());
    if (impl.ssl != nullptr) {
        SSL_set_accept_state(impl.ssl.get());
    }
    return session;
}

std::unique_ptr<Session> Session::connect(ClientContext &context, const QByteArray &host)
{
    std::unique_ptr<Session> session(new Session);
    Impl &impl = *session->m_impl;
    const QByteArray address = addressBytes(host);
    impl.client = &context;
    impl.host = address.isEmpty() ? hostName(host) : host;
    SSL_CTX_sess_set_new_cb(context.context(), Impl::keepSession);
    impl.setUp(context.context());
    if (impl.ssl == nullptr) {
        return session;
    }
    SSL *ssl = impl.ssl.get();
    X509_VERIFY_PARAM *verification = SSL_get0_param(ssl);
    X509_VERIFY_PARAM_set_hostflags(verification, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    const bool isNamed =
        address.isEmpty()
            ? !impl.host.isEmpty() &&
                  SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, impl.host.data()) ==
                      1 &&
                  X509_VERIFY_PARAM_set1_host(verification, impl.host.constData(), 0) == 1
            : X509_VERIFY_PARAM_set1_ip(verification,
                                        reinterpret_cast<const unsigned char *>(address.constData()),
                                        static_cast<std::size_t>(address.size())) == 1;
    if (!isNamed) {
        impl.state = State::Failed;
        impl.failure = SessionFailure{
            .side = SessionFailure::Side::Us,
            .alertName = {},
            .why = u"'%1' is neither a host name nor an address."_s.arg(QString::fromUtf8(host))};
        return session;
    }
    if (const SslSession last(context.takeSession(impl.host)); last != nullptr) {
        SSL_set_session(ssl, last.get());
    }
    SSL_set_connect_state(ssl);
    QByteArray nothing;
    impl.advance(nothing);
    return session;
}

Session::State Session::state() const
{
    return m_impl->state;
}

void Session::feed(QByteArrayView cipher, QByteArray &plain)
{
    if (m_impl->state == State::Failed || m_impl->state == State::PeerEnded) {
        return;
    }
    m_impl->wire.input = cipher;
    m_impl->advance(plain);
    m_impl->wire.input = {};
}

void Session::inputEnded()
{
    if (m_impl->state == State::Handshaking) {
        m_impl->failSilently();
    } else if (m_impl->state == State::Open) {
        m_impl->state = State::PeerEnded;
    }
}

void Session::write(QByteArrayView plain)
{
    if (m_impl->state == State::Failed || m_impl->isEnding) {
        return;
    }
    if (m_impl->state == State::Handshaking) {
        m_impl->early.append(plain);
    } else {
        m_impl->send(plain);
    }
}

void Session::end()
{
    const bool isSaid = std::exchange(m_impl->isEnding, true);
    if (!isSaid && (m_impl->state == State::Open || m_impl->state == State::PeerEnded)) {
        m_impl->sendEnd();
    }
}

QByteArray Session::takeOutput()
{
    return std::exchange(m_impl->wire.output, {});
}

const std::optional<SessionFailure> &Session::failure() const
{
    return m_impl->failure;
}

QByteArray Session::serverName() const
{
    const char *name =
        m_impl->ssl == nullptr ? nullptr : SSL_get_servername(m_impl->ssl.get(), TLSEXT_NAMETYPE_host_name);
    return QByteArray(name).toLower();
}

bool Session::isResumed() const
{
    return m_impl->ssl != nullptr && SSL_session_reused(m_impl->ssl.get()) == 1;
}

QByteArray Session::protocol() const
{
    return m_impl->ssl == nullptr ? QByteArray() : QByteArray(SSL_get_version(m_impl->ssl.get()));
}

QByteArray Session::applicationProtocol() const
{
    const unsigned char *name = nullptr;
    unsigned int size = 0;
    if (m_impl->ssl != nullptr) {
        SSL_get0_alpn_selected(m_impl->ssl.get(), &name, &size);
    }
    return {reinterpret_cast<const char *>(name), static_cast<qsizetype>(size)};
}

} // namespace tls
