// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/report.h"

#include "schema/nearest.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

namespace schema {

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

void Report::add(event::RuleId rule, json::Pointer at, QStringList args)
{
    if (m_findings->size() < maxFindings) {
        m_findings->push_back({rule, event::defaultSeverity(rule), std::move(at), std::move(args)});
    }
}

bool Report::has(event::RuleId rule) const
{
    return std::ranges::find(*m_findings, rule, &event::Finding::rule) != m_findings->end();
}

std::vector<event::Finding> *Report::redirect(std::vector<event::Finding> *findings)
{
    return std::exchange(m_findings, findings);
}

void Report::append(std::vector<event::Finding> findings)
{
    for (event::Finding &finding : findings) {
        if (m_findings->size() < maxFindings) {
            m_findings->push_back(std::move(finding));
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
        std::string_view nearest;
        if (const auto index = nearestName(property, absent)) {
            nearest = absent[*index];
        } else if (const auto other = nearestName(property, planned)) {
            nearest = planned[*other];
        }
        result.push_back({property, nearest});
    }
    return result;
}

std::optional<std::size_t> nearestBranch(const std::vector<std::vector<event::Finding>> &branches,
                                         const json::Pointer &at)
{
    using Rank = std::tuple<bool, std::size_t, std::size_t>;
    std::optional<std::size_t> nearest;
    Rank least{};
    bool isTied = false;
    for (std::size_t i = 0; i < branches.size(); ++i) {
        const auto isWrongType = [&at](const event::Finding &finding) {
            return (finding.rule == event::RuleId::PlanType || finding.rule == event::RuleId::PlanFalse) &&
                   finding.at == at;
        };
        // A const below the value is what schemas tell their variants apart by.
        const auto isWrongVariant = [&at](const event::Finding &finding) {
            const bool isOneValue =
                finding.rule == event::RuleId::PlanConst ||
                (finding.rule == event::RuleId::PlanEnum && !finding.args.value(0).contains(u", "_s));
            return isOneValue && finding.at != at;
        };
        const Rank rank{std::ranges::any_of(branches[i], isWrongType),
                        static_cast<std::size_t>(std::ranges::count_if(branches[i], isWrongVariant)),
                        branches[i].size()};
        isTied = nearest && (rank == least || (isTied && rank > least));
        if (!nearest || rank < least) {
            nearest = i;
            least = rank;
        }
    }
    const bool isVariantKnown = std::get<1>(least) == 0;
    return isTied || !isVariantKnown ? std::nullopt : nearest;
}

bool areTypesOnly(const std::vector<std::vector<event::Finding>> &branches, const json::Pointer &at)
{
    return std::ranges::all_of(branches, [&at](const std::vector<event::Finding> &findings) {
        return findings.size() == 1 && findings.front().rule == event::RuleId::PlanType &&
               findings.front().at == at;
    });
}

} // namespace schema
