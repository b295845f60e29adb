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
#include <map>

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
    std::vector<const Node *> tuple; ///< `prefixItems`, or `items` as a list
    const Node *items = nullptr;     ///< of the rest: `items` as one schema, or `additionalItems`
    bool isClosed = false;           ///< nothing may follow the tuple
    std::string_view restKeyword;    ///< what `items` and `isClosed` were read from
    const Node *contains = nullptr;
    std::uint64_t minContains = 1;
    std::uint64_t maxContains = noLimit;
    bool doesContainsEvaluate = false; ///< since draft 2020-12 what it finds counts as evaluated
    const Node *unevaluated = nullptr;
};

/// `dependencies`, `dependentRequired` and `dependentSchemas`.
struct Dependency
{
    std::string property;
    std::string_view keyword;
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
    const Node *unevaluated = nullptr;
    bool isClosedToUnevaluated = false; ///< unevaluatedProperties: false
};

struct ValueRules
{
    /// Longer lists are searched by hash.
    static constexpr std::size_t maxSearched = 16;

    std::vector<json::Value> allowed;                            ///< `enum`, in the schema's order
    std::vector<std::pair<std::uint64_t, std::uint32_t>> byHash; ///< sorted; empty for short lists
    bool hasEnum = false;
    json::Value constant; ///< missing: no `const`
};

/// Where a `$dynamicRef` or `$recursiveRef` may lead: the outermost resource on the way here that has the
/// anchor.
struct DynamicTargets
{
    std::vector<std::pair<std::uint32_t, const Node *>> byResource;
};

struct LogicRules
{
    const Node *reference = nullptr;        ///< `$ref` beside other keywords, or into another resource
    const Node *dynamicReference = nullptr; ///< what it leads to where no resource has the anchor
    const DynamicTargets *dynamicTargets = nullptr;
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
    bool isNever = false;        ///< the schema `false`
    bool isElsewhere = false;    ///< of another document than the rule's schema
    bool isPlainInteger = false; ///< draft-04: 1.0 is no integer
    bool hasUnevaluated = false;
    bool isLeaf = false;        ///< asks nothing of members or items, and has no other schemas
    std::uint32_t place = 0;    ///< into Impl::origins
    std::uint32_t resource = 0; ///< which identified schema it stands in
    std::unique_ptr<NumberRules> number;
    std::unique_ptr<StringRules> string;
    std::unique_ptr<ArrayRules> array;
    std::unique_ptr<ObjectRules> object;
    std::unique_ptr<ValueRules> value;
    std::unique_ptr<LogicRules> logic;
    std::string_view title; ///< names the branch of an anyOf or oneOf in findings
};

/// Where a schema stands, by its parent: pointers are made for findings only.
struct Origin
{
    std::uint32_t parent;
    std::string step;
};

/// A compiled schema and what its views point into.
struct Schema::Impl
{
    /// Of a node of the rule's own schema, from its root.
    [[nodiscard]] json::Pointer pointer(const Node &node) const;

    std::deque<Node> nodes; ///< never moved: nodes point to each other
    const Node *root = nullptr;
    /// It has keywords that ask what others evaluated, or the way a schema was reached.
    bool isTracked = false;
    std::map<std::string, DynamicTargets, std::less<>> dynamicTargets; ///< by anchor
    std::vector<Origin> origins;
    std::vector<std::shared_ptr<const json::Document>> documents;
    std::vector<SchemaProblem> problems;
};

} // namespace schema
