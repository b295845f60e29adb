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

/// Why a rule holds where a finding says it is broken; see event::PlanArgument.
struct Reason
{
    QString form;
    QString formCount;
    QString condition;
};

/// Collects the findings of one error pass under the pointer its instance has in the event.
class Report
{
public:
    /// More than this of one event helps nobody.
    static constexpr std::size_t maxFindings = 500;

    Report(const Schema::Impl &program, const json::Pointer &base, std::vector<event::Finding> &findings)
        : m_program(program)
        , m_base(base)
        , m_findings(&findings)
    {
    }

    /// Which schema speaks: the innermost of the rule's own, and whether that handed over to another
    /// document's.
    struct Where
    {
        const Node *node = nullptr;
        bool isAway = false;
    };
    /// Answers the place before, for leave().
    Where enter(const Node &node)
    {
        const Where outer = m_where;
        m_where = node.isElsewhere ? Where{m_where.node, true} : Where{&node, false};
        return outer;
    }
    void leave(Where outer) { m_where = outer; }

    [[nodiscard]] json::Pointer pointer(const Step *step) const;
    /// Says it once, however many parts of a schema do. `keyword` of the schema that speaks; when empty, the
    /// one the rule tells.
    void add(event::RuleId rule, json::Pointer at, QStringList args, std::string_view keyword = {});
    [[nodiscard]] bool has(event::RuleId rule) const;
    /// Sends what follows elsewhere, for branches that may turn out not to be meant; returns the place
    /// before.
    std::vector<event::Finding> *redirect(std::vector<event::Finding> *findings);
    /// Of a branch that was meant, which `reason` tells.
    void append(std::vector<event::Finding> findings, const Reason &reason);
    /// What follows holds under this condition too; returns what held before, for restore().
    [[nodiscard]] QString enterCondition(const QString &condition);
    void restoreCondition(QString condition) { m_condition = std::move(condition); }
    /// Notes in findings about null and empty values that these properties of an object can't be left out.
    void markRequired(const json::Pointer &object, const std::vector<std::string_view> &required);

private:
    [[nodiscard]] json::Pointer schemaPlace(event::RuleId rule, const QStringList &args,
                                            std::string_view keyword) const;

    const Schema::Impl &m_program;
    const json::Pointer &m_base;
    Where m_where;
    std::vector<event::Finding> *m_findings;
    QString m_condition;
};

/// "string, integer or null".
[[nodiscard]] QString typeWords(std::uint8_t bits);
/// A value's text as findings show it: of strings their contents; cut when long.
[[nodiscard]] QString shownText(std::string_view text);
/// A value's JSON, which tells a text from a number; cut when long.
[[nodiscard]] QString shownJson(std::string_view json);
/// The first of the values that `const` or `enum` allow, as JSON.
[[nodiscard]] QString shownValues(const ValueRules &rules);
/// Several texts as one argument.
[[nodiscard]] QString argumentParts(const QStringList &parts);

struct Missing
{
    std::string_view property;
    std::string_view nearestSent; ///< empty: none is near
};
struct Unplanned
{
    std::string_view property;
    std::string_view nearestPlanned; ///< empty: none is near
    bool isNearestSent = false;      ///< so it was not meant
};

/// Pairs properties that are missing with sent ones that no plan knows, each once, nearest first.
[[nodiscard]] std::vector<Missing> pairedMissing(const std::vector<std::string_view> &missing,
                                                 const std::vector<std::string_view> &unplanned);
/// What each unplanned property may have been meant for: rather a planned one that was not sent.
[[nodiscard]] std::vector<Unplanned> pairedUnplanned(const std::vector<std::string_view> &unplanned,
                                                     const std::vector<std::string_view> &planned,
                                                     const std::vector<std::string_view> &sent);

} // namespace schema
