// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

// The other half of ProxyStyle: whole controls, where proxystyle.cpp has their parts and measures.
#include "ui/theme/proxystyle.h"
#include "ui/theme/theme.h"

#include <algorithm>

#include <QAbstractScrollArea>
#include <QPainter>
#include <QStyleOption>
#include <QWidget>

namespace ui {

namespace {

constexpr int toolGap = 6;        ///< between a tool button's icon and its text
constexpr int toolMenuWidth = 18; ///< of its arrow

/// What a scroll bar lies on: what the area scrolled is filled with, or whatever is behind it.
QColor groundBehind(const QWidget *scrollBar, const QPalette &fallback)
{
    for (const QWidget *widget = scrollBar; widget != nullptr; widget = widget->parentWidget()) {
        const auto *area = qobject_cast<const QAbstractScrollArea *>(widget);
        const QWidget *filled =
            area != nullptr && area->viewport()->autoFillBackground() ? area->viewport() : widget;
        if (widget == scrollBar || !filled->autoFillBackground())
            continue;
        if (const QColor color = filled->palette().color(filled->backgroundRole()); color.alpha() == 255)
            return color;
    }
    return fallback.color(QPalette::Window);
}

} // namespace

void ProxyStyle::drawTabShape(const QStyleOption *option, QPainter *painter) const
{
    const QRect &rect = option->rect;
    if ((option->state & State_Selected) != 0)
        painter->fillRect(QRect(rect.left() + 4, rect.bottom() - 1, rect.width() - 8, 2),
                          color(Role::Accent));
    else if ((option->state & State_MouseOver) != 0)
        painter->fillRect(QRect(rect.left() + 4, rect.bottom() - 1, rect.width() - 8, 2),
                          color(Role::BorderStrong));
}

void ProxyStyle::drawHeaderSection(const QStyleOption *option, QPainter *painter) const
{
    const QRect &rect = option->rect;
    const bool isHover = (option->state & State_MouseOver) != 0 && (option->state & State_Enabled) != 0;
    painter->fillRect(rect, color(isHover ? Role::Canvas : Role::Sunken));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color(Role::Border));
    if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        header != nullptr && header->orientation == Qt::Horizontal &&
        header->position != QStyleOptionHeader::End && header->position != QStyleOptionHeader::OnlyOneSection)
        painter->fillRect(QRect(rect.right(), rect.top() + 7, 1, rect.height() - 14),
                          color(Role::BorderStrong));
}

void ProxyStyle::drawMenuItem(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (item == nullptr)
        return;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(item->rect.left(), item->rect.center().y(), item->rect.width(), 1),
                          color(Role::Border));
        return;
    }
    const bool isEnabled = (item->state & State_Enabled) != 0;
    if ((item->state & State_Selected) != 0 && isEnabled)
        box(painter, QRectF(item->rect), color(Role::AccentSoft), Qt::transparent, 0);
    const qreal ratio = painter->device()->devicePixelRatioF();
    const QRect mark(item->rect.left() + 8, item->rect.center().y() - 7, 16, 16);
    if (item->checked)
        painter->drawPixmap(
            mark, m_theme.pixmap(Icon::Check, isEnabled ? Role::Accent : Role::BorderStrong, 16, ratio));
    else if (!item->icon.isNull())
        item->icon.paint(painter, mark, Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
    const bool hasMark = item->maxIconWidth > 0 || item->menuHasCheckableItems;
    QRect text = item->rect.adjusted(hasMark ? 32 : 12, 0, -12, 0);
    const QStringList parts = item->text.split(u'\t');
    painter->save();
    painter->setFont(item->font);
    const int flags =
        Qt::AlignVCenter | Qt::TextSingleLine |
        (proxy()->styleHint(SH_UnderlineShortcut, option, widget, nullptr) != 0 ? Qt::TextShowMnemonic
                                                                                : Qt::TextHideMnemonic);
    painter->setPen(color(isEnabled ? Role::Text : Role::TextHint));
    painter->drawText(text, flags | Qt::AlignLeft, parts.front());
    if (parts.size() > 1) {
        painter->setPen(color((item->state & State_Selected) != 0 ? Role::TextSecondary : Role::TextHint));
        painter->drawText(text, flags | Qt::AlignRight, parts.last());
    }
    painter->restore();
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu)
        chevron(painter, QRect(item->rect.right() - 20, item->rect.top(), 16, item->rect.height()),
                PE_IndicatorArrowRight, isEnabled);
}

void ProxyStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
            button != nullptr && widget != nullptr && (option->state & State_Enabled) != 0) {
            QStyleOptionButton copy = *button;
            const ButtonKind kind = buttonKind(*widget);
            if (kind == ButtonKind::Accent)
                copy.palette.setColor(QPalette::ButtonText, color(Role::OnAccent));
            else if (kind == ButtonKind::Danger)
                copy.palette.setColor(QPalette::ButtonText, color(Role::Violation));
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_TabBarTabShape:
        drawTabShape(option, painter);
        return;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            QStyleOptionTab copy = *tab;
            const bool isSelected = (tab->state & State_Selected) != 0;
            copy.palette.setColor(QPalette::WindowText, color(isSelected ? Role::Text : Role::TextSecondary));
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_HeaderSection:
        drawHeaderSection(option, painter);
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, color(Role::Sunken));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          color(Role::Border));
        return;
    case CE_HeaderLabel:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            QStyleOptionHeader copy = *header;
            copy.palette.setColor(QPalette::ButtonText, color(Role::TextSecondary));
            // Headings stand over their column's text, which begins at the left unless the model says
            // otherwise.
            if (copy.textAlignment == Qt::AlignCenter)
                copy.textAlignment = Qt::AlignLeft | Qt::AlignVCenter;
            // The header's margin is meant for the sides: above and below it would cut the letters.
            copy.rect.adjust(0, -5, 0, 5);
            // A word cut off is worse than none: the icons below say it.
            if (copy.fontMetrics.horizontalAdvance(copy.text) > copy.rect.width())
                copy.text.clear();
            copy.state &= ~(State_On | State_Sunken); // no bold for the sorted column: widths must hold
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_MenuItem:
        drawMenuItem(option, painter, widget);
        return;
    case CE_MenuEmptyArea:
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, color(Role::Border));
        return;
    case CE_SizeGrip:
        return;
    case CE_ToolBar:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          color(Role::Border));
        return;
    case CE_ShapedFrame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame != nullptr && (frame->frameShape == QFrame::HLine || frame->frameShape == QFrame::VLine)) {
            const QRect &rect = option->rect;
            painter->fillRect(frame->frameShape == QFrame::HLine
                                  ? QRect(rect.left(), rect.center().y(), rect.width(), 1)
                                  : QRect(rect.center().x(), rect.top(), 1, rect.height()),
                              color(Role::Border));
            return;
        }
        break;
    case CE_ProgressBarGroove:
        box(painter, QRectF(option->rect), color(Role::Sunken), color(Role::Border));
        return;
    case CE_RubberBand:
        painter->fillRect(option->rect, m_theme.color(Role::Accent, 40));
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void ProxyStyle::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (slider == nullptr)
        return;
    painter->fillRect(option->rect, groundBehind(widget, option->palette));
    if (slider->maximum <= slider->minimum)
        return;
    const QRect handle = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, nullptr);
    const bool isActive = (option->state & (State_MouseOver | State_Sunken)) != 0;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color(isActive ? Role::TextHint : Role::BorderStrong));
    painter->drawRoundedRect(QRectF(handle).adjusted(2, 2, -2, -2), 3, 3);
    painter->restore();
}

void ProxyStyle::drawComboBox(const QStyleOptionComplex *option, QPainter *painter) const
{
    const bool isEnabled = (option->state & State_Enabled) != 0;
    const bool hasFocus = (option->state & State_HasFocus) != 0;
    const bool isHover = isEnabled && (option->state & State_MouseOver) != 0;
    box(painter, QRectF(option->rect), color(!isEnabled || isHover ? Role::Sunken : Role::Surface),
        color(hasFocus ? Role::Accent : Role::BorderStrong), hasFocus ? measure::focusRing : 1);
    chevron(painter, QRect(option->rect.right() - 24, option->rect.top(), 20, option->rect.height()),
            PE_IndicatorArrowDown, isEnabled);
}

void ProxyStyle::drawSpinBox(const QStyleOptionComplex *option, QPainter *painter,
                             const QWidget *widget) const
{
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (spin == nullptr)
        return;
    const bool isEnabled = (option->state & State_Enabled) != 0;
    const bool hasFocus = (option->state & State_HasFocus) != 0;
    box(painter, QRectF(option->rect), color(isEnabled ? Role::Surface : Role::Sunken),
        color(hasFocus ? Role::Accent : Role::BorderStrong), hasFocus ? measure::focusRing : 1);
    const auto arrow = [&](SubControl control, PrimitiveElement element,
                           QAbstractSpinBox::StepEnabledFlag step) {
        chevron(painter, subControlRect(CC_SpinBox, option, control, widget), element,
                isEnabled && (spin->stepEnabled & step) != 0);
    };
    arrow(SC_SpinBoxUp, PE_IndicatorArrowUp, QAbstractSpinBox::StepUpEnabled);
    arrow(SC_SpinBoxDown, PE_IndicatorArrowDown, QAbstractSpinBox::StepDownEnabled);
}

