// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace plan {

/// JSON Schema's name of a value's type.
[[nodiscard]] QString seenType(json::Value value);
/// Adds a type to those that are allowed: a fraction makes integers numbers, for numbers are integers, too.
void addSeenType(QStringList &types, const QString &type);
/// What a value looks like: its type, and of objects and lists what is in them, without any demand.
[[nodiscard]] Json seenSchema(json::Value value);

} // namespace plan
