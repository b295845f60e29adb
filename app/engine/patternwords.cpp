// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/patternwords.h"

#include "app/engine/patternreader.h"
#include "app/engine/valuewords.h"

#include <algorithm>
#include <array>

#include <QRegularExpression>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

/// "letters, digits or _"; the plural of what a character may be. Empty when there are no words.
QString setWords(const CharacterSet &set)
{
    if (set.isAny) {
        return Findings::tr("characters");
    }
    if (set.isNoSpace) {
        return Findings::tr("characters other than spaces");
    }
    if (!set.range.isEmpty()) {
        return Findings::tr("digits from %1").arg(set.range);
    }
    if (set.hasHexadecimal) {
        const bool isPlain = set.hasDigits && set.others.isEmpty() && !set.hasCapitals && !set.hasSmall;
        return isPlain ? Findings::tr("hexadecimal digits") : QString();
    }
    QStringList words;
    if (set.hasCapitals && set.hasSmall) {
        words += Findings::tr("letters");
    } else if (set.hasCapitals) {
        words += Findings::tr("capital letters");
    } else if (set.hasSmall) {
        words += Findings::tr("small letters");
    }
    if (set.hasDigits) {
        words += Findings::tr("digits");
    }
    for (const QChar c : set.others) {
        words += c == u' ' ? Findings::tr("spaces") : u'"' + QString(c) + u'"';
    }
    return orWords(words);
}

/// "a digit"; empty for a set with several kinds.
QString oneWords(const CharacterSet &set)
{
    const int kinds = (set.hasCapitals ? 1 : 0) + (set.hasSmall ? 1 : 0) + (set.hasDigits ? 1 : 0);
    const bool isPlain = kinds == 1 && set.others.isEmpty() && !set.hasHexadecimal;
    if (isPlain && set.hasDigits) {
        return Findings::tr("a digit");
    }
    if (isPlain) {
        return set.hasCapitals ? Findings::tr("a capital letter") : Findings::tr("a small letter");
    }
    if (set.isAny) {
        return Findings::tr("one character");
    }
    if (!set.range.isEmpty()) {
        return Findings::tr("a digit from %1").arg(set.range);
    }
    return Findings::tr("one of: %1").arg(setWords(set));
}

QString atomWords(const PatternAtom &atom)
{
    if (!atom.literal.isEmpty()) {
        return atom.least == 1 && atom.most == 1 ? inQuotes(atom.literal) : QString();
    }
    const QString words = setWords(*atom.set);
    if (words.isEmpty()) {
        return {};
    }
    const auto least = static_cast<qulonglong>(atom.least);
    if (atom.most == noMaximum) {
        return atom.least < 2 ? words : Findings::tr("at least %1 %2").arg(numberWords(least), words);
    }
    const auto most = static_cast<qulonglong>(atom.most);
    if (atom.least == atom.most) {
        return atom.least == 1 ? oneWords(*atom.set) : Findings::tr("%1 %2").arg(numberWords(least), words);
    }
    return atom.least == 0 ? Findings::tr("at most %1 %2").arg(numberWords(most), words)
                           : Findings::tr("%1 to %2 %3").arg(numberWords(least), numberWords(most), words);
}

/// Characters of a set, as many as an example shows; those of one alphabet go on where they ended.
class Sampler
{
public:
    QString sample(const PatternAtom &atom)
    {
        constexpr int shownRepeats = 3;
        if (!atom.literal.isEmpty()) {
            return atom.literal;
        }
        const CharacterSet &set = *atom.set;
        const int fewest = std::max(atom.least, 1);
        const int count = atom.most == noMaximum ? std::max(fewest, shownRepeats) : fewest;
        const bool hasLetters = set.hasSmall || set.hasCapitals || set.isAny || set.isNoSpace;
        if (set.hasDigits && !hasLetters) {
            return taken(u"1234567890"_s, m_digits, count);
        }
        if (hasLetters) {
            const bool isSmall = set.hasSmall || set.isAny || set.isNoSpace;
            return taken(isSmall ? u"abcdefghijkl"_s : u"ABCDEFGHIJKL"_s, m_letters, count);
        }
        const QString first = set.range.isEmpty() ? set.others.left(1) : set.range.left(1);
        return first.repeated(count);
    }

private:
    static QString taken(const QString &alphabet, qsizetype &next, int count)
    {
        QString text;
        for (int i = 0; i < count; ++i) {
            text += alphabet[next++ % alphabet.size()];
        }
        return text;
    }

    qsizetype m_digits = 0;
    qsizetype m_letters = 0;
};

bool isUnbounded(const PatternAtom &atom)
{
    return atom.most == noMaximum;
}

bool isFiller(const PatternAtom &atom)
{
    return atom.set && atom.set->isAny && atom.least == 0 && isUnbounded(atom);
}

