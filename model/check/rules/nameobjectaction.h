// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/checker.h"
#include "check/namegrammar.h"

namespace check {

/// Track names say what it happened to, then what happened: "Order Completed".
class NameObjectAction final : public Rule
{
public:
    explicit NameObjectAction(std::shared_ptr<const NameGrammar> grammar);

    [[nodiscard]] RuleInfo info() const override;
    void check(const EventView &event, FindingSink &sink) const override;

private:
    std::shared_ptr<const NameGrammar> m_grammar;
};

} // namespace check
