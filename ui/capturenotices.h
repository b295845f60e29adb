// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/services.h"
#include "ui/theme/theme.h"

#include <QHash>
#include <QWidget>

namespace ui {

class CaptureServices;
class Notice;

/// What the window has to say of capture wherever one is: not listening, a fault that is on, a device of the
/// network that waits. Each with what can be done about it.
class CaptureNotices final : public QWidget
{
    Q_OBJECT
public:
    CaptureNotices(Services &services, const Theme &theme, QWidget *parent);

    [[nodiscard]] Notice &listening() const { return *m_listening; }
    [[nodiscard]] Notice &fault() const { return *m_fault; }
    [[nodiscard]] Notice &device() const { return *m_device; }

signals:
    /// The settings, at the address.
    void settingsWanted();
    void faultsWanted();

private:
    void showListening();
    void showFault();
    void showDevice();
    void decideDevice(void (CaptureServices::*decision)(const QByteArray &));

    Services &m_services;
    Notice *m_listening;
    Notice *m_fault;
    Notice *m_device;
    std::uint32_t m_closedFault = 0;  ///< its message was closed by the user
    QByteArray m_waiting;             ///< address of the device asked for
    QList<QByteArray> m_laterDevices; ///< whose message was closed
    QHash<QByteArray, QString> m_sourceNames;
};

} // namespace ui
