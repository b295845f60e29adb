// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace ui {

/// A bar with an error in three parts (what happened, why, what to do) and its action as a button. Hidden
/// until shown; stays until closed or until what caused it is over.
class Notice final : public QWidget
{
    Q_OBJECT
public:
    enum class Weight : std::uint8_t { Note, Warning, Error };

    explicit Notice(const Theme &theme, QWidget *parent = nullptr);

    void showError(const base::Error &error, const QString &action = {});
    void showText(Weight weight, const QString &what, const QString &rest, const QString &action = {},
                  const QString &secondAction = {}, const QString &thirdAction = {});
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton &button() const { return *m_button; }
    [[nodiscard]] QPushButton &secondButton() const { return *m_second; }
    [[nodiscard]] QPushButton &thirdButton() const { return *m_third; }

signals:
    void activated();
    void secondActivated();
    void thirdActivated();
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    const Theme &m_theme;
    Weight m_weight = Weight::Error;
    QLabel *m_icon;
    QLabel *m_what;
    QLabel *m_rest;
    QPushButton *m_button;
    QPushButton *m_second;
    QPushButton *m_third;
    QToolButton *m_close;
};

} // namespace ui
