// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/message.h"

#include <memory>
#include <utility>

#include <sys/socket.h>

#include <QHostAddress>
#include <QTcpSocket>
#include <QTest>

namespace tests {

/// An HTTP client that sends what it is told, byte for byte, and splits what comes back into responses.
class Client
{
public:
    explicit Client(quint16 port, const QHostAddress &host = QHostAddress(QHostAddress::LocalHost))
        : Client(std::make_unique<QTcpSocket>(), port, host)
    {
    }
    Client(std::unique_ptr<QTcpSocket> socket, quint16 port, const QHostAddress &host)
        : m_socket(std::move(socket))
    {
        m_socket->connectToHost(host, port);
        m_isConnected = m_socket->waitForConnected(5000);
    }

    [[nodiscard]] bool isConnected() const { return m_isConnected; }
    QTcpSocket &socket() { return *m_socket; }

    void send(const QByteArray &bytes)
    {
        m_socket->write(bytes);
        m_socket->flush();
    }
    /// Ends our half: the server may still answer.
    void endOutput() { ::shutdown(static_cast<int>(m_socket->socketDescriptor()), SHUT_WR); }

    /// Bytes that are no whole response yet.
    const QByteArray &pending()
    {
        m_in += m_socket->readAll();
        return m_in;
    }
    /// Takes what is pending, whatever it is.
    QByteArray discard() { return std::exchange(m_in, {}); }
    /// True once a whole response has come; `isHead` for those without a body.
    bool hasResponse(bool isHead = false) { return read(isHead).first > 0; }
    /// That response.
    http::Response take(bool isHead = false)
    {
        auto [size, response] = read(isHead);
        m_in.remove(0, size);
        return response;
    }
    [[nodiscard]] bool isClosed() const { return m_socket->state() == QAbstractSocket::UnconnectedState; }

private:
    /// Its size, 0 when it is not whole.
    std::pair<qsizetype, http::Response> read(bool isHead)
    {
        pending();
        const qsizetype end = m_in.indexOf("\r\n\r\n");
        if (end < 0) {
            return {};
        }
        http::Response response;
        const QByteArrayList lines = m_in.first(end).split('\n');
        response.status = lines.at(0).split(' ').value(1).toInt();
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const QByteArray line = lines.at(i).trimmed();
            const qsizetype colon = line.indexOf(':');
            response.headers.push_back({line.first(colon), line.sliced(colon + 1).trimmed()});
        }
        const qsizetype length = isHead ? 0 : http::header(response.headers, "Content-Length").toLongLong();
        if (m_in.size() < end + 4 + length) {
            return {};
        }
        response.body = m_in.sliced(end + 4, length);
        return {end + 4 + length, std::move(response)};
    }

    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_in;
    bool m_isConnected = false;
};

} // namespace tests
