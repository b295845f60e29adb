// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QTimer>
#include <QWidget>

namespace ui {

/// "Copied", at the bottom of the window for two seconds; takes no focus and no clicks.
class Toast final : public QWidget
{
    Q_OBJECT
public:
    Toast(const Theme &theme, QWidget &window);

    void say(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void place();

    const Theme &m_theme;
    QString m_text;
    QTimer m_timer;
};

} // namespace ui
