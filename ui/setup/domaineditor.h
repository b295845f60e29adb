// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/captureservices.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ui {

/// The user's own domains that are decrypted beside Segment's. Adding one asks first when that makes a new
/// certificate authority.
class DomainEditor final : public QWidget
{
    Q_OBJECT
public:
    DomainEditor(CaptureServices &capture, const Theme &theme, QWidget *parent = nullptr);

    void refresh();

private:
    void add();
    void remove(const QString &domain);
    void showError(const base::Error &error);

    CaptureServices &m_capture;
    const Theme &m_theme;
    QStringList m_shown;
    QVBoxLayout *m_rows;
    QLineEdit *m_edit;
    QPushButton *m_add;
    QLabel *m_error;
    QLabel *m_left;
};

} // namespace ui
