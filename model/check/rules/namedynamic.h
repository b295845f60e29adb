// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/checker.h"
#include "check/namegrammar.h"

namespace check {

/// Names hold no values: each "Order 4711 Loaded" would be an event of its own (Segment: "Don't create event
/// names dynamically").
class NameDynamic final : public Rule
{
public:
    explicit NameDynamic(std::shared_ptr<const NameGrammar> grammar);

    [[nodiscard]] RuleInfo info() const override;
    void check(const EventView &event, FindingSink &sink) const override;

private:
    std::shared_ptr<const NameGrammar> m_grammar;
};

} // namespace check
