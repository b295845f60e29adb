// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/jsonview.h"

#include "ui/theme/theme.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// More are counted, but not marked: each mark costs on every repaint.
constexpr std::size_t maxMarked = 500;

QTextCharFormat coloured(const QColor &color)
{
    QTextCharFormat format;
    format.setForeground(color);
    return format;
}

/// Pretty-printed JSON never breaks a token over lines, so a line can be coloured knowing nothing of the
/// rest.
QList<QTextLayout::FormatRange> formatsOf(const QString &line, const Theme &theme)
{
    QList<QTextLayout::FormatRange> ranges;
    const auto add = [&ranges, &theme](qsizetype from, qsizetype to, Role role) {
        ranges.append({static_cast<int>(from), static_cast<int>(to - from), coloured(theme.color(role))});
    };
    for (qsizetype i = 0; i < line.size();) {
        const QChar c = line[i];
        const qsizetype from = i;
        if (c == u'"') {
            ++i;
            while (i < line.size() && line[i] != u'"') {
                i += line[i] == u'\\' ? 2 : 1;
            }
            i = std::min(i + 1, line.size());
            const bool isKey = i < line.size() && line[i] == u':';
            add(from, i, isKey ? Role::Accent : Role::Valid);
        } else if (c.isDigit() || c == u'-') {
            while (i < line.size() && !line[i].isSpace() && line[i] != u',' && line[i] != u']' &&
                   line[i] != u'}') {
                ++i;
            }
            add(from, i, Role::Unplanned);
        } else if (c.isLetter()) {
            while (i < line.size() && line[i].isLetter()) {
                ++i;
            }
            add(from, i, Role::Protocol);
        } else {
            ++i;
            if (!c.isSpace()) {
                add(from, i, Role::TextHint);
            }
        }
    }
    return ranges;
}

QToolButton *barButton(const Theme &theme, Icon icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(theme.icon(icon));
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setAutoRaise(true);
    return button;
}

} // namespace

JsonTextEdit::JsonTextEdit(const Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    document()->setDocumentMargin(space::s);
    connect(&m_theme, &Theme::changed, this, &JsonTextEdit::applyTheme);
    applyTheme();
}

void JsonTextEdit::applyTheme()
{
    document()->setDefaultFont(m_theme.font(FontRole::Mono));
    setFont(m_theme.font(FontRole::Mono));
    viewport()->update();
}

void JsonTextEdit::paintEvent(QPaintEvent *event)
{
    const qreal bottom = viewport()->height();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        if (blockBoundingGeometry(block).translated(contentOffset()).top() > bottom) {
            break;
        }
        const auto formats = formatsOf(block.text(), m_theme);
        if (block.layout()->formats() != formats) {
            block.layout()->setFormats(formats);
        }
    }
    QPlainTextEdit::paintEvent(event);
}

JsonView::JsonView(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_editor(new JsonTextEdit(theme, this))
    , m_bar(new QWidget(this))
    , m_field(new QLineEdit(m_bar))
    , m_count(new QLabel(m_bar))
{
    m_field->setObjectName(u"jsonSearch"_s);
    m_field->setAccessibleName(tr("Search in the JSON"));
    m_field->setPlaceholderText(tr("Search"));
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    m_count->setObjectName(u"jsonSearchCount"_s);

    auto *back = barButton(theme, Icon::ChevronUp, tr("Previous match (Shift+Enter)"), m_bar);
    auto *forward = barButton(theme, Icon::ChevronDown, tr("Next match (Enter)"), m_bar);
    auto *close = barButton(theme, Icon::Close, tr("Close the search (Esc)"), m_bar);
    auto *row = new QHBoxLayout(m_bar);
    row->setContentsMargins(space::s, space::xs, space::s, space::xs);
    row->setSpacing(space::xs);
    row->addWidget(m_field, 1);
    row->addWidget(m_count);
    row->addWidget(back);
    row->addWidget(forward);
    row->addWidget(close);
    setGround(*m_bar, Role::Sunken);
    m_bar->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_editor, 1);
    setFocusProxy(m_editor);

    connect(m_field, &QLineEdit::textChanged, this, &JsonView::search);
    connect(back, &QToolButton::clicked, this, [this] { step(Direction::Backward); });
    connect(forward, &QToolButton::clicked, this, [this] { step(Direction::Forward); });
    connect(close, &QToolButton::clicked, this, &JsonView::closeSearch);
    connect(&m_theme, &Theme::changed, this, &JsonView::applyTheme);
}

