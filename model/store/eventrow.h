// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/event.h"
#include "store/database.h"

namespace store {

/// One row of `event`.
struct EventRow
{
    event::EventSummary summary;
    event::EventState state;
    event::RequestId request{};
    std::uint32_t begin = 0, end = 0; ///< byte range in the request's body
};

/// Numbers of the rules in this store, which stay when the enum's order changes.
class RuleNumbers
{
public:
    [[nodiscard]] base::Result<void> load(Database &database);
    [[nodiscard]] std::int64_t number(std::uint16_t rule) const;
    [[nodiscard]] bool knows(std::int64_t number) const;
    [[nodiscard]] std::uint16_t rule(std::int64_t number) const;

private:
    std::vector<std::uint16_t> m_rules;  ///< by the store's number
    std::vector<std::int64_t> m_numbers; ///< by RuleId
};

/// What a statement selects for readRow(), of `event e`, from column 0 on.
inline constexpr const char *rowColumns = "e.id, e.received_us, e.type, e.status, e.name, e.source, e.user, "
                                          "e.session, e.findings, e.flags, e.worst, "
                                          "e.top_rule, e.delivery, e.request, e.body_begin, e.body_end";
inline constexpr int rowColumnCount = 16;

[[nodiscard]] EventRow readRow(const Statement &statement, const RuleNumbers &rules);

} // namespace store
