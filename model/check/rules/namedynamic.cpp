// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/rules/namedynamic.h"

#include "check/rules/eventname.h"

namespace check {

using namespace Qt::StringLiterals;

NameDynamic::NameDynamic(std::shared_ptr<const NameGrammar> grammar)
    : m_grammar(std::move(grammar))
{
}

RuleInfo NameDynamic::info() const
{
    return {event::RuleId::NameDynamic, u"Names hold no ids, numbers, dates or addresses."_s,
            u"Leave the value out of the name, and send it as a property."_s};
}

void NameDynamic::check(const EventView &event, FindingSink &sink) const
{
    if (!hasName(event) || m_grammar->isException(event.name)) {
        return;
    }
    if (const QString value = valueIn(event.name); !value.isEmpty()) {
        sink.add(nameFinding(event, event::RuleId::NameDynamic, {event.name, value}));
    }
}

} // namespace check
