// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

/// The cells of the sheet: a property's schema as text, and what people type as schema.
namespace plan {

/// Where the keywords of a draft differ in what a cell writes.
enum class Wording : std::uint8_t {
    Draft4, ///< `exclusiveMinimum` is true or false beside `minimum`
    Later,
};
[[nodiscard]] Wording wordingOf(const Json &ruleSchema);

/// JSON types of a schema; of an anyOf or oneOf without a type of its own those of its branches, when they
/// are no more than types. Empty: any.
[[nodiscard]] QStringList typesIn(const Json &schema);
/// "integer or null".
[[nodiscard]] QString shownTypes(const QStringList &types);
/// `type` as a plan writes it: a text, or a list of several; as a list of one where `before` is one.
[[nodiscard]] Json typeMember(const QStringList &types, const Json *before);
/// Takes "string?", "text", "list of strings", "date-time", "string, null", "" (any).
[[nodiscard]] base::Result<void> setTypes(Json &schema, const QString &text);

/// Values of `enum` or `const`, each as the cell shows it: in quotes where it could be read otherwise.
[[nodiscard]] QStringList allowedOf(const Json &schema);
/// Takes `a, b, "c, d"`; "" takes the demand away.
[[nodiscard]] base::Result<void> setAllowed(Json &schema, const QString &text);

[[nodiscard]] base::Result<void> setPattern(Json &schema, const QString &text);
[[nodiscard]] base::Result<void> setFormat(Json &schema, const QString &text);

[[nodiscard]] QString rangeOf(const Json &schema);
/// Takes ">= 0", "0..100", "0-100", "at least 3", "> 0, < 10", "5"; "" takes the demand away.
[[nodiscard]] base::Result<void> setRange(Json &schema, const QString &text, Wording wording);

/// Labels of a schema as pairs, in its order.
[[nodiscard]] std::vector<std::pair<QString, QString>> labelPairs(const Json &schema);
[[nodiscard]] QString shownLabels(const std::vector<std::pair<QString, QString>> &labels);
/// Takes "owner: growth, pii: yes".
[[nodiscard]] base::Result<void> setLabels(Json &schema, const QString &text);
/// Labels that keep their text keep what they are (a number, true).
void setLabelPairs(Json &schema, const std::vector<std::pair<QString, QString>> &labels);

/// A list of a cell, split at commas and ends of lines outside quotes and brackets; empty pieces are left
/// out.
[[nodiscard]] base::Result<QStringList> cellPieces(const QString &text);
/// A piece in quotes; the text without them, escapes undone. Nothing when it has no quotes.
[[nodiscard]] std::optional<QString> unquoted(const QString &piece);
enum class Quoting : std::uint8_t { WhereNeeded, Always };
/// A text as a piece; quotes are needed where it would be split, or taken for a list.
[[nodiscard]] QString piece(const QString &text, Quoting quoting = Quoting::WhereNeeded);

} // namespace plan
