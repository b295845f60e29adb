// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// How the page is laid out and its parts are connected; what it does stands in planpage.cpp,
// planpageactions.cpp and planpageevents.cpp.
#include "ui/commands/actionregistry.h"
#include "ui/plan/changelist.h"
#include "ui/plan/eventlist.h"
#include "ui/plan/examplestab.h"
#include "ui/plan/planhead.h"
#include "ui/plan/planpage.h"
#include "ui/plan/planproblems.h"
#include "ui/plan/propertysheet.h"
#include "ui/plan/ruleform.h"
#include "ui/plan/schemaeditor.h"
#include "ui/plan/sheetview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/themedlabel.h"

#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

void PlanPage::buildLayout()
{
    setGround(*this, Role::Canvas);
    auto *content = new QWidget(this);
    m_head = new PlanHead(m_theme, m_actions, content);
    auto *menu = new QMenu(&m_head->menuButton());
    const auto offer = [this, menu](const QString &name) {
        if (QAction *action = m_actions.find(name)) {
            menu->addAction(action);
        }
    };
    for (const QString &name : {u"plan.new"_s, u"plan.open"_s, u"plan.openFolder"_s}) {
        offer(name);
    }
    menu->addSeparator();
    for (const QString &name : {u"plan.learn"_s, u"plan.merge"_s, u"plan.compare"_s, u"plan.export"_s}) {
        offer(name);
    }
    menu->addSeparator();
    for (const QString &name : {u"plan.undo"_s, u"plan.redo"_s}) {
        offer(name);
    }
    menu->addSeparator();
    offer(u"plan.close"_s);
    m_head->menuButton().setMenu(menu);

    m_conflict = new Notice(m_theme, content);
    m_conflict->setObjectName(u"planConflict"_s);
    m_problems = new PlanProblems(m_theme, content);
    m_events = new EventList(m_theme, content);
    m_events->setMinimumWidth(300);
    m_splitter = new QSplitter(Qt::Horizontal, content);
    m_splitter->setObjectName(u"planSplitter"_s);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_events);
    m_splitter->addWidget(buildSheet());
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({400, 680});
    auto *contentColumn = new QVBoxLayout(content);
    contentColumn->setContentsMargins(0, 0, 0, 0);
    contentColumn->setSpacing(0);
    contentColumn->addWidget(m_head);
    contentColumn->addWidget(new Hairline(m_theme, Qt::Horizontal, content));
    contentColumn->addWidget(m_conflict);
    contentColumn->addWidget(m_problems);
    contentColumn->addWidget(m_splitter, 1);

    m_place = new QStackedWidget(this);
    m_place->addWidget(buildEmpty());
    m_place->addWidget(content);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_place);
}

QWidget *PlanPage::buildEmpty()
{
    auto *place = new QWidget(this);
    m_empty = new EmptyState(m_theme, Icon::Plan, place);
    m_empty->setTexts(tr("No tracking plan is open"),
                      tr("A plan says which events an app may send, with which properties. Open one from "
                         "Segment, RudderStack, Avo or Typewriter, or learn one from what was captured, and "
                         "every event is checked against it."));
    m_empty->setButton(tr("Open a tracking plan…"), ButtonKind::Accent);
    connect(m_empty, &EmptyState::activated, this, &PlanPage::choosePlans);
    const auto button = [place](const QString &text, const QString &name) {
        auto *made = new QPushButton(text, place);
        made->setObjectName(name);
        return made;
    };
    auto *create = button(tr("New plan…"), u"newPlan"_s);
    auto *learnOne = button(tr("Learn one from captured events…"), u"learnPlan"_s);
    connect(create, &QPushButton::clicked, this, &PlanPage::createPlan);
    connect(learnOne, &QPushButton::clicked, this, &PlanPage::learn);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s);
    row->addStretch(1);
    row->addWidget(create);
    row->addWidget(learnOne);
    row->addStretch(1);
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(0, space::xxl, 0, 0);
    column->addStretch(2);
    column->addWidget(m_empty, 3);
    column->addLayout(row);
    column->addStretch(3);
    return place;
}