/// "text that begins with "del_"", and what else one literal can ask for.
QString literalWords(const PatternSequence &sequence, const QString &literal, bool isOpenBefore,
                     bool isOpenAfter)
{
    const bool isFromStart = sequence.isFromStart && !isOpenBefore;
    const bool isToEnd = sequence.isToEnd && !isOpenAfter;
    const QString text = inQuotes(literal);
    return isFromStart && isToEnd ? text
           : isFromStart          ? Findings::tr("text that begins with %1").arg(text)
           : isToEnd              ? Findings::tr("text that ends with %1").arg(text)
                                  : Findings::tr("text that contains %1").arg(text);
}

QString onlyAtomWords(const PatternSequence &sequence, const PatternAtom &atom)
{
    const bool isWhole = sequence.isFromStart && sequence.isToEnd;
    const bool isNotEmpty = atom.least == 1 && (!isWhole || isUnbounded(atom));
    if (atom.set->isAny && isNotEmpty) {
        return Findings::tr("text that is not empty");
    }
    if (atom.set->isNoSpace && isNotEmpty) {
        return isWhole ? Findings::tr("text without spaces") : Findings::tr("text that is not blank");
    }
    const QString words = atomWords(atom);
    if (words.isEmpty()) {
        return {};
    }
    if (isWhole) {
        return atom.set->isAny                       ? Findings::tr("text of %1").arg(words)
               : isUnbounded(atom) && atom.least < 2 ? Findings::tr("made of %1 only").arg(words)
                                                     : words;
    }
    return sequence.isFromStart ? Findings::tr("text that begins with %1").arg(words)
           : sequence.isToEnd   ? Findings::tr("text that ends with %1").arg(words)
                                : Findings::tr("text that contains %1").arg(words);
}

PatternWords sequenceWords(PatternSequence sequence)
{
    std::vector<PatternAtom> &atoms = sequence.atoms;
    const bool isOpenBefore = !atoms.empty() && isFiller(atoms.front());
    if (isOpenBefore) {
        atoms.erase(atoms.begin());
    }
    const bool isOpenAfter = !atoms.empty() && isFiller(atoms.back());
    if (isOpenAfter) {
        atoms.pop_back();
    }
    if (atoms.empty()) {
        return {};
    }
    if (atoms.size() == 1 && !atoms.front().literal.isEmpty()) {
        const bool isOnce = atoms.front().least == 1 && atoms.front().most == 1;
        return isOnce ? PatternWords{literalWords(sequence, atoms.front().literal, isOpenBefore, isOpenAfter),
                                     {},
                                     {}}
                      : PatternWords{};
    }
    sequence.isFromStart = sequence.isFromStart && !isOpenBefore;
    sequence.isToEnd = sequence.isToEnd && !isOpenAfter;
    if (atoms.size() == 1) {
        return {onlyAtomWords(sequence, atoms.front()), {}, {}};
    }
    QStringList words;
    QString example;
    Sampler sampler;
    for (const PatternAtom &atom : atoms) {
        words += atomWords(atom);
        example += sampler.sample(atom);
    }
    constexpr qsizetype maxSteps = 5;
    if (words.contains(QString()) || words.size() > maxSteps) {
        return {{}, example, {}};
    }
    const QString steps = words.join(Findings::tr(", then "));
    if (sequence.isFromStart && sequence.isToEnd) {
        return {steps, example, {}};
    }
    const QString rest = sequence.isFromStart ? Findings::tr("text that begins with %1").arg(steps)
                         : sequence.isToEnd   ? Findings::tr("text that ends with %1").arg(steps)
                                              : Findings::tr("text that contains %1").arg(steps);
    return {rest, example, {}};
}

