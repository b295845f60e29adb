// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/namegrammar.h"

#include <algorithm>
#include <array>

namespace check {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype shortestNumber = 3; ///< "Step 2 Viewed" and "Top 10 Opened" are names
constexpr qsizetype shortestHexId = 8;

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}
bool isHex(QChar c)
{
    return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}
bool isAsciiLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

qsizetype digitsIn(QStringView text)
{
    return std::ranges::count_if(text, isDigit);
}

bool isNumber(QStringView text)
{
    return text.size() >= shortestNumber && std::ranges::all_of(text, isDigit);
}

/// "7f3a9c21", a UUID without its hyphens, a commit: hexadecimal with both digits and letters.
bool isHexId(QStringView text)
{
    const qsizetype digits = digitsIn(text);
    return text.size() >= shortestHexId && digits > 1 && digits < text.size() &&
           std::ranges::all_of(text, isHex);
}

/// A part between underscores or hyphens: "4711", "7f3a9c21aa".
bool isIdPart(QStringView part)
{
    return isNumber(part) || isHexId(part);
}

/// Digits on both sides of a mark: a date, a time, a version, a decimal.
bool isDateOrTime(QStringView token)
{
    qsizetype marks = 0;
    for (qsizetype i = 1; i + 1 < token.size(); ++i) {
        const QChar c = token[i];
        if ((c == u'-' || c == u'/' || c == u':' || c == u'.') && isDigit(token[i - 1]) &&
            isDigit(token[i + 1])) {
            ++marks;
        }
    }
    const bool isTime = marks == 1 && token.contains(u':');
    return marks >= 2 || isTime;
}

bool isEmail(QStringView token)
{
    const qsizetype at = token.indexOf(u'@');
    return at > 0 && token.indexOf(u'.', at + 2) > 0;
}

bool isUrl(QStringView token)
{
    return token.contains("://"_L1) || token.startsWith("www."_L1, Qt::CaseInsensitive);
}

/// "$9.99", "12€".
bool isPrice(QStringView token)
{
    const bool hasSign =
        std::ranges::any_of(token, [](QChar c) { return c.category() == QChar::Symbol_Currency; });
    return hasSign && digitsIn(token) > 0;
}

/// What programs leave in a text when the value was not put in: "{orderId}", "%s", "undefined".
bool isPlaceholder(QStringView token)
{
    constexpr std::array leftovers{"undefined"_L1, "null"_L1, "NaN"_L1, "[object"_L1, "Object]"_L1};
    return std::ranges::any_of(leftovers, [&](QLatin1StringView text) { return token == text; }) ||
           token.contains(u'{') || token.contains(u'}') || token == "%s"_L1 || token == "%d"_L1 ||
           token == "%@"_L1;
}

QStringView bare(QStringView token)
{
    const auto isWrapping = [](QChar c) { return QStringView(u"()[]<>\"'#,;").contains(c); };
    while (!token.isEmpty() && isWrapping(token.front())) {
        token = token.sliced(1);
    }
    while (!token.isEmpty() && isWrapping(token.back())) {
        token.chop(1);
    }
    return token;
}

bool isValue(QStringView token)
{
    return isNumber(token) || isEmail(token) || isUrl(token) || isPrice(token) || isDateOrTime(token) ||
           isHexId(token);
}

/// The id inside "del_4711", "order-7f3a9c21aa" or a UUID; a plain word's hyphen ("Opt-In") has none.
bool hasIdPart(QStringView token)
{
    qsizetype from = 0;
    bool isSplit = false;
    for (qsizetype i = 0; i <= token.size(); ++i) {
        if (i < token.size() && token[i] != u'_' && token[i] != u'-') {
            continue;
        }
        isSplit = isSplit || i < token.size();
        if (isSplit && isIdPart(token.sliced(from, i - from))) {
            return true;
        }
        from = i + 1;
    }
    return false;
}

/// Letters and digits in turns, as in "aB3xK9qL2m": random ids; "2FA", "v2", "401k" and "iPhone15" are not.
bool isRandom(QStringView token)
{
    if (token.size() < 10 ||
        !std::ranges::all_of(token, [](QChar c) { return isDigit(c) || isAsciiLetter(c); })) {
        return false;
    }
    qsizetype turns = 0;
    for (qsizetype i = 1; i < token.size(); ++i) {
        turns += isDigit(token[i]) != isDigit(token[i - 1]) ? 1 : 0;
    }
    return turns >= 3;
}

} // namespace

QString valueIn(QStringView name)
{
    qsizetype from = 0;
    for (qsizetype i = 0; i <= name.size(); ++i) {
        if (i < name.size() && !name[i].isSpace()) {
            continue;
        }
        const QStringView whole = name.sliced(from, i - from);
        from = i + 1;
        if (isPlaceholder(whole)) {
            return whole.toString();
        }
        const QStringView token = bare(whole);
        if (isValue(token) || hasIdPart(token) || isRandom(token)) {
            return token.toString();
        }
    }
    return {};
}

} // namespace check
