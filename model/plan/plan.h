// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/event.h"
#include "schema/schema.h"

#include <QStringList>

namespace plan {

struct Property {
    QString name; ///< dotted path for nested ones ("products.$.sku")
    QStringList types; ///< "string", "integer", ..., "null"; empty: any
    QString description;
    bool isRequired = false;
    QStringList allowed; ///< enum values or const, as text
    QString pattern;
    QString format;
};

/// One rule of a plan: an event by call type and name (track: event; page and screen: name; the rest unnamed).
struct Rule {
    event::CallType type = event::CallType::Track;
    QString name;
    QString description;
    int version = 1;
    std::vector<Property> properties; ///< of properties or traits, in the plan's order
    std::optional<schema::Schema> schema; ///< over the whole (merged) event; none when it did not compile
    QByteArray schemaJson; ///< as in the file, for display
};

struct Problem {
    QString where; ///< rule name and pointer
    QString message;
};

/// A tracking plan as loaded from one file. Immutable; any thread.
struct Plan {
    QString name;
    QString path;
    std::vector<Rule> rules;
    std::vector<Rule> common; ///< COMMON rules: every event
    QStringList sources;      ///< names of the sources it covers; empty: all
    std::vector<Problem> problems;
};

/// Reads Segment's Public API JSON (a rules answer, a tracking plan with rules, or a saved pair of both)
/// or a plain JSON Schema for one event (its name from `title`, else the file's name). Anything else is
/// an error that says what was found instead.
[[nodiscard]] base::Result<std::shared_ptr<const Plan>> load(const QString &path);
[[nodiscard]] base::Result<std::shared_ptr<const Plan>> parse(const QByteArray &json, const QString &path);

struct Verdict {
    event::Status status = event::Status::Unchecked;
    std::vector<event::Finding> findings;
};

/// Several plans as one: finds the rule for an event and checks it. Immutable; any thread.
class PlanSet
{
public:
    explicit PlanSet(std::vector<std::shared_ptr<const Plan>> plans);

    /// `merged` is the whole event; `source` its source's name. Unchecked when no plan covers it;
    /// unplanned with the nearest planned name when the plan does not know it.
    [[nodiscard]] Verdict check(event::CallType type, const QString &name, const QString &source, json::Value merged) const;
    [[nodiscard]] const std::vector<std::shared_ptr<const Plan>> &plans() const { return m_plans; }
    /// The rule that an event is checked against; null when none.
    [[nodiscard]] const Rule *ruleFor(event::CallType type, const QString &name, const QString &source) const;

private:
    struct Index;
    std::vector<std::shared_ptr<const Plan>> m_plans;
    std::shared_ptr<const Index> m_index;
};

} // namespace plan
