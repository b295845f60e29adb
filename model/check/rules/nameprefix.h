// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/checker.h"
#include "check/namegrammar.h"

namespace check {

/// Track names begin with a prefix of their domain, where the house demands one.
class NamePrefix final : public Rule
{
public:
    NamePrefix(std::shared_ptr<const NameGrammar> grammar, const QStringList &prefixes);

    [[nodiscard]] RuleInfo info() const override;
    void check(const EventView &event, FindingSink &sink) const override;

private:
    std::shared_ptr<const NameGrammar> m_grammar;
    QString m_prefixes;
};

} // namespace check