void ProxyStyle::drawToolButton(const QStyleOptionComplex *option, QPainter *painter,
                                const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    if (button == nullptr)
        return;
    const bool isEnabled = (option->state & State_Enabled) != 0;
    const bool isDown = (option->state & State_Sunken) != 0;
    if ((option->state & State_On) != 0)
        box(painter, QRectF(option->rect), color(Role::AccentSoft), Qt::transparent, 0);
    else if (isDown || (isEnabled && (option->state & State_MouseOver) != 0))
        box(painter, QRectF(option->rect), color(isDown ? Role::Border : Role::Sunken), Qt::transparent, 0);
    const bool hasMenu = (button->features & QStyleOptionToolButton::HasMenu) != 0;
    QRect room = option->rect;
    if (hasMenu) {
        room.setRight(room.right() - toolMenuWidth);
        chevron(painter, QRect(room.right() - 1, option->rect.top(), toolMenuWidth, option->rect.height()),
                PE_IndicatorArrowDown, isEnabled);
    }
    if (button->toolButtonStyle == Qt::ToolButtonTextBesideIcon && !button->icon.isNull()) {
        const QRect mark(room.left() + space::s, room.center().y() - 7, 16, 16);
        button->icon.paint(painter, mark, Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
        drawItemText(painter, room.adjusted(space::s + 16 + toolGap, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic, button->palette, isEnabled,
                     button->text, QPalette::ButtonText);
    } else {
        QStyleOptionToolButton label = *button;
        label.rect = room;
        proxy()->drawControl(CE_ToolButtonLabel, &label, painter, widget);
    }
    if ((option->state & State_HasFocus) != 0)
        focusRing(painter, option->rect);
}

void ProxyStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                    QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_ScrollBar:
        drawScrollBar(option, painter, widget);
        return;
    case CC_ComboBox:
        drawComboBox(option, painter);
        return;
    case CC_SpinBox:
        drawSpinBox(option, painter, widget);
        return;
    case CC_ToolButton:
        drawToolButton(option, painter, widget);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
}

QRect ProxyStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                 SubControl subControl, const QWidget *widget) const
{
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField)
        return option->rect.adjusted(9, 2, -24, -2);
    if (control == CC_SpinBox) {
        constexpr int arrows = 24;
        const QRect &whole = option->rect;
        const int middle = whole.height() / 2;
        switch (subControl) {
        case SC_SpinBoxUp:
            return {whole.right() - arrows, whole.top() + 2, arrows, middle - 2};
        case SC_SpinBoxDown:
            return {whole.right() - arrows, whole.top() + middle, arrows, middle - 2};
        case SC_SpinBoxEditField:
            return whole.adjusted(space::xs, 2, -arrows, -2);
        default:
            return whole;
        }
    }
    if (control != CC_ScrollBar)
        return QProxyStyle::subControlRect(control, option, subControl, widget);
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (slider == nullptr)
        return {};
    const QRect &rect = option->rect;
    const bool isHorizontal = slider->orientation == Qt::Horizontal;
    const int length = isHorizontal ? rect.width() : rect.height();
    int handle = length;
    if (slider->maximum > slider->minimum) {
        const qint64 span = static_cast<qint64>(slider->maximum) - slider->minimum + slider->pageStep;
        handle = static_cast<int>(static_cast<qint64>(slider->pageStep) * length / std::max<qint64>(span, 1));
        handle =
            std::clamp(handle, std::min(pixelMetric(PM_ScrollBarSliderMin, option, widget), length), length);
    }
    const int start = sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition,
                                              length - handle, slider->upsideDown);
    const auto piece = [&](int from, int size) {
        return isHorizontal ? QRect(rect.left() + from, rect.top(), size, rect.height())
                            : QRect(rect.left(), rect.top() + from, rect.width(), size);
    };
    switch (subControl) {
    case SC_ScrollBarSlider:
        return piece(start, handle);
    case SC_ScrollBarSubPage:
        return piece(0, start);
    case SC_ScrollBarAddPage:
        return piece(start + handle, length - start - handle);
    case SC_ScrollBarGroove:
        return rect;
    default:
        return {};
    }
}

QSize ProxyStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                                   const QWidget *widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    switch (type) {
    case CT_PushButton:
        return {contents.width() + 2 * space::m + 2, 30};
    case CT_LineEdit:
        return {size.width(), 30};
    case CT_SpinBox:
        return {size.width() + space::m, 30};
    case CT_ComboBox:
        return {contents.width() + 40, 30};
    case CT_HeaderSection:
        return {size.width(), 26};
    case CT_TabBarTab:
        return {size.width(), 34};
    case CT_ToolButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        if (button == nullptr)
            return size;
        const bool hasMenu = (button->features & QStyleOptionToolButton::HasMenu) != 0;
        const int menu = hasMenu ? toolMenuWidth : 0;
        const int text = button->fontMetrics.size(Qt::TextShowMnemonic, button->text).width();
        if (button->toolButtonStyle == Qt::ToolButtonTextBesideIcon && !button->icon.isNull())
            return {space::s + 16 + toolGap + text + space::s + menu, 28};
        if (button->toolButtonStyle == Qt::ToolButtonIconOnly)
            return {28 + menu, 28};
        return {contents.width() + 16, 28};
    }
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            if (item->menuItemType == QStyleOptionMenuItem::Separator)
                return {contents.width(), 9};
            const bool hasShortcut = item->text.contains(u'\t');
            return {contents.width() + 56 + (hasShortcut ? space::xl : 0), 28};
        }
        return size;
    default:
        return size;
    }
}

} // namespace ui
