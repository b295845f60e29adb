// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "demo/connection.h"

#include <QHostAddress>

namespace demo {

namespace {

constexpr int patienceMs = 10'000; ///< as Node's SDK waits

/// Bytes of the whole answer; nothing while it is not whole. Trackside always tells its length.
std::optional<qsizetype> answerBytes(const QByteArray &bytes)
{
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0) {
        return std::nullopt;
    }
    qsizetype length = 0;
    for (const QByteArray &line : bytes.first(headEnd).split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).trimmed().compare("content-length", Qt::CaseInsensitive) == 0) {
            length = line.sliced(colon + 1).trimmed().toLongLong();
        }
    }
    const qsizetype whole = headEnd + 4 + length;
    return bytes.size() >= whole ? std::optional(whole) : std::nullopt;
}

} // namespace

Connection::Connection(quint16 port, QObject *parent)
    : QObject(parent)
    , m_port(port)
    , m_socket(this)
    , m_patience(this)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, &Connection::retry);
    connect(&m_socket, &QTcpSocket::connected, this, &Connection::next);
    connect(&m_socket, &QTcpSocket::readyRead, this, &Connection::readAnswer);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, &Connection::retry);
}

void Connection::send(const QByteArray &request)
{
    m_queue.push_back(request);
    if (m_queue.size() == 1) {
        next();
    }
}

void Connection::abort()
{
    m_queue.clear();
    m_isWaiting = false;
    m_patience.stop();
    m_socket.abort();
}

void Connection::next()
{
    if (m_queue.empty() || m_isWaiting) {
        return;
    }
    if (m_socket.state() != QAbstractSocket::ConnectedState) {
        if (m_socket.state() == QAbstractSocket::UnconnectedState) {
            m_patience.start();
            m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        }
        return;
    }
    m_isWaiting = true;
    m_answer.clear();
    m_patience.start();
    m_socket.write(m_queue.front());
}

void Connection::readAnswer()
{
    m_answer += m_socket.readAll();
    if (!m_isWaiting || !answerBytes(m_answer)) {
        return;
    }
    const int status = m_answer.sliced(m_answer.indexOf(' ') + 1).left(3).toInt();
    m_isWaiting = false;
    m_isSecondTry = false;
    m_patience.stop();
    m_queue.pop_front();
    emit answered(status);
    next();
}

void Connection::retry()
{
    const bool hadWork = !m_queue.empty();
    m_patience.stop();
    m_isWaiting = false;
    m_socket.abort();
    if (!hadWork) {
        return; // an idle connection was closed: the next request makes a new one
    }
    if (m_isSecondTry) {
        m_isSecondTry = false;
        m_queue.pop_front();
        emit lost();
    } else {
        m_isSecondTry = true;
    }
    // Not from inside the socket's own signal.
    QMetaObject::invokeMethod(this, &Connection::next, Qt::QueuedConnection);
}

} // namespace demo
