// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/rules/nametoolong.h"

#include "check/rules/eventname.h"

namespace check {

using namespace Qt::StringLiterals;

NameTooLong::NameTooLong(std::shared_ptr<const NameGrammar> grammar, qsizetype limit)
    : m_grammar(std::move(grammar))
    , m_limit(limit)
{
}

RuleInfo NameTooLong::info() const
{
    return {event::RuleId::NameTooLong, u"Names are not too long."_s,
            u"Shorten the name, and send the details as properties."_s};
}

void NameTooLong::check(const EventView &event, FindingSink &sink) const
{
    if (!hasName(event) || m_grammar->isException(event.name)) {
        return;
    }
    if (event.name.size() > m_limit) {
        sink.add(nameFinding(event, event::RuleId::NameTooLong, {event.name, QString::number(m_limit)}));
    }
}

} // namespace check
