// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/proxystyle.h"

#include "ui/theme/theme.h"

#include <algorithm>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QStyleOption>
#include <QTabBar>

using namespace Qt::StringLiterals;

namespace ui {

ProxyStyle::ProxyStyle(const Theme &theme)
    : QProxyStyle(u"fusion"_s)
    , m_theme(theme)
{
}

const QColor &ProxyStyle::color(Role role) const
{
    return m_theme.color(role);
}

void ProxyStyle::box(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &edge,
                     qreal edgeWidth) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal inset = edgeWidth / 2;
    painter->setPen(edge.alpha() == 0 ? QPen(Qt::NoPen) : QPen(edge, edgeWidth));
    painter->setBrush(fill);
    const qreal radius = measure::controlRadius - inset / 2;
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter->restore();
}

void ProxyStyle::focusRing(QPainter *painter, const QRect &rect) const
{
    box(painter, QRectF(rect), Qt::transparent, color(Role::Accent), measure::focusRing);
}

void ProxyStyle::chevron(QPainter *painter, const QRect &rect, PrimitiveElement arrow, bool isEnabled) const
{
    Icon icon = Icon::ChevronDown;
    if (arrow == PE_IndicatorArrowUp)
        icon = Icon::ChevronUp;
    else if (arrow == PE_IndicatorArrowLeft)
        icon = Icon::ChevronLeft;
    else if (arrow == PE_IndicatorArrowRight)
        icon = Icon::ChevronRight;
    const int side = std::min({rect.width(), rect.height(), 12});
    const QRect square(rect.center().x() - side / 2 + 1, rect.center().y() - side / 2 + 1, side, side);
    painter->drawPixmap(square, m_theme.pixmap(icon, isEnabled ? Role::TextSecondary : Role::BorderStrong,
                                               side, painter->device()->devicePixelRatioF()));
}

void ProxyStyle::drawPushButtonPanel(const QStyleOption *option, QPainter *painter,
                                     const QWidget *widget) const
{
    const ButtonKind kind = widget != nullptr ? buttonKind(*widget) : ButtonKind::Plain;
    const bool isDown = (option->state & (State_Sunken | State_On)) != 0;
    const bool isHover = (option->state & State_MouseOver) != 0 && (option->state & State_Enabled) != 0;
    if ((option->state & State_Enabled) == 0) {
        box(painter, QRectF(option->rect), color(Role::Sunken), color(Role::Border));
    } else if (kind == ButtonKind::Accent) {
        QColor fill = color(Role::Accent);
        const bool isDark = m_theme.variant() == Theme::Variant::Dark;
        if (isDown)
            fill = isDark ? fill.darker(115) : fill.darker(118);
        else if (isHover)
            fill = isDark ? fill.lighter(106) : fill.darker(108);
        box(painter, QRectF(option->rect), fill, Qt::transparent, 0);
    } else if (kind == ButtonKind::Quiet) {
        if (isDown || isHover)
            box(painter, QRectF(option->rect), color(isDown ? Role::Border : Role::Sunken), Qt::transparent,
                0);
    } else if (kind == ButtonKind::Danger) {
        box(painter, QRectF(option->rect), color(isDown || isHover ? Role::ViolationSoft : Role::Surface),
            color(Role::Violation));
    } else {
        const Role fill = isDown ? Role::Border : (isHover ? Role::Sunken : Role::Surface);
        box(painter, QRectF(option->rect), color(fill), color(Role::BorderStrong));
    }
}

void ProxyStyle::drawCheckIndicator(PrimitiveElement element, const QStyleOption *option,
                                    QPainter *painter) const
{
    const bool isEnabled = (option->state & State_Enabled) != 0;
    const bool isOn = (option->state & State_On) != 0;
    const bool isPartial = (option->state & State_NoChange) != 0;
    const bool isHover = isEnabled && (option->state & State_MouseOver) != 0;
    const int side = std::min(option->rect.width(), option->rect.height());
    const QRect rect(option->rect.x(), option->rect.y() + (option->rect.height() - side) / 2, side, side);
    const Role ground = isOn || isPartial ? (isEnabled ? Role::Accent : Role::BorderStrong)
                                          : (isEnabled ? Role::Surface : Role::Sunken);
    const Role edge = isOn || isPartial ? ground : (isHover ? Role::Accent : Role::BorderStrong);
    const qreal ratio = painter->device()->devicePixelRatioF();
    if (element == PE_IndicatorRadioButton) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(color(edge), 1.5));
        painter->setBrush(color(ground));
        painter->drawEllipse(QRectF(rect).adjusted(1, 1, -1, -1));
        if (isOn) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(color(Role::OnAccent));
            painter->drawEllipse(QRectF(rect).adjusted(5, 5, -5, -5));
        }
        painter->restore();
        return;
    }
    box(painter, QRectF(rect), color(ground), color(edge), 1.5);
    if (isOn || isPartial) {
        const int inner = side - 4;
        painter->drawPixmap(rect.adjusted(2, 2, -2, -2),
                            m_theme.pixmap(isOn ? Icon::Check : Icon::Minus, Role::OnAccent, inner, ratio));
    }
}

