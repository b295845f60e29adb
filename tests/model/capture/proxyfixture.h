// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/server.h"
#include "client.h"

#include <vector>

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>

namespace tests {

inline const QByteArray trackBody =
    R"({"type":"track","event":"Order Placed","userId":"u1","messageId":"m1","writeKey":"FAKE_KEY_proxy_0001"})";

inline QByteArray postTo(const QByteArray &host, const QByteArray &target, const QByteArray &headers = {},
                         const QByteArray &body = trackBody)
{
    return "POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

inline QByteArray getFrom(const QByteArray &host, const QByteArray &target, const QByteArray &headers = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n";
}

inline QByteArray connectTo(const QByteArray &authority)
{
    return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
}

/// A client whose TLS is Qt's: not the one under test.
class TlsClient : public Client
{
public:
    explicit TlsClient(quint16 port, const QHostAddress &host = QHostAddress(QHostAddress::LocalHost))
        : Client(std::make_unique<QSslSocket>(), port, host)
    {
    }

    QSslSocket &tls() { return static_cast<QSslSocket &>(socket()); }
    /// For a host, trusting one certificate alone.
    void startTls(const QString &host, const QByteArray &trustedPem)
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setCaCertificates(QSslCertificate::fromData(trustedPem));
        configuration.setAllowedNextProtocols({"h2", "http/1.1"});
        tls().setSslConfiguration(configuration);
        tls().setPeerVerifyName(host);
        tls().startClientEncryption();
    }
    [[nodiscard]] bool isEncrypted() { return tls().isEncrypted(); }
};

/// A real host of the test's own, plain or TLS: keeps what came and answers what it is told.
class Host
{
public:
    struct Peer
    {
        QTcpSocket *socket = nullptr; ///< the server's
        std::unique_ptr<tls::Session> session;
        QByteArray received;
        bool hasEnded = false;

        void send(const QByteArray &bytes)
        {
            if (session != nullptr) {
                session->write(bytes);
                socket->write(session->takeOutput());
            } else {
                socket->write(bytes);
            }
            socket->flush();
        }
        void end()
        {
            if (session != nullptr) {
                session->end();
                socket->write(session->takeOutput());
            }
            socket->disconnectFromHost();
        }
    };

    /// With contexts: TLS.
    explicit Host(tls::ServerContexts *contexts = nullptr, const QByteArray &name = {})
    {
        if (!m_server.listen(QHostAddress(QHostAddress::LocalHost))) {
            qFatal("%s", qPrintable(m_server.errorString()));
        }
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this, contexts, name] {
            while (QTcpSocket *const socket = m_server.nextPendingConnection()) {
                auto peer = std::make_unique<Peer>();
                peer->socket = socket;
                if (contexts != nullptr) {
                    peer->session = tls::Session::accept(*contexts, name);
                }
                Peer *const raw = peer.get();
                peers.push_back(std::move(peer));
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [raw] { take(*raw); });
                QObject::connect(socket, &QTcpSocket::readChannelFinished, socket,
                                 [raw] { raw->hasEnded = true; });
            }
        });
    }
    ~Host()
    {
        // Their signals must find their peers.
        m_server.disconnect();
        for (const auto &peer : peers) {
            peer->socket->disconnect();
        }
    }
    Host(const Host &) = delete;
    Host &operator=(const Host &) = delete;

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QByteArray authority() const { return "127.0.0.1:" + QByteArray::number(port()); }

    std::vector<std::unique_ptr<Peer>> peers;

private:
    static void take(Peer &peer)
    {
        const QByteArray bytes = peer.socket->readAll();
        if (peer.session == nullptr) {
            peer.received += bytes;
            return;
        }
        peer.session->feed(bytes, peer.received);
        peer.socket->write(peer.session->takeOutput());
        peer.socket->flush();
    }

    QTcpServer m_server;
};

/// A proxy in front of the world: takes every CONNECT, and leads it to one port, whatever the name.
class WorldProxy
{
public:
    explicit WorldProxy(quint16 target)
        : m_target(target)
    {
        if (!m_server.listen(QHostAddress(QHostAddress::LocalHost))) {
            qFatal("%s", qPrintable(m_server.errorString()));
        }
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (QTcpSocket *const client = m_server.nextPendingConnection()) {
                auto head = std::make_shared<QByteArray>();
                auto host = std::make_shared<QTcpSocket *>(nullptr);
                QObject::connect(client, &QTcpSocket::readyRead, client,
                                 [this, client, head, host] { lead(client, *head, *host); });
            }
        });
    }

    [[nodiscard]] QString url() const
    {
        return QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort());
    }

    QByteArrayList heads; ///< first lines

