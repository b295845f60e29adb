// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/streammodel.h"
#include "ui/services.h"
#include "ui/setup/remedy.h"
#include "ui/setup/setuplight.h"

#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace ui {

class ActionRegistry;
class ConnectPage;
class DoctorPage;
class PhonePage;
class ProxyPage;
class SdkChooser;

/// The ways in: connect an app, use a phone, use the proxy, and the doctor for what does not arrive. Each a
/// tab, reached by an action of its own from anywhere; the one last chosen is remembered. GUI thread.
class SetupPage final : public QWidget
{
    Q_OBJECT
public:
    enum class Tab : std::uint8_t { Connect, Phone, Proxy, Doctor };

    /// Watches the model for the first event; only what comes after this page was made counts. Without
    /// capture services there is the first tab alone.
    SetupPage(Services &services, const Theme &theme, StreamModel &model, ActionRegistry &actions,
              QWidget *parent = nullptr);

    [[nodiscard]] SetupLight &light() const;
    [[nodiscard]] SdkChooser &chooser() const;
    [[nodiscard]] QString code() const;
    [[nodiscard]] QTabBar &tabs() const { return *m_tabs; }
    [[nodiscard]] Tab tab() const;
    void showTab(Tab tab);
    /// Where the keyboard begins on the tab shown.
    void focusFirst();

    [[nodiscard]] ConnectPage &connectPage() const { return *m_connect; }
    /// Null without capture services.
    [[nodiscard]] PhonePage *phonePage() const { return m_phone; }
    [[nodiscard]] ProxyPage *proxyPage() const { return m_proxy; }
    [[nodiscard]] DoctorPage *doctorPage() const { return m_doctor; }

signals:
    /// "Show it": the stream, at this event.
    void eventWanted(event::EventId id);
    void firstEventSeen();
    void said(const QString &text);
    void settingsWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addTab(Tab tab, QWidget *page, Icon icon);
    void addPages(CaptureServices &capture);
    void goTo(Tab tab);
    void countProblems();
    void apply(const Remedy &remedy);

    Services &m_services;
    const Theme &m_theme;
    ActionRegistry &m_actions;
    QTabBar *m_tabs;
    QStackedWidget *m_stack;
    ConnectPage *m_connect;
    PhonePage *m_phone = nullptr;
    ProxyPage *m_proxy = nullptr;
    DoctorPage *m_doctor = nullptr;
};

} // namespace ui
