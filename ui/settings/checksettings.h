// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/settingsgroup.h"

class QListWidget;

namespace ui {

class ConventionsBox;

/// Tracking plans and naming conventions.
class CheckSettings final : public SettingsGroup
{
    Q_OBJECT
public:
    CheckSettings(Services &services, const Theme &theme, QWidget *parent);
    void reset() override;
    void refresh() override;

private:
    [[nodiscard]] QStringList paths() const;
    void addPlans();
    void removePlan();

    QListWidget *m_plans;
    QPushButton *m_remove;
    ConventionsBox *m_conventions;
    int m_plansRow;
    int m_conventionsRow;
};

} // namespace ui
