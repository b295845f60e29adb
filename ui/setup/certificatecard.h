// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/captureservices.h"
#include "ui/setup/card.h"

class QPushButton;

namespace ui {

/// The certificate authority: what it may vouch for, how long, how to tell it, and how to take it elsewhere.
class CertificateCard final : public Card
{
    Q_OBJECT
public:
    CertificateCard(CaptureServices &capture, const Theme &theme, QWidget *parent = nullptr);

    void refresh();

signals:
    void said(const QString &text);
    /// The certificate lies there now.
    void saved(tls::ExportFormat format, const QString &path);
    void failed(const base::Error &error);

private:
    [[nodiscard]] QPushButton *makeExport(const QString &text, const QString &name, tls::ExportFormat format);

    CaptureServices &m_capture;
    QLabel *m_icon;
    QLabel *m_name;
    QLabel *m_promise;
    QLabel *m_facts;
    QPushButton *m_make;
    QPushButton *m_remove;
};

} // namespace ui
