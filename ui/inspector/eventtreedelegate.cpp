// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/eventtreedelegate.h"

#include "ui/itemmodels/jsontreemodel.h"
#include "ui/theme/theme.h"
#include "json/value.h"

#include <algorithm>

#include <QPainter>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int lineHeight = 24;
constexpr int iconSize = 14;
constexpr int notePadding = 6;
constexpr int noteGap = 4;
constexpr int noteText = space::s + iconSize + space::s; ///< left of its texts

Role valueRole(int type)
{
    switch (type) {
    case static_cast<int>(json::Type::String):
        return Role::Text;
    case static_cast<int>(json::Type::Number):
        return Role::Unplanned;
    case static_cast<int>(json::Type::Bool):
    case static_cast<int>(json::Type::Null):
        return Role::Protocol;
    default:
        return Role::TextHint;
    }
}

Role severityRole(int severity)
{
    switch (static_cast<event::Severity>(severity)) {
    case event::Severity::Error:
        return Role::Violation;
    case event::Severity::Warning:
        return Role::Unplanned;
    case event::Severity::Info:
        break;
    }
    return Role::Lint;
}

int wrappedHeight(const QString &text, const QFont &font, int width)
{
    if (text.isEmpty()) {
        return 0;
    }
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10'000), Qt::TextWordWrap, text).height();
}

} // namespace

EventTreeDelegate::EventTreeDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void EventTreeDelegate::setFindings(std::vector<event::Finding> findings,
                                    std::vector<event::FindingText> texts)
{
    m_findings = std::move(findings);
    m_texts = std::move(texts);
}

int EventTreeDelegate::indentOf(const QModelIndex &index) const
{
    const auto *tree = qobject_cast<const QTreeView *>(parent());
    int levels = 1;
    for (QModelIndex up = index.parent(); up.isValid(); up = up.parent()) {
        ++levels;
    }
    return levels * (tree != nullptr ? tree->indentation() : space::l);
}

std::vector<EventTreeDelegate::Note> EventTreeDelegate::notesOf(const QModelIndex &index, int width) const
{
    std::vector<Note> notes;
    const auto findings = index.data(JsonTreeModel::FindingsRole).value<QList<int>>();
    const int textWidth = std::max(60, width - noteText - space::m);
    for (const int number : findings) {
        const auto at = static_cast<std::size_t>(number);
        if (number < 0 || at >= m_texts.size() || at >= m_findings.size()) {
            continue;
        }
        const auto &text = m_texts[at];
        notes.push_back({&m_findings[at], &text,
                         wrappedHeight(text.message, m_theme.font(FontRole::Body), textWidth),
                         wrappedHeight(text.fix, m_theme.font(FontRole::Meta), textWidth)});
    }
    return notes;
}

QSize EventTreeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    int height = lineHeight;
    const int width = m_viewWidth - indentOf(index);
    for (const auto &note : notesOf(index, width)) {
        height += note.messageHeight + note.fixHeight + 2 * notePadding + noteGap;
    }
    return {option.rect.width(), height};
}

void EventTreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    painter->save();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QRect line(option.rect.left(), option.rect.top(), option.rect.width(), lineHeight);
    if (isSelected) {
        painter->fillRect(line, m_theme.color(Role::AccentSoft));
    }
    paintLine(*painter, line, index, isSelected);
    int top = line.bottom() + 1;
    for (const auto &note : notesOf(index, option.rect.width())) {
        const int height = note.messageHeight + note.fixHeight + 2 * notePadding;
        paintNote(*painter, QRect(option.rect.left(), top, option.rect.width() - space::s, height), note);
        top += height + noteGap;
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(m_theme.color(Role::Accent), measure::focusRing));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(line).adjusted(1, 1, -1, -1), measure::controlRadius,
                                 measure::controlRadius);
    }
    painter->restore();
}

