// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/eventtab.h"

#include "ui/inspector/eventtreedelegate.h"
#include "ui/inspector/findingstab.h"
#include "ui/itemmodels/jsontreemodel.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Where most of an event is; context is long and seldom what one looks for.
constexpr std::array unfoldedAtFirst{"/properties"_L1, "/traits"_L1};

/// Small branches below an unfolded one open too, down to here.
constexpr int deepestUnfolded = 3;
constexpr int mostUnfolded = 20;

/// "/properties/items/0/sku" as people and the filter write it: "properties.items.0.sku".
QString dotted(const json::Pointer &pointer)
{
    QStringList parts;
    for (const auto &token : pointer.tokens()) {
        parts += QString::fromStdString(token);
    }
    return parts.join(u'.');
}

struct FilterTerm
{
    QString field;
    QString value;
};

/// Empty field: nothing the filter language can ask for.
FilterTerm filterTermOf(const QModelIndex &index)
{
    static constexpr std::array roots{std::pair{"properties."_L1, "prop."_L1},
                                      std::pair{"traits."_L1, "trait."_L1},
                                      std::pair{"context."_L1, "ctx."_L1}};
    const auto type = index.data(JsonTreeModel::TypeRole).toInt();
    const bool isScalar = type >= 0 && type < static_cast<int>(json::Type::Array);
    const QString path =
        dotted(json::Pointer(index.data(JsonTreeModel::PointerRole).toString().toStdString()));
    if (isScalar) {
        for (const auto &[root, field] : roots) {
            if (path.startsWith(root)) {
                return {field + path.sliced(root.size()), index.data(JsonTreeModel::TextRole).toString()};
            }
        }
    }
    return {};
}

} // namespace

EventTree::EventTree(const Theme &theme, QWidget *parent)
    : QTreeView(parent)
    , m_theme(theme)
    , m_delegate(new EventTreeDelegate(theme, this))
{
    setObjectName(u"eventTree"_s);
    setAccessibleName(tr("Event"));
    setItemDelegate(m_delegate);
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(space::l);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setExpandsOnDoubleClick(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
}

void EventTree::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    if (header()->count() > 0) {
        header()->resizeSection(0, viewport()->width());
    }
    m_delegate->setViewWidth(viewport()->width());
    scheduleDelayedItemsLayout();
}

void EventTree::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    // The base would paint selection and hover over the whole height, findings included.
    QStyleOptionViewItem plain = option;
    plain.palette.setColor(QPalette::Highlight, Qt::transparent);
    plain.state &= ~QStyle::State_MouseOver;
    QTreeView::drawRow(painter, plain, index);
}

void EventTree::drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    if (!index.model()->hasChildren(index)) {
        return;
    }
    constexpr int size = 12;
    constexpr int line = 24;
    const auto icon = isExpanded(index) ? Icon::ChevronDown : Icon::ChevronRight;
    painter->drawPixmap(
        rect.right() - size - 1, rect.top() + (line - size) / 2,
        m_theme.pixmap(icon, Role::TextSecondary, size, painter->device()->devicePixelRatioF()));
}

