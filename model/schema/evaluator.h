// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/equality.h"
#include "schema/jsonvalues.h"
#include "schema/nearest.h"
#include "schema/report.h"
#include "schema/utf8.h"

namespace schema {

enum class Mode : std::uint8_t {
    Verdict, ///< ends at the first fault, allocates nothing
    Explain, ///< records every fault in the Report
};

/// What one check may spend. Once exhausted every question is answered no, so that it ends soon; the check as
/// a whole is then no pass, whatever a `not` made of the answers.
struct Budget
{
    static constexpr unsigned maxDepth = 2'000;
    static constexpr std::uint64_t maxSteps = 1'000'000; ///< nodes visited: exponential schemas end here
    static constexpr unsigned maxRunaways = 8;

    unsigned depth = 0;
    std::uint64_t steps = 0;
    bool isExhausted = false;
    unsigned runaways = 0;            ///< patterns that hit their limit
    const Pattern *runaway = nullptr; ///< the first of them

    [[nodiscard]] bool hasVerdict() const { return !isExhausted && runaways == 0; }
};

/// A value as findings show it.
template <typename Values>
QString shownValue(typename Values::Value value)
{
    return shownText(Values::type(value) == json::Type::String ? Values::text(value) : Values::raw(value));
}

/// Checks values against compiled nodes. One function body per keyword serves both modes, so they cannot
/// disagree.
template <typename Values, Mode mode>
class Evaluator
{
public:
    using Value = typename Values::Value;

    /// `report` is null in Verdict mode.
    Evaluator(Budget &budget, Report *report)
        : m_budget(budget)
        , m_report(report)
    {
    }

    bool evaluate(const Node &node, Value value, const Step *step)
    {
        if (!spend(step)) {
            return false;
        }
        const bool isValid = check(node, value, step);
        --m_budget.depth;
        return isValid;
    }

private:
    static constexpr bool explains = mode == Mode::Explain;
    using Rule = event::RuleId;

    bool spend(const Step *step)
    {
        if (m_budget.isExhausted) {
            return false;
        }
        if (m_budget.depth >= Budget::maxDepth || m_budget.steps >= Budget::maxSteps) {
            m_budget.isExhausted = true;
            violated(Rule::PlanDepth, step, [] { return QStringList(); });
            return false;
        }
        ++m_budget.depth;
        ++m_budget.steps;
        return true;
    }

    /// Answers false, for `isValid = violated(...)`; the arguments are made only when they are wanted.
    template <typename Arguments>
    bool violated(Rule rule, const Step *step, Arguments &&arguments)
    {
        if constexpr (explains) {
            // Once the budget is gone answers are made up, and so would be what follows from them.
            if (!m_budget.isExhausted || rule == Rule::PlanDepth) {
                m_report->add(rule, m_report->pointer(step), arguments());
            }
        }
        return false;
    }

    bool child(const Node *node, Value value, const Step *parent, std::string_view key)
    {
        if constexpr (explains) {
            const Step step{parent, key, 0, false};
            return evaluate(*node, value, &step);
        } else {
            return evaluate(*node, value, nullptr);
        }
    }

    bool child(const Node *node, Value value, const Step *parent, std::uint32_t index)
    {
        if constexpr (explains) {
            const Step step{parent, {}, index, true};
            return evaluate(*node, value, &step);
        } else {
            return evaluate(*node, value, nullptr);
        }
    }

    bool matches(const Node *node, Value value)
    {
        return Evaluator<Values, Mode::Verdict>(m_budget, nullptr).evaluate(*node, value, nullptr);
    }

    Match search(const Pattern &pattern, std::string_view text)
    {
        const Match match = pattern.search(text);
        if (match == Match::Limit) {
            m_budget.runaway = m_budget.runaway != nullptr ? m_budget.runaway : &pattern;
            ++m_budget.runaways;
            m_budget.isExhausted = m_budget.isExhausted || m_budget.runaways >= Budget::maxRunaways;
        }
        return match;
    }

