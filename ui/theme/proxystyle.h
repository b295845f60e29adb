// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/role.h"

#include <QProxyStyle>

namespace ui {

class Theme;

/// A thin layer over Fusion: flat grounds, hairlines, radius 4, a 2 px focus ring in the accent, slim scroll
/// bars, underlined tabs. Owned by QApplication, and drawn from the theme, which must outlive it.
class ProxyStyle final : public QProxyStyle
{
    Q_OBJECT
public:
    explicit ProxyStyle(const Theme &theme);

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                         const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                           const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    using QProxyStyle::polish;
    using QProxyStyle::unpolish;
    void polish(QWidget *widget) override;
    void unpolish(QWidget *widget) override;

private:
    void box(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &edge,
             qreal edgeWidth = 1) const;
    void focusRing(QPainter *painter, const QRect &rect) const;
    void chevron(QPainter *painter, const QRect &rect, PrimitiveElement arrow, bool isEnabled) const;
    void drawPushButtonPanel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawCheckIndicator(PrimitiveElement element, const QStyleOption *option, QPainter *painter) const;
    void drawItemPanel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawMenuItem(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawTabShape(const QStyleOption *option, QPainter *painter) const;
    void drawHeaderSection(const QStyleOption *option, QPainter *painter) const;
    void drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawComboBox(const QStyleOptionComplex *option, QPainter *painter) const;
    void drawSpinBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawToolButton(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    [[nodiscard]] const QColor &color(Role role) const;

    const Theme &m_theme;
};

} // namespace ui
