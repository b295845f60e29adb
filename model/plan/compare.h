// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace plan {

enum class ChangeKind : std::uint8_t { Added, Removed, Changed };
/// What a change does to events that were valid.
enum class Impact : std::uint8_t {
    None,     ///< words only: descriptions, labels, order
    Loosens,  ///< more is valid
    Tightens, ///< what was valid may be a violation
    Both,
};

/// One difference between two plans.
struct Change
{
    ChangeKind kind = ChangeKind::Changed;
    Impact impact = Impact::None;
    event::CallType type = event::CallType::Track; ///< None: a common rule
    QString name;
    int version = 1;
    /// Property (plan::PropertyPath); empty: the event itself. What an event's rule says beside its
    /// properties has an empty first name: {"", "context", "locale"}.
    QStringList path;
    /// "event", "property", "renamed", "version", "deprecated", "sources", "type", "required", "enum",
    /// "pattern", "format", "range", "length", "items", "properties", "multipleOf", "uniqueItems",
    /// "additionalProperties", "order", "definitions", "$schema"; "schema" is anything else that may matter;
    /// what is for people is called as its keyword ("description", "labels").
    QString what;
    QString before, after; ///< as text; empty where there is none
};

/// From `before` to `after`: events by type, name and version; properties by path; a rename that is plain
/// (removed and added under a near name with the same schema) is one change, "renamed". In the order of
/// `after`.
[[nodiscard]] std::vector<Change> compare(const Document &before, const Document &after);
/// A sentence for people: "`quantity` may now also be a string".
[[nodiscard]] QString sentenceOf(const Change &change);

/// How plans are merged; Avo's words for the same.
enum class MergeMode : std::uint8_t {
    AddOnly,            ///< new events and properties; what is planned stays as it is
    AddAndUpdate,       ///< and what differs is replaced
    AddUpdateAndRemove, ///< and what the other plan does not have is removed
};

/// One event of a merge, to be looked at and chosen.
struct MergeStep
{
    ChangeKind kind = ChangeKind::Added;
    RulePointer before; ///< null when added
    RulePointer after;  ///< null when removed
    std::vector<Change> changes;
};
/// The rules of another plan, made ready to be merged into one: they bring the shared definitions that they
/// refer to, and leave behind what only their own format has a place for.
[[nodiscard]] std::vector<RulePointer> rulesFor(const Document &into, const Document &from);
/// What merging would do, event by event; events that stay as they are are left out. What is for people
/// (descriptions, labels), sources and, around the properties, the demands on the event stay where the other
/// plan says nothing of them, in every mode.
[[nodiscard]] std::vector<MergeStep> mergeSteps(const Document &into, const std::vector<RulePointer> &from,
                                                MergeMode mode);
/// The plan with these steps done.
[[nodiscard]] Document merged(const Document &into, const std::vector<MergeStep> &steps);

/// Which changes break what was valid, judged by captured events. One thread.
class BreakCheck
{
public:
    BreakCheck(const Document &before, const Document &after);
    ~BreakCheck();

    void add(event::CallType type, const QString &name, const QString &source, event::EventId id,
             json::Value merged);

    /// Events of one name whose verdict changes.
    struct Outcome
    {
        event::CallType type{};
        QString name;
        std::uint64_t events = 0;
        std::uint64_t broken = 0; ///< valid before, a violation or unplanned after
        std::uint64_t mended = 0; ///< the other way
        /// Findings that are new, with how many events have them, and one of those events.
        struct Cause
        {
            event::Finding finding;
            std::uint64_t events = 0;
            event::EventId example{};
        };
        std::vector<Cause> causes; ///< most frequent first, at most 20
    };
    [[nodiscard]] std::uint64_t events() const;
    /// Those with a change first, most broken first.
    [[nodiscard]] std::vector<Outcome> outcomes() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace plan
