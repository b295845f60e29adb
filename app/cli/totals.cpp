// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/totals.h"

#include "app/cli/arguments.h"
#include "app/cli/commands.h"

using namespace Qt::StringLiterals;

namespace cli {

void Totals::add(const event::EventState &state)
{
    ++statuses.at(static_cast<std::size_t>(state.status));
    lint += state.has(event::Flag::Lint) ? 1 : 0;
    if (const auto severity = severityOf(state)) {
        worst = std::max(worst.value_or(*severity), *severity);
    }
}

std::uint64_t Totals::of(event::Status status) const
{
    return statuses.at(static_cast<std::size_t>(status));
}

std::uint64_t Totals::total() const
{
    return of(event::Status::Valid) + of(event::Status::Violation) + of(event::Status::Unplanned) +
           of(event::Status::Unchecked);
}

QByteArray Totals::json() const
{
    return "{\"total\":" + QByteArray::number(total()) +
           ",\"valid\":" + QByteArray::number(of(event::Status::Valid)) +
           ",\"violations\":" + QByteArray::number(of(event::Status::Violation)) +
           ",\"unplanned\":" + QByteArray::number(of(event::Status::Unplanned)) +
           ",\"unchecked\":" + QByteArray::number(of(event::Status::Unchecked)) +
           ",\"lint\":" + QByteArray::number(lint) +
           ",\"rejected\":" + QByteArray::number(of(event::Status::Rejected)) + '}';
}

QString Totals::line() const
{
    return u"%1: %2 valid, %3, %4 unplanned, %5 unchecked; %6 with lint"_s.arg(
        counted(total(), u"event"_s, u"events"_s), QString::number(of(event::Status::Valid)),
        counted(of(event::Status::Violation), u"violation"_s, u"violations"_s),
        QString::number(of(event::Status::Unplanned)), QString::number(of(event::Status::Unchecked)),
        QString::number(lint));
}

int Totals::exitStatus(std::optional<event::Severity> level) const
{
    return level && worst && *worst >= *level ? exitFindings : exitClean;
}

} // namespace cli
