// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/settings.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace ui {

/// How the window was left: kept apart for each arrangement of screens, so that a docked and an undocked
/// laptop both find their own. Value.
struct WindowState
{
    QByteArray geometry; ///< QWidget::saveGeometry()
    QByteArray stream;   ///< the stream page's columns and splitter
    QString page;        ///< "stream", "plan" or "setup"; empty: never saved
    bool isSidebarCollapsed = false;
    QStringList filterHistory;

    /// The screens there are now, as a key.
    [[nodiscard]] static QString screenLayout();
    [[nodiscard]] static WindowState load(const base::Settings &settings, const QString &layout);
    base::Result<void> save(base::Settings &settings, const QString &layout) const;
};

} // namespace ui
