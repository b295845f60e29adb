// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/dialect.h"

#include <algorithm>
#include <array>
#include <utility>

namespace schema {

namespace {

constexpr Draft oldest = Draft::Draft4;
constexpr Draft newest = Draft::Draft2020;

// Sorted by word, for the search in it.
constexpr std::array<KeywordRule, 48> rules{{
    {"$defs", Keyword::Definitions, Draft::Draft2019, newest, CoreVocabulary, Holds::SchemaMap},
    {"$dynamicRef", Keyword::DynamicRef, Draft::Draft2020, newest, CoreVocabulary, Holds::Nothing},
    {"$recursiveRef", Keyword::RecursiveRef, Draft::Draft2019, Draft::Draft2019, CoreVocabulary,
     Holds::Nothing},
    {"$ref", Keyword::Ref, oldest, newest, CoreVocabulary, Holds::Nothing},
    {"additionalItems", Keyword::AdditionalItems, oldest, Draft::Draft2019, ApplicatorVocabulary,
     Holds::Schema},
    {"additionalProperties", Keyword::AdditionalProperties, oldest, newest, ApplicatorVocabulary,
     Holds::Schema},
    {"allOf", Keyword::AllOf, oldest, newest, ApplicatorVocabulary, Holds::Schemas},
    {"anyOf", Keyword::AnyOf, oldest, newest, ApplicatorVocabulary, Holds::Schemas},
    {"const", Keyword::Const, Draft::Draft6, newest, ValidationVocabulary, Holds::Nothing},
    {"contains", Keyword::Contains, Draft::Draft6, newest, ApplicatorVocabulary, Holds::Schema},
    {"contentSchema", Keyword::ContentSchema, Draft::Draft2019, newest, OtherVocabulary, Holds::Schema},
    {"definitions", Keyword::Definitions, oldest, newest, CoreVocabulary, Holds::SchemaMap},
    // Split in two by draft 2019-09, and still read as before.
    {"dependencies", Keyword::Dependencies, oldest, newest, ApplicatorVocabulary, Holds::SchemaMap},
    {"dependentRequired", Keyword::DependentRequired, Draft::Draft2019, newest, ValidationVocabulary,
     Holds::Nothing},
    {"dependentSchemas", Keyword::DependentSchemas, Draft::Draft2019, newest, ApplicatorVocabulary,
     Holds::SchemaMap},
    {"else", Keyword::Else, Draft::Draft7, newest, ApplicatorVocabulary, Holds::Schema},
    {"enum", Keyword::Enum, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"exclusiveMaximum", Keyword::ExclusiveMaximum, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"exclusiveMinimum", Keyword::ExclusiveMinimum, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"format", Keyword::Format, oldest, newest, FormatVocabulary, Holds::Nothing},
    {"if", Keyword::If, Draft::Draft7, newest, ApplicatorVocabulary, Holds::Schema},
    {"items", Keyword::Items, oldest, Draft::Draft2019, ApplicatorVocabulary, Holds::SchemaOrSchemas},
    {"items", Keyword::Items, Draft::Draft2020, newest, ApplicatorVocabulary, Holds::Schema},
    {"maxContains", Keyword::MaxContains, Draft::Draft2019, newest, ValidationVocabulary, Holds::Nothing},
    {"maxItems", Keyword::MaxItems, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"maxLength", Keyword::MaxLength, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"maxProperties", Keyword::MaxProperties, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"maximum", Keyword::Maximum, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"minContains", Keyword::MinContains, Draft::Draft2019, newest, ValidationVocabulary, Holds::Nothing},
    {"minItems", Keyword::MinItems, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"minLength", Keyword::MinLength, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"minProperties", Keyword::MinProperties, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"minimum", Keyword::Minimum, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"multipleOf", Keyword::MultipleOf, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"not", Keyword::Not, oldest, newest, ApplicatorVocabulary, Holds::Schema},
    {"oneOf", Keyword::OneOf, oldest, newest, ApplicatorVocabulary, Holds::Schemas},
    {"pattern", Keyword::Pattern, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"patternProperties", Keyword::PatternProperties, oldest, newest, ApplicatorVocabulary, Holds::SchemaMap},
    {"prefixItems", Keyword::PrefixItems, Draft::Draft2020, newest, ApplicatorVocabulary, Holds::Schemas},
    {"properties", Keyword::Properties, oldest, newest, ApplicatorVocabulary, Holds::SchemaMap},
    {"propertyNames", Keyword::PropertyNames, Draft::Draft6, newest, ApplicatorVocabulary, Holds::Schema},
    {"required", Keyword::Required, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"then", Keyword::Then, Draft::Draft7, newest, ApplicatorVocabulary, Holds::Schema},
    {"title", Keyword::Title, oldest, newest, CoreVocabulary, Holds::Nothing},
    {"type", Keyword::Type, oldest, newest, ValidationVocabulary, Holds::Nothing},
    {"unevaluatedItems", Keyword::UnevaluatedItems, Draft::Draft2019, newest, UnevaluatedVocabulary,
     Holds::Schema},
    {"unevaluatedProperties", Keyword::UnevaluatedProperties, Draft::Draft2019, newest, UnevaluatedVocabulary,
     Holds::Schema},
    {"uniqueItems", Keyword::UniqueItems, oldest, newest, ValidationVocabulary, Holds::Nothing},
}};
static_assert(std::ranges::is_sorted(rules, {}, &KeywordRule::word));

struct Published
{
    std::string_view path; ///< of its URI
    Draft draft;
    std::string_view word;
};
constexpr std::array<Published, 5> published{{
    {"json-schema.org/draft-04/schema", Draft::Draft4, "draft-04"},
    {"json-schema.org/draft-06/schema", Draft::Draft6, "draft-06"},
    {"json-schema.org/draft-07/schema", Draft::Draft7, "draft-07"},
    {"json-schema.org/draft/2019-09/schema", Draft::Draft2019, "2019-09"},
    {"json-schema.org/draft/2020-12/schema", Draft::Draft2020, "2020-12"},
}};

constexpr std::string_view vocabularyBase = "https://json-schema.org/draft/";
constexpr std::array<std::pair<std::string_view, std::uint8_t>, 15> vocabularies{{
    {"2019-09/vocab/core", CoreVocabulary},
    {"2019-09/vocab/applicator", ApplicatorVocabulary | UnevaluatedVocabulary},
    {"2019-09/vocab/validation", ValidationVocabulary},
    {"2019-09/vocab/meta-data", OtherVocabulary},
    {"2019-09/vocab/format", FormatVocabulary},
    {"2019-09/vocab/content", OtherVocabulary},
    {"2020-12/vocab/core", CoreVocabulary},
    {"2020-12/vocab/applicator", ApplicatorVocabulary},
    {"2020-12/vocab/unevaluated", UnevaluatedVocabulary},
    {"2020-12/vocab/validation", ValidationVocabulary},
    {"2020-12/vocab/meta-data", OtherVocabulary},
    {"2020-12/vocab/format-annotation", FormatVocabulary},
    {"2020-12/vocab/format-assertion", FormatVocabulary | FormatAssertionVocabulary},
    {"2020-12/vocab/content", OtherVocabulary},
    {"2019-09/vocab/hyper-schema", OtherVocabulary},
}};

} // namespace

std::string_view word(Draft draft)
{
    return published[static_cast<std::size_t>(draft)].word;
}

std::optional<Draft> draftFromUri(std::string_view uri)
{
    if (uri.ends_with('#')) {
        uri.remove_suffix(1);
    }
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (uri.starts_with(scheme)) {
            uri.remove_prefix(scheme.size());
            break;
        }
    }
    const auto *const found = std::ranges::find(published, uri, &Published::path);
    return found == published.end() ? std::nullopt : std::optional(found->draft);
}

std::uint8_t vocabularyFromUri(std::string_view uri)
{
    if (!uri.starts_with(vocabularyBase)) {
        return 0;
    }
    uri.remove_prefix(vocabularyBase.size());
    const auto *const found =
        std::ranges::find(vocabularies, uri, &std::pair<std::string_view, std::uint8_t>::first);
    return found == vocabularies.end() ? std::uint8_t{0} : found->second;
}

const KeywordRule *keywordRule(std::string_view word, const Dialect &dialect)
{
    for (const KeywordRule *rule = std::ranges::lower_bound(rules, word, {}, &KeywordRule::word);
         rule != rules.end() && rule->word == word; ++rule) {
        if (dialect.draft >= rule->first && dialect.draft <= rule->last) {
            return dialect.has(rule->vocabulary) ? rule : nullptr;
        }
    }
    return nullptr;
}

} // namespace schema
