// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/settingsgroup.h"

class QCheckBox;
class QLineEdit;

namespace ui {

/// The HTTP API for scripts and CI.
class ApiSettings final : public SettingsGroup
{
    Q_OBJECT
public:
    ApiSettings(Services &services, const Theme &theme, QWidget *parent);
    void reset() override;
    void refresh() override;

private:
    void applyListen();

    QCheckBox *m_on;
    QLineEdit *m_listen;
    int m_onRow;
    int m_listenRow;
};

} // namespace ui
