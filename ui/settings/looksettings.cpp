// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/looksettings.h"

#include <QCheckBox>
#include <QComboBox>

using namespace Qt::StringLiterals;

namespace ui {

LookSettings::LookSettings(Services &services, Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("Look"), parent)
    , m_look(theme)
    , m_theme(new QComboBox)
    , m_density(new QComboBox)
    , m_motion(new QCheckBox(tr("Less motion")))
{
    m_theme->setObjectName(u"themeChoice"_s);
    m_theme->addItem(tr("As the system"), u"system"_s);
    m_theme->addItem(tr("Light"), u"light"_s);
    m_theme->addItem(tr("Dark"), u"dark"_s);
    m_density->setObjectName(u"density"_s);
    m_density->addItem(tr("Compact"), u"compact"_s);
    m_density->addItem(tr("Normal"), u"normal"_s);
    m_density->addItem(tr("Roomy"), u"roomy"_s);
    m_motion->setObjectName(u"reducedMotion"_s);
    m_themeRow = addRow(tr("Theme"), {}, m_theme);
    addRow(tr("Rows"), tr("Height of table rows: 22, 26 or 32."), m_density);
    addRow(tr("Motion"), tr("Panels and highlights change without moving."), m_motion);
    connect(m_theme, &QComboBox::activated, this, &LookSettings::apply);
    connect(m_density, &QComboBox::activated, this, &LookSettings::apply);
    connect(m_motion, &QCheckBox::toggled, this, &LookSettings::apply);
    connect(&theme, &Theme::changed, this, &LookSettings::refresh);
    LookSettings::refresh();
}

void LookSettings::refresh()
{
    const QSignalBlocker blocker(m_motion);
    const base::Settings &settings = m_services.settings();
    m_theme->setCurrentIndex(m_theme->findData(settings.text(base::keys::theme, u"system"_s)));
    m_density->setCurrentIndex(m_density->findData(settings.text(base::keys::density, u"normal"_s)));
    m_motion->setChecked(settings.flag(base::keys::reducedMotion, false));
}

void LookSettings::apply()
{
    base::Settings &settings = m_services.settings();
    const QString theme = m_theme->currentData().toString();
    const QString density = m_density->currentData().toString();
    const bool isReduced = m_motion->isChecked();
    report(m_themeRow, settings.setText(base::keys::theme, theme));
    report(m_themeRow, settings.setText(base::keys::density, density));
    report(m_themeRow, settings.setFlag(base::keys::reducedMotion, isReduced));
    applyLook(settings, m_look);
}

void LookSettings::reset()
{
    for (const char *key : {base::keys::theme, base::keys::density, base::keys::reducedMotion})
        report(m_themeRow, m_services.settings().remove(key));
    applyLook(m_services.settings(), m_look);
}

void applyLook(const base::Settings &settings, Theme &theme)
{
    const QString choice = settings.text(base::keys::theme, u"system"_s);
    theme.setChoice(choice == "dark"_L1
                        ? Theme::Choice::Dark
                        : (choice == "light"_L1 ? Theme::Choice::Light : Theme::Choice::System));
    const QString density = settings.text(base::keys::density, u"normal"_s);
    theme.setDensity(density == "compact"_L1
                         ? Theme::Density::Compact
                         : (density == "roomy"_L1 ? Theme::Density::Roomy : Theme::Density::Normal));
    theme.setMotion(settings.flag(base::keys::reducedMotion, false) ? Theme::Motion::Reduced
                                                                    : Theme::Motion::Full);
}

} // namespace ui
