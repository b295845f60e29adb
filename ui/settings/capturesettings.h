// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/settingsgroup.h"

class QCheckBox;
class QLineEdit;

namespace ui {

/// Where the port listens and how strict it is.
class CaptureSettings final : public SettingsGroup
{
    Q_OBJECT
public:
    CaptureSettings(Services &services, const Theme &theme, QWidget *parent);
    void reset() override;
    void refresh() override;

private:
    void applyListen();

    QLineEdit *m_listen;
    QCheckBox *m_strict;
    int m_listenRow;
    int m_strictRow;
};

} // namespace ui
