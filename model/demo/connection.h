// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>

#include <QTcpSocket>
#include <QTimer>

namespace demo {

/// One keep-alive connection that sends requests one after the other, each when the one before was answered.
/// A connection that breaks is made anew and the request sent once more; then it counts as lost.
class Connection final : public QObject
{
    Q_OBJECT
public:
    explicit Connection(quint16 port, QObject *parent = nullptr);

    void send(const QByteArray &request);
    void abort();
    [[nodiscard]] bool isIdle() const { return m_queue.empty(); }

signals:
    void answered(int status);
    void lost();

private:
    void next();
    void readAnswer();
    void retry();

    quint16 m_port;
    QTcpSocket m_socket;
    QTimer m_patience;
    std::deque<QByteArray> m_queue; ///< the front one is on its way
    QByteArray m_answer;
    bool m_isWaiting = false;
    bool m_isSecondTry = false;
};

} // namespace demo
