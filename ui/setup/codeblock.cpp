// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/codeblock.h"

#include <algorithm>

#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace ui {

CodeBlock::CodeBlock(const Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
{
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setTabChangesFocus(true);
    setFont(theme.font(FontRole::Mono));
    document()->setDocumentMargin(space::m);
    setAccessibleName(tr("Lines to copy"));
    connect(&theme, &Theme::changed, this, &CodeBlock::mark);
    mark();
}

void CodeBlock::setCode(const QString &code, const QStringList &marked)
{
    m_marked = marked;
    setPlainText(code);
    mark();
    updateGeometry();
}

QSize CodeBlock::sizeHint() const
{
    const int lines = std::max(1, blockCount());
    int height = lines * QFontMetrics(font()).lineSpacing() + 2 * space::m + 2;
    if (horizontalScrollBar()->isVisible())
        height += horizontalScrollBar()->sizeHint().height();
    return {400, height};
}

QSize CodeBlock::minimumSizeHint() const
{
    return {200, sizeHint().height()};
}

void CodeBlock::mark()
{
    QPalette colors = palette();
    colors.setColor(QPalette::Base, Qt::transparent); // the ground is drawn rounded, below
    colors.setColor(QPalette::Text, m_theme.color(Role::Text));
    setPalette(colors);
    QList<QTextEdit::ExtraSelection> selections;
    for (const QString &marked : m_marked) {
        QTextCursor cursor(document());
        for (;;) {
            cursor = document()->find(marked, cursor, QTextDocument::FindCaseSensitively);
            if (cursor.isNull())
                break;
            QTextEdit::ExtraSelection selection;
            selection.cursor = cursor;
            selection.format.setForeground(m_theme.color(Role::Accent));
            selection.format.setFontWeight(QFont::DemiBold);
            selections.append(selection);
        }
    }
    setExtraSelections(selections);
}

void CodeBlock::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    updateGeometry();
}

void CodeBlock::paintEvent(QPaintEvent *event)
{
    {
        QPainter painter(viewport());
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(hasFocus() ? QPen(m_theme.color(Role::Accent), measure::focusRing) : QPen(Qt::NoPen));
        painter.setBrush(m_theme.color(Role::Sunken));
        painter.drawRoundedRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1), measure::controlRadius,
                                measure::controlRadius);
    }
    QPlainTextEdit::paintEvent(event);
}

} // namespace ui
