// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/toast.h"

#include <QAccessible>
#include <QEvent>
#include <QPainter>

namespace ui {

namespace {

constexpr int shownMs = 2'000;

} // namespace

Toast::Toast(const Theme &theme, QWidget &window)
    : QWidget(&window)
    , m_theme(theme)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    m_timer.setSingleShot(true);
    m_timer.setInterval(shownMs);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    window.installEventFilter(this);
    hide();
}

void Toast::say(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    place();
    raise();
    show();
    update();
    m_timer.start();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

void Toast::place()
{
    const QFontMetrics metrics(m_theme.font(FontRole::Body));
    const int width = metrics.horizontalAdvance(m_text) + 2 * space::l;
    const int height = 32;
    setGeometry((parentWidget()->width() - width) / 2,
                parentWidget()->height() - height - space::xxl - space::l, width, height);
}

void Toast::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(Role::Text));
    painter.drawRoundedRect(rect(), measure::cardRadius, measure::cardRadius);
    painter.setPen(m_theme.color(Role::Surface));
    painter.setFont(m_theme.font(FontRole::Body));
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

} // namespace ui
