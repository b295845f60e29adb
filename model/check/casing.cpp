// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/casing.h"

#include <algorithm>
#include <array>

namespace check {

namespace {

using namespace Qt::StringLiterals;

struct CasingWord
{
    Casing casing;
    QLatin1StringView word;
};

constexpr std::array casingRows{
    CasingWord{Casing::Any, "any"_L1},
    CasingWord{Casing::TitleCase, "title"_L1},
    CasingWord{Casing::SentenceCase, "sentence"_L1},
    CasingWord{Casing::CamelCase, "camel"_L1},
    CasingWord{Casing::PascalCase, "pascal"_L1},
    CasingWord{Casing::SnakeCase, "snake"_L1},
    CasingWord{Casing::KebabCase, "kebab"_L1},
};

constexpr std::array smallWords{"a"_L1,   "an"_L1,   "and"_L1, "as"_L1,   "at"_L1,  "by"_L1,
                                "for"_L1, "from"_L1, "in"_L1,  "into"_L1, "of"_L1,  "on"_L1,
                                "or"_L1,  "per"_L1,  "the"_L1, "to"_L1,   "via"_L1, "with"_L1};

bool isSmall(QStringView word)
{
    return word.size() <= 4 && std::ranges::any_of(smallWords, [&](QLatin1StringView small) {
               return word.compare(small, Qt::CaseInsensitive) == 0;
           });
}

bool hasUpper(QStringView text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.isUpper(); });
}

bool hasLower(QStringView text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.isLower(); });
}

/// "ORDER COMPLETED": shouting, not a name of abbreviations.
bool isShouted(QStringView text)
{
    return text.size() > 5 && hasUpper(text) && !hasLower(text);
}

QString capitalized(const QString &word)
{
    QString text = word;
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
    }
    return text;
}

/// "ButtonClicked": several words in one, told by their humps.
bool isGluedTogether(QStringView text)
{
    if (text.contains(u' ')) {
        return false; // "iOS App Opened"
    }
    return std::ranges::adjacent_find(text, [](QChar a, QChar b) { return a.isLower() && b.isUpper(); }) !=
           text.end();
}

template <typename Check>
bool everyWord(QStringView text, const Check &check)
{
    qsizetype from = 0;
    for (qsizetype index = 0;; ++index) {
        const qsizetype space = text.indexOf(u' ', from);
        const QStringView word = text.sliced(from, (space < 0 ? text.size() : space) - from);
        if (!check(word, index == 0, space < 0)) {
            return false;
        }
        if (space < 0) {
            return true;
        }
        from = space + 1;
    }
}

bool isTitle(QStringView text)
{
    if (text.contains(u'_') || isShouted(text) || isGluedTogether(text)) {
        return false;
    }
    return everyWord(text, [](QStringView word, bool isFirst, bool isLast) {
        if (word.isEmpty() || !word[0].isLower()) {
            return true; // stray spaces are the white space rule's
        }
        return hasUpper(word) || (!isFirst && !isLast && isSmall(word));
    });
}

bool isSentence(QStringView text)
{
    if (text.contains(u'_') || isShouted(text) || isGluedTogether(text)) {
        return false;
    }
    return everyWord(text, [](QStringView word, bool isFirst, bool) {
        if (word.isEmpty()) {
            return true;
        }
        if (isFirst) {
            return !word[0].isLower() || hasUpper(word);
        }
        // A capital with small letters behind it; abbreviations and inner capitals stay.
        return !(word[0].isUpper() && hasLower(word) && !hasUpper(word.sliced(1)));
    });
}

/// Letters and digits only, from the given kind of first letter on.
bool isHumped(QStringView text)
{
    return std::ranges::all_of(text,
                               [](QChar c) { return c.isLetterOrNumber() || c.isMark() || c.isSurrogate(); });
}

bool isSeparated(QStringView text, QChar separator)
{
    bool isAfterSeparator = true;
    for (const QChar c : text) {
        if (c == separator) {
            if (isAfterSeparator) {
                return false;
            }
            isAfterSeparator = true;
        } else if (c.isUpper() || !(c.isLetterOrNumber() || c.isMark() || c.isSurrogate())) {
            return false;
        } else {
            isAfterSeparator = false;
        }
    }
    return !isAfterSeparator || text.isEmpty();
}

