// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace bench {

struct Cost
{
    double cpuSeconds = 0; ///< user and system
    long peakKib = 0;
    bool isDone = false; ///< it ended with 0
};

/// Runs a program to its end and takes what the kernel says it used. Its output is thrown away.
[[nodiscard]] Cost run(const QStringList &command);

} // namespace bench
