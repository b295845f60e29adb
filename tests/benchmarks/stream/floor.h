// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "frames.h"

/// The least a table of a million rows costs: a bare QTableView over a model that only counts, under the
/// same inserts, following the newest row. What the window's frames are held against.
[[nodiscard]] FrameFigures measureFloor(FrameApplication &application, int rows, int rowsPerSecond,
                                        double seconds);
