// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/propertymodel.h"

#include <QWidget>

class QPushButton;

namespace ui {

class SheetView;
class Theme;
class ThemedLabel;

/// The properties of the chosen event as a sheet, with what is wrong with a cell below it. GUI thread.
class PropertySheet final : public QWidget
{
    Q_OBJECT
public:
    explicit PropertySheet(const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] PropertyModel &model() const { return *m_model; }
    [[nodiscard]] SheetView &view() const { return *m_view; }
    void setRule(const plan::RulePointer &rule);
    /// Makes a property the current one; false: not there.
    bool goTo(const plan::PropertyPath &path);
    /// The line below the sheet.
    [[nodiscard]] QString message() const;

private:
    void showMessage();
    void openMenu(const QPoint &position);

    const Theme &m_theme;
    PropertyModel *m_model;
    SheetView *m_view;
    ThemedLabel *m_none;
    ThemedLabel *m_message;
    QPushButton *m_add;
    QPushButton *m_inside;
    QPushButton *m_remove;
    QString m_problem; ///< of a command on a row; until the next cell
};

} // namespace ui
