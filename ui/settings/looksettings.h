// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/settingsgroup.h"

class QCheckBox;
class QComboBox;

namespace ui {

/// Theme, row height, motion.
class LookSettings final : public SettingsGroup
{
    Q_OBJECT
public:
    LookSettings(Services &services, Theme &theme, QWidget *parent);
    void reset() override;
    void refresh() override;

private:
    void apply();

    Theme &m_look;
    QComboBox *m_theme;
    QComboBox *m_density;
    QCheckBox *m_motion;
    int m_themeRow;
};

/// Settings to theme: at start-up, and when one of them changed.
void applyLook(const base::Settings &settings, Theme &theme);

} // namespace ui
