// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/services.h"
#include "ui/theme/theme.h"

#include <QToolButton>

class QMenu;

namespace ui {

/// The address apps are pointed at, "127.0.0.1:8765": of several, the first IPv4 one.
[[nodiscard]] QString addressText(const Services::CaptureState &state);
/// "http://127.0.0.1:8765"
[[nodiscard]] QString addressUrl(const Services::CaptureState &state);

/// "Capturing 127.0.0.1:8765" with a lamp; a click copies the address, the menu changes it.
class ConnectionPill final : public QToolButton
{
    Q_OBJECT
public:
    ConnectionPill(Services &services, const Theme &theme, QWidget *parent = nullptr);

    /// What else the menu holds, at its end.
    void setMoreActions(const QList<QAction *> &actions);

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void addressCopied(const QString &address);
    void settingsWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refresh();
    void rebuildMenu();
    void copy();

    Services &m_services;
    const Theme &m_theme;
    QMenu *m_menu;
    QList<QAction *> m_moreActions;
    QString m_address;
    bool m_isListening = false;
    bool m_hasProblem = false;
};

} // namespace ui
