// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace cli {

/// Actions of `plan`; `arguments` starts with the action's name.
int planInfer(const QStringList &arguments);
int planConvert(const QStringList &arguments);
int planDiff(const QStringList &arguments);
int planCoverage(const QStringList &arguments);
int planLint(const QStringList &arguments);

} // namespace cli
