// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <functional>
#include <vector>

#include <QDialog>

class QLineEdit;
class QListWidget;

namespace ui {

class ActionRegistry;

/// Ctrl+K: everything the window can do, by name; the shortcut at the right. Events and sources come from
/// whoever opens it.
class CommandPalette final : public QDialog
{
    Q_OBJECT
public:
    struct Entry
    {
        QIcon icon;
        QString text;
        QString hint; ///< at the right: a shortcut, or what kind of thing it is
        std::function<void()> run;
    };

    CommandPalette(const Theme &theme, const ActionRegistry &actions, std::vector<Entry> more,
                   QWidget *parent);

    [[nodiscard]] QLineEdit &search() const { return *m_search; }
    [[nodiscard]] QListWidget &list() const { return *m_list; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void fill();
    void runCurrent();

    const Theme &m_theme;
    std::vector<Entry> m_entries;
    QLineEdit *m_search;
    QListWidget *m_list;
};

/// How well a text fits what was typed: 0 not at all; words in order and at word starts count more.
[[nodiscard]] int matchScore(const QString &text, const QString &typed);

} // namespace ui
