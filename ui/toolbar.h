// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/services.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QAction;
class QMenu;
class QToolButton;

namespace ui {

class ActionRegistry;
class ConnectionPill;
class FilterBox;

/// The strip on top of the window, 40 high: capture, pause, session, the filter with the free width, plans.
/// Keeps texts and icons of the actions shown here in step with what they would do.
class Toolbar final : public QWidget
{
    Q_OBJECT
public:
    Toolbar(Services &services, const Theme &theme, ActionRegistry &actions, QWidget *parent);

    [[nodiscard]] FilterBox &filter() const { return *m_filter; }
    [[nodiscard]] ConnectionPill &pill() const { return *m_pill; }

signals:
    void planPageWanted();
    /// The settings, at the plans and conventions.
    void checksWanted();

private:
    void buildLayout(QAction &sessionOnly);
    void rebuildPlanMenu();
    void refresh();

    Services &m_services;
    const Theme &m_theme;
    ActionRegistry &m_actions;
    ConnectionPill *m_pill;
    FilterBox *m_filter;
    QToolButton *m_planButton;
    QMenu *m_planMenu;
};

} // namespace ui
