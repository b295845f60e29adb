// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/toolbar.h"

#include "ui/commands/actionregistry.h"
#include "ui/widgets/connectionpill.h"
#include "ui/widgets/filterbox.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QToolButton *makeButton(QAction &action, Qt::ToolButtonStyle style, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(&action);
    button->setToolButtonStyle(style);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(QString(action.text()).remove(u'…'));
    return button;
}

} // namespace

Toolbar::Toolbar(Services &services, const Theme &theme, ActionRegistry &actions, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_theme(theme)
    , m_actions(actions)
    , m_pill(new ConnectionPill(services, theme, this))
    , m_filter(new FilterBox(theme, this))
    , m_planButton(new QToolButton(this))
    , m_planMenu(new QMenu(m_planButton))
{
    setObjectName(u"toolbar"_s);
    setAccessibleName(tr("Toolbar"));
    setFixedHeight(measure::toolbarHeight);
    setGround(*this, Role::Canvas);
    QAction &sessionOnly = actions.add(u"session.only"_s, tr("Show this session only"), {}, Icon::Filter);
    sessionOnly.setCheckable(true);
    buildLayout(sessionOnly);
    connect(&sessionOnly, &QAction::toggled, this, [this](bool isOn) { m_services.setSessionOnly(isOn); });
    connect(m_planMenu, &QMenu::aboutToShow, this, &Toolbar::rebuildPlanMenu);
    connect(&actions.action(Command::Pause), &QAction::toggled, this, &Toolbar::refresh);
    connect(&theme, &Theme::changed, this, &Toolbar::refresh);
    connect(&services, &Services::checkerChanged, this, &Toolbar::refresh);
    connect(&services, &Services::demoStateChanged, this, &Toolbar::refresh);
    refresh();
    rebuildPlanMenu();
}

void Toolbar::buildLayout(QAction &sessionOnly)
{
    QToolButton *pause = makeButton(m_actions.action(Command::Pause), Qt::ToolButtonTextBesideIcon, this);
    pause->setObjectName(u"pauseButton"_s);
    QToolButton *session =
        makeButton(m_actions.action(Command::NewSession), Qt::ToolButtonTextBesideIcon, this);
    session->setObjectName(u"sessionButton"_s);
    auto *sessionMenu = new QMenu(session);
    sessionMenu->addAction(&m_actions.action(Command::NewSession));
    sessionMenu->addAction(&sessionOnly);
    session->setMenu(sessionMenu);
    session->setPopupMode(QToolButton::MenuButtonPopup);
    m_filter->setFixedHeight(28);
    m_planButton->setObjectName(u"planButton"_s);
    m_planButton->setIcon(m_theme.icon(Icon::Plan));
    m_planButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_planButton->setFocusPolicy(Qt::StrongFocus);
    m_planButton->setPopupMode(QToolButton::InstantPopup);
    m_planButton->setMenu(m_planMenu);
    QToolButton *theme = makeButton(m_actions.action(Command::ToggleTheme), Qt::ToolButtonIconOnly, this);
    QToolButton *settings = makeButton(m_actions.action(Command::OpenSettings), Qt::ToolButtonIconOnly, this);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::m, 0, space::m, 0);
    row->setSpacing(space::xs);
    row->addWidget(m_pill);
    row->addSpacing(space::xs);
    row->addWidget(pause);
    row->addWidget(session);
    row->addSpacing(space::xs);
    row->addWidget(m_filter, 1);
    row->addSpacing(space::xs);
    row->addWidget(m_planButton);
    row->addWidget(theme);
    row->addWidget(settings);
}

void Toolbar::rebuildPlanMenu()
{
    m_planMenu->clear();
    const std::shared_ptr<const check::Checker> checker = m_services.checker();
    if (checker != nullptr) {
        for (const auto &plan : checker->plans().plans()) {
            QAction *action = m_planMenu->addAction(plan->name, this, [this] { emit planPageWanted(); });
            action->setCheckable(true);
            action->setChecked(true);
        }
        if (!m_planMenu->isEmpty())
            m_planMenu->addSeparator();
    }
    m_planMenu->addAction(&m_actions.action(Command::OpenPlan));
    m_planMenu->addAction(&m_actions.action(Command::ShowPlan));
    m_planMenu->addAction(m_theme.icon(Icon::Settings), tr("Plans and conventions…"), this,
                          [this] { emit checksWanted(); });
}

void Toolbar::refresh()
{
    QAction &pause = m_actions.action(Command::Pause);
    pause.setText(pause.isChecked() ? tr("Resume") : tr("Pause"));
    pause.setIcon(m_theme.icon(pause.isChecked() ? Icon::Play : Icon::Pause));
    pause.setToolTip(tipWithShortcut(pause.isChecked() ? tr("Show what came meanwhile")
                                                       : tr("Freeze what is shown; capture goes on"),
                                     pause.shortcut()));
    const bool isDark = m_theme.variant() == Theme::Variant::Dark;
    m_actions.action(Command::ToggleTheme).setIcon(m_theme.icon(isDark ? Icon::Sun : Icon::Moon));
    QAction &demo = m_actions.action(Command::PlayDemo);
    demo.setChecked(m_services.isDemoPlaying());
    demo.setText(demo.isChecked() ? tr("Stop demo traffic") : tr("Play demo traffic"));
    const std::shared_ptr<const check::Checker> checker = m_services.checker();
    const auto plans = checker == nullptr ? 0 : static_cast<int>(checker->plans().plans().size());
    m_planButton->setText(plans == 0 ? tr("No plan")
                                     : (plans == 1 ? tr("Plan") : tr("%Ln plan(s)", nullptr, plans)));
    m_planButton->setAccessibleName(tr("Tracking plan: %1").arg(m_planButton->text()));
    m_planButton->setToolTip(plans == 0 ? tr("Open a tracking plan to get verdicts") : tr("Tracking plans"));
}

} // namespace ui