void EventTreeDelegate::paintLine(QPainter &painter, const QRect &line, const QModelIndex &index,
                                  bool isSelected) const
{
    const bool isMissing = index.data(JsonTreeModel::IsMissingRole).toBool();
    const int type = index.data(JsonTreeModel::TypeRole).toInt();
    const QString key = index.data(JsonTreeModel::KeyRole).toString();
    const QString value = index.siblingAtColumn(JsonTreeModel::ValueColumn).data().toString();

    painter.setFont(m_theme.font(FontRole::Mono));
    const QFontMetrics metrics = painter.fontMetrics();
    // Values stand in one line however deep the key is, so that the eye can run down them.
    const int column = std::clamp(m_viewWidth * 2 / 5, 120, 300);
    const int valueLeft =
        std::max(column, line.left() + std::min(metrics.horizontalAdvance(key), 60) + space::m);
    const QRect keyArea(line.left() + 2, line.top(), valueLeft - line.left() - space::s, line.height());
    const QRect valueArea(valueLeft, line.top(), line.right() - valueLeft - space::s, line.height());

    if (isMissing) {
        painter.setRenderHint(QPainter::Antialiasing);
        QPen pen(m_theme.color(Role::Violation), 1, Qt::DashLine);
        painter.setPen(pen);
        painter.drawRoundedRect(QRectF(line).adjusted(-2.5, 2.5, -space::s, -1.5), measure::controlRadius,
                                measure::controlRadius);
        painter.drawText(keyArea.adjusted(2, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeading,
                         metrics.elidedText(key, Qt::ElideRight, keyArea.width()));
        QFont font = m_theme.font(FontRole::Body);
        font.setItalic(true);
        painter.setFont(font);
        painter.drawText(valueArea, Qt::AlignVCenter | Qt::AlignLeading, tr("missing"));
        return;
    }
    const int worst = index.data(JsonTreeModel::SeverityRole).toInt();
    const bool isWrong = worst >= 0;
    const int worstBelow = index.data(JsonTreeModel::BranchSeverityRole).toInt();
    if (!isWrong && worstBelow >= 0) {
        // A folded branch with something wrong inside must not look clean.
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(severityRole(worstBelow)));
        painter.drawEllipse(
            QPointF(keyArea.left() + metrics.horizontalAdvance(key) + space::s, line.center().y() + 1), 2.5,
            2.5);
    }
    painter.setPen(m_theme.color(isSelected ? Role::Text : Role::TextSecondary));
    painter.drawText(keyArea, Qt::AlignVCenter | Qt::AlignLeading,
                     metrics.elidedText(key, Qt::ElideRight, keyArea.width()));
    const Role role = valueRole(type);
    painter.setPen(m_theme.color(isSelected && role == Role::TextHint ? Role::TextSecondary : role));
    painter.drawText(valueArea, Qt::AlignVCenter | Qt::AlignLeading,
                     metrics.elidedText(value, Qt::ElideRight, valueArea.width()));
}

void EventTreeDelegate::paintNote(QPainter &painter, const QRect &area, const Note &note) const
{
    const Tone tone = toneFor(event::kindOf(note.finding->rule));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(tone.soft));
    painter.drawRoundedRect(area, measure::controlRadius, measure::controlRadius);
    const qreal scale = painter.device()->devicePixelRatioF();
    painter.drawPixmap(area.left() + space::s, area.top() + notePadding + 1,
                       m_theme.pixmap(tone.icon, tone.word, iconSize, scale));

    const QRect message(area.left() + noteText, area.top() + notePadding, area.width() - noteText - space::xs,
                        note.messageHeight);
    painter.setFont(m_theme.font(FontRole::Body));
    painter.setPen(m_theme.color(tone.word));
    painter.drawText(message, Qt::TextWordWrap, note.text->message);
    painter.setFont(m_theme.font(FontRole::Meta));
    painter.setPen(m_theme.color(Role::TextSecondary));
    painter.drawText(QRect(message.left(), message.bottom() + 1, message.width(), note.fixHeight),
                     Qt::TextWordWrap, note.text->fix);
}

} // namespace ui
