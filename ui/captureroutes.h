// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/services.h"
#include "ui/theme/theme.h"

#include <QList>
#include <QObject>
#include <QPointer>

class QAction;

namespace ui {

class ActionRegistry;
class FaultDialog;
class ImportRoute;
class StatusBarView;
class Toast;

/// The window's actions that are no page's: fault injection, import, and Undo of what the toast offers.
class CaptureRoutes final : public QObject
{
    Q_OBJECT
public:
    CaptureRoutes(Services &services, const Theme &theme, ActionRegistry &actions, Toast &toast,
                  StatusBarView &status, QWidget &window);

    void openFaults();
    [[nodiscard]] ImportRoute &import() const { return *m_import; }
    /// For the menu of the capture pill.
    [[nodiscard]] QList<QAction *> menuActions() const { return m_menuActions; }

signals:
    /// Events came in by an import.
    void imported();

private:
    Services &m_services;
    const Theme &m_theme;
    QWidget &m_window;
    ImportRoute *m_import;
    QList<QAction *> m_menuActions;
    QPointer<FaultDialog> m_faults;
};

} // namespace ui
