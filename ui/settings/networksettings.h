// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/devices.h"
#include "ui/settings/settingsgroup.h"

class QComboBox;

namespace ui {

/// Which devices of the local network may send here.
class NetworkSettings final : public SettingsGroup
{
    Q_OBJECT
public:
    NetworkSettings(Services &services, const Theme &theme, QWidget *parent);
    void reset() override;
    void refresh() override;

private:
    void showState();
    void addDevice(const capture::Device &device);

    QComboBox *m_access;
    QLabel *m_state = nullptr;
    QPushButton *m_leave = nullptr;
    QLabel *m_none = nullptr;
    QVBoxLayout *m_devices = nullptr;
    std::vector<QWidget *> m_rows;
};

} // namespace ui
