// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/namegrammar.h"

#include "check/lexicon.h"

#include <algorithm>

namespace check {

namespace {

using namespace Qt::StringLiterals;
using lexicon::Verb;
using Words = std::vector<std::string>;

constexpr qsizetype mostWords = 24; ///< longer names are sentences, no one can propose for them

QString fromWord(std::string_view word)
{
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
}

std::string lowered(const QString &word)
{
    std::string text;
    text.reserve(static_cast<std::size_t>(word.size()));
    for (const QChar c : word) {
        if (c.unicode() > 0x7f) {
            return word.toLower().toStdString();
        }
        const bool isCapital = c >= u'A' && c <= u'Z';
        text += static_cast<char>(isCapital ? c.unicode() + ('a' - 'A') : c.unicode());
    }
    return text;
}

/// Puts the past form of a word in its place; "sign" + "up" keeps its particle where it stands.
QStringList inPast(QStringList words, qsizetype index, std::string_view word)
{
    const std::string_view outcome = lexicon::outcome(word);
    const std::string past = outcome.empty() ? lexicon::pastOf(word) : std::string(outcome);
    const QStringList parts = fromWord(past).split(u' ');
    words[index] = parts.front();
    for (qsizetype i = 1; i < parts.size(); ++i) {
        words.insert(index + i, parts[i]);
    }
    return words;
}

/// Moves the first of `count` leading words behind the others, without an article of the object.
QStringList firstMovedBehind(QStringList words, qsizetype count)
{
    words.move(0, count - 1);
    if (count > 2 && lexicon::isArticle(words.front().toLower().toStdString())) {
        words.removeFirst();
    }
    return words;
}

/// Where the action's complement begins ("... Added | to Cart", "... Signed | Up"): the first preposition or
/// particle behind a word that can be the action.
qsizetype coreSize(const Words &words)
{
    bool hasAction = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (hasAction && (lexicon::isPreposition(words[i]) || lexicon::isParticle(words[i]))) {
            return static_cast<qsizetype>(i);
        }
        hasAction = hasAction || lexicon::isPast(words[i]) || lexicon::baseVerb(words[i]) != Verb::No;
    }
    return static_cast<qsizetype>(words.size());
}

} // namespace

NameGrammar::NameGrammar(const Conventions &conventions)
    : m_casing(conventions.eventCasing)
    , m_wantsObjectAction(conventions.wantsObjectAction)
    , m_wantsPastTense(conventions.wantsPastTense)
    , m_allowsGerundFirst(conventions.allowsGerundFirst)
    , m_requiresPrefix(conventions.requiresPrefix)
    , m_maxLength(conventions.maxNameLength)
    , m_prefixes(conventions.prefixes)
    , m_exceptions(conventions.exceptions)
{
    for (const QString &prefix : conventions.prefixes) {
        if (const QStringList words = wordsOf(prefix.toLower()); !words.isEmpty()) {
            m_prefixWords += words;
        }
    }
    std::ranges::stable_sort(m_prefixWords, std::ranges::greater(), &QStringList::size);
}

bool NameGrammar::isException(const QString &name) const
{
    return m_exceptions.contains(name);
}

Casing NameGrammar::casingFor(const QString &name) const
{
    const bool isSnake = std::ranges::any_of(m_prefixes, [&](const QString &prefix) {
        return name.size() > prefix.size() && name[prefix.size()] == u'_' &&
               name.startsWith(prefix, Qt::CaseInsensitive);
    });
    return isSnake ? Casing::SnakeCase : m_casing;
}

qsizetype NameGrammar::prefixWords(const QStringList &words) const
{
    for (const QStringList &prefix : m_prefixWords) {
        const bool isPrefix =
            prefix.size() < words.size() &&
            std::ranges::equal(prefix, words.first(prefix.size()), [](const auto &a, const auto &b) {
                return a.compare(b, Qt::CaseInsensitive) == 0;
            });
        if (isPrefix) {
            return prefix.size();
        }
    }
    return 0;
}

bool NameGrammar::hasPrefix(const QString &name) const
{
    return prefixWords(wordsOf(name)) > 0;
}

NameReading NameGrammar::read(const QString &name) const
{
    const QStringList words = wordsOf(name);
    const qsizetype prefixCount = prefixWords(words);
    NameReading reading = read(words.mid(prefixCount), prefixCount);
    if (!reading.proposal.isEmpty()) {
        reading.proposal = words.first(prefixCount) + reading.proposal;
    }
    const bool isWanted = (reading.fault == NameFault::ObjectAction && m_wantsObjectAction) ||
                          (reading.fault == NameFault::Tense && m_wantsPastTense);
    return isWanted ? reading : NameReading();
}

