// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deliver/destination.h"

#include <QDialog>

class QListWidget;
class QPushButton;

namespace ui {

class Theme;

/// Asks where the selected events are to be sent, and says what that means. Without a destination it says how
/// to get one.
class ReplayDialog final : public QDialog
{
    Q_OBJECT
public:
    ReplayDialog(const Theme &theme, const std::vector<deliver::DestinationConfig> &destinations,
                 int eventCount, QWidget *parent = nullptr);

    [[nodiscard]] QListWidget *list() const { return m_list; }
    [[nodiscard]] QPushButton *button() const { return m_replay; }

signals:
    void chosen(const QString &destination);
    void settingsWanted();

private:
    QListWidget *m_list = nullptr;
    QPushButton *m_replay = nullptr;
};

} // namespace ui
