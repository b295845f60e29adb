// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/facetmodel.h"
#include "ui/stream/filterterms.h"

#include <QTreeView>

namespace ui {

class SourceCatalog;
class Theme;

/// Sources, types, statuses and events with their live counts. A click narrows the filter to a value or lets
/// go of it, Alt and a click hides it; Space and Alt+Space do the same. Sources have a menu besides: solo
/// (S), mute (M), rename (F2), colour. Shows what the filter's text says, keeps nothing of its own.
class FacetPanel final : public QTreeView
{
    Q_OBJECT
public:
    FacetPanel(const Theme &theme, StreamModel &stream, SourceCatalog &sources, QWidget *parent = nullptr);

    void setFilterText(const QString &text);
    /// "source" and "Tracker UI" of a row; empty for a heading.
    struct Term
    {
        QString field;
        QString value;
    };
    [[nodiscard]] Term termAt(const QModelIndex &index) const;
    [[nodiscard]] FacetModel &facets() const { return *m_facets; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void filterChanged(const QString &text);
    void renameWanted(event::SourceId id);
    /// The settings, at the sources.
    void sourceSettingsWanted();

protected:
    bool event(QEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override;

private:
    void choose(const QModelIndex &index, Qt::KeyboardModifiers modifiers);
    void takeCounts();
    void openMenu(const QModelIndex &index, const QPoint &globalPosition);
    bool pressSourceKey(int key);
    /// Null id: the row is no source.
    [[nodiscard]] static event::SourceId sourceAt(const QModelIndex &index);

    const Theme &m_theme;
    StreamModel &m_stream;
    SourceCatalog &m_sources;
    FacetModel *m_facets;
    QString m_filter;
};

} // namespace ui
