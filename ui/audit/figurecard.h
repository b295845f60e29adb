// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QAbstractButton>

namespace ui {

/// A figure with its words on a card; pressed it narrows the table below to what it counts. Checkable.
class FigureCard final : public QAbstractButton
{
    Q_OBJECT
public:
    FigureCard(const Theme &theme, QWidget *parent = nullptr);

    /// `tone` colours the figure; Text for one that is nothing to worry about. A share (0..1) is drawn as a
    /// bar, below 0 none is.
    void setFigure(const QString &figure, const QString &words, Role tone, double share = -1);
    [[nodiscard]] QString figure() const { return m_figure; }
    [[nodiscard]] QString words() const { return m_words; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_figure, m_words;
    Role m_tone = Role::Text;
    double m_share = -1;
};

} // namespace ui
