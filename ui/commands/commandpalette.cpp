// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/commands/commandpalette.h"

#include "ui/commands/actionregistry.h"

#include <algorithm>

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int indexRole = Qt::UserRole;
constexpr int hintRole = Qt::UserRole + 1;
constexpr int paletteWidth = 560;
constexpr int shownRows = 10;
constexpr int rowHeight = 32;

class EntryDelegate final : public QStyledItemDelegate
{
public:
    EntryDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem & /*option*/,
                                 const QModelIndex & /*index*/) const override
    {
        return {100, rowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool isChosen = (option.state & QStyle::State_Selected) != 0;
        if (isChosen)
            painter->fillRect(option.rect, m_theme.color(Role::AccentSoft));
        const auto icon = index.data(Qt::DecorationRole).value<QIcon>();
        icon.paint(painter, QRect(option.rect.left() + space::m, option.rect.center().y() - 7, 16, 16));
        const QRect text = option.rect.adjusted(40, 0, -space::m, 0);
        const QString hint = index.data(hintRole).toString();
        painter->setFont(m_theme.font(FontRole::Meta));
        painter->setPen(m_theme.color(Role::TextSecondary));
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignRight, hint);
        const int room = text.width() - painter->fontMetrics().horizontalAdvance(hint) - space::l;
        painter->setFont(m_theme.font(FontRole::Body));
        painter->setPen(m_theme.color(Role::Text));
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room));
    }

private:
    const Theme &m_theme;
};

} // namespace

int matchScore(const QString &text, const QString &typed)
{
    int score = 1;
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0)
            return 0;
        const bool startsWord = at == 0 || !text[at - 1].isLetterOrNumber();
        score += at == 0 ? 8 : (startsWord ? 4 : 1);
    }
    return score;
}

CommandPalette::CommandPalette(const Theme &theme, const ActionRegistry &actions, std::vector<Entry> more,
                               QWidget *parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint)
    , m_theme(theme)
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setObjectName(u"commandPalette"_s);
    setAccessibleName(tr("Command palette"));
    setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : actions.actions()) {
        if (!action->isEnabled() || action->objectName() == "app.palette"_L1)
            continue;
        m_entries.push_back({action->icon(), paletteText(*action),
                             action->shortcut().toString(QKeySequence::NativeText),
                             [action] { action->trigger(); }});
    }
    std::ranges::move(more, std::back_inserter(m_entries));

    m_search->setAccessibleName(tr("Search commands, events and sources"));
    m_search->setPlaceholderText(tr("Search commands, events and sources"));
    m_search->addAction(theme.icon(Icon::Search), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setItemDelegate(new EntryDelegate(theme, m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::s, space::s, space::s, space::s);
    column->setSpacing(space::s);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    setFixedSize(paletteWidth, 30 + 3 * space::s + shownRows * rowHeight);
    connect(m_search, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    fill();
}

void CommandPalette::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (const QWidget *owner = parentWidget()) {
        const QPoint top =
            owner->mapToGlobal(QPoint((owner->width() - width()) / 2, measure::toolbarHeight + space::xl));
        move(top);
    }
    m_search->setFocus();
}

void CommandPalette::fill()
{
    struct Hit
    {
        std::size_t index;
        int score;
    };
    std::vector<Hit> hits;
    for (std::size_t index = 0; index < m_entries.size(); ++index) {
        if (const int score = matchScore(m_entries[index].text, m_search->text()); score > 0)
            hits.push_back({index, score});
    }
    std::ranges::stable_sort(hits, [](const Hit &one, const Hit &other) { return one.score > other.score; });
    m_list->clear();
    for (const Hit &hit : hits) {
        const Entry &entry = m_entries[hit.index];
        auto *item = new QListWidgetItem(entry.icon, entry.text, m_list);
        item->setData(indexRole, static_cast<uint>(hit.index));
        item->setData(hintRole, entry.hint);
        item->setData(Qt::AccessibleTextRole,
                      entry.hint.isEmpty() ? entry.text : entry.text + u", "_s + entry.hint);
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::runCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (item == nullptr)
        return;
    // The palette goes first: what runs may open a window of its own.
    const std::function<void()> run = m_entries[item->data(indexRole).toUInt()].run;
    close();
    run();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int row = m_list->currentRow();
        const int last = m_list->count() - 1;
        switch (key) {
        case Qt::Key_Down:
            m_list->setCurrentRow(row == last ? 0 : row + 1);
            return true;
        case Qt::Key_Up:
            m_list->setCurrentRow(row <= 0 ? last : row - 1);
            return true;
        case Qt::Key_PageDown:
            m_list->setCurrentRow(std::min(last, row + shownRows));
            return true;
        case Qt::Key_PageUp:
            m_list->setCurrentRow(std::max(0, row - shownRows));
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            runCurrent();
            return true;
        default:
            break;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Surface));
    painter.setPen(m_theme.color(Role::BorderStrong));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace ui
