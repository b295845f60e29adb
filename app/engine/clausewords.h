// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/pointer.h"

#include <QStringList>

namespace engine {

/// A clause of a finding (see event::PlanArgument), read from its argument.
struct ClauseText
{
    json::Pointer at;
    QString relation;
    QString values;
};
[[nodiscard]] std::vector<ClauseText> clausesOf(const QString &argument);

/// `"card"`, "at least 5", "text": what a clause says of its place, behind "is" or "should be".
[[nodiscard]] QString relationWords(const ClauseText &clause);
/// "`method` is "card" and `total` is at least 5"; empty for none, and for a condition without words.
[[nodiscard]] QString conditionWords(const std::vector<ClauseText> &clauses);
/// What the items of a list should be: "that is "vip"", "whose `kind` is "gift" and that has `sku`".
enum class Items : std::uint8_t { One, Several };
[[nodiscard]] QString itemWords(const std::vector<ClauseText> &clauses, Items items);
/// "at least", "more than" of ">=" and the like.
[[nodiscard]] QString comparisonWords(const QString &relation);

} // namespace engine
