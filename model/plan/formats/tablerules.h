// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

#include <map>

namespace plan::formats {

/// Collects the rules of formats that name an event again in each row.
class TableRules
{
public:
    /// The rule of this event, made when it is new.
    [[nodiscard]] RuleSource &rule(event::CallType type, const QString &name, int version);
    [[nodiscard]] bool isEmpty() const { return m_rules.empty(); }
    [[nodiscard]] std::vector<RulePointer> take();

private:
    std::map<std::tuple<event::CallType, QString, int>, std::size_t> m_numbers;
    std::vector<RuleSource> m_rules;
};

/// "Track", "IDENTIFY", "page call": nothing when it is no call type. COMMON is event::CallType::None.
[[nodiscard]] std::optional<event::CallType> callTypeOf(const QString &text);
[[nodiscard]] QString callTypeTitle(event::CallType type); ///< "Track"; "Common" for None
/// The name of the file without its endings: a plan's name when its file says none.
[[nodiscard]] QString nameOfFile(const QString &path);

/// Alternatives of a pattern that is nothing else ("a|b", "^(a|b)$"); empty for any other pattern.
[[nodiscard]] QStringList alternativesOf(const QString &pattern);

} // namespace plan::formats
