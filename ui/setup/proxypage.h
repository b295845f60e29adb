// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/captureservices.h"
#include "ui/services.h"
#include "ui/setup/platform.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class Advice;
class CertificateCard;
class Chooser;
class CodeBlock;
class Guide;
class GuideStep;
class ProxyChoices;

/// For clients whose host can't be changed: the proxy's address, the certificate, and how a client comes to
/// use both and to forget them again. What it shows is brought up to date only while it is seen.
class ProxyPage final : public QWidget
{
    Q_OBJECT
public:
    ProxyPage(Services &services, CaptureServices &capture, const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] Chooser &chooser() const { return *m_chooser; }
    [[nodiscard]] QString address() const;
    void focusFirst();
    /// Brings the field for the upstream proxy into sight.
    void focusUpstream();

signals:
    void said(const QString &text);
    void phoneWanted();
    void doctorWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildGuide();
    void addBlindSpots();
    void refresh();
    void showPlatform();
    [[nodiscard]] PlatformFacts facts() const;
    void fill(GuideStep &step, QWidget *&holder, const std::vector<Platform::Step> &steps,
              const PlatformFacts &facts);

    Services &m_services;
    CaptureServices &m_capture;
    const Theme &m_theme;
    std::vector<Platform> m_platforms;
    Chooser *m_chooser;
    Guide *m_guide;
    QLabel *m_title;
    Advice *m_away;
    CodeBlock *m_address;
    QPushButton *m_copy;
    CertificateCard *m_certificate;
    ProxyChoices *m_settings = nullptr;
    GuideStep *m_trust = nullptr;
    GuideStep *m_route = nullptr;
    GuideStep *m_undo = nullptr;
    QWidget *m_trustSteps = nullptr;
    QWidget *m_routeSteps = nullptr;
    QWidget *m_undoSteps = nullptr;
    QString m_savedPem; ///< where the user saved it last
    QString m_filled;   ///< everything shown of the platform, to see whether it changed
};

} // namespace ui
