// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/schema.h"

#include "schema/checking.h"
#include "schema/compiler.h"

namespace schema {

Schema::Schema(std::shared_ptr<const Impl> impl)
    : m_impl(std::move(impl))
{
}

bool Schema::isValid(json::Value instance) const
{
    return verdict<JsonValues>(*m_impl, instance);
}

std::vector<event::Finding> Schema::violations(json::Value instance, const json::Pointer &base) const
{
    return explanation<JsonValues>(*m_impl, instance, base);
}

const std::vector<SchemaProblem> &Schema::problems() const
{
    return m_impl->problems;
}

base::Result<Schema> compile(const std::shared_ptr<const json::Document> &document, const json::Pointer &at,
                             FormatAssertion formats)
{
    return compile(document, at, CompileOptions{formats, {}, nullptr, Draft::Draft7});
}

base::Result<Schema> compile(const std::shared_ptr<const json::Document> &document, const json::Pointer &at,
                             const CompileOptions &options)
{
    auto program = Compiler(document, at, options).run();
    if (!program) {
        return base::Failure(program.error());
    }
    return Schema(std::move(*program));
}

} // namespace schema
