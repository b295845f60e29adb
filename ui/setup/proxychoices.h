// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/captureservices.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QRadioButton;

namespace ui {

class DomainEditor;
class Guide;
class GuideStep;
class UpstreamEdit;

/// What the proxy does with the calls it decrypts: which hosts, who answers, how the real ones are reached.
/// Lays its parts into a guide; changes apply at once.
class ProxyChoices final : public QObject
{
    Q_OBJECT
public:
    ProxyChoices(CaptureServices &capture, const Theme &theme, Guide &guide);

    void refresh();
    void focusUpstream();

private:
    void buildAnswer(GuideStep &step);
    void buildUpstream(GuideStep &step);
    void setAnswer(capture::ProxyAnswer answer);
    void setUpstream(const QString &setting);

    CaptureServices &m_capture;
    const Theme &m_theme;
    DomainEditor *m_domains = nullptr;
    QRadioButton *m_here = nullptr;
    QRadioButton *m_passOn = nullptr;
    UpstreamEdit *m_upstream = nullptr;
    QLabel *m_upstreamError = nullptr;
};

} // namespace ui
