// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"

#include <optional>

namespace engine {

/// Sentences of the tracking plan's findings; nothing for all others. `findingText` asks it. Each message
/// says what should be and what was sent, in an order that "Because `method` is "card", .." can stand before.
[[nodiscard]] std::optional<event::FindingText> planText(const event::Finding &finding);

} // namespace engine
