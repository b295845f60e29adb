// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/settingsgroup.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QListWidget;
class QVBoxLayout;

namespace ui {

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
    void chooseConventions(int index);

    QListWidget *m_plans;
    QPushButton *m_remove;
    QComboBox *m_conventions;
    int m_plansRow;
    int m_conventionsRow;
};

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

class SourceSettings final : public SettingsGroup
{
    Q_OBJECT
public:
    SourceSettings(Services &services, const Theme &theme, QWidget *parent);
    void reset() override;
    void refresh() override;

private:
    void fill(const std::vector<store::Source> &sources);

    QWidget *m_list;
    QVBoxLayout *m_column;
};

} // namespace ui
