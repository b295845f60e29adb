// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <functional>

#include <QTimer>
#include <QWidget>

class QPushButton;

namespace ui {

/// "Copied", at the bottom of the window for two seconds. One that offers something ("Undo") stays longer;
/// what it offers is a click on its button, or runAction(), which the window's Undo calls.
class Toast final : public QWidget
{
    Q_OBJECT
public:
    Toast(const Theme &theme, QWidget &window);

    void say(const QString &text);
    void offer(const QString &text, const QString &action, std::function<void()> run);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QPushButton &button() const { return *m_button; }
    /// Does what the toast offers, once; nothing when it is gone.
    void runAction();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void appear(int forMs);
    void place();

    const Theme &m_theme;
    QString m_text;
    std::function<void()> m_run;
    QPushButton *m_button;
    QTimer m_timer;
};

} // namespace ui
