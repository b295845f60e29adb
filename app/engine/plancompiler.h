// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

#include <unordered_map>

namespace engine {

/// Compiles a plan again and again as it is edited: only the rules that are new since the last time. One
/// thread.
class PlanCompiler
{
public:
    /// What plan::compile() gives.
    [[nodiscard]] std::shared_ptr<const plan::Plan> compile(const plan::Document &document);
    /// Rules compiled by the last call, the rest being known.
    [[nodiscard]] std::size_t compiledRules() const { return m_compiledRules; }

private:
    struct Compiled
    {
        std::shared_ptr<const plan::Plan> plan; ///< of this rule alone
        bool isUsed = false;
    };

    /// Whether its references stay within itself and what the plan's rules share.
    [[nodiscard]] static bool standsAlone(const plan::RuleSource &rule, const plan::Json &shared);
    [[nodiscard]] std::shared_ptr<const plan::Plan> whole(const plan::Document &document);

    plan::Json m_shared = plan::Json::object();
    QStringList m_sources;
    std::unordered_map<plan::RulePointer, Compiled> m_rules;
    std::size_t m_compiledRules = 0;
};

} // namespace engine
