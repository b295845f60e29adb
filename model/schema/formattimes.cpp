// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/formats.h"

#include <algorithm>
#include <optional>

namespace schema::formats {

namespace {

/// Takes exactly `count` digits; nothing when they are not there.
std::optional<int> takeNumber(std::string_view &text, std::size_t count)
{
    if (text.size() < count) {
        return std::nullopt;
    }
    int number = 0;
    for (const char c : text.substr(0, count)) {
        if (!isDigit(c)) {
            return std::nullopt;
        }
        number = number * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return number;
}

bool takeCharacter(std::string_view &text, char c)
{
    if (!text.starts_with(c)) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

int daysOfMonth(int year, int month)
{
    switch (month) {
    case 2:
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    case 4:
    case 6:
    case 9:
    case 11:
        return 30;
    default:
        return 31;
    }
}

/// Offset from UTC in minutes, taken: Z, z or +hh:mm.
std::optional<int> takeOffset(std::string_view &text)
{
    if (takeCharacter(text, 'Z') || takeCharacter(text, 'z')) {
        return 0;
    }
    const bool isWest = text.starts_with('-');
    if (!isWest && !text.starts_with('+')) {
        return std::nullopt;
    }
    text.remove_prefix(1);
    const auto hours = takeNumber(text, 2);
    if (!hours || *hours > 23 || !takeCharacter(text, ':')) {
        return std::nullopt;
    }
    const auto minutes = takeNumber(text, 2);
    if (!minutes || *minutes > 59) {
        return std::nullopt;
    }
    const int offset = *hours * 60 + *minutes;
    return isWest ? -offset : offset;
}

/// "2026-11-24T10:30:00.123Z" as nearly every event has it, of a day that every month has: quickly told.
bool isCommonDateTime(std::string_view text)
{
    constexpr std::size_t fractionAt = 19;
    if (text.size() <= fractionAt || text.back() != 'Z' || text[4] != '-' || text[7] != '-' ||
        text[10] != 'T' || text[13] != ':' || text[16] != ':') {
        return false;
    }
    const auto digit = [text](std::size_t at) {
        return static_cast<unsigned>(static_cast<unsigned char>(text[at])) - unsigned{'0'};
    };
    unsigned largest = std::max({digit(0), digit(1), digit(2), digit(3)});
    const auto number = [&](std::size_t at) {
        largest = std::max({largest, digit(at), digit(at + 1)});
        return digit(at) * 10 + digit(at + 1);
    };
    const unsigned month = number(5);
    const unsigned day = number(8);
    const unsigned hour = number(11);
    const unsigned minute = number(14);
    const unsigned second = number(17);
    const std::size_t last = text.size() - 1;
    for (std::size_t at = fractionAt + 1; at < last; ++at) {
        largest = std::max(largest, digit(at));
    }
    const bool hasFraction = text[fractionAt] == '.' && last > fractionAt + 1;
    return largest <= 9 && month - 1 < 12 && day - 1 < 28 && hour < 24 && minute < 60 && second < 60 &&
           (hasFraction || last == fractionAt);
}

} // namespace

bool isDate(std::string_view text)
{
    const auto year = takeNumber(text, 4);
    if (!year || !takeCharacter(text, '-')) {
        return false;
    }
    const auto month = takeNumber(text, 2);
    if (!month || *month < 1 || *month > 12 || !takeCharacter(text, '-')) {
        return false;
    }
    const auto day = takeNumber(text, 2);
    return day && *day >= 1 && *day <= daysOfMonth(*year, *month) && text.empty();
}

bool isTime(std::string_view text)
{
    const auto hour = takeNumber(text, 2);
    if (!hour || *hour > 23 || !takeCharacter(text, ':')) {
        return false;
    }
    const auto minute = takeNumber(text, 2);
    if (!minute || *minute > 59 || !takeCharacter(text, ':')) {
        return false;
    }
    const auto second = takeNumber(text, 2);
    if (!second || *second > 60) {
        return false;
    }
    if (takeCharacter(text, '.')) {
        if (text.empty() || !isDigit(text.front())) {
            return false;
        }
        while (!text.empty() && isDigit(text.front())) {
            text.remove_prefix(1);
        }
    }
    const auto offset = takeOffset(text);
    if (!offset || !text.empty()) {
        return false;
    }
    // A leap second is the last one of a day in UTC.
    constexpr int dayMinutes = 24 * 60;
    const int utcMinute = (*hour * 60 + *minute - *offset + 2 * dayMinutes) % dayMinutes;
    return *second < 60 || utcMinute == dayMinutes - 1;
}

bool isDateTime(std::string_view text)
{
    constexpr std::size_t dateLength = 10;
    if (isCommonDateTime(text)) {
        return true;
    }
    return text.size() > dateLength && (text[dateLength] == 'T' || text[dateLength] == 't') &&
           isDate(text.substr(0, dateLength)) && isTime(text.substr(dateLength + 1));
}

bool isDuration(std::string_view text)
{
    // Weeks stand alone; else units go down without a gap between the first and the last: P1Y2D has one.
    const auto takeUnits = [&text](std::string_view units) {
        std::size_t next = 0;
        bool hasAny = false;
        while (!text.empty() && isDigit(text.front())) {
            const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
            const std::size_t unit = digits < text.size() ? units.find(text[digits]) : std::string_view::npos;
            if (unit == std::string_view::npos || (hasAny ? unit != next : false)) {
                return false;
            }
            text.remove_prefix(digits + 1);
            next = unit + 1;
            hasAny = true;
        }
        return hasAny;
    };
    if (!takeCharacter(text, 'P')) {
        return false;
    }
    if (text.ends_with('W')) {
        return takeUnits("W") && text.empty();
    }
    if (!text.starts_with('T') && !takeUnits("YMD")) {
        return false;
    }
    return text.empty() || (takeCharacter(text, 'T') && takeUnits("HMS") && text.empty());
}

} // namespace schema::formats
