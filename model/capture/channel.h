// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tls/session.h"

#include <memory>
#include <vector>

#include <QByteArray>

namespace capture {

/// A connected socket, plain or TLS, without blocking: bytes in, bytes out. Who owns it watches it with the
/// Poller. Owns the descriptor. Capture thread.
class Channel
{
public:
    explicit Channel(int socket, std::unique_ptr<tls::Session> session = {});
    ~Channel();
    Channel(const Channel &) = delete;
    Channel &operator=(const Channel &) = delete;

    [[nodiscard]] int socket() const { return m_socket; }
    /// From here on TLS; `received` is what was read and belongs to it (the ClientHello). Decrypted bytes
    /// that were among them are appended to `plain`.
    void secure(std::unique_ptr<tls::Session> session, QByteArrayView received, QByteArray &plain);

    enum class Read : std::uint8_t {
        Data,    ///< something came; with TLS it may be no plain byte
        Nothing, ///< for now
        Ended,   ///< the peer ended its half (in TLS: close_notify or the socket's end)
        Broken,
    };
    /// One recv() of at most `scratch`; plain bytes are appended.
    [[nodiscard]] Read read(std::vector<char> &scratch, QByteArray &plain);
    /// Bytes of the socket are kept back until there is room again: `read` is not called meanwhile.

    void write(QByteArrayView plain); ///< queues
    enum class Flush : std::uint8_t { Done, Waiting, Broken };
    [[nodiscard]] Flush flush();
    [[nodiscard]] qsizetype unsent() const; ///< bytes queued for the socket
    /// Ends our half once all is sent (close_notify, then FIN); flush() does it.
    void endWriting();

    [[nodiscard]] tls::Session *session() const { return m_session.get(); }

private:
    int m_socket;
    std::unique_ptr<tls::Session> m_session;
    QByteArray m_out;
    qsizetype m_sent = 0;
    bool m_isEnding = false;
    bool m_isEnded = false;
};

} // namespace capture
