// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QHostAddress>
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

namespace capture {

/// Connects to the first of several addresses that takes it (RFC 8305, without its measuring): the families
/// in turn, another one every 300 ms or as soon as one fails. Destroying it gives up. One thread with a loop.
class ConnectRace final : public QObject
{
    Q_OBJECT
public:
    /// `socket` is connected and the caller's; -1: `why` is a sentence.
    using Done = std::function<void(int socket, const QString &why)>;

    ConnectRace(const QList<QHostAddress> &addresses, std::uint16_t port, Done done,
                QObject *parent = nullptr);
    ~ConnectRace() override;

    /// Calls `done` once, maybe at once.
    void start();

private:
    struct Runner
    {
        int socket = -1;
        QHostAddress address;
        std::unique_ptr<QSocketNotifier> notifier;
    };

    void startNext();
    void ready(int socket);
    void failed(const QHostAddress &address, int error);
    void finish(int socket);

    std::vector<QHostAddress> m_waiting; ///< the next one last
    std::vector<Runner> m_runners;
    std::uint16_t m_port;
    Done m_done;
    QTimer m_next;
    QString m_why;
    bool m_isWhyWeak = true; ///< only a family this machine does not have
};

} // namespace capture