    static std::uint8_t typeBit(Value value)
    {
        switch (Values::type(value)) {
        case json::Type::Null:
            return NullBit;
        case json::Type::Bool:
            return BoolBit;
        case json::Type::Number:
            if (!isFiniteText(Values::raw(value))) {
                return 0;
            }
            return isIntegerText(Values::raw(value)) ? IntegerBit : FractionBit;
        case json::Type::String:
            return StringBit;
        case json::Type::Array:
            return ArrayBit;
        case json::Type::Object:
            return ObjectBit;
        }
        return 0;
    }

    static QString typeWord(Value value)
    {
        const std::uint8_t bit = typeBit(value);
        return typeWords(bit == FractionBit || bit == 0 ? numberBits : bit);
    }

    bool check(const Node &node, Value value, const Step *step)
    {
        if (node.isNever) {
            return violated(Rule::PlanFalse, step, [] { return QStringList(); });
        }
        // After a wrong type or a value that is not allowed, what else is wrong with it is noise.
        if (node.types != allBits && (typeBit(value) & node.types) == 0) {
            return violated(Rule::PlanType, step, [&] {
                return QStringList{typeWords(node.types), typeWord(value), shownValue<Values>(value)};
            });
        }
        if (node.value && !checkValue(*node.value, value, step)) {
            return false;
        }
        const bool isValid = checkKind(node, value, step);
        if ((!isValid && !explains) || !node.logic) {
            return isValid;
        }
        return checkLogic(*node.logic, value, step) && isValid;
    }

    bool checkKind(const Node &node, Value value, const Step *step)
    {
        switch (Values::type(value)) {
        case json::Type::Number:
            return !node.number || checkNumber(*node.number, value, step);
        case json::Type::String:
            return !node.string || checkString(*node.string, value, step);
        case json::Type::Array:
            return !node.array || checkArray(*node.array, value, step);
        case json::Type::Object:
            return !node.object || checkObject(*node.object, value, step);
        case json::Type::Null:
        case json::Type::Bool:
            break;
        }
        return true;
    }

    bool checkValue(const ValueRules &rules, Value value, const Step *step)
    {
        if (!rules.constant.isMissing() && !isEqual<Values, JsonValues>(value, rules.constant)) {
            return violated(Rule::PlanConst, step, [&] {
                return QStringList{shownValue<JsonValues>(rules.constant), shownValue<Values>(value)};
            });
        }
        if (!rules.hasEnum) {
            return true;
        }
        const bool isAllowed = std::ranges::any_of(rules.allowed, [value](json::Value allowed) {
            return isEqual<Values, JsonValues>(value, allowed);
        });
        return isAllowed || violated(Rule::PlanEnum, step, [&] { return enumArguments(rules, value); });
    }

    QStringList enumArguments(const ValueRules &rules, Value value)
    {
        QStringList allowed;
        std::vector<std::string_view> texts;
        for (const json::Value one : rules.allowed) {
            allowed.append(shownValue<JsonValues>(one));
            if (one.isString()) {
                texts.push_back(one.text());
            }
        }
        QString nearest;
        if (Values::type(value) == json::Type::String) {
            if (const auto index = nearestName(Values::text(value), texts)) {
                nearest = shownText(texts[*index]);
            }
        }
        return {allowed.join(QStringLiteral(", ")), shownValue<Values>(value), nearest};
    }

    bool checkNumber(const NumberRules &rules, Value value, const Step *step)
    {
        bool isValid = true;
        const std::string_view digits = Values::raw(value);
        const auto hold = [&](const std::optional<Limit> &limit, const char16_t *relation, auto isWithin) {
            if (!limit || (!isValid && !explains)) {
                return;
            }
            const auto order = limit->compare(digits);
            if (!order || isWithin(*order)) {
                return; // what is no number at all (NaN) has met its `type`, or none was asked for
            }
            isValid = violated(Rule::PlanRange, step, [&] {
                return QStringList{QString::fromUtf16(relation), shownText(limit->text()),
                                   shownValue<Values>(value)};
            });
        };
        hold(rules.minimum, u">=", [](std::strong_ordering order) { return std::is_gteq(order); });
        hold(rules.exclusiveMinimum, u">", [](std::strong_ordering order) { return std::is_gt(order); });
        hold(rules.maximum, u"<=", [](std::strong_ordering order) { return std::is_lteq(order); });
        hold(rules.exclusiveMaximum, u"<", [](std::strong_ordering order) { return std::is_lt(order); });
        if (rules.multipleOf && (isValid || explains)) {
            const auto number = Decimal::parse(digits);
            if (number && !number->isMultipleOf(rules.multipleOf->value())) {
                isValid = violated(Rule::PlanMultipleOf, step, [&] {
                    return QStringList{shownText(rules.multipleOf->text()), shownValue<Values>(value)};
                });
            }
        }
        return isValid;
    }

