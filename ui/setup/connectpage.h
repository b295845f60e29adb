// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/streammodel.h"
#include "ui/services.h"
#include "ui/setup/setuplight.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class ActionRegistry;
class CodeBlock;
class Guide;
class SdkChooser;

/// The first minute: choose the SDK, copy the lines that point it here, watch the light.
class ConnectPage final : public QWidget
{
    Q_OBJECT
public:
    /// Watches the model for the first event; only what comes after this page was made counts.
    ConnectPage(Services &services, const Theme &theme, StreamModel &model, ActionRegistry &actions,
                QWidget *parent = nullptr);

    [[nodiscard]] SetupLight &light() const { return *m_light; }
    [[nodiscard]] SdkChooser &chooser() const { return *m_chooser; }
    [[nodiscard]] QString code() const;

signals:
    /// "Show it": the stream, at this event.
    void eventWanted(event::EventId id);
    void firstEventSeen();
    void said(const QString &text);
    void settingsWanted();
    void doctorWanted();

private:
    void buildLayout();
    [[nodiscard]] Guide *buildGuide();
    void showSdk();
    void showWaiting();
    void showSighting(const capture::Sighting &sighting);
    void showFirstEvent(const StreamModel::Row &row);
    void showRejected(const StreamModel::Row &row);
    void look(int count);
    void lookAtClients();
    void refreshDemo();
    void copyCode();
    void activateLight();

    enum class Next : std::uint8_t { None, ShowEvent, UsePort, OpenSettings };

    Services &m_services;
    const Theme &m_theme;
    StreamModel &m_model;
    ActionRegistry &m_actions;
    std::int64_t m_openedUs;
    SdkChooser *m_chooser;
    QLabel *m_title;
    QLabel *m_untried;
    QLabel *m_where;
    CodeBlock *m_code;
    QPushButton *m_copy;
    QLabel *m_note;
    SetupLight *m_light;
    QPushButton *m_demo;
    QLabel *m_demoText;
    Next m_next = Next::None;
    event::EventId m_shown{};
    bool m_isDoctorsWord = false; ///< what the light says is what is wrong with a client
};

} // namespace ui
