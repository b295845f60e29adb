// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/planfiltermodel.h"

#include <QTableView>
#include <QWidget>

class QButtonGroup;
class QLineEdit;
class QPushButton;

namespace ui {

class Theme;
class ThemedLabel;

/// The table of a plan's events: keys are its own while it has the focus, so that a letter searches and does
/// not replay.
class EventTable final : public QTableView
{
    Q_OBJECT
public:
    using QTableView::QTableView;

signals:
    void removeWanted();
    void addWanted();
    void openWanted(); ///< Enter

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

/// The events of a plan: searched, narrowed by chips, sorted, renamed in place. GUI thread.
class EventList final : public QWidget
{
    Q_OBJECT
public:
    EventList(const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] PlanModel &model() const { return *m_model; }
    [[nodiscard]] EventTable &view() const { return *m_view; }
    [[nodiscard]] plan::RulePointer currentRule() const;
    [[nodiscard]] std::vector<plan::RulePointer> selectedRules() const;
    /// Chips and search give way when they hide it. False: not in the plan.
    bool select(const plan::RulePointer &rule);
    void selectFirst();
    void rename(); ///< opens the editor in the current row
    void setShown(PlanFilterModel::Show show);
    void updateSummary();

signals:
    void currentChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildChips();

    const Theme &m_theme;
    PlanModel *m_model;
    PlanFilterModel *m_shown;
    QLineEdit *m_search;
    QButtonGroup *m_chips;
    ThemedLabel *m_summary;
    EventTable *m_view;
    ThemedLabel *m_none;
    QPushButton *m_add;
};

/// What all tables of the page have in common.
void dressTable(QTableView &table, const Theme &theme, const QString &name, const QString &accessibleName);

} // namespace ui
