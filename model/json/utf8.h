// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace json {

/// Bytes of the well-formed UTF-8 sequence at the start of `text` (Unicode, table 3-7); 0 when there is none.
[[nodiscard]] std::size_t utf8SequenceLength(std::string_view text);

void appendUtf8(std::string &text, std::uint32_t codePoint);

} // namespace json
