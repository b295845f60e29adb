// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/capturesettings.h"

#include <QCheckBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString defaultListen()
{
    return u"8765"_s;
}

} // namespace

CaptureSettings::CaptureSettings(Services &services, const Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("Capture"), parent)
    , m_listen(new QLineEdit)
    , m_strict(new QCheckBox(tr("Answer 400 where Segment would")))
    , m_listenRow(addRow(
          tr("Listen on"),
          tr("A port for this machine alone (8765), or an address and port (192.168.1.20:8765)."), m_listen))
    , m_strictRow(addRow(
          tr("Damaged JSON"),
          tr("Off: it is kept, answered 200 and explained, so that SDKs don’t send it again and again."),
          m_strict))
{
    m_listen->setObjectName(u"captureListen"_s);
    m_strict->setObjectName(u"captureStrictJson"_s);
    connect(m_listen, &QLineEdit::editingFinished, this, &CaptureSettings::applyListen);
    connect(m_strict, &QCheckBox::toggled, this, [this](bool isOn) {
        report(m_strictRow, m_services.settings().setFlag(base::keys::strictJson, isOn));
        m_services.applySettings();
    });
    connect(&services, &Services::captureStateChanged, this, [this] {
        const Services::CaptureState state = m_services.captureState();
        if (state.problem.what.isEmpty())
            clearError(m_listenRow);
        else
            showError(m_listenRow, state.problem);
    });
    CaptureSettings::refresh();
}

void CaptureSettings::refresh()
{
    const QSignalBlocker blocker(m_strict);
    m_listen->setText(m_services.settings().text(base::keys::listen, defaultListen()));
    m_strict->setChecked(m_services.settings().flag(base::keys::strictJson, false));
}

void CaptureSettings::applyListen()
{
    const QString text = m_listen->text().trimmed();
    if (text == m_services.settings().text(base::keys::listen, defaultListen()) &&
        m_services.captureState().isListening) {
        clearError(m_listenRow);
        return;
    }
    if (const auto parsed = capture::parseListen(text); !parsed) {
        showError(m_listenRow, parsed.error());
        return;
    }
    clearError(m_listenRow);
    m_services.listenOn(text);
}

void CaptureSettings::reset()
{
    report(m_listenRow, m_services.settings().remove(base::keys::listen));
    report(m_strictRow, m_services.settings().remove(base::keys::strictJson));
    m_services.applySettings();
}

} // namespace ui
