// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QComboBox>

namespace ui {

/// Chooses naming conventions: a preset, none, or a file.
class ConventionsBox final : public QComboBox
{
    Q_OBJECT
public:
    /// `inherited` is what an empty choice means ("As in Checks"); empty: there is no empty choice.
    explicit ConventionsBox(const QString &inherited, QWidget *parent = nullptr);

    /// A preset's name, "off", a path, or empty.
    void setChoice(const QString &choice);
    [[nodiscard]] QString choice() const { return m_choice; }

signals:
    /// By the user.
    void chosen(const QString &choice);

private:
    void take(int index);
    void askForFile();

    QString m_inherited;
    QString m_choice;
};

} // namespace ui
