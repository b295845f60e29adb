// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/nearest.h"

#include <algorithm>
#include <array>

namespace schema {

namespace {

// Longer names are cut: nobody mistypes the hundredth letter, and hostile ones cost quadratic time.
constexpr std::size_t maxLength = 96;

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

char lower(char c)
{
    return isUpper(c) ? static_cast<char>(c + 32) : c;
}

bool isSeparator(char c)
{
    return c == '_' || c == '-' || c == ' ' || c == '.';
}

std::string squeezed(std::string_view name)
{
    std::string text;
    for (const char c : name.substr(0, maxLength)) {
        if (!isSeparator(c)) {
            text += lower(c);
        }
    }
    return text;
}

/// Words of a camelCase, snake_case or spaced name, lower case, sorted.
std::vector<std::string> sortedWords(std::string_view name)
{
    std::vector<std::string> words;
    bool isNew = true;
    char previous = '\0';
    for (const char c : name.substr(0, maxLength)) {
        if (isSeparator(c)) {
            isNew = true;
            continue;
        }
        if (isNew || (isUpper(c) && !isUpper(previous))) {
            words.emplace_back();
            isNew = false;
        }
        words.back() += lower(c);
        previous = c;
    }
    std::ranges::sort(words);
    return words;
}

/// Edits between two texts (optimal string alignment); `limit + 1` stands for everything above the limit.
unsigned editDistance(std::string_view a, std::string_view b, unsigned limit)
{
    using Row = std::array<unsigned, maxLength + 1>;
    Row beforeLast{};
    Row last{};
    Row row{};
    for (std::size_t j = 0; j <= b.size(); ++j) {
        last[j] = static_cast<unsigned>(j);
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = static_cast<unsigned>(i);
        unsigned best = row[0];
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const unsigned replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
            }
            best = std::min(best, row[j]);
        }
        if (best > limit) {
            return limit + 1;
        }
        beforeLast = last;
        last = row;
    }
    return last[b.size()];
}

/// Edits a name of this length may be away and still be meant: "id" is not "ip", "total" may be "totals".
unsigned tolerance(std::size_t length)
{
    return length < 4 ? 0 : length < 6 ? 1 : length < 10 ? 2 : length < 16 ? 3 : 4;
}

} // namespace

NameIndex::Entry::Entry(std::string text)
    : name(std::move(text))
    , squeezed(schema::squeezed(name))
    , words(sortedWords(name))
{
}

std::optional<unsigned> NameIndex::distance(const Entry &one, const Entry &other)
{
    const std::string &a = one.squeezed;
    const std::string &b = other.squeezed;
    if (a == b) {
        return a.empty() ? std::nullopt : std::optional(0U);
    }
    if (a.size() == b.size() && one.words == other.words) {
        return 1;
    }
    const unsigned limit = tolerance(std::min(a.size(), b.size()));
    const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (difference > limit) {
        return std::nullopt;
    }
    const unsigned edits = editDistance(a, b, limit);
    return edits <= limit ? std::optional(edits) : std::nullopt;
}

NameIndex::NameIndex(std::vector<std::string> names)
{
    m_entries.reserve(names.size());
    for (std::string &name : names) {
        m_entries.emplace_back(std::move(name));
    }
}

std::optional<std::string> NameIndex::nearest(std::string_view name) const
{
    const Entry searched{std::string(name)};
    const Entry *nearest = nullptr;
    unsigned least = 0;
    for (const Entry &entry : m_entries) {
        if (entry.name == name) {
            continue;
        }
        const auto edits = distance(searched, entry);
        if (edits && (nearest == nullptr || *edits < least)) {
            nearest = &entry;
            least = *edits;
        }
    }
    return nearest != nullptr ? std::optional(nearest->name) : std::nullopt;
}

std::optional<unsigned> nameDistance(std::string_view one, std::string_view other)
{
    return NameIndex::distance(NameIndex::Entry{std::string(one)}, NameIndex::Entry{std::string(other)});
}

std::optional<std::size_t> nearestName(std::string_view name, const std::vector<std::string_view> &candidates)
{
    std::optional<std::size_t> nearest;
    unsigned least = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (candidates[i] == name) {
            continue;
        }
        const auto distance = nameDistance(name, candidates[i]);
        if (distance && (!nearest || *distance < least)) {
            nearest = i;
            least = *distance;
        }
    }
    return nearest;
}

} // namespace schema
