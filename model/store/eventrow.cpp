// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/eventrow.h"

#include <algorithm>

namespace store {

namespace {

/// Damaged files hold any number: an enum never gets one it does not have.
template <typename Enum>
Enum enumAt(const Statement &statement, int column, Enum last)
{
    return static_cast<Enum>(
        std::clamp<std::int64_t>(statement.number(column), 0, static_cast<std::int64_t>(last)));
}

} // namespace

base::Result<void> RuleNumbers::load(Database &database)
{
    auto select = database.prepare("SELECT id, word FROM rule");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    m_rules.clear();
    m_numbers.assign(event::ruleCount(), 0);
    Statement::Step step = Statement::Step::Row;
    while ((step = select->step()) == Statement::Step::Row) {
        const auto number = select->as<std::size_t>(0);
        const QByteArrayView word = select->view(1);
        constexpr std::size_t mostRules = 65536;
        if (number >= mostRules) {
            continue;
        }
        if (m_rules.size() <= number) {
            m_rules.resize(number + 1, 0);
        }
        const event::RuleId rule =
            event::ruleFromWord(std::string_view(word.data(), static_cast<std::size_t>(word.size())));
        m_rules[number] = static_cast<std::uint16_t>(rule);
        if (rule != event::RuleId::Unknown || word == "unknown") {
            m_numbers[static_cast<std::size_t>(rule)] = static_cast<std::int64_t>(number);
        }
    }
    if (step == Statement::Step::Failed) {
        return base::Failure(
            database.error(QStringLiteral("The store %1 could not be read.").arg(database.path())));
    }
    return {};
}

std::int64_t RuleNumbers::number(std::uint16_t rule) const
{
    return rule < m_numbers.size() ? m_numbers[rule] : 0;
}

bool RuleNumbers::knows(std::int64_t number) const
{
    return number >= 0 && static_cast<std::size_t>(number) < m_rules.size();
}

std::uint16_t RuleNumbers::rule(std::int64_t number) const
{
    return knows(number) ? m_rules[static_cast<std::size_t>(number)] : std::uint16_t{0};
}

EventRow readRow(const Statement &statement, const RuleNumbers &rules)
{
    EventRow row;
    row.summary.id = statement.as<event::EventId>(0);
    row.summary.receivedUs = statement.number(1);
    row.summary.type = enumAt(statement, 2, event::CallType::Alias);
    row.state.status = enumAt(statement, 3, event::Status::Rejected);
    row.summary.name = statement.as<event::NameId>(4);
    row.summary.source = statement.as<event::SourceId>(5);
    row.summary.user = statement.as<event::UserKey>(6);
    row.summary.session = statement.as<event::SessionId>(7);
    row.state.findings = statement.as<std::uint16_t>(8);
    row.state.flags = statement.as<std::uint8_t>(9);
    row.state.worst = enumAt(statement, 10, event::Severity::Error);
    row.state.topRule = rules.rule(statement.number(11));
    row.state.delivery = enumAt(statement, 12, event::DeliveryState::Failed);
    row.request = statement.as<event::RequestId>(13);
    row.begin = statement.as<std::uint32_t>(14);
    row.end = std::max(row.begin, statement.as<std::uint32_t>(15));
    row.summary.bodyBytes = row.end - row.begin;
    return row;
}

} // namespace store
