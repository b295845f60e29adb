// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/themedlabel.h"

#include <QPainter>

namespace ui {

namespace {

void colour(QLabel &label, const QColor &color)
{
    QPalette palette = label.palette();
    palette.setColor(QPalette::WindowText, color);
    palette.setColor(QPalette::Text, color);
    label.setPalette(palette);
}

} // namespace

ThemedLabel::ThemedLabel(const Theme &theme, FontRole font, Role role, QWidget *parent, Text text)
    : QLabel(parent)
    , m_theme(theme)
    , m_font(font)
    , m_role(role)
{
    setTextFormat(Qt::PlainText);
    if (text == Text::Selectable) {
        setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        // Selecting by keyboard still works after a click; every label a tab stop would bury the controls.
        setFocusPolicy(Qt::ClickFocus);
    }
    connect(&m_theme, &Theme::changed, this, &ThemedLabel::apply);
    apply();
}

void ThemedLabel::setRole(Role role)
{
    m_role = role;
    apply();
}

void ThemedLabel::setFontRole(FontRole font)
{
    m_font = font;
    apply();
}

void ThemedLabel::apply()
{
    setFont(m_theme.font(m_font));
    colour(*this, m_theme.color(m_role));
}

ElidedLabel::ElidedLabel(const Theme &theme, FontRole font, Role role, Qt::TextElideMode mode,
                         QWidget *parent)
    : QLabel(parent)
    , m_theme(theme)
    , m_font(font)
    , m_role(role)
    , m_mode(mode)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&m_theme, &Theme::changed, this, &ElidedLabel::apply);
    apply();
}

void ElidedLabel::setFullText(const QString &text)
{
    m_text = text;
    setText(text);
    setToolTip(text);
}

void ElidedLabel::setRole(Role role)
{
    m_role = role;
    apply();
}

QSize ElidedLabel::minimumSizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.averageCharWidth() * 4, metrics.height()};
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(m_text) + 2, metrics.height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_theme.color(m_role));
    painter.setFont(font());
    painter.drawText(rect(), Qt::AlignVCenter | (alignment() & Qt::AlignHorizontal_Mask) | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(m_text, m_mode, width()));
}

void ElidedLabel::apply()
{
    setFont(m_theme.font(m_font));
    colour(*this, m_theme.color(m_role));
    update();
}

Hairline::Hairline(const Theme &theme, Qt::Orientation orientation, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    if (orientation == Qt::Horizontal) {
        setFixedHeight(1);
    } else {
        setFixedWidth(1);
    }
    connect(&m_theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Hairline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Border));
}

} // namespace ui
