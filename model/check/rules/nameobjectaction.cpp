// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/rules/nameobjectaction.h"

#include "check/rules/eventname.h"

namespace check {

using namespace Qt::StringLiterals;

NameObjectAction::NameObjectAction(std::shared_ptr<const NameGrammar> grammar)
    : m_grammar(std::move(grammar))
{
}

RuleInfo NameObjectAction::info() const
{
    return {event::RuleId::NameObjectAction, u"Event names are an object and then an action."_s,
            u"Name the object first and then the action, as in Order Completed."_s};
}

void NameObjectAction::check(const EventView &event, FindingSink &sink) const
{
    if (!isTrackName(event) || m_grammar->isException(event.name)) {
        return;
    }
    if (const NameReading reading = m_grammar->read(event.name); reading.fault == NameFault::ObjectAction) {
        sink.add(nameFinding(event, event::RuleId::NameObjectAction,
                             {event.name, m_grammar->proposal(event.name, reading)}));
    }
}

} // namespace check
