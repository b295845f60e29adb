// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "report/coverage.h"

class QFont;

namespace ui {

/// Coverage as an A4 document: figures, sources, events, properties; headers repeated, pages numbered. Any
/// thread (it paints on its own device); blocks.
[[nodiscard]] base::Result<void> writeCoveragePdf(const report::Coverage &coverage,
                                                  const report::CoverageHead &head, const QFont &font,
                                                  const QString &path);

} // namespace ui
