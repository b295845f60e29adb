// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace ui {

class Theme;
class ThemedLabel;

/// Call type and name of a new event. One that is planned already is refused where it is typed.
class AddEventDialog final : public QDialog
{
    Q_OBJECT
public:
    AddEventDialog(const Theme &theme, const plan::Document &document, QWidget *parent = nullptr);

signals:
    void chosen(event::CallType type, const QString &name);

private:
    void check();
    [[nodiscard]] event::CallType type() const;

    const plan::Document m_document;
    QComboBox *m_type;
    QLineEdit *m_name;
    ThemedLabel *m_message;
    QPushButton *m_add;
};

} // namespace ui
