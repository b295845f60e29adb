// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/valuewords.h"

#include <algorithm>
#include <array>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype shownCharacters = 80;

/// White space that an eye would miss, made visible: at an end, doubled, or no plain space.
QString withVisibleSpaces(const QString &text)
{
    QString shown = text;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool isStray =
            c == u' ' && (i == 0 || i + 1 == text.size() || text[i - 1] == u' ' || text[i + 1] == u' ');
        if (c == u'\n' || c == u'\r') {
            shown[i] = u'⏎';
        } else if (isStray || (c.isSpace() && c != u' ')) {
            shown[i] = u'␣';
        }
    }
    return shown;
}

QString joined(const QStringList &list, const QString &last)
{
    if (list.size() < 2) {
        return list.value(0);
    }
    return list.first(list.size() - 1).join(u", "_s) + last + list.last();
}

QString without(const QString &text, bool (*isDropped)(QChar))
{
    QString kept;
    std::ranges::copy_if(text, std::back_inserter(kept), [isDropped](QChar c) { return !isDropped(c); });
    return kept;
}

bool isSpace(QChar c)
{
    return c.isSpace();
}

bool isSeparator(QChar c)
{
    return c.isSpace() || c == u'_' || c == u'-' || c == u'.';
}

} // namespace

QString cut(const QString &text)
{
    const bool isJson = text.startsWith(u'{') || text.startsWith(u'[');
    const QString head = text.left(shownCharacters * 4);
    QString line = isJson ? head.simplified() : withVisibleSpaces(head);
    if (line.size() <= shownCharacters) {
        return line;
    }
    qsizetype end = shownCharacters - 1;
    if (line.at(end - 1).isHighSurrogate()) {
        --end;
    }
    return line.left(end) + u'…';
}

QString inQuotes(const QString &text)
{
    const bool isQuoted = text.size() >= 2 && text.startsWith(u'"') && text.endsWith(u'"');
    return u'"' + cut(isQuoted ? text.sliced(1, text.size() - 2) : text) + u'"';
}

QString inTicks(const QString &name)
{
    return u'`' + cut(name) + u'`';
}

QString placeOf(const json::Pointer &at)
{
    const std::vector<std::string> tokens = at.tokens();
    QString path;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const QString token = QString::fromStdString(tokens[i]);
        if (i == 0 && tokens.size() > 1 && (token == u"properties"_s || token == u"traits"_s)) {
            continue;
        }
        const bool isIndex =
            !token.isEmpty() && std::ranges::all_of(token, [](QChar c) { return c.isDigit(); });
        if (isIndex && !path.isEmpty()) {
            path += u'[' + token + u']';
        } else {
            path += path.isEmpty() ? token : u'.' + token;
        }
    }
    return path;
}

QString quotedPlace(const json::Pointer &at)
{
    return at.isRoot() ? Findings::tr("The event") : inTicks(placeOf(at));
}

QString innerPlace(const json::Pointer &at)
{
    return at.isRoot() ? Findings::tr("the event") : inTicks(placeOf(at));
}

QString typeWords(const QString &type)
{
    struct TypeWords
    {
        QLatin1StringView type;
        const char *words;
    };
    static constexpr std::array known{
        TypeWords{"integer"_L1, QT_TRANSLATE_NOOP("Findings", "a whole number")},
        TypeWords{"number"_L1, QT_TRANSLATE_NOOP("Findings", "a number")},
        TypeWords{"string"_L1, QT_TRANSLATE_NOOP("Findings", "text")},
        TypeWords{"boolean"_L1, QT_TRANSLATE_NOOP("Findings", "true or false")},
        TypeWords{"array"_L1, QT_TRANSLATE_NOOP("Findings", "a list")},
        TypeWords{"object"_L1, QT_TRANSLATE_NOOP("Findings", "an object")},
        TypeWords{"null"_L1, QT_TRANSLATE_NOOP("Findings", "null")},
    };
    const auto found = std::ranges::find_if(known, [&](const TypeWords &row) { return row.type == type; });
    return found == known.end() ? type : Findings::tr(found->words);
}

