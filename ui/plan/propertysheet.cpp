// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/propertysheet.h"

#include "ui/commands/actionregistry.h"
#include "ui/plan/eventlist.h"
#include "ui/plan/sheetview.h"
#include "ui/widgets/themedlabel.h"

#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

PropertySheet::PropertySheet(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_model(new PropertyModel(this))
    , m_view(new SheetView(theme, *m_model, this))
    , m_none(new ThemedLabel(theme, FontRole::Body, Role::TextHint, this))
    , m_message(new ThemedLabel(theme, FontRole::Meta, Role::TextHint, this, ThemedLabel::Text::Selectable))
{
    const auto selection = m_view->selectionBehavior();
    const auto mode = m_view->selectionMode();
    const auto triggers = m_view->editTriggers();
    dressTable(*m_view, theme, u"planProperties"_s, tr("Properties of the event"));
    m_view->setSelectionBehavior(selection);
    m_view->setSelectionMode(mode);
    m_view->setEditTriggers(triggers);
    m_none->setContentsMargins(space::l, space::l, space::l, space::l);
    m_none->setWordWrap(true);
    m_none->setText(tr("The plan names no properties for this event: any may come."));
    m_message->setObjectName(u"sheetMessage"_s);
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_message->setWordWrap(true);

    const auto button = [this](Icon icon, const QString &text, const QString &tip, const QString &name) {
        auto *made = new QPushButton(m_theme.icon(icon), text, this);
        made->setObjectName(name);
        made->setToolTip(tip);
        setButtonKind(*made, ButtonKind::Quiet);
        return made;
    };
    m_add = button(Icon::Plus, tr("Property"), tipWithShortcut(tr("Add a property"), Qt::Key_Insert),
                   u"addProperty"_s);
    m_inside = button(Icon::Plus, tr("Inside"),
                      tipWithShortcut(tr("Add a property inside of this one"), Qt::CTRL | Qt::Key_Insert),
                      u"addInside"_s);
    m_remove =
        button(Icon::Minus, tr("Remove"),
               tipWithShortcut(tr("Remove the property"), Qt::CTRL | Qt::Key_Delete), u"removeProperty"_s);
    auto *bottom = new QHBoxLayout;
    bottom->setContentsMargins(space::s, space::xs, space::m, space::xs);
    bottom->setSpacing(space::xs);
    bottom->addWidget(m_add);
    bottom->addWidget(m_inside);
    bottom->addWidget(m_remove);
    bottom->addSpacing(space::s);
    bottom->addWidget(m_message, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(m_none, 1, Qt::AlignTop);
    column->addWidget(new Hairline(theme, Qt::Horizontal, this));
    column->addLayout(bottom);

    connect(m_add, &QPushButton::clicked, this,
            [this] { m_view->addProperty(PropertyModel::Place::Behind); });
    connect(m_inside, &QPushButton::clicked, this,
            [this] { m_view->addProperty(PropertyModel::Place::Inside); });
    connect(m_remove, &QPushButton::clicked, m_view, &SheetView::removeProperties);
    connect(m_view, &SheetView::currentCellChanged, this, [this] {
        m_problem.clear();
        showMessage();
    });
    connect(m_model, &PropertyModel::refused, this, [this](const base::Error &error) {
        m_problem = error.oneLine();
        showMessage();
    });
    connect(m_model, &PropertyModel::edited, this, [this] {
        m_problem.clear();
        showMessage();
    });
    connect(m_view, &QWidget::customContextMenuRequested, this, &PropertySheet::openMenu);
    setRule(nullptr);
}

void PropertySheet::setRule(const plan::RulePointer &rule)
{
    const bool isOther = rule == nullptr || m_model->rule() == nullptr ||
                         m_model->rule()->type != rule->type || m_model->rule()->name != rule->name;
    m_model->setRule(rule);
    const bool hasRows = m_model->rowCount() > 0;
    m_view->setVisible(hasRows);
    m_none->setVisible(!hasRows && rule != nullptr);
    m_add->setEnabled(rule != nullptr);
    if (isOther && hasRows) {
        m_view->setCurrentIndex(m_model->index(0, PropertyModel::NameColumn));
    }
    if (isOther) {
        m_problem.clear();
    }
    showMessage();
}

bool PropertySheet::goTo(const plan::PropertyPath &path)
{
    const int row = m_model->rowOf(path);
    m_view->goTo(row, PropertyModel::NameColumn);
    return row >= 0;
}

QString PropertySheet::message() const
{
    return m_message->text();
}

void PropertySheet::showMessage()
{
    const QModelIndex cell = m_view->currentIndex();
    const bool hasCell = cell.isValid();
    m_inside->setEnabled(hasCell);
    m_remove->setEnabled(hasCell);
    const QString refusal = hasCell ? cell.data(PropertyModel::RefusalRole).toString() : QString();
    const QString problem = m_problem.isEmpty() ? refusal : m_problem;
    QString text = problem;
    if (problem.isEmpty() && hasCell) {
        text = cell.data(PropertyModel::IsReadOnlyRole).toBool() && cell.flags() != Qt::NoItemFlags &&
                       !cell.flags().testFlag(Qt::ItemIsEditable) &&
                       !cell.flags().testFlag(Qt::ItemIsUserCheckable)
                   ? cell.data(Qt::ToolTipRole).toString()
                   : m_model->headerData(cell.column(), Qt::Horizontal, Qt::ToolTipRole).toString();
    }
    m_message->setRole(problem.isEmpty() ? Role::TextHint : Role::Violation);
    m_message->setText(text);
    m_message->setToolTip(text);
    m_message->setAccessibleName(text);
}

void PropertySheet::openMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this, menu](const QString &text, const QKeySequence &keys, auto run) {
        QAction *action = menu->addAction(text, this, run);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut); // shown only: the sheet has its keys
        return action;
    };
    add(tr("Copy"), QKeySequence::Copy, [this] { m_view->copy(); });
    add(tr("Paste"), QKeySequence::Paste, [this] { m_view->paste(); });
    add(tr("Empty the cells"), QKeySequence::Delete, [this] { m_view->clear(); });
    menu->addSeparator();
    add(tr("Add a property"), Qt::Key_Insert, [this] { m_view->addProperty(PropertyModel::Place::Behind); });
    add(tr("Add one inside"), Qt::CTRL | Qt::Key_Insert,
        [this] { m_view->addProperty(PropertyModel::Place::Inside); });
    add(tr("Move up"), Qt::ALT | Qt::Key_Up, [this] { m_view->moveProperty(SheetView::Direction::Up); });
    add(tr("Move down"), Qt::ALT | Qt::Key_Down,
        [this] { m_view->moveProperty(SheetView::Direction::Down); });
    menu->addSeparator();
    add(tr("Remove"), Qt::CTRL | Qt::Key_Delete, [this] { m_view->removeProperties(); });
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

} // namespace ui