    /// Between two counts, both included.
    bool checkCount(Rule rule, std::uint64_t count, std::uint64_t least, std::uint64_t most, const Step *step)
    {
        if (count >= least && count <= most) {
            return true;
        }
        return violated(rule, step, [&] {
            const bool isShort = count < least;
            return QStringList{isShort ? QStringLiteral("at least") : QStringLiteral("at most"),
                               QString::number(isShort ? least : most), QString::number(count)};
        });
    }

    bool checkString(const StringRules &rules, Value value, const Step *step)
    {
        const std::string_view text = Values::text(value);
        bool isValid = true;
        // A text has at most as many code points as bytes, and at least a quarter of them.
        if (text.size() > rules.maxLength || text.size() / 4 < rules.minLength) {
            isValid =
                checkCount(Rule::PlanLength, codePointCount(text), rules.minLength, rules.maxLength, step);
        }
        if (rules.pattern && (isValid || explains)) {
            const Match match = search(*rules.pattern, text);
            if (match == Match::Limit) {
                isValid = violated(Rule::PlanPatternLimit, step,
                                   [&] { return QStringList{shownText(rules.pattern->text())}; });
            } else if (match == Match::No) {
                isValid = violated(Rule::PlanPattern, step, [&] {
                    return QStringList{shownText(rules.pattern->text()), shownValue<Values>(value)};
                });
            }
        }
        if (rules.format && (isValid || explains) && !matchesFormat(*rules.format, text)) {
            isValid = violated(Rule::PlanFormat, step, [&] {
                return QStringList{shownText(word(*rules.format)), shownValue<Values>(value)};
            });
        }
        return isValid;
    }

    bool checkArray(const ArrayRules &rules, Value value, const Step *step)
    {
        const std::uint32_t count = Values::itemCount(value);
        bool isValid = checkCount(Rule::PlanItems, count, rules.minItems, rules.maxItems, step);
        if (rules.isClosed && count > rules.tuple.size() && count <= rules.maxItems) {
            isValid = checkCount(Rule::PlanItems, count, 0, rules.tuple.size(), step);
        }
        if (!isValid && !explains) {
            return false;
        }
        if (!rules.tuple.empty() || rules.items != nullptr) {
            Values::eachItem(value, [&](std::uint32_t index, Value item) {
                const Node *node = index < rules.tuple.size() ? rules.tuple[index] : rules.items;
                const bool isBeyond = node == nullptr || (rules.isClosed && index >= rules.tuple.size());
                if (!isBeyond && !child(node, item, step, index)) {
                    isValid = false;
                }
                return isValid || explains;
            });
        }
        if (rules.contains != nullptr && (isValid || explains)) {
            bool isFound = false;
            Values::eachItem(value, [&](std::uint32_t, Value item) {
                isFound = matches(rules.contains, item);
                return !isFound;
            });
            if (!isFound) {
                isValid = violated(Rule::PlanContains, step, [] { return QStringList(); });
            }
        }
        if (rules.hasUniqueItems && (isValid || explains)) {
            if (const auto repeated = repeatedItems<Values>(value)) {
                isValid = violated(Rule::PlanUnique, step, [&] {
                    return QStringList{QString::number(repeated->first), QString::number(repeated->second)};
                });
            }
        }
        return isValid;
    }

    /// What an error pass learns of an object's members, for the names it proposes.
    struct Members
    {
        std::vector<std::string_view> sent;
        std::vector<std::string_view> unplanned; ///< no property, no pattern
    };
    struct NoMembers
    {
    };
    using Seen = std::conditional_t<explains, Members, NoMembers>;

