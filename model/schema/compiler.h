// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/program.h"
#include "schema/references.h"

namespace schema {

/// Turns schemas into nodes, each once: schemas that refer to themselves become nodes that point back.
/// Works off a list rather than by recursion, because a hostile schema nests deeper than a stack.
class Compiler
{
public:
    Compiler(const std::shared_ptr<const json::Document> &document, const json::Pointer &at,
             const CompileOptions &options);

    [[nodiscard]] base::Result<std::shared_ptr<const Schema::Impl>> run();

private:
    /// A keyword met in a schema.
    struct Met
    {
        Place place;
        Keyword keyword;
        std::string_view word;
        json::Value value;
    };

    /// The node of a schema, to be filled when its turn comes; behind a `$ref`, the node it names.
    const Node *node(Place place);
    const Node *childNode(const Met &met);
    const Node *childNode(const Met &met, json::Value schema, std::string_view member);
    std::vector<const Node *> childNodes(const Met &met);
    [[nodiscard]] bool isReferenceOnly(Place place, json::Value schema) const;
    std::optional<Place> followed(Place place);
    std::optional<Place> target(Place place, std::string_view keyword, json::Value reference);

    void fill(Place place, Node &node);
    void finishNumbers(Place place, json::Value schema, Node &node);
    void finishArrays(Place place, json::Value schema, Node &node);
    bool addDynamicTargets();
    void refuseEndlessReferences();

    // Each takes the keywords of its kind and answers whether this was one.
    bool referenceKeyword(const Met &met, Node &node);
    bool numberKeyword(const Met &met, Node &node);
    bool stringKeyword(const Met &met, Node &node);
    bool arrayKeyword(const Met &met, Node &node);
    bool objectKeyword(const Met &met, Node &node);
    bool valueKeyword(const Met &met, Node &node);
    bool logicKeyword(const Met &met, Node &node);

    void format(const Met &met, Node &node);
    void dynamicReference(const Met &met, Node &node);
    void types(const Met &met, Node &node);
    void allowedValues(const Met &met, Node &node);
    void items(const Met &met, ArrayRules &rules);
    void properties(const Met &met, ObjectRules &rules);
    void required(const Met &met, ObjectRules &rules);
    void patternProperties(const Met &met, ObjectRules &rules);
    void dependencies(const Met &met, ObjectRules &rules);

    std::uint64_t count(const Met &met);
    std::optional<Limit> limit(const Met &met);
    std::shared_ptr<const Pattern> pattern(const Met &met, std::string_view text);
    std::optional<std::vector<std::string_view>> names(const Met &met, json::Value value);
    bool isKind(const Met &met, bool isRight, const QString &kind);

    void fail(Place place, std::string_view keyword, QString reason);
    void remark(Place place, std::string_view keyword, QString reason);

    References m_references;
    FormatAssertion m_formats;
    std::shared_ptr<PatternCache> m_patterns;
    std::shared_ptr<Schema::Impl> m_program = std::make_shared<Schema::Impl>();
    std::unordered_map<Place, Node *> m_nodes;
    std::unordered_map<Place, Place> m_followed;
    std::vector<std::pair<Place, Node *>> m_pending;
    std::vector<SchemaProblem> m_errors;
};

} // namespace schema
