// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"

#include <QCoreApplication>
#include <QStringList>

namespace engine {

/// The translation context of all that findings say.
struct Findings
{
    Q_DECLARE_TR_FUNCTIONS(Findings)
};

/// Of a finding; empty when it has fewer.
[[nodiscard]] inline QString argument(const event::Finding &finding, qsizetype index)
{
    return finding.args.value(index);
}
/// The value is null or empty and can't be left out.
[[nodiscard]] inline bool isRequired(const event::Finding &finding)
{
    return argument(finding, event::RequiredArgument) == QStringLiteral("required");
}

/// On one line, with stray white space made visible, and short enough for a sentence.
[[nodiscard]] QString cut(const QString &text);
/// A text as a value: `"EUR"`; quotes that it has already are not doubled.
[[nodiscard]] QString inQuotes(const QString &text);
/// A name: between backticks.
[[nodiscard]] QString inTicks(const QString &name);
/// "products[0].sku": positions count from 0, as in the tree; a leading "properties" or "traits" is
/// understood.
[[nodiscard]] QString placeOf(const json::Pointer &at);
/// The place between backticks; "The event" for the root.
[[nodiscard]] QString quotedPlace(const json::Pointer &at);
/// The same for the middle of a sentence: "the event".
[[nodiscard]] QString innerPlace(const json::Pointer &at);

/// "integer" as "a whole number".
[[nodiscard]] QString typeWords(const QString &type);
/// "string, integer or null" as "text, a whole number or null".
[[nodiscard]] QString typesWords(const QString &types);
/// `the text "2"`, `an empty text`, `the number 2.5`, `true`, `a list`.
[[nodiscard]] QString sentWords(const QString &type, const QString &text);
/// A value alone, its type told by quotes: `"2"`, `2`, `an empty text`. Without a type (of old findings) as
/// it is.
[[nodiscard]] QString valueWords(const QString &type, const QString &text);
/// Of JSON texts, `"2"` or `2`: the same.
[[nodiscard]] QString jsonWords(const QString &json);
/// "a, b or c".
[[nodiscard]] QString orWords(const QStringList &list);
/// "a, b and c".
[[nodiscard]] QString andWords(const QStringList &list);
/// Splits JSON texts at the ", " between them.
[[nodiscard]] QStringList jsonList(const QString &list);
/// "three" up to twelve, else digits.
[[nodiscard]] QString numberWords(qulonglong number);
/// "only the capitals differ", and so on; empty when more does.
[[nodiscard]] QString differenceWords(const QString &one, const QString &other);

} // namespace engine
