// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/planlintparts.h"
#include "plan/jsonedit.h"
#include "plan/sheetcells.h"
#include "schema/pattern.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace check {

namespace {

using event::Severity;
using plan::Json;
using plan::memberOf;

/// A keyword that only says something of values of these types.
struct OfTypes
{
    std::string_view keyword;
    std::string_view kind; ///< JSON type
    std::string_view shown;
};
constexpr std::array ofTypes{
    OfTypes{"pattern", "string", "texts"},
    OfTypes{"minLength", "string", "texts"},
    OfTypes{"maxLength", "string", "texts"},
    OfTypes{"minimum", "number", "numbers"},
    OfTypes{"maximum", "number", "numbers"},
    OfTypes{"exclusiveMinimum", "number", "numbers"},
    OfTypes{"exclusiveMaximum", "number", "numbers"},
    OfTypes{"multipleOf", "number", "numbers"},
    OfTypes{"minItems", "array", "lists"},
    OfTypes{"maxItems", "array", "lists"},
    OfTypes{"uniqueItems", "array", "lists"},
    OfTypes{"items", "array", "lists"},
    OfTypes{"properties", "object", "objects"},
    OfTypes{"required", "object", "objects"},
    OfTypes{"minProperties", "object", "objects"},
    OfTypes{"maxProperties", "object", "objects"},
};

QString text(std::string_view ascii)
{
    return QString::fromLatin1(ascii.data(), static_cast<qsizetype>(ascii.size()));
}

std::optional<double> number(const Json &schema, std::string_view keyword)
{
    const Json *value = memberOf(schema, keyword);
    return value != nullptr && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
}

bool isClosed(const Json &schema)
{
    const Json *others = memberOf(schema, "additionalProperties");
    return others != nullptr && others->is_boolean() && !others->get<bool>();
}

/// Types that a schema and all of its allOf leave; nothing when they leave any.
std::optional<QStringList> leftTypes(const Json &schema)
{
    std::optional<QStringList> left;
    const auto narrow = [&left](const Json &one) {
        const Json *type = memberOf(one, "type");
        if (type == nullptr) {
            return;
        }
        const QStringList types = plan::typesIn(one);
        if (!left) {
            left = types;
            return;
        }
        QStringList both;
        for (const QString &candidate : std::as_const(*left)) {
            const bool isWhole = candidate == u"integer"_s && types.contains(u"number"_s);
            if (types.contains(candidate) || isWhole) {
                both.append(candidate);
            } else if (candidate == u"number"_s && types.contains(u"integer"_s)) {
                both.append(u"integer"_s);
            }
        }
        left = both;
    };
    narrow(schema);
    const Json *all = memberOf(schema, "allOf");
    if (all != nullptr && all->is_array()) {
        std::ranges::for_each(*all, narrow);
    }
    return left;
}

} // namespace

/// Where the walk is: the property's way from the schema's root, or from a definition.
struct LintPlace
{
    QStringList path;
    QString definition;

    [[nodiscard]] LintPlace below(const QString &step) const
    {
        return {path + QStringList(step), definition};
    }
};

class SchemaWalk
{
public:
    SchemaWalk(SchemaLint &lint, std::size_t index, const plan::RuleSource &rule)
        : m_lint(lint)
        , m_index(index)
        , m_rule(rule)
    {
    }

    enum class Demand : std::uint8_t {
        Made,
        Asked, ///< below `if` and `not`: nothing that has to be met
    };

