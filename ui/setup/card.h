// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// A rounded ground with a hairline around it, for what belongs together.
class Card : public QWidget
{
    Q_OBJECT
public:
    explicit Card(const Theme &theme, QWidget *parent = nullptr);

    void setColors(Role ground, Role edge);

protected:
    void paintEvent(QPaintEvent *event) override;
    [[nodiscard]] const Theme &theme() const { return m_theme; }

private:
    const Theme &m_theme;
    Role m_ground = Role::Surface;
    Role m_edge = Role::Border;
};

/// A sentence or two on a soft ground that stays where it stands: a warning before a step, a lack and its
/// remedy as a button.
class Advice final : public Card
{
    Q_OBJECT
public:
    Advice(const Theme &theme, const Tone &tone, QWidget *parent = nullptr);

    /// An empty `action` hides the button.
    void setTexts(const QString &what, const QString &rest, const QString &action = {});
    void setTone(const Tone &tone);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton &button() const { return *m_button; }

signals:
    void activated();

private:
    void refresh();

    Tone m_tone;
    QLabel *m_icon;
    QLabel *m_what;
    QLabel *m_rest;
    QPushButton *m_button;
};

} // namespace ui
