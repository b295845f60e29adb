// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace schema {

/// Editions of JSON Schema, oldest first.
enum class Draft : std::uint8_t { Draft4, Draft6, Draft7, Draft2019, Draft2020 };

/// "draft-07", "2019-09": as people write them.
[[nodiscard]] std::string_view word(Draft draft);
/// Of the URI in `$schema`, with or without its empty fragment; nothing for what json-schema.org did not
/// publish.
[[nodiscard]] std::optional<Draft> draftFromUri(std::string_view uri);

/// Groups of keywords that a metaschema may leave out (`$vocabulary`, since draft 2019-09), as bits.
enum Vocabulary : std::uint8_t {
    CoreVocabulary = 1U << 0U,
    ApplicatorVocabulary = 1U << 1U,
    UnevaluatedVocabulary = 1U << 2U,
    ValidationVocabulary = 1U << 3U,
    FormatVocabulary = 1U << 4U,
    FormatAssertionVocabulary = 1U << 5U, ///< `format` is asserted, whatever the options say
    OtherVocabulary = 1U << 6U,           ///< known, and nothing in it decides over validity
};

struct Dialect
{
    Draft draft = Draft::Draft7;
    std::uint8_t vocabularies = CoreVocabulary | ApplicatorVocabulary | UnevaluatedVocabulary |
                                ValidationVocabulary | FormatVocabulary | OtherVocabulary;

    [[nodiscard]] bool has(Vocabulary vocabulary) const { return (vocabularies & vocabulary) != 0; }
    /// Up to draft-07 a `$ref` hides what stands beside it.
    [[nodiscard]] bool doesReferenceHideSiblings() const { return draft <= Draft::Draft7; }
    [[nodiscard]] std::string_view idKeyword() const { return draft == Draft::Draft4 ? "id" : "$id"; }
};

/// The bits of a vocabulary's URI; 0 for an unknown one.
[[nodiscard]] std::uint8_t vocabularyFromUri(std::string_view uri);

enum class Keyword : std::uint8_t {
    AdditionalItems,
    AdditionalProperties,
    AllOf,
    AnyOf,
    Const,
    Contains,
    ContentSchema,
    Definitions, ///< and `$defs`
    Dependencies,
    DependentRequired,
    DependentSchemas,
    DynamicRef,
    Else,
    Enum,
    ExclusiveMaximum,
    ExclusiveMinimum,
    Format,
    If,
    Items,
    MaxContains,
    MaxItems,
    MaxLength,
    MaxProperties,
    Maximum,
    MinContains,
    MinItems,
    MinLength,
    MinProperties,
    Minimum,
    MultipleOf,
    Not,
    OneOf,
    Pattern,
    PatternProperties,
    PrefixItems,
    Properties,
    PropertyNames,
    RecursiveRef,
    Ref,
    Required,
    Then,
    Title,
    Type,
    UnevaluatedItems,
    UnevaluatedProperties,
    UniqueItems,
};

/// Where the schemas inside a keyword's value stand.
enum class Holds : std::uint8_t { Nothing, Schema, Schemas, SchemaOrSchemas, SchemaMap };

struct KeywordRule
{
    std::string_view word;
    Keyword keyword;
    Draft first;
    Draft last;
    Vocabulary vocabulary;
    Holds holds;
};

/// Null for what is no keyword in that dialect: an annotation of the schema's author.
[[nodiscard]] const KeywordRule *keywordRule(std::string_view word, const Dialect &dialect);

} // namespace schema
