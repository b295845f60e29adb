// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/keyhint.h"

#include <algorithm>

#include <QPainter>

namespace ui {

namespace {

int keyWidth(const QFontMetrics &metrics, const QString &key)
{
    return std::max(18, metrics.horizontalAdvance(key) + 10);
}

} // namespace

KeyHint::KeyHint(const Theme &theme, const QKeySequence &keys, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_keys(keys.toString(QKeySequence::NativeText).split(u'+', Qt::SkipEmptyParts))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(keys.toString(QKeySequence::NativeText));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize KeyHint::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(FontRole::Meta));
    int width = 0;
    for (const QString &key : m_keys)
        width += keyWidth(metrics, key) + space::xs;
    return {width, 20};
}

void KeyHint::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_theme.font(FontRole::Meta));
    const QFontMetrics metrics(painter.font());
    int left = 0;
    for (const QString &key : m_keys) {
        const QRect box(left, (height() - 18) / 2, keyWidth(metrics, key), 18);
        painter.setPen(QPen(m_theme.color(Role::BorderStrong), 1));
        painter.setBrush(m_theme.color(Role::Sunken));
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter.setPen(m_theme.color(Role::TextSecondary));
        painter.drawText(box, Qt::AlignCenter, key);
        left += box.width() + space::xs;
    }
}

} // namespace ui