QString typesWords(const QString &types)
{
    QStringList words;
    QString list = types;
    for (const QString &type : list.replace(u" or "_s, u", "_s).split(u", "_s, Qt::SkipEmptyParts)) {
        words += typeWords(type);
    }

    if (words.size() > 1) {
        // "text or true or false" could be read in two ways.
        words.replaceInStrings(typeWords(u"boolean"_s), Findings::tr("true/false"));
    }
    return orWords(words);
}

QString sentWords(const QString &type, const QString &text)
{
    if (type == u"string"_s) {
        return text.isEmpty() ? Findings::tr("an empty text")
                              : Findings::tr("the text %1").arg(inQuotes(text));
    }
    const bool isNumber = type == u"number"_s || type == u"integer"_s;
    if (isNumber && (text == u"NaN"_s || text.endsWith(u"Infinity"_s))) {
        return text;
    }
    if (isNumber && !text.isEmpty()) {
        return Findings::tr("the number %1").arg(cut(text));
    }
    if (type == u"boolean"_s && !text.isEmpty()) {
        return text;
    }
    if (text == u"[]"_s) {
        return Findings::tr("an empty list");
    }
    return text == u"{}"_s ? Findings::tr("an empty object") : typeWords(type);
}

QString valueWords(const QString &type, const QString &text)
{
    if (type != u"string"_s) {
        return cut(text);
    }
    return text.isEmpty() ? Findings::tr("an empty text") : inQuotes(text);
}

QString jsonWords(const QString &json)
{
    return json == u"\"\""_s       ? Findings::tr("an empty text")
           : json.startsWith(u'"') ? inQuotes(json)
                                   : cut(json);
}

QString orWords(const QStringList &list)
{
    return joined(list, Findings::tr(" or "));
}

QString andWords(const QStringList &list)
{
    return joined(list, Findings::tr(" and "));
}

QStringList jsonList(const QString &list)
{
    QStringList values;
    QString value;
    bool isInText = false;
    int depth = 0;
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QChar c = list[i];
        if (c == u'\\' && isInText && i + 1 < list.size()) {
            value += c;
            value += list[++i];
            continue;
        }
        isInText = isInText != (c == u'"');
        if (!isInText) {
            depth += c == u'{' || c == u'[' ? 1 : c == u'}' || c == u']' ? -1 : 0;
        }
        if (c == u',' && !isInText && depth <= 0) {
            values += value.trimmed();
            value.clear();
        } else {
            value += c;
        }
    }
    if (!value.trimmed().isEmpty()) {
        values += value.trimmed();
    }
    return values;
}

QString numberWords(qulonglong number)
{
    static constexpr std::array words{
        QT_TRANSLATE_NOOP("Findings", "zero"),   QT_TRANSLATE_NOOP("Findings", "one"),
        QT_TRANSLATE_NOOP("Findings", "two"),    QT_TRANSLATE_NOOP("Findings", "three"),
        QT_TRANSLATE_NOOP("Findings", "four"),   QT_TRANSLATE_NOOP("Findings", "five"),
        QT_TRANSLATE_NOOP("Findings", "six"),    QT_TRANSLATE_NOOP("Findings", "seven"),
        QT_TRANSLATE_NOOP("Findings", "eight"),  QT_TRANSLATE_NOOP("Findings", "nine"),
        QT_TRANSLATE_NOOP("Findings", "ten"),    QT_TRANSLATE_NOOP("Findings", "eleven"),
        QT_TRANSLATE_NOOP("Findings", "twelve"),
    };
    return number < words.size() ? Findings::tr(words.at(number)) : QString::number(number);
}

QString differenceWords(const QString &one, const QString &other)
{
    if (one.compare(other, Qt::CaseInsensitive) == 0) {
        return Findings::tr("only the capitals differ");
    }
    if (without(one, isSpace) == without(other, isSpace)) {
        return Findings::tr("only spaces differ");
    }
    if (without(one, isSeparator) == without(other, isSeparator)) {
        return Findings::tr("only the separators differ");
    }
    if (without(one, isSeparator).compare(without(other, isSeparator), Qt::CaseInsensitive) == 0) {
        return Findings::tr("only capitals and separators differ");
    }
    return {};
}

} // namespace engine
