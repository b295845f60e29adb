// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/commands/actionregistry.h"
#include "ui/englishplurals.h"
#include "ui/services.h"
#include "ui/settings/settingsdialog.h"
#include "ui/theme/theme.h"
#include "ui/windowstate.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

class QStackedWidget;

namespace ui {

class AuditPage;
class CaptureNotices;
class CaptureRoutes;
class FilterBox;
class Notice;
class PlanPage;
class SetupPage;
class Sidebar;
class StatusBarView;
class StreamPage;
class Toast;
class Toolbar;

/// The frame: toolbar, sidebar, pages, status bar; routes between them. Nothing else.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    enum class Page : std::uint8_t { Stream, Plan, Audit, Setup };

    MainWindow(Services &services, Theme &theme, QWidget *parent = nullptr);
    ~MainWindow() override;

    void showPage(Page page);
    [[nodiscard]] Page page() const;
    [[nodiscard]] ActionRegistry &actions() const { return *m_actions; }
    [[nodiscard]] FilterBox &filterBox() const { return *m_filter; }
    [[nodiscard]] StreamPage &stream() const { return *m_stream; }
    [[nodiscard]] PlanPage &plan() const { return *m_plan; }
    [[nodiscard]] AuditPage &audit() const { return *m_audit; }
    [[nodiscard]] SetupPage &setup() const { return *m_setup; }
    [[nodiscard]] StatusBarView &status() const { return *m_status; }
    [[nodiscard]] Notice &notice() const { return *m_notice; }
    [[nodiscard]] CaptureNotices &captureNotices() const { return *m_captureNotices; }
    [[nodiscard]] Toast &toast() const { return *m_toast; }

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildFrame();
    void connectPages();
    void connectCommands();
    void connectServices();
    void restoreState();
    void choosePage(Page page);
    void focusPage();
    void decideFirstPage();
    void showFilter(const QString &filter);
    void showEvent(event::EventId id);
    void showSettings(SettingsDialog::Group group);
    void showPalette();
    void askForSession();
    void tickStatus();

    EnglishPlurals m_plurals;
    Services &m_services;
    Theme &m_theme;
    ActionRegistry *m_actions;
    Toolbar *m_toolbar;
    FilterBox *m_filter; ///< the toolbar's
    Notice *m_notice;    ///< what the user asked for and did not work
    CaptureNotices *m_captureNotices;
    Notice *m_storeNotice; ///< the store does not take events
    Sidebar *m_sidebar;
    QStackedWidget *m_stack;
    StreamPage *m_stream;
    PlanPage *m_plan;
    AuditPage *m_audit;
    SetupPage *m_setup;
    StatusBarView *m_status;
    Toast *m_toast;
    CaptureRoutes *m_routes;
    QPointer<SettingsDialog> m_settings;
    QTimer m_statusTimer;
    QString m_savedPage;
    bool m_hasChosenPage = false; ///< by the user, or once the store showed what it holds
};

} // namespace ui