EventTab::EventTab(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_tree(new EventTree(theme, this))
    , m_model(new JsonTreeModel(this))
    , m_whole(new QWidget(this))
{
    m_tree->setModel(m_model);
    m_tree->hideColumn(JsonTreeModel::ValueColumn);
    m_tree->header()->setStretchLastSection(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xs, space::xs, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_whole);
    column->addWidget(m_tree, 1);
    auto *notes = new QVBoxLayout(m_whole);
    notes->setContentsMargins(space::xs, 0, space::s, space::xs);
    notes->setSpacing(space::xs);
    m_whole->hide();
    setFocusProxy(m_tree);
    connect(m_tree, &QTreeView::expanded, this,
            [this](const QModelIndex &index) { remember(index, m_unfolded, m_folded); });
    connect(m_tree, &QTreeView::collapsed, this,
            [this](const QModelIndex &index) { remember(index, m_folded, m_unfolded); });
    connect(m_tree, &QWidget::customContextMenuRequested, this, &EventTab::openMenu);
    connect(&theme, &Theme::changed, m_tree, &QTreeView::doItemsLayout);
}

void EventTab::display(InspectedPtr inspected, std::vector<event::FindingText> texts)
{
    const bool isSame =
        m_inspected && m_inspected->detail.event.summary.id == inspected->detail.event.summary.id;
    const int scrolled = m_tree->verticalScrollBar()->value();
    m_inspected = std::move(inspected);
    showNotesOnTheWhole(texts);
    m_tree->notes()->setFindings(m_inspected->detail.event.findings, std::move(texts));
    m_model->setDocument(m_inspected->document, m_inspected->detail.event.findings);
    m_tree->header()->resizeSection(0, m_tree->viewport()->width());
    unfold();
    if (isSame) {
        m_tree->verticalScrollBar()->setValue(scrolled);
    }
}

void EventTab::clear()
{
    m_inspected.reset();
    showNotesOnTheWhole({});
    m_tree->notes()->setFindings({}, {});
    m_model->setDocument(nullptr, {});
}

void EventTab::showNotesOnTheWhole(const std::vector<event::FindingText> &texts)
{
    constexpr int mostShown = 3;
    auto *notes = m_whole->layout();
    while (auto *item = notes->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (std::size_t i = 0; m_inspected && i < texts.size() && notes->count() < mostShown; ++i) {
        const auto &finding = m_inspected->detail.event.findings[i];
        if (finding.at.isRoot()) {
            auto *card = new FindingCard(m_theme, finding, texts[i], m_whole);
            card->setFocusPolicy(Qt::NoFocus); // there is no row to go to
            card->setToolTip({});
            card->unsetCursor();
            notes->addWidget(card);
        }
    }
    m_whole->setVisible(notes->count() > 0);
}

void EventTab::jumpTo(const json::Pointer &pointer)
{
    const QModelIndex index = m_model->indexAt(pointer);
    if (!index.isValid()) {
        return;
    }
    for (QModelIndex up = index.parent(); up.isValid(); up = up.parent()) {
        m_tree->expand(up);
    }
    m_tree->setCurrentIndex(index.siblingAtColumn(JsonTreeModel::KeyColumn));
    m_tree->scrollTo(m_tree->currentIndex(), QAbstractItemView::PositionAtCenter);
    m_tree->setFocus(Qt::OtherFocusReason);
}

void EventTab::unfold()
{
    m_isUnfolding = true;
    unfoldBelow({}, 0);
    m_isUnfolding = false;
}

void EventTab::unfoldBelow(const QModelIndex &parent, int level)
{
    for (int row = 0; row < m_model->rowCount(parent); ++row) {
        const QModelIndex index = m_model->index(row, JsonTreeModel::KeyColumn, parent);
        if (!m_model->hasChildren(index)) {
            continue;
        }
        const QString pointer = index.data(JsonTreeModel::PointerRole).toString();
        const bool isExpected =
            level == 0 ? std::ranges::any_of(unfoldedAtFirst, [&](auto known) { return pointer == known; })
                       : !pointer.startsWith("/context/"_L1) && level < deepestUnfolded &&
                             m_model->rowCount(index) <= mostUnfolded;
        const bool isWrongInside = index.data(JsonTreeModel::BranchSeverityRole).toInt() >= 0;
        if (!m_folded.contains(pointer) && (isExpected || isWrongInside || m_unfolded.contains(pointer))) {
            m_tree->expand(index);
            unfoldBelow(index, level + 1);
        }
    }
}

void EventTab::remember(const QModelIndex &index, QSet<QString> &into, QSet<QString> &outOf)
{
    if (m_isUnfolding) {
        return;
    }
    const QString pointer = index.data(JsonTreeModel::PointerRole).toString();
    into.insert(pointer);
    outOf.remove(pointer);
}

void EventTab::openMenu(const QPoint &position)
{
    const QModelIndex index = m_tree->indexAt(position);
    if (!index.isValid()) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const json::Pointer pointer(index.data(JsonTreeModel::PointerRole).toString().toStdString());
    if (!index.data(JsonTreeModel::IsMissingRole).toBool()) {
        connect(menu->addAction(tr("Copy value")), &QAction::triggered, this,
                [this, index] { copy(index.data(JsonTreeModel::TextRole).toString()); });
    }
    connect(menu->addAction(tr("Copy path")), &QAction::triggered, this,
            [this, pointer] { copy(dotted(pointer)); });
    connect(menu->addAction(tr("Copy JSON pointer")), &QAction::triggered, this,
            [this, pointer] { copy(pointer.toString()); });
    const FilterTerm term = filterTermOf(index);
    if (!term.field.isEmpty()) {
        menu->addSeparator();
        connect(menu->addAction(tr("Only events with this value")), &QAction::triggered, this,
                [this, term] { emit filterWanted(term.field, term.value); });
    }
    menu->addSeparator();
    if (m_inspected && m_inspected->shownBody.size() <= inlineBytes) {
        connect(menu->addAction(tr("Unfold all")), &QAction::triggered, m_tree, &QTreeView::expandAll);
    }
    connect(menu->addAction(tr("Fold all")), &QAction::triggered, m_tree, &QTreeView::collapseAll);
    menu->popup(m_tree->viewport()->mapToGlobal(position));
}

void EventTab::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace ui
