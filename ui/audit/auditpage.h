// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/planservices.h"
#include "ui/theme/theme.h"

#include <QSortFilterProxyModel>
#include <QWidget>

class QButtonGroup;
class QComboBox;
class QLineEdit;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace ui {

class ActionRegistry;
class CoverageModel;
class CoveragePropertyModel;
class CoverageSourceModel;
class ElidedLabel;
class EmptyState;
class FigureCard;
class Services;
class Theme;
class ThemedLabel;

/// Rows of one kind, found by name.
class CoverageFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    enum class Only : std::uint8_t { All, Planned, Unplanned, Violations, NeverSeen };

    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setOnly(Only only);
    void setSearch(const QString &text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    Only m_only = Only::All;
    QString m_search;
};

/// The plans held against what was captured: figures, a bar for each source, events and their properties;
/// live. GUI thread.
class AuditPage final : public QWidget
{
    Q_OBJECT
public:
    AuditPage(Services &services, const Theme &theme, ActionRegistry &actions, QWidget *parent = nullptr);
    ~AuditPage() override;

    /// What the filter box holds: one of the choices of what to look at.
    void setFilterText(const QString &filter);

    [[nodiscard]] QTableView &events() const { return *m_events; }
    [[nodiscard]] QTableView &properties() const { return *m_properties; }
    [[nodiscard]] CoverageModel &model() const { return *m_model; }
    /// Writes what is shown; the ending says the form: html, pdf or csv. Off the GUI thread; said() tells
    /// when done.
    void exportTo(const QString &path);

signals:
    void streamWanted(const QString &filter);
    void planWanted(event::CallType type, const QString &name, const QStringList &path);
    void openPlanWanted();
    void said(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    enum class Scope : std::uint8_t { Session, Everything, Filter, Chosen };

    void buildLayout();
    [[nodiscard]] QWidget *buildHead(QWidget *parent);
    [[nodiscard]] QWidget *buildCards(QWidget *parent);
    [[nodiscard]] QWidget *buildEvents(QWidget *parent);
    [[nodiscard]] QWidget *buildDetail(QWidget *parent);
    void fitColumns();
    void fillScopes();
    void chooseScope(int index);
    void chooseSessions();
    void watch();
    void take(const PlanServices::CoverageState &state);
    void showFigures();
    void showDetail();
    void showPlace();
    void exportAs(const QString &ending);
    void openMenu(const QPoint &at);
    void addToPlan();
    [[nodiscard]] PlanServices::Selection selection() const;
    [[nodiscard]] QString scopeTitle() const;
    [[nodiscard]] const report::EventCoverage *current() const;

    Services &m_services;
    const Theme &m_theme;
    ActionRegistry &m_actions;
    std::shared_ptr<const report::Coverage> m_coverage;
    CoverageModel *m_model;
    CoverageFilter *m_filtered;
    CoveragePropertyModel *m_propertyModel;
    CoverageSourceModel *m_sourceModel;
    Scope m_scope = Scope::Everything;
    QString m_filterText;
    std::vector<PlanServices::SessionChoice> m_sessions;
    std::vector<event::SessionId> m_chosen;
    QString m_selectedName;
    event::CallType m_selectedType{};

    QStackedWidget *m_place;
    EmptyState *m_empty;
    QComboBox *m_scopes;
    ThemedLabel *m_state;
    QToolButton *m_export;
    FigureCard *m_covered, *m_unplanned, *m_violations, *m_never;
    QButtonGroup *m_cards;
    QTableView *m_sources;
    QLineEdit *m_search;
    ThemedLabel *m_shown;
    QTableView *m_events;
    QSplitter *m_splitter;
    ElidedLabel *m_name;
    QPushButton *m_inStream, *m_inPlan, *m_add;
    ThemedLabel *m_detailNote;
    QTableView *m_properties;
};

} // namespace ui
