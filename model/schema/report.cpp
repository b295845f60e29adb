// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/report.h"

#include "schema/nearest.h"

#include <algorithm>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace schema {

namespace {

void setArgument(QStringList &args, qsizetype index, const QString &text)
{
    while (args.size() <= index) {
        args.append(QString());
    }
    args[index] = text;
}

QString joined(const QString &outer, const QString &inner)
{
    return outer.isEmpty() || inner.isEmpty() ? outer + inner : outer + event::listSeparator + inner;
}

void addReason(event::Finding &finding, const Reason &reason)
{
    // Of forms within forms the inner one is nearer to the value.
    if (finding.args.value(event::FormCountArgument).isEmpty() && !reason.formCount.isEmpty()) {
        setArgument(finding.args, event::FormArgument, reason.form);
        setArgument(finding.args, event::FormCountArgument, reason.formCount);
    }
    if (!reason.condition.isEmpty()) {
        setArgument(finding.args, event::ConditionArgument,
                    joined(finding.args.value(event::ConditionArgument), reason.condition));
    }
}

/// About null or an empty text.
bool isAboutNothing(const event::Finding &finding)
{
    switch (finding.rule) {
    case event::RuleId::PlanType:
        // A text may be a missing value's: "undefined".
        return finding.args.value(1) == u"null" || finding.args.value(1) == u"string";
    case event::RuleId::PlanEnum:
        return finding.args.value(3) == u"null" || finding.args.value(1).isEmpty();
    case event::RuleId::PlanPattern:
    case event::RuleId::PlanFormat:
        return finding.args.value(1).isEmpty();
    case event::RuleId::PlanLength:
        return finding.args.value(2) == u"0";
    default:
        return false;
    }
}

/// Empty for the schema `false`, which has none.
std::string_view keywordOf(event::RuleId rule, const QString &relation)
{
    using event::RuleId;
    const bool isLeast = relation == u"at least";
    switch (rule) {
    case RuleId::PlanRequired:
        return "required";
    case RuleId::PlanType:
        return "type";
    case RuleId::PlanEnum:
        return "enum";
    case RuleId::PlanConst:
        return "const";
    case RuleId::PlanPattern:
    case RuleId::PlanPatternLimit:
        return "pattern";
    case RuleId::PlanFormat:
        return "format";
    case RuleId::PlanRange:
        return relation == u">="  ? "minimum"
               : relation == u">" ? "exclusiveMinimum"
               : relation == u"<" ? "exclusiveMaximum"
                                  : "maximum";
    case RuleId::PlanMultipleOf:
        return "multipleOf";
    case RuleId::PlanLength:
        return isLeast ? "minLength" : "maxLength";
    case RuleId::PlanItems:
        return isLeast ? "minItems" : "maxItems";
    case RuleId::PlanUnique:
        return "uniqueItems";
    case RuleId::PlanContains:
        return "contains";
    case RuleId::PlanProperties:
        return isLeast ? "minProperties" : "maxProperties";
    case RuleId::PlanUnplannedProperty:
        return "additionalProperties";
    case RuleId::PlanPropertyName:
        return "propertyNames";
    case RuleId::PlanDependency:
        return "dependencies";
    case RuleId::PlanNot:
        return "not";
    case RuleId::PlanAnyOf:
        return "anyOf";
    case RuleId::PlanOneOf:
        return "oneOf";
    default:
        return {};
    }
}

} // namespace

json::Pointer Schema::Impl::pointer(const Node &node) const
{
    std::vector<const Origin *> chain;
    std::uint32_t place = node.place;
    for (; origins[place].parent != place; place = origins[place].parent) {
        chain.push_back(&origins[place]);
    }
    std::string text;
    std::ranges::for_each(chain.rbegin(), chain.rend(),
                          [&text](const Origin *origin) { text += origin->step; });
    return json::Pointer(std::move(text));
}

json::Pointer Report::pointer(const Step *step) const
{
    std::vector<const Step *> steps;
    for (; step != nullptr; step = step->parent) {
        steps.push_back(step);
    }
    json::Pointer at = m_base;
    std::ranges::for_each(steps.rbegin(), steps.rend(), [&at](const Step *one) {
        at = one->isIndex ? at.child(one->index) : at.child(one->key);
    });
    return at;
}

void Report::add(event::RuleId rule, json::Pointer at, QStringList args, std::string_view keyword)
{
    event::Finding finding{rule, event::defaultSeverity(rule), std::move(at), std::move(args), {}};
    const bool isSaid = std::ranges::any_of(*m_findings, [&finding](const event::Finding &known) {
        return known.rule == finding.rule && known.at == finding.at &&
               known.args.first(std::min<qsizetype>(known.args.size(), finding.args.size())) == finding.args;
    });
    if (!isSaid && m_findings->size() < maxFindings) {
        finding.schemaAt = schemaPlace(rule, finding.args, keyword);
        addReason(finding, {{}, {}, m_condition});
        m_findings->push_back(std::move(finding));
    }
}

json::Pointer Report::schemaPlace(event::RuleId rule, const QStringList &args, std::string_view keyword) const
{
    if (m_where.node == nullptr || rule == event::RuleId::PlanDepth) {
        return {};
    }
    const json::Pointer at = m_program.pointer(*m_where.node);
    if (m_where.isAway) {
        return at.child("$ref");
    }
    if (keyword.empty()) {
        keyword = keywordOf(rule, args.value(0));
    }
    return keyword.empty() ? at : at.child(keyword);
}