QWidget *PlanPage::buildSheet()
{
    auto *side = new QWidget(this);
    setGround(*side, Role::Surface);
    m_form = new RuleForm(m_theme, side);
    m_sheet = new PropertySheet(m_theme, side);
    m_sheet->setMinimumHeight(150);

    auto *below = new QWidget(side);
    m_tabs = new QTabBar(below);
    m_tabs->setObjectName(u"planTabs"_s);
    m_tabs->setAccessibleName(tr("What to show of the event"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("JSON Schema"));
    m_tabs->addTab(tr("Examples"));
    m_tabs->addTab(tr("Changes"));
    m_schema = new SchemaEditor(m_theme, below);
    m_examples = new ExamplesTab(m_theme, below);
    auto *changesPage = new QWidget(below);
    m_changes = new ChangeList(m_theme, tr("What was edited since the file"), changesPage);
    m_noChanges = new ThemedLabel(m_theme, FontRole::Body, Role::TextHint, changesPage);
    m_noChanges->setContentsMargins(space::l, space::m, space::l, space::m);
    m_noChanges->setText(tr("Nothing was edited since the file was saved."));
    auto *changesColumn = new QVBoxLayout(changesPage);
    changesColumn->setContentsMargins(0, 0, 0, 0);
    changesColumn->addWidget(m_noChanges, 0, Qt::AlignTop);
    changesColumn->addWidget(m_changes, 1);
    m_tabPages = new QStackedWidget(below);
    m_tabPages->addWidget(m_schema);
    m_tabPages->addWidget(m_examples);
    m_tabPages->addWidget(changesPage);
    auto *belowColumn = new QVBoxLayout(below);
    belowColumn->setContentsMargins(0, 0, 0, 0);
    belowColumn->setSpacing(0);
    belowColumn->addWidget(new Hairline(m_theme, Qt::Horizontal, below));
    belowColumn->addWidget(m_tabs);
    belowColumn->addWidget(new Hairline(m_theme, Qt::Horizontal, below));
    belowColumn->addWidget(m_tabPages, 1);

    m_sheetSplitter = new QSplitter(Qt::Vertical, side);
    m_sheetSplitter->setHandleWidth(1);
    m_sheetSplitter->setChildrenCollapsible(false);
    m_sheetSplitter->addWidget(m_sheet);
    m_sheetSplitter->addWidget(below);
    m_sheetSplitter->setStretchFactor(0, 3);
    m_sheetSplitter->setStretchFactor(1, 2);
    m_sheetSplitter->setSizes({340, 240});

    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_form);
    column->addWidget(new Hairline(m_theme, Qt::Horizontal, side));
    column->addWidget(m_sheetSplitter, 1);
    return side;
}

void PlanPage::connectParts()
{
    if (PlanServices *services = plans()) {
        connect(services, &PlanServices::plansChanged, this, &PlanPage::sync);
        connect(services, &PlanServices::issuesChanged, this, [this](const QString &path) {
            if (m_editor != nullptr && m_editor->path() == path) {
                showProblems();
            }
        });
    }
    connect(m_head, &PlanHead::planChosen, this, &PlanPage::showPlan);
    connect(m_events, &EventList::currentChanged, this, &PlanPage::showCurrentRule);
    connect(&m_events->model(), &PlanModel::renameWanted, this, &PlanPage::rename);
    connect(&m_events->view(), &EventTable::removeWanted, this, &PlanPage::removeEvents);
    connect(&m_events->view(), &EventTable::addWanted, this, &PlanPage::addEvent);
    connect(&m_events->view(), &EventTable::openWanted, this, [this] {
        (m_sheet->model().rowCount() > 0 ? static_cast<QWidget *>(&m_sheet->view())
                                         : static_cast<QWidget *>(m_form))
            ->setFocus(Qt::OtherFocusReason);
    });
    connect(&m_events->view(), &QWidget::customContextMenuRequested, this, &PlanPage::openEventMenu);
    connect(m_form, &RuleForm::edited, this,
            [this](const plan::RulePointer &before, const plan::RulePointer &after, const QString &what) {
                editRule(before, after, what);
            });
    connect(m_form, &RuleForm::renameWanted, this, &PlanPage::rename);
    connect(m_form, &RuleForm::streamWanted, this, [this] {
        if (const auto rule = m_events->currentRule()) {
            emit streamWanted(filterFor(rule->type, rule->name));
        }
    });
    connect(&m_sheet->model(), &PropertyModel::edited, this,
            [this](const plan::RulePointer &before, const plan::RulePointer &after, const QString &what) {
                editRule(before, after, what);
            });
    connect(m_schema, &SchemaEditor::edited, this,
            [this](const plan::RulePointer &before, const plan::RulePointer &after) {
                editRule(before, after, tr("JSON Schema"), PlanEditor::Step::Typing);
            });
    connect(m_examples, &ExamplesTab::eventWanted, this, &PlanPage::eventWanted);
    connect(m_changes, &ChangeList::chosen, this,
            [this](const plan::Change &change) { showRule(change.type, change.name, change.path); });
    connect(m_problems, &PlanProblems::chosen, this, [this](const check::PlanIssue &problem) {
        const int row = m_events->model().rowOf(problem.type, problem.name, problem.version);
        if (m_events->select(m_events->model().ruleAt(row)) && !problem.path.isEmpty()) {
            m_sheet->goTo(problem.path);
        }
    });
    connect(m_tabs, &QTabBar::currentChanged, this, &PlanPage::showTab);
    connect(m_conflict, &Notice::activated, this, [this] {
        if (m_editor != nullptr && m_editor->changedOnDisk() != nullptr) {
            compare();
        }
    });
    connect(m_conflict, &Notice::secondActivated, this, [this] {
        if (m_editor != nullptr) {
            plans()->resolveConflict(m_editor->path(), PlanServices::Keep::File);
        }
    });
    connect(m_conflict, &Notice::thirdActivated, this, [this] {
        if (m_editor != nullptr) {
            plans()->resolveConflict(m_editor->path(), PlanServices::Keep::Edits);
        }
    });
}

} // namespace ui
