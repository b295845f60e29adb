// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/ruleid.h"

#include <QString>

namespace engine {

/// What a protocol rule looks for, for lists of rules; the rule's word for any other. Any thread.
[[nodiscard]] QString ruleSummary(event::RuleId rule);

} // namespace engine
