// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/commands/actionregistry.h"

#include <algorithm>

#include <QAbstractButton>
#include <QApplication>
#include <QKeyEvent>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace ui {

QString tipWithShortcut(const QString &text, const QKeySequence &shortcut)
{
    return shortcut.isEmpty() ? text : u"%1 (%2)"_s.arg(text, shortcut.toString(QKeySequence::NativeText));
}

QString paletteText(const QAction &action)
{
    const QString text = QString(action.text()).remove(u'…');
    return action.objectName().startsWith("page."_L1) ? ActionRegistry::tr("Go to %1").arg(text) : text;
}

ActionRegistry::ActionRegistry(const Theme &theme, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
{
    const auto command = [this](Command expected, const char *name, const QString &text,
                                const QKeySequence &shortcut, Icon icon) {
        Q_ASSERT(static_cast<std::size_t>(expected) == m_commands.size());
        m_commands.push_back(&add(QString::fromLatin1(name), text, shortcut, icon));
    };
    command(Command::ShowStream, "page.stream", tr("Stream"), Qt::CTRL | Qt::Key_1, Icon::Stream);
    command(Command::ShowPlan, "page.plan", tr("Plan"), Qt::CTRL | Qt::Key_2, Icon::Plan);
    command(Command::ShowAudit, "page.audit", tr("Audit"), Qt::CTRL | Qt::Key_3, Icon::Audit);
    command(Command::ShowSetup, "page.setup", tr("Setup"), Qt::CTRL | Qt::Key_4, Icon::Setup);
    command(Command::FocusFilter, "filter.focus", tr("Filter the stream"), Qt::CTRL | Qt::Key_L,
            Icon::Filter);
    command(Command::Pause, "stream.pause", tr("Pause"), Qt::Key_Space, Icon::Pause);
    command(Command::Replay, "stream.replay", tr("Replay selected events"), Qt::Key_R, Icon::Replay);
    command(Command::CopyEvent, "stream.copy", tr("Copy event as JSON"), QKeySequence::Copy, Icon::Copy);
    command(Command::CopyCurl, "stream.copyCurl", tr("Copy event as cURL"), Qt::CTRL | Qt::SHIFT | Qt::Key_C,
            Icon::Command);
    command(Command::NextProblem, "stream.nextProblem", tr("Next event with a problem"), Qt::Key_N,
            Icon::ChevronDown);
    command(Command::PreviousProblem, "stream.previousProblem", tr("Previous event with a problem"),
            Qt::SHIFT | Qt::Key_N, Icon::ChevronUp);
    command(Command::GoToNewest, "stream.newest", tr("Follow the newest event"), Qt::CTRL | Qt::Key_End,
            Icon::ChevronDown);
    command(Command::NewSession, "session.new", tr("New session"), QKeySequence::New, Icon::Session);
    command(Command::OpenPlan, "plan.open", tr("Open a tracking plan…"), QKeySequence::Open, Icon::Folder);
    command(Command::PlayDemo, "demo.play", tr("Play demo traffic"), {}, Icon::Play);
    command(Command::ToggleTheme, "look.toggleTheme", tr("Switch between light and dark"),
            Qt::CTRL | Qt::Key_T, Icon::Moon);
    command(Command::ToggleSidebar, "look.toggleSidebar", tr("Collapse the sidebar"), Qt::CTRL | Qt::Key_B,
            Icon::Sidebar);
    command(Command::ToggleInspector, "look.toggleInspector", tr("Show the inspector"), Qt::CTRL | Qt::Key_I,
            Icon::Sidebar);
    command(Command::OpenSettings, "app.settings", tr("Settings…"), Qt::CTRL | Qt::Key_Comma, Icon::Settings);
    command(Command::OpenPalette, "app.palette", tr("Command palette…"), Qt::CTRL | Qt::Key_K, Icon::Command);
    command(Command::ShowShortcuts, "app.shortcuts", tr("Keyboard shortcuts"), QKeySequence::HelpContents,
            Icon::Command);
    command(Command::Quit, "app.quit", tr("Quit"), Qt::CTRL | Qt::Key_Q, Icon::Close);
    action(Command::Pause).setCheckable(true);
    action(Command::PlayDemo).setCheckable(true);
    action(Command::ToggleInspector).setCheckable(true);
    action(Command::ToggleInspector).setChecked(true);
    if (qApp != nullptr)
        qApp->installEventFilter(this);
}

ActionRegistry::~ActionRegistry() = default;

QAction &ActionRegistry::action(Command command) const
{
    return *m_commands[static_cast<std::size_t>(command)];
}

QAction &ActionRegistry::add(const QString &name, const QString &text, const QKeySequence &shortcut,
                             Icon icon)
{
    Q_ASSERT(
        std::ranges::none_of(m_actions, [&](const QAction *other) { return other->objectName() == name; }));
    auto *action = new QAction(m_theme.icon(icon), text, this);
    action->setObjectName(name);
    action->setShortcut(shortcut);
    action->setToolTip(tipWithShortcut(QString(text).remove(u'…'), shortcut));
    m_actions.push_back(action);
    emit actionAdded(action);
    return *action;
}

QAction *ActionRegistry::find(const QString &name) const
{
    const auto found = std::ranges::find(m_actions, name, &QAction::objectName);
    return found == m_actions.end() ? nullptr : *found;
}

void ActionRegistry::attachTo(QWidget &window)
{
    for (QAction *action : m_actions)
        window.addAction(action);
    connect(this, &ActionRegistry::actionAdded, &window,
            [&window](QAction *action) { window.addAction(action); });
}

bool ActionRegistry::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space &&
        qobject_cast<QAbstractButton *>(watched) != nullptr) {
        event->accept();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ui
