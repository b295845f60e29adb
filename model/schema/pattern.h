// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace schema {

enum class Match : std::uint8_t {
    Yes,
    No,
    Limit, ///< it ran away: no verdict, and never a pass
};

/// A pattern in the cheapest engine that holds it: one pass over the bytes; RE2, whose time is linear; else
/// PCRE2 within limits. Searches, as JSON Schema's `pattern` does: not anchored. Immutable; any thread.
class Pattern
{
public:
    virtual ~Pattern() = default;
    Pattern(const Pattern &) = delete;
    Pattern &operator=(const Pattern &) = delete;

    [[nodiscard]] virtual Match search(std::string_view text) const = 0;
    [[nodiscard]] const std::string &text() const { return m_text; }
    /// Not ECMA-262 but Go's syntax, which Segment's own plans are checked with: `(?i)`, `\A`, `[[:alpha:]]`.
    [[nodiscard]] bool isGoSyntax() const { return m_isGoSyntax; }

    /// Steps PCRE2 may take for one text: 1 ms where an innocent pattern takes none.
    static constexpr unsigned stepLimit = 200'000;
    static constexpr unsigned depthLimit = 50'000;
    static constexpr unsigned heapLimitKib = 16'384;

    /// The error says why no engine takes it.
    [[nodiscard]] static base::Result<std::shared_ptr<const Pattern>> compile(const std::string &text);

protected:
    explicit Pattern(std::string text)
        : m_text(std::move(text))
    {
    }

private:
    std::string m_text;
    bool m_isGoSyntax = false;
};

/// Patterns by their text: the rules of a plan repeat them, and each holds an automaton. Any thread.
class PatternCache
{
public:
    [[nodiscard]] base::Result<std::shared_ptr<const Pattern>> get(const std::string &text);

private:
    std::mutex m_mutex;
    std::unordered_map<std::string, std::shared_ptr<const Pattern>> m_patterns;
};

} // namespace schema
