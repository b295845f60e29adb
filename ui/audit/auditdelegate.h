// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace ui {

class Theme;

/// Cells of the audit's tables: call types, states in icon and word, bars for shares.
class AuditDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// Which of the page's models it draws.
    enum class Table : std::uint8_t { Events, Properties, Sources };

    AuditDelegate(Table table, const Theme &theme, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    void paintEvent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &area,
                    const QModelIndex &index) const;
    void paintProperty(QPainter &painter, const QRect &area, const QModelIndex &index) const;
    void paintSource(QPainter &painter, const QRect &area, const QModelIndex &index) const;

    const Table m_table;
    const Theme &m_theme;
};

} // namespace ui
