// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/sheet.h"

namespace plan {

/// A rule's schema by itself, for what is asked of it while it is edited: references that lead out of the
/// rule (to the plan's shared definitions) demand nothing here.
[[nodiscard]] base::Result<schema::Schema> compileAlone(const Json &ruleSchema);

} // namespace plan
