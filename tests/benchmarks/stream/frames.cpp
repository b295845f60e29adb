// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "frames.h"

#include <QWidget>

namespace {

constexpr int beatMs = 4;

} // namespace

FrameApplication::FrameApplication(int &argc, char **argv)
    : QApplication(argc, argv)
{
    m_heart.setTimerType(Qt::PreciseTimer);
    connect(&m_heart, &QTimer::timeout, this, &FrameApplication::beat);
}

bool FrameApplication::notify(QObject *receiver, QEvent *event)
{
    // The window's Paint comes inside the frame when the platform asks for one (first exposure).
    const bool isFrame = receiver == m_window && event->type() == QEvent::UpdateRequest;
    const Clock::time_point start = isFrame ? Clock::now() : Clock::time_point();
    const bool isDone = QApplication::notify(receiver, event);
    if (isFrame) {
        const Clock::time_point now = Clock::now();
        if (m_isMeasuring) {
            m_figures.frames.ms.push_back(msBetween(start, now));
            m_figures.gaps.ms.push_back(msBetween(m_lastFrame, now));
        }
        m_lastFrame = now;
        if (painted) {
            painted(now);
        }
    }
    return isDone;
}

void FrameApplication::watch(QWidget *window)
{
    m_window = window;
}

void FrameApplication::begin()
{
    m_figures = {};
    m_begun = m_lastFrame = m_lastBeat = Clock::now();
    m_cpuBefore = threadCpuSeconds();
    m_isMeasuring = true;
    m_heart.start(beatMs);
}

FrameFigures FrameApplication::end()
{
    m_heart.stop();
    m_isMeasuring = false;
    m_figures.guiShare = (threadCpuSeconds() - m_cpuBefore) / (msBetween(m_begun, Clock::now()) / 1000);
    return std::move(m_figures);
}

void FrameApplication::beat()
{
    const Clock::time_point now = Clock::now();
    m_figures.stalls.ms.push_back(std::max(0.0, msBetween(m_lastBeat, now) - beatMs));
    m_lastBeat = now;
}