    void walk(const Json &schema, const LintPlace &place, Demand demand)
    {
        if (!schema.is_object()) {
            return;
        }
        patterns(schema, place);
        if (demand == Demand::Made) {
            values(schema, place);
            limits(schema, place);
            types(schema, place);
            required(schema, place);
        }
        properties(schema, place, demand);
        for (const std::string_view keyword : {"items", "additionalItems", "unevaluatedItems", "contains"}) {
            child(schema, keyword, place.below(u"$"_s), demand);
        }
        list(schema, "items", place.below(u"$"_s), demand);
        list(schema, "prefixItems", place.below(u"$"_s), demand);
        for (const std::string_view keyword : {"additionalProperties", "unevaluatedProperties"}) {
            child(schema, keyword, place.below(u"*"_s), demand);
        }
        for (const std::string_view keyword : {"allOf", "anyOf", "oneOf"}) {
            list(schema, keyword, place, demand);
        }
        for (const std::string_view keyword : {"then", "else"}) {
            child(schema, keyword, place, demand);
        }
        for (const std::string_view keyword : {"not", "if", "propertyNames"}) {
            child(schema, keyword, place, Demand::Asked);
        }
        for (const std::string_view keyword : {"dependencies", "dependentSchemas"}) {
            members(schema, keyword, [&](const QString &, const Json &below) { walk(below, place, demand); });
        }
        for (const std::string_view keyword : {"definitions", "$defs"}) {
            members(schema, keyword, [&](const QString &name, const Json &below) {
                walk(below, {{}, name}, demand);
            });
        }
    }

private:
    void child(const Json &schema, std::string_view keyword, const LintPlace &place, Demand demand)
    {
        if (const Json *below = memberOf(schema, keyword)) {
            walk(*below, place, demand);
        }
    }

    void list(const Json &schema, std::string_view keyword, const LintPlace &place, Demand demand)
    {
        const Json *below = memberOf(schema, keyword);
        if (below != nullptr && below->is_array()) {
            std::ranges::for_each(*below, [&](const Json &one) { walk(one, place, demand); });
        }
    }

    template <typename Visit>
    static void members(const Json &schema, std::string_view keyword, Visit visit)
    {
        const Json *below = memberOf(schema, keyword);
        if (below != nullptr && below->is_object()) {
            for (const auto &[key, value] : below->get_ref<const Json::object_t &>()) {
                visit(QString::fromStdString(key), value);
            }
        }
    }

    void properties(const Json &schema, const LintPlace &place, Demand demand)
    {
        members(schema, "properties",
                [&](const QString &name, const Json &below) { walk(below, place.below(name), demand); });
        members(schema, "patternProperties", [&](const QString &pattern, const Json &below) {
            checkPattern(pattern.toStdString(), place);
            walk(below, place.below(u"*"_s), demand);
        });
    }

    /// The path as the sheet has it; empty for what is not in it.
    [[nodiscard]] QStringList sheetPath(const LintPlace &place) const
    {
        if (!place.definition.isEmpty() || place.path.contains(u"*"_s)) {
            return {};
        }
        if (m_rule.type == event::CallType::None || m_rule.scope != plan::Scope::Event) {
            return place.path;
        }
        const QString holder = place.path.value(0);
        return holder == u"properties"_s || holder == u"traits"_s ? place.path.mid(1) : QStringList();
    }

    /// What an issue is about, for its sentence.
    [[nodiscard]] QString nameOf(const LintPlace &place) const
    {
        const QStringList path = sheetPath(place);
        if (!path.isEmpty()) {
            return u"`%1`"_s.arg(plan::shownPath(path));
        }
        if (!place.definition.isEmpty()) {
            return place.path.isEmpty() ? u"the definition \"%1\""_s.arg(place.definition)
                                        : u"`%1` of the definition \"%2\""_s.arg(plan::shownPath(place.path),
                                                                                 place.definition);
        }
        return place.path.isEmpty() ? u"the event"_s : u"`%1`"_s.arg(plan::shownPath(place.path));
    }

    void add(PlanFault fault, Severity severity, const LintPlace &place, const QString &message,
             const QString &fix)
    {
        QString sentence = message;
        sentence[0] = sentence[0].toUpper();
        m_lint.m_issues.add(m_index, fault, severity, sheetPath(place), {sentence, fix});
    }

    void contradiction(const LintPlace &place, const QString &message, const QString &fix)
    {
        add(PlanFault::Contradiction, Severity::Error, place, message, fix);
    }

