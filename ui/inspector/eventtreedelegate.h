// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"

#include <QStyledItemDelegate>

namespace ui {

class Theme;

/// Draws a row of the event's tree: key and value, and under it each finding about it with its icon, its
/// sentence and what to do. What is missing stands where it would be, in a dashed outline.
class EventTreeDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    EventTreeDelegate(const Theme &theme, QObject *parent = nullptr);

    /// Texts of the findings, by their index in the model.
    void setFindings(std::vector<event::Finding> findings, std::vector<event::FindingText> texts);
    /// Width of the view's viewport: sentences wrap at it.
    void setViewWidth(int width) { m_viewWidth = width; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    struct Note
    {
        const event::Finding *finding;
        const event::FindingText *text;
        int messageHeight;
        int fixHeight;
    };
    [[nodiscard]] std::vector<Note> notesOf(const QModelIndex &index, int width) const;
    [[nodiscard]] int indentOf(const QModelIndex &index) const;
    void paintLine(QPainter &painter, const QRect &line, const QModelIndex &index, bool isSelected) const;
    void paintNote(QPainter &painter, const QRect &area, const Note &note) const;

    const Theme &m_theme;
    std::vector<event::Finding> m_findings;
    std::vector<event::FindingText> m_texts;
    int m_viewWidth = 360;
};

} // namespace ui
