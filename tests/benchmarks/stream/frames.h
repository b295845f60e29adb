// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "figures.h"

#include <functional>

#include <QApplication>
#include <QTimer>

/// What the GUI thread did while it was watched.
struct FrameFigures
{
    Samples gaps;        ///< from the end of one frame to the end of the next
    Samples frames;      ///< how long each took to paint
    Samples stalls;      ///< how late a 4 ms heartbeat came
    double guiShare = 0; ///< CPU of the GUI thread, of one core
};

/// An application that times its frames: a frame is the top window's UpdateRequest, from layout to flush.
class FrameApplication final : public QApplication
{
public:
    FrameApplication(int &argc, char **argv);

    bool notify(QObject *receiver, QEvent *event) override;

    void watch(QWidget *window);
    void begin();
    [[nodiscard]] FrameFigures end();

    /// After each frame of the watched window.
    std::function<void(Clock::time_point)> painted;

private:
    void beat();

    QWidget *m_window = nullptr;
    bool m_isMeasuring = false;
    FrameFigures m_figures;
    QTimer m_heart;
    Clock::time_point m_lastFrame, m_lastBeat, m_begun;
    double m_cpuBefore = 0;
};
