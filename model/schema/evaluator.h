// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/branches.h"
#include "schema/clauses.h"
#include "schema/equality.h"
#include "schema/jsonvalues.h"
#include "schema/marks.h"
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

/// What a schema asks for beside its own keywords.
enum class Tracking : std::uint8_t {
    None,
    Whole, ///< what was evaluated (`unevaluatedProperties`) and the way here (`$dynamicRef`)
};

/// Order of a number against a limit. Some values have doubles of numbers that need more digits; those are
/// held against what a double keeps of the limit.
template <typename Values>
std::optional<std::strong_ordering> compared(const Limit &limit, std::string_view digits,
                                             typename Values::Value value)
{
    if constexpr (requires { Values::roundedNumber(value); }) {
        if (const std::optional<double> rounded = Values::roundedNumber(value)) {
            return limit.compareRounded(*rounded);
        }
    }
    return limit.compare(digits);
}

/// Checks values against compiled nodes. One function body per keyword serves both modes, so they cannot
/// disagree.
template <typename Values, Mode mode, Tracking tracking>
class Evaluator
{
    static constexpr bool explains = mode == Mode::Explain;
    static constexpr bool tracks = tracking == Tracking::Whole;

public:
    using Value = typename Values::Value;
    /// Where a schema notes what of the value at hand it has evaluated; null when nobody asks.
    using MarksPointer = std::conditional_t<tracks, Marks *, NoMarks>;

    /// `report` is null in Verdict mode.
    Evaluator(Budget &budget, Report *report, const DynamicScope *dynamicScope = nullptr)
        : m_budget(budget)
        , m_report(report)
        , m_dynamicScope(dynamicScope)
    {
    }

    bool evaluate(const Node &node, Value value, const Step *step, MarksPointer marks = {})
    {
        if (!spend(step)) {
            return false;
        }
        const bool isValid = enter(node, value, step, marks);
        --m_budget.depth;
        return isValid;
    }

private:
    template <typename OtherValues, Mode otherMode, Tracking otherTracking>
    friend class Evaluator;
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

    /// With the report knowing which schema speaks, and the scope which resources led here.
    bool enter(const Node &node, Value value, const Step *step, MarksPointer marks)
    {
        if constexpr (explains) {
            const Report::Where outer = m_report->enter(node);
            const bool isValid = enterResource(node, value, step, marks);
            m_report->leave(outer);
            return isValid;
        } else {
            return enterResource(node, value, step, marks);
        }
    }

    bool enterResource(const Node &node, Value value, const Step *step, MarksPointer marks)
    {
        if constexpr (tracks) {
            if (m_dynamicScope == nullptr || m_dynamicScope->resource != node.resource) {
                const DynamicScope scope{m_dynamicScope, node.resource};
                m_dynamicScope = &scope;
                const bool isValid = checkTracked(node, value, step, marks);
                m_dynamicScope = scope.outer;
                return isValid;
            }
            return checkTracked(node, value, step, marks);
        } else {
            return check(node, value, step, marks);
        }
    }

