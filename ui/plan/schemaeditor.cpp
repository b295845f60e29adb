// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/schemaeditor.h"

#include "ui/widgets/jsonview.h"
#include "ui/widgets/themedlabel.h"
#include "json/parser.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QRegularExpression>
#include <QTextBlock>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int delayMs = 300;

/// The line (from 0) an error is about: one it names, or that of the pointer it names; -1: it names none.
int lineOf(const base::Error &error, const QByteArray &text)
{
    const QString words = error.what + u' ' + error.why;
    static const QRegularExpression lineWord(u"\\bline (\\d+)"_s, QRegularExpression::CaseInsensitiveOption);
    if (const auto found = lineWord.match(words); found.hasMatch()) {
        return found.captured(1).toInt() - 1;
    }
    static const QRegularExpression pointerWord(u"(?:^|[\\s\"'`(#])((?:/[^\\s\"'`/,;)]+)+)"_s);
    const auto found = pointerWord.match(words);
    json::Parser parser;
    const auto parsed = parser.parse(text);
    if (!found.hasMatch() || !parsed) {
        return -1;
    }
    json::Value value = (*parsed)->root();
    for (const QString &token : found.captured(1).split(u'/', Qt::SkipEmptyParts)) {
        const json::Value next = value.isArray() ? value.at(token.toUInt())
                                                 : value.find(QString(token)
                                                                  .replace("~1"_L1, "/"_L1)
                                                                  .replace("~0"_L1, "~"_L1)
                                                                  .remove(QRegularExpression(u"[.:]$"_s))
                                                                  .toStdString());
        if (next.isMissing()) {
            break; // what is missing belongs to what it is missing in
        }
        value = next;
    }
    return static_cast<int>(text.first(static_cast<qsizetype>(value.begin())).count('\n'));
}

} // namespace

SchemaEditor::SchemaEditor(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_view(new JsonView(theme, this))
    , m_bar(new QWidget(this))
    , m_message(new ThemedLabel(theme, FontRole::Meta, Role::Violation, m_bar, ThemedLabel::Text::Selectable))
    , m_discard(new QPushButton(tr("Discard what was typed"), m_bar))
{
    m_view->setObjectName(u"planSchema"_s);
    m_view->editor()->setAccessibleName(tr("JSON Schema of the event"));
    m_view->editor()->setReadOnly(false);
    m_view->editor()->installEventFilter(this);
    m_message->setObjectName(u"schemaMessage"_s);
    m_message->setWordWrap(true);
    m_discard->setObjectName(u"discardSchema"_s);
    setButtonKind(*m_discard, ButtonKind::Quiet);
    auto *row = new QHBoxLayout(m_bar);
    row->setContentsMargins(space::m, space::xs, space::s, space::xs);
    row->addWidget(m_message, 1);
    row->addWidget(m_discard, 0, Qt::AlignTop);
    m_bar->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(m_bar);
    setFocusProxy(m_view);

    m_delay.setSingleShot(true);
    m_delay.setInterval(delayMs);
    connect(&m_delay, &QTimer::timeout, this, &SchemaEditor::understand);
    connect(m_view->editor(), &QPlainTextEdit::textChanged, this, [this] {
        if (!m_isSetting && m_rule != nullptr) {
            m_delay.start();
        }
    });
    connect(m_discard, &QPushButton::clicked, this, [this] {
        clearProblem();
        m_delay.stop();
        showText(m_rule == nullptr ? QString() : plan::schemaText(*m_rule));
        m_view->setFocus();
    });
}

QString SchemaEditor::message() const
{
    return m_message->text();
}

void SchemaEditor::commit()
{
    if (m_delay.isActive()) {
        m_delay.stop();
        understand();
    }
}

void SchemaEditor::setRule(const plan::RulePointer &rule)
{
    if (rule == m_rule) {
        return;
    }
    const bool isOther = rule == nullptr || m_rule == nullptr || rule->type != m_rule->type ||
                         rule->name != m_rule->name || rule->version != m_rule->version;
    if (isOther) {
        commit(); // of the event that is left
    }
    m_rule = rule;
    if (isOther) {
        clearProblem();
        m_delay.stop();
        m_isSetting = true;
        m_view->setText(rule == nullptr ? QString() : plan::schemaText(*rule));
        m_isSetting = false;
        m_view->editor()->setReadOnly(rule == nullptr);
    } else if (!m_hasProblem && !m_delay.isActive()) {
        // What says the same in another layout stays as it was typed.
        const auto typed = plan::withSchemaText(*rule, m_view->text());
        if (!typed || typed->schema != rule->schema) {
            showText(plan::schemaText(*rule));
        }
    }
}

/// Only what differs is replaced: cursor, scroll position and the editor's own undo stay.
void SchemaEditor::showText(const QString &text)
{
    QPlainTextEdit *editor = m_view->editor();
    const QString before = editor->toPlainText();
    const auto shared = std::min(before.size(), text.size());
    qsizetype first = 0;
    while (first < shared && before[first] == text[first]) {
        ++first;
    }
    qsizetype last = 0;
    while (last < shared - first && before[before.size() - 1 - last] == text[text.size() - 1 - last]) {
        ++last;
    }
    m_isSetting = true;
    QTextCursor cursor(editor->document());
    cursor.setPosition(static_cast<int>(first));
    cursor.setPosition(static_cast<int>(before.size() - last), QTextCursor::KeepAnchor);
    cursor.insertText(text.mid(first, text.size() - first - last));
    m_isSetting = false;
}

void SchemaEditor::understand()
{
    if (m_rule == nullptr) {
        return;
    }
    const QString text = m_view->text();
    const auto result = plan::withSchemaText(*m_rule, text);
    if (!result) {
        const int line = lineOf(result.error(), text.toUtf8());
        const QString words = result.error().oneLine();
        showProblem(line < 0 || words.contains(QRegularExpression(u"\\bline \\d"_s,
                                                                  QRegularExpression::CaseInsensitiveOption))
                        ? words
                        : tr("Line %1: %2").arg(line + 1).arg(words),
                    line);
        return;
    }
    clearProblem();
    if (!(*result == *m_rule)) {
        const plan::RulePointer before = m_rule;
        m_rule = std::make_shared<const plan::RuleSource>(*result);
        emit edited(before, m_rule);
    }
}

void SchemaEditor::showProblem(const QString &message, int line)
{
    m_hasProblem = true;
    m_message->setText(message);
    m_message->setAccessibleName(message);
    m_bar->show();
    m_view->markLine(line);
}

void SchemaEditor::clearProblem()
{
    m_hasProblem = false;
    m_message->clear();
    m_bar->hide();
    m_view->markLine(-1);
}

bool SchemaEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        QPlainTextEdit *editor = m_view->editor();
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && !editor->isReadOnly()) {
            // A new line begins where the last one did, one step further behind a bracket.
            const QString line =
                editor->textCursor().block().text().left(editor->textCursor().positionInBlock());
            const auto indent = std::ranges::find_if(line, [](QChar c) { return c != u' '; }) - line.begin();
            const QString trimmed = line.trimmed();
            const bool isOpening = trimmed.endsWith(u'{') || trimmed.endsWith(u'[');
            editor->insertPlainText(u'\n' + QString(indent + (isOpening ? 2 : 0), u' '));
            editor->ensureCursorVisible();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
