// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QWidget>

class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace ui {

/// The pages, and below them a place for the open page's facets. 200 wide, or 56 with icons only.
class Sidebar final : public QWidget
{
    Q_OBJECT
public:
    enum class Width : std::uint8_t { Full, Icons };

    explicit Sidebar(const Theme &theme, QWidget *parent = nullptr);

    /// Ids are the caller's own; the shortcut stands in the tooltip.
    void addPage(int id, Icon icon, const QString &text, const QKeySequence &shortcut);
    void setCurrentPage(int id);
    [[nodiscard]] int currentPage() const;
    /// A number behind a page's name; 0 shows none.
    void setPageCount(int id, quint64 count);
    /// The widget below the pages (facets); stays owned by the caller, null takes it out.
    void setSection(QWidget *section);
    [[nodiscard]] Width widthMode() const { return m_width; }
    void setWidthMode(Width width);

signals:
    void pageChosen(int id);
    void widthModeChanged(ui::Sidebar::Width width);

private:
    void refresh();

    const Theme &m_theme;
    QButtonGroup m_buttons;
    QVBoxLayout *m_pages;
    QScrollArea *m_scroll;
    QToolButton *m_collapse;
    Width m_width = Width::Full;
};

} // namespace ui
