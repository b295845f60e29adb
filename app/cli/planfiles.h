// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/arguments.h"
#include "plan/document.h"

namespace cli {

/// "segment, segment-csv, ...": what --format and --to take.
[[nodiscard]] QString formatWords();
[[nodiscard]] base::Result<plan::Format> planFormat(const Arguments &options, const QString &option);

/// The plan of a file or a folder; what reading left out is told on standard error.
[[nodiscard]] base::Result<plan::Document> readPlan(const QString &path);

/// To standard output, or to the file or folder named; a format of several files needs one. What the format
/// can't hold is told on standard error first.
[[nodiscard]] base::Result<std::size_t> writePlan(const plan::Document &document, plan::Format format,
                                                  const QString &path);

/// A line of standard error.
void say(const QString &line);

} // namespace cli
