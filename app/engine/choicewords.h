// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"

namespace engine {

/// Sentences about a value that should be of a type, one of a few values, or a text of some form. `place` is
/// where it stands, as it begins a sentence.
[[nodiscard]] event::FindingText enumText(const event::Finding &finding, const QString &place);
[[nodiscard]] event::FindingText typeText(const event::Finding &finding, const QString &place);
[[nodiscard]] event::FindingText constText(const event::Finding &finding, const QString &place);
[[nodiscard]] event::FindingText patternText(const event::Finding &finding, const QString &place);
[[nodiscard]] event::FindingText formatText(const event::Finding &finding, const QString &place);

} // namespace engine
