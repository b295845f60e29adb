// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/health.h"
#include "ui/settings/settingsgroup.h"

class QComboBox;
class QLineEdit;
class QListWidget;
class QSpinBox;

namespace ui {

class KeyList;

/// Limits of the protocol and health rules, what is muted, and which write keys are for development.
class HealthSettings final : public SettingsGroup
{
    Q_OBJECT
public:
    HealthSettings(Services &services, const Theme &theme, QWidget *parent);
    void reset() override;
    void refresh() override;

private:
    /// One number of the options, in the unit its box shows.
    struct Limit
    {
        QSpinBox *box;
        std::function<int(const segment::HealthOptions &)> read;
        std::function<void(segment::HealthOptions &, int)> write;
    };
    void addLimits();
    void addRules();
    void addMutes();
    void addKeys();
    void fillRules(const segment::HealthOptions &health);
    void fillMutes(const segment::HealthOptions &health);
    void change(const std::function<void(segment::HealthOptions &)> &how);

    std::vector<Limit> m_limits;
    QListWidget *m_rules = nullptr;
    QVBoxLayout *m_mutes = nullptr;
    std::vector<QWidget *> m_muteRows;
    QComboBox *m_muteRule = nullptr;
    QLineEdit *m_muteSource = nullptr;
    QLineEdit *m_muteEvent = nullptr;
    KeyList *m_keys = nullptr;
    QLineEdit *m_apps = nullptr;
};

} // namespace ui
