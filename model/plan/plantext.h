// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

/// Bytes of plan files as text and as JSON: encodings, limits, and the words for what is no plan.
namespace plan {

inline constexpr qint64 maxPlanBytes = qint64{256} * 1024 * 1024;

/// UTF-8 without a byte order mark. UTF-16 and UTF-32 are read by their mark; anything else is refused with
/// the place of the first byte that is no UTF-8.
[[nodiscard]] base::Result<QByteArray> planText(const QByteArray &bytes, const QString &path);

/// A plan's JSON, to be edited. Refused: nesting beyond 500 levels, more than 5,000,000 values, and numbers
/// and texts that could not be written back as they are. Of names that stand in an object twice the last one
/// counts; that is a problem.
[[nodiscard]] base::Result<Json> planJson(const QByteArray &utf8, const QString &path,
                                          std::vector<Problem> &problems);

[[nodiscard]] base::Failure noPlan(const QString &path, const QString &why);
/// What a JSON value is that is no plan: "It is an event, not a plan."
[[nodiscard]] QString described(const Json &root);
/// The file's name without its endings: a plan's name when its file says none.
[[nodiscard]] QString nameFromFile(const QString &path);

/// As plans are written: two spaces, members in their order, a line end last.
[[nodiscard]] QByteArray writtenJson(const Json &value);

} // namespace plan
