// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/services.h"
#include "ui/theme/theme.h"

#include <functional>
#include <vector>

#include <QWidget>

class QLabel;
class QPainter;
class QPushButton;
class QVBoxLayout;

namespace ui {

/// The page scrolls under the pointer: a control that has not the focus keeps its value when the wheel
/// passes.
void leaveWheelToPage(QWidget &control);

/// The ground of a card: canvas in a hairline.
void paintCard(QPainter &painter, const Theme &theme, const QRect &rect);

/// "Removed “Staging”. [Undo]": hidden until there is something to take back.
class UndoLine final : public QWidget
{
    Q_OBJECT
public:
    explicit UndoLine(const QString &buttonName, QWidget *parent = nullptr);
    void offer(const QString &sentence, std::function<void()> undo);

private:
    QLabel *m_text;
    std::function<void()> m_undo;
};

/// One group of the settings: a heading with Reset, and rows of a name, what it means, and a control. What is
/// changed applies at once; what can't be applied is said at the field.
class SettingsGroup : public QWidget
{
    Q_OBJECT
public:
    SettingsGroup(Services &services, const Theme &theme, const QString &title, QWidget *parent);

    [[nodiscard]] QString title() const;
    /// Shows the rows whose texts hold it, all when the title does; gives how many are shown.
    int applySearch(const QString &search);
    /// Everything of this group as it was at first.
    virtual void reset() = 0;
    /// Reads the controls from the settings again.
    virtual void refresh() = 0;

protected:
    /// `control` gets its label as accessible name and buddy. The index is for showError().
    int addRow(const QString &label, const QString &help, QWidget *control);
    /// A row that takes the whole width: lists, cards.
    int addWide(QWidget *content, const QString &searchWords);
    void showError(int row, const base::Error &error);
    void clearError(int row);
    /// Of a setting that could not be saved: at the row.
    void report(int row, const base::Result<void> &result);
    [[nodiscard]] QString errorText(int row) const;
    /// For a group that has nothing it was at first.
    void hideReset();

    Services &m_services;
    const Theme &m_theme;

private:
    struct Row
    {
        QWidget *box = nullptr;
        QLabel *error = nullptr;
        QString searchWords;
    };
    int finishRow(Row row, QVBoxLayout *column);

    QLabel *m_title;
    QPushButton *m_reset;
    QVBoxLayout *m_rows;
    std::vector<Row> m_all;
};

} // namespace ui
