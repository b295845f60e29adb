// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/plan.h"

namespace plan {

/// The properties a schema plans for an event's `properties` or `traits`, nested ones by their path.
[[nodiscard]] std::vector<Property> flattened(json::Value schema, const Rule &rule);

} // namespace plan
