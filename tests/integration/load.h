// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include <QEventLoop>
#include <QSet>
#include <QTcpSocket>
#include <QTimer>
#include <QUuid>

/// Keep-alive connections that send one event after another, each as soon as the last was answered, and
/// remember which messageIds were answered with 200.
class Load : public QObject
{
public:
    Load(quint16 port, int connections)
    {
        for (int i = 0; i < connections; ++i) {
            auto socket = std::make_unique<QTcpSocket>();
            QTcpSocket *raw = socket.get();
            connect(raw, &QTcpSocket::connected, this, [this, raw] { sendNext(raw); });
            connect(raw, &QTcpSocket::readyRead, this, [this, raw] { read(raw); });
            raw->connectToHost(QStringLiteral("127.0.0.1"), port);
            m_sockets.push_back(std::move(socket));
        }
    }

    [[nodiscard]] bool runUntilAnswered(int count)
    {
        m_wanted = m_answered.size() + count;
        m_isSending = true;
        QTimer late; // goes with this call: an earlier one must not end a later one
        late.setSingleShot(true);
        connect(&late, &QTimer::timeout, &m_loop, [this] { m_loop.exit(1); });
        late.start(60'000);
        return m_loop.exec() == 0;
    }

    /// Reads what is under way until every connection has its answer.
    void finish()
    {
        m_isSending = false;
        while (!m_pending.isEmpty()) {
            for (const auto &socket : m_sockets) {
                if (m_pending.contains(socket.get()) && !socket->waitForReadyRead(10'000)) {
                    m_pending.remove(socket.get());
                }
            }
        }
    }

    /// Answers that had arrived before the server was killed.
    void drain()
    {
        m_isSending = false;
        for (const auto &socket : m_sockets) {
            while (socket->waitForReadyRead(100)) {
            }
        }
    }

    [[nodiscard]] const QSet<QString> &answered() const { return m_answered; }

private:
    void sendNext(QTcpSocket *socket)
    {
        const QString id = m_name + QString::number(m_next++);
        m_pending.insert(socket, id);
        const QByteArray body =
            "{\"type\":\"track\",\"event\":\"Order Paid\",\"userId\":\"u1\",\"messageId\":\"" + id.toUtf8() +
            "\",\"properties\":{\"text\":\"" + QByteArray(700, 'x') + "\"}}";
        socket->write("POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                      QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }

    void read(QTcpSocket *socket)
    {
        QByteArray &buffer = m_buffers[socket];
        buffer += socket->readAll();
        if (!buffer.endsWith("{\"success\":true}")) {
            return;
        }
        buffer.clear();
        m_answered.insert(m_pending.take(socket));
        if (m_answered.size() >= m_wanted) {
            m_loop.exit(0);
        }
        if (m_isSending) {
            sendNext(socket);
        }
    }

    std::vector<std::unique_ptr<QTcpSocket>> m_sockets;
    QHash<QTcpSocket *, QByteArray> m_buffers;
    QHash<QTcpSocket *, QString> m_pending;
    QSet<QString> m_answered;
    QEventLoop m_loop;
    qsizetype m_wanted = 0;
    const QString m_name =
        QUuid::createUuid().toString(QUuid::Id128) + u'-'; ///< ids never repeat between loads
    quint64 m_next = 0;
    bool m_isSending = false;
};