/// [a-z0-9]+: right in all casings that begin small.
bool isPlainLower(std::string_view key)
{
    return std::ranges::all_of(key, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

void splitHumps(QStringView text, QStringList &words)
{
    qsizetype from = 0;
    for (qsizetype i = 1; i < text.size(); ++i) {
        const bool isRise = text[i].isUpper() && !text[i - 1].isUpper();
        const bool isLastOfAbbreviation =
            text[i].isUpper() && text[i - 1].isUpper() && i + 1 < text.size() && text[i + 1].isLower();
        if (isRise || isLastOfAbbreviation) {
            words += text.sliced(from, i - from).toString();
            from = i;
        }
    }
    if (from < text.size()) {
        words += text.sliced(from).toString();
    }
}

} // namespace

QString word(Casing casing)
{
    return std::ranges::find(casingRows, casing, &CasingWord::casing)->word;
}

std::optional<Casing> casingFromWord(QStringView word)
{
    const auto found =
        std::ranges::find_if(casingRows, [&](const CasingWord &row) { return row.word == word; });
    return found == casingRows.end() ? std::nullopt : std::optional(found->casing);
}

QStringList casingWords()
{
    QStringList words;
    for (const CasingWord &row : casingRows) {
        words += row.word;
    }
    return words;
}

bool follows(Casing casing, QStringView text)
{
    switch (casing) {
    case Casing::Any:
        return true;
    case Casing::TitleCase:
        return isTitle(text);
    case Casing::SentenceCase:
        return isSentence(text);
    case Casing::CamelCase:
        return isHumped(text) && (text.isEmpty() || !text[0].isUpper());
    case Casing::PascalCase:
        return isHumped(text) && (text.isEmpty() || !text[0].isLower());
    case Casing::SnakeCase:
        return isSeparated(text, u'_');
    case Casing::KebabCase:
        return isSeparated(text, u'-');
    }
    return true;
}

bool keyFollows(Casing casing, std::string_view key)
{
    if (casing == Casing::Any) {
        return true;
    }
    const bool beginsSmall =
        casing == Casing::CamelCase || casing == Casing::SnakeCase || casing == Casing::KebabCase;
    if (beginsSmall && isPlainLower(key)) {
        return true;
    }
    return follows(casing, QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())));
}

QStringList wordsOf(QStringView text)
{
    const bool hasSpaces = std::ranges::any_of(text, [](QChar c) { return c.isSpace(); });
    const bool isAllCapitals = hasUpper(text) && !hasLower(text);
    const auto isBreak = [&](QChar c) {
        return c.isSpace() || c == u'_' ||
               (!hasSpaces && (c == u'-' || c == u'.' || c == u'/' || c == u':' || c == u','));
    };
    QStringList words;
    qsizetype from = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !isBreak(text[i])) {
            continue;
        }
        const QStringView part = text.sliced(from, i - from);
        from = i + 1;
        if (part.isEmpty()) {
            continue;
        }
        if (hasSpaces || isAllCapitals) {
            words += part.toString();
        } else {
            splitHumps(part, words);
        }
    }
    return words;
}

QString inCasing(Casing casing, const QStringList &words)
{
    if (casing == Casing::Any) {
        return words.join(u' ');
    }
    const bool isAllCapitals = isShouted(words.join(u' '));
    QStringList parts;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString lower = words[i].toLower();
        const bool keepsCapitals = !isAllCapitals && hasUpper(words[i].mid(1));
        switch (casing) {
        case Casing::TitleCase:
            if (i > 0 && i + 1 < words.size() && isSmall(words[i])) {
                parts += lower;
            } else {
                parts += keepsCapitals ? words[i] : capitalized(lower);
            }
            break;
        case Casing::SentenceCase:
            parts += keepsCapitals ? words[i] : (i == 0 ? capitalized(lower) : lower);
            break;
        case Casing::CamelCase:
            parts += i == 0 ? lower : capitalized(lower);
            break;
        case Casing::PascalCase:
            parts += capitalized(lower);
            break;
        default:
            parts += lower;
            break;
        }
    }
    switch (casing) {
    case Casing::CamelCase:
    case Casing::PascalCase:
        return parts.join(QString());
    case Casing::SnakeCase:
        return parts.join(u'_');
    case Casing::KebabCase:
        return parts.join(u'-');
    default:
        return parts.join(u' ');
    }
}

} // namespace check
