// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// The little English that event names need. Words are lower case; everything is a table or a rule of
/// spelling, so any thread.
namespace check::lexicon {

/// How surely a word's base form is meant as a verb in a name.
enum class Verb : std::uint8_t {
    No,
    Noun, ///< a noun more often than not: "review", "request"
    Both, ///< "click", "view", "download"
    Pure, ///< hardly ever a noun: "submit", "add", "complete"
};

[[nodiscard]] Verb baseVerb(std::string_view word);
/// "Completed", "sent", "set": a past tense or participle. Known irregular ones, and what ends in -ed and
/// is no noun ("feed", "speed").
[[nodiscard]] bool isPast(std::string_view word);
/// "set", "read", "split": the past looks like the base form.
[[nodiscard]] bool isPastLikeBase(std::string_view word);
/// "Loading", but not "thing".
[[nodiscard]] bool isGerund(std::string_view word);
/// "shipping", "booking": a thing more often than an action in progress.
[[nodiscard]] bool isGerundNoun(std::string_view word);
/// "Related", "advanced": ends like a participle, says what kind.
[[nodiscard]] bool isParticipleAdjective(std::string_view word);
/// "up", "in", "out": makes a phrasal verb with the word before it.
[[nodiscard]] bool isParticle(std::string_view word);
/// "to", "from", "as": what follows belongs to the action.
[[nodiscard]] bool isPreposition(std::string_view word);
[[nodiscard]] bool isArticle(std::string_view word);

/// Past participle of a base form: "clicked", "sent", "cancelled".
[[nodiscard]] std::string pastOf(std::string_view base);
/// Nouns that stand for an outcome, and how to say it as an action: "success" -> "succeeded",
/// "login" -> "logged in". Empty for other words.
[[nodiscard]] std::string_view outcome(std::string_view word);

} // namespace check::lexicon
