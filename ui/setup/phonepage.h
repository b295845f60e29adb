// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/captureservices.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QButtonGroup;
class QLabel;
class QPushButton;
class QRadioButton;
class QVBoxLayout;

namespace ui {

class Advice;
class CopyLine;
class DeviceList;
class Guide;
class GuideStep;
class QrCode;

/// From a phone in the hand to its first event: listen on the network it is in, scan, follow the page it
/// opens. What it shows is brought up to date only while it is seen.
class PhonePage final : public QWidget
{
    Q_OBJECT
public:
    PhonePage(CaptureServices &capture, const Theme &theme, QWidget *parent = nullptr);

    /// Where the keyboard begins.
    void focusFirst();

signals:
    void said(const QString &text);
    void doctorWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildListening(GuideStep &step);
    void buildScanning(GuideStep &step);
    void buildDevices(GuideStep &step);
    void refresh();
    void refreshNetwork();
    void refreshInterfaces();
    void refreshAccess();
    void listen();

    CaptureServices &m_capture;
    const Theme &m_theme;
    Guide *m_guide;
    Advice *m_warning = nullptr;
    Advice *m_none = nullptr;
    QLabel *m_which = nullptr;
    QVBoxLayout *m_interfaces = nullptr;
    QButtonGroup *m_chosen;
    std::vector<capture::Interface> m_shown;
    QPushButton *m_listen = nullptr;
    Advice *m_listening = nullptr;
    QWidget *m_scan = nullptr;
    QrCode *m_code = nullptr;
    CopyLine *m_address = nullptr;
    QLabel *m_noCode = nullptr;
    QLabel *m_proxy = nullptr;
    QRadioButton *m_accepted = nullptr;
    QRadioButton *m_everyone = nullptr;
    DeviceList *m_devices = nullptr;
};

} // namespace ui
