// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/planlintparts.h"
#include "schema/ecmaregex.h"
#include "schema/pattern.h"

#include <algorithm>

namespace check {

namespace {

constexpr std::size_t maxUnits = 16;

void addUnit(std::vector<std::string> &units, const std::string &unit)
{
    if (!unit.empty() && units.size() < maxUnits && std::ranges::find(units, unit) == units.end()) {
        units.push_back(unit);
    }
}

/// What texts of a pattern are made of: a character for each of its atoms, and the sequences in its groups.
class Atoms
{
public:
    explicit Atoms(const std::string &pattern)
        : m_pattern(pattern)
    {
        std::vector<std::string> open{std::string()};
        while (m_at < m_pattern.size()) {
            const char c = m_pattern[m_at];
            if (c == '(') {
                m_prefix = m_hasGroup ? m_prefix : open.back();
                m_hasGroup = true;
                skipGroupStart();
                open.emplace_back();
            } else if (c == ')') {
                ++m_at;
                const std::string inside = open.back();
                addUnit(m_sequences, inside);
                if (open.size() > 1) {
                    open.pop_back();
                }
                open.back() += inside;
            } else if (c == '{') {
                const std::size_t end = m_pattern.find('}', m_at);
                m_at = end == std::string::npos ? m_at + 1 : end + 1;
            } else if (std::string_view("*+?^$|}").find(c) != std::string_view::npos) {
                ++m_at;
            } else {
                const std::string atom = next();
                open.back() += atom;
                m_whole += atom;
                addUnit(m_characters, atom);
            }
        }
    }

    [[nodiscard]] std::vector<std::string> units() const
    {
        std::vector<std::string> all = m_characters;
        all.insert(all.end(), m_sequences.begin(), m_sequences.end());
        return all;
    }
    /// All of it once: matchers refuse at sight what lacks a character that every match has.
    [[nodiscard]] const std::string &whole() const { return m_whole; }
    /// What stands before the first group, which a text has to have to reach it.
    [[nodiscard]] const std::string &prefix() const { return m_prefix; }

private:
    /// "(?:", "(?=", "(?<!", "(?<name>".
    void skipGroupStart()
    {
        ++m_at;
        if (m_at >= m_pattern.size() || m_pattern[m_at] != '?') {
            return;
        }
        ++m_at;
        const bool isNamed = m_pattern.compare(m_at, 1, "<") == 0 && m_pattern.compare(m_at, 2, "<=") != 0 &&
                             m_pattern.compare(m_at, 2, "<!") != 0;
        const std::size_t end = isNamed ? m_pattern.find('>', m_at) : m_pattern.find_first_of(":=!", m_at);
        m_at = end == std::string::npos ? m_pattern.size() : end + 1;
    }

    std::string escape()
    {
        const char c = m_at + 1 < m_pattern.size() ? m_pattern[m_at + 1] : '\\';
        m_at += 2;
        switch (c) {
        case 'd':
            return "1";
        case 'w':
        case 'D':
        case 'S':
            return "a";
        case 's':
            return " ";
        case 'W':
            return "-";
        case 'b':
        case 'B':
            return {};
        default:
            return c >= '1' && c <= '9' ? std::string() : std::string(1, c);
        }
    }

    /// The first thing that a class has; of an excluding one a letter.
    std::string characterClass()
    {
        ++m_at;
        const bool isNegated = m_at < m_pattern.size() && m_pattern[m_at] == '^';
        m_at += isNegated ? 1 : 0;
        std::string first;
        bool isFirst = true;
        while (m_at < m_pattern.size() && m_pattern[m_at] != ']') {
            const std::string member = m_pattern[m_at] == '\\' ? escape() : std::string(1, m_pattern[m_at++]);
            first = isFirst ? member : first;
            isFirst = false;
        }
        ++m_at;
        return isNegated ? "a" : first;
    }

    std::string next()
    {
        const char c = m_pattern[m_at];
        if (c == '\\') {
            return escape();
        }
        if (c == '[') {
            return characterClass();
        }
        ++m_at;
        return c == '.' ? "a" : std::string(1, c);
    }

    const std::string &m_pattern;
    std::size_t m_at = 0;
    bool m_hasGroup = false;
    std::string m_prefix, m_whole;
    std::vector<std::string> m_characters, m_sequences;
};

/// An automaton's time is linear; only what is matched by trying can run away.
bool isTried(const std::string &pattern)
{
    const auto translated = schema::translateEcmaPattern(pattern);
    if (!translated) {
        return false;
    }
    // Thousands of repeats are too large for an automaton.
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t at = pattern.find('{'); at != std::string::npos; at = pattern.find('{', at + 1)) {
        const std::size_t end = std::min(pattern.find('}', at), pattern.size());
        const auto digits = std::count_if(pattern.begin() + static_cast<std::ptrdiff_t>(at),
                                          pattern.begin() + static_cast<std::ptrdiff_t>(end), isDigit);
        if (digits > 3) {
            return true;
        }
    }
    return translated->needsBacktracking;
}

} // namespace

bool runsAway(const std::string &pattern)
{
    if (!isTried(pattern)) {
        return false;
    }
    const auto compiled = schema::Pattern::compile(pattern);
    if (!compiled) {
        return false;
    }
    // Short texts show exponential growth, long ones quadratic.
    constexpr std::size_t lengths[] = {40, 3'000};
    const Atoms atoms(pattern);
    const std::string ends[] = {"!", "\x01", "", "!" + atoms.whole()};
    for (const std::size_t length : lengths) {
        for (const std::string &unit : atoms.units()) {
            std::string repeated;
            while (repeated.size() < length) {
                repeated += unit;
            }
            for (const std::string &prefix : {std::string(), atoms.prefix()}) {
                for (const std::string &end : ends) {
                    if ((*compiled)->search(prefix + repeated + end) == schema::Match::Limit) {
                        return true;
                    }
                }
            }
        }
    }
    return false;
}

} // namespace check
