// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/sheetview.h"
#include "ui/theme/theme.h"

#include <QCompleter>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int boxSize = 16;
constexpr int markSize = 14;
constexpr int indent = 16;

QRect boxIn(const QRect &cell)
{
    return {cell.left() + space::s, cell.center().y() + 1 - boxSize / 2, boxSize, boxSize};
}

/// What the editor of a column offers; empty: nothing.
QStringList offersOf(int column)
{
    if (column == PropertyModel::TypeColumn) {
        return {u"string"_s,         u"integer"_s,         u"number"_s,         u"boolean"_s,
                u"object"_s,         u"array"_s,           u"null"_s,           u"date-time"_s,
                u"string or null"_s, u"integer or null"_s, u"number or null"_s, u"boolean or null"_s,
                u"object or null"_s, u"array or null"_s};
    }
    if (column == PropertyModel::FormatColumn) {
        return {u"date"_s,  u"date-time"_s, u"time"_s,         u"email"_s,     u"hostname"_s,
                u"ipv4"_s,  u"ipv6"_s,      u"json-pointer"_s, u"uri"_s,       u"uuid"_s,
                u"regex"_s, u"duration"_s,  u"iri"_s,          u"idn-email"_s, u"uri-reference"_s};
    }
    return {};
}

QString placeholderOf(int column)
{
    switch (column) {
    case PropertyModel::AllowedColumn:
        return SheetDelegate::tr("a, b, \"c, d\"");
    case PropertyModel::RangeColumn:
        return u"0..100"_s;
    case PropertyModel::PatternColumn:
        return u"^del_[0-9]+$"_s;
    case PropertyModel::LabelsColumn:
        return SheetDelegate::tr("owner: growth");
    default:
        return {};
    }
}

} // namespace

SheetDelegate::SheetDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void SheetDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    painter->save();
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const bool isCurrent = view != nullptr && view->currentIndex() == index;
    const bool hasFocus = view != nullptr && view->hasFocus();
    const bool isRefused = !index.data(PropertyModel::RefusalRole).toString().isEmpty();
    const bool isRequired = index.data(PropertyModel::IsRequiredRole).toBool();
    const bool isReadOnly =
        !index.flags().testFlag(Qt::ItemIsEditable) && !index.flags().testFlag(Qt::ItemIsUserCheckable);
    const qreal ratio = painter->device()->devicePixelRatioF();

    if (isRefused) {
        painter->fillRect(option.rect, m_theme.color(Role::ViolationSoft));
    } else if (option.state.testFlag(QStyle::State_Selected) && (!isCurrent || hasFocus)) {
        painter->fillRect(option.rect, m_theme.color(Role::AccentSoft));
    }
    painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                      m_theme.color(Role::Border));
    painter->fillRect(option.rect.right(), option.rect.top(), 1, option.rect.height(),
                      m_theme.color(Role::Border));

    QRect area = option.rect.adjusted(space::s, 0, -space::s, 0);
    if (index.column() == PropertyModel::RequiredColumn) {
        QStyleOptionViewItem box(option);
        box.rect = boxIn(option.rect);
        box.state = (isReadOnly ? QStyle::State_None : QStyle::State_Enabled) |
                    (isRequired ? QStyle::State_On : QStyle::State_Off);
        option.widget->style()->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, painter,
                                              option.widget);
    } else {
        const bool isName = index.column() == PropertyModel::NameColumn;
        const bool isProse = index.column() == PropertyModel::DescriptionColumn;
        QFont font = m_theme.font(isProse ? FontRole::Body : FontRole::Mono);
        if (isName && isRequired) {
            font.setWeight(QFont::DemiBold);
        }
        painter->setFont(font);
        if (isName) {
            area.setLeft(area.left() + indent * index.data(PropertyModel::DepthRole).toInt());
        }
        if (isRefused) {
            painter->drawPixmap(area.right() - markSize + 1, area.center().y() + 1 - markSize / 2,
                                m_theme.pixmap(Icon::Violation, Role::Violation, markSize, ratio));
            area.setRight(area.right() - markSize - space::xs);
        } else if (isName && index.data(PropertyModel::HasMoreRole).toBool()) {
            painter->drawPixmap(area.right() - markSize + 1, area.center().y() + 1 - markSize / 2,
                                m_theme.pixmap(Icon::More, Role::TextSecondary, markSize, ratio));
            area.setRight(area.right() - markSize - space::xs);
        }
        Role pen = isName ? Role::Text : Role::TextSecondary;
        if (isRefused) {
            pen = Role::Violation;
        } else if (isReadOnly || index.data(Qt::EditRole).toString().isEmpty()) {
            pen = option.state.testFlag(QStyle::State_Selected) ? Role::TextSecondary : Role::TextHint;
        }
        painter->setPen(m_theme.color(pen));
        painter->drawText(area, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(index.data().toString().replace(u'\n', u' '),
                                                            Qt::ElideRight, area.width()));
    }
    if (isCurrent) {
        painter->setPen(QPen(m_theme.color(hasFocus ? Role::Accent : Role::BorderStrong),
                             hasFocus ? measure::focusRing : 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(option.rect).adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

QWidget *SheetDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem & /*option*/,
                                     const QModelIndex &index) const
{
    auto *editor = new QLineEdit(parent);
    editor->setObjectName(u"sheetEditor"_s);
    editor->setFont(
        m_theme.font(index.column() == PropertyModel::DescriptionColumn ? FontRole::Body : FontRole::Mono));
    editor->setPlaceholderText(placeholderOf(index.column()));
    editor->setAccessibleName(tr("%1 of %2")
                                  .arg(index.model()->headerData(index.column(), Qt::Horizontal).toString(),
                                       plan::shownPath(index.data(PropertyModel::PathRole).toStringList())));
    if (const QStringList offers = offersOf(index.column()); !offers.isEmpty()) {
        auto *completer = new QCompleter(offers, editor);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setCompletionMode(QCompleter::PopupCompletion);
        editor->setCompleter(completer);
    }
    return editor;
}

void SheetDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                         const QModelIndex & /*index*/) const
{
    // Wide enough to see what is typed, also in a narrow column.
    QRect place = option.rect;
    place.setWidth(std::max(place.width(), 140));
    if (const QWidget *view = editor->parentWidget(); view != nullptr && place.right() > view->width()) {
        place.moveRight(std::max(view->width() - 1, place.width() - 1));
    }
    editor->setGeometry(place);
}

bool SheetDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                                const QModelIndex &index)
{
    if (index.column() != PropertyModel::RequiredColumn || !index.flags().testFlag(Qt::ItemIsUserCheckable)) {
        return false;
    }
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton &&
            boxIn(option.rect).adjusted(-4, -4, 4, 4).contains(mouse->position().toPoint())) {
            return model->setData(
                index, index.data(PropertyModel::IsRequiredRole).toBool() ? Qt::Unchecked : Qt::Checked,
                Qt::CheckStateRole);
        }
    }
    return false;
}

} // namespace ui