    /// Answers false, for `isValid = violated(...)`; the arguments are made only when they are wanted.
    /// `keyword` where the rule does not tell it.
    template <typename Arguments>
    bool violated(Rule rule, const Step *step, Arguments &&arguments, std::string_view keyword = {})
    {
        if constexpr (explains) {
            // Once the budget is gone answers are made up, and so would be what follows from them.
            if (!m_budget.isExhausted || rule == Rule::PlanDepth) {
                m_report->add(rule, m_report->pointer(step), arguments(), keyword);
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
            return quick(*node, value);
        }
    }

    /// The verdict; leaves, which most values are, spare the way down. Their steps count all the same.
    bool quick(const Node &node, Value value)
    {
        if (!node.isLeaf) {
            return evaluate(node, value, nullptr);
        }
        ++m_budget.steps;
        if (node.types != allBits && !hasType(node, value)) {
            return false;
        }
        if (node.value && !checkValue(*node.value, value, nullptr)) {
            return false;
        }
        switch (Values::type(value)) {
        case json::Type::Number:
            return !node.number || checkNumber(*node.number, value, nullptr);
        case json::Type::String:
            return !node.string || checkString(*node.string, value, nullptr);
        default:
            return true;
        }
    }

    bool child(const Node *node, Value value, const Step *parent, std::uint32_t index)
    {
        if constexpr (explains) {
            const Step step{parent, {}, index, true};
            return evaluate(*node, value, &step);
        } else {
            return quick(*node, value);
        }
    }

    bool matches(const Node *node, Value value, MarksPointer marks = {})
    {
        return Evaluator<Values, Mode::Verdict, tracking>(m_budget, nullptr, m_dynamicScope)
            .evaluate(*node, value, nullptr, marks);
    }

    /// Like matches(), but what the schema evaluated counts only when it holds.
    bool matchesBranch(const Node *node, Value value, MarksPointer marks)
    {
        if constexpr (tracks) {
            if (marks != nullptr) {
                Marks own;
                const bool isMatched = matches(node, value, &own);
                if (isMatched) {
                    marks->merge(own);
                }
                return isMatched;
            }
        }
        return matches(node, value, marks);
    }

    static constexpr bool hasMarks(MarksPointer marks)
    {
        if constexpr (tracks) {
            return marks != nullptr;
        } else {
            return false;
        }
    }
    static void mark(MarksPointer marks, std::uint32_t position)
    {
        if constexpr (tracks) {
            if (marks != nullptr) {
                marks->add(position);
            }
        }
    }
    static void markAll(MarksPointer marks)
    {
        if constexpr (tracks) {
            if (marks != nullptr) {
                marks->addAll();
            }
        }
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

    bool check(const Node &node, Value value, const Step *step, MarksPointer marks)
    {
        if constexpr (explains) {
            const Scope scope{&node, step, m_scope};
            m_scope = &scope;
            const bool isValid = checkNode(node, value, step, marks);
            m_scope = scope.outer;
            return isValid;
        } else {
            return checkNode(node, value, step, marks);
        }
    }

    bool checkNode(const Node &node, Value value, const Step *step, MarksPointer marks)
    {
        if (node.isNever) {
            return violated(Rule::PlanFalse, step, [] { return QStringList(); });
        }
        // After a wrong type or a value that is not allowed, what else is wrong with it is noise.
        if (node.types != allBits && !hasType(node, value)) {
            return violated(Rule::PlanType, step, [&] {
                QStringList arguments{typeWords(node.types), typeWord(value), shownValue<Values>(value)};
                if (node.value) {
                    arguments += allowedOfType(node);
                }
                return arguments;
            });
        }
        if (node.value && !checkValue(*node.value, value, step)) {
            return false;
        }
        const bool isValid = checkKind(node, value, step, marks);
        if ((!isValid && !explains) || !node.logic) {
            return isValid;
        }
        return checkLogic(*node.logic, value, step, marks) && isValid;
    }

    static bool hasType(const Node &node, Value value)
    {
        if (Values::type(value) != json::Type::Number) {
            return (typeBit(value) & node.types) != 0;
        }
        const std::uint8_t asked = node.types & numberBits;
        if (asked == numberBits) {
            return isFiniteText(Values::raw(value));
        }
        return asked == IntegerBit && isIntegerText(Values::raw(value)) &&
               (!node.isPlainInteger || Values::isWrittenAsInteger(value));
    }

    /// A schema that asks what was evaluated sees what its own parts evaluate, and nothing of its neighbours.
    bool checkTracked(const Node &node, Value value, const Step *step, MarksPointer marks) requires tracks
    {
        if (!node.hasUnevaluated) {
            return check(node, value, step, marks);
        }
        Marks own;
        bool isValid = check(node, value, step, &own);
        // When another part is broken, what it left unevaluated is no fault of its own.
        isValid = isValid && checkUnevaluated(node, value, step, own);
        if (marks != nullptr) {
            marks->merge(own);
        }
        return isValid;
    }

    bool checkUnevaluated(const Node &node, Value value, const Step *step, Marks &own) requires tracks
    {
        bool isValid = true;
        if (Values::type(value) == json::Type::Array && node.array && node.array->unevaluated != nullptr) {
            Values::eachItem(value, [&](std::uint32_t index, Value item) {
                if (!own.has(index) && !child(node.array->unevaluated, item, step, index)) {
                    isValid = false;
                }
                return isValid || explains;
            });
            own.addAll();
        }
        if (Values::type(value) == json::Type::Object && node.object && node.object->unevaluated != nullptr) {
            const ObjectRules &rules = *node.object;
            Seen seen;
            std::uint32_t position = 0;
            Values::eachMember(value, [&](std::string_view key, Value, Value member) {
                const bool isEvaluated = own.has(position++);
                if constexpr (explains) {
                    seen.sent.push_back(key);
                    if (!isEvaluated && rules.isClosedToUnevaluated) {
                        seen.unplanned.push_back(key);
                        return true; // worded with all of its kind
                    }
                }
                if (!isEvaluated && !child(rules.unevaluated, member, step, key)) {
                    isValid = false;
                }
                return isValid || explains;
            });
            if constexpr (explains) {
                isValid = explainUnplanned(seen, plannedBy(node), step, "unevaluatedProperties") && isValid;
            }
            own.addAll();
        }
        return isValid;
    }

    /// The names a schema and its immediate parts plan.
    static std::vector<std::string_view> plannedBy(const Node &node)
    {
        std::vector<std::string_view> names;
        const auto add = [&names](const Node *part) {
            if (part != nullptr && part->object) {
                names.insert(names.end(), part->object->planned.begin(), part->object->planned.end());
            }
        };
        add(&node);
        if (node.logic) {
            const LogicRules &logic = *node.logic;
            std::ranges::for_each(logic.allOf, add);
            std::ranges::for_each(logic.anyOf, add);
            std::ranges::for_each(logic.oneOf, add);
            for (const Node *part : {logic.reference, logic.condition, logic.whenTrue, logic.whenFalse}) {
                add(part);
            }
        }
        return names;
    }

    /// The allowed values that have an allowed type as well, and their number; nothing when none has.
    static QStringList allowedOfType(const Node &node)
    {
        ValueRules rules;
        rules.hasEnum = true;
        rules.allowed = allowedValues(*node.value);
        std::erase_if(rules.allowed, [&node](json::Value allowed) {
            return (Evaluator<JsonValues, mode, tracking>::typeBit(allowed) & node.types) == 0;
        });
        return rules.allowed.empty() ? QStringList()
                                     : QStringList{shownValues(rules), QString::number(rules.allowed.size())};
    }

    bool checkKind(const Node &node, Value value, const Step *step, MarksPointer marks)
    {
        switch (Values::type(value)) {
        case json::Type::Number:
            return !node.number || checkNumber(*node.number, value, step);
        case json::Type::String:
            return !node.string || checkString(*node.string, value, step);
        case json::Type::Array:
            return !node.array || checkArray(*node.array, value, step, marks);
        case json::Type::Object:
            return !node.object || checkObject(*node.object, value, step, marks);
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
                return QStringList{shownValue<JsonValues>(rules.constant), shownValue<Values>(value),
                                   Evaluator<JsonValues, mode, tracking>::typeWord(rules.constant),
                                   typeWord(value)};
            });
        }
        if (!rules.hasEnum) {
            return true;
        }
        return isAllowed(rules, value) || violated(Rule::PlanEnum, step, [&] {
                   return enumArguments(rules.allowed, typeWord(value), shownValue<Values>(value));
               });
    }

