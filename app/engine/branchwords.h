// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"

namespace engine {

/// Sentences about `not`, `anyOf` and `oneOf`: what a value should not be, or which of several forms it
/// should have. `place` is where it stands, as it begins a sentence.
[[nodiscard]] event::FindingText notText(const event::Finding &finding, const QString &place);
[[nodiscard]] event::FindingText branchesText(const event::Finding &finding, const QString &place);
[[nodiscard]] event::FindingText ambiguousText(const event::Finding &finding, const QString &place);

} // namespace engine
