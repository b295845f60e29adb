// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace schema {

struct CodePoint
{
    char32_t value = 0;
    std::size_t length = 0; ///< bytes; 0 at the end
};

/// First code point of a text. JSON texts arrive as valid UTF-8; a stray byte counts as one of its own.
[[nodiscard]] inline CodePoint decodeUtf8(std::string_view text)
{
    if (text.empty()) {
        return {};
    }
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length == 1 || text.size() < length) {
        return {lead, 1};
    }
    char32_t value = lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        value = (value << 6U) | (byte(i) & 0x3fU);
    }
    return {value, length};
}

/// Length of a text as JSON Schema counts it: code points.
[[nodiscard]] inline std::uint64_t codePointCount(std::string_view text)
{
    std::uint64_t count = 0;
    for (const char c : text) {
        count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1U : 0U;
    }
    return count;
}

} // namespace schema
