// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/filterbox.h"

#include <algorithm>
#include <utility>

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPainterPath>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int delayMs = 120;
constexpr int offerRows = 8;
constexpr int offerHeight = 26;
constexpr qsizetype historyLength = 20;

bool isTableKey(int key)
{
    return key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown ||
           key == Qt::Key_Return || key == Qt::Key_Enter;
}

} // namespace

FilterBox::FilterBox(const Theme &theme, QWidget *parent)
    : QLineEdit(parent)
    , m_theme(theme)
    , m_offers(new QListWidget(this))
    , m_message(new QLabel(this))
{
    setObjectName(u"filterBox"_s);
    setAccessibleName(tr("Filter"));
    setPlaceholderText(tr("Filter: words, type:track, event:\"Order *\", status:violation"));
    setToolTip(tr("Filter the stream (Ctrl+L)"));
    setMinimumWidth(200);
    addAction(theme.icon(Icon::Filter), QLineEdit::LeadingPosition);
    QAction *clear = addAction(theme.icon(Icon::Close), QLineEdit::TrailingPosition);
    clear->setToolTip(tr("Clear the filter (Esc)"));
    clear->setVisible(false);
    connect(clear, &QAction::triggered, this, [this] { setFilter({}); });

    m_offers->setWindowFlags(Qt::SubWindow);
    m_offers->setFocusPolicy(Qt::NoFocus);
    m_offers->setAccessibleName(tr("Completions"));
    m_offers->hide();
    m_message->setWindowFlags(Qt::SubWindow);
    m_message->setMargin(space::s);
    m_message->setWordWrap(true);
    setGround(*m_message, Role::Surface);
    m_message->setFrameShape(QFrame::StyledPanel);
    m_message->hide();
    dress(*m_message, theme, FontRole::Body, Role::Violation);

    m_delay.setSingleShot(true);
    m_delay.setInterval(delayMs);
    connect(&m_delay, &QTimer::timeout, this, &FilterBox::publish);
    connect(this, &QLineEdit::textChanged, this, [this, clear](const QString &text) {
        clear->setVisible(!text.isEmpty());
        understand();
        m_delay.start();
    });
    connect(this, &QLineEdit::textEdited, this, [this] {
        m_isTyped = true;
        offer();
    });
    connect(m_offers, &QListWidget::itemClicked, this,
            [this](QListWidgetItem *item) { accept(item->text()); });
}

void FilterBox::setSeenValues(filter::SeenValues seen)
{
    m_seen = std::move(seen);
}

void FilterBox::setFilter(const QString &text)
{
    m_isTyped = false;
    setText(text);
    understand();
    closeOffers();
    m_delay.stop();
    publish();
}

void FilterBox::toggleTerm(const QString &term)
{
    const QString padded = u' ' + text().simplified() + u' ';
    const QString wanted = u' ' + term + u' ';
    QString result = padded;
    if (const qsizetype at = padded.indexOf(wanted); at >= 0)
        result.replace(at, wanted.size(), u" "_s);
    else
        result += term;
    setFilter(result.simplified());
    remember();
}

void FilterBox::setHistory(const QStringList &history)
{
    m_history = history.mid(0, historyLength);
}

bool FilterBox::isOffering() const
{
    return m_offers->isVisible();
}

void FilterBox::understand()
{
    const auto parsed = filter::parse(text());
    if (parsed) {
        m_mistake.reset();
        m_query = *parsed;
        setAccessibleDescription({});
    } else {
        m_mistake = parsed.error();
        setAccessibleDescription(m_mistake->message);
    }
    showMistake();
    update();
}

void FilterBox::publish()
{
    showMistake();
    if (m_mistake || m_published == m_query.text)
        return;
    m_published = m_query.text;
    emit queryChanged(m_query);
}

void FilterBox::showMistake()
{
    // Not while the word is still being typed and offers lie open: half a term is no mistake yet.
    if (!m_mistake || isOffering() || !hasFocus() || m_delay.isActive()) {
        m_message->hide();
        return;
    }
    // The engine marks code with backticks, for terminals.
    static const QRegularExpression code(u"`([^`]*)`"_s);
    m_message->setText(QString(m_mistake->message).replace(code, u"“\\1”"_s));
    const int width = std::min(this->width(), 440);
    place(*m_message, width, m_message->heightForWidth(width));
}

void FilterBox::place(QWidget &popup, int width, int height)
{
    QWidget *owner = window();
    if (popup.parentWidget() != owner) {
        popup.setParent(owner);
        popup.setWindowFlags(Qt::SubWindow);
    }
    popup.setGeometry(QRect(mapTo(owner, QPoint(0, this->height() + 2)), QSize(width, height)));
    popup.raise();
    popup.show();
}

void FilterBox::offer()
{
    m_offersAreHistory = false;
    const filter::Completion completion = filter::complete(text(), cursorPosition(), m_seen);
    const QString typed = text().mid(completion.from, cursorPosition() - completion.from);
    const bool isComplete = completion.candidates.size() == 1 &&
                            completion.candidates.front().compare(typed, Qt::CaseInsensitive) == 0;
    if (typed.isEmpty() || completion.candidates.isEmpty() || isComplete) {
        closeOffers();
        return;
    }
    m_offerFrom = completion.from;
    m_offers->clear();
    m_offers->addItems(completion.candidates);
    m_message->hide();
    const int rows = fitRows();
    const int width = std::clamp(offeredWidth() + space::xxl, 220, std::max(220, this->width()));
    place(*m_offers, width, rows * offerHeight + 2);
}

