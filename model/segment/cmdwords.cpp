// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/shellreaders.h"

using namespace Qt::StringLiterals;

namespace segment {

namespace {

/// Windows' cmd takes the carets, then the program's start-up takes quotes and backslashes.
class CmdReader
{
public:
    explicit CmdReader(QByteArrayView text)
        : m_text(text)
        , m_isCaretEverywhere(text.indexOf("^\"") >= 0)
    {
    }

    std::vector<ShellCommand> read()
    {
        while (m_at < m_text.size()) {
            step();
        }
        if (m_isQuoted) {
            m_commands.command().problem = u"A quote (\") is not closed."_s;
        }
        m_commands.endCommand(m_line);
        return m_commands.take();
    }

private:
    struct Character
    {
        char c = '\0';
        bool isLiteral = false; ///< behind a caret
        bool isThere = false;
    };

    /// The next character behind cmd's carets. Browsers write them inside quotes as well.
    Character next()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            m_line += c == '\n' ? 1 : 0;
            if (c != '^' || (m_isQuoted && !m_isCaretEverywhere && !isAtLineEnd())) {
                return {c, false, true};
            }
            if (skipLineEnd()) {
                // The second line end is the one that is meant.
                if (skipLineEnd()) {
                    return {'\n', true, true};
                }
                continue;
            }
            if (m_at < m_text.size()) {
                return {m_text[m_at++], true, true};
            }
        }
        return {};
    }

    [[nodiscard]] bool isAtLineEnd() const
    {
        const QByteArrayView rest = m_text.sliced(m_at);
        return rest.startsWith('\n') || rest.startsWith("\r\n");
    }

    bool skipLineEnd()
    {
        if (!isAtLineEnd()) {
            return false;
        }
        m_at += m_text[m_at] == '\r' ? 2 : 1;
        ++m_line;
        return true;
    }

    void step()
    {
        const Character character = next();
        if (!character.isThere) {
            return;
        }
        const char c = character.c;
        if (c == '\\') {
            backslashes();
        } else if (c == '"') {
            quote();
        } else if (!m_isQuoted && !character.isLiteral && (c == '\n' || c == '&' || c == '|')) {
            m_commands.endCommand(c == '\n' ? m_line - 1 : m_line);
        } else if (!m_isQuoted && (isBlank(c) || c == '\n')) {
            m_commands.endWord(m_line);
        } else {
            m_commands.add(c);
        }
    }

    /// Before a quote two are one and an odd one makes it a letter; elsewhere browsers double them too, so
    /// that two are one there as well.
    void backslashes()
    {
        qsizetype count = 1;
        qsizetype before = m_at;
        int line = m_line;
        Character character = next();
        while (character.isThere && character.c == '\\') {
            ++count;
            before = m_at;
            line = m_line;
            character = next();
        }
        const bool isBeforeQuote = character.isThere && character.c == '"';
        const bool isLetter = isBeforeQuote && count % 2 == 1;
        for (qsizetype i = 0; i < (isBeforeQuote ? count / 2 : (count + 1) / 2); ++i) {
            m_commands.add('\\');
        }
        if (isLetter) {
            m_commands.add('"');
        } else if (character.isThere) {
            m_at = before;
            m_line = line;
        }
    }

    void quote()
    {
        m_commands.beginWord();
        if (m_isQuoted && m_at < m_text.size() && m_text[m_at] == '"') {
            ++m_at;
            m_commands.add('"'); // Firefox doubles them
            return;
        }
        m_isQuoted = !m_isQuoted;
    }

    QByteArrayView m_text;
    const bool m_isCaretEverywhere;
    qsizetype m_at = 0;
    int m_line = 1;
    bool m_isQuoted = false;
    Commands m_commands;
};

} // namespace

std::vector<ShellCommand> cmdCommands(QByteArrayView text)
{
    return CmdReader(text).read();
}

} // namespace segment
