// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "event/finding.h"
#include "schema/dialect.h"

#include <nlohmann/json_fwd.hpp>

namespace schema {

/// Where a schema is wrong, for the plan's problem list.
struct SchemaProblem
{
    json::Pointer at;
    QString message;
};

enum class FormatAssertion : std::uint8_t { On, Off };

/// A schema document that `$ref` may reach by its URI (without fragment).
struct NamedDocument
{
    std::string uri;
    std::shared_ptr<const json::Document> document;
};

class PatternCache;

struct CompileOptions
{
    FormatAssertion formats = FormatAssertion::On;
    std::vector<NamedDocument> documents;
    /// Shares compiled patterns between the schemas of a plan; null: the schema's own.
    std::shared_ptr<PatternCache> patterns;
    /// Of schemas without `$schema`.
    Draft draft = Draft::Draft7;
};

/// A JSON Schema of any draft since 4, compiled once. Immutable; any thread. No allocation for a valid
/// instance, but for `uniqueItems` over more than 16 items, `unevaluatedItems` and `unevaluatedProperties`
/// over more than 128, and patterns with look-around or back-references.
class Schema
{
public:
    struct Impl;
    explicit Schema(std::shared_ptr<const Impl> impl);

    /// Verdict only.
    [[nodiscard]] bool isValid(json::Value instance) const;
    [[nodiscard]] bool isValid(const nlohmann::ordered_json &instance) const;
    /// All violations as findings with their pointers under `base`; empty when valid. Also names the
    /// nearest planned property for an unplanned one, and the nearest sent one for a missing one.
    [[nodiscard]] std::vector<event::Finding> violations(json::Value instance,
                                                         const json::Pointer &base) const;
    [[nodiscard]] std::vector<event::Finding> violations(const nlohmann::ordered_json &instance,
                                                         const json::Pointer &base) const;
    /// Patterns and keywords that compiled with a remark (a pattern no engine holds, an unknown format).
    [[nodiscard]] const std::vector<SchemaProblem> &problems() const;

private:
    std::shared_ptr<const Impl> m_impl;
};

/// `at`: the schema inside a larger document (a rule of a plan). "#" is that schema; a pointer that leads
/// nowhere in it is tried from the whole document's root. Remote references are refused with a message that
/// names the URI, never fetched. The error's `why` begins with the pointer of the fault.
[[nodiscard]] base::Result<Schema> compile(const std::shared_ptr<const json::Document> &document,
                                           const json::Pointer &at,
                                           FormatAssertion formats = FormatAssertion::On);
[[nodiscard]] base::Result<Schema> compile(const std::shared_ptr<const json::Document> &document,
                                           const json::Pointer &at, const CompileOptions &options);

} // namespace schema
