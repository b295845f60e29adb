// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QScrollArea>

class QLabel;
class QVBoxLayout;

namespace ui {

/// A text that wraps and can be copied.
[[nodiscard]] QLabel *paragraph(const Theme &theme, FontRole font, Role role, const QString &text,
                                QWidget *parent);

/// A step of a guide: its number in the margin, its heading, and room below for what it holds. Without a
/// number (0) its margin stays empty.
class GuideStep final : public QWidget
{
    Q_OBJECT
public:
    GuideStep(const Theme &theme, int number, const QString &heading, QWidget *parent);

    [[nodiscard]] QVBoxLayout &body() const { return *m_body; }
    /// A paragraph in the secondary colour, at the end of the body.
    QLabel &addText(const QString &text);

private:
    const Theme &m_theme;
    QVBoxLayout *m_body;
};

/// A page to read: one scrolled column, no wider than reads well.
class Guide final : public QScrollArea
{
    Q_OBJECT
public:
    explicit Guide(const Theme &theme, QWidget *parent = nullptr);

    /// What stands in the column has this parent.
    [[nodiscard]] QWidget *sheet() const { return m_sheet; }
    [[nodiscard]] QVBoxLayout &column() const { return *m_column; }
    GuideStep &addStep(int number, const QString &heading);

private:
    const Theme &m_theme;
    QWidget *m_sheet;
    QVBoxLayout *m_column;
};

} // namespace ui
