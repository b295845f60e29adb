// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "filter/query.h"
#include "ui/itemmodels/streammodel.h"

#include <functional>

#include <QWidget>

class QPushButton;
class QSplitter;
class QStackedWidget;

namespace ui {

class ActionRegistry;
class EmptyState;
class EventCopier;
class ElidedLabel;
class FacetPanel;
class Inspector;
class Services;
class SourceCatalog;
class StreamTable;
class Theme;
class TimelineWidget;

/// The live stream: timeline, table and inspector. Owns the StreamModel and keeps it subscribed. Does what
/// the registry's Pause, Replay, CopyEvent, CopyCurl, NextProblem, PreviousProblem, GoToNewest and
/// ToggleInspector ask for while it is visible. GUI thread.
class StreamPage final : public QWidget
{
    Q_OBJECT
public:
    StreamPage(Services &services, const Theme &theme, ActionRegistry &actions, QWidget *parent = nullptr);
    ~StreamPage() override;

    [[nodiscard]] StreamModel &model() const { return *m_model; }
    [[nodiscard]] StreamTable &table() const { return *m_table; }
    [[nodiscard]] Inspector &inspector() const { return *m_inspector; }
    /// Names, colours, mutes and the solo of what is shown here.
    [[nodiscard]] SourceCatalog &sources() const { return *m_sources; }
    /// For the sidebar; stays this page's.
    [[nodiscard]] QWidget *facets() const;

    /// What the filter box understood. An answer to an older filter is ignored.
    void setFilter(const filter::Query &query);
    /// As setFilter, from a text; one that can't be understood changes nothing.
    void setFilterText(const QString &text);
    [[nodiscard]] const QString &filterText() const { return m_filter.text; }
    /// Values seen, for the filter box's completion.
    [[nodiscard]] filter::SeenValues seenValues() const;

    /// A key of the filter box that is meant for the table: Up, Down, PageUp, PageDown, Enter.
    void handleTableKey(int key, Qt::KeyboardModifiers modifiers);
    /// False: the filter hides it, or it is not in the log.
    bool selectEvent(event::EventId id);

    /// Column widths and splitter, for the window state.
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray &state);

signals:
    /// The page itself changed the filter (facets, menus, timeline): the filter box should show it.
    void filterTextChanged(const QString &text);
    /// Something short to tell: "Copied".
    void said(const QString &text);
    /// As said, with a way back.
    void undoable(const QString &text, const std::function<void()> &undo);
    void setupWanted();
    /// The settings, at the destinations.
    /// "Show in the plan": an event's rule, and a property of it.
    void planWanted(event::CallType type, const QString &name, const QStringList &path);
    void destinationsWanted();
    /// The settings, at the sources.
    void sourceSettingsWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildLayout();
    void connectModel();
    void connectActions();
    void connectSources();
    void askForName(event::SourceId id);
    void applyFilter();
    void buildHiddenBar();
    void updateHiddenBar(quint64 shown, quint64 logged);
    void showNoMatch(quint64 logged);
    [[nodiscard]] QStringList mutedNames() const;
    void changeFilter(const QString &text);
    void narrowTo(const QString &field, const QString &value);
    void restrictTime(std::int64_t fromUs, std::int64_t toUs);
    void updatePlace();
    void updateInspector();
    void updateActions();
    void openMenu(const QPoint &globalPosition);
    void replaySelection(const QString &destination);
    void copyEvents();
    void copyCurl();
    void answerWantedTexts(TextKind kind, const QList<quint32> &ids);

    Services &m_services;
    const Theme &m_theme;
    ActionRegistry &m_actions;
    StreamModel *m_model;
    TimelineWidget *m_timeline;
    StreamTable *m_table;
    Inspector *m_inspector;
    SourceCatalog *m_sources;
    FacetPanel *m_facets;
    EventCopier *m_copier;
    QSplitter *m_splitter;
    QStackedWidget *m_place; ///< table, or why there is nothing in it
    EmptyState *m_nothingYet;
    EmptyState *m_noMatch;
    QPushButton *m_demo;
    QWidget *m_hiddenBar;
    ElidedLabel *m_hidden;
    QPushButton *m_clearFilter;
    QPushButton *m_sourceScope; ///< shows the muted ones, or ends the solo
    filter::Query m_filter;     ///< the user's own
    filter::Query m_asked;      ///< with what is muted and soloed
    bool m_showsMuted = false;  ///< for now, whatever the sources say
    quint64 m_generation = 0;
    QTimer m_inspectSoon;
};

} // namespace ui
