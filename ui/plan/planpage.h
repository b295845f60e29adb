// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/plan/planeditor.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QAction;
class QDialog;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace ui {

class ActionRegistry;
class ChangeList;
class EmptyState;
class EventList;
class ExamplesTab;
class Notice;
class PlanHead;
class PlanProblems;
class PropertySheet;
class RuleForm;
class SchemaEditor;
class Services;
class Theme;
class ThemedLabel;

/// Tracking plans, edited: events left with what was seen of each, the chosen one's properties as a sheet,
/// its JSON Schema, examples and edits below; what is wrong with the plan in a strip on top. Every edit is
/// one step that can be undone. Does the registry's OpenPlan and adds the page's own actions. GUI thread.
class PlanPage final : public QWidget
{
    Q_OBJECT
public:
    PlanPage(Services &services, const Theme &theme, ActionRegistry &actions, QWidget *parent = nullptr);
    ~PlanPage() override;

    [[nodiscard]] EventList &events() const { return *m_events; }
    [[nodiscard]] PropertySheet &sheet() const { return *m_sheet; }
    [[nodiscard]] SchemaEditor &schema() const { return *m_schema; }
    [[nodiscard]] Notice &conflict() const { return *m_conflict; }
    [[nodiscard]] PlanEditor *editor() const { return m_editor; } ///< of the plan that is shown; may be null
    /// The keyboard's first place.
    void focusFirst();
    /// Whether the window may close. With unsaved edits the user is asked, and closeAllowed() may follow.
    [[nodiscard]] bool mayClose();

    /// File dialogs; what is chosen joins the plans already open.
    void choosePlans();
    void chooseFolder();
    void createPlan();
    void learn();
    void mergeFile();
    void compare();
    void exportPlan();
    void closePlan();
    void save();
    void addEvent();

public slots:
    /// "Show in the plan": of all open plans the first that has the event.
    void showRule(event::CallType type, const QString &name, const QStringList &path = {});
    /// What "the events of the current filter" are.
    void setStreamFilter(const QString &filter);

signals:
    /// "Show in the stream": a filter for one event.
    void streamWanted(const QString &filter);
    void eventWanted(event::EventId id);
    void said(const QString &text);
    void closeAllowed();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Tab : std::uint8_t { Schema, Examples, Changes };

    void buildLayout();
    [[nodiscard]] QWidget *buildEmpty();
    [[nodiscard]] QWidget *buildSheet();
    void addActions();
    void connectParts();
    void sync();
    void showPlan(const QString &path);
    void showDocument();
    void showCurrentRule();
    void showProblems();
    void showConflict();
    void showTab(int tab);
    void updateChanges();
    void updateHead();
    void refreshSeen();
    void editRule(const plan::RulePointer &before, const plan::RulePointer &after, const QString &what,
                  PlanEditor::Step step = PlanEditor::Step::New);
    void rename(const plan::RulePointer &rule, const QString &name);
    void removeEvents();
    void duplicateEvent();
    void openEventMenu(const QPoint &position);
    void stepPane(int by);
    void commitTyped();
    void insert(plan::RuleSource rule, const QString &what);
    void applySteps(const std::vector<plan::MergeStep> &steps);
    void createFor(const std::vector<plan::MergeStep> &steps);
    void closeNow(const QString &path);
    void saveThen(const QString &path, std::function<void()> then);
    void openDialog(QDialog *dialog);
    [[nodiscard]] QStringList openPaths() const;
    [[nodiscard]] PlanEditor *editorOf(const QString &path) const;
    [[nodiscard]] PlanServices *plans() const;

    Services &m_services;
    const Theme &m_theme;
    ActionRegistry &m_actions;
    std::vector<std::unique_ptr<PlanEditor>> m_editors;
    PlanEditor *m_editor = nullptr;
    QTimer m_seenTimer;
    QTimer m_changesTimer;
    QString m_streamFilter;
    QString m_wantedPath;                       ///< shown as soon as it is open
    std::vector<plan::MergeStep> m_wantedSteps; ///< for the plan at m_wantedPath
    bool m_mayClose = false;
    std::vector<QAction *> m_planActions; ///< only of use with a plan

    QStackedWidget *m_place;
    EmptyState *m_empty;
    PlanHead *m_head;
    PlanProblems *m_problems;
    Notice *m_conflict;
    QSplitter *m_splitter;
    QSplitter *m_sheetSplitter;
    EventList *m_events;
    RuleForm *m_form;
    PropertySheet *m_sheet;
    QTabBar *m_tabs;
    QStackedWidget *m_tabPages;
    SchemaEditor *m_schema;
    ExamplesTab *m_examples;
    ChangeList *m_changes;
    ThemedLabel *m_noChanges;
};

/// The filter for one event: `type:track event:"Order Placed"`.
[[nodiscard]] QString filterFor(event::CallType type, const QString &name);

} // namespace ui