    void values(const Json &schema, const LintPlace &place)
    {
        if (memberOf(schema, "enum") == nullptr && memberOf(schema, "const") == nullptr) {
            return;
        }
        const EnumFaults &faults = m_lint.enumFaultsOf(schema, m_rule.schema);
        if (faults.unreachable.size() == faults.count && faults.count > 0) {
            contradiction(place, u"nothing is allowed for %1: %2"_s.arg(nameOf(place), faults.reason),
                          u"Change the allowed values, or what rules them out."_s);
        } else if (!faults.unreachable.isEmpty()) {
            add(PlanFault::UnreachableEnum, Severity::Warning, place,
                u"%1 lists %2 as allowed, but that can never come: %3"_s.arg(
                    nameOf(place), listed(faults.unreachable), faults.reason),
                u"Take the value out of the list, or change what rules it out."_s);
        }
        if (!faults.repeated.isEmpty()) {
            add(PlanFault::UnreachableEnum, Severity::Info, place,
                u"%1 lists %2 more than once."_s.arg(nameOf(place), listed(faults.repeated)),
                u"Write each value once."_s);
        }
    }

    void limits(const Json &schema, const LintPlace &place)
    {
        struct Pair
        {
            std::string_view least, most;
            const char16_t *noun;
        };
        static constexpr std::array<Pair, 3> counts{
            {{"minLength", "maxLength", u"length"},
             {"minItems", "maxItems", u"number of items"},
             {"minProperties", "maxProperties", u"number of properties"}}};
        const QString fix = u"Correct one of the two limits."_s;
        for (const Pair &pair : counts) {
            const auto least = number(schema, pair.least);
            const auto most = number(schema, pair.most);
            if (least && most && *least > *most) {
                contradiction(
                    place,
                    u"the %2 of %1 should be at least %3 and at most %4, and no value is both."_s.arg(
                        nameOf(place), QString::fromUtf16(pair.noun), QString::number(*least),
                        QString::number(*most)),
                    fix);
            }
        }
        const auto flag = [&schema](std::string_view keyword) {
            const Json *value = memberOf(schema, keyword);
            return value != nullptr && value->is_boolean() && value->get<bool>();
        };
        const auto exclusiveLeast = number(schema, "exclusiveMinimum");
        const auto exclusiveMost = number(schema, "exclusiveMaximum");
        const double infinity = std::numeric_limits<double>::infinity();
        const double least =
            std::max(number(schema, "minimum").value_or(-infinity), exclusiveLeast.value_or(-infinity));
        const double most =
            std::min(number(schema, "maximum").value_or(infinity), exclusiveMost.value_or(infinity));
        const bool isOpen = (exclusiveLeast && *exclusiveLeast == least) ||
                            (exclusiveMost && *exclusiveMost == most) || flag("exclusiveMinimum") ||
                            flag("exclusiveMaximum");
        const bool isWhole = plan::typesIn(schema) == QStringList(u"integer"_s);
        const bool hasWhole =
            !isWhole || std::isinf(least) || std::isinf(most) || std::ceil(least) <= std::floor(most);
        if (least > most || (least == most && isOpen) || !hasWhole) {
            contradiction(place,
                          u"%1 should be %2, and no %3 is."_s.arg(nameOf(place), plan::rangeOf(schema),
                                                                  isWhole ? u"whole number"_s : u"number"_s),
                          fix);
        }
    }

    void types(const Json &schema, const LintPlace &place)
    {
        if (const auto left = leftTypes(schema);
            left && left->isEmpty() && memberOf(schema, "allOf") != nullptr) {
            contradiction(
                place,
                u"the parts of the schema of %1 (allOf) want different types, and no value has both."_s.arg(
                    nameOf(place)),
                u"Let the parts agree on a type."_s);
        }
        const QStringList own = memberOf(schema, "type") != nullptr ? plan::typesIn(schema) : QStringList();
        if (own.isEmpty()) {
            return;
        }
        QStringList idle;
        QString kinds;
        for (const OfTypes &one : ofTypes) {
            const QString kind = text(one.kind);
            const bool isMet = own.contains(kind) || (one.kind == "number" && own.contains(u"integer"_s));
            if (!isMet && memberOf(schema, one.keyword) != nullptr &&
                (kinds.isEmpty() || kinds == text(one.shown))) {
                kinds = text(one.shown);
                idle.append(u"\"%1\""_s.arg(text(one.keyword)));
            }
        }
        if (!idle.isEmpty()) {
            add(PlanFault::Remark, Severity::Warning, place,
                u"for %1 the plan says %2, which is about %3 only; its type is %4, so this has no effect."_s
                    .arg(nameOf(place), listed(idle), kinds, plan::shownTypes(own)),
                u"Change the type, or take the demand out."_s);
        }
    }

