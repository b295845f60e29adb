// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"

namespace engine {

/// The fix for a value of another type than the plan has: what the app's code most likely did (a number in
/// quotes, a missing value turned to text, a list for an object) tells what to send instead.
[[nodiscard]] QString typeFix(const event::Finding &finding);

} // namespace engine