bool Report::has(event::RuleId rule) const
{
    return std::ranges::find(*m_findings, rule, &event::Finding::rule) != m_findings->end();
}

std::vector<event::Finding> *Report::redirect(std::vector<event::Finding> *findings)
{
    return std::exchange(m_findings, findings);
}

void Report::append(std::vector<event::Finding> findings, const Reason &reason)
{
    for (event::Finding &finding : findings) {
        if (m_findings->size() < maxFindings) {
            addReason(finding, reason);
            m_findings->push_back(std::move(finding));
        }
    }
}

QString Report::enterCondition(const QString &condition)
{
    return std::exchange(m_condition, joined(m_condition, condition));
}

void Report::markRequired(const json::Pointer &object, const std::vector<std::string_view> &required)
{
    for (event::Finding &finding : *m_findings) {
        if (isAboutNothing(finding) && !finding.at.isRoot() && finding.at.parent() == object &&
            std::ranges::find(required, finding.at.lastToken()) != required.end()) {
            setArgument(finding.args, event::RequiredArgument, u"required"_s);
        }
    }
}

QString typeWords(std::uint8_t bits)
{
    QStringList words;
    const auto add = [&](std::uint8_t bit, const QString &word) {
        if ((bits & bit) == bit) {
            words.append(word);
        }
    };
    add(StringBit, u"string"_s);
    if ((bits & numberBits) == numberBits) {
        words.append(u"number"_s);
    } else {
        add(IntegerBit, u"integer"_s);
    }
    add(BoolBit, u"boolean"_s);
    add(ObjectBit, u"object"_s);
    add(ArrayBit, u"array"_s);
    add(NullBit, u"null"_s);
    if (words.size() < 2) {
        return words.value(0);
    }
    const QString last = words.takeLast();
    return words.join(u", "_s) + u" or "_s + last;
}

QString shownText(std::string_view text)
{
    constexpr qsizetype maxCharacters = 200;
    constexpr std::size_t maxBytes = 4 * maxCharacters;
    const std::string_view head = text.substr(0, maxBytes);
    QString shown = QString::fromUtf8(head.data(), static_cast<qsizetype>(head.size()));
    if (shown.size() > maxCharacters || head.size() < text.size()) {
        shown.truncate(maxCharacters - 1);
        if (!shown.isEmpty() && shown.back().isHighSurrogate()) {
            shown.chop(1);
        }
        shown += u'…';
    }
    return shown;
}

QString shownJson(std::string_view json)
{
    constexpr std::size_t maxBytes = 200;
    QString shown = shownText(json.substr(0, maxBytes));
    const bool isCut = json.size() > maxBytes && !shown.endsWith(u'…');
    if (isCut) {
        // The cut may have fallen inside a character.
        while (shown.endsWith(QChar::ReplacementCharacter)) {
            shown.chop(1);
        }
        shown += u'…';
    }
    return json.starts_with('"') && json.size() > maxBytes ? shown + u'"' : shown;
}

QString shownValues(const ValueRules &rules)
{
    constexpr qsizetype maxValues = 10;
    if (!rules.hasEnum) {
        return shownJson(rules.constant.raw());
    }
    QStringList shown;
    for (const json::Value one : rules.allowed) {
        if (shown.size() == maxValues) {
            break;
        }
        shown.append(shownJson(one.raw()));
    }
    return shown.join(u", "_s);
}

QString argumentParts(const QStringList &parts)
{
    QStringList clean = parts;
    for (QString &part : clean) {
        part.remove(event::partSeparator).remove(event::listSeparator);
    }
    return clean.join(event::partSeparator);
}

std::vector<Missing> pairedMissing(const std::vector<std::string_view> &missing,
                                   const std::vector<std::string_view> &unplanned)
{
    struct Pair
    {
        unsigned distance;
        std::size_t missing;
        std::size_t sent;
    };
    std::vector<Pair> pairs;
    for (std::size_t m = 0; m < missing.size(); ++m) {
        for (std::size_t u = 0; u < unplanned.size(); ++u) {
            if (const auto distance = nameDistance(missing[m], unplanned[u])) {
                pairs.push_back({*distance, m, u});
            }
        }
    }
    std::ranges::stable_sort(pairs, {}, &Pair::distance);

    std::vector<Missing> result;
    result.reserve(missing.size());
    for (const std::string_view property : missing) {
        result.push_back({property, {}});
    }
    std::vector<bool> isTaken(unplanned.size());
    for (const Pair &pair : pairs) {
        if (result[pair.missing].nearestSent.empty() && !isTaken[pair.sent]) {
            result[pair.missing].nearestSent = unplanned[pair.sent];
            isTaken[pair.sent] = true;
        }
    }
    return result;
}

std::vector<Unplanned> pairedUnplanned(const std::vector<std::string_view> &unplanned,
                                       const std::vector<std::string_view> &planned,
                                       const std::vector<std::string_view> &sent)
{
    std::vector<std::string_view> absent;
    std::ranges::copy_if(planned, std::back_inserter(absent), [&sent](std::string_view name) {
        return std::ranges::find(sent, name) == sent.end();
    });
    std::vector<Unplanned> result;
    for (const std::string_view property : unplanned) {
        Unplanned &one = result.emplace_back(Unplanned{property, {}, false});
        if (const auto index = nearestName(property, absent)) {
            one.nearestPlanned = absent[*index];
        } else if (const auto other = nearestName(property, planned)) {
            one.nearestPlanned = planned[*other];
            one.isNearestSent = true;
        }
    }
    return result;
}

} // namespace schema
