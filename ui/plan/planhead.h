// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QWidget>

class QComboBox;
class QPushButton;
class QToolButton;

namespace ui {

class ActionRegistry;
class ElidedLabel;
class StatusChip;
class Theme;

/// The page's first line: which plan, whether it has unsaved edits, Save, and everything else in a menu.
class PlanHead final : public QWidget
{
    Q_OBJECT
public:
    PlanHead(const Theme &theme, ActionRegistry &actions, QWidget *parent = nullptr);

    struct Choice
    {
        QString path, name;
        bool isModified = false;

        friend bool operator==(const Choice &, const Choice &) = default;
    };
    void setChoices(const std::vector<Choice> &choices, const QString &current);
    [[nodiscard]] QToolButton &menuButton() const { return *m_menu; }

signals:
    void planChosen(const QString &path);

private:
    std::vector<Choice> m_choices;
    QComboBox *m_chooser;
    ElidedLabel *m_name;
    StatusChip *m_unsaved;
    ElidedLabel *m_path;
    QPushButton *m_save;
    QToolButton *m_menu;
};

} // namespace ui
