// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "filter/query.h"

namespace filter {

/// The field of a name before the colon ("type", "prop"), whatever the case.
[[nodiscard]] std::optional<Field> fieldFromName(const QString &name);
[[nodiscard]] QString nameOf(Field field);
/// Names of all fields, in the order they are offered.
[[nodiscard]] QStringList fieldNames();
/// The field name that was probably meant; empty when none is near.
[[nodiscard]] QString nearestField(const QString &name);

/// prop, trait, ctx and delivery: a name after a dot must follow.
[[nodiscard]] bool hasPath(Field field);
/// Fields that >, >=, <, <= and a..b make sense for.
[[nodiscard]] bool isComparable(Field field);

/// The words a field's value is one of, bit by bit of Term::choices; empty for free values.
[[nodiscard]] QStringList choicesOf(Field field);

/// `10:30`, `10:30:05.250`, `2026-11-24`, `2026-11-24T10:30`, each with an optional zone (Z, +02:00).
[[nodiscard]] std::optional<Span> timeFromText(const QString &text);
/// Only texts with a date: what a property holds.
[[nodiscard]] std::optional<Span> dateFromText(const QString &text);

} // namespace filter
