// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/numbers.h"
#include "json/value.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

namespace schema {

// Deeper than this, values are compared as they are written and hashed alike: nothing honest nests so.
inline constexpr unsigned maxEqualityDepth = 200;

/// Equality as JSON Schema has it: 1 is 1.0, the order of members is nothing, true is not 1.
template <typename One, typename Other>
bool isEqual(typename One::Value one, typename Other::Value other, unsigned depth = 0)
{
    const json::Type type = One::type(one);
    if (type != Other::type(other)) {
        return false;
    }
    if (depth > maxEqualityDepth) {
        return One::raw(one) == Other::raw(other);
    }
    switch (type) {
    case json::Type::Null:
        return true;
    case json::Type::Bool:
        return One::isTrue(one) == Other::isTrue(other);
    case json::Type::String:
        return One::text(one) == Other::text(other);
    case json::Type::Number: {
        const auto digits = One::raw(one); // kept while views of them are in use
        const auto otherDigits = Other::raw(other);
        if (digits == otherDigits) {
            return true;
        }
        const auto number = Decimal::parse(digits);
        const auto otherNumber = Decimal::parse(otherDigits);
        return number && otherNumber && *number == *otherNumber;
    }
    case json::Type::Array: {
        if (One::itemCount(one) != Other::itemCount(other)) {
            return false;
        }
        std::vector<typename Other::Value> others;
        others.reserve(Other::itemCount(other));
        Other::eachItem(other, [&others](std::uint32_t, typename Other::Value item) {
            others.push_back(item);
            return true;
        });
        bool isSame = true;
        One::eachItem(one, [&](std::uint32_t index, typename One::Value item) {
            isSame = isEqual<One, Other>(item, others[index], depth + 1);
            return isSame;
        });
        return isSame;
    }
    case json::Type::Object: {
        if (One::memberCount(one) != Other::memberCount(other)) {
            return false;
        }
        bool isSame = true;
        One::eachMember(one, [&](std::string_view key, typename One::Value, typename One::Value member) {
            const auto found = Other::member(other, key);
            isSame = !Other::isMissing(found) && isEqual<One, Other>(member, found, depth + 1);
            return isSame;
        });
        return isSame;
    }
    }
    return false;
}

/// Equal values have equal hashes.
template <typename Values>
std::uint64_t hashOf(typename Values::Value value, unsigned depth = 0)
{
    const json::Type type = Values::type(value);
    const auto seed = (static_cast<std::uint64_t>(type) + 1) * 0x9e3779b97f4a7c15U;
    if (depth > maxEqualityDepth) {
        return seed;
    }
    switch (type) {
    case json::Type::Null:
        return seed;
    case json::Type::Bool:
        return seed + (Values::isTrue(value) ? 1U : 0U);
    case json::Type::String:
        return seed ^ std::hash<std::string_view>{}(Values::text(value));
    case json::Type::Number: {
        const auto digits = Values::raw(value);
        const auto number = Decimal::parse(digits);
        return seed ^ (number ? number->hash() : 0U);
    }
    case json::Type::Array: {
        std::uint64_t hash = seed;
        Values::eachItem(value, [&](std::uint32_t, typename Values::Value item) {
            hash = (hash ^ hashOf<Values>(item, depth + 1)) * 0xff51afd7ed558ccdU;
            return true;
        });
        return hash;
    }
    case json::Type::Object: {
        std::uint64_t hash = seed;
        Values::eachMember(value, [&](std::string_view key, typename Values::Value,
                                      typename Values::Value member) {
            const std::uint64_t keyHash = std::hash<std::string_view>{}(key);
            hash += (keyHash ^ (hashOf<Values>(member, depth + 1) * 0xff51afd7ed558ccdU)) * 0x100000001b3U;
            return true;
        });
        return hash;
    }
    }
    return seed;
}

/// First pair of equal items by position; nothing when all differ. Pairwise for a few, by hash above 16.
template <typename Values>
std::optional<std::pair<std::uint32_t, std::uint32_t>> repeatedItems(typename Values::Value array)
{
    constexpr std::uint32_t pairwiseLimit = 16;
    using Value = typename Values::Value;
    const std::uint32_t count = Values::itemCount(array);
    if (count <= pairwiseLimit) {
        std::array<Value, pairwiseLimit> items;
        std::optional<std::pair<std::uint32_t, std::uint32_t>> repeated;
        Values::eachItem(array, [&](std::uint32_t index, Value item) {
            for (std::uint32_t i = 0; i < index && !repeated; ++i) {
                if (isEqual<Values, Values>(items[i], item)) {
                    repeated = {i, index};
                }
            }
            items[index] = item;
            return !repeated;
        });
        return repeated;
    }
    struct Hashed
    {
        std::uint64_t hash;
        std::uint32_t index;
        Value value;
    };
    std::vector<Hashed> items;
    items.reserve(count);
    Values::eachItem(array, [&items](std::uint32_t index, Value item) {
        items.push_back({hashOf<Values>(item), index, item});
        return true;
    });
    std::ranges::sort(items, [](const Hashed &a, const Hashed &b) {
        return a.hash != b.hash ? a.hash < b.hash : a.index < b.index;
    });
    for (std::size_t i = 0; i < items.size(); ++i) {
        for (std::size_t j = i + 1; j < items.size() && items[j].hash == items[i].hash; ++j) {
            if (isEqual<Values, Values>(items[i].value, items[j].value)) {
                return std::pair(items[i].index, items[j].index);
            }
        }
    }
    return std::nullopt;
}

} // namespace schema
