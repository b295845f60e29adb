// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/casing.h"
#include "check/lexicon.h"
#include "check/planlintparts.h"
#include "schema/nearest.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <set>

namespace check {

namespace {

// A key that more names share is no sign of likeness ("Step 1 Viewed", "Step 2 Viewed", ...).
constexpr std::ptrdiff_t maxSharing = 40;
constexpr std::size_t shortestTypo = 5; ///< shorter words are one letter from many others

/// Words that are one letter apart and both meant.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> twins{
    {{"country", "county"}, {"desert", "dessert"}, {"through", "thorough"}}};

struct Name
{
    std::string text;
    std::vector<std::string> words; ///< lower case
    std::vector<std::string> sorted;
    std::vector<std::string> forms; ///< words in one form, sorted
    std::string squeezed;
};

/// Complete and completed, order and orders have one form.
std::string formOf(const std::string &word)
{
    std::string base = word;
    if (base.size() > 3 && base.ends_with('s') && !base.ends_with("ss")) {
        base.pop_back();
    }
    return lexicon::baseVerb(base) != lexicon::Verb::No ? lexicon::pastOf(base) : base;
}

Name read(const QString &text)
{
    Name name;
    name.text = text.toStdString();
    for (const QString &word : wordsOf(text)) {
        name.words.push_back(word.toLower().toStdString());
        name.squeezed += name.words.back();
        name.forms.push_back(formOf(name.words.back()));
    }
    name.sorted = name.words;
    std::ranges::sort(name.sorted);
    std::ranges::sort(name.forms);
    return name;
}

bool isLetters(const std::string &word)
{
    return std::ranges::all_of(
        word, [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; });
}

/// One letter too many, or two neighbours swapped; never the first, which hands rarely miss.
bool isMistyped(const std::string &one, const std::string &other)
{
    const auto &[shorter, longer] = one.size() <= other.size() ? std::tie(one, other) : std::tie(other, one);
    if (shorter.size() < shortestTypo || shorter[0] != longer[0] || !isLetters(one) || !isLetters(other)) {
        return false;
    }
    const auto isPair = [&](const auto &twin) {
        return (one == twin.first && other == twin.second) || (one == twin.second && other == twin.first);
    };
    if (std::ranges::any_of(twins, isPair)) {
        return false;
    }
    const auto differs =
        static_cast<std::size_t>(std::ranges::mismatch(shorter, longer).in1 - shorter.begin());
    if (longer.size() == shorter.size() + 1) {
        return std::string_view(shorter).substr(differs) == std::string_view(longer).substr(differs + 1);
    }
    return longer.size() == shorter.size() && differs + 1 < shorter.size() &&
           shorter[differs] == longer[differs + 1] && shorter[differs + 1] == longer[differs] &&
           std::string_view(shorter).substr(differs + 2) == std::string_view(longer).substr(differs + 2);
}

bool isTypo(const Name &one, const Name &other, NameKind kind)
{
    if (one.words.size() != other.words.size()) {
        return false;
    }
    const auto [first, second] = std::ranges::mismatch(one.words, other.words);
    if (first == one.words.end() || !std::equal(first + 1, one.words.end(), second + 1)) {
        return false;
    }
    // A list beside one of its kind is no typing error: productId, productIds.
    const bool isForm = kind == NameKind::Property && formOf(*first) == formOf(*second);
    return !isForm && isMistyped(*first, *second) && schema::nameDistance(one.text, other.text) == 1U;
}

Likeness likenessOf(const Name &one, const Name &other, NameKind kind)
{
    if (one.squeezed == other.squeezed) {
        return Likeness::Writing;
    }
    if (one.sorted == other.sorted) {
        return Likeness::Order;
    }
    if (kind == NameKind::Event && one.forms == other.forms) {
        return Likeness::Form;
    }
    return isTypo(one, other, kind) ? Likeness::Typo : Likeness::None;
}

std::string joined(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words) {
        text += word + ' ';
    }
    return text;
}

/// Names that are alike share the hash of one of these.
void addKeys(const Name &name, std::size_t index, std::vector<std::pair<std::size_t, std::size_t>> &keys)
{
    constexpr std::hash<std::string_view> hash;
    std::vector<std::size_t> hashes{hash(name.squeezed), hash(joined(name.sorted)),
                                    hash('/' + joined(name.forms))};
    std::string shorter;
    for (std::size_t i = 1; i < name.squeezed.size(); ++i) {
        shorter = name.squeezed;
        hashes.push_back(hash(shorter.erase(i, 1)));
    }
    std::ranges::sort(hashes);
    const auto repeated = std::ranges::unique(hashes);
    hashes.erase(repeated.begin(), repeated.end());
    std::ranges::transform(hashes, std::back_inserter(keys),
                           [index](std::size_t key) { return std::pair(key, index); });
}

} // namespace

std::vector<LikeNames> likeNames(const QStringList &names, NameKind kind)
{
    std::vector<Name> known;
    std::vector<std::pair<std::size_t, std::size_t>> keys; ///< and whose they are
    for (std::size_t i = 0; i < static_cast<std::size_t>(names.size()); ++i) {
        known.push_back(read(names[static_cast<qsizetype>(i)]));
        if (!known.back().squeezed.empty()) {
            addKeys(known.back(), i, keys);
        }
    }
    std::ranges::sort(keys);
    std::set<std::pair<std::size_t, std::size_t>> pairs; ///< second, first
    for (auto begin = keys.begin(); begin != keys.end();) {
        const auto end =
            std::find_if(begin, keys.end(), [begin](const auto &key) { return key.first != begin->first; });
        if (end - begin <= maxSharing) {
            for (auto one = begin; one != end; ++one) {
                std::for_each(one + 1, end,
                              [&](const auto &other) { pairs.emplace(other.second, one->second); });
            }
        }
        begin = end;
    }
    std::vector<LikeNames> alike;
    for (const auto &[second, first] : pairs) {
        if (const Likeness likeness = likenessOf(known[first], known[second], kind);
            likeness != Likeness::None) {
            alike.push_back({first, second, likeness});
        }
    }
    return alike;
}

} // namespace check