    bool checkObject(const ObjectRules &rules, Value value, const Step *step)
    {
        bool isValid = true;
        if (rules.minProperties > 0 || rules.maxProperties != noLimit) {
            isValid = checkCount(Rule::PlanProperties, Values::memberCount(value), rules.minProperties,
                                 rules.maxProperties, step);
        }
        if (!isValid && !explains) {
            return false;
        }
        std::uint64_t presentMask = 0;
        Seen seen;
        Values::eachMember(value, [&](std::string_view key, Value keyValue, Value member) {
            const PropertyTable::Entry *entry = rules.table.find(key);
            if (entry != nullptr && entry->requiredBit != PropertyTable::notRequired) {
                presentMask |= std::uint64_t{1} << static_cast<unsigned>(entry->requiredBit);
            }
            if (!checkMember(rules, entry, key, keyValue, member, step, seen)) {
                isValid = false;
            }
            return isValid || explains;
        });
        if constexpr (explains) {
            isValid = explainMembers(rules, value, step, seen) && isValid;
        } else {
            isValid = isValid && (presentMask & rules.requiredMask) == rules.requiredMask &&
                      hasAllLateRequired(rules, value);
        }
        if (!isValid && !explains) {
            return false;
        }
        return checkDependencies(rules, value, step) && isValid;
    }

    bool checkMember(const ObjectRules &rules, const PropertyTable::Entry *entry, std::string_view key,
                     Value keyValue, Value member, const Step *step, Seen &seen)
    {
        bool isValid = true;
        bool isPlanned = false;
        if (entry != nullptr && entry->node != nullptr) {
            isPlanned = true;
            isValid = child(entry->node, member, step, key);
        }
        for (const auto &rule : rules.patterns) {
            const Pattern &pattern = *rule.first;
            if (!isValid && !explains) {
                return false;
            }
            const Match match = search(pattern, key);
            if (match != Match::No) {
                isPlanned = true;
            }
            if (match == Match::Limit) {
                isValid = violated(Rule::PlanPatternLimit, step,
                                   [&] { return QStringList{shownText(pattern.text())}; });
            } else if (match == Match::Yes) {
                isValid = child(rule.second, member, step, key) && isValid;
            }
        }
        if (!isPlanned && rules.isClosed) {
            isValid = false; // worded with all of its kind, see explainMembers()
        } else if (!isPlanned && rules.additional != nullptr) {
            isValid = child(rules.additional, member, step, key) && isValid;
        }
        if (rules.names != nullptr && (isValid || explains) && !matches(rules.names, keyValue)) {
            isValid = false;
            if constexpr (explains) {
                const Step at{step, key, 0, false};
                violated(Rule::PlanPropertyName, &at, [&] { return QStringList{shownText(key)}; });
            }
        }
        if constexpr (explains) {
            seen.sent.push_back(key);
            if (!isPlanned) {
                seen.unplanned.push_back(key);
            }
        }
        return isValid;
    }

    static bool hasAllLateRequired(const ObjectRules &rules, Value value)
    {
        for (std::size_t i = 64; i < rules.required.size(); ++i) {
            if (Values::isMissing(Values::member(value, rules.required[i]))) {
                return false;
            }
        }
        return true;
    }

    bool explainMembers(const ObjectRules &rules, Value value, const Step *step, const Members &seen)
    {
        bool isValid = true;
        const auto at = [&](std::string_view key) { return m_report->pointer(step).child(key); };
        std::vector<std::string_view> missing;
        std::ranges::copy_if(rules.required, std::back_inserter(missing), [value](std::string_view name) {
            return Values::isMissing(Values::member(value, name));
        });
        for (const Missing &one : pairedMissing(missing, seen.unplanned)) {
            isValid = false;
            m_report->add(Rule::PlanRequired, at(one.property),
                          {shownText(one.property), shownText(one.nearestSent)});
        }
        if (rules.isClosed) {
            for (const Unplanned &one : pairedUnplanned(seen.unplanned, rules.planned, seen.sent)) {
                isValid = false;
                m_report->add(Rule::PlanUnplannedProperty, at(one.property),
                              {shownText(one.property), shownText(one.nearestPlanned)});
            }
        }
        return isValid;
    }

