// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tls/session.h"

#include <memory>
#include <vector>

#include <QByteArray>

namespace capture {

/// A connected socket, plain or TLS, without blocking: bytes in, bytes out. Who owns it watches it with the
/// Poller, and reads only when there is room for what comes. Owns the descriptor. Capture thread.
class Channel
{
public:
    explicit Channel(int socket, std::unique_ptr<tls::Session> session = {});
    ~Channel();
    Channel(const Channel &) = delete;
    Channel &operator=(const Channel &) = delete;

    [[nodiscard]] int socket() const { return m_socket; }
    /// From here on TLS; `received` is what was read and belongs to it (the ClientHello). Decrypted bytes
    /// that were among them are appended to `plain`. `contexts` is kept for as long as the session.
    void secure(std::unique_ptr<tls::Session> session, QByteArrayView received, QByteArray &plain,
                std::shared_ptr<const void> contexts = {});

    enum class Read : std::uint8_t {
        Data,    ///< something came; with TLS it may be no plain byte
        Nothing, ///< for now
        Ended,   ///< the peer ended its half (in TLS: close_notify or the socket's end)
        Broken,  ///< the socket, or TLS: see session()->failure()
    };
    /// One recv() of at most `scratch`; plain bytes are appended, also before an end. TLS may have something
    /// to say to it: flush() behind it.
    [[nodiscard]] Read read(std::vector<char> &scratch, QByteArray &plain);
    /// The same without a copy: `plain` points into `scratch` or the channel until the next call.
    [[nodiscard]] Read readInPlace(std::vector<char> &scratch, QByteArrayView &plain);
    /// Throws away what came, whatever it was.
    [[nodiscard]] Read discard(std::vector<char> &scratch);
    /// The last read took all there was: no other is worth a system call.
    [[nodiscard]] bool isDrained() const { return m_isDrained; }

    void write(QByteArrayView plain); ///< queues
    void write(QByteArray &&plain);   ///< the same; keeps the bytes when nothing is queued
    enum class Flush : std::uint8_t { Done, Waiting, Broken };
    [[nodiscard]] Flush flush();
    [[nodiscard]] qsizetype unsent() const { return m_out.size() - m_sent; } ///< queued for the socket
    /// Ends our half once all is sent (close_notify, then FIN); flush() does it.
    void endWriting();

    [[nodiscard]] tls::Session *session() const { return m_session.get(); }

private:
    [[nodiscard]] Read receive(std::vector<char> &scratch, qsizetype &count);
    [[nodiscard]] Read decrypt(Read read, QByteArrayView cipher, QByteArray &plain);
    void takeCipher();

    int m_socket;
    std::shared_ptr<const void> m_contexts; ///< outlives the session
    std::unique_ptr<tls::Session> m_session;
    QByteArray m_decrypted; ///< of readInPlace
    QByteArray m_out;
    qsizetype m_sent = 0; ///< of m_out
    bool m_isDrained = false;
    bool m_isEnding = false;
    bool m_isEnded = false;
};

} // namespace capture
