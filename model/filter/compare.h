// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "filter/query.h"

#include "json/value.h"

#include <functional>

namespace filter {

/// A choice (a CallType, a Status, ..) is among those a term means.
[[nodiscard]] bool isAsked(std::uint32_t choices, std::size_t choice);
/// A row has one of what `has:` asks for.
[[nodiscard]] bool hasAsked(std::uint32_t choices, event::EventState state);
/// The whole text of a text field; a text that is not there matches nothing.
[[nodiscard]] bool textMatches(const Term &term, const QString &text);
/// A moment against a term with a time.
[[nodiscard]] bool isWithin(const Term &term, std::int64_t us);
/// A number against a term with a number.
[[nodiscard]] bool compareNumbers(const Term &term, double number);
/// A value of the event's JSON against prop., trait. or ctx.: as numbers where both are, as times where both
/// have a date, else as text whatever the case. An array matches when one of its elements does.
[[nodiscard]] bool matchesValue(const Term &term, json::Value value);

/// The rule words a `rule:` term means: "required" is short for "*/required".
[[nodiscard]] Pattern rulePattern(const Term &term);
[[nodiscard]] QString rulePatternText(const Term &term);

/// True when the check holds for one of the values a path leads to. An index, `$` or `*` picks elements of an
/// array, any other key looks into all of them; keys that hold dots themselves are found too.
[[nodiscard]] bool anyAt(json::Value root, const std::vector<std::string> &keys, std::size_t at,
                         const std::function<bool(json::Value)> &check);

} // namespace filter
