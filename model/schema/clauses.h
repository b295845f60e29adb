// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"
#include "schema/report.h"

#include <algorithm>

namespace schema {

/// One thing that a simple schema says of a value, for sentences as "because `method` is "card"".
struct Clause
{
    json::Pointer at;
    QString relation; ///< see event::PlanArgument
    QString values;   ///< JSON; empty where the relation says all
};

/// As an argument of findings.
[[nodiscard]] QString clauseArgument(const std::vector<Clause> &clauses);
/// Of a condition that clauses can't tell.
[[nodiscard]] std::vector<Clause> unknownClause(const json::Pointer &at);

/// Reads clauses off a schema whose verdict on a value is known, in the error pass. `Matches` answers whether
/// a value matches a node. Schemas that say more than clauses can tell give nothing.
template <typename Values, typename Matches>
class ClauseReader
{
public:
    using Value = typename Values::Value;
    using Clauses = std::optional<std::vector<Clause>>;

    explicit ClauseReader(Matches matches)
        : m_matches(std::move(matches))
    {
    }

    /// What a schema says that the value matches. Of a property that was not sent: that, for then its schema
    /// holds without saying anything.
    [[nodiscard]] Clauses held(const Node &node, Value value, const json::Pointer &at)
    {
        std::vector<Clause> clauses;
        if (!readHeld(node, value, at, clauses) || clauses.empty()) {
            return std::nullopt;
        }
        return clauses;
    }

    /// What a schema says that the value does not match, turned round: "isNot".
    [[nodiscard]] Clauses failed(const Node &node, Value value, const json::Pointer &at)
    {
        std::vector<Clause> clauses;
        if (!readFailed(node, value, at, clauses) || clauses.empty()) {
            return std::nullopt;
        }
        return clauses;
    }

    /// What a schema asks of a value that is not there: of an array's items.
    [[nodiscard]] static Clauses asked(const Node &node, const json::Pointer &at)
    {
        std::vector<Clause> clauses;
        if (!readAsked(node, at, clauses) || clauses.empty()) {
            return std::nullopt;
        }
        return clauses;
    }

private:
    static void add(std::vector<Clause> &clauses, const json::Pointer &at, const char16_t *relation,
                    const QString &values = {})
    {
        clauses.push_back({at, QString::fromUtf16(relation), values});
    }

    /// Keywords that clauses have no words for.
    static bool isBeyondWords(const Node &node)
    {
        const bool isLongText = node.string && (node.string->format || node.string->minLength > 0 ||
                                                node.string->maxLength != noLimit);
        const bool isStepped = node.number && node.number->multipleOf;
        const bool isList = node.array && (!node.array->tuple.empty() || node.array->items != nullptr ||
                                           node.array->minItems > 0 || node.array->maxItems != noLimit ||
                                           node.array->hasUniqueItems || node.array->minContains != 1 ||
                                           node.array->maxContains != noLimit);
        const bool isClosed =
            node.object && (!node.object->patterns.empty() || node.object->additional != nullptr ||
                            node.object->names != nullptr || node.object->minProperties > 0 ||
                            node.object->maxProperties != noLimit || !node.object->dependencies.empty());
        const bool isElsewhere =
            node.logic && (node.logic->condition != nullptr || node.logic->reference != nullptr ||
                           node.logic->dynamicReference != nullptr);
        return isLongText || isStepped || isList || isClosed || isElsewhere || node.hasUnevaluated;
    }

    static bool isRequired(const ObjectRules &rules, std::string_view name)
    {
        return std::ranges::find(rules.required, name) != rules.required.end();
    }

    /// visit(limit, relation, its opposite, whether an order fulfils it)
    template <typename Visit>
    static void eachLimit(const Node &node, Visit &&visit)
    {
        if (!node.number) {
            return;
        }
        visit(node.number->minimum, u">=", u"<",
              [](std::strong_ordering order) { return std::is_gteq(order); });
        visit(node.number->exclusiveMinimum, u">", u"<=",
              [](std::strong_ordering order) { return std::is_gt(order); });
        visit(node.number->maximum, u"<=", u">",
              [](std::strong_ordering order) { return std::is_lteq(order); });
        visit(node.number->exclusiveMaximum, u"<", u">=",
              [](std::strong_ordering order) { return std::is_lt(order); });
    }

