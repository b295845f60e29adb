// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/apisettings.h"

#include <QCheckBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString defaultApiListen()
{
    return u"127.0.0.1:8766"_s;
}

} // namespace

ApiSettings::ApiSettings(Services &services, const Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("API"), parent)
    , m_on(new QCheckBox(tr("On")))
    , m_listen(new QLineEdit)
    , m_onRow(addRow(tr("HTTP API"),
                     tr("For scripts and CI: status, summary, events. Reached from this machine only."),
                     m_on))
    , m_listenRow(addRow(tr("API address"), {}, m_listen))
{
    m_on->setObjectName(u"apiOn"_s);
    m_listen->setObjectName(u"apiListen"_s);
    connect(m_on, &QCheckBox::toggled, this, [this](bool isOn) {
        report(m_onRow, m_services.settings().setFlag(base::keys::apiOn, isOn));
        m_listen->setEnabled(isOn);
        m_services.applySettings();
    });
    connect(m_listen, &QLineEdit::editingFinished, this, &ApiSettings::applyListen);
    ApiSettings::refresh();
}

void ApiSettings::refresh()
{
    const QSignalBlocker blocker(m_on);
    m_on->setChecked(m_services.settings().flag(base::keys::apiOn, false));
    m_listen->setText(m_services.settings().text(base::keys::apiListen, defaultApiListen()));
    m_listen->setEnabled(m_on->isChecked());
}

void ApiSettings::applyListen()
{
    const QString text = m_listen->text().trimmed();
    if (text == m_services.settings().text(base::keys::apiListen, defaultApiListen())) {
        clearError(m_listenRow);
        return;
    }
    if (const auto parsed = capture::parseListen(text); !parsed) {
        showError(m_listenRow, parsed.error());
        return;
    }
    report(m_listenRow, m_services.settings().setText(base::keys::apiListen, text));
    m_services.applySettings();
}

void ApiSettings::reset()
{
    report(m_onRow, m_services.settings().remove(base::keys::apiOn));
    report(m_listenRow, m_services.settings().remove(base::keys::apiListen));
    m_services.applySettings();
}

} // namespace ui
