// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/shellwords.h"

#include <utility>

namespace segment {

[[nodiscard]] inline bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/// Commands as they grow, word by word.
class Commands
{
public:
    void add(char c)
    {
        m_word += c;
        m_isWord = true;
    }
    void add(const QByteArray &text)
    {
        m_word += text;
        m_isWord = true;
    }
    /// A quote begins a word, be it empty.
    void beginWord() { m_isWord = true; }
    [[nodiscard]] bool isInWord() const { return m_isWord; }
    [[nodiscard]] const QByteArray &word() const { return m_word; }
    QByteArray takeWord()
    {
        m_isWord = false;
        return std::exchange(m_word, {});
    }

    void endWord(int line)
    {
        if (!m_isWord) {
            return;
        }
        if (m_command.words.isEmpty()) {
            m_command.line = line;
        }
        m_command.words.append(takeWord());
    }
    void endCommand(int line)
    {
        endWord(line);
        if (!m_command.words.isEmpty() || !m_command.problem.isEmpty()) {
            m_all.push_back(std::move(m_command));
        }
        m_command = {};
    }
    [[nodiscard]] ShellCommand &command() { return m_command; }
    void inputOfLast(const QByteArray &text)
    {
        if (!m_all.empty()) {
            m_all.back().input = text;
        }
    }
    [[nodiscard]] std::vector<ShellCommand> take() { return std::move(m_all); }

private:
    std::vector<ShellCommand> m_all;
    ShellCommand m_command;
    QByteArray m_word;
    bool m_isWord = false;
};

/// What POSIX shells and bash understand (POSIX 2.2 "Quoting", bash "ANSI-C Quoting").
[[nodiscard]] std::vector<ShellCommand> posixCommands(QByteArrayView text);

/// What Windows' cmd and a program's start-up make of a line, as browsers write it.
[[nodiscard]] std::vector<ShellCommand> cmdCommands(QByteArrayView text);

} // namespace segment