    [[nodiscard]] bool isMatched(const Json &schema, const std::string &name) const
    {
        bool isMatched = false;
        members(schema, "patternProperties", [&](const QString &pattern, const Json &) {
            const auto compiled = schema::Pattern::compile(pattern.toStdString());
            isMatched = isMatched || !compiled || (*compiled)->search(name) == schema::Match::Yes;
        });
        return isMatched;
    }

    void required(const Json &schema, const LintPlace &place)
    {
        const Json *names = memberOf(schema, "required");
        if (names == nullptr || !names->is_array()) {
            return;
        }
        const Json *planned = memberOf(schema, "properties");
        for (const Json &one : *names) {
            if (!one.is_string()) {
                continue;
            }
            const std::string name = one.get<std::string>();
            const Json *own = planned != nullptr ? memberOf(*planned, name) : nullptr;
            const LintPlace below = place.below(QString::fromStdString(name));
            if (own == nullptr && isClosed(schema) && !isMatched(schema, name)) {
                add(PlanFault::RequiredUnknown, Severity::Error, below,
                    u"%1 is required, but not planned, and nothing unplanned may come: no event is ever valid."_s
                        .arg(nameOf(below)),
                    u"Plan the property, or take it out of what is required."_s);
            } else if (own != nullptr && own->is_boolean() && !own->get<bool>()) {
                contradiction(below,
                              u"%1 is required, but nothing is allowed for it: no event is ever valid."_s.arg(
                                  nameOf(below)),
                              u"Say what the property may be, or take it out of what is required."_s);
            }
        }
        const auto most = number(schema, "maxProperties");
        if (most && static_cast<double>(names->size()) > *most) {
            contradiction(place,
                          u"%1 has %2 required properties, but may only have %3."_s.arg(
                              nameOf(place), QString::number(names->size()), QString::number(*most)),
                          u"Allow more properties, or require fewer."_s);
        }
    }

    void patterns(const Json &schema, const LintPlace &place)
    {
        const Json *pattern = memberOf(schema, "pattern");
        if (pattern != nullptr && pattern->is_string()) {
            checkPattern(pattern->get<std::string>(), place);
        }
    }

    void checkPattern(const std::string &pattern, const LintPlace &place)
    {
        if (!m_lint.canRunAway(pattern)) {
            return;
        }
        constexpr qsizetype shownCharacters = 80;
        add(PlanFault::RunawayPattern, Severity::Warning, place,
            u"the pattern of %1 (%2) takes without end on some texts; events with such a text get no verdict."_s
                .arg(nameOf(place), QString::fromStdString(pattern).left(shownCharacters)),
            u"Write it without repeats inside of repeats, as in (a+)+, and without look-ahead."_s);
    }

    SchemaLint &m_lint;
    std::size_t m_index;
    const plan::RuleSource &m_rule;
};

void SchemaLint::check(std::size_t index, const plan::RuleSource &rule)
{
    SchemaWalk(*this, index, rule).walk(rule.schema, {}, SchemaWalk::Demand::Made);
}

const EnumFaults &SchemaLint::enumFaultsOf(const Json &schema, const Json &ruleSchema)
{
    const std::string key = plan::stringMember(ruleSchema, "$schema").toStdString() + '\n' +
                            schema.dump(-1, ' ', false, Json::error_handler_t::replace);
    const auto [known, isNew] = m_enums.try_emplace(key);
    if (isNew) {
        known->second = enumFaults(schema, ruleSchema);
    }
    return known->second;
}

bool SchemaLint::canRunAway(const std::string &pattern)
{
    const auto [known, isNew] = m_patterns.try_emplace(pattern, false);
    if (isNew) {
        known->second = runsAway(pattern);
    }
    return known->second;
}

} // namespace check
