// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/plan.h"

namespace plan {

/// Tells rules apart by what their verdicts hang on, so that after a change of a plan only events of changed
/// rules need to be checked again. `texts`: all that the rule's schema is compiled from, what its references
/// lead to included.
[[nodiscard]] QByteArray fingerprintOf(const Rule &rule, const QByteArrayList &texts);

} // namespace plan
