// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/sheetcells.h"

namespace plan {

/// A finding, and the value it is about: of a missing or unplanned property its object.
struct Broken
{
    const event::Finding &finding;
    json::Value value;
    QString name; ///< the property, for the sentence: "products.$.sku"
    Wording wording;
};

/// Changes one place of a schema so far that it no longer demands what the finding is about. Says what it did
/// ("`quantity` may also be a string"); nothing when that place does not demand it.
[[nodiscard]] std::optional<QString> loosen(Json &schema, const Broken &broken);
/// Why a finding can't be allowed by a change of its rule; nothing when it may.
[[nodiscard]] std::optional<base::Failure> notForUs(const event::Finding &finding);
/// The finding is about what stands in an object, which its `at` does not lead to.
[[nodiscard]] bool isAboutMember(event::RuleId rule);

} // namespace plan
