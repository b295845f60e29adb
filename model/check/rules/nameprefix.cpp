// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/rules/nameprefix.h"

#include "check/rules/eventname.h"

namespace check {

using namespace Qt::StringLiterals;

NamePrefix::NamePrefix(std::shared_ptr<const NameGrammar> grammar, const QStringList &prefixes)
    : m_grammar(std::move(grammar))
    , m_prefixes(prefixes.join(u", "_s))
{
}

RuleInfo NamePrefix::info() const
{
    return {event::RuleId::NamePrefix, u"Event names begin with the prefix of their domain."_s,
            u"Begin the name with one of the domain prefixes."_s};
}

void NamePrefix::check(const EventView &event, FindingSink &sink) const
{
    if (!isTrackName(event) || m_grammar->isException(event.name)) {
        return;
    }
    if (!m_grammar->hasPrefix(event.name)) {
        sink.add(nameFinding(event, event::RuleId::NamePrefix, {event.name, m_prefixes}));
    }
}

} // namespace check