    static bool isAllowed(const ValueRules &rules, Value value)
    {
        if (rules.byHash.empty()) {
            return std::ranges::any_of(rules.allowed, [value](json::Value allowed) {
                return isEqual<Values, JsonValues>(value, allowed);
            });
        }
        const std::uint64_t hash = hashOf<Values>(value);
        for (auto at = std::ranges::lower_bound(rules.byHash, std::pair(hash, std::uint32_t{0}));
             at != rules.byHash.end() && at->first == hash; ++at) {
            if (isEqual<Values, JsonValues>(value, rules.allowed[at->second])) {
                return true;
            }
        }
        return false;
    }

    bool checkNumber(const NumberRules &rules, Value value, const Step *step)
    {
        bool isValid = true;
        const auto digits = Values::raw(value);
        const auto hold = [&](const std::optional<Limit> &limit, const char16_t *relation, auto isWithin) {
            if (!limit || (!isValid && !explains)) {
                return;
            }
            const auto order = compared<Values>(*limit, digits, value);
            if (!order || isWithin(*order)) {
                return; // what is no number at all (NaN) has met its `type`, or none was asked for
            }
            isValid = violated(Rule::PlanRange, step, [&] {
                return QStringList{QString::fromUtf16(relation), shownText(limit->text()),
                                   shownValue<Values>(value)} +
                       otherEnd(rules, *relation == u'>');
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

    /// Relation and limit of a range's upper end, or of its lower one; nothing when it is open there.
    static QStringList otherEnd(const NumberRules &rules, bool isUpper)
    {
        const auto &inclusive = isUpper ? rules.maximum : rules.minimum;
        const auto &exclusive = isUpper ? rules.exclusiveMaximum : rules.exclusiveMinimum;
        const QString relation = isUpper ? QStringLiteral("<") : QStringLiteral(">");
        if (exclusive) {
            return {relation, shownText(exclusive->text())};
        }
        return inclusive ? QStringList{relation + QChar(u'='), shownText(inclusive->text())} : QStringList();
    }

    /// Between two counts, both included.
    bool checkCount(Rule rule, std::uint64_t count, std::uint64_t least, std::uint64_t most, const Step *step,
                    std::string_view keyword = {})
    {
        if (count >= least && count <= most) {
            return true;
        }
        return violated(
            rule, step, [&] { return countArguments(count, least, most); }, keyword);
    }

    static QString countWord(bool isShort)
    {
        return isShort ? QStringLiteral("at least") : QStringLiteral("at most");
    }

    static QStringList countArguments(std::uint64_t count, std::uint64_t least, std::uint64_t most)
    {
        const bool isShort = count < least;
        QStringList arguments{countWord(isShort), QString::number(isShort ? least : most),
                              QString::number(count)};
        if (least > 0 && most != noLimit) {
            arguments.append(QString::number(isShort ? most : least));
        }
        return arguments;
    }

    bool checkString(const StringRules &rules, Value value, const Step *step)
    {
        const std::string_view text = Values::text(value);
        bool isValid = true;
        // A text has at most as many code points as bytes, and at least a quarter of them.
        if (text.size() > rules.maxLength || text.size() / 4 < rules.minLength) {
            const std::uint64_t length = codePointCount(text);
            const bool isWithin = length >= rules.minLength && length <= rules.maxLength;
            isValid = isWithin || violated(Rule::PlanLength, step, [&] {
                          QStringList arguments = countArguments(length, rules.minLength, rules.maxLength);
                          if (arguments.size() == 3) {
                              arguments.append(QString());
                          }
                          return arguments + QStringList{shownText(text)};
                      });
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

    bool checkArray(const ArrayRules &rules, Value value, const Step *step, MarksPointer marks)
    {
        const std::uint32_t count = Values::itemCount(value);
        bool isValid = checkCount(Rule::PlanItems, count, rules.minItems, rules.maxItems, step);
        if (rules.isClosed && count > rules.tuple.size() && count <= rules.maxItems) {
            isValid = checkCount(Rule::PlanItems, count, 0, rules.tuple.size(), step, rules.restKeyword);
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
                if (node != nullptr) {
                    mark(marks, index);
                }
                return isValid || explains;
            });
        }
        if (rules.contains != nullptr && (isValid || explains)) {
            isValid = checkContains(rules, value, step, marks) && isValid;
        }
        if (rules.hasUniqueItems && (isValid || explains)) {
            if (const auto repeated = repeatedItems<Values>(value)) {
                isValid = violated(Rule::PlanUnique, step, [&] {
                    return QStringList{QString::number(repeated->first), QString::number(repeated->second),
                                       itemJson(value, static_cast<std::uint32_t>(repeated->first))};
                });
            }
        }
        return isValid;
    }

    bool checkContains(const ArrayRules &rules, Value value, const Step *step, MarksPointer marks)
    {
        const bool wantsAll = hasMarks(marks) && rules.doesContainsEvaluate;
        std::uint64_t found = 0;
        Values::eachItem(value, [&](std::uint32_t index, Value item) {
            if (matches(rules.contains, item)) {
                ++found;
                if (rules.doesContainsEvaluate) {
                    mark(marks, index);
                }
            }
            const bool isSettled =
                found > rules.maxContains || (rules.maxContains == noLimit && found >= rules.minContains);
            return wantsAll || explains || !isSettled;
        });
        if (found >= rules.minContains && found <= rules.maxContains) {
            return true;
        }
        const bool isShort = found < rules.minContains;
        const std::uint64_t limit = isShort ? rules.minContains : rules.maxContains;
        const std::string_view keyword = !isShort                 ? "maxContains"
                                         : rules.minContains == 1 ? "contains"
                                                                  : "minContains";
        return violated(
            Rule::PlanContains, step,
            [&] {
                const auto asked = ClauseReader<Values, Matches>::asked(*rules.contains, {});
                QStringList arguments = asked ? QStringList{clauseArgument(*asked)} : QStringList();
                if (keyword != "contains") {
                    arguments.resize(1);
                    arguments += {countWord(isShort), QString::number(limit), QString::number(found)};
                }
                return arguments;
            },
            keyword);
    }

    static QString itemJson(Value array, std::uint32_t wanted)
    {
        QString shown;
        Values::eachItem(array, [&](std::uint32_t index, Value item) {
            if (index == wanted) {
                shown = shownJson(Values::raw(item));
            }
            return index < wanted;
        });
        return shown;
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

    bool checkObject(const ObjectRules &rules, Value value, const Step *step, MarksPointer marks)
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
        std::uint32_t position = 0;
        Seen seen;
        Values::eachMember(value, [&](std::string_view key, Value keyValue, Value member) {
            const PropertyTable::Entry *entry = rules.table.find(key);
            if (entry != nullptr && entry->requiredBit != PropertyTable::notRequired) {
                presentMask |= std::uint64_t{1} << static_cast<unsigned>(entry->requiredBit);
            }
            bool isPlanned = false;
            if (!checkMember(rules, entry, key, keyValue, member, step, isPlanned)) {
                isValid = false;
            }
            if (isPlanned || rules.additional != nullptr) {
                mark(marks, position);
            }
            ++position;
            if constexpr (explains) {
                seen.sent.push_back(key);
                if (!isPlanned) {
                    seen.unplanned.push_back(key);
                }
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
        return checkDependencies(rules, value, step, marks) && isValid;
    }

    bool checkMember(const ObjectRules &rules, const PropertyTable::Entry *entry, std::string_view key,
                     Value keyValue, Value member, const Step *step, bool &isPlanned)
    {
        bool isValid = true;
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
                isValid = violated(
                    Rule::PlanPatternLimit, step, [&] { return QStringList{shownText(pattern.text())}; },
                    "patternProperties");
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
                explainName(*rules.names, keyValue, Step{step, key, 0, false});
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

    void explainName(const Node &names, Value name, const Step &at)
    {
        std::vector<event::Finding> findings;
        auto *before = m_report->redirect(&findings);
        evaluate(names, name, &at);
        m_report->redirect(before);
        violated(Rule::PlanPropertyName, &at, [&] {
            QStringList arguments{shownText(at.key)};
            if (!findings.empty()) {
                const std::string_view word = event::word(findings.front().rule);
                arguments.append(argumentParts(QStringList{shownText(word)} + findings.front().args));
            }
            return arguments;
        });
    }

    /// The schemas that hold for the value at hand, for a step is a value: an `allOf` may plan what its
    /// branches don't.
    struct Scope
    {
        const Node *node;
        const Step *step;
        const Scope *outer;
    };

    [[nodiscard]] bool isPlannedAround(std::string_view name, const Step *step) const
    {
        unsigned visits = 0;
        for (const Scope *scope = m_scope; scope != nullptr && scope->step == step; scope = scope->outer) {
            if (isPlannedIn(*scope->node, name, visits)) {
                return true;
            }
        }
        return false;
    }

    static bool isPlannedIn(const Node &node, std::string_view name, unsigned &visits)
    {
        constexpr unsigned maxVisits = 100; // schemas may lead back to themselves
        if (++visits > maxVisits) {
            return true;
        }
        if (node.object && node.object->table.find(name) != nullptr) {
            return true;
        }
        const auto isThere = [&](const Node *part) {
            return part != nullptr && isPlannedIn(*part, name, visits);
        };
        return node.logic &&
               (std::ranges::any_of(node.logic->allOf, isThere) ||
                std::ranges::any_of(node.logic->anyOf, isThere) ||
                std::ranges::any_of(node.logic->oneOf, isThere) || isThere(node.logic->reference) ||
                isThere(node.logic->whenTrue) || isThere(node.logic->whenFalse));
    }

    bool explainMembers(const ObjectRules &rules, Value value, const Step *step, const Members &seen)
    {
        bool isValid = true;
        const json::Pointer own = m_report->pointer(step);
        std::vector<std::string_view> missing;
        std::ranges::copy_if(rules.required, std::back_inserter(missing), [value](std::string_view name) {
            return Values::isMissing(Values::member(value, name));
        });
        std::vector<std::string_view> unknown;
        if (!missing.empty()) {
            std::ranges::copy_if(seen.unplanned, std::back_inserter(unknown),
                                 [&](std::string_view name) { return !isPlannedAround(name, step); });
        }
        std::vector<std::string_view> unplanned = seen.unplanned;
        for (const Missing &one : pairedMissing(missing, unknown)) {
            isValid = false;
            m_report->add(Rule::PlanRequired, own.child(one.property),
                          {shownText(one.property), shownText(one.nearestSent)});
            std::erase(unplanned, one.nearestSent); // a rename mends both
        }
        if (rules.isClosed) {
            isValid = isValid && seen.unplanned.empty();
            explainUnplanned({seen.sent, unplanned}, rules.planned, step, "additionalProperties");
        }
        m_report->markRequired(own, rules.required);
        return isValid;
    }

    /// Answers whether there are none.
    bool explainUnplanned(const Members &seen, const std::vector<std::string_view> &planned, const Step *step,
                          std::string_view keyword)
    {
        for (const Unplanned &one : pairedUnplanned(seen.unplanned, planned, seen.sent)) {
            QStringList arguments{shownText(one.property), shownText(one.nearestPlanned)};
            if (one.isNearestSent) {
                arguments.append(QStringLiteral("sent"));
            }
            m_report->add(Rule::PlanUnplannedProperty, m_report->pointer(step).child(one.property), arguments,
                          keyword);
        }
        return seen.unplanned.empty();
    }

    bool checkDependencies(const ObjectRules &rules, Value value, const Step *step, MarksPointer marks)
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
                    violated(
                        Rule::PlanDependency, &at,
                        [&] {
                            return QStringList{shownText(dependency.property), shownText(needed)};
                        },
                        dependency.keyword);
                }
            }
            if (dependency.node != nullptr && (isValid || explains)) {
                const auto isSent = [&] {
                    return std::vector{Clause{
                        m_report->pointer(step).child(dependency.property), QStringLiteral("sent"), {}}};
                };
                isValid = evaluateWhen(isSent, *dependency.node, value, step, marks) && isValid;
            }
            if (!isValid && !explains) {
                return false;
            }
        }
        return isValid;
    }

    bool checkLogic(const LogicRules &rules, Value value, const Step *step, MarksPointer marks)
    {
        bool isValid = true;
        for (const Node *node : {rules.reference, dynamicTarget(rules)}) {
            if (node != nullptr && (isValid || explains)) {
                isValid = evaluate(*node, value, step, marks) && isValid;
            }
        }
        for (const Node *node : rules.allOf) {
            if (!isValid && !explains) {
                return false;
            }
            isValid = evaluate(*node, value, step, marks) && isValid;
        }
        if (!rules.anyOf.empty() && (isValid || explains)) {
            isValid = checkAnyOf(rules.anyOf, value, step, marks) && isValid;
        }
        if (!rules.oneOf.empty() && (isValid || explains)) {
            isValid = checkOneOf(rules.oneOf, value, step, marks) && isValid;
        }
        if (rules.negated != nullptr && (isValid || explains) && matches(rules.negated, value)) {
            isValid = explainNot(*rules.negated, value, step);
        }
        if (rules.condition != nullptr && (isValid || explains)) {
            const bool isTrue = matchesBranch(rules.condition, value, marks);
            const Node *chosen = isTrue ? rules.whenTrue : rules.whenFalse;
            const auto why = [&] {
                const json::Pointer at = m_report->pointer(step);
                ClauseReader<Values, Matches> reader(Matches{this});
                auto clauses = isTrue ? reader.held(*rules.condition, value, at)
                                      : reader.failed(*rules.condition, value, at);
                return clauses ? std::move(*clauses) : unknownClause(at);
            };
            isValid = (chosen == nullptr || evaluateWhen(why, *chosen, value, step, marks)) && isValid;
        }
        return isValid;
    }

    /// The outermost resource on the way here that has the anchor; else what the reference leads to as it
    /// stands.
    const Node *dynamicTarget(const LogicRules &rules) const
    {
        const Node *target = rules.dynamicReference;
        if constexpr (tracks) {
            for (const DynamicScope *scope = m_dynamicScope;
                 rules.dynamicTargets != nullptr && scope != nullptr; scope = scope->outer) {
                const auto found = std::ranges::find(rules.dynamicTargets->byResource, scope->resource,
                                                     &std::pair<std::uint32_t, const Node *>::first);
                if (found != rules.dynamicTargets->byResource.end()) {
                    target = found->second;
                }
            }
        }
        return target;
    }

    bool checkAnyOf(const std::vector<const Node *> &branches, Value value, const Step *step,
                    MarksPointer marks)
    {
        bool isMatched = false;
        for (const Node *node : branches) {
            isMatched = matchesBranch(node, value, marks) || isMatched;
            // Each branch that holds counts for what is evaluated.
            if (isMatched && !hasMarks(marks)) {
                break;
            }
        }
        return isMatched || explainBranches(branches, Rule::PlanAnyOf, value, step);
    }

    /// For ClauseReader.
    struct Matches
    {
        Evaluator *evaluator;
        bool operator()(const Node &node, Value value) const { return evaluator->matches(&node, value); }
    };

    /// Evaluates what holds under a condition only; `why` gives its clauses.
    template <typename Why>
    bool evaluateWhen(Why &&why, const Node &node, Value value, const Step *step, MarksPointer marks)
    {
        if constexpr (explains) {
            QString before = m_report->enterCondition(clauseArgument(why()));
            const bool isValid = evaluate(node, value, step, marks);
            m_report->restoreCondition(std::move(before));
            return isValid;
        } else {
            return evaluate(node, value, step, marks);
        }
    }

    bool explainNot(const Node &negated, Value value, const Step *step)
    {
        if constexpr (explains) {
            json::Pointer at = m_report->pointer(step);
            const auto clauses = ClauseReader<Values, Matches>(Matches{this}).held(negated, value, at);
            QStringList arguments;
            if (clauses) {
                arguments.append(clauseArgument(*clauses));
                at = clauses->size() == 1 ? clauses->front().at : at;
            }
            if (!m_budget.isExhausted) {
                m_report->add(Rule::PlanNot, at, arguments);
            }
        }
        return false;
    }

    bool checkOneOf(const std::vector<const Node *> &branches, Value value, const Step *step,
                    MarksPointer marks)
    {
        std::size_t matched = 0;
        for (const Node *node : branches) {
            matched += matchesBranch(node, value, marks) ? 1 : 0;
            if (matched > 1 && !explains) {
                return false;
            }
        }
        if (matched == 0) {
            return explainBranches(branches, Rule::PlanOneOf, value, step);
        }
        return matched == 1 || violated(Rule::PlanOneOf, step,
                                        [&] { return ambiguousArguments(branches, matched, value, step); });
    }

    /// What tells the branches apart that match, though only one should.
    QStringList ambiguousArguments(const std::vector<const Node *> &branches, std::size_t matched,
                                   Value value, const Step *step)
    {
        QStringList titles;
        QStringList properties;
        for (const Node *node : branches) {
            if (!matches(node, value)) {
                continue;
            }
            if (!node->title.empty()) {
                titles.append(argumentParts({shownText(node->title)}));
            }
            const auto clauses =
                ClauseReader<Values, Matches>(Matches{this}).held(*node, value, m_report->pointer(step));
            QStringList sent;
            for (std::size_t i = 0; clauses && i < clauses->size() && (*clauses)[i].relation == u"sent";
                 ++i) {
                sent.append(QString::fromStdString((*clauses)[i].at.lastToken()));
            }
            if (clauses && static_cast<std::size_t>(sent.size()) == clauses->size()) {
                properties.append(argumentParts(sent));
            }
        }
        const auto whenAll = [matched](const QStringList &list) {
            return static_cast<std::size_t>(list.size()) == matched ? list.join(event::listSeparator)
                                                                    : QString();
        };
        QStringList arguments{QString::number(branches.size()), QString::number(matched), whenAll(titles),
                              whenAll(properties)};
        while (arguments.back().isEmpty()) {
            arguments.removeLast();
        }
        return arguments;
    }

    /// No branch matched: tells what is wrong with the one that was meant. Answers false.
    bool explainBranches(const std::vector<const Node *> &branches, Rule rule, Value value, const Step *step)
    {
        if constexpr (explains) {
            const json::Pointer at = m_report->pointer(step);
            std::vector<Branch> explained;
            for (const Node *node : branches) {
                Branch &branch = explained.emplace_back();
                branch.title = shownText(node->title);
                branch.allowed = node->value ? allowedValues(*node->value) : std::vector<json::Value>();
                branch.discriminators = discriminators(*node, value);
                branch.sent = sentOf(*node, value);
                auto *before = m_report->redirect(&branch.findings);
                evaluate(*node, value, step);
                m_report->redirect(before);
            }
            if (!m_budget.isExhausted) {
                schema::explainBranches(*m_report, rule, {at, typeWord(value), shownValue<Values>(value)},
                                        std::move(explained));
            }
        }
        return false;
    }

    /// Properties that were sent and that the node names.
    static std::vector<std::string_view> sentOf(const Node &node, Value value)
    {
        std::vector<std::string_view> sent;
        if (!node.object || Values::type(value) != json::Type::Object) {
            return sent;
        }
        Values::eachMember(value, [&](std::string_view key, Value, Value) {
            if (node.object->table.find(key) != nullptr) {
                sent.push_back(key);
            }
            return true;
        });
        return sent;
    }

    std::vector<Discriminator> discriminators(const Node &node, Value value)
    {
        std::vector<Discriminator> found;
        if (!node.object || Values::type(value) != json::Type::Object) {
            return found;
        }
        for (const std::string_view name : node.object->planned) {
            const Node &property = *node.object->table.find(name)->node;
            if (property.value) {
                const Value member = Values::member(value, name);
                const bool isSent = !Values::isMissing(member);
                found.push_back({name, allowedValues(*property.value),
                                 isSent ? shownJson(Values::raw(member)) : QString(),
                                 isSent && matches(&property, member)});
            }
        }
        return found;
    }

    Budget &m_budget;
    Report *m_report;
    const Scope *m_scope = nullptr;     ///< in Explain mode
    const DynamicScope *m_dynamicScope; ///< innermost
};

} // namespace schema
