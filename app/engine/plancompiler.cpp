// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/plancompiler.h"

#include <string_view>

namespace engine {

namespace {

/// Copied into each rule that is compiled alone: more of it than this costs more than compiling them
/// together.
constexpr std::size_t maxSharedMembers = 64;

/// Members that could lead out of the rule when they are a text.
bool isReference(std::string_view key)
{
    return key == "$ref" || key == "$dynamicRef" || key == "$recursiveRef";
}

bool leadsOut(std::string_view reference, const plan::Json &schema, const plan::Json &shared)
{
    if (!reference.starts_with('#')) {
        return true;
    }
    if (!reference.starts_with("#/")) {
        return false; // itself, or an anchor in it
    }
    const std::string_view rest = reference.substr(2);
    const std::string first(rest.substr(0, rest.find('/')));
    return !schema.contains(first) && !shared.contains(first);
}

} // namespace

bool PlanCompiler::standsAlone(const plan::RuleSource &rule, const plan::Json &shared)
{
    // Not recursive: a hostile schema is deep.
    std::vector<const plan::Json *> open{&rule.schema};
    while (!open.empty()) {
        const plan::Json &at = *open.back();
        open.pop_back();
        for (auto it = at.begin(); it != at.end(); ++it) {
            if (it->is_structured()) {
                open.push_back(&*it);
            } else if (at.is_object() && it->is_string() && isReference(it.key()) &&
                       leadsOut(it->get_ref<const std::string &>(), rule.schema, shared)) {
                return false;
            }
        }
    }
    return true;
}

std::shared_ptr<const plan::Plan> PlanCompiler::whole(const plan::Document &document)
{
    m_rules.clear();
    m_compiledRules = document.rules.size();
    return plan::compile(document);
}

std::shared_ptr<const plan::Plan> PlanCompiler::compile(const plan::Document &document)
{
    if (document.shared.size() > maxSharedMembers) {
        return whole(document);
    }
    if (document.shared != m_shared || document.sources != m_sources) {
        m_rules.clear();
        m_shared = document.shared;
        m_sources = document.sources;
    }
    m_compiledRules = 0;
    for (auto &[rule, compiled] : m_rules) {
        compiled.isUsed = false;
    }
    plan::Document one = document;
    one.rules.clear();
    auto made = std::make_shared<plan::Plan>(*plan::compile(one));
    one.problems.clear(); // those of reading are said once
    for (const plan::RulePointer &rule : document.rules) {
        auto known = m_rules.find(rule);
        if (known == m_rules.end()) {
            if (!standsAlone(*rule, document.shared)) {
                return whole(document);
            }
            one.rules = {rule};
            known = m_rules.emplace(rule, Compiled{plan::compile(one), true}).first;
            ++m_compiledRules;
        }
        known->second.isUsed = true;
        const plan::Plan &part = *known->second.plan;
        made->rules.insert(made->rules.end(), part.rules.begin(), part.rules.end());
        made->common.insert(made->common.end(), part.common.begin(), part.common.end());
        made->problems.insert(made->problems.end(), part.problems.begin(), part.problems.end());
    }
    std::erase_if(m_rules, [](const auto &entry) { return !entry.second.isUsed; });
    return made;
}

} // namespace engine
