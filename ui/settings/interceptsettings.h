// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/proxy.h"
#include "tls/authority.h"
#include "ui/settings/settingsgroup.h"

class QComboBox;
class QLineEdit;
class QToolButton;

namespace ui {

class PathEdit;
class UpstreamEdit;

/// Who answers what comes through the proxy, which hosts are decrypted, and the certificate that does it.
class InterceptSettings final : public SettingsGroup
{
    Q_OBJECT
public:
    InterceptSettings(Services &services, const Theme &theme, QWidget *parent);
    void reset() override;
    void refresh() override;

private:
    void addCertificate();
    void showCertificate();
    void change(int row, const std::function<void(capture::ProxyOptions &)> &how);
    void takeDomains();
    void addDomains(QStringList domains);
    void exportTo(tls::ExportFormat format);

    QComboBox *m_answer;
    QLineEdit *m_domains;
    UpstreamEdit *m_upstream;
    PathEdit *m_trusted;
    QLabel *m_state = nullptr;
    QPushButton *m_make = nullptr;
    QToolButton *m_export = nullptr;
    QPushButton *m_remove = nullptr;
    int m_answerRow, m_domainsRow, m_upstreamRow, m_trustedRow;
    int m_certificateRow = 0;
};

} // namespace ui
