// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/format.h"

#include "schema/ecmaregex.h"
#include "schema/formats.h"

#include <algorithm>
#include <array>
#include <utility>

namespace schema {

namespace formats {

bool isJsonPointer(std::string_view text)
{
    if (!text.empty() && !text.starts_with('/')) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '~' && (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1'))) {
            return false;
        }
    }
    return true;
}

bool isRelativeJsonPointer(std::string_view text)
{
    std::size_t digits = 0;
    while (digits < text.size() && isDigit(text[digits])) {
        ++digits;
    }
    if (digits == 0 || (digits > 1 && text.front() == '0')) {
        return false;
    }
    text.remove_prefix(digits);
    return text == "#" || isJsonPointer(text);
}

bool isUuid(std::string_view text)
{
    constexpr std::size_t length = 36;
    if (text.size() != length || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') {
        return false;
    }
    // Every event has several: no branches.
    static constexpr auto isBad = [] {
        std::array<std::uint8_t, 256> table{};
        for (std::size_t c = 0; c < table.size(); ++c) {
            table[c] = isHexDigit(static_cast<char>(c)) || c == '-' ? 0 : 1;
        }
        return table;
    }();
    std::size_t dashes = 0;
    unsigned bad = 0;
    for (const char c : text) {
        bad |= isBad[static_cast<unsigned char>(c)];
        dashes += c == '-' ? 1U : 0U;
    }
    return bad == 0 && dashes == 4;
}

} // namespace formats

namespace {

constexpr std::array<std::pair<std::string_view, Format>, 19> words{{
    {"date-time", Format::DateTime},
    {"date", Format::Date},
    {"time", Format::Time},
    {"email", Format::Email},
    {"idn-email", Format::IdnEmail},
    {"hostname", Format::Hostname},
    {"idn-hostname", Format::IdnHostname},
    {"ipv4", Format::Ipv4},
    {"ipv6", Format::Ipv6},
    {"uri", Format::Uri},
    {"uri-reference", Format::UriReference},
    {"iri", Format::Iri},
    {"iri-reference", Format::IriReference},
    {"uri-template", Format::UriTemplate},
    {"json-pointer", Format::JsonPointer},
    {"relative-json-pointer", Format::RelativeJsonPointer},
    {"regex", Format::Regex},
    {"uuid", Format::Uuid},
    {"duration", Format::Duration},
}};

} // namespace

std::optional<Format> formatFromWord(std::string_view word)
{
    const auto *const found = std::ranges::find(words, word, &std::pair<std::string_view, Format>::first);
    return found == words.end() ? std::nullopt : std::optional(found->second);
}

std::string_view word(Format format)
{
    return words[static_cast<std::size_t>(format)].first;
}

bool matchesFormat(Format format, std::string_view text)
{
    using formats::Alphabet;
    using formats::Reference;
    switch (format) {
    case Format::DateTime:
        return formats::isDateTime(text);
    case Format::Date:
        return formats::isDate(text);
    case Format::Time:
        return formats::isTime(text);
    case Format::Email:
        return formats::isEmail(text, Alphabet::Ascii);
    case Format::IdnEmail:
        return formats::isEmail(text, Alphabet::Unicode);
    case Format::Hostname:
        return formats::isHostname(text, Alphabet::Ascii);
    case Format::IdnHostname:
        return formats::isHostname(text, Alphabet::Unicode);
    case Format::Ipv4:
        return formats::isIpv4(text);
    case Format::Ipv6:
        return formats::isIpv6(text);
    case Format::Uri:
        return formats::isUri(text, Alphabet::Ascii, Reference::Absolute);
    case Format::UriReference:
        return formats::isUri(text, Alphabet::Ascii, Reference::Relative);
    case Format::Iri:
        return formats::isUri(text, Alphabet::Unicode, Reference::Absolute);
    case Format::IriReference:
        return formats::isUri(text, Alphabet::Unicode, Reference::Relative);
    case Format::UriTemplate:
        return formats::isUriTemplate(text);
    case Format::JsonPointer:
        return formats::isJsonPointer(text);
    case Format::RelativeJsonPointer:
        return formats::isRelativeJsonPointer(text);
    case Format::Regex:
        return translateEcmaPattern(text).has_value();
    case Format::Uuid:
        return formats::isUuid(text);
    case Format::Duration:
        return formats::isDuration(text);
    }
    return true;
}

} // namespace schema
