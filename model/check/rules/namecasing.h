// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/checker.h"
#include "check/namegrammar.h"

namespace check {

/// Track names are written in the house's casing.
class NameCasing final : public Rule
{
public:
    explicit NameCasing(std::shared_ptr<const NameGrammar> grammar);

    [[nodiscard]] RuleInfo info() const override;
    void check(const EventView &event, FindingSink &sink) const override;

private:
    std::shared_ptr<const NameGrammar> m_grammar;
};

} // namespace check
