// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/checker.h"
#include "check/namegrammar.h"

namespace check {

/// Names stay under a length, because destinations cut long ones (GA4: 40 characters).
class NameTooLong final : public Rule
{
public:
    NameTooLong(std::shared_ptr<const NameGrammar> grammar, qsizetype limit);

    [[nodiscard]] RuleInfo info() const override;
    void check(const EventView &event, FindingSink &sink) const override;

private:
    std::shared_ptr<const NameGrammar> m_grammar;
    qsizetype m_limit;
};

} // namespace check
