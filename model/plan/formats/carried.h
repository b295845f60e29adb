// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

/// Segment's format holds what others say beside their rules (Avo's tags and categories, RudderStack's ids),
/// so that a plan can come back from it whole: RuleSource::extra of format F stands as "x-F" in the rule's
/// schema, Document::extra at the file's root.
namespace plan::formats {

/// The document as format `target` holds it: `extra` is that format's own.
[[nodiscard]] Document asFormat(const Document &document, Format target);
/// Names of the members of `extra` that `target` has no place for, and of how many rules.
[[nodiscard]] std::vector<Loss> extraLosses(const Document &document, Format target);

/// Between a rule's schema in the file and RuleSource::extra.
void takeCarried(RuleSource &rule);
void putCarried(Json &schema, const RuleSource &rule);
[[nodiscard]] RuleSource withoutCarried(const RuleSource &rule);

} // namespace plan::formats