    bool readHeld(const Node &node, Value value, const json::Pointer &at, std::vector<Clause> &clauses)
    {
        const json::Type type = Values::type(value);
        if (isBeyondWords(node)) {
            return false;
        }
        if (node.value) {
            add(clauses, at, u"is", shownJson(Values::raw(value)));
            return true;
        }
        const std::size_t before = clauses.size();
        if (node.string && node.string->pattern && type == json::Type::String) {
            add(clauses, at, u"matches", shownText(node.string->pattern->text()));
        }
        if (type == json::Type::Number) {
            eachLimit(node, [&](const std::optional<Limit> &limit, const char16_t *relation, const char16_t *,
                                auto) {
                if (limit) {
                    add(clauses, at, relation, shownText(limit->text()));
                }
            });
        }
        if (node.array && node.array->contains != nullptr && type == json::Type::Array &&
            !readContains(*node.array->contains, at, u"holds", clauses)) {
            return false;
        }
        if (node.object && type == json::Type::Object && !readHeldMembers(*node.object, value, at, clauses)) {
            return false;
        }
        if (node.logic && !readHeldLogic(*node.logic, value, at, clauses)) {
            return false;
        }
        const bool isSaid =
            clauses.size() > before || type == json::Type::Object || type == json::Type::Array;
        if (!isSaid && node.types != allBits) {
            add(clauses, at, u"type", typeWords(node.types));
        }
        return true;
    }

    static bool readContains(const Node &item, const json::Pointer &at, const char16_t *relation,
                             std::vector<Clause> &clauses)
    {
        if (!item.value || item.object || item.logic) {
            return false;
        }
        add(clauses, at, relation, shownValues(*item.value));
        return true;
    }

    bool readHeldMembers(const ObjectRules &rules, Value value, const json::Pointer &at,
                         std::vector<Clause> &clauses)
    {
        for (const std::string_view name : rules.planned) {
            const Node &node = *rules.table.find(name)->node;
            const Value member = Values::member(value, name);
            const std::size_t before = clauses.size();
            if (Values::isMissing(member)) {
                add(clauses, at.child(name), u"notSent");
            } else if (!readHeld(node, member, at.child(name), clauses)) {
                return false;
            }
            const bool isTypeOnly = clauses.size() == before + 1 && clauses.back().relation == u"type";
            if (isRequired(rules, name) && (clauses.size() == before || isTypeOnly)) {
                clauses.resize(before);
                add(clauses, at.child(name), u"sent");
            }
        }
        for (const std::string_view name : rules.required) {
            if (const auto *entry = rules.table.find(name); entry == nullptr || entry->node == nullptr) {
                add(clauses, at.child(name), u"sent");
            }
        }
        return true;
    }

    bool readHeldLogic(const LogicRules &rules, Value value, const json::Pointer &at,
                       std::vector<Clause> &clauses)
    {
        const auto isRead = [&](const Node *node) { return readHeld(*node, value, at, clauses); };
        if (!std::ranges::all_of(rules.allOf, isRead)) {
            return false;
        }
        for (const auto *branches : {&rules.anyOf, &rules.oneOf}) {
            const auto matching =
                std::ranges::find_if(*branches, [&](const Node *node) { return m_matches(*node, value); });
            if (matching != branches->end() && !isRead(*matching)) {
                return false;
            }
        }
        return rules.negated == nullptr || readFailed(*rules.negated, value, at, clauses);
    }

