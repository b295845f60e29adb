// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

inline constexpr int eventsPerBatch = 100;

/// One POST of 100 events with twenty names and fifty users; most fit the delivery platform's plan.
[[nodiscard]] QByteArray batchRequest();
/// One call of the named user, against the plan, so that every filter measured here finds it.
[[nodiscard]] QByteArray probeRequest(const QByteArray &userId);
/// Sends that many events a second to the port for so long, prints what came of it. Its own process, so that
/// its CPU is none of the window's.
int runLoadProcess(quint16 port, double eventsPerSecond, double seconds);