void ProxyStyle::drawItemPanel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
    if (item != nullptr && item->backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option->rect, item->backgroundBrush);
    if ((option->state & State_Selected) != 0)
        painter->fillRect(option->rect, color(Role::AccentSoft));
    else if ((option->state & State_MouseOver) != 0 && (option->state & State_Enabled) != 0 &&
             qobject_cast<const QAbstractItemView *>(widget) != nullptr)
        painter->fillRect(option->rect, color(Role::Sunken));
}

void ProxyStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    const bool isEnabled = (option->state & State_Enabled) != 0;
    switch (element) {
    case PE_FrameFocusRect:
        focusRing(painter, option->rect);
        return;
    case PE_PanelButtonCommand:
        drawPushButtonPanel(option, painter, widget);
        return;
    case PE_FrameDefaultButton:
    case PE_FrameTabWidget:
    case PE_FrameGroupBox:
    case PE_FrameStatusBarItem:
    case PE_PanelStatusBar:
    case PE_IndicatorToolBarHandle:
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorRadioButton:
    case PE_IndicatorItemViewItemCheck:
        drawCheckIndicator(element, option, painter);
        return;
    case PE_PanelLineEdit:
    case PE_FrameLineEdit: {
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame != nullptr && frame->lineWidth == 0)
            return;
        const bool hasFocus = (option->state & State_HasFocus) != 0;
        box(painter, QRectF(option->rect),
            element == PE_PanelLineEdit ? color(isEnabled ? Role::Surface : Role::Sunken)
                                        : QColor(Qt::transparent),
            color(hasFocus ? Role::Accent : Role::BorderStrong), hasFocus ? measure::focusRing : 1);
        return;
    }
    case PE_Frame:
    case PE_FrameMenu:
    case PE_FrameWindow: {
        painter->save();
        const bool isPopup =
            element != PE_Frame || (widget != nullptr && widget->windowType() == Qt::SubWindow);
        painter->setPen(color(isPopup ? Role::BorderStrong : Role::Border));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    }
    case PE_PanelMenu:
        painter->fillRect(option->rect, color(Role::Surface));
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, color(Role::Text));
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          color(Role::Border));
        return;
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp:
    case PE_IndicatorArrowLeft:
    case PE_IndicatorArrowRight:
        chevron(painter, option->rect, element, isEnabled);
        return;
    case PE_IndicatorHeaderArrow:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            chevron(painter, option->rect,
                    (header->sortIndicator & QStyleOptionHeader::SortUp) != 0 ? PE_IndicatorArrowUp
                                                                              : PE_IndicatorArrowDown,
                    true);
        return;
    case PE_IndicatorBranch:
        if ((option->state & State_Children) != 0)
            chevron(painter, option->rect,
                    (option->state & State_Open) != 0 ? PE_IndicatorArrowDown : PE_IndicatorArrowRight, true);
        return;
    case PE_PanelItemViewItem:
        drawItemPanel(option, painter, widget);
        return;
    case PE_PanelItemViewRow:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
            item != nullptr && (item->features & QStyleOptionViewItem::Alternate) != 0)
            painter->fillRect(option->rect, color(Role::Sunken));
        return;
    case PE_IndicatorToolBarSeparator:
        painter->fillRect(
            QRect(option->rect.center().x(), option->rect.top() + 8, 1, option->rect.height() - 16),
            color(Role::Border));
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
}

QRect ProxyStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_PushButtonFocusRect)
        return option->rect;
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    return element == SE_LineEditContents ? rect.adjusted(space::xs, 0, -space::xs, 0) : rect;
}

int ProxyStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ToolBarFrameWidth:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseOverlap:
    case PM_ToolBarHandleExtent:
        return 0;
    case PM_SplitterWidth:
    case PM_MenuPanelWidth:
    case PM_DefaultFrameWidth:
        return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
    case PM_ToolBarItemSpacing:
    case PM_ToolBarItemMargin:
        return space::xs;
    case PM_SmallIconSize:
    case PM_ToolBarIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return space::s;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return space::m;
    case PM_TabBarTabHSpace:
        return space::xl;
    case PM_TabBarTabVSpace:
        return space::m;
    case PM_FocusFrameHMargin:
    case PM_HeaderMargin:
        return 6;
    case PM_MenuButtonIndicator:
        return 18;
    case PM_HeaderMarkSize:
        return 12;
    case PM_ToolTipLabelFrameWidth:
        return 5;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ProxyStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                          QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
    case SH_ItemView_ActivateItemOnSingleClick:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_FormLayoutLabelAlignment:
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    case SH_TabBar_Alignment:
        return static_cast<int>(Qt::AlignLeft);
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration:
        return m_theme.durationMs(120);
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

void ProxyStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) != nullptr || qobject_cast<QComboBox *>(widget) != nullptr ||
        qobject_cast<QScrollBar *>(widget) != nullptr || qobject_cast<QTabBar *>(widget) != nullptr ||
        qobject_cast<QLineEdit *>(widget) != nullptr || qobject_cast<QAbstractSpinBox *>(widget) != nullptr)
        widget->setAttribute(Qt::WA_Hover);
}

void ProxyStyle::unpolish(QWidget *widget)
{
    QProxyStyle::unpolish(widget);
}

} // namespace ui
