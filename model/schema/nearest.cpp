// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/nearest.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

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

/// A name's letters in lower case, without separators. On the stack: an event with unplanned properties has
/// each of them compared with each planned one.
class Squeezed
{
public:
    explicit Squeezed(std::string_view name)
    {
        for (const char c : name.substr(0, maxLength)) {
            if (!isSeparator(c)) {
                m_letters[m_size++] = lower(c);
            }
        }
    }
    [[nodiscard]] std::string_view text() const { return {m_letters.data(), m_size}; }

private:
    std::array<char, maxLength> m_letters{};
    std::size_t m_size = 0;
};

/// Words of a camelCase, snake_case or spaced name, lower case.
std::vector<std::string> wordsOf(std::string_view name)
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
    return words;
}

/// Edits between two texts (optimal string alignment); `limit + 1` stands for everything above the limit.
unsigned editDistance(std::string_view a, std::string_view b, unsigned limit)
{
    using Row = std::array<unsigned, maxLength + 1>;
    Row first{};
    Row second{};
    Row third{};
    unsigned *beforeLast = first.data();
    unsigned *last = second.data();
    unsigned *row = third.data();
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
        std::swap(beforeLast, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

/// Edits a name of this length may be away and still be meant: "id" is not "ip", "total" may be "totals".
unsigned tolerance(std::size_t length)
{
    return length < 4 ? 0 : length < 6 ? 1 : length < 10 ? 2 : length < 16 ? 3 : 4;
}

/// "Sign In" is not meant by "Sign Up", nor "Step 1" by "Step 2", though few letters differ: a short word is
/// another word, unless its letters are swapped or it is a plural.
bool differInShortWord(const std::vector<std::string> &one, const std::vector<std::string> &other)
{
    constexpr std::size_t shortWord = 3;
    if (one.size() != other.size() || one.size() < 2) {
        return false;
    }
    for (std::size_t i = 0; i < one.size(); ++i) {
        const std::string &a = one[i];
        const std::string &b = other[i];
        const bool isShort = std::min(a.size(), b.size()) < shortWord;
        if (a == b || !isShort || a.starts_with(b) || b.starts_with(a)) {
            continue;
        }
        if (!std::ranges::is_permutation(a, b)) {
            return true;
        }
    }
    return false;
}

/// Of squeezed names. Whether their words are the same is asked only where it matters: it costs more.
template <typename Words>
std::optional<unsigned> distanceBetween(std::string_view a, std::string_view b, Words words)
{
    if (a == b) {
        return a.empty() ? std::nullopt : std::optional(0U);
    }
    if (a.size() == b.size()) {
        const auto [one, other] = words();
        if (std::ranges::is_permutation(one, other)) {
            return 1;
        }
    }
    const unsigned limit = tolerance(std::min(a.size(), b.size()));
    const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (difference > limit) {
        return std::nullopt;
    }
    const unsigned edits = editDistance(a, b, limit);
    if (edits > limit) {
        return std::nullopt;
    }
    const auto [one, other] = words();
    return differInShortWord(one, other) ? std::nullopt : std::optional(edits);
}

std::optional<unsigned> distanceBetween(const Squeezed &one, std::string_view oneName,
                                        std::string_view otherName)
{
    return distanceBetween(one.text(), Squeezed(otherName).text(),
                           [&] { return std::pair(wordsOf(oneName), wordsOf(otherName)); });
}

} // namespace

NameIndex::Entry::Entry(std::string text)
    : name(std::move(text))
    , squeezed(Squeezed(name).text())
    , words(wordsOf(name))
{
}

std::optional<unsigned> NameIndex::distance(const Entry &one, const Entry &other)
{
    return distanceBetween(one.squeezed, other.squeezed, [&] { return std::tie(one.words, other.words); });
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
    return distanceBetween(Squeezed(one), one, other);
}

std::optional<std::size_t> nearestName(std::string_view name, const std::vector<std::string_view> &candidates)
{
    const Squeezed searched(name);
    std::optional<std::size_t> nearest;
    unsigned least = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (candidates[i] == name) {
            continue;
        }
        const auto distance = distanceBetween(searched, name, candidates[i]);
        if (distance && (!nearest || *distance < least)) {
            nearest = i;
            least = *distance;
        }
    }
    return nearest;
}

} // namespace schema
