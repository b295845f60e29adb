// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace schema {

/// An ECMA-262 pattern said in the common language of RE2 and PCRE2.
struct TranslatedPattern
{
    std::string text;
    bool needsBacktracking = false; ///< look-around or back-references: no automaton holds it
};

/// Why a text is no ECMA-262 pattern.
struct PatternError
{
    std::size_t offset = 0; ///< bytes
    std::string reason;
};

/// Translates a pattern as `new RegExp(pattern, "u")` reads it (JSON Schema recommends that), with the
/// leniencies of the web's Annex B that change no meaning: a lone `{` or `]`, and an escaped punctuation
/// mark.
/// `\s`, `.`, `$`, `\cX`, `\uXXXX`, `[^]` and `\p{Letter}` mean other things, or nothing, to the engines.
[[nodiscard]] tl::expected<TranslatedPattern, PatternError> translateEcmaPattern(std::string_view pattern);

} // namespace schema
