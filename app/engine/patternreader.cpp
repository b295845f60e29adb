// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/patternreader.h"

#include "app/engine/valuewords.h"

#include <algorithm>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

/// Reads what has words, and gives up at all else: groups, look-around, lazy repeats.
class Reader
{
public:
    explicit Reader(QString pattern)
        : m_text(std::move(pattern))
    {
    }

    std::optional<PatternSequence> sequence()
    {
        PatternSequence read;
        read.isFromStart = take(u'^');
        while (m_at < m_text.size()) {
            if (m_at + 1 == m_text.size() && take(u'$')) {
                read.isToEnd = true;
                break;
            }
            auto atom = this->atom();
            if (!atom || !quantifier(*atom)) {
                return std::nullopt;
            }
            const bool isText = !atom->literal.isEmpty() && atom->least == 1 && atom->most == 1;
            if (isText && !read.atoms.empty() && !read.atoms.back().literal.isEmpty() &&
                read.atoms.back().most == 1 && read.atoms.back().least == 1) {
                read.atoms.back().literal += atom->literal;
            } else {
                read.atoms.push_back(std::move(*atom));
            }
        }
        return read;
    }

private:
    bool take(QChar c)
    {
        const bool isThere = m_at < m_text.size() && m_text[m_at] == c;
        m_at += isThere ? 1 : 0;
        return isThere;
    }

    static bool isOperator(QChar c) { return u"()|*+?{}[]^$.\\"_s.contains(c); }

    std::optional<PatternAtom> atom()
    {
        PatternAtom atom;
        const QChar c = m_text[m_at++];
        if (c == u'.') {
            atom.set.emplace().isAny = true;
        } else if (c == u'[') {
            atom.set = brackets();
            return atom.set ? std::optional(atom) : std::nullopt;
        } else if (c == u'\\') {
            CharacterSet set;
            const auto escaped = escape(set);
            if (!escaped) {
                return std::nullopt;
            }
            if (escaped->isNull()) {
                atom.set = set;
            } else {
                atom.literal = *escaped;
            }
        } else if (isOperator(c)) {
            return std::nullopt;
        } else {
            atom.literal = c;
        }
        return atom;
    }

    /// The character after a backslash; a null one: it was added to the set.
    std::optional<QChar> escape(CharacterSet &set)
    {
        if (m_at == m_text.size()) {
            return std::nullopt;
        }
        const QChar c = m_text[m_at++];
        if (c == u'd') {
            set.hasDigits = true;
        } else if (c == u'w') {
            set.hasCapitals = set.hasSmall = set.hasDigits = true;
            set.others += u'_';
        } else if (c == u'S') {
            set.isNoSpace = true;
        } else if (c == u's') {
            set.others += u' ';
        } else if (c.isLetterOrNumber()) {
            return std::nullopt;
        } else {
            return c;
        }
        return QChar();
    }

    std::optional<CharacterSet> brackets()
    {
        CharacterSet set;
        if (m_text.sliced(m_at).startsWith(u"^\\s]"_s)) {
            m_at += 4;
            set.isNoSpace = true;
            return set;
        }
        qsizetype entries = 0;
        while (m_at < m_text.size() && m_text[m_at] != u']') {
            QChar first = m_text[m_at++];
            if ((first == u'^' && entries == 0) || first == u'[') {
                return std::nullopt;
            }
            ++entries;
            if (first == u'\\') {
                const auto escaped = escape(set);
                if (!escaped) {
                    return std::nullopt;
                }
                if (escaped->isNull()) {
                    continue;
                }
                first = *escaped;
            }
            const bool isRange = m_at + 1 < m_text.size() && m_text[m_at] == u'-' && m_text[m_at + 1] != u']';
            if (!isRange) {
                set.others += first;
                continue;
            }
            const QChar last = m_text[m_at + 1];
            m_at += 2;
            if (!addRange(set, first, last)) {
                return std::nullopt;
            }
        }
        const bool isWhole = set.range.isEmpty() || entries == 1;
        return take(u']') && isWhole && entries > 0 ? std::optional(set) : std::nullopt;
    }

    static bool addRange(CharacterSet &set, QChar first, QChar last)
    {
        const auto is = [&](QChar from, QChar to) { return first == from && last == to; };
        if (is(u'A', u'Z')) {
            set.hasCapitals = true;
        } else if (is(u'a', u'z')) {
            set.hasSmall = true;
        } else if (is(u'0', u'9')) {
            set.hasDigits = true;
        } else if (is(u'a', u'f') || is(u'A', u'F')) {
            set.hasHexadecimal = true;
        } else if (first < last && first.isDigit() && last.isDigit()) {
            set.range = Findings::tr("%1 to %2").arg(QString(first), QString(last));
        } else {
            return false;
        }
        return true;
    }

    bool quantifier(PatternAtom &atom)
    {
        if (take(u'+')) {
            atom.most = noMaximum;
        } else if (take(u'*')) {
            atom.least = 0;
            atom.most = noMaximum;
        } else if (take(u'?')) {
            atom.least = 0;
        } else if (take(u'{')) {
            const qsizetype end = m_text.indexOf(u'}', m_at);
            if (end < 0) {
                return false;
            }
            const QStringList limits = m_text.sliced(m_at, end - m_at).split(u',');
            m_at = end + 1;
            bool isLeast = false;
            bool isMost = true;
            atom.least = limits[0].toInt(&isLeast);
            atom.most = limits.size() == 1    ? atom.least
                        : limits[1].isEmpty() ? noMaximum
                                              : limits[1].toInt(&isMost);
            if (!isLeast || !isMost || limits.size() > 2 || atom.least > 1000 || atom.most > 1000) {
                return false;
            }
        } else {
            return true;
        }
        const bool isLazy = m_at < m_text.size() && (m_text[m_at] == u'?' || m_text[m_at] == u'+');
        return !isLazy;
    }

    QString m_text;
    qsizetype m_at = 0;
};

} // namespace

std::optional<PatternSequence> readSequence(const QString &pattern)
{
    return Reader(pattern).sequence();
}

} // namespace engine