/// Splits at the | outside of groups and brackets.
QStringList alternatives(const QString &pattern)
{
    QStringList parts{QString()};
    int depth = 0;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar c = pattern[i];
        if (c == u'\\' && i + 1 < pattern.size()) {
            parts.back() += c;
            parts.back() += pattern[++i];
            continue;
        }
        depth += c == u'(' || c == u'[' ? 1 : c == u')' || c == u']' ? -1 : 0;
        if (c == u'|' && depth == 0) {
            parts.append(QString());
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

/// "a|b" of "^(a|b)$": the group around everything, gone.
QString ungrouped(const QString &pattern)
{
    static const QRegularExpression group(u"^\\^?\\((?:\\?:)?([^()]*)\\)\\$?$"_s);
    const auto match = group.match(pattern);
    return match.hasMatch() ? match.captured(1) : pattern;
}

/// Of alternatives that are all plain texts.
QStringList plainValues(const QStringList &parts)
{
    QStringList values;
    for (const QString &part : parts) {
        const auto sequence = readSequence(part);
        const bool isPlain = sequence && sequence->atoms.size() == 1 &&
                             !sequence->atoms.front().literal.isEmpty() &&
                             sequence->atoms.front().least == 1 && sequence->atoms.front().most == 1;
        if (!isPlain) {
            return {};
        }
        values += sequence->atoms.front().literal;
    }
    return values;
}

bool isMatched(const QString &pattern, const QString &text)
{
    // ECMA-262 knows what PCRE does not.
    const QRegularExpression expression(pattern);
    return expression.isValid() && expression.match(text).hasMatch();
}

/// What patterns are often written for, told by texts that match and ones that don't.
struct Kind
{
    const char *words;
    const char16_t *example;
    const char16_t *other; ///< a text of nearly this kind, which a pattern for it refuses
    const char16_t *mark;  ///< stands in every pattern for it
};
constexpr std::array kinds{
    Kind{QT_TRANSLATE_NOOP("Findings", "a UUID"), u"123e4567-e89b-42d3-a456-426614174000",
         u"123e4567-e89b-42d3-a456-4266141740000", u"{12}"},
    Kind{QT_TRANSLATE_NOOP("Findings", "a date"), u"2026-11-24", u"2026-11-2", u"-"},
    Kind{QT_TRANSLATE_NOOP("Findings", "an ISO 8601 date and time"), u"2026-11-24T10:30:00Z",
         u"2026-11-24 10:30", u"T"},
    Kind{QT_TRANSLATE_NOOP("Findings", "hours and minutes"), u"10:30", u"1030", u":"},
    Kind{QT_TRANSLATE_NOOP("Findings", "an e-mail address"), u"ada@example.com", u"ada", u"@"},
    Kind{QT_TRANSLATE_NOOP("Findings", "a version"), u"2.10.3", u"2-10-3", u"."},
    Kind{QT_TRANSLATE_NOOP("Findings", "a phone number with its country"), u"+4915112345678", u"015112345678",
         u"+"},
    Kind{QT_TRANSLATE_NOOP("Findings", "a language and a country"), u"en-US", u"en_US", u"-"},
    Kind{QT_TRANSLATE_NOOP("Findings", "a language and a country"), u"en_US", u"en-US", u"_"},
};

PatternWords known(const QString &pattern)
{
    // A group that repeats may run away, and so may many repeats in a row.
    constexpr qsizetype maxRepeats = 5;
    static const QRegularExpression repeatedGroup(u"\\)[*+{]"_s);
    static const QRegularExpression repeat(u"[*+]|,\\}"_s);
    if (pattern.contains(repeatedGroup) || pattern.count(repeat) > maxRepeats || !pattern.startsWith(u'^') ||
        !pattern.endsWith(u'$')) {
        return pattern == u"^https?://"_s
                   ? PatternWords{Findings::tr("text that begins with \"https://\" or \"http://\""), {}, {}}
                   : PatternWords{};
    }
    for (const Kind &kind : kinds) {
        const QString example = QString::fromUtf16(kind.example);
        const bool isKind = pattern.contains(QString::fromUtf16(kind.mark)) && isMatched(pattern, example) &&
                            !isMatched(pattern, QString::fromUtf16(kind.other)) &&
                            !isMatched(pattern, u"x-1"_s);
        if (isKind) {
            return {Findings::tr(kind.words), example, {}};
        }
    }
    return {};
}

/// A pattern's verdict is known in linear time only as long as little of it repeats.
bool isQuick(const QString &pattern)
{
    constexpr int maxRepeats = 3;
    const auto sequence = readSequence(pattern);
    return sequence && std::ranges::count_if(sequence->atoms, isUnbounded) <= maxRepeats;
}

} // namespace

PatternWords patternWords(const QString &pattern)
{
    PatternWords words = known(pattern);
    if (!words.expected.isEmpty()) {
        return words;
    }
    const QStringList parts = alternatives(ungrouped(pattern));
    if (parts.size() > 1) {
        return {{}, {}, plainValues(parts)};
    }
    const auto sequence = readSequence(pattern);
    if (!sequence) {
        return {};
    }
    const bool isOneText = sequence->isFromStart && sequence->isToEnd && !plainValues({pattern}).isEmpty();
    if (isOneText) {
        return {{}, {}, plainValues({pattern})};
    }
    words = sequenceWords(*sequence);
    const bool isShown = isQuick(pattern) && isMatched(pattern, words.example);
    if (!isShown) {
        words.example.clear();
    }
    return words;
}

QString nearestMatch(const QString &pattern, const QString &text)
{
    constexpr qsizetype maxCharacters = 100;
    if (text.size() > maxCharacters || !isQuick(pattern)) {
        return {};
    }
    static const QRegularExpression separators(u"[\\s_-]+"_s);
    const QString trimmed = text.trimmed();
    const QStringList spellings{trimmed, QString(trimmed).replace(separators, u"-"_s),
                                QString(trimmed).replace(separators, u"_"_s)};
    for (const QString &spelling : spellings) {
        for (const QString &candidate : {spelling, spelling.left(1).toUpper() + spelling.mid(1),
                                         spelling.toUpper(), spelling.toLower()}) {
            if (candidate != text && isMatched(pattern, candidate)) {
                return candidate;
            }
        }
    }
    return {};
}

} // namespace engine