private:
    void lead(QTcpSocket *client, QByteArray &head, QTcpSocket *&host)
    {
        if (host != nullptr) {
            host->write(client->readAll());
            return;
        }
        head += client->readAll();
        const qsizetype end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        heads << head.first(head.indexOf('\r'));
        host = new QTcpSocket(client);
        host->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
        QObject::connect(host, &QTcpSocket::readyRead, client,
                         [client, host] { client->write(host->readAll()); });
        QObject::connect(host, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
        QObject::connect(client, &QTcpSocket::disconnected, host, [host] { host->disconnectFromHost(); });
        if (head.startsWith("CONNECT ")) {
            client->write("HTTP/1.1 200 OK\r\n\r\n");
            host->write(head.sliced(end + 4));
        } else {
            host->write(head);
        }
    }

    QTcpServer m_server;
    quint16 m_target;
};

class RecordingObserver final : public capture::Observer
{
public:
    void observe(const capture::Observation &observation) override { all.push_back(observation); }

    [[nodiscard]] std::vector<capture::Observation> of(capture::Observation::Kind kind) const
    {
        std::vector<capture::Observation> found;
        std::copy_if(all.begin(), all.end(), std::back_inserter(found),
                     [kind](const capture::Observation &each) { return each.kind == kind; });
        return found;
    }
    [[nodiscard]] bool has(capture::Observation::Kind kind) const { return !of(kind).empty(); }

    std::vector<capture::Observation> all;
};

/// Keeps what is captured, and stores nothing.
class KeepingSink final : public event::RequestSink
{
public:
    void post(event::CapturedRequest request) override { requests.push_back(std::move(request)); }
    [[nodiscard]] bool isFull() const override { return false; }

    std::vector<event::CapturedRequest> requests;
};

/// The capture port with all its parts, and an authority of its own, in the test's own thread.
class Port
{
public:
    explicit Port(capture::ServerOptions options = {}, const QStringList &domains = {})
        : server(std::make_unique<capture::Server>(sink, clock, options))
    {
        auto made = tls::Authority::create(m_folder.filePath(QStringLiteral("ca")), domains, clock);
        if (!made) {
            qFatal("%s", qPrintable(made.error().oneLine()));
        }
        authority = *made;
        parts.authority = [this] { return base::Result<std::shared_ptr<const tls::Authority>>(authority); };
        parts.observer = &observer;
        proxy.domains = domains;
    }

    void listen(const std::vector<capture::Address> &addresses = {{QHostAddress(QHostAddress::LocalHost), 0}})
    {
        server->setParts(parts);
        if (const auto set = server->setProxy(proxy); !set) {
            qFatal("%s", qPrintable(set.error().oneLine()));
        }
        if (const auto listening = server->listen(addresses); !listening) {
            qFatal("%s", qPrintable(listening.error().oneLine()));
        }
    }
    [[nodiscard]] quint16 port() const { return server->addresses().front().port; }
    [[nodiscard]] QByteArray address() const { return "127.0.0.1:" + QByteArray::number(port()); }
    [[nodiscard]] QByteArray pem() const { return authority->exported(tls::ExportFormat::Pem); }
    [[nodiscard]] std::size_t captured() const { return sink.requests.size(); }
    /// As the store does: what was understood with success, what was not with its own status.
    void answerAll()
    {
        std::vector<event::Reply> replies;
        for (; m_answered < sink.requests.size(); ++m_answered) {
            const event::CapturedRequest &request = sink.requests[m_answered];
            const bool isGood = request.rejectCode.isEmpty();
            replies.push_back(
                {request.token,
                 {isGood ? 200 : request.rejectStatus, {}, isGood ? "{\"success\":true}" : "{}"},
                 isGood ? 1U : 0U,
                 request.rejectCode,
                 {}});
        }
        server->post(std::move(replies));
    }

    base::SystemClock clock;
    KeepingSink sink;
    RecordingObserver observer;
    std::shared_ptr<const tls::Authority> authority;
    capture::ServerParts parts;
    capture::ProxyOptions proxy;
    std::unique_ptr<capture::Server> server;

private:
    QTemporaryDir m_folder;
    std::size_t m_answered = 0;
};

} // namespace tests

#define TAKE(response, client)                                                                               \
    QTRY_VERIFY((client).hasResponse());                                                                     \
    const http::Response response = (client).take()
