// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/rules/namewhitespace.h"

#include "check/rules/eventname.h"

namespace check {

using namespace Qt::StringLiterals;

NameWhitespace::NameWhitespace(std::shared_ptr<const NameGrammar> grammar)
    : m_grammar(std::move(grammar))
{
}

RuleInfo NameWhitespace::info() const
{
    return {event::RuleId::NameWhitespace, u"Names have no stray white space."_s,
            u"Write the name with single spaces, and none at its ends."_s};
}

void NameWhitespace::check(const EventView &event, FindingSink &sink) const
{
    if (!hasName(event) || m_grammar->isException(event.name)) {
        return;
    }
    if (hasStraySpace(event.name)) {
        sink.add(nameFinding(event, event::RuleId::NameWhitespace, {event.name}));
    }
}

} // namespace check
