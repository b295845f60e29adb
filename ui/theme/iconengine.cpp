// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/iconengine.h"

#include <algorithm>
#include <cmath>

#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

IconEngine::IconEngine(const Theme &theme, Icon icon, Role role)
    : m_theme(&theme)
    , m_icon(icon)
    , m_role(role)
{
}

Role IconEngine::roleFor(QIcon::Mode mode) const
{
    return mode == QIcon::Disabled ? Role::BorderStrong : m_role;
}

void IconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State /*state*/)
{
    if (m_theme == nullptr)
        return;
    const int side = std::min(rect.width(), rect.height());
    const QRect square(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side,
                       side);
    painter->drawPixmap(square,
                        m_theme->pixmap(m_icon, roleFor(mode), side, painter->device()->devicePixelRatioF()));
}

QPixmap IconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1);
}

QPixmap IconEngine::scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State /*state*/, qreal /*scale*/)
{
    // `size` comes in device pixels, QIcon sets the ratio on what it gets.
    if (m_theme == nullptr)
        return {};
    return m_theme->pixmap(m_icon, roleFor(mode), std::min(size.width(), size.height()), 1);
}

QIconEngine *IconEngine::clone() const
{
    return new IconEngine(*this);
}

QString IconEngine::key() const
{
    return u"trackside"_s;
}

} // namespace ui
