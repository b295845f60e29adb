// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/shellreaders.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace segment {

namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class PosixReader
{
public:
    explicit PosixReader(QByteArrayView text)
        : m_text(text)
    {
    }

    std::vector<ShellCommand> read()
    {
        while (m_at < m_text.size()) {
            step();
        }
        m_commands.endCommand(m_line);
        return m_commands.take();
    }

private:
    [[nodiscard]] char peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    char next()
    {
        const char c = m_text[m_at++];
        m_line += c == '\n' ? 1 : 0;
        return c;
    }
    void problem(const QString &sentence)
    {
        if (m_commands.command().problem.isEmpty()) {
            m_commands.command().problem = sentence;
        }
    }

    void step()
    {
        const char c = next();
        if (c == '\n') {
            m_commands.endCommand(m_line - 1);
            hereDocuments();
        } else if (isBlank(c)) {
            m_commands.endWord(m_line);
        } else if (c == '#' && !m_commands.isInWord()) {
            skipLine();
        } else if (c == ';' || c == '&' || c == '|') {
            separator(c);
        } else if (c == '<' || c == '>') {
            redirect(c);
        } else if (c == '\\') {
            escaped();
        } else if (c == '\'') {
            singleQuoted();
        } else if (c == '"') {
            doubleQuoted();
        } else if (c == '$') {
            dollar();
        } else if (c == '`') {
            substitution('`');
        } else {
            m_commands.add(c);
        }
    }

    void skipLine()
    {
        while (m_at < m_text.size() && peek() != '\n') {
            ++m_at;
        }
    }

    void separator(char c)
    {
        if (c == '&' && peek() == '>') {
            ++m_at;
            redirect('>');
            return;
        }
        if (peek() == c) {
            ++m_at;
        }
        m_commands.endCommand(m_line);
    }

    /// Where to is of no interest; what from may be the body.
    void redirect(char c)
    {
        if (std::ranges::all_of(m_commands.word(), [](char digit) { return digit >= '0' && digit <= '9'; })) {
            m_commands.takeWord();
        } else {
            m_commands.endWord(m_line);
        }
        int repeats = 1;
        while (peek() == c && repeats < 3) {
            ++m_at;
            ++repeats;
        }
        const bool isHereDocument = c == '<' && repeats == 2;
        bool isIndented = false;
        if (peek() == '&' || peek() == '|' || (isHereDocument && peek() == '-')) {
            isIndented = peek() == '-';
            ++m_at;
        }
        while (m_at < m_text.size() && isBlank(peek())) {
            ++m_at;
        }
        const QByteArray target = wordBehind();
        if (isHereDocument) {
            m_waiting.push_back({target, isIndented});
        } else if (c == '<' && repeats == 3) {
            m_commands.command().input = target + '\n';
        } else if (c == '<') {
            problem(u"It reads the file %1: give what stands in it."_s.arg(QString::fromUtf8(target)));
        }
    }

    QByteArray wordBehind()
    {
        constexpr QByteArrayView ends = ";&|<> \t\r\n";
        while (m_at < m_text.size() && !ends.contains(peek())) {
            step();
        }
        return m_commands.takeWord();
    }

    struct HereDocument
    {
        QByteArray end;
        bool isIndented = false; ///< with tabs, which do not count
    };

    /// They begin behind the line that names them; the last one is the input.
    void hereDocuments()
    {
        for (const HereDocument &document : m_waiting) {
            QByteArray text;
            while (m_at < m_text.size()) {
                const qsizetype lineBreak = m_text.indexOf('\n', m_at);
                const qsizetype end = lineBreak < 0 ? m_text.size() : lineBreak;
                QByteArrayView line = m_text.sliced(m_at, end - m_at);
                m_at = std::min(end + 1, m_text.size());
                ++m_line;
                while (document.isIndented && line.startsWith('\t')) {
                    line = line.sliced(1);
                }
                if ((line.endsWith('\r') ? line.chopped(1) : line) == document.end) {
                    break;
                }
                text += line.toByteArray() + '\n';
            }
            m_commands.inputOfLast(text);
        }
        m_waiting.clear();
    }

    void escaped()
    {
        if (peek() == '\r' && peek(1) == '\n') {
            ++m_at;
        }
        if (m_at == m_text.size()) {
            return;
        }
        if (const char c = next(); c != '\n') {
            m_commands.add(c);
        }
    }

    void unclosed(char quote) { problem(u"A quote (%1) is not closed."_s.arg(QLatin1Char(quote))); }

    void singleQuoted()
    {
        m_commands.beginWord();
        while (m_at < m_text.size()) {
            const char c = next();
            if (c == '\'') {
                return;
            }
            m_commands.add(c);
        }
        unclosed('\'');
    }

    void doubleQuoted()
    {
        m_commands.beginWord();
        while (m_at < m_text.size()) {
            const char c = next();
            if (c == '"') {
                return;
            }
            if (c == '$' || c == '`') {
                c == '$' ? dollarName() : substitution('`');
            } else if (c == '\\' && peek() == '\n') {
                next();
            } else if (c == '\\' && (peek() == '"' || peek() == '\\' || peek() == '$' || peek() == '`')) {
                m_commands.add(next());
            } else {
                m_commands.add(c);
            }
        }
        unclosed('"');
    }

    void dollar()
    {
        if (peek() == '\'') {
            ++m_at;
            ansiQuoted();
        } else if (peek() == '"') {
            ++m_at;
            doubleQuoted();
        } else {
            dollarName();
        }
    }

    /// A variable's value is not known; its name stands for it.
    void dollarName()
    {
        if (peek() == '(') {
            substitution('(');
            return;
        }
        QByteArray name = "$";
        if (peek() == '{') {
            while (m_at < m_text.size() && peek() != '}' && peek() != '\n') {
                name += next();
            }
            if (peek() == '}') {
                name += next();
            }
        } else {
            while (m_at < m_text.size() && isNameCharacter(peek())) {
                name += next();
            }
        }
        for (const char c : name) {
            m_commands.add(c);
        }
    }

    void substitution(char opened)
    {
        problem(u"It takes a part from another command (%1..%2): put its result there."_s.arg(
            opened == '(' ? u"$("_s : u"`"_s, opened == '(' ? u")"_s : u"`"_s));
        m_commands.add('$');
    }

    void ansiQuoted()
    {
        m_commands.beginWord();
        while (m_at < m_text.size()) {
            const char c = next();
            if (c == '\'') {
                return;
            }
            if (c == '\\' && m_at < m_text.size()) {
                ansiEscape();
            } else {
                m_commands.add(c);
            }
        }
        unclosed('\'');
    }

    void ansiEscape()
    {
        constexpr QByteArrayView letters = "abeEfnrtv";
        constexpr QByteArrayView meanings = "\a\b\x1b\x1b\f\n\r\t\v";
        const char c = next();
        if (const qsizetype known = letters.indexOf(c); known >= 0) {
            m_commands.add(meanings[known]);
        } else if (c == 'x') {
            m_commands.add(static_cast<char>(number(16, 2)));
        } else if (c == 'u') {
            unicode(number(16, 4));
        } else if (c == 'U') {
            unicode(number(16, 8));
        } else if (c >= '0' && c <= '7') {
            --m_at;
            m_commands.add(static_cast<char>(number(8, 3)));
        } else if (c == 'c' && m_at < m_text.size()) {
            m_commands.add(static_cast<char>(static_cast<unsigned char>(next()) & 0x1fU));
        } else if (c == '\\' || c == '\'' || c == '"' || c == '?') {
            m_commands.add(c);
        } else {
            m_commands.add('\\');
            m_commands.add(c);
        }
    }

    std::uint32_t number(std::uint32_t base, int mostDigits)
    {
        std::uint32_t value = 0;
        for (int i = 0; i < mostDigits && m_at < m_text.size(); ++i) {
            const char c = peek();
            const std::uint32_t digit = c >= '0' && c <= '9'   ? static_cast<std::uint32_t>(c - '0')
                                        : c >= 'a' && c <= 'f' ? static_cast<std::uint32_t>(c - 'a') + 10
                                        : c >= 'A' && c <= 'F' ? static_cast<std::uint32_t>(c - 'A') + 10
                                                               : base;
            if (digit >= base) {
                break;
            }
            value = value * base + digit;
            ++m_at;
        }
        return value;
    }

    /// Browsers write UTF-16 units, so two of them may be one character.
    void unicode(std::uint32_t unit)
    {
        const bool isHigh = unit >= 0xd800 && unit < 0xdc00;
        if (isHigh && peek() == '\\' && peek(1) == 'u') {
            const qsizetype before = m_at;
            m_at += 2;
            const std::uint32_t low = number(16, 4);
            if (low >= 0xdc00 && low < 0xe000) {
                unit = 0x10000 + ((unit - 0xd800) << 10U) + (low - 0xdc00);
            } else {
                m_at = before;
            }
        }
        const bool isCharacter = unit <= 0x10ffff && (unit < 0xd800 || unit >= 0xe000);
        m_commands.add(
            QString::fromUcs4(std::array{static_cast<char32_t>(isCharacter ? unit : 0xfffd)}.data(), 1)
                .toUtf8());
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    int m_line = 1;
    Commands m_commands;
    std::vector<HereDocument> m_waiting;
};

} // namespace

std::vector<ShellCommand> posixCommands(QByteArrayView text)
{
    return PosixReader(text).read();
}

} // namespace segment
