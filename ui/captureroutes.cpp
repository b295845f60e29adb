// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/captureroutes.h"

#include "ui/commands/actionregistry.h"
#include "ui/faults/faultdialog.h"
#include "ui/importroute.h"
#include "ui/widgets/statusbarview.h"
#include "ui/widgets/toast.h"

using namespace Qt::StringLiterals;

namespace ui {

CaptureRoutes::CaptureRoutes(Services &services, const Theme &theme, ActionRegistry &actions, Toast &toast,
                             StatusBarView &status, QWidget &window)
    : QObject(&window)
    , m_services(services)
    , m_theme(theme)
    , m_window(window)
    , m_import(new ImportRoute(services, theme, window))
{
    QAction &faults =
        actions.add(u"faults.open"_s, tr("Fault injection…"), Qt::CTRL | Qt::SHIFT | Qt::Key_F, Icon::Failed);
    QAction &files =
        actions.add(u"import.files"_s, tr("Import…"), Qt::CTRL | Qt::SHIFT | Qt::Key_O, Icon::Folder);
    QAction &paste = actions.add(u"import.paste"_s, tr("Import what is on the clipboard"),
                                 QKeySequence::Paste, Icon::Plus);
    QAction &undo = actions.add(u"edit.undo"_s, tr("Undo"), QKeySequence::Undo, Icon::Replay);
    m_menuActions = {&faults, &files, &paste};
    connect(&faults, &QAction::triggered, this, &CaptureRoutes::openFaults);
    connect(&files, &QAction::triggered, m_import, &ImportRoute::chooseFiles);
    connect(&paste, &QAction::triggered, m_import, &ImportRoute::paste);
    connect(&undo, &QAction::triggered, &toast, &Toast::runAction);
    connect(m_import, &ImportRoute::said, &toast, &Toast::say);
    connect(m_import, &ImportRoute::offered, &toast, &Toast::offer);
    connect(m_import, &ImportRoute::activityChanged, &status, &StatusBarView::setActivity);
    connect(m_import, &ImportRoute::imported, this, &CaptureRoutes::imported);
}

void CaptureRoutes::openFaults()
{
    if (m_faults == nullptr) {
        m_faults = new FaultDialog(m_services, m_theme, &m_window);
        m_faults->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_faults->show();
    m_faults->raise();
    m_faults->activateWindow();
}

} // namespace ui
