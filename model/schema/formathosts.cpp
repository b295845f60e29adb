// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/formats.h"
#include "schema/utf8.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <idn2.h>

namespace schema::formats {

namespace {

constexpr std::size_t maxLabelBytes = 63;
constexpr std::size_t maxNameBytes = 253;
constexpr std::string_view atomSpecials = "!#$%&'*+-/=?^_`{|}~";

struct FreeIdn
{
    void operator()(unsigned char *text) const { idn2_free(text); }
};
using IdnText = std::unique_ptr<unsigned char, FreeIdn>;

bool startsAsALabel(std::string_view label)
{
    return label.size() >= 4 && (label[0] | 0x20) == 'x' && (label[1] | 0x20) == 'n' &&
           label.substr(2, 2) == "--";
}

bool isAsciiLabel(std::string_view label)
{
    return !label.empty() && label.size() <= maxLabelBytes && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label, [](char c) { return isLetter(c) || isDigit(c) || c == '-'; });
}

/// Code points whose presence makes a name a Bidi domain name (RFC 5893 section 1.4).
bool isRightToLeft(char32_t c)
{
    return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfeff) ||
           (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff);
}

bool hasRightToLeft(std::string_view text)
{
    while (!text.empty()) {
        const CodePoint codePoint = decodeUtf8(text);
        if (isRightToLeft(codePoint.value)) {
            return true;
        }
        text.remove_prefix(codePoint.length);
    }
    return false;
}

/// The Bidi rule (RFC 5893 section 2) as far as libidn2's registration leaves it open: the classes of
/// letters and digits that labels are made of.
bool meetsBidiRule(std::string_view label)
{
    const auto isEuropeanDigit = [](char32_t c) {
        return (c >= '0' && c <= '9') || (c >= 0x6f0 && c <= 0x6f9);
    };
    const auto isArabicDigit = [](char32_t c) { return c >= 0x660 && c <= 0x669; };
    bool hasEuropean = false;
    bool hasArabic = false;
    bool hasLeftToRight = false;
    bool hasRightLetters = false;
    const char32_t first = decodeUtf8(label).value;
    while (!label.empty()) {
        const auto [c, length] = decodeUtf8(label);
        hasEuropean = hasEuropean || isEuropeanDigit(c);
        hasArabic = hasArabic || isArabicDigit(c);
        hasLeftToRight = hasLeftToRight || (c < 0x80 && isLetter(static_cast<char>(c)));
        hasRightLetters = hasRightLetters || (isRightToLeft(c) && !isEuropeanDigit(c) && !isArabicDigit(c));
        label.remove_prefix(length);
    }
    if (isEuropeanDigit(first) && first < 0x80) {
        return false;
    }
    return !(hasEuropean && hasArabic) && !(hasLeftToRight && hasRightLetters);
}

/// Registration is the strict half of IDNA2008: contextual rules, NFC, and A-labels that round-trip.
/// `unicode` receives the label's Unicode form.
bool isIdnLabel(std::string_view label, std::string &unicode)
{
    const std::string text(label);
    unsigned char *registered = nullptr;
    const bool isALabel = startsAsALabel(label);
    const auto *bytes = reinterpret_cast<const unsigned char *>(text.c_str());
    const int result = idn2_register_u8(isALabel ? nullptr : bytes, isALabel ? bytes : nullptr, &registered,
                                        isALabel ? 0 : IDN2_NFC_INPUT);
    const IdnText owned(registered);
    if (result != IDN2_OK || text.find('\0') != std::string::npos) {
        return false;
    }
    unicode = text;
    if (isALabel) {
        char *decoded = nullptr;
        if (idn2_to_unicode_8z8z(text.c_str(), &decoded, 0) == IDN2_OK) {
            unicode = decoded;
        }
        idn2_free(decoded);
        if (std::ranges::all_of(unicode, isAscii)) {
            return false; // an A-label stands for something ASCII cannot say
        }
    }
    return true;
}

/// Splits at the dots IDNA knows besides the full stop (RFC 3490 section 3.1), or only there.
std::string_view takeLabel(std::string_view &name, Alphabet alphabet, bool &hasMore)
{
    std::size_t at = 0;
    while (at < name.size()) {
        const auto [c, length] = decodeUtf8(name.substr(at));
        const bool isWideDot = c == 0x3002 || c == 0xff0e || c == 0xff61;
        if (c == '.' || (isWideDot && alphabet == Alphabet::Unicode)) {
            const std::string_view label = name.substr(0, at);
            name.remove_prefix(at + length);
            hasMore = true;
            return label;
        }
        at += length;
    }
    hasMore = false;
    return std::exchange(name, {});
}

bool isAtom(std::string_view text, Alphabet alphabet)
{
    return !text.empty() && std::ranges::all_of(text, [alphabet](char c) {
        return isLetter(c) || isDigit(c) || atomSpecials.find(c) != std::string_view::npos ||
               (!isAscii(c) && alphabet == Alphabet::Unicode);
    });
}