void JsonView::setText(const QString &text)
{
    m_editor->setPlainText(text);
    search();
}

QString JsonView::text() const
{
    return m_editor->toPlainText();
}

void JsonView::markLine(int line)
{
    m_markedLine = line;
    showMatch();
}

void JsonView::openSearch()
{
    m_bar->show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    search();
}

void JsonView::closeSearch()
{
    m_bar->hide();
    m_editor->setFocus(Qt::OtherFocusReason);
    search();
}

void JsonView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Find)) {
        openSearch();
    } else if (event->key() == Qt::Key_Escape && !m_bar->isHidden()) {
        closeSearch();
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool JsonView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            step(key->modifiers().testFlag(Qt::ShiftModifier) ? Direction::Backward : Direction::Forward);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void JsonView::search()
{
    m_matches.clear();
    m_match = 0;
    const QString needle = m_bar->isHidden() ? QString() : m_field->text();
    if (!needle.isEmpty()) {
        const QString text = m_editor->toPlainText();
        for (auto at = text.indexOf(needle, 0, Qt::CaseInsensitive); at >= 0;
             at = text.indexOf(needle, at + needle.size(), Qt::CaseInsensitive)) {
            m_matches.push_back(static_cast<int>(at));
        }
        const auto cursor = m_editor->textCursor().selectionStart();
        const auto next = std::ranges::lower_bound(m_matches, cursor);
        m_match = next == m_matches.end() ? 0 : static_cast<std::size_t>(next - m_matches.begin());
    }
    showMatch();
}

void JsonView::step(Direction direction)
{
    if (m_matches.empty()) {
        return;
    }
    const auto count = m_matches.size();
    m_match = (m_match + (direction == Direction::Forward ? 1 : count - 1)) % count;
    showMatch();
}

void JsonView::showMatch()
{
    const bool isSearching = !m_bar->isHidden() && !m_field->text().isEmpty();
    const QLocale locale;
    m_count->setText(
        !isSearching ? QString()
        : m_matches.empty()
            ? tr("No match")
            : tr("%1 of %2").arg(locale.toString(m_match + 1), locale.toString(m_matches.size())));

    QList<QTextEdit::ExtraSelection> marks;
    if (const QTextBlock block = m_editor->document()->findBlockByNumber(m_markedLine);
        m_markedLine >= 0 && block.isValid()) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(block);
        mark.format.setBackground(m_theme.color(Role::ViolationSoft));
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.append(mark);
    }
    const auto length = static_cast<int>(m_field->text().size());
    const auto first = m_match > maxMarked / 2 ? m_match - maxMarked / 2 : 0;
    for (auto i = first; i < std::min(m_matches.size(), first + maxMarked); ++i) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = m_editor->textCursor();
        mark.cursor.setPosition(m_matches[i]);
        mark.cursor.setPosition(m_matches[i] + length, QTextCursor::KeepAnchor);
        const bool isCurrent = i == m_match;
        mark.format.setBackground(m_theme.color(isCurrent ? Role::Accent : Role::UnplannedSoft));
        mark.format.setForeground(m_theme.color(isCurrent ? Role::OnAccent : Role::Unplanned));
        marks.append(mark);
    }
    m_editor->setExtraSelections(marks);
    if (!m_matches.empty()) {
        QTextCursor cursor = m_editor->textCursor();
        cursor.setPosition(m_matches[m_match]);
        m_editor->setTextCursor(cursor);
        m_editor->ensureCursorVisible();
    }
}

void JsonView::applyTheme()
{
    showMatch();
}

} // namespace ui
