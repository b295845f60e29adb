// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

/// A program under load: how it is started, and what /proc says of it.
class Subject
{
public:
    Subject(QString name, QString program, QStringList arguments, quint16 port);
    ~Subject();

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] quint16 port() const { return m_port; }
    /// Starts it and waits until its port answers; false when it does not (not installed, say).
    [[nodiscard]] bool start();
    void stop();
    [[nodiscard]] double cpuSeconds() const; ///< of the process, all threads
    [[nodiscard]] double residentMb() const;
    [[nodiscard]] QByteArray errorOutput() { return m_process.readAllStandardError(); }

private:
    QString m_name, m_program;
    QStringList m_arguments;
    quint16 m_port;
    QProcess m_process;
};

/// A port nobody listens on.
[[nodiscard]] quint16 freePort();