/// `text` without its quotes.
bool isQuotedContent(std::string_view text, Alphabet alphabet)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
            if (i == text.size()) {
                return false;
            }
        } else if (text[i] == '"') {
            return false;
        }
        if (isAscii(text[i]) ? text[i] < ' ' || text[i] == 0x7f : alphabet == Alphabet::Ascii) {
            return false;
        }
    }
    return true;
}

bool isLocalPart(std::string_view text, Alphabet alphabet)
{
    constexpr std::size_t maxBytes = 64;
    if (text.empty() || text.size() > maxBytes) {
        return false;
    }
    if (text.front() == '"') {
        return text.size() >= 2 && text.back() == '"' &&
               isQuotedContent(text.substr(1, text.size() - 2), alphabet);
    }
    while (true) {
        const std::size_t dot = text.find('.');
        if (!isAtom(text.substr(0, dot), alphabet)) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(dot + 1);
    }
}

/// The domain of an address need not be in NFC (RFC 6531 leaves that to whoever looks it up).
bool isMailDomain(std::string_view text, Alphabet alphabet)
{
    if (alphabet == Alphabet::Ascii || std::ranges::all_of(text, isAscii)) {
        return isHostname(text, Alphabet::Ascii);
    }
    unsigned char *looked = nullptr;
    const std::string name(text);
    const int result = idn2_lookup_u8(reinterpret_cast<const unsigned char *>(name.c_str()), &looked,
                                      IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    const IdnText owned(looked);
    return result == IDN2_OK && name.find('\0') == std::string::npos &&
           isHostname(reinterpret_cast<const char *>(looked), Alphabet::Ascii);
}

} // namespace

bool isHostname(std::string_view text, Alphabet alphabet)
{
    std::size_t asciiBytes = 0;
    bool isBidi = false;
    bool hasAllBidiLabels = true;
    bool hasMore = true;
    std::string unicode;
    while (hasMore) {
        const std::string_view label = takeLabel(text, alphabet, hasMore);
        const bool isPlain = std::ranges::all_of(label, isAscii);
        if (isPlain ? !isAsciiLabel(label) : alphabet == Alphabet::Ascii) {
            return false;
        }
        asciiBytes += label.size() + 1;
        if (!isPlain || startsAsALabel(label)) {
            if (!isIdnLabel(label, unicode)) {
                return false;
            }
            isBidi = isBidi || hasRightToLeft(unicode);
            hasAllBidiLabels = hasAllBidiLabels && (!hasRightToLeft(unicode) || meetsBidiRule(unicode));
        } else {
            hasAllBidiLabels = hasAllBidiLabels && !isDigit(label.front());
        }
    }
    return asciiBytes - 1 <= maxNameBytes && (!isBidi || hasAllBidiLabels);
}

bool isEmail(std::string_view text, Alphabet alphabet)
{
    const std::size_t at = text.rfind('@');
    if (at == std::string_view::npos || !isLocalPart(text.substr(0, at), alphabet)) {
        return false;
    }
    std::string_view domain = text.substr(at + 1);
    if (!domain.starts_with('[')) {
        return isMailDomain(domain, alphabet);
    }
    if (!domain.ends_with(']')) {
        return false;
    }
    domain = domain.substr(1, domain.size() - 2);
    constexpr std::string_view ipv6Tag = "IPv6:";
    return domain.starts_with(ipv6Tag) ? isIpv6(domain.substr(ipv6Tag.size())) : isIpv4(domain);
}

bool isIpv4(std::string_view text)
{
    for (int part = 0; part < 4; ++part) {
        std::size_t digits = 0;
        int number = 0;
        while (digits < text.size() && digits < 3 && isDigit(text[digits])) {
            number = number * 10 + (text[digits] - '0');
            ++digits;
        }
        // A leading zero would be read as octal by some.
        if (digits == 0 || number > 255 || (digits > 1 && text.front() == '0')) {
            return false;
        }
        text.remove_prefix(digits);
        if (part < 3) {
            if (!text.starts_with('.')) {
                return false;
            }
            text.remove_prefix(1);
        }
    }
    return text.empty();
}

bool isIpv6(std::string_view text)
{
    int groups = 0;
    bool hasGap = false;
    if (text.starts_with("::")) {
        hasGap = true;
        text.remove_prefix(2);
    }
    while (!text.empty()) {
        std::size_t digits = 0;
        while (digits < text.size() && isHexDigit(text[digits])) {
            ++digits;
        }
        if (digits < text.size() && text[digits] == '.') {
            groups += 2;
            return isIpv4(text) && (hasGap ? groups < 8 : groups == 8);
        }
        if (digits == 0 || digits > 4) {
            return false;
        }
        ++groups;
        text.remove_prefix(digits);
        if (text.empty()) {
            break;
        }
        if (text.starts_with("::")) {
            if (hasGap) {
                return false;
            }
            hasGap = true;
            text.remove_prefix(2);
        } else if (text.starts_with(':') && text.size() > 1) {
            text.remove_prefix(1);
        } else {
            return false;
        }
    }
    return hasGap ? groups < 8 : groups == 8;
}

} // namespace schema::formats
