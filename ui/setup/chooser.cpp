// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/chooser.h"

#include "ui/setup/guide.h"

#include <algorithm>

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int chooserWidth = 240;
constexpr int indexRole = Qt::UserRole;

/// Name, group and search words hold every word of the search.
bool isMatch(const Chooser::Entry &entry, const QString &search)
{
    const QString haystack = entry.name + u' ' + entry.group + u' ' + entry.searchWords;
    const QStringList words = search.split(u' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(
        words, [&](const QString &word) { return haystack.contains(word, Qt::CaseInsensitive); });
}

} // namespace

Chooser::Chooser(const Theme &theme, const QString &name, const Texts &texts, std::vector<Entry> entries,
                 QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_entries(std::move(entries))
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_nothing(new QLabel(texts.nothing, this))
{
    Q_ASSERT(!m_entries.empty());
    m_search->setObjectName(name + u"Search"_s);
    m_search->setAccessibleName(texts.search);
    m_search->setPlaceholderText(texts.search);
    m_search->setClearButtonEnabled(false);
    m_search->addAction(theme.icon(Icon::Search), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_list->setObjectName(name + u"List"_s);
    m_list->setAccessibleName(texts.list);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_nothing->setWordWrap(true);
    m_nothing->setContentsMargins(space::s, space::s, space::s, space::s);
    dress(*m_nothing, theme, FontRole::Body, Role::TextSecondary);
    m_nothing->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    column->addWidget(m_search);
    column->addWidget(m_nothing);
    column->addWidget(m_list, 1);

    connect(m_search, &QLineEdit::textChanged, this, &Chooser::fill);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        const QVariant index = item != nullptr ? item->data(indexRole) : QVariant();
        if (!index.isValid() || index.toUInt() == m_current)
            return;
        m_current = index.toUInt();
        emit chosen(m_entries[m_current].id);
    });
    connect(&theme, &Theme::changed, this, &Chooser::dressHeadings);
    fill();
}

void Chooser::choose(const QString &id)
{
    for (int row = 0; row < m_list->count(); ++row) {
        const QVariant index = m_list->item(row)->data(indexRole);
        if (index.isValid() && m_entries[index.toUInt()].id == id)
            m_list->setCurrentRow(row);
    }
}

void Chooser::fill()
{
    const QString search = m_search->text();
    const std::size_t before = m_current;
    m_list->blockSignals(true);
    m_list->clear();
    QString group;
    for (std::size_t index = 0; index < m_entries.size(); ++index) {
        const Entry &entry = m_entries[index];
        if (!isMatch(entry, search))
            continue;
        if (entry.group != group) {
            group = entry.group;
            auto *heading = new QListWidgetItem(group, m_list);
            heading->setFlags(Qt::NoItemFlags);
            heading->setSizeHint({0, 30});
            heading->setTextAlignment(Qt::AlignLeft | Qt::AlignBottom);
        }
        auto *item = new QListWidgetItem(entry.name, m_list);
        item->setData(indexRole, static_cast<uint>(index));
        item->setToolTip(entry.name);
        item->setSizeHint({0, m_theme.rowHeight() + 2});
        if (index == before)
            m_list->setCurrentItem(item);
    }
    m_list->blockSignals(false);
    m_nothing->setVisible(m_list->count() == 0);
    m_list->setVisible(m_list->count() != 0);
    dressHeadings();
    if (m_list->currentItem() == nullptr && !search.isEmpty() && m_list->count() > 1)
        m_list->setCurrentRow(1);
}

void Chooser::dressHeadings()
{
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        if (item->data(indexRole).isValid())
            continue;
        item->setFont(m_theme.font(FontRole::Meta));
        item->setForeground(m_theme.color(Role::TextHint));
    }
}

bool Chooser::eventFilter(QObject *watched, QEvent *event)
{
    // The search keeps the focus while the arrows walk the list.
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            const int step = key == Qt::Key_Down ? 1 : -1;
            for (int row = m_list->currentRow() + step; row >= 0 && row < m_list->count(); row += step) {
                if (m_list->item(row)->data(indexRole).isValid()) {
                    m_list->setCurrentRow(row);
                    break;
                }
            }
            return true;
        }
        if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void layOut(QWidget &page, const Theme &theme, const QString &question, Chooser &chooser, Guide &guide)
{
    auto *left = new QWidget(&page);
    left->setFixedWidth(chooserWidth);
    setGround(*left, Role::Surface);
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(space::l, space::l, space::s, space::s);
    leftColumn->setSpacing(space::s);
    leftColumn->addWidget(paragraph(theme, FontRole::Title, Role::Text, question, left));
    leftColumn->addWidget(&chooser, 1);

    auto *line = new QFrame(&page);
    line->setFrameShape(QFrame::VLine);
    line->setFixedWidth(1);

    auto *row = new QHBoxLayout(&page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(left);
    row->addWidget(line);
    row->addWidget(&guide, 1);
}

} // namespace ui
