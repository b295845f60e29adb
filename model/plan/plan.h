// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/event.h"
#include "schema/schema.h"

#include <QStringList>

namespace plan {

struct Property
{
    QString name;      ///< dotted path for nested ones ("products.$.sku")
    QStringList types; ///< "string", "integer", ..., "null"; empty: any
    QString description;
    bool isRequired = false;
    QStringList allowed; ///< enum values or const, as text
    QString pattern;
    QString format;
};

/// What of an event a rule's schema is written for.
enum class Scope : std::uint8_t {
    Event,      ///< the whole event, as Segment's rules are
    Properties, ///< its properties alone (Typewriter's rules, a plain JSON Schema)
    Traits,     ///< its traits alone
};

/// One rule of a plan: an event by call type and name (track: event; page and screen: name; the rest
/// unnamed).
struct Rule
{
    event::CallType type = event::CallType::Track;
    QString name;
    QString description;
    int version = 1;
    bool isDeprecated = false;        ///< still planned: its events are checked
    QStringList sources;              ///< names of the sources it is for; empty: all of the plan's
    std::vector<Property> properties; ///< of properties or traits, in the plan's order
    Scope scope = Scope::Event;
    std::optional<schema::Schema> schema; ///< over `scope` of the merged event; none when it did not compile
    QByteArray schemaJson;                ///< as in the file, for display
    /// Rules with the same one (and the same type and name) give the same verdicts; empty: like no other.
    QByteArray fingerprint;
};

struct Problem
{
    QString where; ///< rule name and pointer
    QString message;
};

/// A tracking plan as loaded from one file. Immutable; any thread.
struct Plan
{
    QString name;
    QString path;
    std::vector<Rule> rules;
    std::vector<Rule> common; ///< COMMON rules: every event
    QStringList sources;      ///< names of the sources it covers; empty: all
    std::vector<Problem> problems;
};

/// Reads a plan of any format (plan/document.h): a file, or a folder of JSON Schemas or of RudderStack's
/// YAML. Anything else is an error that says what was found instead. What of a plan can't be used is in its
/// `problems`.
///
/// A `sources` list (names, or objects with a name) anywhere beside the rules says which sources the plan
/// covers. A rule's schema is over the whole event when its `properties` name `properties`, `traits`, `event`
/// or `context`; else over the event's properties (identify, group: traits). So is a plain JSON Schema; its
/// event is `properties.event.const`, else the `title`, else the file's name, and its call type
/// `properties.type.const`, else track.
[[nodiscard]] base::Result<std::shared_ptr<const Plan>> load(const QString &path);
[[nodiscard]] base::Result<std::shared_ptr<const Plan>> parse(const QByteArray &bytes, const QString &path);

struct Verdict
{
    event::Status status = event::Status::Unchecked;
    std::vector<event::Finding> findings;
};

/// Several plans as one: finds the rule for an event and checks it. Immutable; any thread.
/// A plan covers the sources it lists, without regard to case, or all; an event whose source is not known (of
/// a file) is covered by every plan. Where several plans that cover a source have the event, it is valid when
/// one of them says so, else judged by the one with the fewest findings. Of a rule's versions
/// `context.protocols.event_version` picks; missing or unknown, the oldest (as Segment does).
class PlanSet
{
public:
    explicit PlanSet(std::vector<std::shared_ptr<const Plan>> plans);

    /// `merged` is the whole event; `source` its source's name. Unchecked when no plan covers it, when its
    /// rule's schema did not compile, for a call without a name, and for a type of call the plans have no
    /// rule for (track apart); unplanned with the nearest planned name when the plans do not know it, and
    /// when they know it for other sources only.
    [[nodiscard]] Verdict check(event::CallType type, const QString &name, const QString &source,
                                json::Value merged) const;
    /// What the verdict of such an event hangs on, beside the event itself: two sets that give the same bytes
    /// give it the same verdict. Nothing when that is not known.
    [[nodiscard]] std::optional<QByteArray> basis(event::CallType type, const QString &name,
                                                  const QString &source) const;
    [[nodiscard]] const std::vector<std::shared_ptr<const Plan>> &plans() const { return m_plans; }
    /// The rule that an event is checked against when it names no version; null when none.
    [[nodiscard]] const Rule *ruleFor(event::CallType type, const QString &name, const QString &source) const;

private:
    struct Index;
    std::vector<std::shared_ptr<const Plan>> m_plans;
    std::shared_ptr<const Index> m_index;
};

} // namespace plan
