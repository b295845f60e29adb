// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/checker.h"
#include "check/namegrammar.h"

namespace check {

/// The action of a track name stands in the past tense: "Clicked", not "Click".
class NameTense final : public Rule
{
public:
    explicit NameTense(std::shared_ptr<const NameGrammar> grammar);

    [[nodiscard]] RuleInfo info() const override;
    void check(const EventView &event, FindingSink &sink) const override;

private:
    std::shared_ptr<const NameGrammar> m_grammar;
};

} // namespace check
