// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/streammodel.h"

#include <QStyledItemDelegate>

namespace ui {

class Theme;

/// Draws the cells of the stream by itself: painting is the frame budget. Reads the row straight from the
/// StreamModel, so it serves no other model.
class StreamDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    StreamDelegate(const Theme &theme, const StreamModel &model, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// The whole text where it is cut; of the time: UTC and age; of findings: the rule's word.
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    void paintText(QPainter &painter, const QRect &area, const QString &text, Qt::TextElideMode mode) const;
    void paintType(QPainter &painter, const QRect &area, event::CallType type) const;
    void paintFindings(QPainter &painter, QRect area, const StreamModel::Row &row) const;
    void paintDelivery(QPainter &painter, const QRect &area, event::DeliveryState state) const;

    const Theme &m_theme;
    const StreamModel &m_model;
};

/// What a rule's chip says: "required" of "plan/required".
[[nodiscard]] QString shortRuleText(event::RuleId rule);

} // namespace ui
