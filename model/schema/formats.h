// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

/// One predicate per format, each over the whole text.
namespace schema::formats {

enum class Alphabet : std::uint8_t { Ascii, Unicode };
enum class Reference : std::uint8_t { Absolute, Relative };

// formattimes.cpp: RFC 3339, leap seconds included; durations by its appendix A
[[nodiscard]] bool isDate(std::string_view text);
[[nodiscard]] bool isTime(std::string_view text);
[[nodiscard]] bool isDateTime(std::string_view text);
[[nodiscard]] bool isDuration(std::string_view text);

// formathosts.cpp: RFC 1123 and 5890 to 5893, 2673, 4291, 5321 and 6531
[[nodiscard]] bool isHostname(std::string_view text, Alphabet alphabet);
[[nodiscard]] bool isEmail(std::string_view text, Alphabet alphabet);
[[nodiscard]] bool isIpv4(std::string_view text);
[[nodiscard]] bool isIpv6(std::string_view text);

// formaturis.cpp: RFC 3986, 3987 and 6570
[[nodiscard]] bool isUri(std::string_view text, Alphabet alphabet, Reference reference);
[[nodiscard]] bool isUriTemplate(std::string_view text);

// format.cpp: RFC 6901, its relative draft, RFC 4122
[[nodiscard]] bool isJsonPointer(std::string_view text);
[[nodiscard]] bool isRelativeJsonPointer(std::string_view text);
[[nodiscard]] bool isUuid(std::string_view text);

[[nodiscard]] constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
[[nodiscard]] constexpr bool isAscii(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

} // namespace schema::formats
