// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"

namespace engine {

/// Sentences about sizes: of numbers, texts, lists and objects, and about what a list should hold. `place` is
/// where the value stands, as it begins a sentence.
[[nodiscard]] event::FindingText rangeText(const event::Finding &finding, const QString &place);
[[nodiscard]] event::FindingText multipleText(const event::Finding &finding, const QString &place);
[[nodiscard]] event::FindingText lengthText(const event::Finding &finding, const QString &place);
[[nodiscard]] event::FindingText itemsText(const event::Finding &finding, const QString &place);
[[nodiscard]] event::FindingText propertiesText(const event::Finding &finding, const QString &place);
[[nodiscard]] event::FindingText uniqueText(const event::Finding &finding, const QString &place);
[[nodiscard]] event::FindingText containsText(const event::Finding &finding, const QString &place);

} // namespace engine
