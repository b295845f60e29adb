// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// What an empty place shows: what would be here, how to get it, and the button that does it.
class EmptyState final : public QWidget
{
    Q_OBJECT
public:
    EmptyState(const Theme &theme, Icon icon, QWidget *parent = nullptr);

    void setTexts(const QString &title, const QString &sentence);
    /// An empty text hides the button.
    void setButton(const QString &text, ButtonKind kind = ButtonKind::Plain);
    [[nodiscard]] QString title() const;
    [[nodiscard]] QPushButton &button() const { return *m_button; }

    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void activated();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void refresh();

    const Theme &m_theme;
    Icon m_icon;
    QLabel *m_picture;
    QLabel *m_title;
    QLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace ui