NameReading NameGrammar::read(const QStringList &words, qsizetype prefixCount) const
{
    if (words.isEmpty() || words.size() > mostWords) {
        return {NameFault::ObjectAction, {}, {}};
    }
    Words lower;
    lower.reserve(static_cast<std::size_t>(words.size()));
    for (const QString &word : words) {
        lower.push_back(lowered(word));
    }
    const bool hasSubject = prefixCount > 0; // "Server Loaded Order": the domain does it
    const std::string &first = lower.front();

    // "Loading Dock Opened", "Unsubscribed". "Reset" alone is no past.
    const bool endsInPast = lexicon::isPast(lower.back()) || lexicon::isPastLikeBase(lower.back());
    if (endsInPast && (words.size() > 1 || hasSubject || !lexicon::isPastLikeBase(lower.back()))) {
        return {};
    }

    const qsizetype core = coreSize(lower);
    const auto lastIndex = core - 1;
    const std::string &last = lower[static_cast<std::size_t>(lastIndex)];
    const bool hasParticle =
        core < words.size() && lexicon::isParticle(lower[static_cast<std::size_t>(core)]);
    const bool isFirstPast = lexicon::isPast(first) && !lexicon::isParticipleAdjective(first);
    const Verb firstVerb = lexicon::baseVerb(first);
    const Verb lastVerb = lexicon::outcome(last).empty() ? lexicon::baseVerb(last) : Verb::Both;
    const auto inPastAt = [&](qsizetype index) {
        return inPast(words, index, lower[static_cast<std::size_t>(index)]);
    };

    if (core == 1) {
        if (lexicon::isGerund(last) && (hasSubject || words.size() > 1)) {
            return hasSubject || m_allowsGerundFirst ? NameReading()
                                                     : NameReading{NameFault::ObjectAction, words[0], {}};
        }
        if (lexicon::isPast(last) && !lexicon::isPastLikeBase(last)) {
            // "Signed Up" is whole; "Added to Cart" does not say what was.
            return hasParticle || hasSubject ? NameReading()
                                             : NameReading{NameFault::ObjectAction, words[0], {}};
        }
        if (lastVerb != Verb::No && (hasSubject || hasParticle || !lexicon::outcome(last).empty())) {
            return {NameFault::Tense, words[0], inPastAt(0)};
        }
        return {NameFault::ObjectAction, lastVerb == Verb::No ? QString() : words[0], {}};
    }

    if (lexicon::isPast(last) || lexicon::isPastLikeBase(last)) {
        return {}; // "Product Added to Wishlist"
    }
    if (lastVerb != Verb::No) {
        const bool isImperative = (firstVerb > lastVerb && lexicon::outcome(last).empty()) ||
                                  (isFirstPast && lastVerb == Verb::Noun);
        const bool hasPastBefore = std::any_of(lower.begin() + 1, lower.begin() + core,
                                               [](const std::string &word) { return lexicon::isPast(word); });
        if (lastVerb == Verb::Noun && hasPastBefore) {
            return {}; // "Account Added Review"
        }
        if (!isImperative) {
            return {NameFault::Tense, words[lastIndex], inPastAt(lastIndex)}; // "Order Complete"
        }
    }
    if (lexicon::isGerund(last) && !lexicon::isGerundNoun(last) && lastVerb == Verb::No) {
        if (!m_allowsGerundFirst || isFirstPast) {
            return {}; // "Video Content Playing"
        }
        QStringList proposal = words;
        proposal.move(lastIndex, 0);
        return {NameFault::ObjectAction, words[lastIndex], proposal};
    }
    const auto pastInside =
        std::find_if(lower.begin() + 1, lower.begin() + core, [](const std::string &word) {
            return lexicon::isPast(word) || lexicon::isPastLikeBase(word);
        });
    if (pastInside != lower.begin() + core) {
        return {}; // "Account Added User"
    }
    if (lexicon::isGerund(first)) {
        if (m_allowsGerundFirst) {
            return {};
        }
        const bool isAction = !lexicon::isGerundNoun(first);
        return {NameFault::ObjectAction, words[0], isAction ? firstMovedBehind(words, core) : QStringList()};
    }
    if (isFirstPast) {
        return hasSubject ? NameReading()
                          : NameReading{NameFault::ObjectAction, words[0], firstMovedBehind(words, core)};
    }
    if (firstVerb > Verb::Noun) {
        if (hasSubject) {
            return {NameFault::Tense, words[0], inPastAt(0)};
        }
        return {NameFault::ObjectAction, words[0], firstMovedBehind(inPastAt(0), core)};
    }
    for (qsizetype i = 1; i < core; ++i) {
        if (lexicon::baseVerb(lower[static_cast<std::size_t>(i)]) > Verb::Noun) {
            return {NameFault::Tense, words[i], inPastAt(i)}; // "Order Unlock Coco"
        }
    }
    return {NameFault::ObjectAction, {}, {}};
}

bool NameGrammar::passes(const QString &name) const
{
    return !name.isEmpty() && name.size() <= m_maxLength && !hasStraySpace(name) && valueIn(name).isEmpty() &&
           follows(casingFor(name), name) && read(name).fault == NameFault::None &&
           (!m_requiresPrefix || m_prefixes.isEmpty() || hasPrefix(name));
}

QString NameGrammar::proposal(const QString &name, NameReading reading) const
{
    if (!valueIn(name).isEmpty()) {
        return {}; // which part of it is the name, only people know
    }
    const Casing casing = casingFor(name.trimmed());
    QStringList words = wordsOf(name);
    // One mend can bring the next to light: a name is put in order first, and then in the past.
    for (int round = 0; round < 3; ++round) {
        if (reading.fault != NameFault::None) {
            if (reading.proposal.isEmpty()) {
                return {};
            }
            words = reading.proposal;
        }
        QString proposal = inCasing(casing, words);
        if (proposal != name && passes(proposal)) {
            return proposal;
        }
        reading = read(words.join(u' '));
        if (reading.fault == NameFault::None) {
            return {};
        }
    }
    return {};
}

bool hasStraySpace(QStringView name)
{
    if (name.isEmpty()) {
        return false;
    }
    bool wasSpace = true; // so that a leading one counts as doubled
    for (const QChar c : name) {
        const bool isHidden = c.category() == QChar::Other_Format || c.category() == QChar::Other_Control;
        if (isHidden || (c.isSpace() && (c != u' ' || wasSpace))) {
            return true;
        }
        wasSpace = c == u' ';
    }
    return wasSpace;
}

} // namespace check
