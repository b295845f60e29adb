// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <vector>

#include <QString>

using Clock = std::chrono::steady_clock;

[[nodiscard]] double msBetween(Clock::time_point from, Clock::time_point to);

/// Milliseconds measured one by one.
struct Samples
{
    std::vector<double> ms;

    [[nodiscard]] double percentile(double part) const; ///< 0 without any
    [[nodiscard]] double worst() const { return percentile(1); }
};

/// Lines of the table that is printed: what, the figure, the aim.
void printHeading(const QString &text);
void printLine(const QString &what, const QString &figure, const QString &aim = {});
void printSamples(const QString &what, const Samples &samples, const QString &aim = {});

[[nodiscard]] QString ms(double value);
/// Of this process.
[[nodiscard]] double residentMb();
/// CPU the calling thread, and all threads of this process, have used.
[[nodiscard]] double threadCpuSeconds();
[[nodiscard]] double processCpuSeconds();
