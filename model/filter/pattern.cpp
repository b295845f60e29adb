// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "filter/pattern.h"

#include <algorithm>

#include <QStringList>

using namespace Qt::StringLiterals;

namespace filter {

bool isWordCharacter(const QString &text, qsizetype at)
{
    const QChar character = text.at(at);
    char32_t code = character.unicode();
    // Half of a pair says nothing: the pair is judged whole, from either of its halves.
    if (character.isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate()) {
        code = QChar::surrogateToUcs4(character, text.at(at + 1));
    } else if (character.isLowSurrogate() && at > 0 && text.at(at - 1).isHighSurrogate()) {
        code = QChar::surrogateToUcs4(text.at(at - 1), character);
    }
    return QChar::isLetterOrNumber(code) || QChar::isMark(code);
}

namespace {

bool isBoundary(const QString &text, qsizetype at)
{
    return at <= 0 || at >= text.size() || !isWordCharacter(text, at - 1) || !isWordCharacter(text, at);
}

/// Words of a piece, with what is known of its ends: a word cut by a star on its left is useless to an index
/// that finds prefixes; one cut on its right is a prefix.
void addTokens(const QString &piece, bool isCutLeft, bool isCutRight, QStringList &tokens)
{
    qsizetype at = 0;
    while (at < piece.size()) {
        if (!isWordCharacter(piece, at)) {
            ++at;
            continue;
        }
        const qsizetype begin = at;
        while (at < piece.size() && isWordCharacter(piece, at)) {
            ++at;
        }
        if (begin == 0 && isCutLeft) {
            continue;
        }
        tokens.append(u'"' + piece.sliced(begin, at - begin) + u'"' +
                      (at == piece.size() && isCutRight ? u" *"_s : QString()));
    }
}

} // namespace

Pattern::Pattern(const QString &escaped)
{
    QString piece;
    for (qsizetype i = 0; i < escaped.size(); ++i) {
        const QChar character = escaped.at(i);
        if (character == u'\\' && i + 1 < escaped.size()) {
            piece += escaped.at(++i);
        } else if (character == u'*') {
            m_pieces.push_back(piece);
            piece.clear();
        } else {
            piece += character;
        }
    }
    m_pieces.push_back(piece);
    m_plain = m_pieces.front();
    for (QString &part : m_pieces) {
        part = part.toCaseFolded();
    }
}

bool Pattern::isAnything() const
{
    return hasWildcard() &&
           std::ranges::all_of(m_pieces, [](const QString &piece) { return piece.isEmpty(); });
}

bool Pattern::matchesWhole(const QString &text) const
{
    if (m_pieces.size() < 2) {
        return text.compare(m_plain, Qt::CaseInsensitive) == 0;
    }
    const QString folded = text.toCaseFolded();
    if (!folded.startsWith(m_pieces.front())) {
        return false;
    }
    // The first place each piece fits leaves the most room for the next.
    qsizetype at = m_pieces.front().size();
    for (std::size_t i = 1; i + 1 < m_pieces.size(); ++i) {
        const qsizetype found = folded.indexOf(m_pieces[i], at);
        if (found < 0) {
            return false;
        }
        at = found + m_pieces[i].size();
    }
    return folded.size() - m_pieces.back().size() >= at && folded.endsWith(m_pieces.back());
}

bool Pattern::matchesWord(const QString &folded, WordEnd end) const
{
    if (m_pieces.empty() || isAnything()) {
        return true;
    }
    const auto endsRight = [&](qsizetype at) { return end == WordEnd::Anywhere || isBoundary(folded, at); };
    const QString &first = m_pieces.front();
    for (qsizetype begin = folded.indexOf(first); begin >= 0; begin = folded.indexOf(first, begin + 1)) {
        if (!first.isEmpty() && !isBoundary(folded, begin)) {
            continue;
        }
        qsizetype at = begin + first.size();
        if (m_pieces.size() == 1) {
            if (endsRight(at)) {
                return true;
            }
            continue;
        }
        bool isThere = true;
        for (std::size_t i = 1; i + 1 < m_pieces.size() && isThere; ++i) {
            const qsizetype found = folded.indexOf(m_pieces[i], at);
            isThere = found >= 0;
            at = found + m_pieces[i].size();
        }
        // A star at the end takes whatever comes; else any later place of the last piece will do.
        const QString &last = m_pieces.back();
        for (qsizetype found = isThere ? folded.indexOf(last, at) : -1; found >= 0;
             found = found < folded.size() ? folded.indexOf(last, found + 1) : -1) {
            if (last.isEmpty() || endsRight(found + last.size())) {
                return true;
            }
        }
        // What follows the first piece was not found behind its first place: nor behind a later one.
        return false;
    }
    return false;
}

QString Pattern::fullText(WordEnd end) const
{
    QStringList tokens;
    for (std::size_t i = 0; i < m_pieces.size(); ++i) {
        const bool isLast = i + 1 == m_pieces.size();
        addTokens(m_pieces[i], i > 0, !isLast || end == WordEnd::Anywhere, tokens);
    }
    return tokens.join(u" AND "_s);
}

} // namespace filter
