// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/health.h"
#include "ui/inspector/inspectedevent.h"

#include <functional>
#include <thread>

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace ui {

class ActionRegistry;
class DeliveriesTab;
class ElidedLabel;
class EmptyState;
class EventTab;
class FindingsTab;
class JsonView;
class PlanAnswers;
class RequestTab;
class Services;
class StatusChip;
class Theme;

/// Everything about the selected event: title, and tabs for its tree, findings, request, JSON and deliveries.
/// Fetches by itself and never waits: an answer to an older question is dropped, large bodies are laid out on
/// a thread of their own. GUI thread.
class Inspector final : public QWidget
{
    Q_OBJECT
public:
    enum class Tab : std::uint8_t { Event, Findings, Request, Json, Deliveries };

    Inspector(Services &services, const Theme &theme, ActionRegistry &actions, QWidget *parent = nullptr);
    ~Inspector() override;

    void inspectEvent(event::EventId id);
    /// Nothing is selected, or what was is gone.
    void showNothing();
    void showSeveral(int count);
    /// The shown event got a new verdict or a delivery: fetches it again and keeps tab and place.
    void refresh();

    [[nodiscard]] event::EventId shownId() const { return m_id; }
    /// Null while nothing is shown or it is on its way.
    [[nodiscard]] const InspectedPtr &inspected() const { return m_inspected; }

    [[nodiscard]] Tab currentTab() const;
    void setCurrentTab(Tab tab);
    [[nodiscard]] EventTab &eventTab() const { return *m_event; }
    [[nodiscard]] FindingsTab &findingsTab() const { return *m_findings; }
    [[nodiscard]] RequestTab &requestTab() const { return *m_request; }
    [[nodiscard]] JsonView &jsonView() const { return *m_json; }
    [[nodiscard]] DeliveriesTab &deliveriesTab() const { return *m_deliveries; }
    [[nodiscard]] QTabBar &tabBar() const { return *m_tabs; }
    /// To the JSON, with its search open.
    void findInJson();
    /// Adds the shown event to the plan that covers its source.
    void addToPlan();

signals:
    void shown(event::EventId id);
    /// Narrow the stream to events like this one.
    void filterWanted(const QString &field, const QString &value);
    void destinationsWanted();
    /// Something was changed that can be taken back.
    void undoable(const QString &text, const std::function<void()> &undo);
    void said(const QString &text);
    /// "Show in the plan": the event's rule, and the property (plan::PropertyPath) a finding is about.
    void planWanted(event::CallType type, const QString &name, const QStringList &path);

private:
    void buildDetail();
    void fetch();
    void take(store::EventDetail detail, quint64 generation);
    void display(InspectedPtr inspected);
    void showTitle();
    void showClock();
    void mute(const segment::Mute &mute, const QString &sentence);
    void showInPlan(const event::Finding &finding);
    void fill(Tab tab);
    void showError(const base::Error &error);

    Services &m_services;
    const Theme &m_theme;
    ActionRegistry &m_actions;
    event::EventId m_id{};
    quint64 m_generation = 0;
    InspectedPtr m_inspected;
    std::vector<event::FindingText> m_texts;
    std::array<bool, 5> m_isFilled{};
    bool m_isOffTree = false; ///< an event without a tree took the user from it to its request

    QStackedWidget *m_place;
    EmptyState *m_nothing;
    EmptyState *m_several;
    QWidget *m_severalPage;
    EmptyState *m_problem;
    QWidget *m_detail;
    QLabel *m_type;
    ElidedLabel *m_name;
    StatusChip *m_status;
    QLabel *m_dot;
    ElidedLabel *m_source;
    ElidedLabel *m_user;
    ElidedLabel *m_time;
    ElidedLabel *m_batch;
    ElidedLabel *m_clock; ///< the client's clock is off, or it sent this again
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    EventTab *m_event;
    FindingsTab *m_findings;
    PlanAnswers *m_answers;
    RequestTab *m_request;
    JsonView *m_json;
    DeliveriesTab *m_deliveries;

    std::jthread m_worker; ///< lays out a large body; last, so that it ends before what it posts to
};

} // namespace ui
