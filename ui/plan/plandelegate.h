// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace ui {

class Theme;

/// Cells of the plan's events: the type's letter, the name with its problems, the seen mark
/// with its count, violations.
class PlanDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit PlanDelegate(const Theme &theme, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

} // namespace ui
