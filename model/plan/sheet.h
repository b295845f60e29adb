// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace plan {

/// Where a property stands in the sheet: names from the event's properties (or traits) down; "$" is the items
/// of a list: {"products", "$", "sku"}.
using PropertyPath = QStringList;
/// "products.$.sku", for people and messages.
[[nodiscard]] QString shownPath(const PropertyPath &path);

/// What a sheet shows and edits of a property.
enum class Field : std::uint8_t {
    Name,
    Type,     ///< "string", "integer or null", "array", ...; Segment's "date-time" is string with that format
    Required, ///< "required" or ""
    Description,
    Allowed, ///< values of `enum` (or the `const`), separated by ", "; texts with a comma in quotes
    Pattern,
    Format,
    Range,  ///< ">= 0", "0..100", "> 0, < 10"; of text its length, of lists their items
    Labels, ///< "owner: growth, pii: yes"
};

/// One row of the sheet.
struct SheetRow
{
    PropertyPath path;
    QStringList types; ///< empty: any
    bool isRequired = false;
    QString description;
    QStringList allowed; ///< as the cell shows them
    QString pattern, format, range, labels;
    /// The schema says it in a way the sheet can't edit (`$ref`, `anyOf`, an odd shape): shown only; edited
    /// as JSON.
    bool isReadOnly = false;
    /// It says more than the columns show (`not`, `if`, ...).
    bool hasMore = false;

    [[nodiscard]] QString text(Field field) const;
};

/// All properties of a rule, a parent before its children, in the schema's order. At most 5,000, 8 levels.
[[nodiscard]] std::vector<SheetRow> sheetOf(const RuleSource &rule);

/// The rule with one cell changed. Errors say what the cell may hold. An empty text takes the demand away.
[[nodiscard]] base::Result<RuleSource> withField(const RuleSource &rule, const PropertyPath &path,
                                                 Field field, const QString &text);
/// A new property behind the last one of `parent` (empty: of the event); a parent without children becomes an
/// object, or a list of objects when the path ends in "$". The name is made unique.
struct Added
{
    RuleSource rule;
    PropertyPath path;
};
[[nodiscard]] base::Result<Added> withAdded(const RuleSource &rule, const PropertyPath &parent,
                                            const QString &name, const QStringList &types = {});
[[nodiscard]] base::Result<RuleSource> withRemoved(const RuleSource &rule, const PropertyPath &path);
/// Among its siblings; positions from 0.
[[nodiscard]] base::Result<RuleSource> withMoved(const RuleSource &rule, const PropertyPath &path,
                                                 int position);

[[nodiscard]] RuleSource withDescription(const RuleSource &rule, const QString &description);
[[nodiscard]] RuleSource withLabels(const RuleSource &rule,
                                    const std::vector<std::pair<QString, QString>> &labels);
/// `additionalProperties` of the event's properties (or traits): whether others than the planned may come.
[[nodiscard]] bool allowsOthers(const RuleSource &rule);
enum class Others : std::uint8_t { Allowed, Unplanned };
[[nodiscard]] RuleSource withOthers(const RuleSource &rule, Others others);

/// Replaces the schema by what a person typed; the error has line and column, or the schema's pointer.
[[nodiscard]] base::Result<RuleSource> withSchemaText(const RuleSource &rule, const QString &text);
/// As it is shown and edited: two spaces, members in their order.
[[nodiscard]] QString schemaText(const RuleSource &rule);

/// A rule for an event nobody has planned: an object without demands.
[[nodiscard]] RuleSource newRule(event::CallType type, const QString &name);

/// "The plan is wrong: allow this." The rule changed just so far that this finding of this event is none any
/// more (type added, value added, demand made optional, property added with its seen type, range widened,
/// ...); an error when that takes a person. `what` says what was changed: "`quantity` may also be a string".
struct Allowance
{
    RuleSource rule;
    QString what;
};
[[nodiscard]] base::Result<Allowance> allowing(const RuleSource &rule, const event::Finding &finding,
                                               json::Value merged);

} // namespace plan
