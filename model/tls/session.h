// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tls/contexts.h"

#include <memory>
#include <optional>

#include <QByteArray>
#include <QString>

namespace tls {

/// Why a session failed.
struct SessionFailure
{
    enum class Side : std::uint8_t {
        Peer,     ///< it sent an alert, or left in mid-handshake
        Us,       ///< we refused: a certificate that does not verify, a protocol too old
        Protocol, ///< what came is no TLS
    } side = Side::Protocol;
    int alert = -1;            ///< TLS alert number (RFC 8446 6), the peer's or ours; -1 without one
    QByteArray alertName;      ///< "unknown_ca", "bad_certificate", "certificate_unknown", ...
    QString why;               ///< a sentence: OpenSSL's, the verification error's, or which alert came
    bool leftSilently = false; ///< ended in mid-handshake without an alert: Chromium's refusal looks so
};

/// One TLS connection without its socket: cipher bytes in and out, plain bytes in and out. TLS 1.2 and 1.3.
/// One thread; its contexts outlive it.
class Session
{
public:
    /// Server side. The certificate is for the name the client asks for (SNI), else for `fallbackName`, the
    /// address it was reached at or the tunnel's host.
    [[nodiscard]] static std::unique_ptr<Session> accept(ServerContexts &contexts,
                                                         const QByteArray &fallbackName);
    /// Client side; verifies the chain and the name (or address literal), and asks for http/1.1.
    [[nodiscard]] static std::unique_ptr<Session> connect(ClientContext &context, const QByteArray &host);
    ~Session();

    enum class State : std::uint8_t {
        Handshaking,
        Open,
        PeerEnded, ///< it said so (close_notify), or its socket ended; we may still write
        Failed,
    };
    [[nodiscard]] State state() const;

    /// From the socket. Decrypted bytes are appended to `plain`.
    void feed(QByteArrayView cipher, QByteArray &plain);
    /// The socket's end. In mid-handshake that is a failure.
    void inputEnded();
    /// Encrypts; before the handshake is done it waits.
    void write(QByteArrayView plain);
    /// Says close_notify.
    void end();
    /// What is to be sent, since it was last asked.
    [[nodiscard]] QByteArray takeOutput();

    [[nodiscard]] const std::optional<SessionFailure> &failure() const;
    [[nodiscard]] QByteArray serverName() const; ///< SNI as sent, lower case; empty without
    [[nodiscard]] bool isResumed() const;
    [[nodiscard]] QByteArray protocol() const;            ///< "TLSv1.3"
    [[nodiscard]] QByteArray applicationProtocol() const; ///< "http/1.1" as agreed by ALPN; empty without

private:
    Session();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tls
