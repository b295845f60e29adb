// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/planmodel.h"

#include <QSortFilterProxyModel>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace ui {

class ActionRegistry;
class EmptyState;
class JsonView;
class PropertyModel;
class Services;
class StatusChip;
class Theme;
class ThemedLabel;
class ElidedLabel;
class PlanProblems;

/// The tracking plans as read: events left, with what was seen of each; the chosen one's properties and
/// schema right; what is wrong with the plans in a strip on top. Does the registry's OpenPlan. GUI thread.
class PlanPage final : public QWidget
{
    Q_OBJECT
public:
    PlanPage(Services &services, const Theme &theme, ActionRegistry &actions, QWidget *parent = nullptr);
    ~PlanPage() override;

    [[nodiscard]] PlanModel &model() const { return *m_model; }
    [[nodiscard]] QTableView &events() const { return *m_events; }
    [[nodiscard]] QTableView &properties() const { return *m_properties; }
    /// Opens the file dialog; what is chosen joins the plans already open.
    void choosePlans();

signals:
    /// "Show in the stream": a filter for one event.
    void streamWanted(const QString &filter);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildLayout();
    [[nodiscard]] QWidget *buildEvents();
    [[nodiscard]] QWidget *buildSheet();
    void reload();
    void showPlan(int choice);
    void showRule();
    void refreshSeen();
    void updateSummary();
    void closePlan();
    [[nodiscard]] PlanModel::Entry currentEntry() const;
    [[nodiscard]] std::vector<std::shared_ptr<const plan::Plan>> shownPlans() const;

    Services &m_services;
    const Theme &m_theme;
    ActionRegistry &m_actions;
    PlanModel *m_model;
    PropertyModel *m_propertyModel;
    QSortFilterProxyModel *m_sorted;
    std::vector<std::shared_ptr<const plan::Plan>> m_plans;
    QTimer m_seenTimer;

    QStackedWidget *m_place;
    EmptyState *m_empty;
    PlanProblems *m_problems;
    QComboBox *m_chooser;
    ElidedLabel *m_planName;
    ElidedLabel *m_path;
    QPushButton *m_open;
    QPushButton *m_close;
    QLineEdit *m_search;
    ThemedLabel *m_summary;
    QTableView *m_events;
    QSplitter *m_splitter;
    QSplitter *m_sheetSplitter;
    StatusChip *m_type;
    ElidedLabel *m_name;
    ThemedLabel *m_description;
    QPushButton *m_inStream;
    QTableView *m_properties;
    ThemedLabel *m_noProperties;
    JsonView *m_schema;
};

} // namespace ui
