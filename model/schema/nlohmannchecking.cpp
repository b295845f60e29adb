// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

// Apart from schema.cpp: nlohmann's header costs every file that sees it.
#include "schema/checking.h"
#include "schema/nlohmannvalues.h"

namespace schema {

bool Schema::isValid(const nlohmann::ordered_json &instance) const
{
    return verdict<NlohmannValues>(*m_impl, {&instance, nullptr});
}

std::vector<event::Finding> Schema::violations(const nlohmann::ordered_json &instance,
                                               const json::Pointer &base) const
{
    return explanation<NlohmannValues>(*m_impl, {&instance, nullptr}, base);
}

} // namespace schema
