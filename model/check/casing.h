// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/conventions.h"

namespace check {

/// The conventions file's words: "any", "title", "sentence", "camel", "pascal", "snake", "kebab".
[[nodiscard]] QString word(Casing casing);
[[nodiscard]] std::optional<Casing> casingFromWord(QStringView word);
[[nodiscard]] QStringList casingWords();

/// Whether a name is written so. Title case lets small words ("to", "from") be lower case inside the name,
/// and words with a capital of their own ("iOS") be.
[[nodiscard]] bool follows(Casing casing, QStringView text);
/// The same for a property's key; quick for what is plain ASCII.
[[nodiscard]] bool keyFollows(Casing casing, std::string_view key);

/// The words of a name in any casing: at white space and underscores; with no white space in it also at
/// hyphens, dots, slashes and humps ("orderID" is "order", "ID").
[[nodiscard]] QStringList wordsOf(QStringView text);
/// Words put together; `Any` is with spaces, as they are.
[[nodiscard]] QString inCasing(Casing casing, const QStringList &words);

} // namespace check