    bool readFailed(const Node &node, Value value, const json::Pointer &at, std::vector<Clause> &clauses)
    {
        const json::Type type = Values::type(value);
        if (isBeyondWords(node) || node.isNever) {
            return false;
        }
        if (node.value) {
            const bool isOne = !node.value->hasEnum || node.value->allowed.size() == 1;
            add(clauses, at, isOne ? u"isNot" : u"notOneOf", shownValues(*node.value));
            return true;
        }
        const std::size_t before = clauses.size();
        if (node.string && node.string->pattern && type == json::Type::String) {
            add(clauses, at, u"notMatches", shownText(node.string->pattern->text()));
        }
        if (type == json::Type::Number) {
            eachLimit(node, [&](const std::optional<Limit> &limit, const char16_t *, const char16_t *opposite,
                                auto isWithin) {
                const auto order = limit ? limit->compare(Values::raw(value)) : std::nullopt;
                if (order && !isWithin(*order)) {
                    add(clauses, at, opposite, shownText(limit->text()));
                }
            });
        }
        if (node.array && node.array->contains != nullptr && type == json::Type::Array &&
            !readContains(*node.array->contains, at, u"holdsNot", clauses)) {
            return false;
        }
        if (node.object && type == json::Type::Object &&
            !readFailedMembers(*node.object, value, at, clauses)) {
            return false;
        }
        if (node.logic && !readFailedLogic(*node.logic, value, at, clauses)) {
            return false;
        }
        if (clauses.size() == before && node.types != allBits) {
            add(clauses, at, u"notType", typeWords(node.types));
        }
        return clauses.size() > before;
    }

    bool readFailedMembers(const ObjectRules &rules, Value value, const json::Pointer &at,
                           std::vector<Clause> &clauses)
    {
        for (const std::string_view name : rules.required) {
            if (Values::isMissing(Values::member(value, name))) {
                add(clauses, at.child(name), u"notSent");
            }
        }
        return std::ranges::all_of(rules.planned, [&](std::string_view name) {
            const Node &node = *rules.table.find(name)->node;
            const Value member = Values::member(value, name);
            return Values::isMissing(member) || m_matches(node, member) ||
                   readFailed(node, member, at.child(name), clauses);
        });
    }

    bool readFailedLogic(const LogicRules &rules, Value value, const json::Pointer &at,
                         std::vector<Clause> &clauses)
    {
        for (const auto *branches : {&rules.allOf, &rules.anyOf}) {
            const bool isRead = std::ranges::all_of(*branches, [&](const Node *node) {
                return m_matches(*node, value) || readFailed(*node, value, at, clauses);
            });
            if (!isRead) {
                return false;
            }
        }
        const bool isNegatedRead = rules.negated == nullptr || !m_matches(*rules.negated, value) ||
                                   readHeld(*rules.negated, value, at, clauses);
        return rules.oneOf.empty() && isNegatedRead;
    }

    static bool readAsked(const Node &node, const json::Pointer &at, std::vector<Clause> &clauses)
    {
        if (isBeyondWords(node) || node.logic || node.array || node.isNever) {
            return false;
        }
        if (node.value) {
            const bool isOne = !node.value->hasEnum || node.value->allowed.size() == 1;
            add(clauses, at, isOne ? u"is" : u"oneOf", shownValues(*node.value));
            return true;
        }
        const std::size_t before = clauses.size();
        if (node.string && node.string->pattern) {
            add(clauses, at, u"matches", shownText(node.string->pattern->text()));
        }
        eachLimit(node,
                  [&](const std::optional<Limit> &limit, const char16_t *relation, const char16_t *, auto) {
                      if (limit) {
                          add(clauses, at, relation, shownText(limit->text()));
                      }
                  });
        if (node.object) {
            for (const std::string_view name : node.object->planned) {
                const bool isRead = readAsked(*node.object->table.find(name)->node, at.child(name), clauses);
                if (!isRead) {
                    return false;
                }
            }
            for (const std::string_view name : node.object->required) {
                const json::Pointer place = at.child(name);
                if (std::ranges::find(clauses, place, &Clause::at) == clauses.end()) {
                    add(clauses, place, u"sent");
                }
            }
        }
        if (clauses.size() == before && node.types != allBits) {
            add(clauses, at, u"type", typeWords(node.types));
        }
        return true;
    }

    Matches m_matches;
};

} // namespace schema
