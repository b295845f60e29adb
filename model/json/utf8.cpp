// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "json/utf8.h"

namespace json {

namespace {

unsigned byteAt(std::string_view text, std::size_t index)
{
    return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
}

bool isBetween(unsigned byte, unsigned low, unsigned high)
{
    return byte >= low && byte <= high;
}

} // namespace

std::size_t utf8SequenceLength(std::string_view text)
{
    const unsigned first = byteAt(text, 0);
    if (first < 0x80) {
        return text.empty() ? 0 : 1;
    }
    const unsigned second = byteAt(text, 1);
    if (isBetween(first, 0xC2, 0xDF)) {
        return isBetween(second, 0x80, 0xBF) ? 2 : 0;
    }
    const bool isThirdFine = isBetween(byteAt(text, 2), 0x80, 0xBF);
    if (isBetween(first, 0xE0, 0xEF)) {
        // Overlong forms and surrogates are not well-formed.
        const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = first == 0xED ? 0x9F : 0xBF;
        return isBetween(second, low, high) && isThirdFine ? 3 : 0;
    }
    if (isBetween(first, 0xF0, 0xF4)) {
        const unsigned low = first == 0xF0 ? 0x90 : 0x80;
        const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
        return isBetween(second, low, high) && isThirdFine && isBetween(byteAt(text, 3), 0x80, 0xBF) ? 4 : 0;
    }
    return 0;
}

void appendUtf8(std::string &text, std::uint32_t codePoint)
{
    const auto put = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xC0U | (codePoint >> 6U));
        put(0x80U | (codePoint & 0x3FU));
    } else if (codePoint < 0x10000) {
        put(0xE0U | (codePoint >> 12U));
        put(0x80U | ((codePoint >> 6U) & 0x3FU));
        put(0x80U | (codePoint & 0x3FU));
    } else {
        put(0xF0U | (codePoint >> 18U));
        put(0x80U | ((codePoint >> 12U) & 0x3FU));
        put(0x80U | ((codePoint >> 6U) & 0x3FU));
        put(0x80U | (codePoint & 0x3FU));
    }
}

} // namespace json
