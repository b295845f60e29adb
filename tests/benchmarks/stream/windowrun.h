// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/trackside/guiservices.h"
#include "frames.h"
#include "probes.h"
#include "ui/mainwindow.h"

#include <QTemporaryDir>

struct WindowPlan
{
    QString store;
    std::size_t rows = 0; ///< in it, at least
    double seconds = 5;   ///< of each phase
    double eventsPerSecond = 10'000;
    Clock::time_point started; ///< when the process was started
};

/// The real window over the real engine, measured phase by phase.
class WindowRun final : public QObject
{
public:
    WindowRun(FrameApplication &application, WindowPlan plan);
    ~WindowRun() override;

    int run();

private:
    enum class Motion : std::uint8_t { Following, Scrolling, Typing };

    bool measureStart();
    void measureLoad(const QString &what, Motion motion);
    void measureFilter(const QString &filter);
    void measureRecheck(const QString &newConventions);
    void setFilter(const QString &filter);
    void scrollOn();
    void typeOn();
    void insert(int first, int last);
    /// Runs the event loop; false when it took longer than twenty seconds.
    template <typename Condition>
    bool waitFor(Condition condition);

    FrameApplication &m_application;
    WindowPlan m_plan;
    QTemporaryDir m_settings;
    quint16 m_port = 0;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<trackside::GuiServices> m_services;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<Probes> m_probes;
    FrameFigures m_floor;
    Clock::time_point m_firstRow, m_swapped;
    std::uint32_t m_lastUser = 0;
    QString m_toType;
    qsizetype m_typed = 0;
};
