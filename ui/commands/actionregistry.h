// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <vector>

#include <QAction>
#include <QObject>

namespace ui {

/// What the window can do, whichever page is open. Pages connect to the actions that are theirs.
enum class Command : std::uint8_t {
    ShowStream,      ///< Ctrl+1
    ShowPlan,        ///< Ctrl+2
    ShowAudit,       ///< Ctrl+3
    ShowSetup,       ///< Ctrl+4
    FocusFilter,     ///< Ctrl+L
    Pause,           ///< Space; checkable: freezes the view, never the capture
    Replay,          ///< R: the selection
    CopyEvent,       ///< Ctrl+C: the selection as JSON
    CopyCurl,        ///< Ctrl+Shift+C
    NextProblem,     ///< N: next event with a violation
    PreviousProblem, ///< Shift+N
    GoToNewest,      ///< Ctrl+End: follow again
    NewSession,      ///< Ctrl+N
    OpenPlan,        ///< Ctrl+O
    PlayDemo,        ///< checkable
    ToggleTheme,     ///< Ctrl+T
    ToggleSidebar,   ///< Ctrl+B
    ToggleInspector, ///< Ctrl+I
    OpenSettings,    ///< Ctrl+,
    OpenPalette,     ///< Ctrl+K
    ShowShortcuts,   ///< F1
    Quit,            ///< Ctrl+Q
};

/// Every action of the window: object name, text, shortcut, tooltip with the shortcut in it. Owned by the
/// window; GUI thread.
class ActionRegistry final : public QObject
{
    Q_OBJECT
public:
    explicit ActionRegistry(const Theme &theme, QObject *parent = nullptr);
    ~ActionRegistry() override;

    [[nodiscard]] QAction &action(Command command) const;
    /// One more, of a page. `name` is its object name ("stream.sortByTime") and must be new.
    QAction &add(const QString &name, const QString &text, const QKeySequence &shortcut, Icon icon);
    /// By its object name; null: there is none.
    [[nodiscard]] QAction *find(const QString &name) const;
    /// All, in the order they were added: what the palette and the list of shortcuts show.
    [[nodiscard]] const std::vector<QAction *> &actions() const { return m_actions; }
    /// Makes the shortcuts work in a window; also of actions added later.
    void attachTo(QWidget &window);

signals:
    void actionAdded(QAction *action);

protected:
    /// A focused button keeps its Space.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    const Theme &m_theme;
    std::vector<QAction *> m_actions;
    std::vector<QAction *> m_commands;
};

/// An action by itself, away from where its text is plain: "Go to Stream", no dots at the end.
[[nodiscard]] QString paletteText(const QAction &action);
/// "Pause (Space)"; no brackets without a shortcut.
[[nodiscard]] QString tipWithShortcut(const QString &text, const QKeySequence &shortcut);

} // namespace ui