int FilterBox::offeredWidth() const
{
    int width = 0;
    for (int row = 0; row < m_offers->count(); ++row)
        width = std::max(width, m_offers->fontMetrics().horizontalAdvance(m_offers->item(row)->text()));
    return width;
}

int FilterBox::fitRows()
{
    for (int row = 0; row < m_offers->count(); ++row)
        m_offers->item(row)->setSizeHint({0, offerHeight});
    return std::min(m_offers->count(), offerRows);
}

void FilterBox::offerHistory()
{
    if (m_history.isEmpty())
        return;
    m_offersAreHistory = true;
    m_offers->clear();
    m_offers->addItems(m_history);
    const int rows = fitRows();
    place(*m_offers, width(), rows * offerHeight + 2);
    m_offers->setCurrentRow(0);
}

void FilterBox::accept(const QString &candidate)
{
    closeOffers();
    if (m_offersAreHistory) {
        setFilter(candidate);
        return;
    }
    const QString before = text().left(m_offerFrom);
    const QString after = text().mid(cursorPosition());
    // A field waits for its value; anything else is done, so the next word may follow.
    const bool isField = candidate.endsWith(u':') || candidate.endsWith(u'.');
    const QString space = isField || after.startsWith(u' ') ? QString() : u" "_s;
    setText(before + candidate + space + after);
    setCursorPosition(static_cast<int>(before.size() + candidate.size() + space.size()));
    if (isField)
        offer();
}

void FilterBox::closeOffers()
{
    m_offers->hide();
    m_offers->clear();
}

void FilterBox::remember()
{
    const QString filter = m_query.text.trimmed();
    if (m_mistake || filter.isEmpty())
        return;
    m_history.removeAll(filter);
    m_history.prepend(filter);
    m_history = m_history.mid(0, historyLength);
}

bool FilterBox::driveOffers(QKeyEvent *event)
{
    if (!isOffering())
        return false;
    const int row = m_offers->currentRow();
    switch (event->key()) {
    case Qt::Key_Down:
        m_offers->setCurrentRow(std::min(row + 1, m_offers->count() - 1));
        return true;
    case Qt::Key_Up:
        m_offers->setCurrentRow(std::max(row - 1, 0));
        return true;
    case Qt::Key_Tab:
        accept(m_offers->item(std::max(row, 0))->text());
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (row < 0)
            return false;
        accept(m_offers->item(row)->text());
        return true;
    case Qt::Key_Escape:
        closeOffers();
        showMistake();
        return true;
    default:
        return false;
    }
}

bool FilterBox::event(QEvent *event)
{
    // QWidget takes Tab for itself before keyPressEvent; and Esc belongs to this box while it has something
    // to close.
    if (event->type() == QEvent::KeyPress) {
        if (driveOffers(static_cast<QKeyEvent *>(event)))
            return true;
    } else if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
    }
    return QLineEdit::event(event);
}

void FilterBox::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    if (key == Qt::Key_Escape) {
        setFilter({});
        return;
    }
    if (key == Qt::Key_Down && event->modifiers().testFlag(Qt::AltModifier)) {
        offerHistory();
        return;
    }
    if (key == Qt::Key_Space && event->modifiers().testFlag(Qt::ControlModifier)) {
        offer();
        return;
    }
    if (isTableKey(key)) {
        closeOffers();
        m_delay.stop();
        publish();
        const bool isEnter = key == Qt::Key_Return || key == Qt::Key_Enter;
        if (isEnter)
            remember();
        // Enter after typing means "apply"; on a filter that stands it opens the row in the table.
        const bool wasTyped = std::exchange(m_isTyped, false);
        if (!m_mistake && !(isEnter && wasTyped))
            emit tableKeyPressed(key, event->modifiers());
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterBox::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (!m_mistake)
        return;
    // The cursor's place plus the width of the text between gives any character's place, scrolled or not.
    const QFontMetrics metrics = fontMetrics();
    const QRect caret = cursorRect();
    const auto place = [&](qsizetype position) {
        return caret.center().x() + metrics.horizontalAdvance(text().left(position)) -
               metrics.horizontalAdvance(text().left(cursorPosition()));
    };
    const qsizetype from = std::clamp<qsizetype>(m_mistake->position, 0, text().size());
    const qsizetype to =
        std::clamp<qsizetype>(from + std::max<qsizetype>(m_mistake->length, 1), from, text().size());
    const QRect inner = rect().adjusted(space::xl, 2, -space::xl, -2);
    const int left = std::max(inner.left(), place(from));
    const int right = std::min(inner.right(), std::max(place(to), place(from) + 6));
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(Role::Violation), 1.25, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const double base = caret.bottom() - 1;
    QPainterPath wave(QPointF(left, base));
    for (int x = left + 2, up = 1; x <= right; x += 2, up = 1 - up)
        wave.lineTo(x, base - 2.0 * up);
    painter.drawPath(wave);
}

void FilterBox::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    showMistake();
}

void FilterBox::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    closeOffers();
    m_message->hide();
    remember();
}

void FilterBox::moveEvent(QMoveEvent *event)
{
    QLineEdit::moveEvent(event);
    closeOffers();
    m_message->hide();
}

} // namespace ui
