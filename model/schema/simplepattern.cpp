// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/simplepattern.h"

#include <algorithm>
#include <limits>

namespace schema {

namespace {

constexpr std::uint32_t noLimit = std::numeric_limits<std::uint32_t>::max();
constexpr std::string_view punctuation = "^$\\.*+?()[]{}|/-";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

/// Reads what it is sure to understand as ECMA-262 does, and gives up at anything else.
class SimplePattern::Reader
{
public:
    explicit Reader(std::string_view text)
        : m_text(text)
    {
    }

    [[nodiscard]] bool isAtEnd() const { return m_text.empty(); }

    bool take(std::string_view token)
    {
        if (!m_text.starts_with(token)) {
            return false;
        }
        m_text.remove_prefix(token.size());
        return true;
    }

    /// Up to what is no character, class or count.
    std::optional<Row> row()
    {
        Row row;
        while (!m_text.empty() && m_text.front() != ')' && m_text.front() != '|' && m_text.front() != '$') {
            Step step;
            if (!(take("[") ? characterClass(step.set) : character(step.set)) || !count(step)) {
                return std::nullopt;
            }
            row.push_back(step);
        }
        return row;
    }

private:
    static void addRange(Set &set, char first, char last)
    {
        for (int c = first; c <= last; ++c) {
            set.add(static_cast<unsigned char>(c));
        }
    }

    /// Behind a backslash; the character when it stands for one.
    std::optional<char> escape(Set &set)
    {
        if (m_text.empty()) {
            return std::nullopt;
        }
        const char c = m_text.front();
        m_text.remove_prefix(1);
        if (punctuation.find(c) != std::string_view::npos) {
            set.add(static_cast<unsigned char>(c));
            return c;
        }
        if (c != 'd' && c != 'w') {
            m_isRefused = true;
            return std::nullopt;
        }
        addRange(set, '0', '9');
        if (c == 'w') {
            addRange(set, 'a', 'z');
            addRange(set, 'A', 'Z');
            set.add('_');
        }
        return std::nullopt;
    }

    bool character(Set &set)
    {
        const char c = m_text.front();
        m_text.remove_prefix(1);
        if (c == '\\') {
            return (escape(set).has_value() || set.bits != Set{}.bits) && !m_isRefused;
        }
        const bool isPlain =
            c >= ' ' && c < 127 && std::string_view("^$.*+?()[]{}|").find(c) == std::string_view::npos;
        set.add(static_cast<unsigned char>(isPlain ? c : 0));
        return isPlain;
    }

    bool characterClass(Set &set)
    {
        if (m_text.starts_with('^') || m_text.starts_with(']')) {
            return false;
        }
        std::optional<char> before; // what a range may begin with
        while (!m_text.empty() && m_text.front() != ']') {
            const char c = m_text.front();
            const bool isRange = c == '-' && before && m_text.size() > 1 && m_text[1] != ']';
            if (isRange) {
                const char last = m_text[1];
                if (last == '\\' || last == '[' || last < *before || last < ' ' || last == 127) {
                    return false;
                }
                addRange(set, *before, last);
                m_text.remove_prefix(2);
                before.reset();
                // "a-b-c": leave it to those who know.
                if (m_text.starts_with('-')) {
                    return false;
                }
                continue;
            }
            m_text.remove_prefix(1);
            if (c == '\\') {
                before = escape(set);
                if (m_isRefused || (!before && m_text.starts_with('-') && !m_text.starts_with("-]"))) {
                    return false;
                }
                continue;
            }
            if (c < ' ' || c == 127 || c == '[') {
                return false;
            }
            set.add(static_cast<unsigned char>(c));
            before = c;
        }
        return take("]");
    }

    bool count(Step &step)
    {
        if (take("*")) {
            step.least = 0;
            step.most = noLimit;
        } else if (take("+")) {
            step.most = noLimit;
        } else if (take("?")) {
            step.least = 0;
        } else if (take("{")) {
            const auto least = number();
            if (!least) {
                return false;
            }
            step.least = *least;
            step.most = *least;
            if (take(",")) {
                const auto most = m_text.starts_with('}') ? std::optional(noLimit) : number();
                if (!most || *most < *least) {
                    return false;
                }
                step.most = *most;
            }
            if (!take("}")) {
                return false;
            }
        }
        // Lazy counts, and counts of counts.
        return m_text.empty() || std::string_view("*+?{").find(m_text.front()) == std::string_view::npos;
    }

    std::optional<std::uint32_t> number()
    {
        constexpr std::size_t maxDigits = 6;
        std::uint32_t value = 0;
        std::size_t digits = 0;
        for (; !m_text.empty() && isDigit(m_text.front()); ++digits) {
            value = value * 10 + static_cast<std::uint32_t>(m_text.front() - '0');
            m_text.remove_prefix(1);
            if (digits == maxDigits) {
                return std::nullopt;
            }
        }
        return digits == 0 ? std::nullopt : std::optional(value);
    }

    std::string_view m_text;
    bool m_isRefused = false;
};

std::optional<SimplePattern> SimplePattern::parse(std::string_view pattern)
{
    Reader reader(pattern);
    SimplePattern simple;
    if (!reader.take("^")) {
        return std::nullopt;
    }
    const bool hasAlternatives = reader.take("(?:") || reader.take("(");
    do {
        auto row = reader.row();
        if (!row) {
            return std::nullopt;
        }
        simple.m_rows.push_back(std::move(*row));
    } while (hasAlternatives && reader.take("|"));
    if (hasAlternatives && !reader.take(")")) {
        return std::nullopt;
    }
    simple.m_isToTheEnd = reader.take("$");
    return reader.isAtEnd() && std::ranges::all_of(simple.m_rows, isDecided)
               ? std::optional(std::move(simple))
               : std::nullopt;
}

bool SimplePattern::isDecided(const Row &row)
{
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i].least == row[i].most) {
            continue;
        }
        // It may take all it can only when nothing that could follow wants one of these characters.
        for (std::size_t next = i + 1; next < row.size(); ++next) {
            if (row[i].set.meets(row[next].set)) {
                return false;
            }
            if (row[next].least > 0) {
                break;
            }
        }
    }
    return true;
}

bool SimplePattern::holds(const Row &row, std::string_view text) const
{
    const char *at = text.data();
    const char *const end = at + text.size();
    for (const Step &step : row) {
        const auto room = static_cast<std::size_t>(end - at);
        const char *const stop = room > step.most ? at + step.most : end;
        const char *const first = at;
        while (at < stop && step.set.has(static_cast<unsigned char>(*at))) {
            ++at;
        }
        if (static_cast<std::size_t>(at - first) < step.least) {
            return false;
        }
    }
    return !m_isToTheEnd || at == end;
}

bool SimplePattern::search(std::string_view text) const
{
    return std::ranges::any_of(m_rows, [this, text](const Row &row) { return holds(row, text); });
}

} // namespace schema
