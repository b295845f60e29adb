// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/rules/nametense.h"

#include "check/rules/eventname.h"

namespace check {

using namespace Qt::StringLiterals;

NameTense::NameTense(std::shared_ptr<const NameGrammar> grammar)
    : m_grammar(std::move(grammar))
{
}

RuleInfo NameTense::info() const
{
    return {event::RuleId::NameTense, u"The action of an event name is in the past tense."_s,
            u"Put the action in the past tense, as in Button Clicked."_s};
}

void NameTense::check(const EventView &event, FindingSink &sink) const
{
    if (!isTrackName(event) || m_grammar->isException(event.name)) {
        return;
    }
    const NameReading reading = m_grammar->read(event.name);
    if (reading.fault == NameFault::Tense) {
        sink.add(nameFinding(event, event::RuleId::NameTense,
                             {event.name, reading.action, m_grammar->proposal(event.name, reading)}));
    }
}

} // namespace check
