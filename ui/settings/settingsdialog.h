// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/services.h"
#include "ui/theme/theme.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QLineEdit;
class QListWidget;
class QScrollArea;

namespace ui {

class SettingsGroup;

/// All settings in one dialog: search on top, groups at the left, changes apply at once. Not modal.
class SettingsDialog final : public QDialog
{
    Q_OBJECT
public:
    enum class Group : std::uint8_t {
        Capture,
        Proxy,
        Network,
        Sources,
        Checks,
        Health,
        Destinations,
        Api,
        Look
    };

    SettingsDialog(Services &services, Theme &theme, QWidget *parent);

    void showGroup(Group group);
    [[nodiscard]] QLineEdit &search() const { return *m_search; }
    [[nodiscard]] SettingsGroup &group(Group group) const
    {
        return *m_groups[static_cast<std::size_t>(group)];
    }

signals:
    void soloWanted(event::SourceId id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void orderTabs();
    void applySearch(const QString &text);

    QLineEdit *m_search;
    QListWidget *m_list;
    QScrollArea *m_scroll;
    QWidget *m_content;
    QTimer m_orderSoon; ///< rows come and go: Tab follows the reading order
    QLabel *m_nothing;
    std::vector<SettingsGroup *> m_groups; ///< in the order of Group
};

} // namespace ui
