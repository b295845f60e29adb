// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tls/session.h"

#include <functional>
#include <memory>
#include <vector>

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

namespace tests {

/// A host on the loopback that keeps what each visitor sends, byte for byte, and does what the test says.
class ScriptedHost : public QObject
{
public:
    class Visitor
    {
    public:
        explicit Visitor(QTcpSocket *socket)
            : m_socket(socket)
        {
        }

        /// From here on TLS.
        void secure(tls::ServerContexts &contexts)
        {
            m_session = tls::Session::accept(contexts, "127.0.0.1");
        }
        void send(const QByteArray &bytes)
        {
            if (m_session != nullptr) {
                m_session->write(bytes);
                push();
            } else {
                m_socket->write(bytes);
            }
        }
        /// Sends what is queued, and closes.
        void end()
        {
            if (m_session != nullptr) {
                m_session->end();
                push();
            }
            m_socket->disconnectFromHost();
        }
        void abort() { m_socket->abort(); }
        [[nodiscard]] bool isGone() const { return m_socket->state() == QAbstractSocket::UnconnectedState; }
        [[nodiscard]] bool isOpen() const
        {
            return m_session != nullptr && m_session->state() == tls::Session::State::Open;
        }
        [[nodiscard]] const tls::Session *session() const { return m_session.get(); }
        QTcpSocket &socket() { return *m_socket; }

        QByteArray received; ///< plain

    private:
        friend class ScriptedHost;

        bool pull()
        {
            if (m_session == nullptr) {
                received += m_socket->readAll();
                return true;
            }
            const bool wasOpen = isOpen();
            m_session->feed(m_socket->readAll(), received);
            push();
            return wasOpen || isOpen();
        }
        void push() { m_socket->write(m_session->takeOutput()); }

        QTcpSocket *m_socket;
        std::unique_ptr<tls::Session> m_session;
    };
    /// Something came, and of TLS the handshake is done.
    using Script = std::function<void(Visitor &visitor)>;

    explicit ScriptedHost(Script script = {}, tls::ServerContexts *contexts = nullptr,
                          const QHostAddress &address = QHostAddress(QHostAddress::LocalHost),
                          quint16 port = 0)
        : m_script(std::move(script))
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this, contexts] {
            while (QTcpSocket *socket = m_server.nextPendingConnection()) {
                auto &visitor = *m_visitors.emplace_back(std::make_unique<Visitor>(socket));
                if (contexts != nullptr) {
                    visitor.secure(*contexts);
                }
                connect(socket, &QTcpSocket::readyRead, this, [this, &visitor] {
                    if (m_isReading && visitor.pull() && m_script) {
                        m_script(visitor);
                    }
                });
            }
        });
        if (!m_server.listen(address, port)) {
            qFatal("%s", qPrintable(m_server.errorString()));
        }
    }

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] std::size_t count() const { return m_visitors.size(); }
    Visitor &visitor(std::size_t number = 0) { return *m_visitors.at(number); }
    void setScript(Script script) { m_script = std::move(script); }
    /// What comes now stays in the sockets, of which little is read.
    void stopReading(Visitor &visitor)
    {
        m_isReading = false;
        visitor.socket().setReadBufferSize(1);
    }
    void readOn(Visitor &visitor)
    {
        m_isReading = true;
        visitor.socket().setReadBufferSize(0);
        if (visitor.pull() && m_script) {
            m_script(visitor);
        }
    }

private:
    QTcpServer m_server;
    Script m_script;
    std::vector<std::unique_ptr<Visitor>> m_visitors;
    bool m_isReading = true;
};

/// A port of 127.0.0.1 where nobody listens at the moment.
inline quint16 deadPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace tests
