// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QIconEngine>
#include <QPointer>

namespace ui {

/// Draws one of our icons in the colour its role has at that moment, so that a QIcon outlives a change of
/// theme. Paints nothing once the theme is gone (an action may outlive it at exit).
class IconEngine final : public QIconEngine
{
public:
    IconEngine(const Theme &theme, Icon icon, Role role);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    [[nodiscard]] QIconEngine *clone() const override;
    [[nodiscard]] QString key() const override;

private:
    [[nodiscard]] Role roleFor(QIcon::Mode mode) const;

    QPointer<const Theme> m_theme;
    Icon m_icon;
    Role m_role;
};

} // namespace ui
