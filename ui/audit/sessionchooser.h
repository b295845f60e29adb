// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/planservices.h"

#include <QDialog>

class QListWidget;

namespace ui {

class Theme;

/// Which sessions are looked at: a list to check, newest first.
class SessionChooser final : public QDialog
{
    Q_OBJECT
public:
    SessionChooser(const Theme &theme, std::vector<PlanServices::SessionChoice> sessions,
                   const std::vector<event::SessionId> &chosen, QWidget *parent = nullptr);

    [[nodiscard]] std::vector<event::SessionId> chosen() const;

private:
    std::vector<PlanServices::SessionChoice> m_sessions;
    QListWidget *m_list;
};

} // namespace ui
