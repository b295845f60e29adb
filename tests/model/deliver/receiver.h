// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/requestparser.h"

#include <functional>
#include <map>

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

namespace tests {

/// An HTTP receiver on the loopback that keeps what it gets and answers as the test says.
class Receiver : public QObject
{
public:
    /// The bytes of an answer; empty: none, the request hangs.
    using Answer = std::function<QByteArray(const http::Request &request, std::size_t number)>;

    explicit Receiver(Answer answer = {})
        : m_answer(std::move(answer))
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = m_server.nextPendingConnection()) {
                auto parser = std::make_shared<http::RequestParser>();
                connect(socket, &QTcpSocket::readyRead, this, [this, socket, parser] {
                    for (const http::Action &action : parser->feed(socket->readAll())) {
                        if (const auto *complete = std::get_if<http::RequestComplete>(&action)) {
                            take(socket, complete->request);
                        }
                    }
                });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
        m_server.listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port())); }
    [[nodiscard]] const std::vector<http::Request> &requests() const { return m_requests; }
    void setAnswer(Answer answer) { m_answer = std::move(answer); }
    void stopListening() { m_server.close(); }

    /// Answers what hangs.
    void release(const QByteArray &answer)
    {
        for (QTcpSocket *socket : std::exchange(m_hanging, {})) {
            socket->write(answer);
        }
    }

    static QByteArray answer(int status, const QByteArray &body = "{\"success\":true}",
                             const std::vector<http::Header> &headers = {})
    {
        return http::serialize({status, headers, body}, "POST", true);
    }

private:
    void take(QTcpSocket *socket, const http::Request &request)
    {
        m_requests.push_back(request);
        const QByteArray bytes = m_answer ? m_answer(request, m_requests.size()) : answer(200);
        if (bytes.isEmpty()) {
            m_hanging.push_back(socket);
            connect(socket, &QTcpSocket::disconnected, this,
                    [this, socket] { std::erase(m_hanging, socket); });
        } else {
            socket->write(bytes);
        }
    }

    QTcpServer m_server;
    Answer m_answer;
    std::vector<http::Request> m_requests;
    std::vector<QTcpSocket *> m_hanging;
};

} // namespace tests
