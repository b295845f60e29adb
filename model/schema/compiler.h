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
    /// The node of a schema, to be filled when its turn comes; behind a `$ref`, the node it names.
    const Node *node(Place place);
    const Node *childNode(Place parent, json::Value schema, std::string_view keyword,
                          std::string_view member = {});
    std::vector<const Node *> childNodes(Place parent, json::Value list, std::string_view keyword);
    std::optional<Place> followed(Place place);

    void fill(Place place, Node &node);
    bool keyword(Place place, std::string_view name, json::Value value, Node &node);
    bool numberKeyword(Place place, std::string_view name, json::Value value, Node &node);
    bool stringKeyword(Place place, std::string_view name, json::Value value, Node &node);
    bool arrayKeyword(Place place, std::string_view name, json::Value value, Node &node);
    bool objectKeyword(Place place, std::string_view name, json::Value value, Node &node);
    bool valueKeyword(Place place, std::string_view name, json::Value value, Node &node);
    bool logicKeyword(Place place, std::string_view name, json::Value value, Node &node);

    void types(Place place, json::Value value, Node &node);
    void items(Place place, json::Value value, ArrayRules &rules);
    void properties(Place place, json::Value value, ObjectRules &rules);
    void required(Place place, json::Value value, ObjectRules &rules);
    void patternProperties(Place place, json::Value value, ObjectRules &rules);
    void dependencies(Place place, json::Value value, ObjectRules &rules);
    void checkDialect(Place place, json::Value value);

    std::uint64_t count(Place place, std::string_view name, json::Value value);
    std::optional<Limit> limit(Place place, std::string_view name, json::Value value);
    std::shared_ptr<const Pattern> pattern(Place place, std::string_view keyword, std::string_view text);
    std::optional<std::vector<std::string_view>> names(Place place, std::string_view keyword,
                                                       json::Value value);

    void fail(Place place, std::string_view keyword, QString reason);
    void remark(Place place, std::string_view keyword, QString reason);

    References m_references;
    FormatAssertion m_formats;
    std::shared_ptr<PatternCache> m_patterns;
    std::shared_ptr<Schema::Impl> m_program = std::make_shared<Schema::Impl>();
    std::unordered_map<Place, Node *> m_nodes;
    std::vector<std::pair<Place, Node *>> m_pending;
    std::vector<SchemaProblem> m_errors;
};

} // namespace schema
