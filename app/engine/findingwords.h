// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"

namespace engine {

/// The wording table: a finding's rule and arguments as sentences for people, in the language of the
/// installed translators. Never empty, also for findings of a newer Trackside. Any thread.
[[nodiscard]] event::FindingText findingText(const event::Finding &finding);

} // namespace engine
