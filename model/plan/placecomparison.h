// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/compare.h"

/// What is compared, and shown, of one place of two schemas.
namespace plan {

/// What two schemas, both objects, say of the values in one place: types, choices, forms, ranges, conditions,
/// words for people; not of what stands in them. `stem` has the event and the path.
void addPlaceChanges(const Json &before, const Json &after, const Change &stem, std::vector<Change> &changes);

[[nodiscard]] Impact tightensIf(bool isTighter);

/// So much of a text as a change shows.
[[nodiscard]] QString cut(const QString &text);
[[nodiscard]] QString textOrNothing(const Json *value);
/// As JSON on one line, cut.
[[nodiscard]] QString shownSchema(const Json &schema);
[[nodiscard]] QString shownName(std::string_view name);

} // namespace plan
