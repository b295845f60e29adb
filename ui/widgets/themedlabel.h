// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QLabel>

namespace ui {

/// A label that says what it is (font and colour roles) and follows the theme. Plain text; selectable when
/// asked.
class ThemedLabel final : public QLabel
{
    Q_OBJECT
public:
    enum class Text : std::uint8_t { Fixed, Selectable };

    ThemedLabel(const Theme &theme, FontRole font, Role role, QWidget *parent = nullptr,
                Text text = Text::Fixed);

    void setRole(Role role);
    void setFontRole(FontRole font);

private:
    void apply();

    const Theme &m_theme;
    FontRole m_font;
    Role m_role;
};

/// A text that may be wider than its place: cut at the end or in the middle, whole in the tooltip.
class ElidedLabel final : public QLabel
{
    Q_OBJECT
public:
    ElidedLabel(const Theme &theme, FontRole font, Role role, Qt::TextElideMode mode,
                QWidget *parent = nullptr);

    void setFullText(const QString &text);
    [[nodiscard]] QString fullText() const { return m_text; }
    void setRole(Role role);
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void apply();

    const Theme &m_theme;
    FontRole m_font;
    Role m_role;
    Qt::TextElideMode m_mode;
    QString m_text;
};

/// A one pixel line between regions.
class Hairline final : public QWidget
{
    Q_OBJECT
public:
    Hairline(const Theme &theme, Qt::Orientation orientation, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace ui