    bool checkDependencies(const ObjectRules &rules, Value value, const Step *step)
    {
        bool isValid = true;
        for (const Dependency &dependency : rules.dependencies) {
            if (Values::isMissing(Values::member(value, dependency.property))) {
                continue;
            }
            for (const std::string &needed : dependency.needed) {
                if (!Values::isMissing(Values::member(value, needed))) {
                    continue;
                }
                isValid = false;
                if constexpr (explains) {
                    const Step at{step, needed, 0, false};
                    violated(Rule::PlanDependency, &at, [&] {
                        return QStringList{shownText(dependency.property), shownText(needed)};
                    });
                }
            }
            if (dependency.node != nullptr && (isValid || explains)) {
                isValid = evaluate(*dependency.node, value, step) && isValid;
            }
            if (!isValid && !explains) {
                return false;
            }
        }
        return isValid;
    }

    bool checkLogic(const LogicRules &rules, Value value, const Step *step)
    {
        bool isValid = true;
        for (const Node *node : rules.allOf) {
            isValid = evaluate(*node, value, step) && isValid;
            if (!isValid && !explains) {
                return false;
            }
        }
        if (!rules.anyOf.empty() && (isValid || explains)) {
            const bool isMatched =
                std::ranges::any_of(rules.anyOf, [&](const Node *node) { return matches(node, value); });
            if (!isMatched) {
                isValid = explainBranches(rules.anyOf, Rule::PlanAnyOf, value, step);
            }
        }
        if (!rules.oneOf.empty() && (isValid || explains)) {
            isValid = checkOneOf(rules.oneOf, value, step) && isValid;
        }
        if (rules.negated != nullptr && (isValid || explains) && matches(rules.negated, value)) {
            isValid = violated(Rule::PlanNot, step, [] { return QStringList(); });
        }
        if (rules.condition != nullptr && (isValid || explains)) {
            const Node *chosen = matches(rules.condition, value) ? rules.whenTrue : rules.whenFalse;
            isValid = (chosen == nullptr || evaluate(*chosen, value, step)) && isValid;
        }
        return isValid;
    }

    bool checkOneOf(const std::vector<const Node *> &branches, Value value, const Step *step)
    {
        qsizetype matched = 0;
        for (const Node *node : branches) {
            matched += matches(node, value) ? 1 : 0;
            if (matched > 1 && !explains) {
                return false;
            }
        }
        if (matched == 0) {
            return explainBranches(branches, Rule::PlanOneOf, value, step);
        }
        return matched == 1 || violated(Rule::PlanOneOf, step, [&] {
                   return QStringList{QString::number(branches.size()), QString::number(matched)};
               });
    }

    /// No branch matched: tells what is wrong with the one that was meant. Answers false.
    bool explainBranches(const std::vector<const Node *> &branches, Rule rule, Value value, const Step *step)
    {
        if constexpr (explains) {
            std::vector<std::vector<event::Finding>> findings(branches.size());
            std::uint8_t types = 0;
            for (std::size_t i = 0; i < branches.size(); ++i) {
                auto *before = m_report->redirect(&findings[i]);
                evaluate(*branches[i], value, step);
                m_report->redirect(before);
                types |= branches[i]->types;
            }
            const json::Pointer at = m_report->pointer(step);
            if (m_budget.isExhausted) {
                return false;
            }
            if (areTypesOnly(findings, at)) {
                m_report->add(Rule::PlanType, at,
                              {typeWords(types), typeWord(value), shownValue<Values>(value)});
            } else if (const auto nearest = nearestBranch(findings, at)) {
                m_report->append(std::move(findings[*nearest]));
            } else {
                QStringList args{QString::number(branches.size())};
                if (rule == Rule::PlanOneOf) {
                    args.append(QStringLiteral("0"));
                }
                m_report->add(rule, at, std::move(args));
            }
        }
        return false;
    }

    Budget &m_budget;
    Report *m_report;
};

} // namespace schema
