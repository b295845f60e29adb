// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/rules/namecasing.h"

#include "check/rules/eventname.h"

namespace check {

using namespace Qt::StringLiterals;

NameCasing::NameCasing(std::shared_ptr<const NameGrammar> grammar)
    : m_grammar(std::move(grammar))
{
}

RuleInfo NameCasing::info() const
{
    return {event::RuleId::NameCasing, u"Event names are written in one casing."_s,
            u"Rename the event in the app; the finding proposes how."_s};
}

void NameCasing::check(const EventView &event, FindingSink &sink) const
{
    if (!isTrackName(event) || m_grammar->isException(event.name)) {
        return;
    }
    const Casing casing = m_grammar->casingFor(event.name);
    if (!follows(casing, event.name)) {
        sink.add(nameFinding(
            event, event::RuleId::NameCasing,
            {event.name, word(casing), m_grammar->proposal(event.name, m_grammar->read(event.name))}));
    }
}

} // namespace check
