// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/format.h"
#include "schema/numbers.h"
#include "schema/pattern.h"
#include "schema/propertytable.h"
#include "schema/schema.h"

#include <deque>
#include <limits>

namespace schema {

/// Bits of the types a node allows. A number is an Integer or a Fraction.
enum TypeBit : std::uint8_t {
    NullBit = 1U << 0U,
    BoolBit = 1U << 1U,
    IntegerBit = 1U << 2U,
    FractionBit = 1U << 3U,
    StringBit = 1U << 4U,
    ArrayBit = 1U << 5U,
    ObjectBit = 1U << 6U,
};
inline constexpr std::uint8_t numberBits = IntegerBit | FractionBit;
inline constexpr std::uint8_t allBits = 0x7f;
inline constexpr std::uint64_t noLimit = std::numeric_limits<std::uint64_t>::max();

struct Node;

struct NumberRules
{
    std::optional<Limit> minimum;
    std::optional<Limit> maximum;
    std::optional<Limit> exclusiveMinimum;
    std::optional<Limit> exclusiveMaximum;
    std::optional<Limit> multipleOf;
};

struct StringRules
{
    std::uint64_t minLength = 0;
    std::uint64_t maxLength = noLimit;
    std::shared_ptr<const Pattern> pattern;
    std::optional<Format> format;
};

struct ArrayRules
{
    std::uint64_t minItems = 0;
    std::uint64_t maxItems = noLimit;
    bool hasUniqueItems = false;
    std::vector<const Node *> tuple; ///< `items` as a list
    const Node *items = nullptr;     ///< of the rest: `items` as one schema, or `additionalItems`
    bool isClosed = false;           ///< nothing may follow the tuple
    const Node *contains = nullptr;
};

struct Dependency
{
    std::string property;
    std::vector<std::string> needed;
    const Node *node = nullptr;
};

struct ObjectRules
{
    std::uint64_t minProperties = 0;
    std::uint64_t maxProperties = noLimit;
    PropertyTable table;                    ///< of `properties` and `required`
    std::vector<std::string_view> required; ///< by bit of the table; those past 64 are looked up
    std::uint64_t requiredMask = 0;
    std::vector<std::string_view> planned; ///< names in `properties`
    std::vector<std::pair<std::shared_ptr<const Pattern>, const Node *>> patterns;
    const Node *additional = nullptr;
    bool isClosed = false; ///< additionalProperties: false
    const Node *names = nullptr;
    std::vector<Dependency> dependencies;
};

struct ValueRules
{
    std::vector<json::Value> allowed; ///< `enum`, in the schema's order
    bool hasEnum = false;
    json::Value constant; ///< missing: no `const`
};

struct LogicRules
{
    std::vector<const Node *> allOf;
    std::vector<const Node *> anyOf;
    std::vector<const Node *> oneOf;
    const Node *negated = nullptr;
    const Node *condition = nullptr;
    const Node *whenTrue = nullptr;
    const Node *whenFalse = nullptr;
};

/// One compiled schema. What it does not say is null, so that a leaf costs a few comparisons.
struct Node
{
    std::uint8_t types = allBits;
    bool isNever = false; ///< the schema `false`
    std::unique_ptr<NumberRules> number;
    std::unique_ptr<StringRules> string;
    std::unique_ptr<ArrayRules> array;
    std::unique_ptr<ObjectRules> object;
    std::unique_ptr<ValueRules> value;
    std::unique_ptr<LogicRules> logic;
    std::string_view title; ///< names the branch of an anyOf or oneOf in findings
};

/// A compiled schema and what its views point into.
struct Schema::Impl
{
    std::deque<Node> nodes; ///< never moved: nodes point to each other
    const Node *root = nullptr;
    std::vector<std::shared_ptr<const json::Document>> documents;
    std::vector<SchemaProblem> problems;
};

} // namespace schema
