// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/checker.h"
#include "check/namegrammar.h"

namespace check {

/// Names hold single plain spaces, none at their ends: to Segment "Order  Completed" is another event.
class NameWhitespace final : public Rule
{
public:
    explicit NameWhitespace(std::shared_ptr<const NameGrammar> grammar);

    [[nodiscard]] RuleInfo info() const override;
    void check(const EventView &event, FindingSink &sink) const override;

private:
    std::shared_ptr<const NameGrammar> m_grammar;
};

} // namespace check
