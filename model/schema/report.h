// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"
#include "schema/program.h"

namespace schema {

/// The way from the instance's root to the value at hand: a list on the stack, made only in the error pass.
struct Step
{
    const Step *parent = nullptr;
    std::string_view key;
    std::uint32_t index = 0;
    bool isIndex = false;
};

/// Collects the findings of one error pass under the pointer its instance has in the event.
class Report
{
public:
    /// More than this of one event helps nobody.
    static constexpr std::size_t maxFindings = 500;

    Report(const json::Pointer &base, std::vector<event::Finding> &findings)
        : m_base(base)
        , m_findings(&findings)
    {
    }

    [[nodiscard]] json::Pointer pointer(const Step *step) const;
    void add(event::RuleId rule, json::Pointer at, QStringList args);
    [[nodiscard]] bool has(event::RuleId rule) const;
    /// Sends what follows elsewhere, for branches that may turn out not to be meant; returns the place
    /// before.
    std::vector<event::Finding> *redirect(std::vector<event::Finding> *findings);
    void append(std::vector<event::Finding> findings);

private:
    const json::Pointer &m_base;
    std::vector<event::Finding> *m_findings;
};

/// "string, integer or null".
[[nodiscard]] QString typeWords(std::uint8_t bits);
/// A value's text as findings show it: of strings their contents; cut when long.
[[nodiscard]] QString shownText(std::string_view text);

struct Missing
{
    std::string_view property;
    std::string_view nearestSent; ///< empty: none is near
};
struct Unplanned
{
    std::string_view property;
    std::string_view nearestPlanned; ///< empty: none is near
};

/// Pairs properties that are missing with sent ones that no plan knows, each once, nearest first.
[[nodiscard]] std::vector<Missing> pairedMissing(const std::vector<std::string_view> &missing,
                                                 const std::vector<std::string_view> &unplanned);
/// What each unplanned property may have been meant for: rather a planned one that was not sent.
[[nodiscard]] std::vector<Unplanned> pairedUnplanned(const std::vector<std::string_view> &unplanned,
                                                     const std::vector<std::string_view> &planned,
                                                     const std::vector<std::string_view> &sent);

/// Which of the branches of an anyOf or oneOf the value was meant for, by how little is wrong with it: a
/// wrong type of the whole value counts most, then a property that tells the branches apart (a const or an
/// enum of one), then the number of findings. Nothing when no branch stands out.
[[nodiscard]] std::optional<std::size_t>
nearestBranch(const std::vector<std::vector<event::Finding>> &branches, const json::Pointer &at);
/// All branches say no more than that the value's type is wrong.
[[nodiscard]] bool areTypesOnly(const std::vector<std::vector<event::Finding>> &branches,
                                const json::Pointer &at);

} // namespace schema
