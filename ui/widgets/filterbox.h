// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "filter/query.h"
#include "ui/theme/theme.h"

#include <optional>

#include <QLineEdit>
#include <QTimer>

class QListWidget;
class QLabel;

namespace ui {

/// The filter as people type it. A mistake is underlined where it stands, with a message below; what could
/// stand at the cursor is offered while typing. Up, Down, Page and Enter drive the table (they drive the
/// offers while those are open; the first Enter after typing applies the filter); Esc closes the offers, then
/// clears.
class FilterBox final : public QLineEdit
{
    Q_OBJECT
public:
    explicit FilterBox(const Theme &theme, QWidget *parent = nullptr);

    /// Values seen for a field, for completion.
    void setSeenValues(filter::SeenValues seen);
    /// As if typed: parsed and emitted at once.
    void setFilter(const QString &text);
    /// Adds a term to the filter, or takes it out when it stands there: facets and "Filter by this".
    void toggleTerm(const QString &term);
    [[nodiscard]] const filter::Query &query() const { return m_query; }
    [[nodiscard]] const std::optional<filter::SyntaxError> &mistake() const { return m_mistake; }
    [[nodiscard]] QStringList history() const { return m_history; }
    void setHistory(const QStringList &history);
    [[nodiscard]] bool isOffering() const;

signals:
    /// The filter changed and can be understood; 120 ms after the last key, at once on Enter.
    void queryChanged(const filter::Query &query);
    /// A key for the table: Up, Down, PageUp, PageDown, Enter.
    void tableKeyPressed(int key, Qt::KeyboardModifiers modifiers);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void moveEvent(QMoveEvent *event) override;

private:
    void understand();
    void publish();
    void offer();
    void offerHistory();
    [[nodiscard]] int offeredWidth() const;
    int fitRows();
    void accept(const QString &candidate);
    void closeOffers();
    void showMistake();
    void remember();
    void place(QWidget &popup, int width, int height);
    bool driveOffers(QKeyEvent *event);

    const Theme &m_theme;
    filter::SeenValues m_seen;
    filter::Query m_query;
    QString m_published;
    std::optional<filter::SyntaxError> m_mistake;
    QStringList m_history;
    qsizetype m_offerFrom = 0;
    QTimer m_delay;
    QListWidget *m_offers;
    QLabel *m_message;
    bool m_offersAreHistory = false;
    bool m_isTyped = false; ///< since Enter last applied it
};

} // namespace ui
